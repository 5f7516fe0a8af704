from __future__ import annotations

from crackinspector.core.labels import Label
from crackinspector.pipeline.alarm import Alarm
from crackinspector.pipeline.steady import Verdict


def times(alarm: Alarm, labels: list[Label], step: float = 0.5) -> list[float]:
    """When alarms came, for one label each half second."""
    found, since = [], 0.0
    for number, label in enumerate(labels):
        now = number * step
        if number == 0 or label is not labels[number - 1]:
            since = now
        if alarm.update(Verdict(label, 0.9, since, since == now, 0.0), now):
            found.append(now)
    return found


CRACK, NONE = Label.POSITIVE, Label.NEGATIVE


def test_a_crack_has_to_stay_for_a_while() -> None:
    assert times(Alarm(1.0, 10), [NONE, CRACK, CRACK, NONE, CRACK, CRACK, CRACK]) == [3.0]


def test_no_hold_means_at_once() -> None:
    assert times(Alarm(0.0, 10), [NONE, CRACK, NONE]) == [0.5]


def test_alarms_keep_their_distance_whether_it_is_the_same_crack_or_another() -> None:
    assert times(Alarm(0.0, 3), [CRACK] * 13) == [0.0, 3.0, 6.0]
    assert times(Alarm(0.0, 3), [CRACK, NONE] * 7) == [0.0, 3.0, 6.0]


def test_without_a_pause_each_crack_alarms_once() -> None:
    assert times(Alarm(0.5, 0), [CRACK] * 5 + [NONE] + [CRACK] * 5) == [0.5, 3.5]


def test_nothing_else_is_an_alarm() -> None:
    assert times(Alarm(0.0, 0), [NONE, Label.UNKNOWN, NONE]) == []


def test_other_times_hold_at_once() -> None:
    alarm = Alarm(30, 10)
    assert times(alarm, [CRACK] * 5) == []
    alarm.configure(1, 10)
    assert times(alarm, [CRACK] * 5) == [1.0]
