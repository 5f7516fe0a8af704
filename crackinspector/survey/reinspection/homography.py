"""What a homography does to pictures: where it puts them, and whether a camera could have done that."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

Homography = NDArray[np.floating[Any]]
Size = tuple[int, int]
"""Width and height in pixels."""

LARGEST_SCALE = 4.0
LARGEST_STRETCH = 2.5
"""How much wider than high a small square may become: a wall seen at 30 degrees is 1.2, at 60 degrees 2."""


def resizing(across: float, down: float) -> NDArray[np.float64]:
    """From a picture's pixels to those of a version so many times as wide and high; whole numbers are their centres."""
    return np.array([[across, 0, (across - 1) / 2], [0, down, (down - 1) / 2], [0, 0, 1]])


def map_to_picture(view: tuple[float, float, float, float], columns: int, rows: int) -> NDArray[np.float64]:
    """From the pixels of a map over a view (left, top, width and height in the picture) to those of the picture."""
    x, y, w, h = view
    return np.array([[1, 0, x], [0, 1, y], [0, 0, 1]]) @ resizing(w / columns, h / rows)


def moved(points: NDArray[np.float64], homography: Homography) -> NDArray[np.float64]:
    """Points (n, 2) where the homography puts them, (n, 2) float64."""
    return np.asarray(cv2.perspectiveTransform(points[None].astype(np.float64), homography)[0], np.float64)


def corners(size: Size) -> NDArray[np.float64]:
    """(4, 2) float64: the outer corners of a picture, clockwise from the upper left one."""
    width, height = size
    return np.array([(0, 0), (width, 0), (width, height), (0, height)], np.float64) - 0.5


def scales_at(points: NDArray[np.float64], homography: Homography) -> NDArray[np.float64]:
    """(n, 2) float64: by how much a small circle at each point is enlarged at most and at least; negative if mirrored.

    What lies beyond the horizon gives infinity.
    """
    x, y = points[:, 0], points[:, 1]
    a, b, w = (row[0] * x + row[1] * y + row[2] for row in homography)
    with np.errstate(divide="ignore", invalid="ignore"):
        jacobian = np.empty((len(points), 2, 2))
        for i, (row, value) in enumerate(zip(homography[:2], (a, b), strict=True)):
            for j in range(2):
                jacobian[:, i, j] = (row[j] * w - value * homography[2, j]) / (w * w)
    found = np.full((len(points), 2), np.inf)
    seen = (w > 0) & np.isfinite(jacobian).all(axis=(1, 2))
    if seen.any():
        values = np.linalg.svd(jacobian[seen], compute_uv=False)
        mirrored = np.linalg.det(jacobian[seen]) < 0
        found[seen] = np.where(mirrored[:, None], -values, values)
    return found


def scale_at(point: NDArray[np.float64], homography: Homography) -> float:
    """How many pixels of the second picture one of the first becomes at a point (x, y) of the first, each way."""
    largest, least = scales_at(point[None], homography)[0]
    return float(np.sqrt(abs(largest * least)))


def overlap_outline(homography: Homography, first: Size, second: Size) -> NDArray[np.float64]:
    """(n, 2) float64: the convex part of the second picture that the first covers; empty if there is none."""
    covered = moved(corners(first), homography).astype(np.float32)
    area, outline = cv2.intersectConvexConvex(covered, corners(second).astype(np.float32))
    return np.asarray(outline, np.float64).reshape(-1, 2) if area > 0 else np.zeros((0, 2))


def area_of(outline: NDArray[np.float64]) -> float:
    """In square pixels."""
    return float(cv2.contourArea(outline.astype(np.float32))) if len(outline) > 2 else 0.0


def oddity_of(homography: Homography, first: Size, second: Size) -> str | None:
    """Why no camera that looks at one wall twice can have seen it so; None if one can.

    A homography must not mirror or fold the picture, nor enlarge or stretch any part of it beyond reason.
    """
    if not np.isfinite(homography).all() or abs(np.linalg.det(homography)) < 1e-12:
        return "they would lie over each other as a line"
    if homography[2, 2] < 0:
        homography = -homography
    across, down = np.meshgrid(np.linspace(0, first[0], 5), np.linspace(0, first[1], 5))
    scales = scales_at(np.stack([across.ravel(), down.ravel()], axis=1), homography)
    if not np.isfinite(scales).all():
        return "one would be folded"
    if (scales < 0).any():
        return "one would be mirrored"
    if scales.max() > LARGEST_SCALE or scales.min() < 1 / LARGEST_SCALE:
        return f"one would be enlarged more than {LARGEST_SCALE:.0f} times"
    if (scales[:, 0] / scales[:, 1]).max() > LARGEST_STRETCH:
        return "one would be stretched too much"
    if not len(overlap_outline(homography, first, second)):
        return "they would not touch"
    return None


def through_points(first: Sequence[tuple[float, float]], second: Sequence[tuple[float, float]]) -> Homography | None:
    """The homography through four or more pairs of points, (3, 3) float64; None if three of them lie on a line."""
    here, there = np.array(first, np.float64), np.array(second, np.float64)
    if _narrow(here) or _narrow(there):
        return None
    return np.asarray(cv2.findHomography(here, there, 0)[0], np.float64)


def _narrow(points: NDArray[np.float64]) -> bool:
    """Whether three of the points nearly lie on a line."""
    span = np.ptp(points, axis=0).max()
    for a, b, c in combinations(points, 3):
        (x, y), (u, v) = b - a, c - a
        if abs(x * v - y * u) < 0.02 * span * span:
            return True
    return False
