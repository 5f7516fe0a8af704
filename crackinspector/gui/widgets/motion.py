"""How far the picture has moved since a frame, so that what was found in it stays on the wall while the camera pans.

Phase correlation of small grey pictures: Kuglin and Hines, The phase correlation image alignment method, 1975. It knows
shifts alone; a camera that turns or comes nearer within the tenth of a second that a detection takes moves little.
"""

from __future__ import annotations

from collections import OrderedDict

import cv2
import numpy as np
from numpy.typing import NDArray

from crackinspector.core.frame import Frame

_SIZE = 160, 120
_KEPT = 48
"""Frames that are remembered: over a second and a half of a fast camera."""
_LEAST_RESPONSE = 0.35
"""Share of the correlation in its peak: 0.6 and more for the same wall, at most 0.3 for different parts of one."""
_MOST_SHIFT = 0.25
"""Share of the picture; beyond this there is too little in common to be sure."""


class Motion:
    """Remembers the newest frames. GUI thread only."""

    def __init__(self) -> None:
        self._seen: OrderedDict[int, NDArray[np.float32]] = OrderedDict()
        self._window = cv2.createHanningWindow(_SIZE, cv2.CV_32F)
        self._known: tuple[tuple[int, int], tuple[float, float]] | None = None
        self._source = ""

    def see(self, frame: Frame) -> None:
        """Remember a frame; frames of another source than before begin anew."""
        if frame.source != self._source:
            self._seen.clear()
            self._source = frame.source
        small = cv2.resize(cv2.extractChannel(frame.image, 1), _SIZE, interpolation=cv2.INTER_AREA)
        self._seen[frame.id] = small.astype(np.float32)
        while len(self._seen) > _KEPT:
            self._seen.popitem(last=False)

    def since(self, frame_id: int) -> tuple[float, float]:
        """How far the picture has moved to the right and down, as shares of its width and height; 0 where unknown."""
        if frame_id not in self._seen:
            return 0.0, 0.0
        newest = next(reversed(self._seen))
        key = frame_id, newest
        if self._known is None or self._known[0] != key:
            self._known = key, self._measure(self._seen[frame_id], self._seen[newest])
        return self._known[1]

    def _measure(self, before: NDArray[np.float32], now: NDArray[np.float32]) -> tuple[float, float]:
        if before is now:
            return 0.0, 0.0
        (x, y), response = cv2.phaseCorrelate(before, now, self._window)
        right, down = x / _SIZE[0], y / _SIZE[1]
        if response < _LEAST_RESPONSE or max(abs(right), abs(down)) > _MOST_SHIFT:
            return 0.0, 0.0
        return right, down
