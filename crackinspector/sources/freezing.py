"""Whether a camera gives the same picture again and again, which noise alone would not let a working one do."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

EVEN_RANGE = 3
"""Levels between the darkest and the brightest place of an even picture, at most; compression leaves a few."""
_ROWS, _COLUMNS = slice(3, None, 29), slice(5, None, 31)


class Freezing:
    """Compares a few places of each picture with those of the one before. It belongs to one thread."""

    def __init__(self, now: float) -> None:
        self._sample = b""
        self._changed_at = now

    def seconds(self, image: NDArray[np.uint8], now: float) -> float:
        """How long the same picture has come by now, in the clock's seconds; 0 for one that is even.

        What is evenly black or white gives no noise either: a covered lens, a dark shaft, the sun.

        Args:
            image: (h, w, 3), the newest picture.
            now: when it came.
        """
        places = image[_ROWS, _COLUMNS]
        sample = places.tobytes()
        if sample != self._sample or is_even(places):
            self._sample, self._changed_at = sample, now
        return now - self._changed_at


def is_even(image: NDArray[np.uint8]) -> bool:
    """Whether all places of (h, w, 3) are of one colour; so is what holds no place at all."""
    return image.size == 0 or bool((image.max(axis=(0, 1)) - image.min(axis=(0, 1)) <= EVEN_RANGE).all())
