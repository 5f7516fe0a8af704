"""Which picture of the inspection before shows the most of what a picture shows now."""

from __future__ import annotations

from collections.abc import Sequence

ENOUGH = 0.6
"""Share of the later picture from which on nothing better is looked for."""


class Search:
    """Tells which snapshot to try next, by what came of the last one."""

    def __init__(self, numbers: Sequence[int] = ()) -> None:
        """`numbers` of snapshots, the likeliest first; the first of them is being tried."""
        self._untried = list(numbers[1:])
        self._overlaps: dict[int, float] = {}
        self._ended = not numbers

    def after(self, number: int, overlap: float) -> int | None:
        """The snapshot to try now, or the best one again at the end; None: it is the one that is shown.

        Args:
            number: the one that was tried.
            overlap: share of the later picture that it covers, 0 if it cannot be laid over it for certain.
        """
        if self._ended:
            return None
        self._overlaps[number] = overlap
        if overlap < ENOUGH and self._untried:
            return self._untried.pop(0)
        self._ended = True
        best = max(self._overlaps, key=self._overlaps.__getitem__)
        return None if best == number else best
