"""The middle lines of a mask, and how long they are."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

# The eight neighbours clockwise from the upper one, as bits of a code.
_CODE = np.array([[128, 1, 2], [64, 0, 4], [32, 16, 8]], np.float32)


def _tables() -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """For each of the two passes: code of the neighbours -> 1 where the pixel is taken away (Zhang and Suen 1984)."""
    passes = []
    for first in (True, False):
        table = np.zeros(256, np.uint8)
        for code in range(256):
            p = [code >> i & 1 for i in range(8)]
            north, east, south, west = p[0], p[2], p[4], p[6]
            turns = sum(p[i] == 0 and p[(i + 1) % 8] == 1 for i in range(8))
            if first:
                border = north * east * south == 0 and east * south * west == 0
            else:
                border = north * east * west == 0 and north * south * west == 0
            table[code] = 2 <= sum(p) <= 6 and turns == 1 and border
        passes.append(table)
    return passes[0], passes[1]


_PASSES = _tables()


def _corner_tables() -> list[NDArray[np.uint8]]:
    """For each direction of a corner: code of the neighbours -> 1 where the way may as well go straight, diagonally."""
    tables = []
    for turn in (0, 2, 4, 6):
        table = np.zeros(256, np.uint8)
        for code in range(256):
            p = [code >> (i + turn) % 8 & 1 for i in range(8)]
            table[code] = p[0] and p[2] and not (p[4] or p[5] or p[6])
        tables.append(table)
    return tables


_CORNERS = _corner_tables()


def thinned(mask: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """The middle lines of what is not zero, one pixel wide, (h, w) uint8, 0 or 1.

    Takes as many rounds as half the widest part has pixels.
    """
    lines = np.pad((mask > 0).astype(np.uint8), 1)
    before = -1
    while (now := int(np.count_nonzero(lines))) != before:
        before = now
        for table in _PASSES:
            lines &= _keeps(lines, table)
    for table in _CORNERS:
        lines &= _keeps(lines, table)
    return np.ascontiguousarray(lines[1:-1, 1:-1])


def _keeps(lines: NDArray[np.uint8], table: NDArray[np.uint8]) -> NDArray[np.uint8]:
    code = cv2.filter2D(lines, cv2.CV_8U, _CODE, borderType=cv2.BORDER_CONSTANT)
    return np.asarray(1 - cv2.LUT(code, table), np.uint8)


def length_of(lines: NDArray[np.uint8]) -> float:
    """How long lines of one pixel's width are, in pixels: steps across and down count 1, diagonal ones the root of 2.

    A single pixel has a length of 1, for something is there.
    """
    on = np.pad(lines > 0, 1)
    across, down = on[:, :-1] & on[:, 1:], on[:-1] & on[1:]
    falling, rising = on[:-1, :-1] & on[1:, 1:], on[:-1, 1:] & on[1:, :-1]
    # Where one of the other two pixels of the square is on, the way leads over it.
    falling &= ~(on[:-1, 1:] | on[1:, :-1])
    rising &= ~(on[:-1, :-1] | on[1:, 1:])
    steps = np.count_nonzero(across) + np.count_nonzero(down)
    length = steps + float(np.sqrt(2)) * (np.count_nonzero(falling) + np.count_nonzero(rising))
    return float(length) if length else float(on.any())


_AROUND = ((0, -1), (1, 0), (0, 1), (-1, 0), (1, -1), (1, 1), (-1, 1), (-1, -1))
Pixel = tuple[int, int]


def courses_of(lines: NDArray[np.uint8]) -> list[NDArray[np.float64]]:
    """Lines of one pixel's width as polylines, each (n, 2) float64 x and y with n >= 2, cut where they branch."""
    on = {(int(x), int(y)) for y, x in np.argwhere(lines > 0)}
    forks = {pixel for pixel in on if len(_next_to(pixel, on)) > 2}
    left = on - forks
    courses = []
    # From their ends; of a closed ring any pixel will do.
    for start in sorted(left, key=lambda pixel: (len(_next_to(pixel, left)) > 1, pixel)):
        if start not in left:
            continue
        course = [start]
        left.discard(start)
        while following := _next_to(course[-1], left):
            course.append(following[0])
            left.discard(following[0])
        course = [*_next_to(course[0], forks)[:1], *course, *_next_to(course[-1], forks)[-1:]]
        if len(course) > 1:
            simple = cv2.approxPolyDP(np.array(course, np.int32), 0.8, closed=False)
            courses.append(simple.reshape(-1, 2).astype(np.float64))
    return courses


def _next_to(pixel: Pixel, among: set[Pixel]) -> list[Pixel]:
    """Its neighbours, those across and down first."""
    x, y = pixel
    return [(x + dx, y + dy) for dx, dy in _AROUND if (x + dx, y + dy) in among]
