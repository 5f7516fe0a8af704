"""What a model says against what people say, as a table whose cells can be opened."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QLocale, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QEnterEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QGridLayout, QLabel, QSizePolicy, QWidget

from crackinspector.core.labels import Label
from crackinspector.gui.labels import label_word
from crackinspector.gui.look import Dressed, current_look, font
from crackinspector.gui.widgets.drawing import draw_card, draw_words, fitted_font
from crackinspector.library.confusion import Confusion

_ORDER = (Label.POSITIVE, Label.NEGATIVE, Label.UNKNOWN)
_LEAST_SHADE, _MOST_SHADE = 0.06, 0.62


class ConfusionTable(Dressed, QWidget):
    """A row for each label that people give, a column for each that the model does. GUI thread only.

    Signals:
        opened(object, object): the model's label and people's of a cell that is not empty.
    """

    opened = Signal(object, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cells = {(said, true): _Cell(said, true, self) for said in _ORDER for true in _ORDER}
        for cell in self._cells.values():
            cell.clicked.connect(self._open)
        self._columns = {label: _head(self) for label in _ORDER}
        self._rows = {label: _head(self) for label in _ORDER}
        self._across, self._down = _head(self), _head(self)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.addWidget(self._down, 1, 0, Qt.AlignmentFlag.AlignBottom)
        self._grid.addWidget(self._across, 0, 1, 1, len(_ORDER), Qt.AlignmentFlag.AlignHCenter)
        for index, label in enumerate(_ORDER, 1):
            self._columns[label].setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom)
            self._grid.addWidget(self._columns[label], 1, index)
            self._grid.addWidget(self._rows[label], 1 + index, 0)
            for row, true in enumerate(_ORDER, 2):
                self._grid.addWidget(self._cells[label, true], row, index)
            self._grid.setColumnStretch(index, 1)
        self._retranslate()
        self._restyle()

    def show_counts(self, confusion: Confusion) -> None:
        """Show these; a label that nobody gave is left out."""
        used = {label: any(label in pair and count for pair, count in confusion.counts.items()) for label in Label}
        used[Label.POSITIVE] = used[Label.NEGATIVE] = True
        for label in _ORDER:
            self._columns[label].setVisible(used[label])
            self._rows[label].setVisible(used[label])
        for (said, true), cell in self._cells.items():
            whole = sum(confusion[other, true] for other in Label)
            cell.show_count(confusion[said, true], whole)
            cell.setVisible(used[said] and used[true])

    @Slot()
    def _open(self) -> None:
        cell = self.sender()
        if isinstance(cell, _Cell):
            self.opened.emit(cell.said, cell.true)

    def _retranslate(self) -> None:
        self._across.setText(self.tr("The model says"))
        self._down.setText(self.tr("People say"))
        for label in _ORDER:
            self._columns[label].setText(label_word(label))
            self._rows[label].setText(label_word(label))
        for cell in self._cells.values():
            cell.name()

    def _restyle(self) -> None:
        self._grid.setSpacing(max(2, current_look().metrics.unit // 2))


class _Cell(QAbstractButton):
    """A count and its share of the row; the more, the brighter. Where both agree it has the accent's colour."""

    def __init__(self, said: Label, true: Label, parent: QWidget) -> None:
        super().__init__(parent)
        self.said, self.true = said, true
        self._count, self._whole = 0, 0
        self._hovered = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def show_count(self, count: int, whole: int) -> None:
        """`count` of `whole` in this row."""
        self._count, self._whole = count, whole
        self.setEnabled(count > 0)
        self.name()
        self.update()

    def name(self) -> None:
        """Say for screen readers what is in the cell, and what a touch does."""
        self.setAccessibleName(
            self.tr("Model: {said}, people: {true}: {count}").format(
                said=label_word(self.said), true=label_word(self.true), count=self._count
            )
        )
        self.setToolTip(self.tr("Show these snapshots") if self._count else "")

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """The count over its share."""
        look = current_look()
        colours, metrics = look.colours, look.metrics
        share = self._count / self._whole if self._whole else 0.0
        room = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        with QPainter(self) as painter:
            draw_card(painter, room, colours.raised if look.dark else colours.panel, look)
            shade = QColor(colours.accent if self.said is self.true else colours.quiet)
            if self._count:
                shade.setAlphaF(_LEAST_SHADE + (_MOST_SHADE - _LEAST_SHADE) * share)
                painter.setBrush(shade)
                painter.drawRoundedRect(room, metrics.unit, metrics.unit)
            words = room.adjusted(metrics.unit, 0, -metrics.unit, 0)
            count = QLocale().toString(self._count)
            text = colours.text if self._count else colours.quiet
            strong = fitted_font(count, metrics.large, words.width(), metrics.small, strong=True)
            small, middle = font(metrics.small), room.center().y()
            upper = QRectF(words.left(), middle - metrics.large * 1.25, words.width(), metrics.large * 1.3)
            draw_words(painter, upper, count, strong, text, Qt.AlignmentFlag.AlignHCenter)
            lower = QRectF(words.left(), middle + metrics.large * 0.1, words.width(), metrics.small * 1.4)
            if self._whole:
                percent = f"{QLocale().toString(100 * share, 'f', 1)} %"
                draw_words(painter, lower, percent, small, text, Qt.AlignmentFlag.AlignHCenter)
            if self.hasFocus() or (self._hovered and self.isEnabled()) or self.isDown():
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.setPen(QPen(QColor(colours.text), look.stroke(1.5)))
                painter.drawRoundedRect(room, metrics.unit, metrics.unit)

    def enterEvent(self, event: QEnterEvent) -> None:  # noqa: N802 - Qt's name
        """The pointer is here."""
        self._hovered = True
        self.update()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """The pointer is gone."""
        self._hovered = False
        self.update()
        super().leaveEvent(event)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """As large as a finger, and two lines."""
        metrics = current_look().metrics
        return QSize(metrics.touch_px, max(metrics.touch_px, round(metrics.large * 1.4 + metrics.small * 2.6)))


def _head(parent: QWidget) -> QLabel:
    label = QLabel(parent)
    label.setProperty("role", "quiet")
    return label
