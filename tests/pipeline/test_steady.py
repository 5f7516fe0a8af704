from __future__ import annotations

import itertools
import math
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from crackinspector.core.labels import Label, sureness
from crackinspector.pipeline.rates import GAP
from crackinspector.pipeline.steady import HYSTERESIS, Steadier, Verdict
from tests.pipeline.makers import make_detection

shares = st.floats(0.001, 0.999)


def logit(p: float) -> float:
    return math.log(p / (1 - p))


def feed(steadier: Steadier, cracks: Sequence[float], fps: float = 20, start: float = 100.0) -> list[Verdict]:
    return [steadier.add(make_detection(crack), start + i / fps) for i, crack in enumerate(cracks)]


@given(crack=shares, unknown=st.floats(0, 1), threshold=st.floats(0.05, 0.95), delay=st.floats(0, 3))
def test_a_still_scene_has_the_models_own_label_from_the_first_frame_on(
    crack: float, unknown: float, threshold: float, delay: float
) -> None:
    share = unknown * (1 - crack)
    assume(abs(share - (1 - crack) / 2) > 1e-6)
    detection = make_detection(crack, share, threshold=threshold)
    steadier = Steadier(delay, threshold)
    verdicts = [steadier.add(detection, 7 + i / 10) for i in range(30)]
    assert {verdict.label for verdict in verdicts} == {detection.label}
    assert [verdict.changed for verdict in verdicts] == [True] + 29 * [False]
    assert {verdict.since for verdict in verdicts} == {7}
    assert verdicts[-1].score == pytest.approx(crack, abs=1e-3)


@given(before=shares, after=shares, delay=st.floats(0.1, 3), fps=st.floats(2, 60))
def test_a_clear_change_shows_within_the_delay(before: float, after: float, delay: float, fps: float) -> None:
    margin = HYSTERESIS + 0.01
    assume(logit(before) < -margin < margin < logit(after) or logit(after) < -margin < margin < logit(before))
    steadier = Steadier(delay)
    frames = math.ceil(delay * fps) + 2
    feed(steadier, [before] * frames, fps)
    later = feed(steadier, [after] * frames, fps, 100 + frames / fps)
    assert later[-1].label is (Label.POSITIVE if after > 0.5 else Label.NEGATIVE)
    assert sum(verdict.changed for verdict in later) == 1
    assert all(verdict.delay_s <= delay + 1e-9 for verdict in later)


@given(seed=st.integers(0, 10_000), centre=st.floats(0.35, 0.65))
def test_it_changes_no_more_often_than_the_frames_do_and_far_less_in_noise(seed: int, centre: float) -> None:
    noise = np.random.default_rng(seed)
    cracks = 1 / (1 + np.exp(-(logit(centre) + noise.normal(0, 1.5, 200))))
    raw = [crack >= 0.5 for crack in cracks]
    changes = sum(a is not b for a, b in itertools.pairwise(raw))
    steadied = sum(verdict.changed for verdict in feed(Steadier(0.5), [float(c) for c in cracks])[1:])
    assert steadied <= changes / 3


def test_one_wild_frame_changes_nothing() -> None:
    verdicts = feed(Steadier(0.4), [0.1] * 10 + [0.99] + [0.1] * 10)
    assert {verdict.label for verdict in verdicts} == {Label.NEGATIVE}


@pytest.mark.parametrize("crack", [0.52, 0.48])
def test_what_stays_just_past_the_threshold_wins_in_the_end(crack: float) -> None:
    steadier = Steadier(0.4)
    before = feed(steadier, [1 - crack] * 10)
    after = feed(steadier, [crack] * 40, start=100.5)
    assert not after[8].changed and after[8].label is before[-1].label
    assert after[-1].label is not before[-1].label
    assert sum(verdict.changed for verdict in after) == 1


def test_no_surface_and_an_intact_one_are_steadied_too() -> None:
    steadier = Steadier(0.4)
    unknowns = [0.1] * 10 + [0.8] + [0.1] * 10 + [0.8] * 10
    labels = [steadier.add(make_detection(0.05, u), 50 + i / 20).label for i, u in enumerate(unknowns)]
    assert set(labels[:21]) == {Label.NEGATIVE}
    assert labels[-1] is Label.UNKNOWN


def test_another_threshold_holds_at_once() -> None:
    steadier = Steadier(0.4, 0.5)
    feed(steadier, [0.55] * 10)
    steadier.configure(0.4, 0.6)
    assert steadier.add(make_detection(0.55, threshold=0.6), 100.5).label is Label.NEGATIVE
    steadier.configure(0.4, 0.5)
    assert steadier.add(make_detection(0.55), 100.55).label is Label.POSITIVE


@pytest.mark.parametrize("what", ["gap", "model", "reset"])
def test_another_scene_begins_anew(what: str) -> None:
    steadier = Steadier(3.0)
    feed(steadier, [0.999] * 40)
    now = 102.0 + (GAP + 0.1 if what == "gap" else 0)
    if what == "reset":
        steadier.reset()
    verdict = steadier.add(make_detection(0.3, model="other" if what == "model" else "m"), now)
    assert (verdict.label, verdict.since, verdict.changed, verdict.delay_s) == (Label.NEGATIVE, now, True, 0.0)
    assert verdict.score == pytest.approx(0.3)


def test_slow_detections_are_not_delayed() -> None:
    verdicts = feed(Steadier(0.4), [0.05, 0.95, 0.05], fps=1)
    assert [verdict.label for verdict in verdicts] == [Label.NEGATIVE, Label.POSITIVE, Label.NEGATIVE]
    assert {verdict.delay_s for verdict in verdicts} == {0.0}


def test_a_model_without_calibration_keeps_its_own_argmax() -> None:
    """Its crack label can win with less than half, and lose with more than the threshold."""
    steadier = Steadier(0.4)
    detection = make_detection(0.45, 0.2, label=Label.POSITIVE)
    assert [steadier.add(detection, 1 + i / 20).label for i in range(20)] == [Label.POSITIVE] * 20


@given(st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1), st.floats(0, 20)), max_size=60), st.floats(0, 3))
def test_whatever_comes_the_verdict_is_sound(steps: list[tuple[float, float, float]], delay: float) -> None:
    steadier, now, last = Steadier(delay), 0.0, None
    for crack, unknown, wait in steps:
        now += wait
        verdict = steadier.add(make_detection(crack, unknown * (1 - crack)), now)
        assert 0 <= verdict.score <= 1
        assert 0 <= verdict.delay_s <= delay + 1e-9
        assert verdict.since <= now
        assert verdict.changed is (verdict.since == now and (last is None or wait > GAP or verdict.label is not last))
        last = verdict.label
    assert len(steadier._samples) <= len(steps)


def test_how_sure_a_word_is() -> None:
    assert sureness(Label.POSITIVE, 0.9) == 0.9
    assert sureness(Label.NEGATIVE, 0.1) == 0.9
    assert sureness(Label.UNKNOWN, 0.1) is None
    assert Steadier().add(make_detection(0.1), 0.0).sureness == pytest.approx(0.9)
