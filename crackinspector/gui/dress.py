"""Puts the look on the application: for its settings, and for the screen that its window is on, as either changes."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QScreen
from PySide6.QtWidgets import QApplication, QWidget

from crackinspector.core.settings import Settings
from crackinspector.gui.look import Look, Metrics, apply_look


class Dress(QObject):
    """Sizes in millimetres need the screen's own; a window may be dragged to another one. GUI thread only.

    Signals:
        changed(): another look was put on.
    """

    changed = Signal()

    def __init__(self, qt: QApplication, settings: Settings, parent: QObject | None = None) -> None:
        """Dress for the primary screen until there is a window."""
        super().__init__(parent)
        self._qt, self._interface = qt, settings.interface
        self._window: QWidget | None = None
        self._look: Look | None = None
        self._again()
        for screen in qt.screens():
            self._watch(screen)
        qt.screenAdded.connect(self._watch)

    def follow(self, window: QWidget) -> None:
        """Dress for the screen of this window, which was shown before."""
        self._window = window
        handle = window.windowHandle()
        if handle is not None:
            handle.screenChanged.connect(self._again)
        self._again()

    def configure(self, settings: Settings) -> None:
        """Dress for other settings."""
        self._interface = settings.interface
        self._again()

    @Slot(QScreen)
    def _watch(self, screen: QScreen) -> None:
        # All of them, not the window's alone: one that was taken away cannot be let go of any more.
        screen.geometryChanged.connect(self._again)
        screen.physicalDotsPerInchChanged.connect(self._again)

    @Slot()
    def _again(self) -> None:
        screen = self._qt.primaryScreen() if self._window is None else self._window.screen()
        look = Look(self._interface.theme, Metrics.for_screen(screen, self._interface))
        if look != self._look:
            self._look = look
            apply_look(self._qt, look)
            self.changed.emit()
