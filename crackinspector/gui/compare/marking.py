"""Four pairs of points, tapped in turn in the one picture and in the other."""

from __future__ import annotations

from enum import IntEnum

PAIRS = 4
Point = tuple[float, float]


class Side(IntEnum):
    """Which of the two pictures."""

    LEFT = 0
    RIGHT = 1


class Marking:
    """The points of a person, in pixels of the pictures."""

    def __init__(self) -> None:
        self._points: tuple[list[Point], list[Point]] = ([], [])

    @property
    def turn(self) -> Side:
        """Where the next point is to be."""
        return Side.RIGHT if len(self._points[Side.LEFT]) > len(self._points[Side.RIGHT]) else Side.LEFT

    @property
    def pair(self) -> int:
        """Which pair the next point belongs to, from 1."""
        return len(self._points[Side.RIGHT]) + 1

    @property
    def complete(self) -> bool:
        """Whether all pairs are there."""
        return len(self._points[Side.RIGHT]) == PAIRS

    def points(self, side: Side) -> tuple[Point, ...]:
        """Those of one picture, in their order."""
        return tuple(self._points[side])

    def add(self, side: Side, point: Point) -> bool:
        """Mark a point; whether it was that picture's turn."""
        if self.complete or side is not self.turn:
            return False
        self._points[side].append(point)
        return True

    def undo(self) -> None:
        """Take the last point back."""
        last = Side.LEFT if self.turn is Side.RIGHT else Side.RIGHT
        if self._points[last]:
            self._points[last].pop()
