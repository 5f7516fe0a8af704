"""Boxes around the connected parts of a mask."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from crackinspector.core.detection import Region
from crackinspector.inference.crackmap import MASK_LEVEL, blocks

BRIDGE_PX = 9
"""Parts of the mask that lie closer than this belong to one crack: its line is often interrupted by a pixel or two."""
LEAST_EXTENT_PX = 12
"""A part whose box is smaller than this in both directions is a speck, not a crack."""
LARGEST_PIXELS = 16_000_000
"""A larger mask is searched at a fraction of its size."""


def find_regions(crack_map: NDArray[np.uint8]) -> tuple[Region, ...]:
    """The regions of a (h, w) uint8 crack map, the largest mask first, then from top to bottom."""
    height, width = crack_map.shape
    factor = int(np.ceil(np.sqrt(height * width / LARGEST_PIXELS)))
    mask, weight, total = _reduced(crack_map, factor)
    if not mask.any():
        return ()
    bridge = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (BRIDGE_PX, BRIDGE_PX))
    _, labels = cv2.connectedComponents(cv2.dilate(mask, bridge) if factor == 1 else mask, connectivity=8)
    labels = np.where(mask > 0, labels, 0)
    ys, xs = np.nonzero(labels)
    which = np.asarray(labels[ys, xs], np.int64)
    count = int(which.max()) + 1
    pixels = np.bincount(which, weight[ys, xs], count)
    score = np.bincount(which, total[ys, xs], count) / np.maximum(pixels, 1) / 255
    left, top = np.full(count, width, np.int64), np.full(count, height, np.int64)
    right, bottom = np.zeros(count, np.int64), np.zeros(count, np.int64)
    np.minimum.at(left, which, xs)
    np.minimum.at(top, which, ys)
    np.maximum.at(right, which, xs + 1)
    np.maximum.at(bottom, which, ys + 1)
    regions = []
    for i in np.lexsort((left, top, -pixels)):
        x, y = int(left[i]) * factor, int(top[i]) * factor
        w, h = min(width, int(right[i]) * factor) - x, min(height, int(bottom[i]) * factor) - y
        if pixels[i] and max(w, h) >= LEAST_EXTENT_PX:
            regions.append(Region(x, y, w, h, round(float(score[i]), 4)))
    return tuple(regions)


def _reduced(
    crack_map: NDArray[np.uint8], factor: int
) -> tuple[NDArray[np.uint8], NDArray[np.float64], NDArray[np.float64]]:
    """The mask, its pixels and the sum of the map over them, for every factor x factor cell."""
    height, width = crack_map.shape
    if factor == 1:
        mask = (crack_map >= MASK_LEVEL).astype(np.uint8)
        return mask, mask.astype(np.float64), np.multiply(crack_map, mask, dtype=np.float64)
    rows, columns = -(-height // factor), -(-width // factor)
    weight, total = np.zeros((rows, columns)), np.zeros((rows, columns))
    for down, along in blocks(width, height):
        part = crack_map[down, along]
        cell_y = np.arange(down.start, down.stop) // factor
        cell_x = np.arange(along.start, along.stop) // factor
        inside = part >= MASK_LEVEL
        ys, xs = np.nonzero(inside)
        np.add.at(weight, (cell_y[ys], cell_x[xs]), 1.0)
        np.add.at(total, (cell_y[ys], cell_x[xs]), part[ys, xs])
    return (weight > 0).astype(np.uint8), weight, total
