"""What was found in a snapshot of the library, as people left it: without what they rejected, with what they drew."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from crackinspector.core.errors import StorageError
from crackinspector.core.labels import Label
from crackinspector.core.text import printable
from crackinspector.library.events import Event, Kind
from crackinspector.library.layout import map_path
from crackinspector.library.queries import Row, find, rows
from crackinspector.library.sidecar import Sidecar
from crackinspector.library.state import Finding, State, state_of
from crackinspector.library.store import Library
from crackinspector.survey.reinspection.changes import Inspected
from crackinspector.survey.reinspection.homography import map_to_picture

_BRIDGE_PX = 9
"""Parts of a mask closer than this in the picture are one finding's, as for the regions of a detection."""
_SLACK = 2
Box = tuple[int, int, int, int]
"""Left, top, width and height in pixels of the picture."""


@dataclass(frozen=True, slots=True)
class Subject:
    """A snapshot, and one of the detections that it has.

    Attributes:
        row: of the library's list.
        sidecar: its record.
        detection: the event that counts here.
        state: the snapshot's, with that detection in place of its newest.
        inspected: what was found.
    """

    row: Row
    sidecar: Sidecar
    detection: Event
    state: State
    inspected: Inspected


def detections(events: Sequence[Event]) -> list[Event]:
    """Those that have a crack map, the newest of each model, the newest first."""
    newest = {
        (event.body["model"]["name"], event.body["model"]["sha256"]): event
        for event in events
        if event.kind == Kind.DETECTION and event.body["map"] is not None
    }
    return sorted(newest.values(), key=lambda event: event.order, reverse=True)


def subject(library: Library, identifier: str, detection: str | None = None) -> Subject:
    """Read a snapshot's detection and its map; does not read the picture.

    Args:
        library: where it is.
        identifier: of the snapshot.
        detection: name of the detection's event; None: the newest.

    Raises:
        StorageError: there is no such snapshot, no model has looked at it, or its map cannot be read.
    """
    number = find(library, identifier)
    sidecar = library.sidecar(identifier)
    row = rows(library, [number]).get(number) if number is not None else None
    if row is None:
        raise StorageError(f"{printable(library.folder)} has no snapshot {printable(identifier)} any more; reload it")
    known = detections(sidecar.events) if detection is None else [e for e in sidecar.events if e.id == detection]
    if not known:
        name = printable(row.name or row.id[:12])
        raise StorageError(
            f"no model has looked at {name}, so its cracks cannot be compared; run a model over it first"
        )
    chosen = known[0]
    state = state_of(sidecar.facts, sidecar.events, chosen.id)
    crack_map = _read(library, chosen.body["map"])
    masks = {each.mask: _read(library, each.mask) for each in state.findings if each.mask is not None}
    return Subject(row, sidecar, chosen, state, inspected_of(row.width, row.height, state, chosen, crack_map, masks))


def _read(library: Library, digest: str) -> NDArray[np.uint8]:
    path = map_path(library.folder, digest)
    found = cv2.imread(str(path), cv2.IMREAD_GRAYSCALE)
    if found is None:
        raise StorageError(f"the crack map {printable(path)} cannot be read; `library check` tells what is damaged")
    return np.asarray(found, np.uint8)


def inspected_of(
    width: int,
    height: int,
    state: State,
    detection: Event,
    crack_map: NDArray[np.uint8],
    masks: Mapping[str, NDArray[np.uint8]],
) -> Inspected:
    """What was found, after what people said of it.

    Args:
        width, height: of the picture.
        state: the snapshot's, with this detection in place of its newest.
        detection: the event.
        crack_map: (h, w) uint8 over the detection's view.
        masks: sha256 -> (h, w) uint8 over the whole picture, by hand.
    """
    view = tuple(int(detection.body["view"][side]) for side in ("x", "y", "w", "h"))
    level = max(1, min(255, round(255 * detection.body["threshold"])))
    found = Inspected(width, height, crack_map, (view[0], view[1], view[2], view[3]), level)
    holding = state.holding
    drawn = [each for each in holding if each.mask in masks]
    if drawn and found.view != (0, 0, width, height):
        # Who draws has looked at the whole picture.
        found = _whole(found)
    seen = [each for each in state.findings if not each.by_hand and each.mask is None]
    gone = [*(each.box for each in seen if each not in holding), *state.replaced]
    kept = [each.box for each in seen if each in holding]
    result = found.crack_map.copy()
    if state.truth is Label.NEGATIVE:
        result[:] = 0
    elif gone:
        result[_nearer(found, gone, kept)] = 0
    for finding in drawn:
        assert finding.mask is not None
        result = np.maximum(result, _drawn(found, finding, masks[finding.mask]))
    return Inspected(width, height, result, found.view, level)


def _whole(found: Inspected) -> Inspected:
    """The map over the whole picture, nothing where the model did not look."""
    rows_px, columns = found.crack_map.shape
    across, down = columns / found.view[2], rows_px / found.view[3]
    size = max(1, round(found.width * across)), max(1, round(found.height * down))
    view = (0, 0, found.width, found.height)
    place = np.linalg.inv(map_to_picture(view, *size)) @ map_to_picture(found.view, columns, rows_px)
    crack_map = np.asarray(cv2.warpAffine(found.crack_map, place[:2], size), np.uint8)
    return Inspected(found.width, found.height, crack_map, view, found.level)


def _nearer(found: Inspected, gone: Sequence[Box], kept: Sequence[Box]) -> NDArray[np.bool_]:
    """The pixels of the map that belong to some findings rather than to the others, by their boxes' parts."""
    x, y, w, h = found.view
    height_px, columns = found.crack_map.shape
    across, down = columns / w, height_px / h
    mask = (found.crack_map >= found.level).astype(np.uint8)
    reach = max(1, round(_BRIDGE_PX * across)) | 1
    count, labels, parts, _ = cv2.connectedComponentsWithStats(
        cv2.dilate(mask, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (reach, reach))), connectivity=8
    )
    slack = _SLACK + reach // 2
    theirs = np.zeros(count, bool)
    for number in range(1, count):
        left, top, width, height = (int(side) for side in parts[number, :4])
        holders = [
            (box_w * box_h, stays)
            for boxes, stays in ((gone, False), (kept, True))
            for box_x, box_y, box_w, box_h in boxes
            if left + slack >= (box_x - x) * across
            and top + slack >= (box_y - y) * down
            and left + width - slack <= (box_x + box_w - x) * across
            and top + height - slack <= (box_y + box_h - y) * down
        ]
        # The tightest box around a part is its finding's.
        theirs[number] = bool(holders) and not min(holders)[1]
    taken = theirs[labels]
    left_over = (labels > 0) & ~taken
    if not taken.any() or not left_over.any():
        return np.asarray(taken if left_over.any() else np.full(taken.shape, taken.any()), np.bool_)
    to_taken, to_left = (cv2.distanceTransform((~part).astype(np.uint8), cv2.DIST_L2, 3) for part in (taken, left_over))
    return np.asarray(to_taken < to_left, np.bool_)


def _drawn(found: Inspected, finding: Finding, mask: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """A mask by hand on the map's pixels, 255 or 0."""
    rows_px, columns = found.crack_map.shape
    down, across = found.height / mask.shape[0], found.width / mask.shape[1]
    whole = map_to_picture((0, 0, found.width, found.height), mask.shape[1], mask.shape[0])
    way = np.linalg.inv(map_to_picture(found.view, columns, rows_px)) @ whole
    own = mask
    if finding.by_hand:
        # One drawing may hold several findings, of which some were rejected.
        own = np.zeros_like(mask)
        part = (
            slice(int(finding.y / down), int(np.ceil((finding.y + finding.h) / down))),
            slice(int(finding.x / across), int(np.ceil((finding.x + finding.w) / across))),
        )
        own[part] = mask[part]
    # A thin stroke must not fall between the map's pixels, nor move.
    thick = max(1, int(np.ceil(max(found.view[2] / columns / across, found.view[3] / rows_px / down)))) | 1
    broad = cv2.dilate(own, np.ones((thick, thick), np.uint8))
    laid = cv2.warpAffine(broad, way[:2], (columns, rows_px), flags=cv2.INTER_LINEAR)
    return np.where(laid >= 128, np.uint8(255), np.uint8(0))
