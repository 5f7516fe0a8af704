"""Every setting once: its type, default, range and words.

From this one schema come the defaults, the check of a settings file, the settings page and its translation. Sections
are frozen dataclasses; a changed setting is a new `Settings`, so that any thread may read one without a lock.
"""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from crackinspector.core.errors import UsageError


def QT_TRANSLATE_NOOP(context: str, text: str) -> str:  # noqa: N802 - the name that lupdate looks for
    """The text itself; lupdate finds the call and has it translated, although nothing here knows Qt."""
    return text


@dataclass(frozen=True, slots=True)
class Rule:
    """What a setting may be and how it is called.

    Attributes:
        title, help: English source texts of the translation context "settings".
        least, most, step: range of a number; the step of its control.
        unit: what the number is shown with, such as "s"; "%" shows a share 0..1 as 0..100.
        choices: for a text that is one of a few: value -> title.
        shown: False keeps it off the settings page because it has a place of its own.
        folder: a text is the path of a folder.
    """

    title: str
    help: str = ""
    least: float = -math.inf
    most: float = math.inf
    step: float = 1
    unit: str = ""
    choices: Mapping[str, str] = field(default_factory=dict)
    shown: bool = True
    folder: bool = False

    def check(self, value: object, default: object) -> Any:
        """The value in the default's type.

        Raises:
            ValueError: it has another type or lies outside; the text says what is taken.
        """
        if isinstance(default, bool):
            if not isinstance(value, bool):
                raise ValueError("takes true or false")
            return value
        if isinstance(default, int | float):
            whole = isinstance(default, int)
            sort = "whole number" if whole else "number"
            if isinstance(value, bool) or not isinstance(value, int | float):
                raise ValueError(f"takes a {sort}")
            if not self.least <= value <= self.most:
                raise ValueError(f"takes {self.least:g} to {self.most:g}")
            if whole and value != int(value):
                raise ValueError(f"takes a {sort}")
            return int(value) if whole else float(value)
        if not isinstance(value, str):
            raise ValueError("takes a text")
        if self.choices and value not in self.choices:
            raise ValueError(f"takes one of {', '.join(self.choices)}")
        return value


def _setting(default: Any, title: str, help: str = "", **rule: Any) -> Any:
    return field(default=default, metadata={"rule": Rule(title, help, **rule)})


_T = QT_TRANSLATE_NOOP
_COLOUR_MAPS = {name: name.capitalize() for name in ("inferno", "magma", "viridis", "cividis", "turbo")}


@dataclass(frozen=True, slots=True)
class SourceSettings:
    """Which camera or other source of frames, and what is asked of it."""

    name: str = _setting(
        "auto",
        _T("settings", "Source"),
        _T("settings", "auto, demo, picamera2, /dev/videoN, a file, a folder or an address"),
        shown=False,
    )
    width: int = _setting(1280, _T("settings", "Width asked of a camera"), least=160, most=8000, step=160, unit="px")
    height: int = _setting(720, _T("settings", "Height asked of a camera"), least=120, most=6000, step=120, unit="px")
    fps: float = _setting(30.0, _T("settings", "Pictures a second asked of a camera"), least=1, most=120)
    repeat: bool = _setting(True, _T("settings", "Start files again at their end"))


@dataclass(frozen=True, slots=True)
class DetectionSettings:
    """What the model does with a frame, and how its word is steadied."""

    model: str = _setting(
        "classifier", _T("settings", "Model"), _T("settings", "a shipped model or a .tflite file"), shown=False
    )
    threads: int = _setting(
        0, _T("settings", "Threads"), _T("settings", "0 measures which number is fastest"), least=0, most=16
    )
    detail: str = _setting(
        "auto",
        _T("settings", "Detail"),
        _T("settings", "Fine and full show hairlines, fast shows more pictures a second"),
        choices={
            "auto": _T("settings", "Automatic"),
            "fast": _T("settings", "Fast"),
            "fine": _T("settings", "Fine"),
            "full": _T("settings", "Full"),
        },
    )
    threshold: float = _setting(0.5, _T("settings", "Threshold"), least=0.05, most=0.95, step=0.05, unit="%")
    delay: float = _setting(
        0.4,
        _T("settings", "Steadying"),
        _T("settings", "A longer time flickers less and answers later"),
        least=0,
        most=3,
        step=0.1,
        unit="s",
    )
    most_fps: float = _setting(
        0.0, _T("settings", "Most detections a second"), _T("settings", "0 sets no limit"), least=0, most=60
    )


@dataclass(frozen=True, slots=True)
class ViewSettings:
    """What lies over the picture."""

    heat_map: bool = _setting(True, _T("settings", "Heat map"))
    opacity: float = _setting(0.7, _T("settings", "Opacity"), least=0, most=1, step=0.05, unit="%")
    colour_map: str = _setting("inferno", _T("settings", "Colours"), choices=_COLOUR_MAPS)
    regions: bool = _setting(True, _T("settings", "Outline cracks"))
    legend: bool = _setting(True, _T("settings", "Legend"))
    graph: bool = _setting(True, _T("settings", "Rate graph"))


@dataclass(frozen=True, slots=True)
class AlarmSettings:
    """When a crack is an alarm, and what it starts."""

    hold: float = _setting(
        1.0, _T("settings", "Crack seen for"), _T("settings", "Before it is an alarm"), least=0, most=30, unit="s"
    )
    pause: float = _setting(10.0, _T("settings", "Pause between alarms"), least=0, most=3600, step=5, unit="s")
    snapshot: bool = _setting(False, _T("settings", "Snapshot at an alarm"))
    clip: bool = _setting(False, _T("settings", "Video clip at an alarm"))


@dataclass(frozen=True, slots=True)
class KeepingSettings:
    """Where snapshots and video clips go."""

    folder: str = _setting(
        "", _T("settings", "Folder"), _T("settings", "Empty: crackinspector in your pictures"), folder=True
    )
    jpeg_quality: int = _setting(95, _T("settings", "JPEG quality"), least=50, most=100, step=5)
    clip_fps: int = _setting(10, _T("settings", "Clip: pictures a second"), least=1, most=30)
    clip_before: float = _setting(3.0, _T("settings", "Clip: time before the start"), least=0, most=10, unit="s")
    clip_longest: float = _setting(60.0, _T("settings", "Clip: longest"), least=5, most=3600, step=5, unit="s")
    clip_overlay: bool = _setting(True, _T("settings", "Clip: with heat map and label"))


@dataclass(frozen=True, slots=True)
class LibrarySettings:
    """The library that snapshots are reviewed in."""

    folder: str = _setting(
        "",
        _T("settings", "Library"),
        _T("settings", "From the next start; empty: library, beside the snapshots"),
        folder=True,
    )
    reviewer: str = _setting(
        "", _T("settings", "Reviewer"), _T("settings", "The name beside your verdicts; empty: your login name")
    )


@dataclass(frozen=True, slots=True)
class InterfaceSettings:
    """The window itself."""

    theme: str = _setting(
        "dark",
        _T("settings", "Theme"),
        choices={"dark": _T("settings", "Dark"), "sunlight": _T("settings", "Sunlight")},
    )
    language: str = _setting(
        "auto",
        _T("settings", "Language"),
        choices={"auto": _T("settings", "As the system"), "en": "English", "ko": "한국어"},
    )
    full_screen: bool = _setting(False, _T("settings", "Full screen"))
    reduced_motion: bool = _setting(
        False, _T("settings", "Reduced motion"), _T("settings", "The heat map goes at once instead of fading")
    )
    touch_mm: float = _setting(
        9.0, _T("settings", "Size of buttons"), _T("settings", "9 mm suits gloves"), least=6, most=15, unit="mm"
    )
    pixels_per_inch: int = _setting(
        0, _T("settings", "Pixels per inch of the screen"), _T("settings", "0 asks the screen"), least=0, most=600
    )
    device_keys: bool = _setting(
        True,
        _T("settings", "reTerminal's buttons"),
        _T("settings", "The keys A, S, D, F act as F1, F2, F3 and O, except while text is typed"),
    )


@dataclass(frozen=True, slots=True)
class CameraSettings:
    """What belongs to one source: how it hangs and how its camera is set.

    Attributes:
        rotation: degrees clockwise, 0, 90, 180 or 270.
        mirror: left and right exchanged, after the rotation.
        controls: name of a control (`exposure`, `gain`, `focus`, `light`) -> value; missing = automatic.
    """

    rotation: int = 0
    mirror: bool = False
    controls: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings.

    Attributes:
        cameras: by source key (`sources.catalogue`), what belongs to that source alone.
        shortcuts: action id -> key sequence in Qt's portable text, where it differs from the action's own.
    """

    source: SourceSettings = SourceSettings()
    detection: DetectionSettings = DetectionSettings()
    view: ViewSettings = ViewSettings()
    alarm: AlarmSettings = AlarmSettings()
    keeping: KeepingSettings = KeepingSettings()
    library: LibrarySettings = LibrarySettings()
    interface: InterfaceSettings = InterfaceSettings()
    cameras: Mapping[str, CameraSettings] = field(default_factory=dict)
    shortcuts: Mapping[str, str] = field(default_factory=dict)

    def get(self, key: str) -> Any:
        """The value of a setting by its key, such as "view.opacity"."""
        section, name = key.split(".")
        return getattr(getattr(self, section), name)

    def changed(self, key: str, value: object) -> Settings:
        """These settings with one other value.

        Raises:
            UsageError: there is no such setting, or it does not take the value.
        """
        section, _, name = key.partition(".")
        if key not in RULES:
            raise UsageError(f"there is no setting {key}")
        old = getattr(self, section)
        try:
            value = RULES[key].check(value, DEFAULTS[key])
        except ValueError as error:
            raise UsageError(f"the setting {key} {error}, got {value!r}") from None
        return dataclasses.replace(self, **{section: dataclasses.replace(old, **{name: value})})


SECTIONS: Mapping[str, str] = {
    "source": _T("settings", "Camera"),
    "detection": _T("settings", "Detection"),
    "view": _T("settings", "Picture"),
    "alarm": _T("settings", "Alarm"),
    "keeping": _T("settings", "Snapshots"),
    "library": _T("settings", "Library"),
    "interface": _T("settings", "Window"),
}
"""Section -> title, in the order of the settings page."""
RULES: Mapping[str, Rule] = {
    f"{section}.{item.name}": item.metadata["rule"]
    for section in SECTIONS
    for item in dataclasses.fields(getattr(Settings(), section))
}
DEFAULTS: Mapping[str, Any] = {key: Settings().get(key) for key in RULES}
