"""A clip's file in its day folder, from the first picture to its name, and what a killed program left of one."""

from __future__ import annotations

import logging
import os
from datetime import datetime
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

import crackinspector
from crackinspector.core.errors import StorageError
from crackinspector.core.settings import Settings
from crackinspector.core.text import without_password
from crackinspector.library.claims import abandoned, claim, finished, part_of
from crackinspector.library.durable import make_folder, remove, storage_error, sync_folder
from crackinspector.library.places import space_left
from crackinspector.library.snapshots import day_name, days, time_name
from crackinspector.pipeline import avi
from crackinspector.pipeline.clip_picture import Shot, draw_shot

RESERVE = 50_000_000
"""Bytes that a clip leaves free, for snapshots are worth more."""
_SUFFIX = ".avi"
_QUALITY = 85
# Seconds of video that a power failure may take.
_SYNC_EVERY = 2.0
_log = logging.getLogger(__name__)


class ClipFile:
    """Writes one clip; belongs to one thread.

    A new file is begun where the pictures' size changes or a file has become as large as players can read.

    Attributes:
        paths: of the files that are finished.
    """

    def __init__(self, folder: Path, settings: Settings, reason: str) -> None:
        """`folder` holds the day folders; nothing is written before the first shot."""
        self.paths: list[Path] = []
        self._folder = folder
        self._settings = settings
        self._reason = reason
        self._fps = settings.keeping.clip_fps
        self._writer: avi.AviWriter | None = None
        self._descriptor = -1
        self._path = folder
        self._size = (0, 0)
        self._first = 0
        self._synced_frames = 0

    def add(self, shot: Shot) -> None:
        """Append a shot at its place; the time since the one before shows that one.

        Raises:
            StorageError: it cannot be written. `finish` keeps what was written before.
        """
        image = draw_shot(shot, self._settings.view) if self._settings.keeping.clip_overlay else shot.frame.image
        jpeg = cv2.imencode(".jpg", image, [cv2.IMWRITE_JPEG_QUALITY, _QUALITY])[1].tobytes()
        try:
            writer = self._writer_for(shot, image, len(jpeg))
            while writer.frames < shot.place - self._first:
                writer.add(b"")
            writer.add(jpeg)
            if writer.frames - self._synced_frames >= _SYNC_EVERY * self._fps:
                self._synced_frames = writer.frames
                writer.update()
                self._check_space()
        except OSError as error:
            raise storage_error(self._path, error) from error

    def finish(self) -> None:
        """Give the file its name. One without a picture is removed. Closing twice does nothing.

        Raises:
            StorageError: the disk fails; the next start tries again.
        """
        if self._writer is None:
            return
        writer, self._writer = self._writer, None
        try:
            if not writer.frames:
                remove(part_of(self._path))
                return
            writer.finish()
            # The name first: waiting for the disk may take longer than the program has left, and a video without its
            # last seconds plays too.
            part_of(self._path).rename(self._path)
            self.paths.append(self._path)
            os.fsync(self._descriptor)
            sync_folder(self._path.parent)
        except OSError as error:
            raise storage_error(self._path, error) from error
        finally:
            os.close(self._descriptor)

    def _writer_for(self, shot: Shot, image: NDArray[np.uint8], length: int) -> avi.AviWriter:
        size = image.shape[1], image.shape[0]
        if self._writer is not None and size == self._size and self._writer.size + length < avi.LARGEST:
            return self._writer
        self.finish()
        self._size, self._first, self._synced_frames = size, shot.place, 0
        taken = datetime.fromtimestamp(shot.frame.taken_at).astimezone()
        day = self._folder / day_name(taken)
        self._path = day
        self._check_space()
        make_folder(day)
        stem, self._descriptor = claim(day, f"{time_name(taken)}_clip", (_SUFFIX,))
        self._path = day / (stem + _SUFFIX)
        try:
            self._writer = avi.begin(self._descriptor, *size, self._fps, self._info(shot, taken))
        except BaseException:
            remove(part_of(self._path))
            os.close(self._descriptor)
            raise
        return self._writer

    def _info(self, shot: Shot, taken: datetime) -> dict[str, str]:
        model = shot.detection.model if shot.detection is not None else "no model"
        source = without_password(shot.frame.source)
        return {
            "ICRD": taken.isoformat(timespec="milliseconds"),
            "ISFT": f"crackinspector {crackinspector.__version__}",
            "ICMT": f"{source}; {model}; started by {self._reason}",
        }

    def _check_space(self) -> None:
        left = space_left(self._path)
        if left is not None and left < RESERVE:
            raise StorageError(
                f"recording has stopped, for less than {RESERVE // 1_000_000} MB are left in {self._folder}; "
                "free some space or choose another folder"
            )


def recover_clips(folder: Path) -> list[Path]:
    """Finish or remove the clips of a killed program in a folder's day folders; returns those that have their name now.

    What other programs are recording at this moment is left alone. Any thread.
    """
    recovered = []
    for day in days(folder):
        for part in sorted(day.glob(f".*{_SUFFIX}.part")):
            try:
                with abandoned(part) as descriptor:
                    if descriptor is None or finished(part).exists():
                        continue
                    if avi.repair(descriptor):
                        part.rename(finished(part))
                        sync_folder(day)
                        recovered.append(finished(part))
                    else:
                        part.unlink()
            except OSError as error:
                _log.warning("%s cannot be recovered: %s", part, error)
    return recovered
