from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from crackinspector.pipeline.restarts import Restarts


@given(pauses=st.lists(st.floats(0, 100), max_size=30), limit=st.integers(1, 5), window=st.floats(1, 100))
def test_so_many_failures_within_the_window_are_too_many(pauses: list[float], limit: int, window: float) -> None:
    now, times = 0.0, []
    restarts = Restarts(limit, window, lambda: now)
    for pause in pauses:
        now += pause
        times.append(now)
        assert restarts.failed() is (sum(now - time <= window for time in times) < limit)
