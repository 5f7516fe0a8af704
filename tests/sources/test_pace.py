from __future__ import annotations

import threading
import time

from hypothesis import given
from hypothesis import strategies as st

from crackinspector.sources.pace import Pace, SystemClock
from tests.sources.clocks import FakeClock


@given(st.floats(0.1, 240), st.lists(st.floats(0, 3), min_size=1, max_size=40))
def test_numbers_ascend_and_are_never_ahead_of_time(fps: float, timeouts: list[float]) -> None:
    clock = FakeClock()
    start = clock.now()
    pace = Pace(fps, clock)
    last = -1
    for timeout in timeouts:
        before = clock.now()
        number = pace.due(timeout)
        assert clock.now() <= before + timeout + 1e-9
        if number is None:
            assert (clock.now() - start) * fps < last + 1 + 1e-6
        else:
            assert number > last
            assert pace.time_of(number) <= clock.now() + 1e-9
            last = number


def test_every_number_comes_when_it_is_read_in_time() -> None:
    pace = Pace(30, FakeClock())
    assert [pace.due(1) for _ in range(100)] == list(range(100))


def test_whoever_comes_late_gets_the_newest() -> None:
    clock = FakeClock()
    pace = Pace(10, clock)
    assert pace.due(0) == 0
    assert pace.due(0.05) is None
    clock.time += 1.0
    assert pace.due(0) == 10
    assert pace.due(0) is None


def test_the_systems_clock_is_woken_by_its_event() -> None:
    event = threading.Event()
    event.set()
    before = time.monotonic()
    SystemClock().wait(event, 60)
    SystemClock().wait(None, -1)
    assert time.monotonic() - before < 50
