"""Pictures for paper: read when a page needs them, no larger than they are printed."""

from __future__ import annotations

import math
from collections import OrderedDict
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QImage

from crackinspector.core.colours import colour_table
from crackinspector.core.errors import PictureError
from crackinspector.core.text import printable
from crackinspector.gui.report.sheet import PER_INCH
from crackinspector.library.kept_files import read_map
from crackinspector.library.report_facts import Seen
from crackinspector.sources.pictures import open_picture

MAP_COLOURS, MAP_OPACITY = "inferno", 0.72
_MAP_DPI = 150
_KEPT = 4
_BY_HAND = np.uint8(230)
"""A mask by hand is drawn like a high value of a map."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture ready to be painted.

    Attributes:
        image: upright, reduced; None if it cannot be read.
        overlay: its crack map and masks by hand in colour over the whole picture, transparent elsewhere; None if there
            is nothing to show.
    """

    image: QImage | None
    overlay: QImage | None


class Pictures:
    """Reads pictures of a library and keeps the last few. For one thread at a time.

    Attributes:
        troubles: sha256 of a picture that could not be read, or a map of it -> the sentence that says why.
    """

    def __init__(self, folder: Path, dpi: float) -> None:
        """`dpi`: pixels an inch of the paper, at most."""
        self._folder, self._dpi = folder, dpi
        self.troubles: dict[str, str] = {}
        self._kept: OrderedDict[tuple[str, int], Shown] = OrderedDict()

    def of(self, seen: Seen, width: float) -> Shown:
        """A snapshot's picture, to be printed that wide in units, and what lies over it."""
        pixels = max(1, math.ceil(width / PER_INCH * self._dpi))
        key = (seen.row.id, pixels)
        if key not in self._kept:
            self._kept[key] = self._read(seen, pixels)
            while len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        self._kept.move_to_end(key)
        return self._kept[key]

    def _read(self, seen: Seen, pixels: int) -> Shown:
        try:
            picture = open_picture(seen.row.picture)
            image = picture.reduced(math.ceil(pixels * max(1.0, picture.height / picture.width)))
        except (PictureError, MemoryError) as error:
            sentence = str(error) or f"cannot read {printable(seen.row.name)}: there is not enough memory to decode it"
            self.troubles[seen.row.id] = sentence
            return Shown(None, None)
        width = min(image.shape[1], round(pixels * min(1.0, _MAP_DPI / self._dpi)))
        return Shown(_image(image, QImage.Format.Format_BGR888), self._overlay(seen, max(1, width)))

    def _overlay(self, seen: Seen, width: int) -> QImage | None:
        """The colours over a picture that is drawn so many pixels wide."""
        row = seen.row
        height = max(1, round(width * row.height / row.width))
        levels = np.zeros((height, width), np.uint8)
        if seen.state.detection is not None and row.map is not None:
            view = seen.state.detection.body["view"]
            across, down = width / row.width, height / row.height
            left, top = round(view["x"] * across), round(view["y"] * down)
            box = (
                max(1, min(width - left, round(view["w"] * across))),
                max(1, min(height - top, round(view["h"] * down))),
            )
            digest = seen.state.detection.body["map"]
            crack_map = None if digest is None else self._map(seen, digest)
            if crack_map is not None and left < width and top < height:
                levels[top : top + box[1], left : left + box[0]] = _reduced_map(crack_map, box)
        for x, y, w, h in seen.state.replaced:
            # What the model said there does not hold.
            left, right = (round(edge * width / row.width) for edge in (x, x + w))
            top, bottom = (round(edge * height / row.height) for edge in (y, y + h))
            levels[top:bottom, left:right] = 0
        for digest in sorted({each.finding.mask for each in seen.findings if each.finding.mask is not None}):
            mask = self._map(seen, digest)
            if mask is None:
                continue
            levels = np.where(_reduced_map(mask, (width, height)) >= 128, _BY_HAND, levels).astype(np.uint8)
        if not levels.any():
            return None
        table = colour_table(MAP_COLOURS, MAP_OPACITY)
        return _image(table[levels], QImage.Format.Format_ARGB32)

    def _map(self, seen: Seen, digest: str) -> NDArray[np.uint8] | None:
        """A map or a mask by hand; None if it cannot be read, which is kept as a trouble."""
        try:
            return read_map(self._folder, digest)
        except PictureError as error:
            name = printable(seen.row.name or seen.row.id)
            self.troubles[seen.row.id] = f"{name} is shown without all of its crack maps: {error}"
            return None


def _reduced_map(crack_map: NDArray[np.uint8], size: tuple[int, int]) -> NDArray[np.uint8]:
    """The map at (width, height); the largest value survives, or hairlines would fade out."""
    times = min(crack_map.shape[1] // size[0], crack_map.shape[0] // size[1])
    if times > 1:
        crack_map = cv2.dilate(crack_map, np.ones((times, times), np.uint8)).astype(np.uint8, copy=False)
    how = cv2.INTER_NEAREST if times > 1 else cv2.INTER_LINEAR
    return cv2.resize(crack_map, size, interpolation=how).astype(np.uint8, copy=False)


def _image(pixels: NDArray[np.uint8], form: QImage.Format) -> QImage:
    """A QImage with pixels of its own."""
    pixels = np.ascontiguousarray(pixels)
    return QImage(pixels.data, pixels.shape[1], pixels.shape[0], pixels.strides[0], form).copy()
