"""What two loaded snapshots have in common, found out away from the GUI thread. No Qt; any thread."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from crackinspector.core.detection import Detection
from crackinspector.core.frame import WHOLE
from crackinspector.gui.review.decoding import pyramid
from crackinspector.gui.review.loaded import Loaded
from crackinspector.survey.reinspection.alignment import WORKING_PIXELS, Alignment, align
from crackinspector.survey.reinspection.changes import Changes, Inspected, changes
from crackinspector.survey.reinspection.homography import Homography, map_to_picture, resizing

MOST_LAID_PIXELS = 12_000_000
"""The earlier picture is laid over the later one at no more pixels than this."""


@dataclass(frozen=True, slots=True, eq=False)
class Compared:
    """Two snapshots laid over each other.

    Attributes:
        alignment: of the first over the second.
        changes: None if the alignment is not trusted, or nothing was found in one of them that could be compared.
        laid: the first as it looks in the place of the second, None if the alignment is not trusted.
    """

    alignment: Alignment
    changes: Changes | None
    laid: Loaded | None


def compared(
    first: Loaded,
    second: Loaded,
    detections: tuple[Detection | None, Detection | None],
    found: tuple[Inspected, Inspected] | None,
    alignment: Alignment | None = None,
) -> Compared:
    """Compare two snapshots; seconds.

    Args:
        first, second: the earlier and the later one.
        detections: of each, what is shown over it.
        found: of each, what is compared; None if that is not to be done.
        alignment: known already, such as one by hand.
    """
    sizes = [(each.row.width, each.row.height) for each in (first, second)]
    if alignment is None and first.row.id == second.row.id:
        alignment = Alignment(np.eye(3), True, overlap=1.0, agreeing=1.0)
    if alignment is None:
        alignment = align(_level(first.levels), _level(second.levels), *sizes)
    if not alignment.trusted or alignment.homography is None:
        return Compared(alignment, None, None)
    fates = changes(*found, alignment) if found is not None else None
    return Compared(alignment, fates, laid_over(first, second, detections[0], alignment.homography))


def laid_over(first: Loaded, second: Loaded, detection: Detection | None, homography: Homography) -> Loaded:
    """The first picture, and what was found in it, as they look in the place of the second."""
    target = next((level for level in second.levels if level.shape[0] * level.shape[1] <= MOST_LAID_PIXELS), None)
    height, width = (second.levels[-1] if target is None else target).shape[:2]
    shrink = resizing(width / second.row.width, height / second.row.height)
    source = _source_level(first.levels, first.row.width, homography, shrink)
    enlarge = np.linalg.inv(resizing(source.shape[1] / first.row.width, source.shape[0] / first.row.height))
    image = cv2.warpPerspective(source, shrink @ homography @ enlarge, (width, height), flags=cv2.INTER_LINEAR)
    found = None if detection is None else _laid_map(first, second, detection, homography)
    return dataclasses.replace(
        second, levels=pyramid(np.asarray(image, np.uint8)), detection=found, masks={}, notices=()
    )


def _laid_map(first: Loaded, second: Loaded, detection: Detection, homography: Homography) -> Detection:
    rows, columns = detection.crack_map.shape
    view = detection.view
    width, height = view.w * first.row.width, view.h * first.row.height
    place = map_to_picture((view.x * first.row.width, view.y * first.row.height, width, height), columns, rows)
    # As fine as the map is over its own picture, to which the other is not larger by more than a few times.
    across, down = max(1.0, width / columns), max(1.0, height / rows)
    size = max(1, round(second.row.width / across)), max(1, round(second.row.height / down))
    shrink = np.linalg.inv(map_to_picture((0, 0, second.row.width, second.row.height), *size))
    laid = cv2.warpPerspective(detection.crack_map, shrink @ homography @ place, size, flags=cv2.INTER_LINEAR)
    return dataclasses.replace(
        detection,
        view=WHOLE,
        width=second.row.width,
        height=second.row.height,
        regions=(),
        crack_map=np.asarray(laid, np.uint8),
    )


def _level(levels: Sequence[NDArray[np.uint8]]) -> NDArray[np.uint8]:
    """The smallest version with enough pixels to be laid over another picture."""
    return next((level for level in reversed(levels) if level.shape[0] * level.shape[1] >= WORKING_PIXELS), levels[0])


def _source_level(
    levels: Sequence[NDArray[np.uint8]], width: int, homography: Homography, shrink: NDArray[np.float64]
) -> NDArray[np.uint8]:
    """The version whose pixels are about as large as those that they become; a finer one would flicker."""
    area = abs(float(np.linalg.det((shrink @ homography)[:2, :2])))
    for level in reversed(levels):
        if level.shape[1] / width >= 0.8 * np.sqrt(area):
            return level
    return levels[0]
