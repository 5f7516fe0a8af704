"""Decoded pictures and masks in memory, up to a limit."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock

import numpy as np
from numpy.typing import NDArray


class PictureCache:
    """Keeps what was used last, up to a number of bytes. May be called from any thread."""

    def __init__(self, most_bytes: int) -> None:
        """An empty cache; an array larger than `most_bytes` is never kept."""
        self._most, self._held = most_bytes, 0
        self._arrays: OrderedDict[Hashable, NDArray[np.uint8]] = OrderedDict()
        self._lock = Lock()

    @property
    def held_bytes(self) -> int:
        """Bytes of all arrays that are kept."""
        return self._held

    def get(self, key: Hashable, load: Callable[[], NDArray[np.uint8]]) -> NDArray[np.uint8]:
        """The array kept under `key`, or else what `load` returns; nobody may write into it."""
        with self._lock:
            if key in self._arrays:
                self._arrays.move_to_end(key)
                return self._arrays[key]
        # outside of the lock: two threads that decode the same picture lose less than all of them waiting
        array = load()
        with self._lock:
            if key not in self._arrays and array.nbytes <= self._most:
                self._arrays[key] = array
                self._held += array.nbytes
                while self._held > self._most:
                    self._held -= self._arrays.popitem(last=False)[1].nbytes
        return array
