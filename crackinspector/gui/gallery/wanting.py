"""What is asked for while the list is being scrolled: nothing that only rushes by."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QScrollBar

from crackinspector.gui.gallery.model import GalleryModel
from crackinspector.gui.gallery.thumbnails import Thumbnails

_SPEED_S = 0.04
"""Over so many seconds, at least, is reckoned how fast it is scrolled."""
_FAST, _BLUR = 6.0, 40.0
"""Screens a second from which on no thumbnail, and no row, is worth making: it would be gone before it was seen."""
_CALM_MS = 60


class Wanting(QObject):
    """Asks for rows and thumbnails of what is on screen. GUI thread only."""

    def __init__(
        self, model: GalleryModel, thumbnails: Thumbnails, bar: QScrollBar, calm: Callable[[], None], parent: QObject
    ) -> None:
        """`bar` scrolls the list; `calm` is called when it may have come to rest, for all to be asked for again."""
        super().__init__(parent)
        self._model, self._thumbnails, self._bar = model, thumbnails, bar
        self._moved = time.perf_counter(), 0
        self._screens = 0.0
        self._calm = QTimer(self, singleShot=True, interval=_CALM_MS)
        self._calm.timeout.connect(calm)

    def want(self, shown: range) -> None:
        """Rows and thumbnails of the positions on screen, then of the next screen."""
        speed = self.speed()
        if speed > _FAST:
            self._calm.start()
            self._thumbnails.want(())
        if speed > _BLUR:
            return
        self._model.show(shown.start, shown.stop)
        if speed <= _FAST:
            after = range(shown.stop, min(self._model.rowCount(), shown.stop + len(shown)))
            rows = [self._model.row_at(position) for position in (*shown, *after)]
            self._thumbnails.want(row for row in rows if row is not None)

    def speed(self) -> float:
        """Screens a second that it is being scrolled by."""
        now, (since, value) = time.perf_counter(), self._moved
        if now - since >= _SPEED_S:
            self._moved = now, self._bar.value()
            self._screens = abs(self._bar.value() - value) / (now - since) / max(1, self._bar.pageStep())
        return self._screens
