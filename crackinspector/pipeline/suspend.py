"""Whether the computer has slept: `time.monotonic()` stands still meanwhile, so what is old looks new afterwards."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from typing import Final

_LEAST: Final = 1.0
"""Shorter than any suspend; two clocks are not read at quite the same moment."""


def _slept() -> float:
    if sys.platform == "linux":
        return time.clock_gettime(time.CLOCK_BOOTTIME) - time.monotonic()
    else:
        return 0.0


class Suspend:
    """Notices a suspend once it is over. It belongs to one thread."""

    def __init__(self, slept: Callable[[], float] = _slept) -> None:
        """`slept` gives the seconds that the computer has slept since some moment."""
        self._slept = slept
        self._known = slept()

    def is_over(self) -> bool:
        """Whether the computer has slept since the last time this was asked."""
        before, self._known = self._known, self._slept()
        return self._known - before > _LEAST
