"""How many frames are captured, inferred, painted and dropped a second, and how old they are by then."""

from __future__ import annotations

import random
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

WINDOW: Final = 2.0
"""Seconds that a rate is taken over."""
GAP: Final = 5.0
"""After so many seconds without anything, as in a suspended computer, a rate starts anew."""
RECENT: Final = 64
"""Latencies that the percentiles on screen are taken of."""
RESERVOIR: Final = 2048
_LATE: Final = 1.5


@dataclass(frozen=True, slots=True)
class Percentiles:
    """Two percentiles in seconds; 0 where nothing was measured."""

    p50: float = 0.0
    p95: float = 0.0


@dataclass(frozen=True, slots=True)
class RateSnapshot:
    """The rates at one moment, or those of a whole run.

    Attributes:
        captured_fps, inferred_fps, painted_fps, dropped_fps: over the last two seconds, or the whole run.
        captured, inferred, painted, dropped: since the start; dropped frames were captured, and a newer one came
            before anybody had looked.
        latency: from capture to result, of the last results, or of all.
        label_latency: from capture to the moment at which the label of that frame was painted.
        invoke: time in the runtime for one frame.
    """

    captured_fps: float
    inferred_fps: float
    painted_fps: float
    dropped_fps: float
    captured: int
    inferred: int
    painted: int
    dropped: int
    latency: Percentiles
    label_latency: Percentiles
    invoke: Percentiles


class Rates:
    """Counts what happens to frames. Any thread may call anything; each call takes a few microseconds."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """`clock` gives seconds that never jump back."""
        self._clock = clock
        self._lock = threading.Lock()
        self._captured, self._inferred, self._painted, self._dropped = (_Counter() for _ in range(4))
        self._latency, self._label_latency, self._invoke = (_Durations() for _ in range(3))

    def captured(self) -> None:
        """A frame came from the source."""
        with self._lock:
            self._captured.add(self._clock())

    def inferred(self, latency: float, invoke: float) -> None:
        """A frame has its result; seconds since its capture, and seconds in the runtime."""
        with self._lock:
            self._inferred.add(self._clock())
            self._latency.add(latency)
            self._invoke.add(invoke)

    def painted(self, label_latency: float | None = None) -> None:
        """Another frame is on screen; seconds since the capture of the frame whose label is new with it, if one is."""
        with self._lock:
            self._painted.add(self._clock())
            if label_latency is not None:
                self._label_latency.add(label_latency)

    def dropped(self, count: int = 1) -> None:
        """Frames were captured that nobody will see."""
        with self._lock:
            self._dropped.add(self._clock(), count)

    def forget(self) -> None:
        """Begin the rates of the last seconds anew, as after a suspend; what is told of the whole run stays."""
        with self._lock:
            for counter in (self._captured, self._inferred, self._painted, self._dropped):
                counter.forget()
            for durations in (self._latency, self._label_latency, self._invoke):
                durations.forget()

    def snapshot(self, now: float | None = None) -> RateSnapshot:
        """The rates at a moment of the clock, now if None."""
        with self._lock:
            now = self._clock() if now is None else now
            return self._told(lambda counter: counter.rate(now), _Durations.recent)

    def whole_run(self) -> RateSnapshot:
        """Rates from the first to the last of each, and percentiles over an even sample of all."""
        with self._lock:
            return self._told(_Counter.mean, _Durations.all)

    def _told(
        self, rate: Callable[[_Counter], float], percentiles: Callable[[_Durations], Percentiles]
    ) -> RateSnapshot:
        return RateSnapshot(
            captured_fps=rate(self._captured),
            inferred_fps=rate(self._inferred),
            painted_fps=rate(self._painted),
            dropped_fps=rate(self._dropped),
            captured=self._captured.total,
            inferred=self._inferred.total,
            painted=self._painted.total,
            dropped=self._dropped.total,
            latency=percentiles(self._latency),
            label_latency=percentiles(self._label_latency),
            invoke=percentiles(self._invoke),
        )


class _Counter:
    """Events, of which the last seconds' are remembered by the time, those at one moment together."""

    def __init__(self) -> None:
        self.total = 0
        self._events: deque[tuple[float, int]] = deque(maxlen=1024)
        self._first: tuple[float, int] = (0.0, 0)
        self._last = 0.0

    def add(self, now: float, count: int = 1) -> None:
        if not self.total:
            self._first = now, count
        elif now - self._last > GAP:
            self._events.clear()
        self.total += count
        self._last = now
        self._events.append((now, count))
        while len(self._events) > 2 and self._events[1][0] < now - WINDOW:
            self._events.popleft()

    def forget(self) -> None:
        self._events.clear()

    def rate(self, now: float) -> float:
        """Events a second; sinks while nothing comes."""
        while len(self._events) > 2 and self._events[1][0] < now - WINDOW:
            self._events.popleft()
        if len(self._events) < 2 or now - self._last > GAP:
            return 0.0
        start, first = self._events[0]
        count = sum(number for _, number in self._events) - first
        span = self._last - start
        if now - self._last > _LATE * span / (len(self._events) - 1):
            span = now - start
        return count / span if span > 0 else 0.0

    def mean(self) -> float:
        span = self._last - self._first[0]
        return (self.total - self._first[1]) / span if span > 0 else 0.0


class _Durations:
    """Seconds: the last ones, and an even sample of all, both of bounded size."""

    def __init__(self) -> None:
        self._recent: deque[float] = deque(maxlen=RECENT)
        self._sample: list[float] = []
        self._count = 0
        self._random = random.Random(0)

    def add(self, seconds: float) -> None:
        self._recent.append(seconds)
        self._count += 1
        if len(self._sample) < RESERVOIR:
            self._sample.append(seconds)
            return
        place = self._random.randrange(self._count)
        if place < RESERVOIR:
            self._sample[place] = seconds

    def forget(self) -> None:
        self._recent.clear()

    def recent(self) -> Percentiles:
        return _percentiles(self._recent)

    def all(self) -> Percentiles:
        return _percentiles(self._sample)


def _percentiles(values: deque[float] | list[float]) -> Percentiles:
    if not values:
        return Percentiles()
    ordered = sorted(values)
    return Percentiles(_at(ordered, 0.5), _at(ordered, 0.95))


def _at(ordered: list[float], share: float) -> float:
    place = share * (len(ordered) - 1)
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (place - below)
