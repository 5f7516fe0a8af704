"""Thumbnails on disk, named by the pictures' content; they can be thrown away at any time, and the oldest are."""

from __future__ import annotations

import contextlib
import logging
import os
import shutil
import tempfile
import threading
import time
from pathlib import Path

import numpy as np
import simplejpeg  # type: ignore[import-untyped]
from numpy.typing import NDArray

log = logging.getLogger(__name__)
SIDE = 320
"""The longer side of a thumbnail in pixels."""
MOST_BYTES = 1_000_000_000
_QUALITY = 85
_SHARE = 0.05
"""Of what is free on the disk, that the cache may take at most."""
_WRITES = 2000
"""So many may be written before somebody looks again how large it all is."""
_REST_S = 0.002
"""After each folder that is looked through: others want the disk, and the interpreter, too."""


class ThumbnailCache:
    """A folder of small JPEGs. Any thread; several programs may share it."""

    def __init__(self, folder: Path, most_bytes: int = MOST_BYTES) -> None:
        self._folder = folder / str(SIDE)
        self._most_bytes = most_bytes
        self._lock = threading.Lock()
        # As if many had been: what earlier runs have left has to be looked at once.
        self._writes = _WRITES
        self._broken = False

    def read(self, name: str) -> NDArray[np.uint8] | None:
        """(h, w, 3) BGR uint8, or None: it is not there, or damaged, in which case it is taken away."""
        path = self._path(name)
        try:
            content = path.read_bytes()
        except OSError:
            return None
        try:
            image: NDArray[np.uint8] = simplejpeg.decode_jpeg(content, "BGR", strict=True)
        except ValueError:
            image = np.empty((0, 0, 3), np.uint8)
        if not 1 <= max(image.shape[:2]) <= SIDE:
            with contextlib.suppress(OSError):
                path.unlink()
            return None
        return image

    def write(self, name: str, image: NDArray[np.uint8]) -> None:
        """Keep a thumbnail, whole or not at all; where that cannot be, it is made again next time."""
        if self._broken:
            return
        path = self._path(name)
        temporary = None
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".tmp")
            with os.fdopen(handle, "wb") as file:
                file.write(simplejpeg.encode_jpeg(image, _QUALITY, "BGR", "420"))
            Path(temporary).replace(path)
        except OSError as error:
            log.warning("thumbnails cannot be kept in %s: %s", self._folder, error)
            self._broken = True
            if temporary is not None:
                with contextlib.suppress(OSError):
                    Path(temporary).unlink(missing_ok=True)
            return
        with self._lock:
            self._writes += 1

    def tidy(self) -> None:
        """Throw the oldest away if there may be too many by now; for when there is nothing else to do."""
        with self._lock:
            due = self._writes > _WRITES
            if due:
                self._writes = 0
        if due:
            self.trim()

    def trim(self) -> None:
        """Throw the oldest away where there is more than there may be."""
        files = []
        for folder, _, names in os.walk(self._folder):
            for name in names:
                with contextlib.suppress(OSError):
                    path = Path(folder, name)
                    found = path.stat()
                    files.append((found.st_mtime, found.st_size, path))
            time.sleep(_REST_S)
        size, most = sum(each[1] for each in files), self._most()
        if size <= most:
            return
        for _, length, path in sorted(files, key=lambda each: each[0]):
            with contextlib.suppress(OSError):
                path.unlink()
            size -= length
            # Some more, so that it is not done again at once.
            if size <= 0.9 * most:
                break

    def _most(self) -> float:
        try:
            return min(self._most_bytes, _SHARE * shutil.disk_usage(self._folder).free)
        except OSError:
            return self._most_bytes

    def _path(self, name: str) -> Path:
        return self._folder / name[:2] / f"{name}.jpg"


def cache_folder() -> Path | None:
    """The folder for thumbnails by the XDG base directory specification; None if there is no place."""
    base = os.environ.get("XDG_CACHE_HOME", "")
    try:
        folder = Path(base) if Path(base).is_absolute() else Path.home() / ".cache"
    except RuntimeError:
        return None
    return folder / "crackinspector" / "thumbnails"
