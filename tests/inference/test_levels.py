from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crackinspector.inference.levels import ArrayRows, StripRows, logit, run_level
from crackinspector.inference.tiling import pyramid
from tests.inference.dark_model import DarkModel


def noise(height: int, width: int, seed: int = 0) -> np.ndarray:
    return np.random.default_rng(seed).integers(0, 256, (height, width, 3), np.uint8)


@settings(max_examples=30, deadline=None)
@given(height=st.integers(81, 400), width=st.integers(81, 400), rows=st.sampled_from([2, 16, 64, 1000]))
def test_strips_give_what_the_whole_picture_gives(height: int, width: int, rows: int) -> None:
    image = noise(height, width)
    level = pyramid(width, height, 64)[0]
    whole = ArrayRows(image)
    strips = StripRows((image[y : y + rows] for y in range(0, height, rows)), width, height)
    ours, theirs = (run_level(DarkModel(), source, level) for source in (whole, strips))
    assert np.array_equal(ours.logits, theirs.logits)
    assert np.array_equal(ours.scores, theirs.scores)
    assert np.array_equal(whole.halved(), strips.halved())


def test_an_odd_strip_in_the_middle_is_refused() -> None:
    image = noise(200, 200)
    source = StripRows((image[y : y + 15] for y in range(0, 200, 15)), 200, 200)
    with pytest.raises(ValueError, match="even"):
        source.rows(0, 64)


@settings(max_examples=20, deadline=None)
@given(height=st.integers(81, 300), width=st.integers(81, 300))
def test_blending_tiles_that_agree_changes_nothing(height: int, width: int) -> None:
    """The stand-in's answer depends on the pixel alone, so overlapping tiles agree and no seam may appear."""
    image = noise(height, width)
    level = pyramid(width, height, 64)[0]
    result = run_level(DarkModel(), ArrayRows(image), level)
    padded = ArrayRows(image).rows(0, level.height).astype(np.float64).mean(axis=2)
    cells = padded.reshape(level.height // 2, 2, level.width // 2, 2).mean(axis=(1, 3))
    expected = logit((1 - cells / 255).astype(np.float32))
    assert np.abs(result.logits.astype(np.float32) - expected).max() < 0.05
    assert result.scores.shape == (level.tiles, 3)


def test_tiles_reach_the_model_in_rgb_at_its_input_size() -> None:
    image = np.zeros((100, 100, 3), np.uint8)
    image[..., 2] = 200
    model = DarkModel(tile=64, size=32)
    run_level(model, ArrayRows(image), pyramid(100, 100, 64)[0])
    assert all(tile.shape == (32, 32, 3) and tile[0, 0].tolist() == [200, 0, 0] for tile in model.seen)


def test_a_model_without_a_map_gives_its_score_everywhere() -> None:
    image = np.full((150, 150, 3), 230, np.uint8)
    image[:, :40] = 10
    result = run_level(DarkModel(with_map=False), ArrayRows(image), pyramid(150, 150, 64)[0])
    assert result.logits[40, 2] > 0 > result.logits[40, -2]
