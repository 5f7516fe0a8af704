"""One crack map from the levels of a pyramid.

The levels' logits are averaged, which is what a committee of equally trusted, equally calibrated experts would do, and
the sigmoid comes last, so that enlarging does not blur the mask's edge. The scale is the model card's calibration and
the same for every picture: the mask is the map >= 0.5, a clean wall's map is low everywhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from crackinspector.inference.levels import LevelResult

BLOCK = 2048
MASK_LEVEL = 128
"""A crack map's value from which on a pixel belongs to the mask."""


def crack_map(
    levels: Sequence[LevelResult], width: int, height: int, size: tuple[int, int] | None = None
) -> NDArray[np.uint8]:
    """The map of a width x height picture, 255 = certainly crack, mask = map >= 128.

    Args:
        size: width and height of the map, if it is to have other ones than the picture.

    Returns:
        (h, w) uint8, of the picture's size or `size`.
    """
    across, down = size or (width, height)
    scale = width / across, height / down
    canvas = np.empty((down, across), np.uint8)
    for rows, columns in blocks(across, down):
        total = _enlarged(levels[0], rows, columns, scale)
        for level in levels[1:]:
            total += _enlarged(level, rows, columns, scale)
        total *= np.float32(-1 / len(levels))
        odds = np.asarray(cv2.exp(total), np.float32)
        # Rounding to 8 bits after half a step is taken off puts p = 0.5 at 128 and p = 1 at 255.
        np.divide(np.float32(256), odds + np.float32(1), out=odds)
        odds -= np.float32(0.5)
        canvas[rows, columns] = cv2.convertScaleAbs(odds)
    return canvas


def blocks(width: int, height: int) -> Iterator[tuple[slice, slice]]:
    """Rows and columns of blocks that cover a picture, so that work on a large one needs little memory."""
    for top in range(0, height, BLOCK):
        for left in range(0, width, BLOCK):
            yield slice(top, min(height, top + BLOCK)), slice(left, min(width, left + BLOCK))


def _enlarged(result: LevelResult, rows: slice, columns: slice, scale: tuple[float, float]) -> NDArray[np.float32]:
    logits = result.logits
    covered = result.level.covers[0] / scale[0], result.level.covers[1] / scale[1]
    size = columns.stop - columns.start, rows.stop - rows.start
    whole = (columns.start, rows.start, *size) == (0, 0, *covered)
    if whole:
        # the same as below, in half the time
        return np.asarray(
            cv2.resize(logits.astype(np.float32, copy=False), size, interpolation=cv2.INTER_LINEAR), np.float32
        )
    step_x, step_y = logits.shape[1] / covered[0], logits.shape[0] / covered[1]
    top, bottom = _source(rows, step_y, logits.shape[0])
    left, right = _source(columns, step_x, logits.shape[1])
    part = logits[top:bottom, left:right].astype(np.float32, copy=False)
    # pixel centres lie at half integers: source = (target + 0.5) * step - 0.5
    inverse = np.array(
        [
            [step_x, 0, (columns.start + 0.5) * step_x - 0.5 - left],
            [0, step_y, (rows.start + 0.5) * step_y - 0.5 - top],
        ]
    )
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    return np.asarray(cv2.warpAffine(part, inverse, size, flags=flags, borderMode=cv2.BORDER_REPLICATE), np.float32)


def _source(span: slice, step: float, limit: int) -> tuple[int, int]:
    first = max(0, int(np.floor((span.start + 0.5) * step - 0.5)) - 1)
    return first, min(limit, int(np.ceil((span.stop + 0.5) * step - 0.5)) + 2)
