"""Where the picture comes from and what looks at it, as two lines over the picture."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter
from PySide6.QtWidgets import QWidget

from crackinspector.gui.look import font
from crackinspector.gui.widgets.drawing import draw_words
from crackinspector.gui.widgets.plate import Plate

_WIDEST = 20


class OriginPlate(Plate):
    """Names of source and model; long ones are shortened. GUI thread only."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines: tuple[str, ...] = ()
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAccessibleName(self.tr("Source and model"))
        self.hide()

    def show_origin(self, source: str, model: str) -> None:
        """Show both names; one that is empty takes no line, none no plate."""
        lines = tuple(name for name in (source, model) if name)
        if lines == self._lines:
            return
        self._lines = lines
        self.setAccessibleDescription(", ".join(lines))
        self.setVisible(bool(lines))
        self.redraw()

    def draw(self, painter: QPainter) -> None:
        """The names below each other, ending at the same edge."""
        colours, metrics = self.look.colours, self.look.metrics
        room = QRectF(self.rect())
        self.draw_plate(painter, room)
        made = font(metrics.small)
        height = QFontMetricsF(made).height()
        for number, line in enumerate(self._lines):
            words = QRectF(
                1.5 * metrics.unit, metrics.unit / 2 + number * height, room.width() - 3 * metrics.unit, height
            )
            draw_words(painter, words, line, made, colours.on_plate, Qt.AlignmentFlag.AlignRight)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """As wide as the longer name, within reason."""
        metrics = self.look.metrics
        size = QFontMetricsF(font(metrics.small))
        width = max((size.horizontalAdvance(line) for line in self._lines), default=0.0)
        width = min(width, _WIDEST * metrics.small) + 3 * metrics.unit + 1
        return QSize(round(width), round(len(self._lines) * size.height() + metrics.unit))
