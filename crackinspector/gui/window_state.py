"""Where the window was, and what was chosen in it before: kept apart from the settings, in the user's state folder."""

from __future__ import annotations

import logging
from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings, QSize
from PySide6.QtWidgets import QWidget

from crackinspector.core.settings import InterfaceSettings
from crackinspector.pipeline.options import LiveOptions, ReviewOptions
from crackinspector.pipeline.state_folder import state_folder

log = logging.getLogger(__name__)
RECENT_MODELS = 8


class WindowState:
    """A small INI file; losing it loses nothing but habits. GUI thread."""

    def __init__(self, path: Path | None = None) -> None:
        """`path` is the file; None = `window.ini` in the user's state folder."""
        self._store = QSettings(str(path or state_folder() / "window.ini"), QSettings.Format.IniFormat)

    def keep(self, window: QWidget) -> None:
        """Note the window's place and size."""
        self._store.setValue("geometry", window.saveGeometry())
        self._store.sync()
        if self._store.status() is not QSettings.Status.NoError:
            log.warning("the window's place cannot be kept in %s", self._store.fileName())

    def restore(self, window: QWidget) -> bool:
        """Put the window where it was, on a screen that still exists; whether there was such a place."""
        geometry = self._store.value("geometry")
        return isinstance(geometry, QByteArray) and window.restoreGeometry(geometry)

    @property
    def folder(self) -> str:
        """The folder that a file was last chosen from."""
        return str(self._store.value("folder", ""))

    @folder.setter
    def folder(self, folder: str) -> None:
        self._store.setValue("folder", folder)

    @property
    def recent_models(self) -> list[str]:
        """Model files that the person chose, the newest first."""
        value = self._store.value("recent_models", [])
        entries = value if isinstance(value, list) else [value]  # an INI file gives a single entry as a text
        return [str(entry) for entry in entries if entry]

    def add_recent_model(self, path: str) -> None:
        """Note that a model file was chosen."""
        recent = [path, *(entry for entry in self.recent_models if entry != path)]
        self._store.setValue("recent_models", recent[:RECENT_MODELS])


def show_window(
    window: QWidget,
    options: LiveOptions | ReviewOptions,
    interface: InterfaceSettings,
    state: WindowState | None,
    usual: QSize,
) -> None:
    """Show an application's window: in the size asked for, else where it was, else in the usual size if it has room."""
    if options.size is not None:
        window.resize(*options.size)
    elif state is None or not state.restore(window):
        window.resize(usual.boundedTo(window.screen().availableSize()))
    if options.fullscreen or interface.full_screen:
        window.showFullScreen()
    else:
        window.show()
