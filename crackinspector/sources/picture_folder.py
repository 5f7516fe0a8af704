"""Picture files as a source of frames: a folder of them one after the other, or a single one."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from crackinspector.core.errors import PictureError, SourceError
from crackinspector.core.text import printable
from crackinspector.sources.finding import FoundPicture, find_pictures
from crackinspector.sources.pace import SYSTEM_CLOCK, Clock, Pace
from crackinspector.sources.pictures import open_picture, upright
from crackinspector.sources.source import EndOfSource, Picture, SourceInfo

SECONDS_EACH = 1.0
MOST_PIXELS = 12_000_000
"""Pictures that `pictures.Picture` calls large are shrunk to at most this many, so that memory stays bounded."""
_STRIP_ROWS = 256

logger = logging.getLogger(__name__)


class PictureFolder:
    """A `FrameSource` of picture files in natural order, subfolders too, each shown for a while.

    A picture that cannot be read is passed over with a line in the log, as long as there is one that can.
    """

    def __init__(
        self,
        path: Path,
        seconds_each: float = SECONDS_EACH,
        *,
        repeat: bool = True,
        clock: Clock = SYSTEM_CLOCK,
    ) -> None:
        """`path` is a folder or a picture file; what it holds is looked up when the source is opened."""
        self._path = path
        self._seconds_each = seconds_each
        self._repeat = repeat
        self._clock = clock
        self._pace: Pace | None = None
        self._found: list[FoundPicture] = []
        self._next = 0
        self._shown: tuple[Path, NDArray[np.uint8]] | None = None

    def open(self) -> SourceInfo:
        """See `FrameSource`."""
        self._found = find_pictures([self._path])
        if not self._found:
            raise SourceError(
                f"there is no picture in {printable(self._path)}; choose a folder with .jpg, .png, .tif, .webp or .bmp"
            )
        self._next, self._shown = 0, None
        self._pace = Pace(1 / self._seconds_each, self._clock)
        name = printable(self._path.name or str(self._path))
        return SourceInfo(f"file:{self._path.absolute()}", name, 0, 0, 1 / self._seconds_each, live=False)

    def read(self, timeout: float) -> Picture | None:
        """See `FrameSource`."""
        if self._pace is None:
            raise SourceError(f"{printable(self._path)} is closed; open it first")
        # Pictures are not skipped when they come late: here each one matters more than the time.
        if self._pace.due(timeout) is None:
            return None
        for _ in self._found:
            if self._next >= len(self._found):
                if not self._repeat:
                    break
                self._next = 0
            found = self._found[self._next]
            self._next += 1
            image = self._pixels(found.path)
            if image is not None:
                return Picture(image, self._clock.now(), printable(found.relative))
        if self._shown is None:
            raise SourceError(f"none of the pictures in {printable(self._path)} can be read; the log says why")
        raise EndOfSource

    def _pixels(self, path: Path) -> NDArray[np.uint8] | None:
        if self._shown is not None and self._shown[0] == path:
            return self._shown[1]
        try:
            image = read_bounded(path)
        except PictureError as error:
            if len(self._found) == 1:
                raise SourceError(str(error)) from error
            logger.warning("%s", error)
            return None
        self._shown = (path, image)
        return image

    def set_controls(self, values: Mapping[str, float]) -> None:
        """There are none."""

    def close(self) -> None:
        """See `FrameSource`."""
        self._pace = self._shown = None


def read_bounded(path: Path) -> NDArray[np.uint8]:
    """A picture upright, (h, w, 3) uint8 BGR; a large one is shrunk by a whole number.

    Raises:
        PictureError: it cannot be read.
    """
    picture = open_picture(path)
    if not picture.is_large:
        return picture.pixels()
    # rounded up: the result is never larger than asked for
    shrink = int(np.ceil(np.sqrt(picture.width * picture.height / MOST_PIXELS)))
    width = picture.stored_size[0] // shrink
    strips = []
    for _, strip in picture.strips(_STRIP_ROWS * shrink):
        rows = strip.shape[0] // shrink
        if rows and width:
            whole = strip[: rows * shrink, : width * shrink]
            strips.append(np.asarray(cv2.resize(whole, (width, rows), interpolation=cv2.INTER_AREA), np.uint8))
    if not strips:
        raise PictureError(f"cannot show {printable(path)}: it is too narrow for its length; cut it into parts")
    return upright(np.concatenate(strips), picture.orientation)
