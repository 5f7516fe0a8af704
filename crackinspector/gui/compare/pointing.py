"""Lets a person mark four pairs of points, and makes an alignment of them."""

from __future__ import annotations

from PySide6.QtCore import QObject, QPointF, Signal

from crackinspector.gui.compare.marking import Marking, Side
from crackinspector.gui.compare.side import SidePane
from crackinspector.survey.reinspection.alignment import aligned_by_hand


class Pointing(QObject):
    """GUI thread only.

    Signals:
        changed(): another point is wanted, or none any more.
        aligned(object): the `Alignment` through all four; it may be one that no camera can see.
    """

    changed = Signal()
    aligned = Signal(object)

    def __init__(self, sides: tuple[SidePane, SidePane], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._sides = sides
        self.marking: Marking | None = None

    def begin(self) -> None:
        """Ask for the first point."""
        self.marking = Marking()
        self.show_marks()
        self.changed.emit()

    def end(self) -> None:
        """Ask for no more, and forget those that there are."""
        if self.marking is not None:
            self.marking = None
            self.show_marks()
            self.changed.emit()

    def undo(self) -> None:
        """Take the last point back."""
        if self.marking is not None:
            self.marking.undo()
            self.show_marks()
            self.changed.emit()

    def tap(self, side: Side, at: QPointF) -> None:
        """A person has tapped a point of a picture, in its pixels, whose first one reaches from 0 to 1."""
        marking = self.marking
        if marking is None or not marking.add(side, (at.x() - 0.5, at.y() - 0.5)):
            return
        first, second = (pane.view.frame_size() for pane in self._sides)
        if not marking.complete or first is None or second is None:
            self.show_marks()
            self.changed.emit()
            return
        points = marking.points(Side.LEFT), marking.points(Side.RIGHT)
        self.end()
        self.aligned.emit(aligned_by_hand(*points, first, second))

    def show_marks(self) -> None:
        """Draw the points, and frame the picture whose turn it is."""
        marking = self.marking
        for side, pane in zip(Side, self._sides, strict=True):
            points = () if marking is None else marking.points(side)
            pane.view.set_points([(x + 0.5, y + 0.5) for x, y in points])
            pane.set_active(marking is not None and marking.turn is side)
