"""Thumbnails for what is on screen, made in threads that live no longer than there is something to do."""

from __future__ import annotations

import contextlib
import logging
import os
import threading
import time
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QImage

from crackinspector.core.errors import CrackInspectorError
from crackinspector.gui.gallery.thumbnail_cache import SIDE, ThumbnailCache
from crackinspector.gui.gallery.thumbnail_picture import fitted, make_thumbnail, thumbnail_name
from crackinspector.library.queries import Row

log = logging.getLogger(__name__)
MOST_BYTES = 32_000_000


class Trouble(StrEnum):
    """Why there is no thumbnail."""

    MISSING = "missing"
    DAMAGED = "damaged"


class Thumbnails(QObject):
    """Keeps the newest thumbnails in memory and makes those that are wanted. GUI thread only.

    Signals:
        arrived(object): the numbers of snapshots, a list, whose thumbnail can be had now.
    """

    arrived = Signal(object)
    _made = Signal()

    def __init__(
        self, cache: ThumbnailCache | None, parent: QObject | None = None, *, most_bytes: int = MOST_BYTES
    ) -> None:
        """Without a `cache` every thumbnail is made of its picture."""
        super().__init__(parent)
        self._cache = cache
        self._most_bytes = most_bytes
        self._most_threads = max(1, min(4, (os.cpu_count() or 2) - 1))
        self._with_map = False
        self._room = (SIDE, SIDE)
        self._kept: OrderedDict[str, _Kept] = OrderedDict()
        self._bytes = 0
        self._wanted: set[str] = set()
        # What follows is shared with the threads.
        self._lock = threading.Lock()
        self._waiting: list[_Wanted] = []
        self._busy: set[str] = set()
        self._ready: list[tuple[_Wanted, QImage | Trouble]] = []
        self._threads: list[threading.Thread] = []
        self._running = 0
        self._made.connect(self._take, Qt.ConnectionType.QueuedConnection)

    @property
    def with_map(self) -> bool:
        """Whether thumbnails have the crack map over them."""
        return self._with_map

    def set_with_map(self, on: bool) -> None:
        """Show the crack map over the pictures, or do not."""
        self._with_map = on

    def set_room(self, width: int, height: int) -> None:
        """How large they are shown, in device pixels; those that were made for another size are still given."""
        self._room = (max(1, width), max(1, height))

    def get(self, row: Row) -> QImage | Trouble | None:
        """The thumbnail of a snapshot or why there is none; None: it has to be wanted first."""
        name = thumbnail_name(row, self._with_map)
        found = self._kept.get(name)
        if found is None:
            return None
        self._kept.move_to_end(name)
        return found.image

    def want(self, rows: Iterable[Row]) -> None:
        """Make those of these that are not there, the first first; nobody waits for what was wanted before."""
        wanted = [_Wanted(row, thumbnail_name(row, self._with_map), self._with_map, self._room) for row in rows]
        self._wanted = {each.name for each in wanted}
        wanted = [each for each in wanted if self._lacks(each)]
        with self._lock:
            self._waiting = [each for each in wanted if each.name not in self._busy]
            new = min(len(self._waiting), self._most_threads - self._running)
            if new > 0:
                self._threads = [thread for thread in self._threads if thread.is_alive()]
            for number in range(new):
                thread = threading.Thread(target=self._run, name=f"thumbnails {number}", daemon=True)
                self._threads.append(thread)
                self._running += 1
                thread.start()

    def try_again(self) -> None:
        """Forget which pictures could not be read; they may have been brought back."""
        for name in [name for name, kept in self._kept.items() if isinstance(kept.image, Trouble)]:
            del self._kept[name]

    def stop(self, seconds: float = 1.0) -> bool:
        """Make no more; whether all threads ended in time."""
        with self._lock:
            self._waiting = []
        deadline = time.monotonic() + seconds
        for thread in self._threads:
            thread.join(max(0.0, deadline - time.monotonic()))
        return not any(thread.is_alive() for thread in self._threads)

    def _lacks(self, wanted: _Wanted) -> bool:
        kept = self._kept.get(wanted.name)
        return kept is None or (kept.room != wanted.room and not isinstance(kept.image, Trouble))

    def _run(self) -> None:
        while (wanted := self._next()) is not None:
            made = self._make(wanted)
            with self._lock:
                self._busy.discard(wanted.name)
                first = not self._ready
                self._ready.append((wanted, made))
            if first:
                with contextlib.suppress(RuntimeError):  # the window went away meanwhile
                    self._made.emit()
        if self._cache is not None:
            self._cache.tidy()

    def _next(self) -> _Wanted | None:
        with self._lock:
            if not self._waiting:
                self._running -= 1
                return None
            wanted = self._waiting.pop(0)
            self._busy.add(wanted.name)
            return wanted

    def _make(self, wanted: _Wanted) -> QImage | Trouble:
        row = wanted.row
        try:
            return _image(fitted(self._pixels(wanted), wanted.room))
        except CrackInspectorError as error:
            log.info("no thumbnail: %s", error)
            return Trouble.DAMAGED if row.picture.exists() else Trouble.MISSING
        except Exception:
            log.exception("the thumbnail of %s could not be made", row.id)
            return Trouble.DAMAGED

    def _pixels(self, wanted: _Wanted) -> NDArray[np.uint8]:
        row, name = wanted.row, wanted.name
        if self._cache is None:
            return make_thumbnail(row, wanted.with_map)
        if (kept := self._cache.read(name)) is not None:
            return kept
        plain = self._cache.read(row.id) if name != row.id else None
        made = make_thumbnail(row, wanted.with_map, plain)
        self._cache.write(name, made)
        return made

    @Slot()
    def _take(self) -> None:
        with self._lock:
            ready, self._ready = self._ready, []
        for wanted, made in ready:
            self._drop(wanted.name)
            self._kept[wanted.name] = _Kept(made, wanted.room)
            self._bytes += _size(made)
        for name in [*self._kept]:
            if self._bytes <= self._most_bytes:
                break
            # What is wanted stays, however much it is: it would be made again at once, and so on for ever.
            if name not in self._wanted:
                self._drop(name)
        self.arrived.emit([wanted.row.number for wanted, _ in ready])

    def _drop(self, name: str) -> None:
        if (old := self._kept.pop(name, None)) is not None:
            self._bytes -= _size(old.image)


@dataclass(frozen=True, slots=True)
class _Wanted:
    row: Row
    name: str
    with_map: bool
    room: tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Kept:
    image: QImage | Trouble
    room: tuple[int, int]


def _size(made: QImage | Trouble) -> int:
    return 0 if isinstance(made, Trouble) else made.sizeInBytes()


def _image(pixels: NDArray[np.uint8]) -> QImage:
    """A picture of its own memory, in the format that painting is quickest in."""
    height, width = pixels.shape[:2]
    pixels = np.ascontiguousarray(pixels)
    view = QImage(pixels.data, width, height, pixels.strides[0], QImage.Format.Format_BGR888)
    return view.convertToFormat(QImage.Format.Format_RGB32)
