"""What became of each crack between two inspections of one place.

Both crack maps are brought into the second picture. A crack is a connected part of what either of them shows; it is
compared along its middle line, within a tolerance that follows how exactly the pictures lie over each other. A model's
map flickers around its threshold: where the other inspection's map still has half of it, the crack is still there.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

import cv2
import numpy as np
from numpy.typing import NDArray

from crackinspector.survey.reinspection.alignment import Alignment
from crackinspector.survey.reinspection.homography import Homography, map_to_picture, moved, resizing, scale_at
from crackinspector.survey.reinspection.thinning import courses_of, length_of, thinned

WORKING_PIXELS = 2_000_000
"""Maps are compared at no more pixels than this."""
FAINT = 0.5
"""Share of the threshold from which on what the other inspection shows is neither gone nor new."""
LEAST_LENGTH_PX = 12.0
"""Of a crack, in compared pixels; what is shorter is a speck of the map."""
LEAST_TOLERANCES = 4
"""What comes or goes is longer than this many tolerances, or nobody can tell it from how the maps differ anyway."""
BASE_TOLERANCE_PX = 3.0
RMS_TIMES = 3.0
MAP_PIXELS = 1.5
"""Tolerance in pixels of the coarser map, which does not say more exactly where a crack is."""

Mask = NDArray[np.uint8]


class Kind(StrEnum):
    """What became of a crack, or of a stretch of it."""

    NEW = "new"
    GROWN = "grown"
    REPAIRED = "repaired"
    UNCHANGED = "unchanged"
    OUTSIDE = "outside"
    """The other inspection did not look at the place, or the pictures do not lie over each other there."""


@dataclass(frozen=True, slots=True, eq=False)
class Inspected:
    """What was found in a picture.

    Attributes:
        width, height: of the picture, in pixels.
        crack_map: (h, w) uint8 over `view`, usually smaller.
        view: left, top, width and height of the part that was looked at, in pixels of the picture.
        level: the map's value from which on a pixel is crack, 1..255.
    """

    width: int
    height: int
    crack_map: Mask
    view: tuple[int, int, int, int]
    level: int


@dataclass(frozen=True, slots=True, eq=False)
class Stretch:
    """A stretch of a crack: what became of it (`GROWN`: it came to an older crack), its polyline, (n, 2) float64."""

    kind: Kind
    course: NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Change:
    """What became of one crack; in pixels of the second picture, except where only the first one shows the place.

    Attributes:
        kind: of it.
        box: left, top, width and height.
        length_before, length_after: along its middle line; 0 where it is not.
        stretches: its middle lines.
        faint: whether one of the inspections shows it below the threshold alone.
        part: whether it belongs to a crack of which more is left, or more was compared.
        only_first: outside, and in pixels of the first picture.
        astray: outside although both pictures show the place, for they do not lie over each other there.
    """

    kind: Kind
    box: tuple[int, int, int, int]
    length_before: float
    length_after: float
    stretches: tuple[Stretch, ...]
    faint: bool = False
    part: bool = False
    only_first: bool = False
    astray: bool = False

    @property
    def length(self) -> float:
        """The longer of both."""
        return max(self.length_before, self.length_after)


@dataclass(frozen=True, slots=True, eq=False)
class Changes:
    """What became of all cracks.

    Attributes:
        cracks: in the order of `Kind`, each kind's longest first.
        compared: share of the second picture that both inspections looked at, 0..1.
        tolerance_px: within which two lines are the same, in pixels of the second picture.
    """

    cracks: tuple[Change, ...]
    compared: float
    tolerance_px: float

    def count(self, kind: Kind) -> int:
        """How many there are of a kind."""
        return sum(change.kind is kind for change in self.cracks)


def changes(before: Inspected, after: Inspected, alignment: Alignment) -> Changes:
    """Compare two inspections whose pictures lie over each other. Any thread; some tenths of a second.

    Raises:
        ValueError: the alignment has no homography.
    """
    if alignment.homography is None:
        raise ValueError("pictures that were not laid over each other cannot be compared")
    to_after = alignment.homography
    frame = _Frame.of(after)
    first, second = frame.side(before, to_after), frame.side(after, np.eye(3))
    map_px = max(first.map_px, second.map_px)
    spread = max(MAP_PIXELS * map_px, RMS_TIMES * alignment.rms_px * frame.scale)
    tolerance = max(1, round(BASE_TOLERANCE_PX + spread))
    agreed = frame.agreed(after, alignment, np.eye(3))
    common = _eroded(first.seen & second.seen, tolerance)
    both = common & _eroded(agreed, tolerance)
    found = [*_compared(first, second, both, tolerance)]
    found += _outside(second, both, common, only_first=False)
    # What only the first one shows may lie where the second has no pixels.
    own = _Frame.of(before)
    reverse = np.linalg.inv(to_after)
    first, second = own.side(before, np.eye(3)), own.side(after, reverse)
    common = _eroded(first.seen & second.seen, tolerance)
    elsewhere = common & _eroded(own.agreed(after, alignment, reverse), tolerance)
    outside = _outside(first, elsewhere, common, only_first=True)
    cracks = [*(frame.full(change) for change in found), *(own.full(change) for change in outside)]
    order = list(Kind)
    cracks.sort(key=lambda change: (order.index(change.kind), -change.length))
    return Changes(tuple(cracks), float(both.mean()), tolerance / frame.scale)


@dataclass(frozen=True, slots=True)
class _Frame:
    """Where two inspections are compared: a picture at a bounded size."""

    size: tuple[int, int]
    scale: float

    @classmethod
    def of(cls, found: Inspected) -> _Frame:
        scale = min(1.0, float(np.sqrt(WORKING_PIXELS / (found.width * found.height))))
        return cls((max(1, round(found.width * scale)), max(1, round(found.height * scale))), scale)

    def side(self, found: Inspected, to_picture: Homography) -> _Side:
        """An inspection here, given the homography from its picture to the frame's."""
        rows, columns = found.crack_map.shape
        way = resizing(self.scale, self.scale) @ to_picture @ map_to_picture(found.view, columns, rows)
        crack_map = cv2.warpPerspective(found.crack_map, way, self.size, flags=cv2.INTER_LINEAR)
        seen = cv2.warpPerspective(np.full((rows, columns), 255, np.uint8), way, self.size, flags=cv2.INTER_LINEAR)
        inside = (seen >= 128).astype(np.uint8)
        strong = (crack_map >= found.level).astype(np.uint8) & inside
        weak = (crack_map >= max(1.0, found.level * FAINT)).astype(np.uint8) & inside
        return _Side(inside, strong, weak, scale_at(np.array([columns / 2, rows / 2]), way))

    def agreed(self, after: Inspected, alignment: Alignment, to_picture: Homography) -> Mask:
        """Where the pictures agree, here, given the homography from the second picture to the frame's; 0 or 1."""
        if alignment.where is None:
            return np.ones(self.size[::-1], np.uint8)
        rows, columns = alignment.where.shape
        place = map_to_picture((0, 0, after.width, after.height), columns, rows)
        way = resizing(self.scale, self.scale) @ to_picture @ place
        laid = cv2.warpPerspective(alignment.where, way, self.size, flags=cv2.INTER_NEAREST)
        return np.asarray(laid > 0, np.uint8)

    def full(self, change: Change) -> Change:
        """A change in the frame's pixels, in those of the picture."""
        x, y, w, h = (side / self.scale for side in change.box)
        enlarge = np.linalg.inv(resizing(self.scale, self.scale))
        stretches = tuple(Stretch(each.kind, moved(each.course, enlarge)) for each in change.stretches)
        return Change(
            change.kind,
            (round(x), round(y), max(1, round(w)), max(1, round(h))),
            change.length_before / self.scale,
            change.length_after / self.scale,
            stretches,
            change.faint,
            change.part,
            change.only_first,
            change.astray,
        )


@dataclass(frozen=True, slots=True)
class _Side:
    """One inspection in the frame: (h, w) uint8, 0 or 1, of what it looked at, of its mask, and of that at half the
    threshold; and how many pixels of the frame one of its map covers."""

    seen: Mask
    strong: Mask
    weak: Mask
    map_px: float


@dataclass(frozen=True, slots=True)
class _Lines:
    """The middle lines of one inspection's cracks within a place; the stretches of them that the other one lacks, and
    those that are too short for that to be said."""

    line: Mask
    lacking: Mask
    doubtful: Mask

    def within(self, here: Mask, area: tuple[slice, slice]) -> _Lines:
        return _Lines(self.line[area] & here, self.lacking[area] & here, self.doubtful[area] & here)


def _compared(first: _Side, second: _Side, both: Mask, tolerance: int) -> Iterator[Change]:
    """What became of the cracks where both looked."""
    old = _lines(first.strong & both, second.weak, tolerance)
    new = _lines(second.strong & both, first.weak, tolerance)
    joined = _dilated((first.strong | second.strong) & both, tolerance)
    for here, area in _parts(joined):
        yield from _fate(old.within(here, area), new.within(here, area), area, tolerance)


def _lines(mask: Mask, other: Mask, tolerance: int) -> _Lines:
    line = thinned(mask)
    lacking = line & (1 - _dilated(other, tolerance))
    _, labels, boxes, _ = cv2.connectedComponentsWithStats(lacking, connectivity=8)
    long = boxes[:, cv2.CC_STAT_AREA] >= max(LEAST_LENGTH_PX, LEAST_TOLERANCES * tolerance)
    long[0] = False
    certain = long[labels].astype(np.uint8)
    return _Lines(line, certain, lacking & (1 - certain))


def _fate(old: _Lines, new: _Lines, area: tuple[slice, slice], tolerance: int) -> Iterator[Change]:
    """What became of the cracks of one place."""
    was, came = length_of(old.line), length_of(new.lacking)
    now, went = length_of(new.line), length_of(old.lacking)
    if max(was, now) < LEAST_LENGTH_PX:
        return
    if max(length_of(old.doubtful), length_of(new.doubtful)) > max(was, now) / 2:
        return
    kept = max(now - came, was - went)
    # Where a new crack begins beside what is faint, the tolerance alone makes some of it look old.
    blurred = LEAST_LENGTH_PX + 2 * tolerance
    known_before = kept >= (LEAST_LENGTH_PX if was >= LEAST_LENGTH_PX else blurred)
    known_after = kept >= (LEAST_LENGTH_PX if now >= LEAST_LENGTH_PX else blurred)
    if came and not known_before:
        yield _change(Kind.NEW, [(Kind.NEW, new.line)], area, 0.0, now)
    if went and not known_after:
        yield _change(Kind.REPAIRED, [(Kind.REPAIRED, old.line)], area, was, 0.0)
    if (came and not known_before) or (went and not known_after):
        return
    rest = new.line & (1 - new.lacking) if came else new.line
    if now < LEAST_LENGTH_PX:
        rest = old.line & (1 - old.lacking) if went else old.line
    parts = [(Kind.UNCHANGED, rest), *([(Kind.GROWN, new.lacking)] if came else [])]
    kind, faint = (Kind.GROWN if came else Kind.UNCHANGED), min(was, now) < LEAST_LENGTH_PX
    yield _change(kind, parts, area, kept + went, kept + came, faint=faint)
    if went:
        yield _change(Kind.REPAIRED, [(Kind.REPAIRED, old.lacking)], area, went, 0.0, part=True)


def _outside(side: _Side, both: Mask, common: Mask, *, only_first: bool) -> Iterator[Change]:
    """The cracks where the other one did not look, or the pictures do not agree."""
    line = thinned(side.strong)
    alone = line & (1 - both)
    for here, area in _parts(_dilated(side.strong, 2)):
        length, whole = length_of(alone[area] & here), length_of(line[area] & here)
        if length >= LEAST_LENGTH_PX:
            lengths = (length, 0.0) if only_first else (0.0, length)
            stretches = [(Kind.OUTSIDE, alone[area] & here)]
            part = whole - length >= LEAST_LENGTH_PX
            astray = length_of(alone[area] & here & common[area]) > length / 2
            yield _change(Kind.OUTSIDE, stretches, area, *lengths, part=part, only_first=only_first, astray=astray)


def _change(
    kind: Kind,
    lines: list[tuple[Kind, Mask]],
    area: tuple[slice, slice],
    before: float,
    after: float,
    *,
    faint: bool = False,
    part: bool = False,
    only_first: bool = False,
    astray: bool = False,
) -> Change:
    corner = np.array([area[1].start, area[0].start], np.float64)
    x, y, w, h = cv2.boundingRect(np.bitwise_or.reduce([line for _, line in lines]))
    box = (int(x + corner[0]), int(y + corner[1]), max(1, w), max(1, h))
    stretches = tuple(Stretch(of, course + corner) for of, line in lines for course in courses_of(line))
    return Change(kind, box, before, after, stretches, faint, part, only_first, astray)


def _parts(mask: Mask) -> Iterator[tuple[Mask, tuple[slice, slice]]]:
    """Each connected part of a mask within its box, and where that is."""
    count, labels, boxes, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    for number in range(1, count):
        x, y, w, h = (int(side) for side in boxes[number, :4])
        area = slice(y, y + h), slice(x, x + w)
        yield (labels[area] == number).astype(np.uint8), area


def _dilated(mask: Mask, radius: int) -> Mask:
    return np.asarray(cv2.dilate(mask, _disc(radius)), np.uint8)


def _eroded(mask: Mask, radius: int) -> Mask:
    """Beyond the frame nothing was seen."""
    return np.asarray(cv2.erode(mask, _disc(radius), borderValue=0), np.uint8)


def _disc(radius: int) -> Mask:
    side = 2 * radius + 1
    return np.asarray(cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (side, side)), np.uint8)
