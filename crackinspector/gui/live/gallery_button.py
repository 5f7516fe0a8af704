"""The way to the snapshots, which shows the newest one, as cameras do."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QAction, QColor, QPainter, QPainterPath, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from crackinspector.gui.look import current_look, font
from crackinspector.gui.widgets import ActionButton
from crackinspector.gui.widgets.drawing import draw_words

_SCRIM = QColor(0, 0, 0, 170)


class GalleryButton(ActionButton):
    """A square as large as a finger. GUI thread only."""

    def __init__(self, action: QAction, parent: QWidget | None = None) -> None:
        super().__init__(action, "", parent)
        self._picture: QPixmap | None = None
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_picture(self, picture: QPixmap) -> None:
        """Show the newest snapshot, made small."""
        self._picture = picture
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """A square."""
        side = super().sizeHint().height()
        return QSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """The picture with the word below; without one, as any other button."""
        if self._picture is None:
            super().paintEvent(event)
            return
        look = current_look()
        metrics = look.metrics
        face = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            edge = QPainterPath()
            edge.addRoundedRect(face, metrics.unit, metrics.unit)
            painter.setClipPath(edge)
            painter.drawPixmap(face, self._picture, _middle(self._picture))
            foot = face.adjusted(0, face.height() - 1.6 * metrics.small, 0, 0)
            painter.fillRect(foot, _SCRIM)
            room = foot.adjusted(metrics.unit / 2, 0, -metrics.unit / 2, 0)
            word = self.text().replace("&", "")
            draw_words(painter, room, word, font(metrics.small), "#ffffff", Qt.AlignmentFlag.AlignHCenter)
            painter.setClipping(False)
            accent = look.colours.accent if self.isDown() or self.hasFocus() else "#ffffff"
            painter.setPen(QPen(QColor(accent), look.stroke(2)))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawPath(edge)


def _middle(picture: QPixmap) -> QRectF:
    """The largest square in the middle of a picture."""
    side = min(picture.width(), picture.height())
    return QRectF((picture.width() - side) / 2, (picture.height() - side) / 2, side, side)
