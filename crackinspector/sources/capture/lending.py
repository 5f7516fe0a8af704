"""Handing the newest picture to another process through shared memory, each picture copied once on either side."""

from __future__ import annotations

import mmap
import os
import threading
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from crackinspector.sources.capture.wire import Channel

SLOTS = 3
"""One that is being written, the newest, and the one that the other process reads."""


@dataclass(slots=True)
class _Slot:
    offset: int
    pixels: NDArray[np.uint8]
    """Flat view of the slot's memory."""
    label: dict[str, object] = field(default_factory=dict)


class Lender:
    """The capture process's side: `put` belongs to the thread that reads pictures, `next` to the one that listens.

    Which process owns a slot is settled by messages alone, so nothing is torn and nothing is locked.
    """

    def __init__(self, memory: int, channel: Channel) -> None:
        """`memory` is the descriptor of an anonymous file; it grows as pictures need it and never shrinks."""
        self._memory = memory
        self._channel = channel
        self._changed = threading.Condition()
        self._slots: list[_Slot] = []
        self._newest: _Slot | None = None
        self._lent: _Slot | None = None
        self._wanted = False

    def put(self, image: NDArray[np.uint8], captured_at: float, position: str) -> None:
        """Offer a picture, (h, w, 3) uint8 BGR of any strides; one that was not taken before is gone.

        Raises:
            OSError: the other process is gone.
        """
        height, width = image.shape[:2]
        size = height * width * 3
        if not self._slots or self._slots[0].pixels.size < size:
            self._grow(size)
        with self._changed:
            slot = next(slot for slot in self._slots if slot is not self._newest and slot is not self._lent)
        np.copyto(slot.pixels[:size].reshape(height, width, 3), image)
        slot.label = {
            "offset": slot.offset,
            "width": width,
            "height": height,
            "captured_at": captured_at,
            "position": position,
        }
        with self._changed:
            self._newest = slot
            if self._wanted:
                self._lend()

    def next(self) -> None:
        """The other process has done with its picture and wants a newer one, now or as soon as there is one."""
        with self._changed:
            self._lent = None
            self._wanted = True
            if self._newest is not None:
                self._lend()

    def wait_until_taken(self, timeout: float) -> None:
        """Let the last picture be fetched before the end is told."""
        with self._changed:
            self._changed.wait_for(lambda: self._newest is None, timeout)

    def _lend(self) -> None:
        assert self._newest is not None
        self._lent, self._newest, self._wanted = self._newest, None, False
        self._channel.send("picture", **self._lent.label)
        self._changed.notify_all()

    def _grow(self, size: int) -> None:
        """New slots behind the old ones, of which one may still be read."""
        size = -(-size // mmap.PAGESIZE) * mmap.PAGESIZE
        start = os.fstat(self._memory).st_size
        os.ftruncate(self._memory, start + SLOTS * size)
        shared = mmap.mmap(self._memory, SLOTS * size, offset=start)
        flat = np.frombuffer(shared, np.uint8)
        with self._changed:
            self._newest = None
            self._slots = [_Slot(start + i * size, flat[i * size : (i + 1) * size]) for i in range(SLOTS)]
