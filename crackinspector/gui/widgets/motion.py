"""How far the picture has moved since a frame, so that what was found in it stays on the wall while the camera pans.

Phase correlation of small grey pictures: Kuglin and Hines, The phase correlation image alignment method, 1975. It knows
shifts alone; a camera that turns or comes nearer within the tenth of a second that a detection takes moves little.
"""

from __future__ import annotations

import threading
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
    """Remembers the newest frames. `put` belongs to the camera's thread, the rest to the GUI thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._seen: OrderedDict[int, NDArray[np.float32]] = OrderedDict()
        self._window = cv2.createHanningWindow(_SIZE, cv2.CV_32F)
        self._followed: int | None = None
        self._known: dict[int, tuple[float, float]] = {}
        self._source = ""

    def follow(self, frame_id: int | None) -> None:
        """From now on, have `since` at hand for this frame; None for none."""
        with self._lock:
            if frame_id != self._followed:
                self._followed = frame_id
                self._known = {}

    def put(self, frame: Frame, /) -> bool:
        """Remember a frame, as an `Inlet` of the camera loop; frames of another source than before begin anew."""
        small = cv2.extractChannel(cv2.resize(frame.image, _SIZE, interpolation=cv2.INTER_LINEAR), 1).astype(np.float32)
        with self._lock:
            if frame.source != self._source:
                self._seen.clear()
                self._source = frame.source
            self._seen[frame.id] = small
            while len(self._seen) > _KEPT:
                self._seen.popitem(last=False)
            followed = self._followed
        if followed is not None:
            self._shift(followed, frame.id)
        return False

    def since(self, frame_id: int, now: int) -> tuple[float, float]:
        """How far the picture has moved to the right and down from one frame to another.

        Args:
            frame_id, now: the ids of both.

        Returns:
            shares of the picture's width and height; 0 where it is unknown.
        """
        return self._shift(frame_id, now)

    def _shift(self, frame_id: int, now: int) -> tuple[float, float]:
        with self._lock:
            known = self._known.get(now) if frame_id == self._followed else None
            before, after = self._seen.get(frame_id), self._seen.get(now)
        if known is not None:
            return known
        if before is None or after is None:
            return 0.0, 0.0
        measured = self._measure(before, after)
        with self._lock:
            if frame_id == self._followed:
                self._known[now] = measured
        return measured

    def _measure(self, before: NDArray[np.float32], now: NDArray[np.float32]) -> tuple[float, float]:
        if before is now:
            return 0.0, 0.0
        (x, y), response = cv2.phaseCorrelate(before, now, self._window)
        right, down = x / _SIZE[0], y / _SIZE[1]
        if response < _LEAST_RESPONSE or max(abs(right), abs(down)) > _MOST_SHIFT:
            return 0.0, 0.0
        return right, down
