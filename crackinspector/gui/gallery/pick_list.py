"""Picks out of a list of names that a library has: places, sources, tags."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QPoint, QStringListModel, Qt, Signal, Slot
from PySide6.QtGui import QTouchEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QLineEdit, QListView, QVBoxLayout, QWidget

from crackinspector.gui.gallery.touch import Finger
from crackinspector.gui.gallery.words import counted
from crackinspector.gui.look import Dressed, current_look

_MANY = 12
"""From so many names on there is a line to look for one."""


@dataclass(frozen=True, slots=True)
class Name:
    """A name that can be picked.

    Attributes:
        value: what is picked; None means any.
        words: how it is shown.
        count: how many snapshots have it, None for any.
    """

    value: str | None
    words: str
    count: int | None = None

    @property
    def line(self) -> str:
        """As it stands in the list."""
        return self.words if self.count is None else f"{self.words}   ·   {counted(self.count)}"


class PickList(Dressed, QWidget):
    """A list of names for fingers. GUI thread only.

    Signals:
        picked(object): the value of the name.
    """

    picked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._names: list[Name] = []
        self._shown: list[Name] = []
        self._find = QLineEdit(self)
        self._find.setClearButtonEnabled(True)
        self._find.hide()
        self._find.textChanged.connect(self._narrow)
        self._model = QStringListModel(self)
        self._view = QListView(self)
        self._view.setFrameShape(QFrame.Shape.NoFrame)
        self._view.setModel(self._model)
        self._view.setUniformItemSizes(True)
        self._view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self._view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self._view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._view.clicked.connect(self._clicked)
        self._view.activated.connect(self._clicked)
        self._finger = Finger(self._view.viewport(), self)
        self._finger.tapped.connect(self._tapped)
        self._view.viewport().installEventFilter(self)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(self._find)
        self._column.addWidget(self._view, 1)
        self._retranslate()
        self._restyle()

    def show_names(self, names: Sequence[Name], chosen: Sequence[str | None] = ()) -> None:
        """Show these, those that are chosen already marked."""
        self._names = list(names)
        self._find.clear()
        self._find.setVisible(len(names) > _MANY)
        self._narrow()
        for index, name in enumerate(self._shown):
            if name.value in chosen:
                self._view.setCurrentIndex(self._model.index(index))
                break
        self._view.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Fingers scroll and tap."""
        if watched is self._view.viewport() and isinstance(event, QTouchEvent):
            return self._finger.read(event)
        return super().eventFilter(watched, event)

    @Slot()
    def _narrow(self) -> None:
        words = self._find.text().casefold()
        self._shown = [name for name in self._names if words in name.words.casefold()]
        self._model.setStringList([name.line for name in self._shown])

    @Slot(QPoint)
    def _tapped(self, at: QPoint) -> None:
        index = self._view.indexAt(at)
        if index.isValid():
            self.picked.emit(self._shown[index.row()].value)

    @Slot("QModelIndex")
    def _clicked(self) -> None:
        index = self._view.currentIndex()
        if index.isValid():
            self.picked.emit(self._shown[index.row()].value)

    def _retranslate(self) -> None:
        self._find.setPlaceholderText(self.tr("Look for a name"))
        self._find.setAccessibleName(self.tr("Look for a name"))
        self._view.setAccessibleName(self.tr("Names"))

    def _restyle(self) -> None:
        self._column.setSpacing(current_look().metrics.unit)
