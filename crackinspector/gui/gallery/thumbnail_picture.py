"""Makes one thumbnail: the picture at icon size, with its crack map over it where that is wanted. Any thread."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from crackinspector.core.colours import map_colours
from crackinspector.core.errors import CrackInspectorError
from crackinspector.gui.gallery.thumbnail_cache import SIDE
from crackinspector.library.layout import record_path
from crackinspector.library.queries import Row
from crackinspector.library.sidecar import read_sidecar
from crackinspector.library.state import state_of
from crackinspector.sources.pictures import open_picture
from crackinspector.survey.drawing import blend_map

_COLOURS = "inferno"
_OPACITY = 0.8
_MOST_LOST = 0.26
"""The share of a picture that may be cut off so that it fills its place: a square and 16:9 in 4:3 lose a quarter."""


def thumbnail_name(row: Row, with_map: bool) -> str:
    """What a thumbnail is called: by content, so that the same picture with the same map always has the same name."""
    return f"{row.id}-{row.map.stem[:16]}" if with_map and row.map is not None else row.id


def make_thumbnail(row: Row, with_map: bool, plain: NDArray[np.uint8] | None = None) -> NDArray[np.uint8]:
    """(h, w, 3) BGR uint8, the longer side at most `SIDE`.

    Args:
        row: of the snapshot.
        with_map: whether the crack map lies over it.
        plain: the thumbnail without, if there is one.

    Raises:
        CrackInspectorError: the picture cannot be read. A map that cannot be read is left out.
    """
    image = open_picture(row.picture).reduced(SIDE) if plain is None else plain
    if not with_map or row.map is None:
        return image
    try:
        crack_map = open_picture(row.map).pixels()[:, :, 0]
        view = _view(row)
    except CrackInspectorError:
        return image
    return _blended(image, crack_map, view)


def fitted(image: NDArray[np.uint8], room: tuple[int, int]) -> NDArray[np.uint8]:
    """The picture as it fits into a room of (width, height) pixels, filling it where little of it is lost by that."""
    height, width = image.shape[:2]
    fill = max(room[0] / width, room[1] / height)
    lost = 1 - room[0] * room[1] / (fill * width * fill * height)
    scale = fill if lost <= _MOST_LOST else min(room[0] / width, room[1] / height)
    size = max(room[0], round(width * scale)), max(room[1], round(height * scale))
    if lost > _MOST_LOST:
        size = min(room[0], max(1, round(width * scale))), min(room[1], max(1, round(height * scale)))
    how = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
    left, top = max(0, size[0] - room[0]) // 2, max(0, size[1] - room[1]) // 2
    resized = cv2.resize(image, size, interpolation=how)
    return resized[top : top + room[1], left : left + room[0]].astype(np.uint8, copy=False)


def _view(row: Row) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of what the model saw, as shares of the picture."""
    library = row.picture.parents[2]
    sidecar = read_sidecar(record_path(library, row.id))
    detection = state_of(sidecar.facts, sidecar.events).detection
    if detection is None:
        return 0, 0, 1, 1
    box = detection.body["view"]
    right, bottom = box["x"] + box["w"], box["y"] + box["h"]
    return box["x"] / row.width, box["y"] / row.height, right / row.width, bottom / row.height


def _blended(
    image: NDArray[np.uint8], crack_map: NDArray[np.uint8], view: tuple[float, float, float, float]
) -> NDArray[np.uint8]:
    height, width = image.shape[:2]
    left, top, right, bottom = (
        min(size, max(0, round(share * size))) for share, size in zip(view, (width, height) * 2, strict=True)
    )
    if right <= left or bottom <= top:
        return image
    size = right - left, bottom - top
    # A hairline is thinner than a thumbnail's pixel; the mean would lose it, the largest value keeps it.
    factor = max(1, crack_map.shape[1] // size[0])
    if factor > 1:
        crack_map = cv2.dilate(crack_map, np.ones((factor, factor), np.uint8)).astype(np.uint8)
    small = cv2.resize(crack_map, size, interpolation=cv2.INTER_NEAREST if factor > 1 else cv2.INTER_LINEAR)
    result = image.copy()
    blend_map(result[top:bottom, left:right], small.astype(np.uint8, copy=False), map_colours(_COLOURS), _OPACITY)
    return result
