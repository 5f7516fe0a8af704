"""A library of a bridge: two piers that were inspected, an abutment that was not, verdicts, a bin, a missing file."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path

import cv2
import numpy as np
import pytest
from PySide6.QtWidgets import QApplication

from crackinspector.gui.report.brief import Brief, Options
from crackinspector.gui.report.document import Document
from crackinspector.library import events, verdicts
from crackinspector.library.events import Draft, Kind, Verdict
from crackinspector.library.facts import read_facts
from crackinspector.library.report_facts import ReportFacts, gather
from crackinspector.library.store import Change, Library
from tests.library.makers import detection

WIDTH, HEIGHT = 640, 480
Compose = Callable[..., Document]


def add(
    library: Library,
    number: int,
    element: str,
    inspection: str = "2026",
    regions: Sequence[tuple[int, int, int, int]] | None = (),
    size: tuple[int, int] = (WIDTH, HEIGHT),
    extra: Sequence[Draft] = (),
    again: str | None = None,
) -> str:
    """A picture with its map, which is a bar across the middle; `regions` None: no model has looked at it."""
    width, height = size
    image = np.full((height, width, 3), 150 + number % 60, np.uint8)
    image[:: 7 + number] = 90
    crack_map = np.zeros((height // 4, width // 4), np.uint8)
    crack_map[height // 8 - 3 : height // 8 + 3] = 255
    contents = cv2.imencode(".jpg", image)[1].tobytes(), cv2.imencode(".png", crack_map)[1].tobytes()
    digests = [hashlib.sha256(content).hexdigest() for content in contents]
    paths = [library.run / f"{digest}.test" for digest in digests]
    for path, content in zip(paths, contents, strict=True):
        path.write_bytes(content)
    found = {"name": f"wall{number}.jpg", "source": "camera", "taken": f"2026-11-{number % 28 + 1:02}T10:00:00"}
    drafts = [Draft(Kind.IMPORT, "ann", found), events.place("ann", "Bridge 3", element, inspection)]
    if regions is not None:
        seen = detection(0.9, "positive" if regions else "negative", digests[1])
        seen |= {"view": {"x": 0, "y": 0, "w": width, "h": height}}
        seen["regions"] = [{"x": x, "y": y, "w": w, "h": h, "score": 0.8} for x, y, w, h in regions]
        drafts.append(Draft(Kind.DETECTION, "ann", seen))
    drafts += extra
    facts, maps = read_facts(paths[0]), {digests[1]: paths[1]}
    library.commit([Change(digests[0], lambda known: drafts, facts=facts, picture=paths[0], maps=maps, again=again)])
    return digests[0]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The library."""
    path = tmp_path / "library"
    with Library(path, create=True) as library:
        cracked = add(library, 1, "Pier 2", regions=[(10, 20, 400, 60), (30, 300, 50, 40)])
        doubtful = add(library, 2, "Pier 2", regions=[(100, 100, 90, 80)])
        clean = add(library, 3, "Pier 10", regions=[])
        add(library, 4, "Pier 10", regions=None)
        gone = add(library, 5, "Pier 10", regions=[(0, 0, 20, 200)])
        binned = add(library, 6, "Pier 10", regions=[])
        add(library, 7, "Abutment", inspection="2020", regions=[])
        verdicts.decide(library, [cracked], Verdict.CONFIRMED, "Ann Kim", why="wet at its foot")
        first = verdicts.history(library, cracked)[2]
        verdicts.decide(library, [cracked], Verdict.REJECTED, "박지훈", finding=f"{first.id}/1", why="a shadow")
        verdicts.decide(library, [doubtful], Verdict.UNSURE, "Ann Kim")
        verdicts.decide(library, [clean], Verdict.CONFIRMED, "Ann Kim")
        verdicts.note(library, cracked, "Look again in spring.", "Ann Kim")
        verdicts.put_into_bin(library, [binned], "Ann Kim")
    next((path / "pictures").rglob(f"{gone}*")).unlink()
    return path


@pytest.fixture
def facts(folder: Path) -> ReportFacts:
    with Library(folder, write=False) as library:
        return gather(library, "Bridge 3", "2026")


@pytest.fixture
def compose(folder: Path, qapp: QApplication) -> Compose:
    """A document with these options; `inspection` and `cards` besides."""

    def make(inspection: str | None = "2026", cards: object = None, **options: object) -> Document:
        with Library(folder, write=False) as library:
            found = gather(library, "Bridge 3", inspection)
        wanted = Options("2026-11-21", **options)  # type: ignore[arg-type]
        return Document(Brief.of(found, wanted, folder, cards or {}))  # type: ignore[arg-type]

    return make
