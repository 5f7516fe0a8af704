"""The settings file: TOML that people may edit, with comments that stay.

Only what differs from the defaults is written. An entry that cannot be used is told, ignored and left where it is; a
file that is no TOML is kept beside the new one. The address of a stream may hold a password, so that the files belong
to their user alone.
"""

from __future__ import annotations

import contextlib
import math
import os
import tomllib
from collections.abc import Mapping, MutableMapping
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from crackinspector.core.errors import StorageError, UsageError
from crackinspector.core.settings import DEFAULTS, RULES, SECTIONS, CameraSettings, Settings
from crackinspector.core.text import printable
from crackinspector.library.durable import make_folder, replace_file, storage_error

_ROTATIONS: Final = (0, 90, 180, 270)
_HEADER: Final = "Settings of crackinspector; what is missing here has its default."


def settings_path() -> Path:
    """Where the user's settings are, by the XDG base directory specification.

    Raises:
        StorageError: the user has no home folder.
    """
    base = os.environ.get("XDG_CONFIG_HOME", "")
    try:
        folder = Path(base) if Path(base).is_absolute() else Path.home() / ".config"
    except RuntimeError:
        raise StorageError("this user has no home folder to keep settings in; set XDG_CONFIG_HOME") from None
    return folder / "crackinspector" / "settings.toml"


def load_settings(path: Path, *, named: bool = False) -> tuple[Settings, tuple[str, ...]]:
    """The settings in a file, defaults where there is none, and a sentence for everything that could not be used.

    Args:
        named: a person named this very file, which is then left as it is.

    Raises:
        UsageError: a named file is damaged.
    """
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return Settings(), ()
    except OSError as error:
        return Settings(), (f"{_cannot_read(path, error)}; the defaults are used",)
    try:
        document = _parsed(content)
    except _DamageError as damage:
        if named:
            raise UsageError(f"{printable(path)} is damaged ({damage}); mend it, or leave --config out") from None
        try:
            where = f"it was kept as {printable(_put_aside(path))}"
        except OSError as error:
            where = f"it could not be moved out of the way ({error.strerror or error})"
        return Settings(), (f"{printable(path)} is damaged ({damage}); {where}, the defaults are used",)
    return _settings(document, printable(path))


def save_settings(path: Path, settings: Settings) -> None:
    """Put settings into their file; comments and entries that this program does not understand stay.

    Raises:
        StorageError: the file cannot be read or written; it stays as it is.
    """
    import tomlkit  # slow to import, and not needed before something was changed

    path = path.resolve()
    document = tomlkit.document()
    document.add(tomlkit.comment(_HEADER))
    try:
        make_folder(path.parent)
        if path.exists():
            content = path.read_bytes()
            try:
                _parsed(content)
                document = tomlkit.parse(content)
            except (_DamageError, ValueError):
                _put_aside(path)
        _update(document, settings)
        replace_file(path, tomlkit.dumps(document).encode("utf-8"), private=True)
    except OSError as error:
        raise storage_error(path, error) from error


class Saver:
    """Saves the settings of a run that began with others than are in the file: those that its command line asked for.

    What only the command line asked for stays as it is in the file. Once a person has chosen another value, the next
    choice is saved whatever it is. Calls come one after the other.
    """

    def __init__(self, path: Path, kept: Settings, begun: Settings) -> None:
        """`kept` is what is in the file at `path`, `begun` what the run began with."""
        self._path, self._kept, self._begun = path, kept, begun
        self._asked = {key for key in RULES if begun.get(key) != kept.get(key)}

    def __call__(self, settings: Settings) -> None:
        """Like `save_settings`."""
        self._asked = {key for key in self._asked if settings.get(key) == self._begun.get(key)}
        for key in self._asked:
            settings = settings.changed(key, self._kept.get(key))
        save_settings(self._path, settings)


class _DamageError(Exception):
    """Why a file cannot be read as settings at all."""


def _parsed(content: bytes) -> dict[str, Any]:
    try:
        document = tomllib.loads(content.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise _DamageError(str(error) or type(error).__name__) from None
    for section in (*SECTIONS, "cameras", "shortcuts"):
        if not isinstance(document.get(section, {}), dict):
            raise _DamageError(f"{section} is not a table")
    return document


def _put_aside(path: Path) -> Path:
    """Rename a damaged file; an earlier one stays. Raises OSError."""
    number, aside = 1, path.with_name(f"{path.name}.bad")
    while aside.exists():
        number += 1
        aside = path.with_name(f"{path.name}.bad-{number}")
    with contextlib.suppress(OSError):
        path.chmod(0o600)
    return path.rename(aside)


def _cannot_read(path: Path, error: OSError) -> str:
    return f"{printable(path)} cannot be read: {error.strerror or error}"


def _settings(document: Mapping[str, Any], origin: str) -> tuple[Settings, tuple[str, ...]]:
    settings, problems = Settings(), []
    for section in document:
        if section not in (*SECTIONS, "cameras", "shortcuts"):
            problems.append(f"{origin} has a section {printable(section)}, which is unknown; it is ignored")
    for section in SECTIONS:
        for name, value in document.get(section, {}).items():
            key = f"{section}.{name}"
            if key not in RULES:
                problems.append(f"{origin} has a setting {printable(key)}, which is unknown; it is ignored")
                continue
            try:
                settings = settings.changed(key, RULES[key].check(value, DEFAULTS[key]))
            except ValueError as error:
                problems.append(f"in {origin}, {key} = {value!r} is ignored: it {error}")
    cameras, shortcuts = {}, {}
    for source, entry in document.get("cameras", {}).items():
        try:
            cameras[source] = _camera(entry)
        except ValueError as error:
            problems.append(f"in {origin}, the settings of the camera {printable(source)} are ignored: {error}")
    for action, keys in document.get("shortcuts", {}).items():
        if isinstance(keys, str):
            shortcuts[action] = keys
        else:
            problems.append(f"in {origin}, the shortcut of {printable(action)} is ignored: it takes a text")
    return replace(settings, cameras=cameras, shortcuts=shortcuts), tuple(problems)


def _camera(entry: object) -> CameraSettings:
    """Raises ValueError with the reason."""
    if not isinstance(entry, Mapping):
        raise ValueError("they take a table")
    unknown = set(entry) - {"rotation", "mirror", "controls"}
    if unknown:
        raise ValueError(f"{', '.join(sorted(printable(name) for name in unknown))} is unknown")
    rotation, mirror = entry.get("rotation", 0), entry.get("mirror", False)
    controls = entry.get("controls", {})
    if isinstance(rotation, bool) or rotation not in _ROTATIONS:
        raise ValueError("rotation takes 0, 90, 180 or 270")
    if not isinstance(mirror, bool):
        raise ValueError("mirror takes true or false")
    if not isinstance(controls, Mapping) or not all(_is_number(value) for value in controls.values()):
        raise ValueError("controls takes numbers")
    return CameraSettings(int(rotation), mirror, {name: float(value) for name, value in controls.items()})


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _update(document: MutableMapping[str, Any], settings: Settings) -> None:
    for key, rule in RULES.items():
        section, name = key.split(".")
        table = document.get(section, {})
        value = settings.get(key)
        if name in table:
            try:
                if rule.check(table[name], DEFAULTS[key]) == value:
                    continue
            except ValueError:
                if value == DEFAULTS[key]:
                    continue
        if value != DEFAULTS[key]:
            document.setdefault(section, {})[name] = value
        elif name in table:
            del table[name]
    _update_table(document, "cameras", {key: _entry(camera) for key, camera in settings.cameras.items()}, _was_read)
    _update_table(document, "shortcuts", settings.shortcuts, lambda value: isinstance(value, str))


def _update_table(document: MutableMapping[str, Any], section: str, values: Mapping[str, Any], was_read: Any) -> None:
    table = document.get(section, {})
    for name in [name for name in table if name not in values and was_read(table[name])]:
        del table[name]
    for name, value in values.items():
        if name not in table or table[name] != value:
            document.setdefault(section, {})[name] = value


def _was_read(entry: object) -> bool:
    try:
        _camera(entry)
    except ValueError:
        return False
    return True


def _entry(camera: CameraSettings) -> dict[str, Any]:
    entry: dict[str, Any] = {}
    if camera.rotation:
        entry["rotation"] = camera.rotation
    if camera.mirror:
        entry["mirror"] = True
    if camera.controls:
        entry["controls"] = dict(camera.controls)
    return entry
