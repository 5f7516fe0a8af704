"""A library with inspections of one wall in different years, of which it is known what has become of each crack."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from crackinspector.library import events
from crackinspector.library.events import Draft, Kind
from crackinspector.library.facts import read_facts
from crackinspector.library.store import Change, Library
from crackinspector.sources.cracks import Crack, coverage, mask_of, paint
from crackinspector.sources.demo_wall import SurfaceName, demo_wall
from crackinspector.survey.reinspection.homography import Homography
from tests.survey.reinspection.walls import camera, picture

WALL = (1000, 700)
SIZE = (640, 360)


@dataclass(frozen=True)
class Shot:
    """A picture of the wall.

    Attributes:
        image: (h, w, 3) uint8 BGR.
        crack_map: (h / 2, w / 2) uint8: what a model that is never wrong says.
        where: from the wall's pixels to the picture's.
    """

    image: NDArray[np.uint8]
    crack_map: NDArray[np.uint8]
    where: Homography


def line(*points: tuple[float, float], width: float = 5.0) -> Crack:
    """A crack of one width through these points of the wall."""
    at = np.linspace(0, len(points) - 1, 40 * len(points))
    course = np.stack([np.interp(at, range(len(points)), axis) for axis in zip(*points, strict=True)], axis=1)
    course += np.random.default_rng(3).normal(0, 0.8, course.shape)
    return Crack(course, np.full(len(course), width))


UNCHANGED = line((250, 250), (330, 300), (420, 290))
SHORT, LONG = line((500, 230), (560, 330)), line((500, 230), (560, 330), (610, 460))
REPAIRED = line((300, 420), (420, 470))
NEW = line((680, 260), (720, 350), (700, 440))


def shots(
    before: list[Crack] | None = None,
    after: list[Crack] | None = None,
    surface: SurfaceName = "plaster",
    size: tuple[int, int] = SIZE,
) -> tuple[Shot, Shot]:
    """Two pictures of one wall from two places in two lights; by default with one crack of each fate."""
    cracks = (
        [UNCHANGED, SHORT, REPAIRED] if before is None else before,
        [UNCHANGED, LONG, NEW] if after is None else after,
    )
    wall = demo_wall(3, *WALL, 0, surface).image
    poses = ({"tilt": 12.0, "turn": -3.0, "scale": 0.9}, {"tilt": 15.0, "turn": 4.0, "scale": 1.0})
    found = []
    for number, (lines, pose) in enumerate(zip(cracks, poses, strict=True)):
        rng = np.random.default_rng(number + 1)
        pose = {**pose, "scale": pose["scale"] * size[0] / SIZE[0]}
        where = camera(WALL, rng, size=size, shift=(0.02 * number, 0.0), **pose)
        cracked = paint(wall, coverage(lines, (WALL[1], WALL[0])), 0.8, 0.5, rng) if lines else wall
        mask = mask_of(lines, (WALL[1], WALL[0]), 1.5)
        seen = cv2.warpPerspective(mask, where, size, flags=cv2.INTER_LINEAR)
        half = cv2.resize(seen, (size[0] // 2, size[1] // 2), interpolation=cv2.INTER_AREA)
        found.append(Shot(picture(cracked, where, rng, size=size), np.asarray(half, np.uint8), where))
    return found[0], found[1]


def keep(
    library: Library,
    image: NDArray[np.uint8],
    crack_map: NDArray[np.uint8] | None,
    inspection: str,
    taken: str | None,
    *,
    element: str = "pier 3",
    model: str = "stand-in",
) -> str:
    """Put a picture and what was found in it into a library; the snapshot's name."""
    content = cv2.imencode(".png", image)[1].tobytes()
    identifier = hashlib.sha256(content).hexdigest()
    staged = library.run / f"{identifier}.test.png"
    staged.write_bytes(content)
    name = f"{element} {inspection}.png"
    drafts = [
        Draft(Kind.IMPORT, "ann", {"name": name, "source": "camera", "taken": taken}),
        events.place("ann", "Bridge 7", element, inspection),
    ]
    maps: dict[str, Path] = {}
    if crack_map is not None:
        map_content = cv2.imencode(".png", crack_map)[1].tobytes()
        digest = hashlib.sha256(map_content).hexdigest()
        maps[digest] = library.run / f"{digest}.test.png"
        maps[digest].write_bytes(map_content)
        drafts.append(Draft(Kind.DETECTION, "ann", detection_body(image, crack_map, digest, model)))
    library.commit(
        [
            Change(
                identifier,
                lambda known: drafts if known is None else (),
                facts=read_facts(staged),
                picture=staged,
                maps=maps,
            )
        ]
    )
    return identifier


def detection_body(
    image: NDArray[np.uint8], crack_map: NDArray[np.uint8], digest: str | None, model: str = "stand-in"
) -> dict[str, object]:
    """The body of a detection with a region for each connected part of the map."""
    height, width = image.shape[:2]
    across, down = width / crack_map.shape[1], height / crack_map.shape[0]
    count, _, boxes, _ = cv2.connectedComponentsWithStats((crack_map >= 128).astype(np.uint8), connectivity=8)
    regions = [
        {
            "x": int(x * across),
            "y": int(y * down),
            "w": max(1, round(w * across)),
            "h": max(1, round(h * down)),
            "score": 0.9,
        }
        for x, y, w, h, _ in boxes[1:count].tolist()
    ]
    return {
        "label": "positive" if regions else "negative",
        "score": 0.9 if regions else 0.1,
        "probabilities": {"positive": 0.9, "negative": 0.1},
        "regions": regions,
        "threshold": 0.5,
        "model": {"name": model, "sha256": hashlib.sha256(model.encode()).hexdigest()},
        "view": {"x": 0, "y": 0, "w": width, "h": height},
        "map": digest,
    }


def two_inspections(folder: Path, **wanted: object) -> tuple[str, str]:
    """Make a library with two inspections of one element; the names of the earlier and the later snapshot."""
    first, second = shots(**wanted)  # type: ignore[arg-type]
    with Library(folder, create=True) as library:
        return (
            keep(library, first.image, first.crack_map, "2025 spring", "2025-04-02T10:00:00"),
            keep(library, second.image, second.crack_map, "2026 autumn", "2026-11-21T10:00:00"),
        )
