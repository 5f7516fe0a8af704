from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from crackinspector.core.labels import Label
from crackinspector.inference.decision import decide, label_of
from crackinspector.inference.levels import LevelResult
from crackinspector.inference.tiling import pyramid
from tests.inference.dark_model import DarkModel


def level(*scores: tuple[float, float, float]) -> LevelResult:
    shape = pyramid(64, 64, 64)[0]
    return LevelResult(shape, np.zeros((32, 32), np.float16), np.array(scores, np.float32))


CARD = DarkModel().card
BARE = DarkModel(calibrated=False).card


def test_one_tile_with_a_crack_makes_a_cracked_picture() -> None:
    fine = level((0.98, 0.01, 0.01), (0.01, 0.99, 0.0))
    probabilities = decide(CARD, [fine, level((0.4, 0.59, 0.01))])
    assert label_of(CARD, probabilities) is Label.POSITIVE
    assert sum(probabilities.values()) == pytest.approx(1)


def test_context_can_overrule_a_doubtful_tile() -> None:
    fine = level((0.4, 0.6, 0.0), (0.98, 0.01, 0.01))
    probabilities = decide(CARD, [fine, level((0.95, 0.03, 0.02))])
    assert label_of(CARD, probabilities) is Label.NEGATIVE


def test_a_calibrated_picture_is_positive_from_one_half_on_even_against_two_rivals() -> None:
    assert label_of(CARD, {"negative": 0.25, "positive": 0.5, "unknown": 0.25}) is Label.POSITIVE
    assert label_of(CARD, {"negative": 0.3, "positive": 0.45, "unknown": 0.25}) is Label.NEGATIVE
    assert label_of(CARD, {"negative": 0.2, "positive": 0.45, "unknown": 0.35}) is Label.UNKNOWN


def test_another_threshold_moves_the_decision() -> None:
    found = {"negative": 0.2, "positive": 0.6, "unknown": 0.2}
    assert label_of(CARD, found, 0.6) is Label.POSITIVE
    assert label_of(CARD, found, 0.61) is Label.NEGATIVE
    # without calibration 0.5 is the model's own argmax, and 0.8 asks for four times as much crack
    assert label_of(BARE, found, 0.74) is Label.POSITIVE
    assert label_of(BARE, found, 0.76) is Label.NEGATIVE


def test_bias_moves_the_decision() -> None:
    strict = replace(CARD, decision={"fine": 0.5, "whole": 0.5, "bias": -3.0})
    seen = [level((0.2, 0.8, 0.0))]
    assert label_of(CARD, decide(CARD, seen)) is Label.POSITIVE
    assert label_of(strict, decide(strict, seen)) is Label.NEGATIVE


def test_without_calibration_the_models_own_argmax_counts() -> None:
    scores = (0.45, 0.4, 0.15)
    probabilities = decide(BARE, [level((0.0, 1.0, 0.0)), level(scores)])
    assert list(probabilities.values()) == pytest.approx(scores)
    assert label_of(BARE, probabilities) is Label.NEGATIVE


def test_foreign_labels_are_understood() -> None:
    card = replace(BARE, labels=("ok", "crack"), crack_label="crack")
    two = LevelResult(level((1, 0, 0)).level, np.zeros((2, 2), np.float16), np.array([[0.3, 0.7]], np.float32))
    assert label_of(card, decide(card, [two])) is Label.POSITIVE
