"""A library with a few pictures of which each pixel is known, and snapshots of it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from crackinspector.gui.library.access import LibraryAccess
from crackinspector.gui.look import Look
from crackinspector.gui.review.decoding import decode
from crackinspector.gui.review.loaded import Loaded
from crackinspector.library import queries
from crackinspector.library.events import Draft, Kind
from crackinspector.library.facts import read_facts
from crackinspector.library.queries import Query, Sort
from crackinspector.library.state import state_of
from crackinspector.library.store import Change, Library

WIDTH, HEIGHT = 640, 480


def wall(number: int = 0, width: int = WIDTH, height: int = HEIGHT) -> NDArray[np.uint8]:
    """Blue grows to the right and green downwards; red is the picture's number."""
    image = np.zeros((height, width, 3), np.uint8)
    image[..., 0] = np.linspace(0, 250, width).astype(np.uint8)
    image[..., 1] = np.linspace(0, 250, height).astype(np.uint8)[:, None]
    image[..., 2] = 20 * number
    return image


def crack_map() -> NDArray[np.uint8]:
    """A bar at the left of the middle, of rising certainty, over the whole picture."""
    levels = np.zeros((48, 64), np.uint8)
    levels[20:28, 8:40] = np.linspace(100, 255, 32).astype(np.uint8)
    return levels


def detection(
    crack: bool = True, regions: Sequence[tuple[int, int, int, int]] = (), digest: str | None = None
) -> dict[str, Any]:
    """The body of a detection over the whole picture."""
    score = 0.9 if crack else 0.1
    return {
        "label": "positive" if crack else "negative",
        "score": score,
        "probabilities": {"positive": score, "negative": 1 - score},
        "regions": [{"x": x, "y": y, "w": w, "h": h, "score": score} for x, y, w, h in regions],
        "threshold": 0.5,
        "model": {"name": "stand-in", "sha256": "cd" * 32},
        "view": {"x": 0, "y": 0, "w": WIDTH, "h": HEIGHT},
        "map": digest,
    }


REGIONS = ((80, 200, 200, 80), (400, 60, 100, 60))


def add(library: Library, image: NDArray[np.uint8], name: str, body: dict[str, Any] | None) -> str:
    """Add a picture with what a model says of it; returns its name."""
    content = cv2.imencode(".png", image)[1].tobytes()
    digest = hashlib.sha256(content).hexdigest()
    picture = library.run / f"{digest}.test.png"
    picture.write_bytes(content)
    drafts = [Draft(Kind.IMPORT, "ann", {"name": name, "source": "test", "taken": None})]
    maps = {}
    if body is not None:
        map_content = cv2.imencode(".png", crack_map())[1].tobytes()
        map_digest = hashlib.sha256(map_content).hexdigest()
        maps[map_digest] = library.run / f"{map_digest}.test.png"
        maps[map_digest].write_bytes(map_content)
        drafts.append(Draft(Kind.DETECTION, "ann", {**body, "map": map_digest}))
    library.commit([Change(digest, lambda known: drafts, facts=read_facts(picture), picture=picture, maps=maps)])
    return digest


def fill(folder: Path, count: int = 5) -> None:
    """Pictures 0, 1, ... of which the even ones are said to show two cracks."""
    with Library(folder, create=True) as library:
        for number in range(count):
            cracked = number % 2 == 0
            add(library, wall(number), f"wall{number}.png", detection(cracked, REGIONS if cracked else ()))


def numbers_in(folder: Path) -> list[int]:
    """All snapshots in the order in which they were added."""
    with Library(folder, write=False) as library:
        return queries.ids(library, Query(sort=Sort.ADDED, descending=False))


def load(folder: Path, number: int) -> Loaded:
    """A snapshot, decoded here and now."""
    with Library(folder, write=False) as library:
        row = queries.rows(library, [number])[number]
        sidecar = library.sidecar(row.id)
    return decode(folder, row, sidecar, state_of(sidecar.facts, sidecar.events))


def pixels(widget: QWidget) -> NDArray[np.uint8]:
    """What a widget looks like, (h, w, 3) uint8 BGR."""
    image = widget.grab().toImage().convertToFormat(QImage.Format.Format_BGR888)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    return rows[:, : 3 * image.width()].reshape(image.height(), image.width(), 3).copy()


@dataclass
class Shelf:
    """A library on the disk and its open access."""

    folder: Path
    numbers: list[int]
    access: LibraryAccess


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    fill(tmp_path / "library")
    return tmp_path / "library"


@pytest.fixture
def shelf(folder: Path, look: Look, qtbot: QtBot) -> Iterator[Shelf]:
    access = LibraryAccess(folder, "ben")
    qtbot.waitUntil(lambda: access.state is not None)
    yield Shelf(folder, numbers_in(folder), access)
    assert access.close()
