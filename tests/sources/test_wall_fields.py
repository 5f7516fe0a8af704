"""Random fields and relief of the demo wall."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crackinspector.sources.wall_fields import (
    RELIEF_LIMITS,
    Surface,
    fractal,
    grain,
    painted,
    relief,
    smoothstep,
    wander,
)


@given(st.integers(0, 999), st.integers(1, 90), st.integers(1, 90), st.floats(2, 400), st.integers(1, 7))
@settings(max_examples=40, deadline=None)
def test_a_fractal_fits_any_shape(seed: int, height: int, width: int, scale: float, octaves: int) -> None:
    field = fractal(np.random.default_rng(seed), (height, width), scale, octaves)
    assert field.shape == (height, width)
    assert field.dtype == np.float32
    assert np.isfinite(field).all()


def test_a_fractal_has_the_spread_and_size_that_it_promises() -> None:
    fields = [fractal(np.random.default_rng(seed), (400, 400), 40, 4) for seed in range(6)]
    assert np.mean([field.std() for field in fields]) == pytest.approx(1.0, abs=0.2)
    assert abs(np.mean(fields)) < 0.1
    fine, coarse = (fractal(np.random.default_rng(0), (400, 400), scale, 1) for scale in (10, 80))
    assert np.abs(np.diff(fine)).mean() > 4 * np.abs(np.diff(coarse)).mean()


def test_a_fractal_looks_the_same_down_and_across() -> None:
    field = fractal(np.random.default_rng(2), (600, 600), 20, 3)
    down, across = (np.abs(np.diff(field, axis=axis)).mean() for axis in (0, 1))
    assert down == pytest.approx(across, rel=0.1)
    streaks = fractal(np.random.default_rng(2), (600, 600), 10, 3, stretch=(20.0, 1.0))
    down, across = (np.abs(np.diff(streaks, axis=axis)).mean() for axis in (0, 1))
    assert across > 5 * down


@pytest.mark.parametrize("size", [0.0, 0.6, 1.0, 2.5])
def test_grain_has_unit_deviation(size: float) -> None:
    assert grain(np.random.default_rng(0), (500, 500), size).std() == pytest.approx(1, abs=0.2)


def test_wander_is_one_dimensional() -> None:
    line = wander(np.random.default_rng(0), 300, 50)
    assert line.shape == (300,)
    assert line.std() > 0.2


def test_smoothstep_rises_and_falls() -> None:
    values = np.array([-1, 0, 0.5, 1, 2], np.float32)
    np.testing.assert_allclose(smoothstep(values, 0, 1), [0, 0, 0.5, 1, 1])
    np.testing.assert_allclose(smoothstep(values, 1, 0), [1, 1, 0.5, 0, 0])


def test_light_brightens_the_flank_that_faces_it() -> None:
    flat = np.zeros((9, 40), np.float32)
    np.testing.assert_array_equal(relief(flat, (0.5, 0.5)), 1)
    hill = np.tile(np.exp(-np.square((np.arange(40) - 20) / 5)).astype(np.float32), (9, 1))
    lit = relief(hill, (1.0, 0.0))
    assert lit[4, 16] > 1 > lit[4, 24]
    steep = relief(1000 * hill, (1.0, 0.0))
    assert steep.min() == pytest.approx(1 + RELIEF_LIMITS[0])
    assert steep.max() == pytest.approx(1 + RELIEF_LIMITS[1])


def test_a_part_of_a_surface_changes_the_whole() -> None:
    surface = painted(np.ones((6, 8), np.float32), (0.1, 0.2, 0.3), np.zeros((6, 8), np.float32))
    part: Surface = surface.part(slice(1, 3), slice(2, 5))
    assert part.shape == (2, 3)
    part.tone(np.full((2, 3), 2, np.float32))
    part.blend(np.full((2, 3), 0.5, np.float32), (0.0, 0.0, 0.0))
    part.height += 4
    np.testing.assert_allclose(surface.planes[2], 0.3)
    part.blend(np.ones((2, 3), np.float32), (0.9, 0.8, 0.7))
    assert surface.planes[0][1, 2] == pytest.approx(0.9)
    assert surface.planes[0][0, 0] == pytest.approx(0.1)
    assert surface.height.sum() == 24
