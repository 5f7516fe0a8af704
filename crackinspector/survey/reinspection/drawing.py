"""The changes drawn over the later picture: each kind with a colour, a stroke and a word of its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from crackinspector.survey.drawing import BAR, QUIET, TEXT, font, unit_of
from crackinspector.survey.overlay import overlay_size
from crackinspector.survey.reinspection.changes import Changes, Kind

Colour = tuple[int, int, int]

COLOURS: Mapping[Kind, Colour] = {
    Kind.NEW: (255, 77, 66),
    Kind.GROWN: (255, 176, 46),
    Kind.REPAIRED: (92, 200, 132),
    Kind.UNCHANGED: (255, 255, 255),
    Kind.OUTSIDE: (150, 157, 166),
}
"""Red, green and blue."""
DASHES: Mapping[Kind, tuple[float, ...]] = {
    Kind.NEW: (),
    Kind.GROWN: (8.0, 2.5),
    Kind.REPAIRED: (3.0, 3.0),
    Kind.UNCHANGED: (),
    Kind.OUTSIDE: (1.0, 3.0),
}
"""Lengths of strokes and gaps in widths of the line; an unbroken line has none."""
WIDTHS: Mapping[Kind, float] = {
    Kind.NEW: 3.0,
    Kind.GROWN: 3.0,
    Kind.REPAIRED: 2.2,
    Kind.UNCHANGED: 1.4,
    Kind.OUTSIDE: 2.0,
}
_HALO: Colour = (20, 20, 20)
_ORDER = (Kind.OUTSIDE, Kind.UNCHANGED, Kind.REPAIRED, Kind.GROWN, Kind.NEW)


def draw_changes(image: NDArray[np.uint8], size: tuple[int, int], found: Changes) -> NDArray[np.uint8]:
    """The later picture with the changes and a legend below, (height + legend, width, 3) uint8 BGR.

    Args:
        image: (h, w, 3) uint8 BGR, the later picture at any scale.
        size: its width and height in its own pixels, in which the changes are given.
        found: the changes; what lies outside of this picture is counted in the legend alone.
    """
    width, height = overlay_size(*size)
    how = cv2.INTER_AREA if image.shape[1] > width else cv2.INTER_LINEAR
    drawn = np.asarray(cv2.resize(image, (width, height), interpolation=how), np.uint8)
    unit = unit_of(width, height)
    scale = np.array([width / size[0], height / size[1]])
    stretches = [each for change in found.cracks if not change.only_first for each in change.stretches]
    for halo in (True, False):
        for kind in _ORDER:
            line = WIDTHS[kind] * unit
            for stretch in stretches:
                if stretch.kind is kind:
                    _draw(drawn, stretch.course * scale, kind, line, halo, unit)
    return np.concatenate([drawn, _legend(width, unit, found)])


def _draw(
    image: NDArray[np.uint8], course: NDArray[np.float64], kind: Kind, line: float, halo: bool, unit: float
) -> None:
    colour, width = (_HALO, line + 2 * unit) if halo else (COLOURS[kind], line)
    blue_first = colour[::-1]
    for piece in dashed(course, tuple(line * each for each in DASHES[kind])):
        points = [np.round(piece * 8).astype(np.int32)]
        cv2.polylines(image, points, False, blue_first, max(1, round(width)), cv2.LINE_AA, 3)


def dashed(course: NDArray[np.float64], pattern: tuple[float, ...]) -> Iterator[NDArray[np.float64]]:
    """The strokes of a polyline, (n, 2), by lengths of stroke and gap in turn; all of it if there are none."""
    if not pattern:
        yield course
        return
    steps = np.hypot(*np.diff(course, axis=0).T)
    along = np.concatenate([[0.0], np.cumsum(steps)])
    at, total = 0.0, float(along[-1])
    while at < total:
        end = min(total, at + pattern[0])
        inner = course[(along > at) & (along < end)]
        ends = [np.array([np.interp(where, along, course[:, axis]) for axis in (0, 1)]) for where in (at, end)]
        yield np.concatenate([ends[0][None], inner, ends[1][None]])
        at = end + pattern[1]


def _legend(width: int, unit: float, found: Changes) -> NDArray[np.uint8]:
    """How many there are of each kind, with its stroke; in as many rows as that takes."""
    pad, gap, letters = 14 * unit, 26 * unit, font(17 * unit)
    row, sample = round(40 * unit), 44 * unit
    measure = ImageDraw.Draw(Image.new("RGB", (1, 1)))
    places, x, y = [], pad, 0
    for kind in Kind:
        words = f"{found.count(kind)} {kind.value}"
        length = sample + 8 * unit + measure.textlength(words, font=letters)
        if x > pad and x + length > width - pad:
            x, y = pad, y + row
        places.append((kind, words, x, y + row / 2))
        x += length + gap
    bar = Image.new("RGB", (width, y + row), BAR)
    draw = ImageDraw.Draw(bar)
    for kind, words, left, middle in places:
        line = WIDTHS[kind] * unit
        course = np.array([(left, middle), (left + sample, middle)])
        for piece in dashed(course, tuple(line * each for each in DASHES[kind])):
            draw.line([tuple(point) for point in piece.tolist()], fill=COLOURS[kind], width=max(1, round(line)))
        colour = TEXT if found.count(kind) else QUIET
        draw.text((left + sample + 8 * unit, middle), words, fill=colour, font=letters, anchor="lm")
    return np.asarray(bar)[..., ::-1]
