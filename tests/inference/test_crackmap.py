from __future__ import annotations

import cv2
import numpy as np
import pytest

from crackinspector.inference import crackmap
from crackinspector.inference.analyzer import Analyzer
from crackinspector.inference.crackmap import crack_map
from crackinspector.inference.levels import LevelResult
from crackinspector.inference.tiling import pyramid
from tests.inference.dark_model import DarkModel


def level_of(logits: np.ndarray, width: int, height: int) -> LevelResult:
    level = pyramid(width, height, max(width, height))[-1]
    return LevelResult(level, logits.astype(np.float16), np.zeros((1, 3), np.float32))


def test_the_mask_is_where_the_mean_logit_is_not_negative() -> None:
    for value, inside in ((-4.0, False), (-0.01, False), (0.0, True), (0.01, True), (4.0, True)):
        found = crack_map([level_of(np.full((32, 32), value), 64, 64)], 64, 64)
        assert (found >= 128).all() if inside else (found < 128).all(), value


def test_levels_are_averaged_on_a_fixed_scale() -> None:
    a, b = level_of(np.full((32, 32), 3.0), 64, 64), level_of(np.full((32, 32), -1.0), 64, 64)
    found = crack_map([a, b], 64, 64)
    assert np.unique(found).tolist() == [int(256 / (1 + np.exp(-1.0)))]


def test_a_smaller_map_lies_over_the_same_picture() -> None:
    noise = np.random.default_rng(0).normal(0, 20, (150, 200))
    level = level_of(np.asarray(cv2.GaussianBlur(noise, (0, 0), 5)), 400, 300)
    whole, small = crack_map([level], 400, 300), crack_map([level], 400, 300, (100, 75))
    assert small.shape == (75, 100)
    reduced = cv2.resize(whole, (100, 75), interpolation=cv2.INTER_AREA)
    assert np.abs(small.astype(int) - reduced).mean() < 3


def test_maps_of_full_precision_are_not_written_to() -> None:
    rough = level_of(np.random.default_rng(0).normal(0, 2, (32, 32)), 64, 64)
    levels = [LevelResult(rough.level, rough.logits.astype(np.float32), rough.scores)] * 2
    first = crack_map(levels, 64, 64)
    assert np.array_equal(first, crack_map(levels, 64, 64))
    assert np.array_equal(first, crack_map([rough, rough], 64, 64))
    assert np.array_equal(crack_map(levels, 64, 64, (32, 32)), crack_map(levels, 64, 64, (32, 32)))


def test_blocks_leave_no_seam(monkeypatch: pytest.MonkeyPatch) -> None:
    noise = np.random.default_rng(0).normal(0, 20, (150, 200))
    logits = np.asarray(cv2.GaussianBlur(noise, (0, 0), 3))
    level = level_of(logits, 400, 300)
    whole = crack_map([level], 400, 300)
    monkeypatch.setattr(crackmap, "BLOCK", 64)
    in_blocks = crack_map([level], 400, 300)
    # OpenCV 4's warp works in thirty-seconds of a pixel, which is a level or two of grey on so smooth a map.
    assert np.ptp(whole) > 200
    assert np.abs(whole.astype(int) - in_blocks).max() <= 4


@pytest.mark.parametrize("side", [(448, 448), (1000, 333), (227, 170), (61, 700), (513, 511)])
def test_a_line_stays_where_it_is(side: tuple[int, int]) -> None:
    width, height = side
    image = np.full((height, width, 3), 240, np.uint8)
    cv2.line(image, (width // 5, 0), (width // 2, height - 1), (0, 0, 0), 9)
    found = Analyzer(DarkModel()).analyze(image).crack_map
    truth = image[..., 0] < 128
    assert found.shape == truth.shape
    wide = cv2.dilate(truth.astype(np.uint8), np.ones((7, 7), np.uint8)) > 0
    mask = found >= 128
    assert mask[truth].mean() > 0.9
    assert wide[mask].all()
