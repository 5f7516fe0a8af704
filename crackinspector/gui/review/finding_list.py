"""The findings of a snapshot as a list: number, verdict, how sure, how large."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import (
    QFrame,
    QListView,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from crackinspector.core.text import percent
from crackinspector.gui.gallery.marks import VERDICT_ICONS
from crackinspector.gui.gallery.words import verdict_name
from crackinspector.gui.look import current_look, font, pixmap
from crackinspector.gui.widgets.drawing import draw_words
from crackinspector.library.state import UNREVIEWED

_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


@dataclass(frozen=True, slots=True)
class Entry:
    """A finding as the list shows it.

    Attributes:
        key: the finding's.
        number: what it is called on the picture.
        score: 0..1; None for one that a person drew.
        width, height: of its box in pixels of the picture.
        verdict: that holds, or is being written.
        by_hand: whether a person drew or corrected it.
    """

    key: str
    number: int
    score: float | None
    width: int
    height: int
    verdict: str
    by_hand: bool


class FindingList(QListView):
    """As high as its entries. GUI thread only.

    Signals:
        chosen(str): the key of a finding that a person chose, or "" where the chosen one was tapped again.
    """

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = _Model(self)
        self._chosen = ""
        self.setModel(self._model)
        self.setItemDelegate(_Delegate(self))
        self.setUniformItemSizes(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.clicked.connect(self._clicked)
        self.activated.connect(self._clicked)

    def show_entries(self, entries: Sequence[Entry], chosen: str | None) -> None:
        """Show these findings; one of them may be chosen."""
        self._chosen = chosen or ""
        height_before = self._model.rowCount()
        self._model.show_entries(entries)
        row = next((row for row, entry in enumerate(entries) if entry.key == self._chosen), -1)
        if row >= 0:
            self.setCurrentIndex(self._model.index(row))
        else:
            self.clearSelection()
            self.setCurrentIndex(_NOWHERE)
        if len(entries) != height_before:
            self.updateGeometry()

    def chosen_room(self) -> QRect:
        """Where the chosen entry is in the list; empty if none is."""
        return self.visualRect(self.currentIndex())

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """All entries, one below the other."""
        return QSize(10 * current_look().metrics.normal, row_height() * self._model.rowCount())

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """As high as it is; narrower."""
        return QSize(6 * current_look().metrics.normal, self.sizeHint().height())

    @Slot(QModelIndex)
    def _clicked(self, index: QModelIndex) -> None:
        entry = index.data(Qt.ItemDataRole.UserRole)
        self.chosen.emit("" if entry.key == self._chosen else entry.key)


def row_height() -> int:
    """Of an entry, as a finger needs it."""
    metrics = current_look().metrics
    return max(round(metrics.touch_px * 0.9), round(metrics.normal * 2.2))


class _Model(QAbstractListModel):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._entries: list[Entry] = []

    def show_entries(self, entries: Sequence[Entry]) -> None:
        if [entry.key for entry in entries] == [entry.key for entry in self._entries] and entries:
            self._entries = list(entries)
            self.dataChanged.emit(self.index(0), self.index(len(entries) - 1))
            return
        self.beginResetModel()
        self._entries = list(entries)
        self.endResetModel()

    def rowCount(self, parent: _Index = _NOWHERE) -> int:  # noqa: N802 - Qt's name
        return 0 if parent.isValid() else len(self._entries)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or index.row() >= len(self._entries):
            return None
        entry = self._entries[index.row()]
        if role == Qt.ItemDataRole.UserRole:
            return entry
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"{entry.number}, {self.surely(entry)}, {_size(entry)}, {verdict_name(entry.verdict)}"
        return None

    def surely(self, entry: Entry) -> str:
        """How sure the model is, or that a person drew it."""
        return self.tr("by hand") if entry.score is None else percent(entry.score)


class _Delegate(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:  # noqa: N802 - Qt's name
        return QSize(8 * current_look().metrics.normal, row_height())

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        entry = index.data(Qt.ItemDataRole.UserRole)
        if not isinstance(entry, Entry):
            return
        look = current_look()
        colours, metrics = look.colours, look.metrics
        unit = metrics.unit
        room = QRectF(option.rect).adjusted(0.5, 1, -0.5, -1)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        left, right = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(colours.accent), look.stroke(2)) if chosen else QPen(Qt.PenStyle.NoPen))
        painter.setBrush(QColor(colours.raised))
        painter.drawRoundedRect(room.adjusted(1, 1, -1, -1), unit, unit)
        strong, quiet = font(metrics.normal, strong=True), font(metrics.small)
        plate = QRectF(room.left() + unit, 0, max(2.0 * metrics.normal, _width(strong, str(entry.number)) + unit), 0)
        plate.setHeight(1.5 * metrics.normal)
        plate.moveTop(room.center().y() - plate.height() / 2)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.accent if chosen else colours.pressed))
        painter.drawRoundedRect(plate, unit, unit)
        shade = colours.on_accent if chosen else colours.text
        draw_words(painter, plate, str(entry.number), strong, shade, Qt.AlignmentFlag.AlignHCenter)
        line = room.adjusted(plate.width() + 2.5 * unit, 0, -1.5 * unit, 0)
        if entry.verdict != UNREVIEWED:
            side = round(metrics.normal * 1.3)
            sign = pixmap(
                VERDICT_ICONS[entry.verdict], side, colours.text, colours.stroke, painter.device().devicePixelRatioF()
            )
            painter.drawPixmap(round(line.right() - side), round(line.center().y() - side / 2), sign)
            line.setRight(line.right() - side - unit)
        model = index.model()
        assert isinstance(model, _Model)
        line.setLeft(line.left() + draw_words(painter, line, model.surely(entry), strong, colours.text, left) + unit)
        draw_words(painter, line, _size(entry), quiet, colours.quiet, right)
        painter.restore()


def _width(made: QFont, text: str) -> float:
    return QFontMetricsF(made).horizontalAdvance(text)


def _size(entry: Entry) -> str:
    return f"{entry.width} × {entry.height} px"
