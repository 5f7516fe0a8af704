"""Cutting a picture into tiles of the size that a model was trained to see, and putting the tiles' maps together.

A picture is looked at on several levels of a pyramid: in its own pixels, at half of that, and so on until one row of
tiles holds its short side. A hairline shows in the finest level, a wide gap and the context that tells a joint from a
crack in the coarser ones; all coarser levels together cost a third of the finest.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

STRETCH = 1.25
"""An extent of up to this many tiles is looked at as one tile."""
ENLARGE = 4.0
"""A picture smaller than a tile is enlarged by this at most; a thin strip would fill the memory otherwise."""
OVERLAP = 0.125
"""Least overlap of neighbouring tiles, as a share of the tile."""


@dataclass(frozen=True, slots=True)
class Level:
    """One level of the pyramid.

    Attributes:
        width, height: size of the level in its own pixels, even.
        xs, ys: left and top edges of the tiles' columns and rows, ascending; even, so that a map at half the size
            falls on whole pixels.
        covers: width and height in picture pixels that the level shows: the picture's own, or more where rows or
            columns were repeated to make a size even or to fill a tile.
        content: for the last level the size in its own pixels that the picture takes, the rest being repeated; None
            for the others, whose pixels are the picture's or its halves.
    """

    width: int
    height: int
    xs: tuple[int, ...]
    ys: tuple[int, ...]
    covers: tuple[float, float]
    content: tuple[int, int] | None = None

    @property
    def tiles(self) -> int:
        """How many tiles the level has."""
        return len(self.xs) * len(self.ys)


def pyramid(width: int, height: int, tile: int) -> tuple[Level, ...]:
    """The levels for a picture of width x height pixels, the finest first.

    Args:
        tile: side of a tile in pixels, a multiple of 4.

    Each level but the last is the one before at half the size. The last one is the one before resized so that its
    short side is one tile; a picture that is no larger than a tile (or nearly so) has this level alone.
    """
    levels: list[Level] = []
    halved = 1
    while min(width, height) > STRETCH * tile:
        width, height = even(width), even(height)
        columns, rows = positions(width, tile), positions(height, tile)
        levels.append(Level(width, height, columns, rows, (width * halved, height * halved)))
        width, height, halved = width // 2, height // 2, halved * 2
    levels.append(_last(width, height, halved, tile))
    return tuple(levels)


def _last(width: int, height: int, halved: int, tile: int) -> Level:
    fit = min(tile / min(width, height), ENLARGE)
    content, extents, covers = [], [], []
    for side in (width, height):
        size = max(1, round(side * fit))
        if tile <= size <= STRETCH * tile:
            size = tile
        extent = max(tile, even(size))
        content.append(size)
        extents.append(extent)
        covers.append(side * halved * extent / size)
    columns, rows = (positions(extent, tile) for extent in extents)
    return Level(extents[0], extents[1], columns, rows, (covers[0], covers[1]), (content[0], content[1]))


def tile_side(span: int) -> int:
    """Side of the tiles for a model that was trained on tiles of `span` pixels: the next multiple of 4."""
    return -(-span // 4) * 4


def even(extent: int) -> int:
    """`extent`, or one more where it is odd."""
    return extent + extent % 2


def positions(extent: int, tile: int) -> tuple[int, ...]:
    """Even starts of tiles that cover 0..extent evenly and overlap by at least `OVERLAP`; extent >= tile, even."""
    gap = extent - tile
    if gap <= 0:
        return (0,)
    count = int(np.ceil(gap / (tile * (1 - OVERLAP)))) + 1
    return tuple(2 * round(gap * i / (count - 1) / 2) for i in range(count))


@functools.cache
def blend_window(tile: int) -> NDArray[np.float32]:
    """Weights of a tile's map values, (tile, tile) float32 > 0, read-only: full in the middle, less towards the edges.

    The network sees half of its surroundings at an edge, so where tiles overlap the better informed one counts more.
    """
    ramp = np.minimum(np.arange(tile) + 0.5, np.arange(tile)[::-1] + 0.5) / (OVERLAP * tile)
    side = np.clip(ramp, 0.02, 1.0).astype(np.float32)
    window = np.outer(side, side)
    window.flags.writeable = False
    return window
