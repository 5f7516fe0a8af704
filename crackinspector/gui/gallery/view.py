"""The list on screen, as a grid or as a strip that lies.

Qt's own list view asks the model for every row when it lays out, which takes a tenth of a second at 100,000; here the
places are reckoned (`cells`), and only what is on screen is asked for.
"""

from __future__ import annotations

import bisect

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    Qt,
    QTimer,
    Signal,
    Slot,
)
from PySide6.QtGui import (
    QColor,
    QDrag,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QRegion,
    QResizeEvent,
    QTouchEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QFrame, QScrollBar, QWidget

from crackinspector.gui.gallery.cells import Cells
from crackinspector.gui.gallery.delegate import CellState, SnapshotDelegate
from crackinspector.gui.gallery.keeping import Kept
from crackinspector.gui.gallery.model import GalleryModel, files_of
from crackinspector.gui.gallery.thumbnails import Thumbnails
from crackinspector.gui.gallery.touch import Finger
from crackinspector.gui.gallery.wanting import Wanting
from crackinspector.gui.look import current_look

Index = QModelIndex | QPersistentModelIndex
MOST_DRAGGED = 500
_AGAIN_MS = 4
_LEAST_CELL, _LEAST_TYPES = 176, 9.6
"""Width of a cell: at least so many pixels, and so many heights of the normal type."""
_Command = QItemSelectionModel.SelectionFlag


class SnapshotView(QAbstractItemView):
    """Shows a `GalleryModel`; selection and place are kept by snapshot when the list changes. GUI thread only.

    Signals:
        opened(int): the person wants to see the snapshot at this position.
        held(int): a finger stayed on it.
        chosen_changed(): other snapshots are chosen.
        too_many(): more were to be dragged out than can be.
    """

    opened = Signal(int)
    held = Signal(int)
    chosen_changed = Signal()
    too_many = Signal()

    def __init__(
        self, model: GalleryModel, thumbnails: Thumbnails, parent: QWidget | None = None, *, lying: bool = False
    ) -> None:
        super().__init__(parent)
        self._list, self._thumbnails, self._lying = model, thumbnails, lying
        self._delegate = SnapshotDelegate(thumbnails, self, brief=lying)
        self._cells = Cells.grid(0, 1, 1, 0, 0)
        self._ranges: list[tuple[int, int]] = []
        self._kept: Kept | None = None
        self._choosing = False
        self._again = QTimer(self, singleShot=True, interval=_AGAIN_MS)
        self._again.timeout.connect(self.viewport().update)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setItemDelegate(self._delegate)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
        off = Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        if lying:
            self.setVerticalScrollBarPolicy(off)
            self.setHorizontalScrollBarPolicy(off)
            self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
            self.setDragEnabled(False)
        else:
            # Always there: a bar that comes and goes would change the number of columns.
            self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
            self.setHorizontalScrollBarPolicy(off)
        self._wanting = Wanting(model, thumbnails, self.bar, self.viewport().update, self)
        self._finger = Finger(self.viewport(), self)
        self._finger.tapped.connect(self._tap)
        self._finger.held.connect(self._hold)
        self.viewport().installEventFilter(self)
        model.modelAboutToBeReset.connect(self._keep_place)
        self.setModel(model)
        thumbnails.arrived.connect(self._show_arrived)

    @property
    def choosing(self) -> bool:
        """Whether a tap chooses instead of opening."""
        return self._choosing

    def set_choosing(self, on: bool) -> None:
        """Have taps and clicks choose one after the other; off, nothing is chosen any more."""
        self._choosing = on
        mode = QAbstractItemView.SelectionMode
        self.setSelectionMode(mode.MultiSelection if on else mode.ExtendedSelection)
        self.setDragEnabled(not on)
        if not on:
            self.clearSelection()
        self.viewport().update()

    @property
    def chosen(self) -> list[int]:
        """The numbers of the chosen snapshots, in the order of the list."""
        numbers = self._list.numbers
        return [number for first, last in self._ranges for number in numbers[first : last + 1].tolist()]

    @property
    def chosen_count(self) -> int:
        """How many are chosen."""
        return sum(last + 1 - first for first, last in self._ranges)

    @property
    def position(self) -> int | None:
        """Of the snapshot that the keyboard is at."""
        index = self.currentIndex()
        return index.row() if index.isValid() else None

    @property
    def cells(self) -> Cells:
        """Where its cells lie."""
        return self._cells

    @property
    def shown(self) -> range:
        """The positions that are on screen."""
        low = self.bar.value()
        return self._cells.between(low, low + self._room)

    def show_position(self, position: int) -> None:
        """Go to a snapshot and bring it into sight."""
        if 0 <= position < self._cells.count:
            index = self._list.index(position)
            self.selectionModel().setCurrentIndex(index, _Command.ClearAndSelect if self._lying else _Command.NoUpdate)
            self.scrollTo(index)

    def redraw(self) -> None:
        """Draw everything again, as in another look or with other thumbnails."""
        self._delegate.forget()
        self.updateGeometries()
        self.viewport().update()

    @property
    def bar(self) -> QScrollBar:
        """The one that scrolls it."""
        return self.horizontalScrollBar() if self._lying else self.verticalScrollBar()

    @property
    def _room(self) -> int:
        """How much of it is on screen, in the direction that it scrolls in."""
        return self.viewport().width() if self._lying else self.viewport().height()

    def visualRect(self, index: Index) -> QRect:  # noqa: N802 - Qt's name
        """Where a cell is on screen."""
        if not index.isValid():
            return QRect()
        return self._cells.place(index.row()).translated(-self.horizontalOffset(), -self.verticalOffset())

    def indexAt(self, point: QPoint) -> QModelIndex:  # noqa: N802 - Qt's name
        """The cell at a point of the screen."""
        position = self._cells.at(point.x() + self.horizontalOffset(), point.y() + self.verticalOffset())
        return QModelIndex() if position is None else self._list.index(position)

    def scrollTo(  # noqa: N802 - Qt's name
        self,
        index: Index,
        hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible,
    ) -> None:
        """Bring a cell into sight; a strip's into its middle."""
        if not index.isValid():
            return
        cells = self._cells
        place = cells.place(index.row())
        bar = self.bar
        room = self._room
        begin, length = (place.left(), place.width()) if self._lying else (place.top(), place.height())
        if self._lying or hint == QAbstractItemView.ScrollHint.PositionAtCenter:
            bar.setValue(begin - (room - length) // 2)
        elif begin - cells.gap < bar.value():
            bar.setValue(begin - cells.gap)
        elif begin + length + cells.gap > bar.value() + room:
            bar.setValue(begin + length + cells.gap - room)

    def horizontalOffset(self) -> int:  # noqa: N802 - Qt's name
        """How far it is scrolled to the side."""
        return self.horizontalScrollBar().value()

    def verticalOffset(self) -> int:  # noqa: N802 - Qt's name
        """How far it is scrolled down."""
        return self.verticalScrollBar().value()

    def isIndexHidden(self, index: Index) -> bool:  # noqa: N802 - Qt's name
        """Nothing is."""
        return False

    def moveCursor(  # noqa: N802 - Qt's name
        self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        """Where a key leads."""
        cells = self._cells
        if not cells.count:
            return QModelIndex()
        now = self.position
        if now is None:
            return self._list.index(0)
        page = max(1, self.viewport().height() // cells.step) * cells.columns
        ways = QAbstractItemView.CursorAction
        steps = {
            ways.MoveLeft: -1,
            ways.MovePrevious: -1,
            ways.MoveRight: 1,
            ways.MoveNext: 1,
            ways.MoveUp: -cells.columns,
            ways.MoveDown: cells.columns,
            ways.MovePageUp: -page,
            ways.MovePageDown: page,
            ways.MoveHome: -now,
            ways.MoveEnd: cells.count,
        }
        to = now + steps[action]
        if action in (ways.MoveUp, ways.MoveDown) and not 0 <= to < cells.count:
            # Not into another column; from the last row but one into the last, which may be shorter.
            below = to >= cells.count and now // cells.columns < (cells.count - 1) // cells.columns
            to = cells.count - 1 if below else now
        return self._list.index(min(cells.count - 1, max(0, to)))

    def setSelection(self, rect: QRect, command: QItemSelectionModel.SelectionFlag) -> None:  # noqa: N802 - Qt's name
        """Choose what lies between two points in the order of the list, or what is at one."""
        begin, end = rect.topLeft(), rect.bottomRight()
        first, last = (self._nearest(point) for point in (begin, end))
        selection = QItemSelection()
        single = rect.width() <= 1 and rect.height() <= 1
        if self._cells.count and not (single and not self.indexAt(begin).isValid()):
            selection.select(self._list.index(min(first, last)), self._list.index(max(first, last)))
        self.selectionModel().select(selection, command)

    def visualRegionForSelection(self, selection: QItemSelection) -> QRegion:  # noqa: N802 - Qt's name
        """All of it: to reckon each cell of a long selection would cost more than to draw the screen once."""
        return QRegion(self.viewport().rect())

    def updateGeometries(self) -> None:  # noqa: N802 - Qt's name
        """How much there is to scroll."""
        super().updateGeometries()
        self._lay_out()
        cells, room = self._cells, self.viewport().size()
        for bar, length, page in (
            (self.horizontalScrollBar(), cells.length if self._lying else 0, room.width()),
            (self.verticalScrollBar(), 0 if self._lying else cells.length, room.height()),
        ):
            bar.setRange(0, max(0, length - page))
            bar.setPageStep(page)
            bar.setSingleStep(max(1, cells.step // 3))

    def keyboardSearch(self, search: str) -> None:  # noqa: N802 - Qt's name
        """Letters are for what the page does with them; to look for a name would ask for every row."""

    def reset(self) -> None:
        """The list has become another: the same snapshots stay chosen and in sight."""
        super().reset()
        self._ranges = []
        self._lay_out()
        self.updateGeometries()
        kept, self._kept = self._kept, None
        if kept is not None:
            kept.choose_again(self, self._list)
            kept.scroll_back(self._list, self._cells, self.bar)
            if kept.chosen and not self._ranges:
                self.chosen_changed.emit()

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:  # noqa: N802 - Qt's name
        """Draw it, and tell."""
        super().selectionChanged(selected, deselected)
        ranges = self.selectionModel().selection()
        found = [ranges.at(number) for number in range(ranges.count())]
        self._ranges = sorted((each.top(), each.bottom()) for each in found)
        self.viewport().update()
        self.chosen_changed.emit()

    def startDrag(self, actions: Qt.DropAction) -> None:  # noqa: N802 - Qt's name
        """Give the chosen pictures to a file manager or another program."""
        rows = [row for row in map(self._list.row_of, self.chosen[: MOST_DRAGGED + 1]) if row is not None]
        if self.chosen_count > MOST_DRAGGED or len(rows) < self.chosen_count:
            self.too_many.emit()
        elif rows:
            drag = QDrag(self)
            drag.setMimeData(files_of(rows))
            drag.exec(Qt.DropAction.CopyAction)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw what is on screen; what takes too long is drawn by the next frames."""
        cells = self._cells
        offset = QPoint(self.horizontalOffset(), self.verticalOffset())
        shown = self.shown
        self._wanting.want(shown)
        current = self.position if self.hasFocus() or self._lying else None
        with QPainter(self.viewport()) as painter:
            painter.fillRect(event.rect(), QColor(current_look().colours.ground))
            self._delegate.begin()
            for position in shown:
                place = cells.place(position).translated(-offset)
                state = CellState(self._is_chosen(position), position == current, self._choosing)
                self._delegate.draw(painter, place, self._list.row_at(position), state)
        if self._delegate.unfinished:
            self._again.start()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter opens; letters and Delete are the page's."""
        position = self.position
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and position is not None:
            self.opened.emit(position)
        elif event.text().isalnum() and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Open."""
        index = self.indexAt(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and index.isValid() and not self._choosing:
            self.opened.emit(index.row())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """In a strip, a click is enough."""
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if self._lying and event.button() == Qt.MouseButton.LeftButton and index.isValid():
            self.opened.emit(index.row())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Keep what is at the top at the top, though the rows have another length."""
        kept = self._kept_now()
        super().resizeEvent(event)
        self._lay_out()
        self.updateGeometries()
        kept.scroll_back(self._list, self._cells, self.bar)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Follow language and look."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.LanguageChange, QEvent.Type.StyleChange):
            self._delegate.forget()
            self._lay_out()
            self.updateGeometries()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Fingers scroll and tap; without this they would be a mouse that drags."""
        if watched is self.viewport() and isinstance(event, QTouchEvent):
            return self._finger.read(event)
        return super().eventFilter(watched, event)

    def _lay_out(self) -> None:
        metrics = current_look().metrics
        count, foot = self._list.rowCount(), self._delegate.foot()
        room = self.viewport().size()
        if self._lying:
            self._cells = Cells.strip(count, room.height(), metrics.unit, foot)
        else:
            least = max(_LEAST_CELL, round(_LEAST_TYPES * metrics.normal))
            self._cells = Cells.grid(count, room.width(), least, metrics.unit, foot)
        ratio = self.devicePixelRatioF()
        picture = self._delegate.picture_size(self._cells.cell)
        self._thumbnails.set_room(round(picture.width() * ratio), round(picture.height() * ratio))

    def _is_chosen(self, position: int) -> bool:
        at = bisect.bisect_right(self._ranges, (position, self._cells.count)) - 1
        return at >= 0 and position <= self._ranges[at][1]

    def _nearest(self, point: QPoint) -> int:
        """The cell at a point of the screen, or that at its left, or the last of the row above it."""
        cells = self._cells
        x, y = point.x() + self.horizontalOffset(), point.y() + self.verticalOffset()
        along, across = (x, y) if self._lying else (y, x - cells.left)
        row = max(0, (along - cells.gap) // cells.step)
        column = min(cells.columns - 1, max(0, (across - cells.gap) // (cells.cell.width() + cells.gap)))
        return max(0, min(cells.count - 1, row * cells.columns + (0 if self._lying else column)))

    def _kept_now(self) -> Kept:
        return Kept.of(self._list, self._cells, self.bar, self.chosen, self.position)

    @Slot()
    def _keep_place(self) -> None:
        self._kept = self._kept_now()

    @Slot(QPoint)
    def _tap(self, at: QPoint) -> None:
        index = self.indexAt(at)
        if not index.isValid():
            return
        if self._choosing:
            self.selectionModel().setCurrentIndex(index, _Command.Toggle)
        else:
            self.selectionModel().setCurrentIndex(index, _Command.NoUpdate)
            self.opened.emit(index.row())

    @Slot(QPoint)
    def _hold(self, at: QPoint) -> None:
        index = self.indexAt(at)
        if index.isValid() and not self._lying:
            self.held.emit(index.row())

    @Slot(object)
    def _show_arrived(self, numbers: list[int]) -> None:
        self.viewport().update()
