"""A drawing as it lies over the picture on screen: only the part of the screen that is asked for is made."""

from __future__ import annotations

import math

import cv2
import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRect
from PySide6.QtGui import QColor, QImage

from crackinspector.gui.review.edit.drawing import Drawing
from crackinspector.gui.review.picture_part import PIXELS_FROM

EDGE = 2
"""Device pixels around a part of the mask that look different when it changes."""
_FILL = 0.42
"""Opacity of what is drawn within its edge."""
_AROUND = np.ones((3, 3), np.uint8)


class DrawingOverlay:
    """Makes pictures of a drawing. GUI thread only."""

    def __init__(self) -> None:
        # What the last image shows; Qt does not keep it.
        self._pixels = np.empty((0, 0), np.uint32)

    def image(
        self, drawing: Drawing, origin: QPointF, step: tuple[float, float], part: QRect, colour: QColor
    ) -> QImage | None:
        """A part of the screen.

        Args:
            drawing: what is shown.
            origin: the point of the picture, in its pixels, at the upper left corner of the screen.
            step: pixels of the picture for a device pixel, across and down.
            part: which, in device pixels.
            colour: of the mask.

        Returns:
            an image of that size; None where nothing is drawn.
        """
        around = part.adjusted(-EDGE, -EDGE, EDGE, EDGE)
        shown = _on_screen(drawing, origin, step, around)
        if not shown.any():
            return None
        inner = np.asarray(cv2.erode(shown, _AROUND), np.uint8)
        outer = np.asarray(cv2.dilate(shown, _AROUND), np.uint8)
        kinds = (shown + inner + outer)[EDGE:-EDGE, EDGE:-EDGE]
        self._pixels = np.asarray(_table(colour).take(kinds, mode="clip"), np.uint32)
        height, width = self._pixels.shape
        premultiplied = QImage.Format.Format_ARGB32_Premultiplied
        return QImage(self._pixels.data, width, height, self._pixels.strides[0], premultiplied)


def _on_screen(drawing: Drawing, origin: QPointF, step: tuple[float, float], part: QRect) -> NDArray[np.uint8]:
    """The mask at device pixels, 0 or 1; pieces fit together, for all are reckoned from one origin."""
    across, down = step[0] * drawing.scale[0], step[1] * drawing.scale[1]
    number = min(len(drawing.levels) - 1, max(0, math.ceil(math.log2(max(across, down)) - 1e-9)))
    level, half = drawing.levels[number], 2.0**number
    across, down = across / half, down / half
    # Where the middle of the part's first pixel lies among the middles of the level's.
    x = origin.x() * drawing.scale[0] / half + (part.left() + 0.5) * across - 0.5
    y = origin.y() * drawing.scale[1] / half + (part.top() + 0.5) * down - 0.5
    # OpenCV takes no side beyond 32767, so only what is seen goes there.
    left, top = max(0, math.floor(x) - 1), max(0, math.floor(y) - 1)
    right = max(0, math.ceil(x + part.width() * across) + 2)
    bottom = max(0, math.ceil(y + part.height() * down) + 2)
    seen = level[top:bottom, left:right]
    if not seen.size:
        return np.zeros((part.height(), part.width()), np.uint8)
    way = cv2.INTER_NEAREST if across * PIXELS_FROM <= 1 else cv2.INTER_LINEAR
    there = np.array([[across, 0, x - left], [0, down, y - top]], np.float64)
    size = part.width(), part.height()
    values = cv2.warpAffine(np.ascontiguousarray(seen), there, size, flags=way | cv2.WARP_INVERSE_MAP)
    return (np.asarray(values) >= 128).astype(np.uint8)


def _table(colour: QColor) -> NDArray[np.uint32]:
    """Premultiplied 0xAARRGGBB for nothing, just beside the mask, on its edge, within."""
    shades = (QColor(0, 0, 0), 0.5), (colour, 1.0), (colour, _FILL)
    return np.array([0, *(_premultiplied(*shade) for shade in shades)], np.uint32)


def _premultiplied(colour: QColor, opacity: float) -> int:
    red, green, blue = (round(opacity * value) for value in (colour.red(), colour.green(), colour.blue()))
    return round(255 * opacity) << 24 | red << 16 | green << 8 | blue
