"""Boxes around the connected parts of a mask."""

from __future__ import annotations

import math
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from crackinspector.core.detection import Region
from crackinspector.inference.crackmap import MASK_LEVEL, blocks

BRIDGE_PX = 9
"""Parts of the mask that lie closer than this belong to one crack: its line is often interrupted by a pixel or two."""
LEAST_EXTENT_PX = 12
"""A part whose box is smaller than this in both directions is a speck, not a crack."""
LARGEST_PIXELS = 4_000_000
"""A larger mask is searched at a fraction of its size."""


def find_regions(
    crack_map: NDArray[np.uint8], mask_level: int = MASK_LEVEL, size: tuple[int, int] | None = None
) -> tuple[Region, ...]:
    """The regions of a crack map, the largest mask first, then from top to bottom.

    Args:
        crack_map: (h, w) uint8.
        mask_level: the map's value from which on a pixel belongs to the mask, 1..255.
        size: width and height of the picture that the map covers, if the map has other ones; boxes are in its pixels.
    """
    rows, columns = crack_map.shape
    width, height = size or (columns, rows)
    across, down = width / columns, height / rows
    factor = int(np.ceil(np.sqrt(rows * columns / LARGEST_PIXELS)))
    mask, weight, total = _reduced(crack_map, factor, mask_level)
    left, top, w, h = cv2.boundingRect(mask)
    if not w:
        return ()
    part = np.ascontiguousarray(mask[top : top + h, left : left + w])
    reach = max(3, round(BRIDGE_PX / (factor * across)) | 1)
    bridge = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (reach, reach))
    _, labels = cv2.connectedComponents(cv2.dilate(part, bridge), connectivity=8)
    ys, xs = np.nonzero(part)
    which = labels[ys, xs]
    order = np.argsort(which, kind="stable")
    starts = np.flatnonzero(np.diff(which[order], prepend=-1))
    ys, xs = ys[order] + top, xs[order] + left
    pixels = np.add.reduceat(weight[ys, xs], starts, dtype=np.float64)
    scores = np.add.reduceat(total[ys, xs], starts, dtype=np.float64) / pixels / 255
    lefts, rights = np.minimum.reduceat(xs, starts), np.maximum.reduceat(xs, starts) + 1
    tops, bottoms = np.minimum.reduceat(ys, starts), np.maximum.reduceat(ys, starts) + 1
    regions = []
    for i in np.lexsort((lefts, tops, -pixels)):
        x, y = int(lefts[i] * factor * across), int(tops[i] * factor * down)
        right, bottom = math.ceil(rights[i] * factor * across), math.ceil(bottoms[i] * factor * down)
        w, h = min(width, right) - x, min(height, bottom) - y
        if max(w, h) >= LEAST_EXTENT_PX:
            regions.append(Region(x, y, w, h, round(float(scores[i]), 4)))
    return tuple(regions)


def _reduced(
    crack_map: NDArray[np.uint8], factor: int, mask_level: int
) -> tuple[NDArray[np.uint8], NDArray[Any], NDArray[Any]]:
    """The mask, its pixels and the sum of the map over them, for every factor x factor cell."""
    height, width = crack_map.shape
    if factor == 1:
        mask = np.asarray(cv2.threshold(crack_map, mask_level - 1, 1, cv2.THRESH_BINARY)[1], np.uint8)
        return mask, mask, crack_map
    rows, columns = -(-height // factor), -(-width // factor)
    weight, total = np.zeros((rows, columns)), np.zeros((rows, columns))
    for down, along in blocks(width, height):
        part = crack_map[down, along]
        cell_y = np.arange(down.start, down.stop) // factor
        cell_x = np.arange(along.start, along.stop) // factor
        inside = part >= mask_level
        ys, xs = np.nonzero(inside)
        np.add.at(weight, (cell_y[ys], cell_x[xs]), 1.0)
        np.add.at(total, (cell_y[ys], cell_x[xs]), part[ys, xs])
    return (weight > 0).astype(np.uint8), weight, total
