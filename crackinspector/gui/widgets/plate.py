"""A plate over the picture. It is drawn once and then copied, since the picture below it changes 30 times a second."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QWidget

from crackinspector.gui.look import Look, current_look


class Plate(QWidget):
    """Base of the words and buttons over the picture; `draw` draws one state of it. GUI thread only."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._drawn: QPixmap | None = None

    @property
    def look(self) -> Look:
        """The application's look."""
        return current_look()

    def draw(self, painter: QPainter) -> None:
        """Draw the plate and what is on it, in device-independent pixels of this widget."""
        raise NotImplementedError

    def retranslate(self) -> None:
        """Give its names in the language of the application."""

    def redraw(self) -> None:
        """What is on the plate has changed."""
        self._drawn = None
        self.updateGeometry()
        self.update()

    def draw_plate(self, painter: QPainter, room: QRectF, *, inverse: bool = False) -> None:
        """The plate itself; inverse asks for attention."""
        look = self.look
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        edge = QPen(QColor(look.colours.line), look.stroke(1))
        painter.setPen(Qt.PenStyle.NoPen if look.dark or inverse else edge)
        painter.setBrush(QColor(look.colours.on_plate) if inverse else look.plate())
        painter.drawRoundedRect(room.adjusted(0.5, 0.5, -0.5, -0.5), look.metrics.unit, look.metrics.unit)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Copy what was drawn, or draw it first."""
        ratio = self.devicePixelRatioF()
        size = (self.size().toSizeF() * ratio).toSize()
        if self._drawn is None or self._drawn.size() != size:
            self._drawn = QPixmap(size)
            self._drawn.setDevicePixelRatio(ratio)
            self._drawn.fill(Qt.GlobalColor.transparent)
            with QPainter(self._drawn) as inner:
                self.draw(inner)
        with QPainter(self) as painter:
            painter.drawPixmap(0, 0, self._drawn)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Draw again in another look or language."""
        kinds = (QEvent.Type.StyleChange, QEvent.Type.LanguageChange, QEvent.Type.EnabledChange)
        if event.type() in kinds:
            self.redraw()
            if event.type() == QEvent.Type.LanguageChange:
                self.retranslate()
        super().changeEvent(event)
