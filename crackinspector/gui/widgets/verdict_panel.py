"""The verdict: what is on screen, how sure, in word, shape and number, to be read at arm's length."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QRectF, QSize, Qt
from PySide6.QtGui import QAccessible, QAccessibleEvent, QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from crackinspector.core.labels import Label
from crackinspector.gui.look import font
from crackinspector.gui.widgets.drawing import DrawnWidget, draw_label_shape, draw_words, fitted_font


class VerdictPanel(DrawnWidget):
    """Shows a label with its score; filled with the alarm's red while it says crack. GUI thread only."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._label: Label | None = None
        self._score: float | None = None
        self._detail = ""
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAccessibleName(verdict_word(None))

    def show_verdict(self, label: Label | None, score: float | None, detail: str) -> None:
        """Show a label, its crack likelihood 0..1 and a line of small print; no label means no answer yet."""
        if (label, score, detail) == (self._label, self._score, self._detail):
            return
        told = label is not self._label
        self._label, self._score, self._detail = label, score, detail
        self.setAccessibleName(" ".join(part for part in (verdict_word(label), self._percent()) if part))
        self.setAccessibleDescription(detail)
        if told:
            QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))
        self.update()

    def _percent(self) -> str:
        return "" if self._score is None else percent(self._score)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Shape and word above, number and small print below."""
        colours, metrics = self.look.colours, self.look.metrics
        alarm = self._label is Label.POSITIVE
        ground = colours.alarm if alarm else colours.panel
        word_colour = (
            {Label.POSITIVE: colours.on_alarm, Label.NEGATIVE: colours.calm}.get(self._label, colours.quiet)
            if self._label
            else colours.quiet
        )
        text, quiet = (colours.on_alarm, colours.on_alarm) if alarm else (colours.text, colours.quiet)
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(ground))
        unit, left, right = metrics.unit, 2.0 * metrics.unit, self.width() - 2.0 * metrics.unit
        first, second = self._rows()
        top = (self.height() - first - second) / 2
        side = metrics.display * 0.86
        draw_label_shape(
            painter, self._label, QRectF(left, top + (first - side) / 2, side, side), word_colour, self.look.stroke(2)
        )
        start = left + side + 1.5 * unit
        word = verdict_word(self._label)
        made = fitted_font(word, metrics.display, right - start, metrics.small, strong=True)
        draw_words(
            painter, QRectF(start, top, right - start, first), word, made, word_colour, Qt.AlignmentFlag.AlignLeft
        )
        row = QRectF(left, top + first, right - left, second)
        if self._score is not None:
            used = draw_words(
                painter, row, self._percent(), font(metrics.display, strong=True), text, Qt.AlignmentFlag.AlignLeft
            )
            row.setLeft(left + used + 1.5 * unit)
        lines = self._detail.split("\n")
        height = metrics.small * 1.3
        top = row.center().y() - height * len(lines) / 2
        align = Qt.AlignmentFlag.AlignRight if self._score is not None else Qt.AlignmentFlag.AlignLeft
        for number, line in enumerate(lines):
            made = fitted_font(line, metrics.small, row.width(), round(metrics.small * 0.75))
            draw_words(
                painter, QRectF(row.left(), top + number * height, row.width(), height), line, made, quiet, align
            )
        painter.end()

    def _rows(self) -> tuple[float, float]:
        display = self.look.metrics.display
        return display * 1.25, display * 1.3

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Two lines of display type with air around."""
        metrics = self.look.metrics
        return QSize(10 * metrics.display, round(sum(self._rows()) + 2 * metrics.unit))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """As high as it wants to be; words shrink to the width."""
        return QSize(4 * self.look.metrics.display, self.sizeHint().height())


def verdict_word(label: Label | None) -> str:
    """The label in one word or three, in the language of the application."""
    if label is Label.POSITIVE:
        return QCoreApplication.translate("VerdictPanel", "CRACK")
    if label is Label.NEGATIVE:
        return QCoreApplication.translate("VerdictPanel", "NO CRACK")
    if label is Label.UNKNOWN:
        return QCoreApplication.translate("VerdictPanel", "NOT A SURFACE")
    return QCoreApplication.translate("VerdictPanel", "Looking…")


def percent(share: float) -> str:
    """A share 0..1 for people: whole per cent, but never 0 or 100 for what is not quite."""
    whole = round(100 * share)
    if (whole == 100 and share < 1) or (whole == 0 and share > 0):
        whole = min(99, max(1, whole))
    return QCoreApplication.translate("VerdictPanel", "{0} %").format(whole)
