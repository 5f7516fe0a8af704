"""The verdict: what is on screen, how sure, in word, shape and number, to be read at arm's length."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QAccessible, QAccessibleEvent, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from crackinspector.core.labels import Label
from crackinspector.core.text import percent
from crackinspector.gui.look import font
from crackinspector.gui.widgets.drawing import DrawnWidget, draw_card, draw_label_shape, draw_words, fitted_font

_LEFT, _RIGHT = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
_WIDE = 12


class VerdictPanel(DrawnWidget):
    """Shows a label and how sure it is; filled with the alarm's red while it says crack. GUI thread only."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._label: Label | None = None
        self._sure: float | None = None
        self._detail = self._reason = ""
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._name()

    def show_verdict(self, label: Label | None, sure: float | None, detail: str) -> None:
        """Show a label, how sure the model is of it (0..1, see `sureness`) and up to two lines of small print.

        No label means that there is no answer yet; the small print says why.
        """
        self._show(label, sure, detail, "")

    def show_no_verdict(self, reason: str) -> None:
        """Say in a word or two why there will be no answer for now, such as that there is no picture."""
        self._show(None, None, "", reason)

    def _show(self, label: Label | None, sure: float | None, detail: str, reason: str) -> None:
        if (label, sure, detail, reason) == (self._label, self._sure, self._detail, self._reason):
            return
        told = (label, reason) != (self._label, self._reason)
        self._label, self._sure, self._detail, self._reason = label, sure, detail, reason
        self._name()
        if told:
            QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))
        self.update()

    def _name(self) -> None:
        self.setAccessibleName(" ".join(part for part in (self._word(), self._number()) if part))
        self.setAccessibleDescription(self._detail.replace("\n", ", "))

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Say it in another language."""
        if event.type() == QEvent.Type.LanguageChange:
            self._name()
        super().changeEvent(event)

    def _word(self) -> str:
        return self._reason or verdict_word(self._label)

    def _number(self) -> str:
        return "" if self._sure is None else percent(self._sure)

    def _colours(self) -> tuple[str, str, str, str]:
        """Of the ground, of shape and word, of the number, and of the small print."""
        colours = self.look.colours
        if self._label is Label.POSITIVE:
            return colours.alarm, colours.on_alarm, colours.on_alarm, colours.on_alarm
        calm = colours.calm if self._label is Label.NEGATIVE else colours.quiet
        return colours.panel, calm, colours.text, colours.quiet

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Shape and word above, number and small print below; where there is room, the number stands at the right."""
        metrics = self.look.metrics
        ground, strong, text, quiet = self._colours()
        with QPainter(self) as painter:
            draw_card(painter, QRectF(self.rect()), ground, self.look)
            unit, display, first, second = metrics.unit, metrics.display, *self._rows()
            room = QRectF(2.0 * unit, (self.height() - first - second) / 2, self.width() - 4.0 * unit, first + second)
            if self._sure is None and not self._detail:
                room.setTop((self.height() - first) / 2)
            elif self.width() >= _WIDE * display:
                made = fitted_font(self._number(), round(1.5 * display), room.width() / 3, display, strong=True)
                used = draw_words(painter, room, self._number(), made, text, _RIGHT)
                room.setRight(room.right() - used - 2 * unit)
            side = 0.86 * display
            shape = QRectF(room.left(), room.top() + (first - side) / 2, side, side)
            word = QRectF(room.left(), room.top(), room.width(), first)
            if not self._reason:
                draw_label_shape(painter, self._label, shape, strong, self.look.stroke(2))
                word.setLeft(word.left() + side + 1.5 * unit)
            height = metrics.large if self._label is None else display
            made = fitted_font(self._word(), height, word.width(), metrics.small, strong=True)
            draw_words(painter, word, self._word(), made, strong, _LEFT)
            row = QRectF(room.left(), room.top() + first, room.width(), second)
            align = _LEFT
            if self._sure is not None and self.width() < _WIDE * display:
                used = draw_words(painter, row, self._number(), font(display, strong=True), text, _LEFT)
                row.setLeft(row.left() + used + 1.5 * unit)
                align = _RIGHT
            self._paint_detail(painter, row, quiet, align)

    def _paint_detail(self, painter: QPainter, row: QRectF, colour: str, align: Qt.AlignmentFlag) -> None:
        small = self.look.metrics.small
        lines = self._detail.split("\n")
        longest = max(lines, key=QFontMetricsF(font(small)).horizontalAdvance)
        made = fitted_font(longest, small, row.width(), round(small * 0.75))
        height = small * 1.25
        top = row.center().y() - height * len(lines) / 2
        for number, line in enumerate(lines):
            draw_words(
                painter, QRectF(row.left(), top + number * height, row.width(), height), line, made, colour, align
            )

    def _rows(self) -> tuple[float, float]:
        display = self.look.metrics.display
        return display * 1.15, max(display * 1.15, self.look.metrics.small * 2.5)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Two lines of display type with air around."""
        metrics = self.look.metrics
        return QSize(6 * metrics.display, round(sum(self._rows()) + 2 * metrics.unit))

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
