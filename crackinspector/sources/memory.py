"""Pictures that are in memory already, for benchmarks and tests."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from crackinspector.core.errors import SourceError
from crackinspector.sources.pace import SYSTEM_CLOCK, Clock, Pace
from crackinspector.sources.source import EndOfSource, Picture, SourceInfo


class MemorySource:
    """A `FrameSource` that gives the same arrays in turn, without copying them."""

    def __init__(
        self,
        images: Sequence[NDArray[np.uint8]],
        fps: float = 30.0,
        *,
        repeat: bool = True,
        live: bool = False,
        name: str = "Memory",
        clock: Clock = SYSTEM_CLOCK,
    ) -> None:
        """Nobody may write to the images any more.

        Args:
            images: (h, w, 3) uint8 BGR each.
            fps: how many come due in a second, the newest of which is given; 0 = every one, as fast as it is read.
            repeat: whether to start again at the end.
            live: whether it claims to be a camera.
        """
        self._images = images
        self._fps = fps
        self._repeat = repeat
        self._live = live
        self._name = name
        self._clock = clock
        self._pace: Pace | None = None
        self._next = 0

    def open(self) -> SourceInfo:
        """See `FrameSource`."""
        if not self._images:
            raise SourceError(f"{self._name} holds no pictures; give it at least one")
        self._pace = Pace(self._fps, self._clock) if self._fps > 0 else None
        self._next = 0
        height, width = self._images[0].shape[:2]
        return SourceInfo("memory", self._name, width, height, self._fps, self._live)

    def read(self, timeout: float) -> Picture | None:
        """See `FrameSource`."""
        captured_at = self._clock.now()
        if self._pace is not None:
            number = self._pace.due(timeout)
            if number is None:
                return None
            self._next, captured_at = number, self._pace.time_of(number)
        if self._next >= len(self._images) and not self._repeat:
            raise EndOfSource
        index = self._next % len(self._images)
        self._next += 1
        return Picture(self._images[index], captured_at, str(index))

    def set_controls(self, values: Mapping[str, float]) -> None:
        """There are none."""

    def close(self) -> None:
        """See `FrameSource`."""
