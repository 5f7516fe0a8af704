"""The list behind grid and strip: the numbers of a query's snapshots, and rows for those on screen.

There is no proxy model between library and view: one in Python would ask for each of 100,000 rows, which blocks the
window for seconds. The filter is the SQL query instead, which the reading thread answers in less than a tenth of a
second; what comes back is 8 bytes for each snapshot.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import (
    QAbstractListModel,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QUrl,
    Signal,
    Slot,
)

from crackinspector.gui.gallery.words import row_words
from crackinspector.gui.library.access import LibraryAccess
from crackinspector.library import queries
from crackinspector.library.queries import Query, Row
from crackinspector.library.store import Library

Index = QModelIndex | QPersistentModelIndex
ROW = Qt.ItemDataRole.UserRole + 1
"""The role of the `Row`, None until it has come."""
NUMBER = Qt.ItemDataRole.UserRole + 2
"""The role of the snapshot's number."""
MOST_ROWS = 4000
_AHEAD = 1.0
"""Rows are fetched for so many screens before and after the one that is shown."""
_ROOT = QModelIndex()
_NOTHING: NDArray[np.int64] = np.empty(0, np.int64)


class GalleryModel(QAbstractListModel):
    """The snapshots of a query in its order. GUI thread only.

    A change of the library asks the query again; when the list has become another, it is reset (the view keeps
    selection and place by number), else only its rows are.

    Signals:
        listed(): the answer to the query has come; the list is that of `query` now.
        failed(str): the query cannot be answered; a sentence.
    """

    listed = Signal()
    failed = Signal(str)

    def __init__(self, access: LibraryAccess, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._access = access
        self._query = Query()
        self._fixed: NDArray[np.int64] | None = None
        self._loaded, self._pending = False, True
        self._numbers = _NOTHING
        self._rows: dict[int, Row | None] = {}
        self._old: set[int] = set()
        """Numbers of rows that may have changed since they came."""
        self._shown = (0, 0)
        self._asked: tuple[int, ...] = ()
        self._keys = f"gallery list {id(self)}", f"gallery rows {id(self)}"
        access.changed.connect(self.reload)

    @property
    def query(self) -> Query:
        """What is asked for; the list may still be that of the one before, until `listed`."""
        return self._query

    @property
    def loaded(self) -> bool:
        """Whether any list has come yet."""
        return self._loaded

    @property
    def pending(self) -> bool:
        """Whether the list is not that of the query yet."""
        return self._pending

    @property
    def numbers(self) -> NDArray[np.int64]:
        """(n,) int64, the snapshots' numbers in their order; not to be written to."""
        return self._numbers

    def set_query(self, query: Query) -> None:
        """Ask for other snapshots or in another order."""
        self._query, self._fixed = query, None
        self._pending = True
        self.reload()

    def set_numbers(self, numbers: Sequence[int]) -> None:
        """Show these, whatever the library says; only their rows follow it."""
        self._fixed = np.array(numbers, np.int64)
        self._take_numbers(self._fixed)

    @Slot()
    def reload(self) -> None:
        """Ask the same again."""
        if self._fixed is not None:
            self._take_numbers(self._fixed)
            return
        self._access.read(functools.partial(_list, self._query), self._take_list, self._refuse, key=self._keys[0])

    def row_at(self, position: int) -> Row | None:
        """The row at a position, None until it has come."""
        return self._rows.get(int(self._numbers[position]))

    def row_of(self, number: int) -> Row | None:
        """The row of a snapshot, None until it has come."""
        return self._rows.get(number)

    def positions(self, numbers: Iterable[int]) -> NDArray[np.int64]:
        """Where those of these snapshots stand that are in the list, ascending."""
        wanted = np.fromiter(numbers, np.int64)
        return np.flatnonzero(np.isin(self._numbers, wanted)).astype(np.int64)

    def show(self, first: int, last: int) -> None:
        """Positions first to last - 1 are on screen: fetch their rows, and those around them."""
        self._shown = first, last
        self._fetch()

    def fetch(self, numbers: Sequence[int]) -> None:
        """Fetch the rows of some snapshots that are not on screen."""
        missing = [number for number in numbers if self._rows.get(number) is None]
        if missing:
            self._access.read(functools.partial(_rows, missing), self._take_rows, key=f"{self._keys[1]} chosen")

    def rowCount(self, parent: Index = _ROOT) -> int:  # noqa: N802 - Qt's name
        """How many snapshots there are."""
        return 0 if parent.isValid() else len(self._numbers)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Name, words for screen readers and tooltips, `ROW` and `NUMBER`."""
        if not index.isValid() or index.row() >= len(self._numbers):
            return None
        if role == NUMBER:
            return int(self._numbers[index.row()])
        row = self.row_at(index.row())
        if role == ROW or row is None:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return row.name
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return row_words(row)
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """They can be chosen and dragged out."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        flag = Qt.ItemFlag
        return flag.ItemIsEnabled | flag.ItemIsSelectable | flag.ItemIsDragEnabled | flag.ItemNeverHasChildren

    def mimeTypes(self) -> list[str]:  # noqa: N802 - Qt's name
        """Files, as file managers take them."""
        return ["text/uri-list"]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:  # noqa: N802 - Qt's name
        """The pictures of those of these whose rows have come."""
        rows = [self.row_at(index.row()) for index in indexes]
        return files_of([row for row in rows if row is not None])

    def supportedDragActions(self) -> Qt.DropAction:  # noqa: N802 - Qt's name
        """Only copies: what is moved out of a library is lost to it."""
        return Qt.DropAction.CopyAction

    @Slot(object)
    def _take_list(self, answer: tuple[Query, NDArray[np.int64]]) -> None:
        query, numbers = answer
        if query is self._query and self._fixed is None:
            self._take_numbers(numbers)

    def _take_numbers(self, numbers: NDArray[np.int64]) -> None:
        self._loaded, self._pending = True, False
        self._old = set(self._rows)
        self._asked = ()
        if np.array_equal(numbers, self._numbers):
            self._fetch()
        else:
            self.beginResetModel()
            self._numbers = numbers
            self._shown = (0, 0)
            self.endResetModel()
        self.listed.emit()

    @Slot(str)
    def _refuse(self, sentence: str) -> None:
        self.failed.emit(sentence)

    def _fetch(self) -> None:
        first, last = self._shown
        around = round(_AHEAD * (last - first))
        low, high = max(0, first - around), min(len(self._numbers), last + around)
        shown = self._numbers[first:last].tolist()
        near = [*shown, *self._numbers[low:first].tolist(), *self._numbers[last:high].tolist()]
        missing = tuple(number for number in near if number not in self._rows or number in self._old)
        # Asked for once: until the answer comes, the same is wanted with every frame.
        if not missing or set(missing) <= set(self._asked):
            return
        self._asked = missing
        self._access.read(functools.partial(_rows, missing), self._take_rows, key=self._keys[1])

    @Slot(object)
    def _take_rows(self, answer: tuple[Sequence[int], dict[int, Row]]) -> None:
        wanted, found = answer
        for number in reversed(wanted):
            # One that is not there any more is None, so that nobody asks again. What is on screen is let go of last.
            self._rows.pop(number, None)
            self._rows[number] = found.get(number)
            self._old.discard(number)
        if set(wanted) >= set(self._asked):
            self._asked = ()
        while len(self._rows) > MOST_ROWS:
            number = next(iter(self._rows))
            del self._rows[number]
            self._old.discard(number)
        first, last = self._shown
        if last > first:
            self.dataChanged.emit(self.index(first), self.index(min(last, len(self._numbers)) - 1))


def files_of(rows: Sequence[Row]) -> QMimeData:
    """The pictures of snapshots, to be dragged or pasted elsewhere."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(row.picture)) for row in rows])
    return data


def _list(query: Query, library: Library) -> tuple[Query, NDArray[np.int64]]:
    return query, np.array(queries.ids(library, query), np.int64)


def _rows(numbers: Sequence[int], library: Library) -> tuple[Sequence[int], dict[int, Row]]:
    return numbers, queries.rows(library, numbers)
