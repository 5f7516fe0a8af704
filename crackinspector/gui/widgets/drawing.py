"""What the self-drawn widgets share: a base class that follows the look, fitted words and the shapes of the labels."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from crackinspector.core.labels import Label
from crackinspector.gui.look import Look, current_look, font


class DrawnWidget(QWidget):
    """A widget that draws itself in the application's look and again when that changes."""

    @property
    def look(self) -> Look:
        """The application's look."""
        return current_look()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Draw again in another language; Qt sees to another look."""
        if event.type() == QEvent.Type.LanguageChange:
            self.update()
        super().changeEvent(event)


def draw_card(painter: QPainter, room: QRectF, colour: str, look: Look) -> None:
    """The surface that a block of the page lies on."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colour))
    painter.drawRoundedRect(room, look.metrics.unit, look.metrics.unit)


def fitted_font(text: str, pixels: int, width: float, least: int, *, strong: bool = False) -> QFont:
    """The typeface at the largest height up to `pixels` at which the text is no wider than `width`."""
    made = font(pixels, strong=strong)
    length = QFontMetricsF(made).horizontalAdvance(text)
    if length > width:
        made.setPixelSize(max(least, int(pixels * width / length)))
    return made


def draw_words(painter: QPainter, room: QRectF, text: str, made: QFont, colour: str, align: Qt.AlignmentFlag) -> float:
    """Draw one line, shortened by an ellipsis where it does not fit; returns its width."""
    metrics = QFontMetricsF(made)
    text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room.width() + 0.5)
    painter.setFont(made)
    painter.setPen(QColor(colour))
    painter.drawText(room, align | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, text)
    return metrics.horizontalAdvance(text)


def draw_label_shape(painter: QPainter, label: Label | None, room: QRectF, colour: str, stroke: float) -> None:
    """The label's own shape: a filled triangle, a ring, a bar; three dots while there is no answer."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    shade = QColor(colour)
    if label is Label.POSITIVE:
        painter.setPen(QPen(shade, stroke, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
        painter.setBrush(shade)
        inner = room.adjusted(stroke / 2, stroke / 2 + room.height() * 0.05, -stroke / 2, -stroke / 2)
        painter.drawPolygon(
            QPolygonF([inner.bottomLeft(), QPointF(inner.center().x(), inner.top()), inner.bottomRight()])
        )
    elif label is Label.NEGATIVE:
        width = max(stroke, room.width() * 0.13)
        painter.setPen(QPen(shade, width))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(room.adjusted(width / 2, width / 2, -width / 2, -width / 2))
    else:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(shade)
        middle = room.center().y()
        if label is Label.UNKNOWN:
            painter.drawRect(QRectF(room.left(), middle - room.height() / 10, room.width(), room.height() / 5))
        else:
            for step in (0.14, 0.5, 0.86):
                painter.drawEllipse(QPointF(room.left() + step * room.width(), middle), *(2 * (room.width() * 0.09,)))
    painter.restore()
