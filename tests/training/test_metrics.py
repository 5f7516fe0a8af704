from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crackinspector.core.labels import Label
from crackinspector.training.calibration import map_offset
from crackinspector.training.metrics import (
    Judged,
    PixelCounts,
    balanced,
    by_source,
    calibration,
    confusion,
    crack_figures,
    dilated,
)

NEGATIVE, POSITIVE, UNKNOWN = Label.NEGATIVE, Label.POSITIVE, Label.UNKNOWN


def test_figures_of_a_small_table() -> None:
    judged = [
        Judged("brick", POSITIVE, POSITIVE, 0.9),
        Judged("brick", POSITIVE, NEGATIVE, 0.2),
        Judged("brick", NEGATIVE, POSITIVE, 0.7),
        Judged("brick", NEGATIVE, NEGATIVE, 0.1),
        Judged("brick", NEGATIVE, UNKNOWN, 0.1),
        Judged("asphalt", POSITIVE, POSITIVE, 0.8),
        Judged("clothing", UNKNOWN, UNKNOWN, 0.0),
    ]
    figures = crack_figures(judged)
    assert figures["precision"] == pytest.approx(2 / 3)
    assert figures["recall"] == pytest.approx(2 / 3)
    assert figures["f1"] == pytest.approx(2 / 3)
    assert figures["false_alarms"] == pytest.approx(1 / 4)
    assert figures["accuracy"] == pytest.approx(4 / 7)
    assert figures["labels"]["negative"] == {
        "pictures": 3,
        "recall": pytest.approx(1 / 3),
        "precision": pytest.approx(1 / 2),
        "f1": pytest.approx(0.4),
    }
    assert confusion(judged)["negative"] == {"negative": 1, "positive": 1, "unknown": 1}
    # Brick counts on both sides: recall (0.5 + 1) / 2, false alarms (1/3 + 0) / 2.
    headline = balanced(by_source(judged))
    assert headline["balanced"] == pytest.approx((0.75 + 1 - 1 / 6) / 2)
    assert headline["worst_recall"] == 0.5
    assert headline["worst_false_alarms"] == pytest.approx(1 / 3)


def test_a_side_without_pictures_has_no_figure() -> None:
    headline = balanced(by_source([Judged("asphalt", POSITIVE, POSITIVE, 0.8)]))
    assert headline["balanced"] is None
    assert headline["mean_false_alarms"] is None
    assert headline["mean_recall"] == 1


def test_calibration_error_by_hand() -> None:
    judged = [Judged("s", POSITIVE if n < 8 else NEGATIVE, POSITIVE, 0.95) for n in range(10)]
    judged += [Judged("s", NEGATIVE, NEGATIVE, 0.05) for _ in range(10)]
    result = calibration(judged)
    assert result["ece"] == pytest.approx(0.5 * 0.15 + 0.5 * 0.05)
    assert [row["pictures"] for row in result["bins"]] == [10, 10]


def test_a_score_of_one_has_a_bin() -> None:
    assert calibration([Judged("s", POSITIVE, POSITIVE, 1.0)])["bins"][0]["low"] == 0.9


def test_tolerance_is_two_pixels_round() -> None:
    mask = np.zeros((9, 9), bool)
    mask[4, 4] = True
    grown = dilated(mask)
    assert grown.sum() == 13
    assert grown[4, 6]
    assert not grown[4, 7]


@given(st.integers(0, 6))
def test_a_shifted_line_counts_within_the_tolerance_only(shift: int) -> None:
    truth = np.zeros((40, 40), bool)
    truth[10, :] = True
    found = np.zeros((40, 40), np.uint8)
    found[10 + shift, :] = 200
    counts = PixelCounts()
    counts.add(found, truth)
    figures = counts.figures()
    assert figures["f1"] == figures["pointing"] == (1.0 if shift <= 2 else 0.0)


def test_an_empty_map_finds_nothing_and_a_flat_one_does_not_point() -> None:
    truth = np.zeros((40, 40), bool)
    truth[10, :] = True
    counts = PixelCounts()
    counts.add(np.zeros((40, 40), np.uint8), truth)
    figures = counts.figures()
    assert figures["precision"] is None
    assert figures["recall"] == figures["f1"] == figures["pointing"] == 0


def test_false_pixels_on_intact_pictures_cost_precision() -> None:
    counts = PixelCounts()
    truth = np.zeros((10, 10), bool)
    truth[5] = True
    counts.add(np.where(truth, 255, 0).astype(np.uint8), truth)
    counts.add(np.full((10, 10), 255, np.uint8), np.zeros((10, 10), bool))
    assert counts.figures()["precision"] == pytest.approx(10 / 110)
    assert counts.figures()["cracked_pictures"] == 1


def test_the_map_offset_puts_the_mask_on_the_crack() -> None:
    rng = np.random.default_rng(0)
    truth = np.zeros((64, 64), bool)
    truth[30:34] = True
    logits = [np.where(truth, -2.0, -6.0).astype(np.float32) + rng.normal(0, 0.3, truth.shape).astype(np.float32)]
    offset = map_offset(logits, [truth])
    assert 1.2 < offset < 6
    counts = PixelCounts()
    counts.add(np.where(logits[0] + offset >= 0, 255, 0).astype(np.uint8), truth)
    assert counts.figures()["f1"] == pytest.approx(1, abs=0.02)


def test_without_a_crack_the_map_stays_as_it_is() -> None:
    assert map_offset([np.zeros((8, 8), np.float32)], [np.zeros((8, 8), bool)]) == 0
