from __future__ import annotations

import dataclasses

import pytest

from crackinspector.core.detection import Detection
from crackinspector.pipeline.freshness import Freshness, strength
from tests.pipeline.makers import make_detection


def at(captured_at: float) -> Detection:
    return dataclasses.replace(make_detection(0.9), captured_at=captured_at)


def test_where_results_come_often_half_a_second_is_the_rule() -> None:
    freshness = Freshness()
    for number in range(20):
        assert freshness.whole_until(at(0.1 * number), 0.1 * number + 0.15) == 0.5


def test_where_they_come_seldom_each_stays_until_the_next_is_late() -> None:
    freshness = Freshness()
    for number in range(5):
        whole = freshness.whole_until(at(float(number)), number + 0.96)
        next_is_seen = 1.96
        assert whole >= next_is_seen + 0.46
        assert whole < 3


def test_a_single_pause_is_no_pace() -> None:
    freshness = Freshness()
    freshness.whole_until(at(0.0), 0.1)
    freshness.whole_until(at(0.1), 0.2)
    assert freshness.whole_until(at(60.0), 60.1) == 0.5


@pytest.mark.parametrize(("age", "left"), [(0.0, 1.0), (2.0, 1.0), (2.25, 0.5), (2.5, 0.0), (60.0, 0.0)])
def test_it_fades_over_half_a_second(age: float, left: float) -> None:
    assert strength(age, 2.0) == pytest.approx(left)
