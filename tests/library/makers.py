"""Pictures, detections and small libraries, without a model."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from crackinspector.library.events import Draft, Kind
from crackinspector.library.facts import Facts, read_facts
from crackinspector.library.store import Change, Committed, Library


def jpeg(number: int) -> bytes:
    """A picture of its own for each number."""
    image = np.full((12, 16, 3), 128, np.uint8)
    image[:, :8] = (number % 251, number // 251 % 251, 7 * number % 251)
    image[:4, 8:] = (number // 3 % 251, 90, number * 3 % 251)
    return cv2.imencode(".png", image)[1].tobytes()


def png_map(number: int) -> bytes:
    """A crack map of its own for each number."""
    crack_map = np.zeros((6, 8), np.uint8)
    crack_map[2:4] = 130 + number % 120
    crack_map[0, :] = number // 120 % 100
    return cv2.imencode(".png", crack_map)[1].tobytes()


def detection(score: float = 0.9, label: str = "positive", crack_map: str | None = None) -> dict[str, Any]:
    """The body of a detection with one region if it is positive."""
    regions = [{"x": 0, "y": 4, "w": 16, "h": 4, "score": score}] if label == "positive" else []
    return {
        "label": label,
        "score": score,
        "probabilities": {"positive": score, "negative": 1 - score},
        "regions": regions,
        "threshold": 0.5,
        "model": {"name": "stand-in", "sha256": "cd" * 32},
        "view": {"x": 0, "y": 0, "w": 16, "h": 12},
        "map": crack_map,
    }


def drafts(number: int, crack_map: str | None = None, who: str = "ann") -> list[Draft]:
    """What happens to a picture that is imported."""
    positive = number % 2 == 0
    seen = detection(0.9 if positive else 0.1, "positive" if positive else "negative", crack_map)
    found = {
        "name": f"wall{number}.png",
        "source": f"camera {number % 3}",
        "taken": f"2026-11-{number % 28 + 1:02}T10:00:00",
    }
    return [Draft(Kind.IMPORT, who, found), Draft(Kind.DETECTION, who, seen)]


def change(library: Library, number: int, extra: Iterable[Draft] = ()) -> Change:
    """A picture with its map, staged."""
    content, crack_map = jpeg(number), png_map(number)
    digest, map_digest = (hashlib.sha256(data).hexdigest() for data in (content, crack_map))
    picture, map_file = library.run / f"{digest}.test.png", library.run / f"{map_digest}.test.png"
    picture.write_bytes(content)
    map_file.write_bytes(crack_map)
    made = [*drafts(number, map_digest), *extra]
    return Change(
        digest,
        lambda known: made if known is None else (),
        facts=read_facts(picture),
        picture=picture,
        maps={map_digest: map_file},
    )


def fill(library: Library, numbers: Iterable[int]) -> list[Committed]:
    """Add pictures; returns what came of them."""
    return library.commit([change(library, number) for number in numbers])


def add_detection(
    library: Library, identifier: str, body: Mapping[str, Any], crack_map: NDArray[np.uint8] | None, who: str
) -> Committed:
    """Keep what another model says of a snapshot, as `library analyze` does; `crack_map`: (h, w) over its view."""
    maps, digest = {}, None
    if crack_map is not None:
        content = cv2.imencode(".png", crack_map)[1].tobytes()
        digest = hashlib.sha256(content).hexdigest()
        maps[digest] = library.run / f"{digest}.test.png"
        maps[digest].write_bytes(content)
    draft = Draft(Kind.DETECTION, who, {**body, "map": digest})
    (committed,) = library.commit([Change(identifier, lambda known: [draft], maps=maps)])
    return committed


def files(folder: Path) -> dict[str, bytes]:
    """Everything that lies in a library besides its index and locks."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.startswith("library.") and path.name != "lock"
    }


def facts(number: int) -> Facts:
    """Facts of a picture that is nowhere."""
    return Facts(hashlib.sha256(str(number).encode()).hexdigest(), ".jpg", 1000 + number, 640, 480)
