"""Rows and libraries with pictures that can be told apart when they are small."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from crackinspector.library.events import Draft, Kind
from crackinspector.library.facts import read_facts
from crackinspector.library.queries import Query, Row, ids, rows
from crackinspector.library.store import Change, Library


def row(picture: Path, **values: Any) -> Row:
    """A row of a picture that is in no library."""
    given: dict[str, Any] = {
        **{"number": 1, "id": 64 * "a", "picture": picture, "map": None, "width": 16, "height": 12, "taken": None},
        **{"added": "2026-11-01T00:00:00Z", "name": "wall.png", "source": "", "structure": "", "element": ""},
        **{"inspection": "", "label": "positive", "score": 0.87, "model": "stand-in", "verdict": "unreviewed"},
        **{"verdict_at": "", "verdict_who": "", "truth": None, "findings": 2, "note": "", "latitude": None},
        "longitude": None,
    }
    return Row(**{**given, **values})


def with_map(
    folder: Path, image: NDArray[np.uint8], crack_map: NDArray[np.uint8], view: tuple[int, int, int, int]
) -> Row:
    """The row of a picture in a new library, whose model saw a part of it."""
    with Library(folder, create=True) as library:
        content, drawn = (cv2.imencode(".png", each)[1].tobytes() for each in (image, crack_map))
        names = [hashlib.sha256(each).hexdigest() for each in (content, drawn)]
        files = [library.run / f"{name}.x.png" for name in names]
        for file, each in zip(files, (content, drawn), strict=True):
            file.write_bytes(each)
        seen = {
            **{"label": "positive", "score": 0.9, "probabilities": {}, "regions": [], "threshold": 0.5},
            "model": {"name": "m", "sha256": "00"},
            "view": dict(zip(("x", "y", "w", "h"), view, strict=True)),
            "map": names[1],
        }
        drafts = [
            Draft(Kind.IMPORT, "ann", {"name": "p", "source": ""}),
            Draft(Kind.DETECTION, "ann", seen),
        ]
        change = Change(
            names[0], lambda known: drafts, facts=read_facts(files[0]), picture=files[0], maps={names[1]: files[1]}
        )
        library.commit([change])
        return next(iter(rows(library, ids(library, Query())).values()))
