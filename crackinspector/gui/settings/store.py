"""The settings in force: one place to change them, one signal to follow, written to disk behind the scenes."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from typing import TypeVar

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from crackinspector.core.settings import DEFAULTS, SECTIONS, CameraSettings, Settings
from crackinspector.gui.background import Background

T = TypeVar("T")
SAVE_DELAY_MS = 500
"""A slider that is dragged changes a setting sixty times a second; the file is written once it rests."""


class SettingsStore(QObject):
    """Holds the `Settings` in force. All methods belong to the GUI thread.

    Signals:
        changed(Settings, str): they are other ones now; the key of what changed: a key of `RULES`, `cameras.KEY`,
            `shortcuts`, or empty when several did.
        save_failed(str): a sentence; the settings stay in force and are written at the next change.
    """

    changed = Signal(object, str)
    save_failed = Signal(str)

    def __init__(
        self, settings: Settings, save: Callable[[Settings], None] | None = None, parent: QObject | None = None
    ) -> None:
        """`save` writes the settings file and is called in a thread of its own; None keeps them in memory."""
        super().__init__(parent)
        self._settings = settings
        self._save = save
        self._writer = Background("settings", self)
        self._writer.failed.connect(self._not_saved)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SAVE_DELAY_MS)
        self._timer.timeout.connect(self._write)

    @property
    def current(self) -> Settings:
        """The settings in force."""
        return self._settings

    def set(self, key: str, value: object) -> None:
        """Change one setting.

        Raises:
            UsageError: there is no such setting, or it does not take the value; nothing changed.
        """
        self._put(self._settings.changed(key, value), key)

    def set_camera(self, source_key: str, camera: CameraSettings) -> None:
        """Change what belongs to one source."""
        cameras = _with(self._settings.cameras, source_key, camera if camera != CameraSettings() else None)
        self._put(dataclasses.replace(self._settings, cameras=cameras), f"cameras.{source_key}")

    def camera(self, source_key: str) -> CameraSettings:
        """What belongs to one source."""
        return self._settings.cameras.get(source_key, CameraSettings())

    def set_shortcut(self, action_id: str, keys: str | None) -> None:
        """Change an action's keys to what `Actions.checked_shortcut` gave; None = its own again."""
        shortcuts = _with(self._settings.shortcuts, action_id, keys)
        self._put(dataclasses.replace(self._settings, shortcuts=shortcuts), "shortcuts")

    def reset(self, key: str) -> None:
        """Give one setting its default."""
        self.set(key, DEFAULTS[key])

    def reset_page(self) -> None:
        """Give every setting its default, except source and model, and what belongs to cameras and keys."""
        source = dataclasses.replace(Settings().source, name=self._settings.source.name)
        detection = dataclasses.replace(Settings().detection, model=self._settings.detection.model)
        kept = dataclasses.replace(self._settings, **{name: getattr(Settings(), name) for name in SECTIONS})
        self._put(dataclasses.replace(kept, source=source, detection=detection), "")

    def flush(self, seconds: float = 0.5) -> bool:
        """Write what is not written yet, waiting that long at most; whether all is on disk. For the program's end."""
        if self._timer.isActive():
            self._timer.stop()
            self._write()
        return self._writer.wait(seconds)

    def _put(self, settings: Settings, key: str) -> None:
        if settings == self._settings:
            return
        self._settings = settings
        if self._save is not None:
            self._timer.start()
        self.changed.emit(settings, key)

    @Slot()
    def _write(self) -> None:
        if self._save is not None:
            save, settings = self._save, self._settings
            self._writer.start(lambda: save(settings))

    @Slot(str)
    def _not_saved(self, sentence: str) -> None:
        self.save_failed.emit(sentence)


def _with(mapping: Mapping[str, T], key: str, value: T | None) -> dict[str, T]:
    changed = {name: old for name, old in mapping.items() if name != key}
    if value is not None:
        changed[key] = value
    return changed
