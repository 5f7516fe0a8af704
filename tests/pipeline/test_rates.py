from __future__ import annotations

import itertools
import sys
import threading

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crackinspector.pipeline.rates import GAP, RESERVOIR, WINDOW, Percentiles, Rates


class Clock:
    def __init__(self) -> None:
        self.time = 500.0

    def __call__(self) -> float:
        return self.time


@settings(max_examples=50)
@given(fps=st.floats(0.5, 120), seconds=st.floats(3, 12), jitter=st.floats(0, 0.4), seed=st.integers(0, 99))
def test_a_steady_stream_has_its_rate(fps: float, seconds: float, jitter: float, seed: int) -> None:
    clock, noise = Clock(), np.random.default_rng(seed)
    rates = Rates(clock)
    for number in range(int(fps * seconds) + 2):
        clock.time = 500 + (number + jitter * noise.random()) / fps
        rates.captured()
    counted = max(1, min(WINDOW, seconds) * fps - 1)
    assert rates.snapshot().captured_fps == pytest.approx(fps, rel=0.01 + jitter / counted)
    assert rates.whole_run().captured_fps == pytest.approx(fps, rel=0.01 + jitter / (fps * seconds))


def test_each_thing_is_counted_apart() -> None:
    rates = Rates()
    rates.captured()
    for _ in range(2):
        rates.inferred(0.1, 0.05)
    for _ in range(3):
        rates.painted()
    rates.dropped(4)
    now = rates.snapshot()
    assert (now.captured, now.inferred, now.painted, now.dropped) == (1, 2, 3, 4)


def test_several_dropped_at_once_count_as_several() -> None:
    clock = Clock()
    rates = Rates(clock)
    for _ in range(41):
        rates.dropped(3)
        clock.time += 0.1
    assert rates.snapshot(clock.time - 0.1).dropped_fps == pytest.approx(30)


def test_a_rate_sinks_while_nothing_comes_and_is_zero_in_the_end() -> None:
    clock = Clock()
    rates = Rates(clock)
    for _ in range(60):
        rates.painted()
        clock.time += 1 / 30
    seen = [rates.snapshot(clock.time + wait).painted_fps for wait in (0, 0.5, 1, 2, 4)]
    assert seen[0] == pytest.approx(30)
    assert all(earlier > later > 0 for earlier, later in itertools.pairwise(seen))
    assert rates.snapshot(clock.time + GAP + 0.1).painted_fps == 0


def test_after_a_suspended_computer_the_rate_starts_anew() -> None:
    clock = Clock()
    rates = Rates(clock)
    for gap in (0, 3600):
        clock.time += gap
        for _ in range(30):
            rates.captured()
            clock.time += 0.05
    assert rates.snapshot().captured_fps == pytest.approx(20)


def test_nothing_and_one_event_have_no_rate() -> None:
    rates = Rates()
    assert rates.snapshot().captured_fps == 0
    rates.captured()
    assert rates.snapshot().captured_fps == 0
    assert rates.whole_run().captured_fps == 0
    assert rates.snapshot().latency == Percentiles(0, 0)


def test_many_events_at_one_moment_do_no_harm() -> None:
    rates = Rates(Clock())
    for _ in range(10):
        rates.captured()
    assert rates.snapshot().captured_fps == 0
    assert rates.snapshot().captured == 10


@given(st.lists(st.floats(0, 10), min_size=1, max_size=50))
def test_percentiles_are_those_of_the_values(values: list[float]) -> None:
    rates = Rates()
    for value in values:
        rates.painted(value)
        rates.inferred(value * 2, value * 3)
    p50, p95 = np.percentile(values, [50, 95])
    for told in (rates.snapshot(), rates.whole_run()):
        assert (told.label_latency.p50, told.label_latency.p95) == pytest.approx((p50, p95))
        assert (told.latency.p50, told.latency.p95) == pytest.approx((2 * p50, 2 * p95))
        assert told.invoke.p50 == pytest.approx(3 * p50)


def test_the_last_latencies_count_on_screen_and_all_of_them_for_the_run() -> None:
    rates = Rates()
    for number in range(20_000):
        rates.inferred(1.0 if number < 10_000 else 3.0, 0.0)
    assert rates.snapshot().latency == Percentiles(3.0, 3.0)
    whole = rates.whole_run().latency
    assert whole.p95 == 3.0
    low = sum(value == 1.0 for value in rates._latency._sample) / RESERVOIR
    assert low == pytest.approx(0.5, abs=0.05)


def test_counting_for_long_takes_no_more_memory() -> None:
    clock = Clock()
    rates = Rates(clock)

    def size() -> int:
        counters = (rates._captured, rates._inferred, rates._painted, rates._dropped)
        durations = (rates._latency, rates._label_latency, rates._invoke)
        return sum(sys.getsizeof(c._events) for c in counters) + sum(
            sys.getsizeof(d._recent) + sys.getsizeof(d._sample) for d in durations
        )

    def count(times: int) -> None:
        for _ in range(times):
            clock.time += 1e-4
            rates.captured()
            rates.inferred(0.1, 0.1)
            rates.painted(0.1)
            rates.dropped()

    count(RESERVOIR + 1000)
    before = size()
    count(5000)
    assert size() == before


def test_no_event_of_any_thread_is_lost() -> None:
    rates = Rates()

    def work() -> None:
        for _ in range(2000):
            rates.captured()
            rates.inferred(0.1, 0.1)
            rates.painted(0.1)
            rates.dropped(2)
            rates.snapshot()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    now = rates.snapshot()
    assert (now.captured, now.inferred, now.painted, now.dropped) == (8000, 8000, 8000, 16000)
