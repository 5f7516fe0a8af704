"""A detection's crack map and regions as one picture that lies over the frame."""

from __future__ import annotations

import functools
import math

import cv2
import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPoint, QRect, QRectF
from PySide6.QtGui import QColor, QImage, QPainter, QPen

from crackinspector.core.colours import colour_table, map_opacity
from crackinspector.core.detection import Detection
from crackinspector.core.frame import View
from crackinspector.core.settings import ViewSettings
from crackinspector.gui.widgets.view_arithmetic import Box, placed

_MOST_REGIONS = 24
_LEAST_SEEN = int(np.argmax(map_opacity() > 0))
_HALO = QColor(0, 0, 0, 150)
_LINE = QColor(255, 255, 255)


class MapLayer:
    """Draws a detection once for each view, canvas and settings it is seen in. GUI thread only."""

    def __init__(self) -> None:
        self._key: object = None
        self._detection: Detection | None = None
        self._drawn: tuple[QPoint, QImage] | None = None
        # What the image shows; Qt does not keep it.
        self._pixels = np.empty((0, 0), np.uint32)

    def picture(
        self,
        detection: Detection,
        frame_size: tuple[int, int],
        view: View,
        box: Box,
        settings: ViewSettings,
        line: float,
    ) -> tuple[QPoint, QImage] | None:
        """What lies over the frame, and where.

        Args:
            detection: whose map and regions are drawn at the place of the part of the frame that it looked at.
            frame_size: width and height of that frame in pixels.
            view: the part of the frame on screen.
            box: where the view is on the canvas, in device pixels.
            settings: what is drawn, in which colours and how opaque.
            line: width of the regions' outlines in device pixels.

        Returns:
            the upper left corner in device pixels and the picture; None where nothing is to be seen.
        """
        key = (view, box, settings.heat_map, settings.regions, settings.opacity, settings.colour_map, line, frame_size)
        if detection is not self._detection or key != self._key:
            self._detection, self._key = detection, key
            self._drawn = self._draw(detection, frame_size, view, box, settings, line)
        return self._drawn

    def _draw(
        self,
        detection: Detection,
        frame_size: tuple[int, int],
        view: View,
        box: Box,
        settings: ViewSettings,
        line: float,
    ) -> tuple[QPoint, QImage] | None:
        canvas = QRect(int(box.x), int(box.y), int(box.w), int(box.h))
        heat = _heat(detection, view, box, settings) if settings.heat_map and settings.opacity > 0 else None
        outlines = _outlines(detection, frame_size, view, box, 2.5 * line) if settings.regions else []
        extent = QRect()
        if heat is not None:
            extent = QRect(heat[0].x(), heat[0].y(), heat[1].shape[1], heat[1].shape[0])
        room = math.ceil(2 * line)
        for outline in outlines:
            extent = extent.united(outline.toAlignedRect().adjusted(-room, -room, room, room))
        extent = extent.intersected(canvas)
        if extent.isEmpty():
            return None
        self._pixels = np.zeros((extent.height(), extent.width()), np.uint32)
        if heat is not None:
            _put(self._pixels, heat[1], heat[0] - extent.topLeft())
        picture = QImage(
            self._pixels.data,
            extent.width(),
            extent.height(),
            4 * extent.width(),
            QImage.Format.Format_ARGB32_Premultiplied,
        )
        if outlines:
            with QPainter(picture) as painter:
                painter.translate(-extent.topLeft())
                painter.setRenderHint(QPainter.RenderHint.Antialiasing)
                for pen in (QPen(_HALO, 2.4 * line), QPen(_LINE, line)):
                    painter.setPen(pen)
                    for outline in outlines:
                        painter.drawRoundedRect(outline, 4 * line, 4 * line)
        return extent.topLeft(), picture


def _put(canvas: NDArray[np.uint32], part: NDArray[np.uint32], at: QPoint) -> None:
    """Copy a picture to a place that may lie partly beside the canvas."""
    left, top = max(0, at.x()), max(0, at.y())
    seen = part[top - at.y() :, left - at.x() :][: canvas.shape[0] - top, : canvas.shape[1] - left]
    canvas[top : top + seen.shape[0], left : left + seen.shape[1]] = seen


def _heat(
    detection: Detection, view: View, box: Box, settings: ViewSettings
) -> tuple[QPoint, NDArray[np.uint32]] | None:
    """The visible part of the map as premultiplied 0xAARRGGBB, (h, w) uint32, and its place; None if there is none."""
    levels = detection.crack_map
    height, width = levels.shape
    place = placed(detection.view, view, box)
    cell_x, cell_y = place.w / width, place.h / height
    left, right = _cells(box.x - place.x, box.w, cell_x, width)
    top, bottom = _cells(box.y - place.y, box.h, cell_y, height)
    seen = cv2.boundingRect((levels[top:bottom, left:right] >= _LEAST_SEEN).astype(np.uint8))
    if left >= right or top >= bottom or seen[2] == 0:
        return None
    # One cell around, so that the colours run out smoothly.
    right, bottom = min(width, left + seen[0] + seen[2] + 1), min(height, top + seen[1] + seen[3] + 1)
    left, top = max(0, left + seen[0] - 1), max(0, top + seen[1] - 1)
    x, y = round(place.x + left * cell_x), round(place.y + top * cell_y)
    size = max(1, round(place.x + right * cell_x) - x), max(1, round(place.y + bottom * cell_y) - y)
    scaled = np.asarray(cv2.resize(levels[top:bottom, left:right], size, interpolation=cv2.INTER_LINEAR), np.uint8)
    colours = _premultiplied(settings.colour_map, settings.opacity)
    # "clip" spares the check of every index, of which none can be beyond the table
    return QPoint(x, y), np.asarray(colours.take(scaled, mode="clip"), np.uint32)


def _cells(start: float, length: float, cell: float, count: int) -> tuple[int, int]:
    """First and last + 1 cell of a row of `count` that touch the stretch from `start` of that length."""
    return max(0, math.floor(start / cell)), min(count, math.ceil((start + length) / cell))


@functools.lru_cache(maxsize=8)
def _premultiplied(name: str, opacity: float) -> NDArray[np.uint32]:
    table = colour_table(name, opacity).astype(np.float64)
    table[:, :3] = np.rint(table[:, :3] * table[:, 3:] / 255)
    return np.ascontiguousarray(table, dtype=np.uint8).view("<u4")[:, 0].astype(np.uint32)


def _outlines(detection: Detection, frame_size: tuple[int, int], view: View, box: Box, margin: float) -> list[QRectF]:
    """The regions' boxes in device pixels, a little away from what they are about; the largest first."""
    width, height = frame_size
    boxes = []
    for region in detection.regions[:_MOST_REGIONS]:
        part = View(region.x / width, region.y / height, region.w / width, region.h / height)
        at = placed(part, view, box)
        boxes.append(QRectF(at.x, at.y, at.w, at.h).adjusted(-margin, -margin, margin, margin))
    return boxes
