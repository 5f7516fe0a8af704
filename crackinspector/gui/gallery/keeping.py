"""What stays as it was when a list changes or is laid out anew: by snapshot, for positions mean others then."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QItemSelection, QItemSelectionModel
from PySide6.QtWidgets import QAbstractItemView, QScrollBar

from crackinspector.gui.gallery.cells import Cells
from crackinspector.gui.gallery.model import GalleryModel

_Command = QItemSelectionModel.SelectionFlag


@dataclass(frozen=True, slots=True)
class Kept:
    """Numbers of snapshots.

    Attributes:
        chosen: those that are chosen, in the order of the list.
        current: the one that the keyboard is at.
        top: the first on screen.
        top_position: its position.
        into: how far its row is scrolled out of sight, in pixels.
    """

    chosen: list[int]
    current: int | None
    top: int | None
    top_position: int
    into: int

    @classmethod
    def of(cls, model: GalleryModel, cells: Cells, bar: QScrollBar, chosen: list[int], current: int | None) -> Kept:
        """How a view stands; `current` is a position."""
        numbers = model.numbers
        top = cells.between(bar.value(), bar.value() + 1).start
        return cls(
            chosen=chosen,
            current=None if current is None else int(numbers[current]),
            top=int(numbers[top]) if top < len(numbers) else None,
            top_position=top,
            into=bar.value() - top // cells.columns * cells.step,
        )

    def choose_again(self, view: QAbstractItemView, model: GalleryModel) -> None:
        """Choose the same snapshots, as far as they are in the list."""
        positions = model.positions(self.chosen).tolist()
        selection = QItemSelection()
        begin = 0
        for at in range(1, len(positions) + 1):
            if at == len(positions) or positions[at] != positions[at - 1] + 1:
                selection.select(model.index(positions[begin]), model.index(positions[at - 1]))
                begin = at
        if self.current is not None and (found := model.positions([self.current]).tolist()):
            view.selectionModel().setCurrentIndex(model.index(found[0]), _Command.NoUpdate)
        view.selectionModel().select(selection, _Command.ClearAndSelect)

    def scroll_back(self, model: GalleryModel, cells: Cells, bar: QScrollBar) -> None:
        """Bring the same snapshot to the top; at the very top it stays there, so that what is new can be seen."""
        found = [] if self.top is None or not self.top_position else model.positions([self.top]).tolist()
        position = found[0] if found else self.top_position
        bar.setValue(position // cells.columns * cells.step + min(self.into, cells.step))
