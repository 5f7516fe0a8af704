"""A picture in a comparison: it says where it was tapped, and shows points that a person has marked."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from crackinspector.gui.look import current_look, font
from crackinspector.gui.review.picture_view import PictureView


class ComparedView(PictureView):
    """Signals:
    tapped(QPointF): a point of the picture, in its pixels.
    """

    tapped = Signal(QPointF)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._points: Sequence[tuple[float, float]] = ()

    @property
    def message(self) -> str:
        """The sentence that stands where no picture is."""
        return self._message

    def set_points(self, points: Sequence[tuple[float, float]]) -> None:
        """Show these points of the picture, in its pixels, with numbers from 1."""
        self._points = tuple(points)
        self.update()

    def _tap(self, at: QPointF) -> None:
        point, size = self.to_picture(at), self.frame_size()
        if size is not None and 0 <= point.x() < size[0] and 0 <= point.y() < size[1]:
            self.tapped.emit(point)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """The picture, and the points as rings around what they mark."""
        super().paintEvent(event)
        if not self._points:
            return
        look = current_look()
        reach = 2.2 * look.metrics.unit
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setFont(font(look.metrics.small, strong=True))
            for number, point in enumerate(self._points, 1):
                at = self.to_widget(QPointF(*point))
                for colour, width in ((QColor(0, 0, 0, 190), 5.0), (QColor(look.colours.accent), 2.5)):
                    painter.setPen(QPen(colour, look.stroke(width)))
                    painter.drawEllipse(at, reach, reach)
                    painter.drawPoint(at)
                side = 1.5 * look.metrics.small
                plate = QRectF(at.x() + reach, at.y() - reach - side, side, side)
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(QColor(look.colours.accent))
                painter.drawRoundedRect(plate, look.metrics.unit / 2, look.metrics.unit / 2)
                painter.setPen(QColor(look.colours.on_accent))
                painter.drawText(plate, Qt.AlignmentFlag.AlignCenter, str(number))
                painter.setBrush(Qt.BrushStyle.NoBrush)
