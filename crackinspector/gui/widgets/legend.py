"""The scale of the crack map: which colour is how much, and where the threshold lies."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QPainter, QPen
from PySide6.QtWidgets import QWidget

from crackinspector.core.colours import colour_table
from crackinspector.core.text import percent
from crackinspector.gui.look import font
from crackinspector.gui.widgets.drawing import draw_words
from crackinspector.gui.widgets.plate import Plate

_WALL = 128


class Legend(Plate):
    """The colours from 0 to 100 % as they look over grey concrete, on a plate over the picture."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._colour_map, self._opacity, self._threshold = "inferno", 0.7, 0.5
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.retranslate()

    def show_scale(self, colour_map: str, opacity: float, threshold: float) -> None:
        """Show a colour map of `core.colours` at an opacity 0..1, with a tick at the threshold 0..1."""
        new = (colour_map, opacity, threshold)
        if new == (self._colour_map, self._opacity, self._threshold):
            return
        self._colour_map, self._opacity, self._threshold = new
        self.retranslate()
        self.redraw()

    def retranslate(self) -> None:
        """Its name and what it says."""
        self.setAccessibleName(self.tr("Colours of the heat map, 0 to 100 %"))
        self.setAccessibleDescription(self.tr("Threshold {0} %").format(round(100 * self._threshold)))

    def draw(self, painter: QPainter) -> None:
        """Plate, bar, tick and numbers."""
        colours, metrics = self.look.colours, self.look.metrics
        self.draw_plate(painter, QRectF(self.rect()))
        made = font(metrics.small)
        low, high = self._ends()
        bar = self._bar()
        picture = self._picture()
        painter.drawImage(bar, picture)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(colours.line), self.look.stroke(1)))
        painter.drawRect(bar)
        tick = metrics.unit * 0.6
        pen = QPen(QColor(colours.on_plate), self.look.stroke(2), Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap)
        painter.setPen(pen)
        x = bar.left() + self._threshold * bar.width()
        painter.drawLine(QPointF(x, bar.top() - tick), QPointF(x, bar.bottom() + tick))
        left = QRectF(0, 0, bar.left() - metrics.unit, self.height())
        right = QRectF(bar.right() + metrics.unit, 0, self.width() - bar.right() - metrics.unit, self.height())
        draw_words(painter, left, low, made, colours.on_plate, Qt.AlignmentFlag.AlignRight)
        draw_words(painter, right, high, made, colours.on_plate, Qt.AlignmentFlag.AlignLeft)

    def _ends(self) -> tuple[str, str]:
        return "0", percent(1)

    def _bar(self) -> QRectF:
        metrics = self.look.metrics
        size = QFontMetricsF(font(metrics.small))
        low, high = (size.horizontalAdvance(text) for text in self._ends())
        thick = metrics.small * 0.6
        left = 2.5 * metrics.unit + low
        width = self.width() - left - high - 2.5 * metrics.unit
        return QRectF(round(left), round((self.height() - thick) / 2), round(width), round(thick))

    def _picture(self) -> QImage:
        table = colour_table(self._colour_map, self._opacity).astype(np.float32)
        alpha = table[:, 3:] / 255
        mixed = np.ascontiguousarray(np.rint(_WALL + alpha * (table[:, 2::-1] - _WALL)).astype(np.uint8)[None])
        height, width = mixed.shape[:2]
        return QImage(mixed.data, width, height, 3 * width, QImage.Format.Format_RGB888).copy()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Long enough to tell colours apart."""
        metrics = self.look.metrics
        size = QFontMetricsF(font(metrics.small))
        words = sum(size.horizontalAdvance(text) for text in self._ends())
        return QSize(round(words + 5 * metrics.unit + 6.5 * metrics.normal), round(metrics.small * 1.9))
