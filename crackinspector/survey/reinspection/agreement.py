"""Whether two pictures that were laid over each other show the same surface there: patch by patch, by correlation."""

from __future__ import annotations

from dataclasses import dataclass

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
MISS_PX = 4.0
CLEARANCE_PX = 8
RIVAL = 0.85
"""A patch that is nearly as much like another place is not sure of its own."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """How well two pictures agree.

    Attributes:
        patches: how many had something to compare.
        agreeing: share of them that are most alike where they should be, and nowhere else nearly as much; 0..1.
        rms_px: how far these are from there, in pixels of the second picture; 0 if there are none.
    """

    patches: int
    agreeing: float
    rms_px: float


def agreement_of(first: NDArray[np.uint8], second: NDArray[np.uint8], homography: Homography) -> Agreement:
    """Compare two grey pictures, (h, w) uint8, that a homography from the first to the second lays over each other."""
    outline = overlap_outline(homography, (first.shape[1], first.shape[0]), (second.shape[1], second.shape[0]))
    if not len(outline):
        return Agreement(0, 0.0, 0.0)
    back = np.linalg.inv(homography)
    enlarged = scale_at(moved(outline, back).mean(axis=0), homography)
    if enlarged <= 1:
        return _agreement(first, second, homography, enlarged)
    # The finer picture is laid over the coarser one; nobody can make the coarser one finer.
    agreement = _agreement(second, first, back, 1 / enlarged)
    return Agreement(agreement.patches, agreement.agreeing, agreement.rms_px * enlarged)


def _agreement(first: NDArray[np.uint8], second: NDArray[np.uint8], homography: Homography, scale: float) -> Agreement:
    height, width = second.shape
    softened = cv2.GaussianBlur(first, (0, 0), 0.5 * np.sqrt(1 / scale**2 - 1)) if scale < 0.9 else first
    laid = np.asarray(cv2.warpPerspective(softened, homography, (width, height), flags=cv2.INTER_LINEAR), np.uint8)
    whole = cv2.warpPerspective(np.full_like(first, 255), homography, (width, height), flags=cv2.INTER_NEAREST)
    covered = np.asarray(cv2.erode(whole, np.ones((9, 9), np.uint8), borderValue=255), np.uint8)
    one, other = _texture(laid, covered), _texture(second, np.full_like(second, 255))
    return _compare(one, other, covered)


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


def _compare(one: Texture, other: Texture, covered: NDArray[np.uint8]) -> Agreement:
    height, width = covered.shape
    side = max(LEAST_PATCH_PX, round(np.sqrt(np.count_nonzero(covered)) / PATCHES_ACROSS))
    reach = round(SEARCH * max(width, height))
    patches, misses = 0, []
    for top in range(0, height - side + 1, side):
        for left in range(0, width - side + 1, side):
            here = slice(top, top + side), slice(left, left + side)
            if covered[here].min() == 0 or min(np.median(one[1][here]), np.median(other[1][here])) < LEAST_CONTRAST:
                continue
            patches += 1
            x0, y0 = max(0, left - reach), max(0, top - reach)
            around = other[0][y0 : top + side + reach, x0 : left + side + reach]
            likeness = np.asarray(cv2.matchTemplate(around, one[0][here], cv2.TM_CCOEFF_NORMED), np.float32)
            miss = _miss(likeness, left - x0, top - y0)
            if miss is not None:
                misses.append(miss)
    rms = float(np.sqrt(np.mean(np.square(misses)))) if misses else 0.0
    return Agreement(patches, len(misses) / max(1, patches), rms)


def _miss(likeness: NDArray[np.float32], x: int, y: int) -> float | None:
    """By how many pixels a patch is most alike beside its place; None if it is not alike, or elsewhere as well."""
    _, best, _, (peak_x, peak_y) = cv2.minMaxLoc(likeness)
    if best < LEAST_LIKENESS or np.hypot(peak_x - x, peak_y - y) > MISS_PX:
        return None
    dx, dy = _between(likeness[peak_y, :], peak_x), _between(likeness[:, peak_x], peak_y)
    rest = likeness.copy()
    cv2.circle(rest, (peak_x, peak_y), CLEARANCE_PX, -1.0, cv2.FILLED)
    if float(rest.max()) > RIVAL * best:
        return None
    return float(np.hypot(peak_x + dx - x, peak_y + dy - y))


def _between(values: NDArray[np.float32], peak: int) -> float:
    """Where between the pixels the peak lies: the top of the parabola through it and its neighbours, -0.5..0.5."""
    if not 0 < peak < len(values) - 1:
        return 0.0
    before, here, after = (float(value) for value in values[peak - 1 : peak + 2])
    bend = before - 2 * here + after
    return max(-0.5, min(0.5, 0.5 * (before - after) / bend)) if bend < 0 else 0.0
