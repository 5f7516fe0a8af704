"""How often a worker may fail before it is stopped for good."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable


class Restarts:
    """A budget of failures. It belongs to one thread."""

    def __init__(self, limit: int = 3, window: float = 60.0, clock: Callable[[], float] = time.monotonic) -> None:
        """`limit` failures within `window` seconds of the clock are too many."""
        self._limit = limit
        self._window = window
        self._clock = clock
        self._failures: deque[float] = deque(maxlen=limit)

    def failed(self) -> bool:
        """Count a failure; whether the worker may start again."""
        now = self._clock()
        self._failures.append(now)
        return len(self._failures) < self._limit or now - self._failures[0] > self._window
