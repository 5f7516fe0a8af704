"""A clock that tests set forward."""

from __future__ import annotations

import threading


class FakeClock:
    """Time passes only in `wait` and by hand."""

    def __init__(self, now: float = 1000.0) -> None:
        self.time = now

    def now(self) -> float:
        return self.time

    def wall(self) -> float:
        return self.time + 1e9

    def wait(self, event: threading.Event | None, seconds: float) -> None:
        if event is None or not event.is_set():
            self.time += max(0.0, seconds)
