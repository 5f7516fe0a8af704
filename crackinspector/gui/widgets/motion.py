"""How far the picture has moved since a frame, so that what was found in it stays on the wall while the camera pans.

Phase correlation of small grey pictures: Kuglin and Hines, The phase correlation image alignment method, 1975. It knows
shifts alone; a camera that turns or comes nearer within the time that a detection takes moves little.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from crackinspector.core.frame import Frame

_SIZE = 160, 120
_KEPT = 600
"""Places that are remembered: of twenty seconds of a usual camera."""
_LEAST_RESPONSE = 0.35
"""Share of the correlation in its peak: 0.6 and more for the same wall, at most 0.3 for different parts of one."""
_MOST_SHIFT = 0.25
"""Share of the picture; beyond this there is too little in common to be sure."""
_NEXT_KEY = 0.1
"""Share of the picture after which a nearer one is compared with; errors add up with each."""


class _Place(NamedTuple):
    """Where a frame's picture lies, in shares of its size; places of different walls say nothing of each other."""

    right: float
    down: float
    wall: int


class Motion:
    """Follows the picture across the wall. `put` belongs to the camera's thread, `since` to any."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._places: OrderedDict[int, _Place] = OrderedDict()
        self._window = cv2.createHanningWindow(_SIZE, cv2.CV_32F)
        self._scene: tuple[object, ...] | None = None
        self._key: tuple[NDArray[np.float32], _Place] | None = None
        self._last: tuple[NDArray[np.float32], _Place] | None = None
        self._wall = 0

    def put(self, frame: Frame, /) -> bool:
        """Remember where a frame is, as an `Inlet` of the camera loop; another scene than before begins anew."""
        small = cv2.extractChannel(cv2.resize(frame.image, _SIZE, interpolation=cv2.INTER_LINEAR), 1).astype(np.float32)
        if frame.scene != self._scene:
            self._scene, self._key = frame.scene, None
        self._last = small, self._place(small)
        with self._lock:
            self._places[frame.id] = self._last[1]
            while len(self._places) > _KEPT:
                self._places.popitem(last=False)
        return False

    def since(self, frame_id: int, now: int) -> tuple[float, float] | None:
        """How far the picture has moved to the right and down from one frame to another.

        Args:
            frame_id, now: the ids of both.

        Returns:
            shares of the picture's width and height; None where it is unknown.
        """
        with self._lock:
            before, after = self._places.get(frame_id), self._places.get(now)
        if frame_id == now:
            return 0.0, 0.0
        if before is None or after is None or before.wall != after.wall:
            return None
        return after.right - before.right, after.down - before.down

    def _place(self, small: NDArray[np.float32]) -> _Place:
        for known in (self._key, self._last) if self._key is not None else ():
            moved = None if known is None else self._measure(known[0], small)
            if known is None or moved is None:
                continue
            place = _Place(known[1].right + moved[0], known[1].down + moved[1], self._wall)
            if known is not self._key or max(map(abs, moved)) > _NEXT_KEY:
                self._key = small, place
            return place
        self._wall += 1
        self._key = small, _Place(0.0, 0.0, self._wall)
        return self._key[1]

    def _measure(self, before: NDArray[np.float32], now: NDArray[np.float32]) -> tuple[float, float] | None:
        (x, y), response = cv2.phaseCorrelate(before, now, self._window)
        right, down = x / _SIZE[0], y / _SIZE[1]
        if response < _LEAST_RESPONSE or max(abs(right), abs(down)) > _MOST_SHIFT:
            return None
        return right, down
