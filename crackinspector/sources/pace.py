"""Time as sources see it, and the pace at which those without a camera's own give their pictures."""

from __future__ import annotations

import threading
import time
from typing import Protocol


class Clock(Protocol):
    """What waits and measures; tests put their own in its place."""

    def now(self) -> float:
        """Seconds of `time.monotonic()`."""

    def wall(self) -> float:
        """Seconds of `time.time()`."""

    def wait(self, event: threading.Event | None, seconds: float) -> None:
        """Let time pass, less of it when `event` is set."""


class SystemClock:
    """The machine's own."""

    def now(self) -> float:
        """Seconds of `time.monotonic()`."""
        return time.monotonic()

    def wall(self) -> float:
        """Seconds of `time.time()`."""
        return time.time()

    def wait(self, event: threading.Event | None, seconds: float) -> None:
        """Let time pass, less of it when `event` is set."""
        if event is not None:
            event.wait(seconds)
        elif seconds > 0:
            time.sleep(seconds)


SYSTEM_CLOCK = SystemClock()


class Pace:
    """Pictures that are due at a fixed rate from now on, numbered from 0; whoever comes late gets the newest."""

    def __init__(self, fps: float, clock: Clock = SYSTEM_CLOCK) -> None:
        """`fps` pictures a second, more than 0."""
        self._fps = fps
        self._clock = clock
        self._start = clock.now()
        self._last = -1

    def due(self, timeout: float) -> int | None:
        """The newest number that was not given yet, waiting `timeout` seconds at most; None = not due before that."""
        now = self._clock.now()
        number = int((now - self._start) * self._fps)
        if number <= self._last:
            wait = self.time_of(self._last + 1) - now
            self._clock.wait(None, min(wait, timeout))
            if wait > timeout:
                return None
            # rounding must not make the awaited number the one before it
            number = max(self._last + 1, int((self._clock.now() - self._start) * self._fps))
        self._last = number
        return number

    def time_of(self, number: int) -> float:
        """When that picture is due, in seconds of the clock's `now`."""
        return self._start + number / self._fps
