"""A strip of snapshots below a large one: where one is in the list, and what comes next."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal, Slot
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from crackinspector.gui.gallery.model import GalleryModel
from crackinspector.gui.gallery.thumbnail_cache import ThumbnailCache, cache_folder
from crackinspector.gui.gallery.thumbnails import Thumbnails
from crackinspector.gui.gallery.view import SnapshotView
from crackinspector.gui.look import Dressed, current_look


class Filmstrip(Dressed, QWidget):
    """A model's list, lying. GUI thread only.

    Signals:
        chosen(int): the person wants to see the snapshot at this position.
    """

    chosen = Signal(int)

    def __init__(self, model: GalleryModel, parent: QWidget | None = None) -> None:
        """`model` may show a query, or numbers that it is given (`set_numbers`)."""
        super().__init__(parent)
        folder = cache_folder()
        self._thumbnails = Thumbnails(None if folder is None else ThumbnailCache(folder), self, most_bytes=16_000_000)
        self._view = SnapshotView(model, self._thumbnails, self, lying=True)
        self._view.opened.connect(self._choose)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._view)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setFocusProxy(self._view)
        self._retranslate()

    def show_current(self, position: int) -> None:
        """Mark the snapshot at a position and bring it into the middle."""
        self._view.show_position(position)

    def stop(self, seconds: float = 1.0) -> bool:
        """Make no more thumbnails; whether those that were being made are done."""
        return self._thumbnails.stop(seconds)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """High enough for a finger, and to tell pictures apart."""
        metrics = current_look().metrics
        return QSize(0, max(round(1.6 * metrics.touch_px), 6 * metrics.normal))

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """Nobody waits for thumbnails any more."""
        super().hideEvent(event)
        self._thumbnails.want([])

    @Slot(int)
    def _choose(self, position: int) -> None:
        self._view.show_position(position)
        self.chosen.emit(position)

    def _restyle(self) -> None:
        self.updateGeometry()

    def _retranslate(self) -> None:
        self._view.setAccessibleName(self.tr("Filmstrip"))
