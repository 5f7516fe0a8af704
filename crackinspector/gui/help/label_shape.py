"""The shape that stands for a label, as it is beside the verdict."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from crackinspector.core.labels import Label
from crackinspector.gui.widgets.drawing import DrawnWidget, draw_label_shape


class LabelShape(DrawnWidget):
    """Draws one label's shape, as high as two lines of type."""

    def __init__(self, label: Label, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._label = label
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """The shape; red is the crack's alone."""
        look = self.look
        side = 1.2 * look.metrics.normal
        room = QRectF((self.width() - side) / 2, (self.height() - side) / 2, side, side)
        colour = look.colours.alarm if self._label is Label.POSITIVE else look.colours.calm
        with QPainter(self) as painter:
            draw_label_shape(painter, self._label, room, colour, look.stroke(2))

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """A square."""
        side = round(1.8 * self.look.metrics.normal)
        return QSize(side, side)
