"""The changes as a list: stroke, word, lengths."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QPainter, QPen, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QFrame,
    QListView,
    QScroller,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from crackinspector.gui.compare.strokes import kind_word, length_words, notes_of, pen
from crackinspector.gui.look import current_look, font
from crackinspector.gui.widgets.drawing import draw_words
from crackinspector.survey.reinspection.changes import Change

_Index = QModelIndex | QPersistentModelIndex
_CHANGE = Qt.ItemDataRole.UserRole
# On any wall the strokes have a dark edge; in the list this dark ground stands for it, in either theme.
_SAMPLE = "#33383f"


class ChangeList(QListView):
    """GUI thread only.

    Signals:
        chosen(object): the `Change` that was tapped.
    """

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._changes: Sequence[Change] = ()
        self._model = QStandardItemModel(self)
        self.setModel(self._model)
        self.setItemDelegate(_Delegate(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUniformItemSizes(True)
        self.setStyleSheet("QListView { background: transparent; }")
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        QScroller.grabGesture(self.viewport(), QScroller.ScrollerGestureType.TouchGesture)
        self.clicked.connect(self._clicked)
        self.activated.connect(self._clicked)

    def show_changes(self, changes: Sequence[Change]) -> None:
        """List these, in their order."""
        self._changes = changes
        self._model.clear()
        for change in changes:
            words = [kind_word(change.kind), length_words(change), notes_of(change)]
            item = QStandardItem(", ".join(word for word in words if word))
            item.setData(change, _CHANGE)
            item.setEditable(False)
            self._model.appendRow(item)

    def retranslate(self) -> None:
        """Say it in another language."""
        self.show_changes(self._changes)

    def choose(self, change: Change) -> None:
        """Mark one of them, and bring it into sight."""
        for row, each in enumerate(self._changes):
            if each is change:
                self.setCurrentIndex(self._model.index(row, 0))

    @Slot(QModelIndex)
    def _clicked(self, index: QModelIndex) -> None:
        self.chosen.emit(index.data(_CHANGE))


class _Delegate(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:  # noqa: N802 - Qt's name
        metrics = current_look().metrics
        return QSize(8 * metrics.normal, max(metrics.touch_px, round(3.4 * metrics.normal)))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        change = index.data(_CHANGE)
        look = current_look()
        colours, metrics = look.colours, look.metrics
        unit = metrics.unit
        room = QRectF(option.rect).adjusted(1, 1.5, -1, -1.5)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(colours.accent), look.stroke(2.5)) if chosen else QPen(Qt.PenStyle.NoPen))
        painter.setBrush(QColor(colours.raised))
        painter.drawRoundedRect(room, unit, unit)
        sample = QRectF(room.left() + unit, room.top() + unit, 4.4 * metrics.normal, room.height() - 2 * unit)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(_SAMPLE))
        painter.drawRoundedRect(sample, unit / 2, unit / 2)
        middle = sample.center().y()
        ends = QPointF(sample.left() + 1.5 * unit, middle), QPointF(sample.right() - 1.5 * unit, middle)
        painter.setPen(pen(change.kind, look))
        painter.drawLine(*ends)
        words = room.adjusted(sample.width() + 3 * unit, 0, -1.5 * unit, 0)
        notes = notes_of(change)
        left, right = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
        line = 1.35 * metrics.normal
        top = words.center().y() - (line if notes else line / 2)
        first = QRectF(words.left(), top, words.width(), line)
        used = draw_words(painter, first, kind_word(change.kind), font(metrics.normal, strong=True), colours.text, left)
        rest = first.adjusted(used + unit, 0, 0, 0)
        draw_words(painter, rest, length_words(change), font(metrics.small), colours.text, right)
        if notes:
            below = first.translated(0, line)
            draw_words(painter, below, notes, font(metrics.small), colours.quiet, left)
        painter.restore()
