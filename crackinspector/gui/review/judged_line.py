"""The verdict that holds, or is being written: sign, words, who and when."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from crackinspector.gui.look import pixmap
from crackinspector.gui.widgets.drawing import DrawnWidget, draw_card, draw_words, fitted_font


class JudgedLine(DrawnWidget):
    """Two lines. GUI thread only."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = self._words = self._detail = ""
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    @property
    def words(self) -> str:
        """What it says, both lines."""
        return f"{self._words}\n{self._detail}" if self._detail else self._words

    def say(self, icon: str, words: str, detail: str) -> None:
        """Show a verdict: its sign, empty for none, its words, and who gave it when."""
        if (icon, words, detail) != (self._icon, self._words, self._detail):
            self._icon, self._words, self._detail = icon, words, detail
            self.setAccessibleName(self.words.replace("\n", ", "))
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """The sign at the left of both lines."""
        look = self.look
        colours, metrics = look.colours, look.metrics
        unit = metrics.unit
        with QPainter(self) as painter:
            draw_card(painter, QRectF(self.rect()), colours.panel, look)
            room = QRectF(self.rect()).adjusted(2 * unit, 0, -2 * unit, 0)
            if self._icon:
                side = round(metrics.normal * 1.7)
                sign = pixmap(self._icon, side, colours.text, colours.stroke * 1.2, self.devicePixelRatioF())
                painter.drawPixmap(round(room.left()), round(room.center().y() - side / 2), sign)
                room.setLeft(room.left() + side + 1.5 * unit)
            above, below = metrics.normal * 1.35, metrics.small * 1.3 if self._detail else 0.0
            top = room.center().y() - (above + below) / 2
            left = Qt.AlignmentFlag.AlignLeft
            line = QRectF(room.left(), top, room.width(), above)
            strong = fitted_font(self._words, metrics.normal, line.width(), metrics.small, strong=True)
            draw_words(painter, line, self._words, strong, colours.text if self._icon else colours.quiet, left)
            line = QRectF(room.left(), top + above, room.width(), below)
            small = fitted_font(self._detail, metrics.small, line.width(), round(metrics.small * 0.8))
            if self._detail:
                draw_words(painter, line, self._detail, small, colours.quiet, left)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Two lines and a little air."""
        metrics = self.look.metrics
        return QSize(12 * metrics.normal, round(metrics.normal * 1.35 + metrics.small * 1.3 + 1.5 * metrics.unit))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """As high; narrower."""
        return QSize(6 * self.look.metrics.normal, self.sizeHint().height())
