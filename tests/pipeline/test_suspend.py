from __future__ import annotations

from crackinspector.pipeline.suspend import Suspend


def test_a_suspend_is_told_once() -> None:
    slept = [0.0]
    suspend = Suspend(lambda: slept[0])
    assert not suspend.is_over()
    slept[0] = 40.0
    assert suspend.is_over()
    assert not suspend.is_over()


def test_two_clocks_that_are_not_read_at_one_moment_are_no_suspend() -> None:
    slept = [100.0]
    suspend = Suspend(lambda: slept[0])
    for _ in range(100):
        slept[0] += 0.2
        assert not suspend.is_over()


def test_a_suspend_counts_only_from_the_beginning_on() -> None:
    assert not Suspend().is_over()
