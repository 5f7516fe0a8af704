"""Turning pictures upright: the eight EXIF orientations.

Orientation n says how the stored rows and columns lie in the scene (EXIF 2.32, tag 0x0112): 1 as stored, 2 mirrored
left to right, 3 turned by 180 degrees, 4 mirrored top to bottom, 5 transposed, 6 to be turned by 90 degrees clockwise,
7 transposed along the other diagonal, 8 to be turned by 90 degrees counter-clockwise.
"""

from __future__ import annotations

from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

_Scalar = TypeVar("_Scalar", bound=np.generic)

_TRANSPOSED = frozenset({5, 6, 7, 8})


def upright_size(width: int, height: int, orientation: int) -> tuple[int, int]:
    """(width, height) in pixels of a stored picture of that size once it is upright."""
    return (height, width) if orientation in _TRANSPOSED else (width, height)


def upright(array: NDArray[_Scalar], orientation: int) -> NDArray[_Scalar]:
    """Turn a stored picture or map upright.

    Args:
        array: (h, w) or (h, w, channels), any dtype.
        orientation: EXIF 1..8.

    Returns:
        C-contiguous array; `array` itself where nothing has to be turned and it is contiguous already.

    Raises:
        ValueError: the orientation is not 1..8.
    """
    turned: NDArray[Any] = array
    if not 1 <= orientation <= 8:
        raise ValueError(f"EXIF orientation must be 1..8, got {orientation}")
    if orientation in _TRANSPOSED:
        turned = np.swapaxes(turned, 0, 1)
    if orientation in {2, 3, 6, 7}:
        turned = turned[:, ::-1]
    if orientation in {3, 4, 7, 8}:
        turned = turned[::-1]
    return np.ascontiguousarray(turned)


def upright_box(
    x: int, y: int, w: int, h: int, stored_width: int, stored_height: int, orientation: int
) -> tuple[int, int, int, int]:
    """Where a box of the stored picture lies in the upright one.

    Args:
        x, y, w, h: left, top, width, height in stored pixels.
        stored_width, stored_height: size of the stored picture.
        orientation: EXIF 1..8.

    Returns:
        (x, y, w, h) in upright pixels, such that `upright(stored)[y:y+h, x:x+w]` shows the same pixels.

    Raises:
        ValueError: the orientation is not 1..8.
    """
    if not 1 <= orientation <= 8:
        raise ValueError(f"EXIF orientation must be 1..8, got {orientation}")
    if orientation in _TRANSPOSED:
        x, y, w, h = y, x, h, w
    width, height = upright_size(stored_width, stored_height, orientation)
    if orientation in {2, 3, 6, 7}:
        x = width - x - w
    if orientation in {3, 4, 7, 8}:
        y = height - y - h
    return x, y, w, h
