"""The visible part of a picture at the screen's own pixels, from the level of its pyramid that suits."""

from __future__ import annotations

import math
from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPoint
from PySide6.QtGui import QImage

from crackinspector.core.frame import View
from crackinspector.gui.widgets.view_arithmetic import Box

PIXELS_FROM = 3.0
"""Screen pixels that a picture's pixel covers from which on it is shown as the square that it is."""


class PicturePart:
    """Keeps the last part that was made: what is laid over it changes more often. GUI thread only."""

    def __init__(self) -> None:
        self._key: object = None
        self._levels: Sequence[NDArray[np.uint8]] | None = None
        self._made: tuple[QPoint, QImage] | None = None
        # What the image shows; Qt does not keep it.
        self._pixels = np.empty((0, 0, 4), np.uint8)

    def image(self, levels: Sequence[NDArray[np.uint8]], view: View, box: Box) -> tuple[QPoint, QImage]:
        """A part of a picture.

        Args:
            levels: (h, w, 3) uint8 BGR, the picture and its halves, `Loaded.levels`.
            view: the part.
            box: where it is on the canvas, in device pixels.

        Returns:
            the upper left corner in device pixels and the image, which may reach a little over the box's edges.
        """
        key = (view, box)
        if self._made is None or levels is not self._levels or key != self._key:
            self._levels, self._key = levels, key
            self._made = self._make(levels, view, box)
        return self._made

    def _make(self, levels: Sequence[NDArray[np.uint8]], view: View, box: Box) -> tuple[QPoint, QImage]:
        level = suitable(levels, view, box)
        height, width = level.shape[:2]
        scale_x, scale_y = box.w / (view.w * width), box.h / (view.h * height)
        # Whole pixels around the view, drawn shifted by what they are too many.
        left, top = max(0, math.floor(view.x * width)), max(0, math.floor(view.y * height))
        right = max(left + 1, min(width, math.ceil((view.x + view.w) * width)))
        bottom = max(top + 1, min(height, math.ceil((view.y + view.h) * height)))
        size = max(1, round((right - left) * scale_x)), max(1, round((bottom - top) * scale_y))
        part = level[top:bottom, left:right]
        if size != (right - left, bottom - top):
            # The level is at most twice as large, but for the smallest.
            halves = 2 * size[0] <= right - left
            pixels = scale_x >= PIXELS_FROM and level is levels[0]
            way = cv2.INTER_AREA if halves else cv2.INTER_NEAREST if pixels else cv2.INTER_LINEAR
            part = np.asarray(cv2.resize(part, size, interpolation=way), np.uint8)
        self._pixels = np.asarray(cv2.cvtColor(part, cv2.COLOR_BGR2BGRA), np.uint8)
        # Qt's own format of a canvas: what is copied to the screen again and again is not converted each time.
        image = QImage(self._pixels.data, size[0], size[1], self._pixels.strides[0], QImage.Format.Format_RGB32)
        shift_x, shift_y = (view.x * width - left) * scale_x, (view.y * height - top) * scale_y
        return QPoint(round(box.x - shift_x), round(box.y - shift_y)), image


def suitable(levels: Sequence[NDArray[np.uint8]], view: View, box: Box) -> NDArray[np.uint8]:
    """The smallest level that still has a pixel for each of the screen's; the picture itself where none has."""
    for level in reversed(levels):
        height, width = level.shape[:2]
        # Half a per cent: a half of an odd side is a little too long.
        if view.w * width >= 0.995 * box.w and view.h * height >= 0.995 * box.h:
            return level
    return levels[0]
