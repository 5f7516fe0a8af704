"""The demo wall: same seed, same wall; what it says about its cracks is what is in the picture."""

from __future__ import annotations

from typing import get_args

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from crackinspector.core.errors import UsageError
from crackinspector.sources.cracks import Crack, mask_of
from crackinspector.sources.demo_wall import BAND_ROWS, SurfaceName, demo_wall

SURFACES: tuple[SurfaceName, ...] = get_args(SurfaceName)


def grey(image: NDArray[np.uint8]) -> NDArray[np.float64]:
    return np.asarray(cv2.cvtColor(image, cv2.COLOR_BGR2GRAY), np.float64)


def mask_widths(mask: NDArray[np.uint8], course: NDArray[np.float64]) -> NDArray[np.float64]:
    """Full width of the mask at each vertex: the distance to the nearest pixel outside, on both sides."""
    distance = cv2.distanceTransform(mask, cv2.DIST_L2, cv2.DIST_MASK_PRECISE)
    near = cv2.dilate(distance, np.ones((3, 3), np.uint8))
    x, y = np.round(course).astype(int).T
    return np.asarray(2 * near[y, x] - 1, np.float64)


@given(
    st.integers(0, 2**40),
    st.integers(64, 333),
    st.integers(64, 333),
    st.integers(0, 4),
    st.sampled_from(SURFACES),
)
@settings(max_examples=50, deadline=None)
def test_a_wall_of_any_size_is_whole_and_tells_the_truth(
    seed: int, width: int, height: int, cracks: int, surface: SurfaceName
) -> None:
    wall = demo_wall(seed, width, height, cracks, surface)
    assert wall.seed == seed
    assert wall.image.shape == (height, width, 3)
    assert wall.image.dtype == np.uint8
    assert wall.mask.shape == (height, width)
    assert wall.mask.dtype == np.uint8
    assert set(np.unique(wall.mask)) <= {0, 255}
    assert len(wall.cracks) >= cracks
    assert wall.mask.any() == (cracks > 0)
    np.testing.assert_array_equal(wall.mask, mask_of(list(wall.cracks), (height, width)))
    for crack in wall.cracks:
        assert len(crack.course) == len(crack.width) >= 6
        assert np.isfinite(crack.course).all()
        assert crack.width.min() >= 0.9
        assert crack.width.max() <= 10.4


@pytest.mark.parametrize("surface", SURFACES)
@pytest.mark.parametrize(("width", "height"), [(448, 448), (301, 777), (1280, 500)])
def test_the_same_arguments_give_the_same_wall(surface: SurfaceName, width: int, height: int) -> None:
    first, again = (demo_wall(11, width, height, 2, surface) for _ in range(2))
    np.testing.assert_array_equal(first.image, again.image)
    np.testing.assert_array_equal(first.mask, again.mask)
    for one, other in zip(first.cracks, again.cracks, strict=True):
        np.testing.assert_array_equal(one.course, other.course)
        np.testing.assert_array_equal(one.width, other.width)


def test_the_wall_does_not_depend_on_what_was_made_before() -> None:
    first = demo_wall(3, 128, 128)
    np.random.seed(1)  # What others do to the global state must not matter.
    demo_wall(4, 200, 100)
    np.testing.assert_array_equal(first.image, demo_wall(3, 128, 128).image)


def test_distinct_seeds_give_distinct_walls() -> None:
    walls = [demo_wall(seed, 160, 160, 1) for seed in range(12)]
    for i, one in enumerate(walls):
        for other in walls[:i]:
            assert np.abs(one.image.astype(int) - other.image).mean() > 4
            assert (one.mask != other.mask).any()


@pytest.mark.parametrize("width", [2.0, 3.0, 5.0, 8.0])
@pytest.mark.parametrize("angle", [0.0, 0.4, np.pi / 4, 1.2, np.pi / 2])
def test_a_straight_crack_is_as_wide_in_the_mask_as_declared(width: float, angle: float) -> None:
    reach = np.array([np.cos(angle), np.sin(angle)]) * 80
    # Off the pixel grid: a border that halves pixels could be drawn either way.
    middle = np.array([100.2, 100.3])
    course = np.linspace(middle - reach, middle + reach, 60)
    mask = mask_of([Crack(course, np.full(60, width))], (200, 200))
    measured = mask_widths(mask, course[8:-8])
    assert np.median(measured) == pytest.approx(width, abs=1.0)
    assert np.count_nonzero(mask) / 160 == pytest.approx(width, abs=0.6)


@pytest.mark.parametrize("surface", SURFACES)
def test_the_mask_is_as_wide_as_the_cracks_say(surface: SurfaceName) -> None:
    errors = []
    for seed in range(6):
        wall = demo_wall(seed, 400, 400, 2, surface)
        for crack in wall.cracks:
            inside = ((crack.course >= 8) & (crack.course <= 391)).all(axis=1)
            if crack.width.mean() >= 2 and inside.any():
                errors.append(mask_widths(wall.mask, crack.course[inside]) - crack.width[inside])
    assert errors
    assert abs(float(np.median(np.concatenate(errors)))) < 0.8


@pytest.mark.parametrize("surface", SURFACES)
def test_cracks_are_darker_than_their_surroundings_and_not_black(surface: SurfaceName) -> None:
    for seed in range(8):
        wall = demo_wall(seed, 400, 400, 2, surface)
        light = grey(wall.image)
        near = cv2.dilate(wall.mask, np.ones((5, 5), np.uint8)) > 0
        around = (cv2.dilate(wall.mask, np.ones((17, 17), np.uint8)) > 0) & ~near
        inside = light[wall.mask > 0]
        assert np.median(inside) < 0.75 * np.median(light[around]), seed
        assert inside.mean() > 4, seed


@pytest.mark.parametrize("surface", ["mixed", "concrete", "brick"])
def test_a_wall_without_cracks_still_has_dark_thin_things(surface: SurfaceName) -> None:
    for seed in range(4):
        wall = demo_wall(seed, 640, 480, 0, surface)
        assert wall.cracks == ()
        assert not wall.mask.any()
        light = cv2.cvtColor(wall.image, cv2.COLOR_BGR2GRAY)
        bait = cv2.morphologyEx(light, cv2.MORPH_BLACKHAT, np.ones((15, 15), np.uint8))
        assert np.count_nonzero(bait > 25) > 50, seed


@pytest.mark.parametrize("surface", ["concrete", "plaster", "brick"])
@pytest.mark.parametrize("seed", [1, 2, 5])
def test_bands_leave_no_seams(seed: int, surface: SurfaceName) -> None:
    light = grey(demo_wall(seed, 300, 3 * BAND_ROWS + 40, 0, surface).image)
    step = np.abs(np.diff(light, axis=0)).mean(axis=1)
    for row in range(BAND_ROWS, len(light), BAND_ROWS):
        around = np.r_[step[row - 40 : row - 1], step[row : row + 39]]
        assert step[row - 1] <= around.max() * 1.05


def test_a_mixed_wall_shows_brick_and_grey_side_by_side() -> None:
    for width, height in [(1280, 720), (720, 1280)]:
        for seed in range(3):
            image = demo_wall(seed, width, height, 0).image.astype(float)
            small = cv2.resize(image, (40, 40), interpolation=cv2.INTER_AREA)
            redness = (small[..., 2] - small[..., 0]) / small.mean(axis=2)
            assert (redness > 0.35).mean() > 0.1, (seed, width)
            assert (redness < 0.3).mean() > 0.1, (seed, width)


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        ({"seed": -1}, "-1"),
        ({"seed": 1, "width": 63}, "63"),
        ({"seed": 1, "height": 0}, "0"),
        ({"seed": 1, "width": 40_000}, "40000"),
        ({"seed": 1, "width": 30_000, "height": 30_000}, "megapixels"),
        ({"seed": 1, "cracks": -2}, "-2"),
        ({"seed": 1, "cracks": 100_000}, "100000"),
        ({"seed": 1, "surface": "wood"}, "wood"),
    ],
)
def test_arguments_out_of_range_are_named(arguments: dict[str, int | str], named: str) -> None:
    with pytest.raises(UsageError, match=named):
        demo_wall(**arguments)  # type: ignore[arg-type]
