from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crackinspector.inference.tiling import ENLARGE, OVERLAP, STRETCH, blend_window, positions, pyramid, tile_side

SIDES = st.integers(1, 6000)
TILES = st.sampled_from([64, 160, 224, 256])


@given(extent=st.integers(64, 20000).map(lambda n: n + n % 2), tile=TILES)
def test_tiles_cover_everything_and_overlap(extent: int, tile: int) -> None:
    extent = max(extent, tile)
    starts = positions(extent, tile)
    assert starts[0] == 0 and starts[-1] + tile == extent
    assert all(start % 2 == 0 for start in starts)
    steps = np.diff(starts)
    assert (steps > 0).all()
    # starts are rounded to even pixels, which can cost a pixel or two of overlap
    assert (steps <= tile * (1 - OVERLAP) + 2).all()


@given(width=SIDES, height=SIDES, tile=TILES)
def test_each_level_halves_the_one_before_and_the_last_is_one_tile_high(width: int, height: int, tile: int) -> None:
    levels = pyramid(width, height, tile)
    last = levels[-1]
    assert last.content is not None and min(last.width, last.height) == tile
    for finer, coarser in itertools.pairwise(levels):
        assert finer.content is None
        if coarser.content is None:
            assert abs(finer.width / 2 - coarser.width) <= 1
            assert abs(finer.height / 2 - coarser.height) <= 1
    for level in levels:
        assert level.covers[0] >= width and level.covers[1] >= height
        if level.content is None or min(width, height) * ENLARGE >= tile:
            assert level.covers[0] - width < 2 ** len(levels) and level.covers[1] - height < 2 ** len(levels)


@pytest.mark.parametrize("side", [(1, 100_000), (100_000, 10), (7, 3), (1, 1)])
def test_thin_pictures_are_not_blown_up(side: tuple[int, int]) -> None:
    (level,) = pyramid(*side, 256)
    assert level.width * level.height <= max(256 * 256, 256 * 4 * max(side))
    assert level.content == (side[0] * 4, side[1] * 4)


def test_tiles_have_a_side_that_maps_can_halve() -> None:
    assert [tile_side(span) for span in (224, 225, 227, 299)] == [224, 228, 228, 300]


def test_the_finest_level_shows_the_pictures_own_pixels() -> None:
    assert (pyramid(1280, 720, 256)[0].width, pyramid(1280, 720, 256)[0].height) == (1280, 720)


def test_a_small_picture_is_one_tile() -> None:
    for side in (20, 160, 227, 256, int(STRETCH * 256)):
        (level,) = pyramid(side, side, 256)
        assert level.tiles == 1


def test_tile_size_follows_the_model_not_the_picture() -> None:
    small, large = pyramid(1000, 1000, 256)[0], pyramid(8000, 8000, 256)[0]
    assert large.tiles > 50 * small.tiles


def test_weights_of_overlapping_tiles_fade_towards_the_edges() -> None:
    window = blend_window(128)
    assert window.shape == (128, 128) and window.min() > 0
    assert window[64, 64] == 1.0 and window[0, 64] < 0.1
    assert np.array_equal(window, window[::-1, ::-1])
