"""Lays one picture of a wall over another: where each pixel of the one lies in the other, and whether that is sure.

Points that look alike (SIFT by Lowe 2004, as RootSIFT by Arandjelovic and Zisserman 2012) give a homography by MAGSAC++
(Barath et al. 2020). It counts as sure only if the pictures agree once they are laid over each other: patches all over
the common part must be most alike exactly there and nowhere around. By alike points alone, any two pictures of one
brick bond could be laid over each other.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from crackinspector.survey.reinspection.agreement import Agreement, agreement_of
from crackinspector.survey.reinspection.homography import (
    Homography,
    Size,
    area_of,
    corners,
    moved,
    oddity_of,
    overlap_outline,
    resizing,
    through_points,
)

WORKING_PIXELS = 700_000
"""Pictures are compared at no more pixels than this."""
MOST_POINTS = 4000
RATIO = 0.8
REACH_PX = 2.5
"""How far, in working pixels, a pair of points may miss the homography."""
LEAST_PAIRS = 10
LEAST_SHARE = 0.12
LEAST_SPREAD = 0.25
LEAST_OVERLAP = 0.15
LEAST_PATCHES = 8
LEAST_AGREEING = 0.4
LARGEST_ASTRAY = 0.25
"""Share of the patches that may miss in one connected area: where more do, the wall is no plane."""
HAND_RMS = 0.003
"""How exactly people point, as a share of the picture's longer side."""
LARGEST_RMS_PX = 2.5
"""Of the patches, in working pixels."""

Pairs = tuple[NDArray[np.float64], NDArray[np.float64]]


@dataclass(frozen=True, slots=True)
class Alignment:
    """How a picture lies over another, and how that was found out.

    Attributes:
        homography: (3, 3) float64; takes (x, y, 1) in the first picture's pixels to the second's; None if nothing was
            found that could be one.
        trusted: whether it can be relied on.
        by_hand: whether a person gave it.
        reasons: why it is not trusted, parts of a sentence; none if it is.
        rms_px: by how much it is off, in pixels of the second picture: by patches of the pictures, or by hand as
            exactly as people point.
        overlap: share of the second picture that the first covers, 0..1.
        pairs: how many pairs of alike points agree with it.
        share: of all pairs that were found, 0..1.
        spread: share of the overlap that those points surround, 0..1.
        patches: how many patches of the overlap had something to compare.
        agreeing: share of these that lie where they should, 0..1.
        where: (h, w) uint8 over the second picture at any size, not 0 where the pictures were seen to agree; None: that
            was not looked at, and is believed of all that they have in common.
    """

    homography: Homography | None
    trusted: bool
    by_hand: bool = False
    reasons: tuple[str, ...] = ()
    rms_px: float = 0.0
    overlap: float = 0.0
    pairs: int = 0
    share: float = 0.0
    spread: float = 0.0
    patches: int = 0
    agreeing: float = 0.0
    where: NDArray[np.uint8] | None = field(default=None, repr=False, compare=False)

    @property
    def sentence(self) -> str:
        """What a person is told if it is not trusted; empty if it is."""
        if self.trusted:
            return ""
        return f"the pictures cannot be laid over each other for certain: {self.reasons[0]}; compare them by eye"


def align(
    first: NDArray[np.uint8], second: NDArray[np.uint8], first_size: Size | None = None, second_size: Size | None = None
) -> Alignment:
    """Lay the first picture over the second; the same pictures give the same answer. Any thread; about a second.

    Args:
        first, second: (h, w, 3) uint8 BGR, upright; or smaller versions of pictures.
        first_size, second_size: width and height of those pictures; the answer is in their pixels.
    """
    before, before_scale = _working(first, first_size)
    after, after_scale = _working(second, second_size)
    pairs = _alike_points(before, after)
    if len(pairs[0]) < LEAST_PAIRS:
        return _nothing(f"too few points look alike ({len(pairs[0])})")
    found, inside = _homography(*pairs)
    if found is None or int(inside.sum()) < LEAST_PAIRS:
        return _nothing("the points that look alike contradict each other")
    fits = inside.ravel().astype(bool)
    sizes = (before.shape[1], before.shape[0]), (after.shape[1], after.shape[0])
    if (oddity := oddity_of(found, *sizes)) is not None:
        return _nothing(oddity)
    outline = overlap_outline(found, *sizes)
    common = area_of(outline)
    spread = _hull_area(pairs[1][fits]) / common
    agreement = agreement_of(before, after, found)
    # A picture of a detail lies within one of the whole: what counts is the share of the smaller one.
    smaller = min(sizes[1][0] * sizes[1][1], area_of(moved(corners(sizes[0]), found)))
    reasons = _doubts(float(fits.mean()), spread, common / smaller, agreement)
    whole = np.linalg.inv(resizing(*after_scale)) @ found @ resizing(*before_scale)
    return Alignment(
        homography=whole / whole[2, 2],
        trusted=not reasons,
        reasons=reasons,
        rms_px=agreement.rms_px / float(np.sqrt(after_scale[0] * after_scale[1])),
        overlap=common / (sizes[1][0] * sizes[1][1]),
        pairs=int(fits.sum()),
        share=float(fits.mean()),
        spread=spread,
        patches=agreement.patches,
        agreeing=agreement.agreeing,
        where=agreement.where,
    )


def _doubts(share: float, spread: float, overlap: float, agreement: Agreement) -> tuple[str, ...]:
    doubts = (
        (overlap < LEAST_OVERLAP, f"they have only {overlap:.0%} in common"),
        (share < LEAST_SHARE, f"only {share:.0%} of the points that look alike fit together"),
        (spread < LEAST_SPREAD, "the points that fit together all lie in one corner"),
        (agreement.patches < LEAST_PATCHES, "there is too little on the surface that could be compared"),
        (
            agreement.agreeing < LEAST_AGREEING,
            f"only {agreement.agreeing:.0%} of the surface looks the same in both, and nowhere else the same",
        ),
        (agreement.astray > LARGEST_ASTRAY, f"{agreement.astray:.0%} of the surface lies elsewhere or has changed"),
        (agreement.rms_px > LARGEST_RMS_PX, f"they would be off by {agreement.rms_px:.1f} px"),
    )
    return tuple(sentence for holds, sentence in doubts if holds)


def _nothing(reason: str) -> Alignment:
    return Alignment(None, False, reasons=(reason,))


def aligned_by_hand(
    first: Sequence[tuple[float, float]], second: Sequence[tuple[float, float]], first_size: Size, second_size: Size
) -> Alignment:
    """The alignment through four pairs of points that a person gave, in pixels; trusted unless no camera can see so.

    Args:
        first, second: four points of each picture, in the same order.
        first_size, second_size: width and height of the pictures.
    """
    found = through_points(first, second)
    if found is None or (oddity := oddity_of(found, first_size, second_size)) is not None:
        reason = "the four points do not fit together" if found is None else f"with these points {oddity}"
        return Alignment(None, False, True, (reason,))
    common = area_of(overlap_outline(found, first_size, second_size)) / (second_size[0] * second_size[1])
    # A finger on the screen is no more exact than that.
    return Alignment(found, True, True, rms_px=HAND_RMS * max(second_size), overlap=common, pairs=len(first))


def _working(image: NDArray[np.uint8], size: Size | None) -> tuple[NDArray[np.uint8], tuple[float, float]]:
    """The picture in grey at the working size, and how many of its pixels one of the picture is, across and down."""
    grey = np.asarray(cv2.cvtColor(image, cv2.COLOR_BGR2GRAY), np.uint8)
    height, width = grey.shape
    shrink = np.sqrt(WORKING_PIXELS / (width * height))
    if shrink < 1:
        small = max(1, round(width * shrink)), max(1, round(height * shrink))
        grey = np.asarray(cv2.resize(grey, small, interpolation=cv2.INTER_AREA), np.uint8)
    across, down = size or (width, height)
    return grey, (grey.shape[1] / across, grey.shape[0] / down)


def _alike_points(before: NDArray[np.uint8], after: NDArray[np.uint8]) -> Pairs:
    """(n, 2) points of each that are each other's nearest by far."""
    finder = cv2.SIFT.create(nfeatures=MOST_POINTS, contrastThreshold=0.015)
    keys, descriptions = zip(*(finder.detectAndCompute(each, None) for each in (before, after)), strict=True)
    if min(len(each) for each in keys) < 2:
        return np.zeros((0, 2)), np.zeros((0, 2))
    roots = [np.sqrt(each / np.maximum(each.sum(axis=1, keepdims=True), 1e-7)) for each in descriptions]
    there, back = _clear_matches(roots[0], roots[1]), _clear_matches(roots[1], roots[0])
    mutual = [(query, train) for query, train in there.items() if back.get(train) == query]
    # Several orientations of one point would count as several points.
    chosen = list({(*keys[0][i].pt, *keys[1][j].pt): (i, j) for i, j in mutual}.values())
    first = np.array([keys[0][i].pt for i, _ in chosen], np.float64).reshape(-1, 2)
    second = np.array([keys[1][j].pt for _, j in chosen], np.float64).reshape(-1, 2)
    return first, second


def _clear_matches(query: NDArray[np.float32], train: NDArray[np.float32]) -> dict[int, int]:
    matches = cv2.BFMatcher(cv2.NORM_L2).knnMatch(query, train, k=2)
    return {
        best.queryIdx: best.trainIdx
        for best, *rest in (match for match in matches if match)
        if rest and best.distance < RATIO * rest[0].distance
    }


def _homography(first: NDArray[np.float64], second: NDArray[np.float64]) -> tuple[Homography | None, NDArray[np.uint8]]:
    """The homography that most pairs agree with, None if there is none, and (n, 1) which do."""
    answer: tuple[Any, Any] = cv2.findHomography(
        first, second, cv2.USAC_MAGSAC, ransacReprojThreshold=REACH_PX, maxIters=10_000, confidence=0.9999
    )
    return (None, np.zeros((len(first), 1), np.uint8)) if answer[0] is None or answer[1] is None else answer


def _hull_area(points: NDArray[np.float64]) -> float:
    return area_of(np.asarray(cv2.convexHull(points.astype(np.float32)), np.float64).reshape(-1, 2))
