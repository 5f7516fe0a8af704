"""Courses, widths and the drawn truth of generated cracks."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crackinspector.sources.cracks import (
    BAND_ROWS,
    Crack,
    coverage,
    mask_of,
    midpoint_course,
    paint,
    random_crack,
    width_profile,
)


def straight(start: tuple[float, float], end: tuple[float, float], width: float, n: int = 40) -> Crack:
    return Crack(np.linspace(start, end, n), np.full(n, width))


def test_length_is_the_sum_of_the_segments() -> None:
    crack = Crack(np.array([[0.0, 0.0], [3.0, 4.0], [3.0, 10.0]]), np.ones(3))
    assert crack.length == pytest.approx(11.0)


@given(st.floats(0, np.pi), st.floats(0.5, 9), st.floats(-0.5, 0.5), st.floats(-0.5, 0.5))
@settings(max_examples=60, deadline=None)
def test_coverage_measures_the_declared_width_at_every_angle(angle: float, width: float, dx: float, dy: float) -> None:
    direction = np.array([np.cos(angle), np.sin(angle)])
    centre = np.array([100 + dx, 100 + dy])
    crack = straight(tuple(centre - 70 * direction), tuple(centre + 70 * direction), width)
    cover = coverage([crack], (200, 200))
    y, x = np.mgrid[:200, :200]
    along = (x - centre[0]) * direction[0] + (y - centre[1]) * direction[1]
    across = (y - centre[1]) * direction[0] - (x - centre[0]) * direction[1]
    part = cover * np.clip(50.5 - np.abs(along), 0, 1)
    # A line along the pixel rows is measured no finer than the sampling, a quarter of a pixel, and its ends not either.
    assert part.sum() / 101 == pytest.approx(width, abs=0.28)
    assert (part * across).sum() / part.sum() == pytest.approx(0, abs=0.26 if width >= 1 else 0.4)


def test_coverage_is_the_same_whatever_band_it_falls_into() -> None:
    crack = straight((4, BAND_ROWS - 40), (90, BAND_ROWS + 40), 3.3)
    moved = Crack(crack.course - (0, BAND_ROWS - 60), crack.width)
    whole = coverage([crack], (2 * BAND_ROWS, 100))
    np.testing.assert_array_equal(whole[BAND_ROWS - 60 : BAND_ROWS + 60], coverage([moved], (120, 100)))


def test_coverage_of_nothing_and_of_what_lies_outside_is_empty() -> None:
    assert not coverage([], (20, 30)).any()
    assert not coverage([straight((100, 100), (200, 200), 3)], (20, 30)).any()
    assert not coverage([straight((-90, 5), (-20, 5), 3)], (20, 30)).any()


def test_a_crack_that_leaves_the_picture_is_cut_at_its_border() -> None:
    cover = coverage([straight((-50, 10), (80, 10), 4)], (20, 30))
    assert cover.shape == (20, 30)
    np.testing.assert_allclose(cover.sum(axis=0), 4, atol=0.3)


def test_width_follows_its_vertices() -> None:
    crack = Crack(np.array([[10.0, 20.0], [210.0, 20.0]]), np.array([2.0, 10.0]))
    columns = coverage([crack], (40, 220)).sum(axis=0)
    assert columns[60] == pytest.approx(4, abs=0.4)
    assert columns[160] == pytest.approx(8, abs=0.4)


def test_mask_holds_the_pixels_within_half_a_width_and_grows_by_the_margin() -> None:
    crack = straight((10, 20), (70, 20), 5)
    mask = mask_of([crack], (40, 80))
    assert set(np.unique(mask)) == {0, 255}
    assert (mask[:, 40] > 0).nonzero()[0].tolist() == [18, 19, 20, 21, 22]
    grown = mask_of([crack], (40, 80), margin=1)
    assert (grown[:, 40] > 0).sum() == 7
    assert np.all(grown[mask > 0] == 255)


@given(st.integers(0, 10_000), st.floats(0, 0.25))
@settings(max_examples=40, deadline=None)
def test_a_course_keeps_its_ends_and_its_step(seed: int, roughness: float) -> None:
    course = midpoint_course(np.random.default_rng(seed), (3.0, 4.0), (120.0, 90.0), roughness)
    np.testing.assert_allclose(course[[0, -1]], [[3, 4], [120, 90]])
    assert np.isfinite(course).all()
    if roughness == 0:
        assert np.hypot(*np.diff(course, axis=0).T).max() <= 3.0 + 1e-6


def test_a_rougher_course_is_longer() -> None:
    def length(roughness: float) -> float:
        rng = np.random.default_rng(5)
        courses = [midpoint_course(rng, (0, 0), (200, 0), roughness) for _ in range(10)]
        return float(np.mean([Crack(course, np.ones(len(course))).length for course in courses]))

    assert 200 <= length(0.05) < length(0.1) < length(0.2)


@given(st.integers(0, 10_000), st.integers(2, 400), st.floats(0.5, 10))
@settings(max_examples=40, deadline=None)
def test_a_width_profile_is_positive_and_narrow_at_the_tips(seed: int, n: int, width: float) -> None:
    profile = width_profile(np.random.default_rng(seed), n, width, variation=0)
    assert profile.shape == (n,)
    assert (profile > 0).all()
    assert profile.max() <= width * (1 + 1e-9)
    assert profile[0] == pytest.approx(width / 4)
    assert profile[-1] == pytest.approx(width / 4)


def test_random_cracks_follow_their_seed_and_lie_in_the_picture() -> None:
    for seed in range(20):
        first = random_crack(np.random.default_rng(seed), (256, 300), 3.0)
        again = random_crack(np.random.default_rng(seed), (256, 300), 3.0)
        assert 1 <= len(first) <= 4
        for one, other in zip(first, again, strict=True):
            np.testing.assert_array_equal(one.course, other.course)
            np.testing.assert_array_equal(one.width, other.width)
        assert mask_of(first, (256, 300)).any()


def test_paint_darkens_the_crack_and_nothing_else() -> None:
    surface = np.full((60, 80, 3), 180, np.uint8)
    cover = coverage([straight((10, 30), (70, 30), 6)], (60, 80))
    before = surface.copy()
    painted = paint(surface, cover, 0.8, 0.5, np.random.default_rng(0))
    np.testing.assert_array_equal(surface, before)
    assert painted.dtype == np.uint8
    assert painted[30, 40].max() < 0.5 * 180
    assert (painted[:20] == 180).all()
    assert (painted[40:] == 180).all()
