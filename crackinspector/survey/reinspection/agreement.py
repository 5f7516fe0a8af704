"""Whether two pictures that were laid over each other show the same surface there: patch by patch, by correlation.

A patch agrees if it is most alike at its place. It lies elsewhere if it is clearly more alike at another place, and one
beside it just as far away: it is on a part of the surface that does not lie in the plane, so that nothing can be said
about changes around it. What is alike nowhere, or everywhere, says nothing: it has changed, or repeats itself. There
its neighbours decide.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import Enum

import cv2
import numpy as np
from numpy.typing import NDArray

from crackinspector.survey.reinspection.homography import Homography, moved, overlap_outline, scale_at

PATCHES_ACROSS = 8
"""Patches along the side of a square as large as the common part."""
LEAST_PATCH_PX = 40
SEARCH = 0.17
"""How far around its place each patch is looked for, as a share of the longer side: beyond a brick's length."""
FINE_PX, COARSE_PX = 1.2, 7.0
"""Texture between these sizes is compared: finer is noise, coarser is light."""
LEAST_CONTRAST = 0.8
"""Grey levels; a patch with less texture says nothing."""
LEAST_LIKENESS = 0.3
SMALL_LIKENESS = 0.5
"""Of a patch of half the sides, which is more easily like something else by chance."""
MISS_PX = 4.0
CLEARANCE_PX = 8
RIVAL = 0.85
"""A patch that is nearly as much like another place is not sure of its own."""
REACH = 1.0
"""How far from an agreeing patch pictures are believed to lie right, in sides of a patch."""
CLEARANCE = 0.5
"""How much nearer than the next patch that lies elsewhere that one has to be, in sides of a patch."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """How well two pictures agree.

    Attributes:
        patches: how many had something to compare.
        agreeing: share of them that are most alike where they should be, and nowhere else nearly as much; 0..1.
        rms_px: how far these are from there, in pixels of the second picture; 0 if there are none.
        astray: share of the patches in the largest connected area of those that do not agree; 0..1.
        where: (h, w) uint8 over the second picture, 255 where the pictures lie over each other as they should, else 0.
    """

    patches: int
    agreeing: float
    rms_px: float
    astray: float
    where: NDArray[np.uint8]


def agreement_of(first: NDArray[np.uint8], second: NDArray[np.uint8], homography: Homography) -> Agreement:
    """Compare two grey pictures, (h, w) uint8, that a homography from the first to the second lays over each other."""
    outline = overlap_outline(homography, (first.shape[1], first.shape[0]), (second.shape[1], second.shape[0]))
    if not len(outline):
        return Agreement(0, 0.0, 0.0, 0.0, np.zeros_like(second))
    back = np.linalg.inv(homography)
    enlarged = scale_at(moved(outline, back).mean(axis=0), homography)
    if enlarged <= 1:
        return _agreement(first, second, homography, enlarged)
    # The finer picture is laid over the coarser one; nobody can make the coarser one finer.
    agreement = _agreement(second, first, back, 1 / enlarged)
    size = second.shape[1], second.shape[0]
    where = cv2.warpPerspective(agreement.where, homography, size, flags=cv2.INTER_NEAREST)
    return replace(agreement, rms_px=agreement.rms_px * enlarged, where=np.asarray(where, np.uint8))


def _agreement(first: NDArray[np.uint8], second: NDArray[np.uint8], homography: Homography, scale: float) -> Agreement:
    height, width = second.shape
    softened = cv2.GaussianBlur(first, (0, 0), 0.5 * np.sqrt(1 / scale**2 - 1)) if scale < 0.9 else first
    laid = np.asarray(cv2.warpPerspective(softened, homography, (width, height), flags=cv2.INTER_LINEAR), np.uint8)
    whole = cv2.warpPerspective(np.full_like(first, 255), homography, (width, height), flags=cv2.INTER_NEAREST)
    covered = np.asarray(cv2.erode(whole, np.ones((9, 9), np.uint8), borderValue=255), np.uint8)
    one, other = _texture(laid, covered), _texture(second, np.full_like(second, 255))
    return _compare(one, other, covered)


Part = tuple[slice, slice]
Texture = tuple[NDArray[np.float32], NDArray[np.float32]]


def _texture(grey: NDArray[np.uint8], covered: NDArray[np.uint8]) -> Texture:
    """Texture of unit contrast, and the contrast that it had; nothing where it is not covered."""
    values = grey.astype(np.float32)
    inside = (covered > 0).astype(np.float32)
    share = cv2.GaussianBlur(inside, (0, 0), COARSE_PX) + 1e-3
    light = cv2.GaussianBlur(values * inside, (0, 0), COARSE_PX) / share
    band = (cv2.GaussianBlur(values, (0, 0), FINE_PX) - light) * inside
    contrast = np.sqrt(cv2.GaussianBlur(band * band, (0, 0), 2 * COARSE_PX))
    return np.asarray(band / (contrast + LEAST_CONTRAST), np.float32), np.asarray(contrast, np.float32)


class _Word(Enum):
    """What a patch says of its place."""

    AGREES = 1
    NOTHING = 2
    ELSEWHERE = 3


@dataclass(frozen=True, slots=True)
class _Stray:
    """A patch that is more alike elsewhere: its corner, its side, and how far away that is, all in pixels."""

    x: int
    y: int
    side: int
    dx: float
    dy: float

    @property
    def here(self) -> Part:
        return slice(self.y, self.y + self.side), slice(self.x, self.x + self.side)

    def confirms(self, other: _Stray) -> bool:
        """Whether another patch beside it lies as far away: what has changed is like something else by chance alone."""
        gap = max(
            max(self.x, other.x) - min(self.x + self.side, other.x + other.side),
            max(self.y, other.y) - min(self.y + self.side, other.y + other.side),
        )
        together = np.hypot(self.dx - other.dx, self.dy - other.dy) <= 1.5 * MISS_PX
        return bool(together and 0 <= gap <= min(self.side, other.side))


def _compare(one: Texture, other: Texture, covered: NDArray[np.uint8]) -> Agreement:
    height, width = covered.shape
    side = max(LEAST_PATCH_PX, round(np.sqrt(np.count_nonzero(covered)) / PATCHES_ACROSS))
    reach = round(SEARCH * max(width, height))
    misses: list[float] = []
    missing = np.zeros((max(1, height // side), max(1, width // side)), np.uint8)
    patches = 0
    agree, elsewhere = np.zeros_like(covered), np.zeros_like(covered)
    strays: list[_Stray] = []
    for top in range(0, height - side + 1, side):
        for left in range(0, width - side + 1, side):
            here = slice(top, top + side), slice(left, left + side)
            if not _contrasty(one, other, covered, here):
                continue
            patches += 1
            x0, y0 = max(0, left - reach), max(0, top - reach)
            around = other[0][y0 : top + side + reach, x0 : left + side + reach]
            likeness = np.asarray(cv2.matchTemplate(around, one[0][here], cv2.TM_CCOEFF_NORMED), np.float32)
            word, dx, dy = _word(likeness, left - x0, top - y0)
            if word is _Word.AGREES:
                misses.append(float(np.hypot(dx, dy)))
                agree[here] = 255
                continue
            missing[top // side, left // side] = 1
            if word is _Word.ELSEWHERE:
                strays.append(_Stray(left, top, side, dx, dy))
    strays += _strays(one, other, covered, max(LEAST_PATCH_PX, side // 2))
    for stray in strays:
        if any(stray.confirms(each) for each in strays):
            agree[stray.here], elsewhere[stray.here] = 0, 255
    rms = float(np.sqrt(np.mean(np.square(misses)))) if misses else 0.0
    _, _, parts, _ = cv2.connectedComponentsWithStats(missing, connectivity=8)
    astray = max((int(part[cv2.CC_STAT_AREA]) for part in parts[1:]), default=0)
    where = _where(agree, elsewhere, side) & covered
    return Agreement(patches, len(misses) / max(1, patches), rms, astray / max(1, patches), where)


def _where(agree: NDArray[np.uint8], elsewhere: NDArray[np.uint8], side: int) -> NDArray[np.uint8]:
    """Where patches that agree speak for their surroundings, 255 or 0."""
    if not agree.any():
        return np.zeros_like(agree)
    near = cv2.distanceTransform(255 - agree, cv2.DIST_L2, 5)
    found = near <= REACH * side
    if elsewhere.any():
        found &= near + CLEARANCE * side <= cv2.distanceTransform(255 - elsewhere, cv2.DIST_L2, 5)
    return np.where(found, np.uint8(255), np.uint8(0))


def _word(likeness: NDArray[np.float32], x: int, y: int) -> tuple[_Word, float, float]:
    """What a patch says, and how far to the right and below its place it is most alike."""
    _, best, _, (peak_x, peak_y) = cv2.minMaxLoc(likeness)
    away = float(peak_x - x), float(peak_y - y)
    if best < LEAST_LIKENESS:
        return _Word.NOTHING, *away
    if np.hypot(*away) > MISS_PX:
        around = round(MISS_PX)
        home = likeness[max(0, y - around) : y + around + 1, max(0, x - around) : x + around + 1]
        return (_Word.ELSEWHERE if float(home.max()) < RIVAL * best else _Word.NOTHING), *away
    dx, dy = _between(likeness[peak_y, :], peak_x), _between(likeness[:, peak_x], peak_y)
    rest = likeness.copy()
    cv2.circle(rest, (peak_x, peak_y), CLEARANCE_PX, -1.0, cv2.FILLED)
    return (_Word.NOTHING if float(rest.max()) > RIVAL * best else _Word.AGREES), away[0] + dx, away[1] + dy


def _contrasty(one: Texture, other: Texture, covered: NDArray[np.uint8], here: Part) -> bool:
    """Whether both pictures have something to compare there."""
    contrast = min(np.median(one[1][here]), np.median(other[1][here]))
    return bool(covered[here].min() > 0 and contrast >= LEAST_CONTRAST)


def _strays(one: Texture, other: Texture, covered: NDArray[np.uint8], side: int) -> Iterator[_Stray]:
    """Small patches that lie elsewhere nearby: on an edge, or where no whole patch fits in."""
    height, width = covered.shape
    for y in (*range(0, height - side, side), height - side):
        for x in (*range(0, width - side, side), width - side):
            here = slice(y, y + side), slice(x, x + side)
            if not _contrasty(one, other, covered, here):
                continue
            y0, x0 = max(0, y - side), max(0, x - side)
            around = other[0][y0 : y + 2 * side, x0 : x + 2 * side]
            likeness = np.asarray(cv2.matchTemplate(around, one[0][here], cv2.TM_CCOEFF_NORMED), np.float32)
            word, dx, dy = _word(likeness, x - x0, y - y0)
            if word is _Word.ELSEWHERE and float(likeness.max()) >= SMALL_LIKENESS:
                yield _Stray(x, y, side, dx, dy)


def _between(values: NDArray[np.float32], peak: int) -> float:
    """Where between the pixels the peak lies: the top of the parabola through it and its neighbours, -0.5..0.5."""
    if not 0 < peak < len(values) - 1:
        return 0.0
    before, here, after = (float(value) for value in values[peak - 1 : peak + 2])
    bend = before - 2 * here + after
    return max(-0.5, min(0.5, 0.5 * (before - after) / bend)) if bend < 0 else 0.0
