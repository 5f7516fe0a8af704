"""Frames and detections for tests, and loops that run while a test looks."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Generic, Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

from crackinspector.core.detection import Detection, Timings
from crackinspector.core.frame import WHOLE, Frame
from crackinspector.core.labels import Label

T = TypeVar("T")
PATIENCE = 20.0
"""Nothing here takes long; a test that waits so long hangs."""


def make_frame(number: int = 1, image: NDArray[np.uint8] | None = None) -> Frame:
    pixels = np.full((90, 120, 3), 200, np.uint8) if image is None else image
    pixels.flags.writeable = False
    return Frame(number, time.monotonic(), 1.7e9, "Memory", pixels)


def make_detection(
    crack: float, unknown: float | None = None, *, threshold: float = 0.5, model: str = "m", label: Label | None = None
) -> Detection:
    unknown = (1 - crack) / 4 if unknown is None else unknown
    if label is None:
        rest = Label.UNKNOWN if unknown > 1 - crack - unknown else Label.NEGATIVE
        label = Label.POSITIVE if crack >= threshold else rest
    return Detection(
        1,
        0.0,
        WHOLE,
        120,
        90,
        label,
        crack,
        {"negative": 1 - crack - unknown, "positive": crack, "unknown": unknown},
        (),
        np.zeros((9, 12), np.uint8),
        threshold,
        model,
        1,
        Timings(0.0, 0.0, 0.0),
    )


class Loop(Protocol):
    def run(self) -> None: ...

    def stop(self) -> None: ...


@contextmanager
def running(loop: Loop) -> Iterator[threading.Thread]:
    """The loop in a thread; it has to end when it is stopped."""
    thread = threading.Thread(target=loop.run)
    thread.start()
    try:
        yield thread
    finally:
        loop.stop()
        thread.join(PATIENCE)
    assert not thread.is_alive()


class Told(Generic[T]):
    """A callback that keeps what it was told."""

    def __init__(self) -> None:
        self.all: list[T] = []
        self._changed = threading.Condition()

    def __call__(self, *values: Any) -> None:
        with self._changed:
            self.all.append(values[0] if values else None)  # type: ignore[arg-type]
            self._changed.notify_all()

    def wait(self, condition: Callable[[T], bool], start: int = 0) -> T:
        """The first one from `start` on that is as wanted."""

        def found() -> list[T]:
            return [value for value in self.all[start:] if condition(value)]

        with self._changed:
            assert self._changed.wait_for(found, PATIENCE), f"was told {self.all[-5:]}"
            return found()[0]

    def wait_count(self, count: int) -> None:
        with self._changed:
            assert self._changed.wait_for(lambda: len(self.all) >= count, PATIENCE), f"was told {self.all[-5:]}"


def wait_until(condition: Callable[[], bool]) -> bool:
    """Whether it comes true; for what nobody is told of."""
    pause = threading.Event()
    for _ in range(int(PATIENCE * 100)):
        if condition():
            return True
        pause.wait(0.01)
    return False
