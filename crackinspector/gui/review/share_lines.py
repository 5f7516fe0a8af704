"""Shares as lines of a table: a title, a value, and on a scale from nothing to all how sure it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QLocale, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from crackinspector.gui.look import current_look, font
from crackinspector.gui.widgets.drawing import DrawnWidget, draw_words, fitted_font
from crackinspector.library.confusion import Share


@dataclass(frozen=True, slots=True)
class Line:
    """One of them.

    Attributes:
        title: what it is.
        value: in words.
        share: where it lies on the scale; None: nowhere.
    """

    title: str
    value: str
    share: Share | None = None


class ShareLines(DrawnWidget):
    """The lines, one below the other. GUI thread only."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines: Sequence[Line] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Show these."""
        self._lines = lines
        self.setAccessibleName("; ".join(f"{line.title}: {line.value}" for line in lines))
        self.updateGeometry()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Title and value, and below them the scale with the interval as a band and the value as a mark on it."""
        look = self.look
        colours, metrics = look.colours, look.metrics
        high, made = self._line_height(), font(metrics.normal)
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            for index, line in enumerate(self._lines):
                top = index * high
                words = QRectF(0, top, self.width(), metrics.normal * 1.4)
                used = draw_words(painter, words, line.value, made, colours.text, Qt.AlignmentFlag.AlignRight)
                words.setRight(words.right() - used - 2 * metrics.unit)
                title = fitted_font(line.title, metrics.normal, words.width(), metrics.small)
                draw_words(painter, words, line.title, title, colours.quiet, Qt.AlignmentFlag.AlignLeft)
                if line.share is not None:
                    thick = max(4.0, metrics.unit * 0.6)
                    scale = QRectF(0, words.bottom() + metrics.unit * 0.4, self.width(), thick)
                    self._paint_scale(painter, scale, line.share)

    def _paint_scale(self, painter: QPainter, scale: QRectF, share: Share) -> None:
        colours, radius = self.look.colours, scale.height() / 2
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.raised))
        painter.drawRoundedRect(scale, radius, radius)
        band = QRectF(scale)
        band.setLeft(scale.left() + share.low * scale.width())
        band.setRight(max(band.left() + scale.height(), scale.left() + share.high * scale.width()))
        shade = QColor(colours.accent)
        shade.setAlphaF(0.5)
        painter.setBrush(shade)
        painter.drawRoundedRect(band.intersected(scale), radius, radius)
        mark = QRectF(0, 0, scale.height() * 0.8, scale.height() * 2)
        mark.moveCenter(scale.center())
        mark.moveLeft(scale.left() + share.value * (scale.width() - mark.width()))
        painter.setBrush(QColor(colours.text))
        painter.drawRoundedRect(mark, mark.width() / 2, mark.width() / 2)

    def _line_height(self) -> float:
        metrics = current_look().metrics
        return metrics.normal * 1.4 + 3.2 * metrics.unit

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """As high as all lines."""
        return QSize(12 * current_look().metrics.normal, round(len(self._lines) * self._line_height()))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Narrow, but never lower."""
        return QSize(8 * current_look().metrics.normal, self.sizeHint().height())


def percent(value: float) -> str:
    """A share as people read it, with a tenth."""
    return f"{QLocale().toString(100 * value, 'f', 1)} %"


def share_words(share: Share | None) -> str:
    """A share with the ends of its interval."""
    if share is None:
        return "–"
    locale = QLocale()
    low, high = (locale.toString(100 * end, "f", 1) for end in (share.low, share.high))
    return f"{percent(share.value)}  ({low}–{high})"
