"""The thread that puts snapshots on the disk, so that nobody else waits for it."""

from __future__ import annotations

import logging
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from crackinspector.core.errors import StorageError
from crackinspector.core.frame import Frame
from crackinspector.library.places import keeping_folder, space_left
from crackinspector.library.record import Snapshot
from crackinspector.library.snapshots import recover, write_snapshot

MOST_WAITING = 8
_THUMBNAIL = 480, 240
"""Most width and height in pixels: a finger's height on the densest screens."""
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, eq=False)
class Kept:
    """A snapshot that is safely on the disk, and what a screen tells of it without reading from there.

    Attributes:
        path: of its picture.
        thumbnail: (h, w, 3) uint8 BGR, the picture made small.
        space_left: bytes that may still be written beside it; None where nobody can tell.
    """

    path: Path
    thumbnail: NDArray[np.uint8]
    space_left: int | None


Done = Callable[[Kept | StorageError], None]


class Keeper:
    """Keeps snapshots one after the other, in the order in which they came, the last ones while the program ends.

    `run` belongs to a thread of its own; any thread may call the rest.
    """

    def __init__(self, folder: Path | None = None) -> None:
        """`folder`: in which `run` first finishes what a killed program left there."""
        self._folder = folder
        self._changed = threading.Condition()
        self._waiting: deque[tuple[Snapshot, Done]] = deque()
        self._writing = False
        self._deadline: float | None = None

    def keep(self, snapshot: Snapshot, done: Done) -> bool:
        """Have a snapshot kept in the folder that its settings say.

        Args:
            snapshot: what is kept; its arrays stay as they are until `done`.
            done: called once in the keeper's thread, when the snapshot is safely on the disk, or with the reason why
                it is not.

        Returns:
            False if too many wait already or the keeper was stopped: then nothing is kept and `done` is not called.
        """
        with self._changed:
            if self._deadline is not None or len(self._waiting) >= MOST_WAITING:
                return False
            self._waiting.append((snapshot, done))
            self._changed.notify()
            return True

    @property
    def waiting(self) -> int:
        """How many snapshots are not on the disk yet."""
        with self._changed:
            return len(self._waiting) + self._writing

    def run(self) -> None:
        """Keep snapshots until `stop`; what waits then is still kept while there is time, the rest is told as lost."""
        folder, self._folder = self._folder, None
        if folder is not None:
            for picture in recover(folder):
                _log.warning("finished a snapshot that an earlier run had begun: %s", picture)
        while self._keep_next():
            pass

    def stop(self, within: float = 0.7) -> None:
        """Have `run` end after what waits, but begin nothing more after `within` seconds. Returns at once.

        Whoever has waited for the thread then finds in `waiting` how many snapshots are not known to be kept.
        """
        with self._changed:
            self._deadline = time.monotonic() + within
            self._changed.notify()

    def _keep_next(self) -> bool:
        with self._changed:
            self._changed.wait_for(lambda: self._waiting or self._deadline is not None)
            if not self._waiting:
                return False
            snapshot, done = self._waiting.popleft()
            self._writing = True
            too_late = self._deadline is not None and time.monotonic() >= self._deadline
        try:
            result = _not_kept() if too_late else _kept(snapshot)
            done(result)
        except Exception:
            _log.exception("the receiver of a snapshot failed")
        finally:
            with self._changed:
                self._writing = False
        return True


def _kept(snapshot: Snapshot) -> Kept | StorageError:
    try:
        path = write_snapshot(keeping_folder(snapshot.settings.keeping.folder), snapshot)
        return Kept(path, _thumbnail(snapshot.frame), space_left(path.parent))
    except StorageError as error:
        _log.warning("%s", error)
        return error
    except Exception as error:
        _log.exception("a snapshot could not be kept")
        return StorageError(f"the snapshot was not kept ({type(error).__name__}: {error}); the log has the details")


def _thumbnail(frame: Frame) -> NDArray[np.uint8]:
    scale = min(1.0, _THUMBNAIL[0] / frame.width, _THUMBNAIL[1] / frame.height)
    size = max(1, round(scale * frame.width)), max(1, round(scale * frame.height))
    return cv2.resize(frame.image, size, interpolation=cv2.INTER_AREA).astype(np.uint8, copy=False)


def _not_kept() -> StorageError:
    return StorageError("the snapshot was not kept, for the program was ending; wait for the word next time")
