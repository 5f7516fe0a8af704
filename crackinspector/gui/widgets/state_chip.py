"""How the source is doing, in a shape and a few words over the picture."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from crackinspector.gui.look import font
from crackinspector.gui.widgets.drawing import draw_words
from crackinspector.gui.widgets.plate import Plate

_CALM = ("streaming", "starting", "ended", "frozen", "recording")


class StateChip(Plate):
    """A plate with the state's shape and a text; it turns inverse while the picture cannot be relied on."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state, self._text = "starting", ""
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.retranslate()

    def retranslate(self) -> None:
        """Its name; its words come from outside."""
        self.setAccessibleName(self.tr("State of the source"))

    def show_state(self, state: str, text: str) -> None:
        """Show a state and its words.

        Args:
            state: a value of `SourceState`, "frozen" for a picture that a person froze, "recording" for a clip.
            text: what stands beside its shape.
        """
        if (state, text) == (self._state, self._text):
            return
        self._state, self._text = state, text
        self.setAccessibleDescription(text)
        self.redraw()

    def draw(self, painter: QPainter) -> None:
        """Shape, then words."""
        colours, metrics = self.look.colours, self.look.metrics
        inverse = self._state not in _CALM
        self.draw_plate(painter, QRectF(self.rect()), inverse=inverse)
        colour = colours.plate if inverse else colours.on_plate
        side = metrics.small * 0.8
        room = QRectF(1.5 * metrics.unit, (self.height() - side) / 2, side, side)
        _draw_state(painter, self._state, room, QColor(colour), self.look.stroke(max(1.5, side / 9)))
        words = QRectF(self.rect()).adjusted(room.right() + metrics.unit, 0, -1.5 * metrics.unit, 0)
        draw_words(painter, words, self._text, font(metrics.small), colour, Qt.AlignmentFlag.AlignLeft)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """As long as its words."""
        metrics = self.look.metrics
        words = QFontMetricsF(font(metrics.small)).horizontalAdvance(self._text)
        return QSize(round(words + metrics.small * 0.8 + 4.5 * metrics.unit), round(metrics.small * 1.9))


def _draw_state(painter: QPainter, state: str, room: QRectF, colour: QColor, stroke: float) -> None:
    """A disc while pictures come, and another shape for each way in which they do not."""
    pen = QPen(colour, stroke, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
    inner = room.adjusted(stroke / 2, stroke / 2, -stroke / 2, -stroke / 2)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    match state:
        case "streaming":
            painter.setBrush(colour)
            painter.drawEllipse(inner.adjusted(stroke / 2, stroke / 2, -stroke / 2, -stroke / 2))
        case "starting":
            painter.drawArc(inner, 30 * 16, 270 * 16)
        case "stalled" | "frozen":
            painter.setPen(QPen(colour, 1.8 * stroke, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
            for share in (0.28, 0.72):
                x = room.left() + share * room.width()
                painter.drawLine(QPointF(x, room.top()), QPointF(x, room.bottom()))
        case "offline":
            painter.drawEllipse(inner)
            painter.drawLine(inner.topRight() + QPointF(-stroke, stroke), inner.bottomLeft() + QPointF(stroke, -stroke))
        case "recording":
            painter.drawEllipse(inner)
            painter.setBrush(colour)
            painter.drawEllipse(inner.adjusted(2 * stroke, 2 * stroke, -2 * stroke, -2 * stroke))
        case "ended":
            painter.setBrush(colour)
            painter.drawRect(inner.adjusted(stroke, stroke, -stroke, -stroke))
        case _:
            top = QPointF(inner.center().x(), inner.top())
            painter.drawPolygon(QPolygonF([inner.bottomLeft(), top, inner.bottomRight()]))
            x = inner.center().x()
            painter.drawLine(
                QPointF(x, inner.top() + 0.4 * inner.height()), QPointF(x, inner.top() + 0.72 * inner.height())
            )
