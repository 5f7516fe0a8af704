"""The actions as they are delivered: id, icon, keys and words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from crackinspector.core.settings import QT_TRANSLATE_NOOP as _T


@dataclass(frozen=True, slots=True)
class ActionSpec:
    """One action as it is delivered.

    Attributes:
        id: what settings and code call it.
        icon: name of its drawing in resources/icons.
        keys: portable key sequences, joined by "; ".
        text: two words at most, for buttons. English source text of the context "actions", as `tip` is.
        tip: what it does, as a sentence without its full stop.
        checkable: whether it is on or off.
        repeats: whether a held key does it again and again.
    """

    id: str
    icon: str
    keys: str
    text: str
    tip: str
    checkable: bool = False
    repeats: bool = False


SPECS: tuple[ActionSpec, ...] = (
    ActionSpec(
        "heat_map",
        "heatmap",
        "F1",
        _T("actions", "Heat map"),
        _T("actions", "Show where the model sees a crack"),
        checkable=True,
    ),
    ActionSpec(
        "crop",
        "crop",
        "F2",
        _T("actions", "Crop"),
        _T("actions", "Look at the middle of the picture only"),
        checkable=True,
    ),
    ActionSpec(
        "snapshot", "snapshot", "F3", _T("actions", "Snapshot"), _T("actions", "Keep this picture with its result")
    ),
    ActionSpec("close", "close", "Esc; Q", _T("actions", "Close"), _T("actions", "Leave this page, or the program")),
    ActionSpec(
        "freeze", "freeze", "Space", _T("actions", "Freeze"), _T("actions", "Hold the picture still"), checkable=True
    ),
    ActionSpec(
        "record",
        "record",
        "R",
        _T("actions", "Record"),
        _T("actions", "Record a video clip, from a few seconds ago"),
        checkable=True,
    ),
    ActionSpec(
        "opacity_up",
        "plus",
        "]",
        _T("actions", "More heat map"),
        _T("actions", "Make the heat map stronger"),
        repeats=True,
    ),
    ActionSpec(
        "opacity_down",
        "minus",
        "[",
        _T("actions", "Less heat map"),
        _T("actions", "Make the heat map fainter"),
        repeats=True,
    ),
    ActionSpec(
        "threshold_up",
        "plus",
        "Ctrl+Up",
        _T("actions", "Threshold up"),
        _T("actions", "Call fewer things a crack"),
        repeats=True,
    ),
    ActionSpec(
        "threshold_down",
        "minus",
        "Ctrl+Down",
        _T("actions", "Threshold down"),
        _T("actions", "Call more things a crack"),
        repeats=True,
    ),
    ActionSpec(
        "zoom_in", "zoom-in", "+; =; Ctrl++", _T("actions", "Zoom in"), _T("actions", "Look closer"), repeats=True
    ),
    ActionSpec(
        "zoom_out",
        "zoom-out",
        "-; Ctrl+-",
        _T("actions", "Zoom out"),
        _T("actions", "Look from farther away"),
        repeats=True,
    ),
    ActionSpec(
        "zoom_reset",
        "zoom-all",
        "0; Ctrl+0",
        _T("actions", "Whole picture"),
        _T("actions", "Look at the whole picture again"),
    ),
    ActionSpec(
        "next_colours", "colours", "C", _T("actions", "Colours"), _T("actions", "Draw the heat map in the next colours")
    ),
    ActionSpec("theme", "sun", "T", _T("actions", "Theme"), _T("actions", "Dark, or sunlight for outdoors")),
    ActionSpec(
        "full_screen",
        "fullscreen",
        "F11",
        _T("actions", "Full screen"),
        _T("actions", "Use the whole screen"),
        checkable=True,
    ),
    ActionSpec(
        "sources", "source", "Ctrl+O", _T("actions", "Source"), _T("actions", "Choose a camera, a file or a folder")
    ),
    ActionSpec("models", "model", "Ctrl+M", _T("actions", "Model"), _T("actions", "Choose what looks for cracks")),
    ActionSpec("settings", "settings", "Ctrl+,", _T("actions", "Settings"), _T("actions", "Change how it works")),
    ActionSpec("help", "help", "H; ?", _T("actions", "Help"), _T("actions", "What is on the screen, and every key")),
    ActionSpec(
        "gallery",
        "gallery",
        "G",
        _T("actions", "Gallery"),
        _T("actions", "Look at the snapshots that were kept, and decide on them"),
    ),
    ActionSpec(
        "snapshots",
        "folder",
        "Ctrl+Shift+S",
        _T("actions", "Folder"),
        _T("actions", "Open the folder of snapshots and clips"),
    ),
    ActionSpec("quit", "quit", "Ctrl+Q", _T("actions", "Quit"), _T("actions", "End the program")),
    ActionSpec("more", "more", "M", _T("actions", "More"), _T("actions", "Everything else")),
    ActionSpec("back", "back", "Alt+Left; Back", _T("actions", "Back"), _T("actions", "Back to the live picture")),
    ActionSpec("retry", "retry", "F5", _T("actions", "Try again"), _T("actions", "Connect to the source again")),
)
"""Every action, in the order of the help page."""
DEVICE_KEYS: Mapping[str, str] = {"A": "heat_map", "S": "crop", "D": "snapshot", "F": "close"}
"""The key that a button of the reTerminal sends -> action id."""
DEVICE_BUTTONS: Mapping[str, str] = {"heat_map": "F1", "crop": "F2", "snapshot": "F3", "close": "O"}
"""Action id -> what is printed on that button."""
