"""Where the map reaches the threshold, and what was drawn by hand, as lines over the picture."""

from __future__ import annotations

import functools
from collections.abc import Mapping

import cv2
import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPoint
from PySide6.QtGui import QColor, QImage

from crackinspector.core.detection import Detection
from crackinspector.core.frame import WHOLE, View
from crackinspector.gui.widgets.view_arithmetic import Box

_HALO = 0.6
"""Opacity of the dark line around the light one, which makes it visible on any wall."""
_FILL = 0.18
"""Opacity of what was drawn by hand within its line."""


class OutlineLayer:
    """Draws outlines once for each view, canvas, threshold and set of masks. GUI thread only."""

    def __init__(self) -> None:
        self._key: object = None
        self._of: tuple[object, object] = (None, None)
        self._drawn: tuple[QPoint, QImage] | None = None
        # What the image shows; Qt does not keep it.
        self._pixels = np.empty((0, 0, 4), np.uint8)

    def picture(
        self,
        detection: Detection | None,
        threshold: float | None,
        masks: Mapping[str, NDArray[np.uint8]],
        view: View,
        box: Box,
        line: float,
        by_hand: QColor,
    ) -> tuple[QPoint, QImage] | None:
        """What lies over the picture, and where.

        Args:
            detection: whose map is outlined.
            threshold: where, 0..1; None outlines no map.
            masks: by hand, `Loaded.masks`.
            view, box: the part of the picture on screen and its place in device pixels.
            line: width of the lines in device pixels.
            by_hand: colour of what was drawn by hand; the map's line is white.

        Returns:
            the upper left corner in device pixels and the picture; None where nothing is to be seen.
        """
        key = (threshold, view, box, line, by_hand.rgb())
        if key != self._key or self._of[0] is not detection or self._of[1] is not masks:
            self._key, self._of = key, (detection, masks)
            self._drawn = self._draw(detection, threshold, masks, view, box, line, by_hand)
        return self._drawn

    def _draw(
        self,
        detection: Detection | None,
        threshold: float | None,
        masks: Mapping[str, NDArray[np.uint8]],
        view: View,
        box: Box,
        line: float,
        by_hand: QColor,
    ) -> tuple[QPoint, QImage] | None:
        layers = []
        if detection is not None and threshold is not None:
            shown = on_screen(detection.crack_map, detection.view, view, box)
            layers.append((shown >= max(1.0, 255 * threshold), (255, 255, 255), 0.0))
        # The findings of one drawing share its mask.
        distinct = {id(mask): mask for mask in masks.values()}.values()
        drawn = [on_screen(mask, WHOLE, view, box) >= 128 for mask in distinct]
        if drawn:
            colour = by_hand.blue(), by_hand.green(), by_hand.red()
            layers.append((np.logical_or.reduce(drawn), colour, _FILL))
        layers = [layer for layer in layers if layer[0].any()]
        if not layers:
            return None
        pictures = [_outlined(*layer, line) for layer in layers]
        self._pixels = np.ascontiguousarray(functools.reduce(np.maximum, pictures))
        height, width = self._pixels.shape[:2]
        premultiplied = QImage.Format.Format_ARGB32_Premultiplied
        image = QImage(self._pixels.data, width, height, self._pixels.strides[0], premultiplied)
        return QPoint(round(box.x), round(box.y)), image


def on_screen(levels: NDArray[np.uint8], part: View, view: View, box: Box) -> NDArray[np.uint8]:
    """A map over a part of the picture as it lies in a box on screen.

    Args:
        levels: (h, w) uint8 over `part`.
        part: of the picture.
        view, box: the part of the picture on screen and its place in device pixels.

    Returns:
        (box.h, box.w) uint8; 0 beside the part.
    """
    height, width = levels.shape
    cell_x, cell_y = part.w / width, part.h / height
    left, right = _cells((view.x - part.x) / cell_x, view.w / cell_x, width)
    top, bottom = _cells((view.y - part.y) / cell_y, view.h / cell_y, height)
    out = round(box.w), round(box.h)
    if left >= right or top >= bottom:
        return np.zeros((out[1], out[0]), np.uint8)
    seen = levels[top:bottom, left:right]
    scale_x, scale_y = cell_x * box.w / view.w, cell_y * box.h / view.h
    size = max(1, round((right - left) * scale_x)), max(1, round((bottom - top) * scale_y))
    way = cv2.INTER_AREA if scale_x < 1 else cv2.INTER_LINEAR
    scaled = np.asarray(cv2.resize(seen, size, interpolation=way), np.uint8)
    x = round((part.x + left * cell_x - view.x) / view.w * box.w)
    y = round((part.y + top * cell_y - view.y) / view.h * box.h)
    canvas = np.zeros((out[1], out[0]), np.uint8)
    scaled = scaled[max(0, -y) :, max(0, -x) :][: out[1] - max(0, y), : out[0] - max(0, x)]
    canvas[max(0, y) : max(0, y) + scaled.shape[0], max(0, x) : max(0, x) + scaled.shape[1]] = scaled
    return canvas


def _cells(start: float, length: float, count: int) -> tuple[int, int]:
    """First and last + 1 cell that touch a stretch, and one more on each side for a smooth edge."""
    return max(0, int(np.floor(start)) - 1), min(count, int(np.ceil(start + length)) + 1)


def _outlined(mask: NDArray[np.bool_], colour: tuple[int, int, int], fill: float, line: float) -> NDArray[np.uint8]:
    """A mask's line with its halo outside, and its fill, as premultiplied (h, w, 4) uint8 BGRA."""
    inside = mask.astype(np.uint8) * 255
    inner, outer = _grown(inside, line), _grown(inside, 2 * line)
    # A pixel's blur takes the stairs away.
    bright = cv2.blur(cv2.subtract(inner, inside), (3, 3))
    if fill:
        bright = cv2.max(bright, (fill * inside).astype(np.uint8))
    dark = cv2.convertScaleAbs(cv2.blur(cv2.subtract(outer, inside), (3, 3)), alpha=_HALO)
    shades = [cv2.convertScaleAbs(bright, alpha=value / 255) for value in colour]
    return np.asarray(cv2.merge([*shades, cv2.max(bright, dark)]), np.uint8)


def _grown(mask: NDArray[np.uint8], by: float) -> NDArray[np.uint8]:
    reach = 2 * max(1, round(by)) + 1
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (reach, reach))
    return np.asarray(cv2.dilate(mask, kernel), np.uint8)
