"""Cutting a picture into tiles of the size that a model was trained to see, and putting the tiles' maps together.

A picture is looked at on several levels of a pyramid: in its own pixels, at half of that, and so on until one row of
tiles holds its short side. A hairline shows in the finest level, a wide gap and the context that tells a joint from a
crack in the coarser ones; all coarser levels together cost a third of the finest.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

STRETCH = 1.25
"""An extent of up to this many tiles is looked at as one tile."""
OVERLAP = 0.125
"""Least overlap of neighbouring tiles, as a share of the tile."""


@dataclass(frozen=True, slots=True)
class Level:
    """One level of the pyramid.

    Attributes:
        width, height: size of the level in its own pixels, even.
        xs, ys: left and top edges of the tiles' columns and rows, ascending; even, so that a map at half the size
            falls on whole pixels.
        covers: width and height in picture pixels that the level shows: the picture's own, or a little more where a
            row or column was repeated to make a size even.
        stretched: the level is the halved picture resized to the tile, not padded.
    """

    width: int
    height: int
    xs: tuple[int, ...]
    ys: tuple[int, ...]
    covers: tuple[int, int]
    stretched: bool

    @property
    def tiles(self) -> int:
        """How many tiles the level has."""
        return len(self.xs) * len(self.ys)


def pyramid(width: int, height: int, tile: int) -> tuple[Level, ...]:
    """The levels for a picture of width x height pixels, the finest first.

    Args:
        tile: side of a tile in pixels, a multiple of 4.

    Each level but the last is the one before at half the size. The last one's short side is one tile; a picture that
    is no larger than a tile (or nearly so) has this level alone, enlarged if need be.
    """
    levels: list[Level] = []
    halved = 1
    while min(width, height) > STRETCH * tile:
        width, height = even(width), even(height)
        columns, rows = positions(width, tile), positions(height, tile)
        levels.append(Level(width, height, columns, rows, (width * halved, height * halved), False))
        width, height, halved = width // 2, height // 2, halved * 2
    covers = width * halved, height * halved
    fit = tile / min(width, height)
    width, height = (tile if side * fit <= STRETCH * tile else even(round(side * fit)) for side in (width, height))
    levels.append(Level(width, height, positions(width, tile), positions(height, tile), covers, True))
    return tuple(levels)


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


def blend_window(tile: int) -> NDArray[np.float32]:
    """Weights of a tile's map values, (tile, tile) float32 > 0: full in the middle, falling towards the edges.

    The network sees half of its surroundings at an edge, so where tiles overlap the better informed one counts more.
    """
    ramp = np.minimum(np.arange(tile) + 0.5, np.arange(tile)[::-1] + 0.5) / (OVERLAP * tile)
    side = np.clip(ramp, 0.02, 1.0).astype(np.float32)
    return np.outer(side, side)
