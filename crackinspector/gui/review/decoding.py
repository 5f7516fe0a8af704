"""A snapshot's files decoded for the screen: picture, crack map, masks by hand. No Qt; any thread."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Mapping
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from crackinspector.core.detection import Detection, Region, Timings
from crackinspector.core.errors import PictureError
from crackinspector.core.frame import View
from crackinspector.core.labels import Label
from crackinspector.core.text import printable
from crackinspector.gui.review.loaded import Loaded
from crackinspector.library.events import Event
from crackinspector.library.facts import Facts
from crackinspector.library.kept_files import read_map
from crackinspector.library.queries import Row
from crackinspector.library.sidecar import Sidecar
from crackinspector.library.state import State
from crackinspector.sources.pictures import open_picture, upright

MOST_PIXELS = 60_000_000
"""Pictures with more pixels are shown reduced."""
_LEAST_LEVEL = 256
"""Longest side of the smallest level, at least half of this."""
_MOST_HASHED = 300_000_000
"""Bytes of a file that is still read twice to see whether it has changed; of others only the length is looked at."""
_STRIP_ROWS = 1024
_NO_MAP = np.zeros((1, 1), np.uint8)


def decode(folder: Path, row: Row, sidecar: Sidecar, state: State, most_pixels: int = MOST_PIXELS) -> Loaded:
    """Decode a snapshot.

    Args:
        folder: of the library.
        row, sidecar, state: of the snapshot.
        most_pixels: of the largest level; a larger picture is reduced to a half, a quarter ... of its sides.

    Raises:
        PictureError: the picture is gone, damaged, or not the one that was kept.
    """
    _check(row, sidecar.facts)
    levels = pyramid(_pixels(row.picture, sidecar.facts, most_pixels))
    return with_findings(folder, Loaded(row, sidecar, state, levels, None, {}))


def with_findings(folder: Path, loaded: Loaded) -> Loaded:
    """The same picture with what its state says was found; what is missing of it is told in `notices`."""
    state, facts = loaded.state, loaded.sidecar.facts
    notices: list[str] = []
    detection = None
    if state.detection is not None:
        try:
            detection = read_detection(folder, state.detection, facts)
        except PictureError as error:
            notices.append(str(error))
            detection = _detection(state.detection, facts, _NO_MAP)
    by_digest: dict[str, NDArray[np.uint8]] = {}
    for digest in {finding.mask for finding in state.findings if finding.mask is not None}:
        try:
            by_digest[digest] = read_map(folder, digest)
        except PictureError as error:
            notices.append(str(error))
    masks: Mapping[str, NDArray[np.uint8]] = {
        finding.key: by_digest[finding.mask] for finding in state.findings if finding.mask in by_digest
    }
    return Loaded(loaded.row, loaded.sidecar, state, loaded.levels, detection, masks, tuple(notices))


def read_detection(folder: Path, event: Event, facts: Facts) -> Detection:
    """What a model said of a picture, with its crack map; without one it is a single cell that is no crack.

    Args:
        folder: of the library.
        event: of the kind `detection`.
        facts: of the picture.

    Raises:
        PictureError: the map is gone or damaged.
    """
    digest = event.body.get("map")
    return _detection(event, facts, _NO_MAP if digest is None else read_map(folder, digest))


def _detection(event: Event, facts: Facts, crack_map: NDArray[np.uint8]) -> Detection:
    body, width, height = event.body, facts.width, facts.height
    x, y, w, h = (body["view"][side] for side in ("x", "y", "w", "h"))
    regions = tuple(
        Region(each["x"], each["y"], each["w"], each["h"], float(each["score"])) for each in body["regions"]
    )
    return Detection(
        frame_id=0,
        captured_at=0.0,
        view=View(x / width, y / height, w / width, h / height),
        width=w,
        height=h,
        label=Label(body["label"]),
        score=float(body["score"]),
        probabilities=body["probabilities"],
        regions=regions,
        crack_map=crack_map,
        threshold=float(body["threshold"]),
        model=body["model"]["name"],
        tiles=0,
        timings=Timings(0.0, 0.0, 0.0),
        model_sha256=body["model"]["sha256"],
    )


def pyramid(image: NDArray[np.uint8]) -> tuple[NDArray[np.uint8], ...]:
    """A picture (h, w, 3) and its halves, down to a side of a few hundred pixels."""
    levels = [image]
    while max(levels[-1].shape[:2]) > _LEAST_LEVEL:
        height, width = levels[-1].shape[:2]
        half = max(1, math.ceil(width / 2)), max(1, math.ceil(height / 2))
        levels.append(np.asarray(cv2.resize(levels[-1], half, interpolation=cv2.INTER_AREA), np.uint8))
    return tuple(levels)


def _check(row: Row, facts: Facts) -> None:
    """That the file is the one that was kept."""
    name = printable(row.name or row.picture.name)
    try:
        with row.picture.open("rb") as file:
            length = file.seek(0, 2)
            file.seek(0)
            same = length == facts.bytes
            if same and length <= _MOST_HASHED:
                same = hashlib.file_digest(file, "sha256").hexdigest() == facts.sha256
    except FileNotFoundError as error:
        raise PictureError(
            f"the picture {name} is gone from the library; restore {printable(row.picture)} from a backup"
        ) from error
    except OSError as error:
        raise PictureError(
            f"the picture {name} cannot be read: {error.strerror or error}; check {printable(row.picture)}"
        ) from error
    if not same:
        raise PictureError(
            f"the picture {name} has changed since it was kept; restore {printable(row.picture)} from a backup"
        )


def _pixels(path: Path, facts: Facts, most_pixels: int) -> NDArray[np.uint8]:
    picture = open_picture(path)
    factor = 1
    while facts.width * facts.height > most_pixels * factor**2:
        factor *= 2
    if factor == 1:
        return picture.pixels()
    width, height = (math.ceil(side / factor) for side in picture.stored_size)
    reduced = np.empty((height, width, 3), np.uint8)
    for y0, strip in picture.strips(max(1, _STRIP_ROWS // factor) * factor):
        size = width, math.ceil(len(strip) / factor)
        reduced[y0 // factor :][: size[1]] = cv2.resize(strip, size, interpolation=cv2.INTER_AREA)
    return upright(reduced, picture.orientation)
