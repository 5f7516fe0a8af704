"""A small library with verdicts of every kind, on generated walls."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

import cv2
import numpy as np

from crackinspector.library import events, verdicts
from crackinspector.library.events import Draft, Kind, Verdict
from crackinspector.library.facts import read_facts
from crackinspector.library.state import LABELLED, state_of
from crackinspector.library.store import Change, Library
from tests.training.conftest import SIDE, cracked, surface

WIDE = 640


def _add(library: Library, name: str, number: int, structure: str, positive: bool, side: int = 2 * SIDE) -> str:
    """A snapshot on which the model found two cracks, one above the other, or none; returns its name."""
    rng = np.random.default_rng(number)
    image = surface(rng, 100 + number % 90, side)
    image = cracked(rng, image)[0] if number % 2 else image
    content = cv2.imencode(".png", image)[1].tobytes()
    crack_map = np.zeros((side // 2, side // 2), np.uint8)
    regions = []
    if positive:
        for top in (side // 8, 3 * side // 8):
            crack_map[top : top + 2, side // 16 : side // 4] = 220
            box = {"x": side // 8 - 2, "y": 2 * top - 2, "w": 3 * side // 8 + 4, "h": 8}
            regions.append({**box, "score": 0.9 - top / 1000})
    map_content = cv2.imencode(".png", crack_map)[1].tobytes()
    digest, map_digest = (hashlib.sha256(data).hexdigest() for data in (content, map_content))
    picture, map_file = library.run / f"{digest}.new.png", library.run / f"{map_digest}.new.png"
    picture.write_bytes(content)
    map_file.write_bytes(map_content)
    detection = {
        "label": "positive" if positive else "negative",
        "score": 0.9 if positive else 0.1,
        "probabilities": {},
        "regions": regions,
        "threshold": 0.5,
        "model": {"name": "stand-in", "sha256": "cd" * 32},
        "view": {"x": 0, "y": 0, "w": side, "h": side},
        "map": map_digest,
    }
    taken = f"2026-11-{number % 28 + 1:02}T10:00:00"
    made = [
        Draft(Kind.IMPORT, "ann", {"name": name, "source": "camera", "taken": taken}),
        events.place("ann", structure, "pier", "2026"),
        Draft(Kind.DETECTION, "ann", detection),
    ]
    library.commit(
        [Change(digest, lambda known: made, facts=read_facts(picture), picture=picture, maps={map_digest: map_file})]
    )
    return digest


def fill(library: Library, structures: Sequence[str]) -> list[str]:
    """A snapshot on each of the structures, all positive by the model; nobody has decided on them."""
    return [_add(library, f"crack {n}.png", 2 * n + 1, structure, True) for n, structure in enumerate(structures)]


def make(folder: Path) -> Path:
    """Six structures with cracked and intact pictures, and one picture for each special case."""
    with Library(folder, create=True) as library:
        for number in range(14):
            name = _add(library, f"crack {number}.png", 2 * number + 1, f"bridge {number % 6}", True)
            verdicts.decide(library, [name], Verdict.CONFIRMED, "ann")
        for number in range(15):
            name = _add(library, f"intact {number}.png", 2 * number, f"bridge {number % 6}", False)
            verdicts.decide(library, [name], Verdict.CONFIRMED, "ann")
        special = {
            name: _add(
                library, f"{name}.png", 200 + 2 * number, f"bridge {number % 6}", True, WIDE if wide else 2 * SIDE
            )
            for number, (name, wide) in enumerate(
                [
                    ("rejected", True),
                    ("all findings rejected", True),
                    ("finding confirmed", False),
                    ("drawn", False),
                    ("undecided", False),
                    ("unsure", False),
                    ("binned", False),
                    ("withdrawn", False),
                    ("labelled negative", False),
                ]
            )
        }
        keys = {
            name: [finding.key for finding in state_of(sidecar.facts, sidecar.events).findings]
            for name, sidecar in ((name, library.sidecar(identifier)) for name, identifier in special.items())
        }

        def decide(name: str, decided: Verdict, finding: str | None = None) -> None:
            verdicts.decide(library, [special[name]], decided, "ann", finding=finding)

        decide("rejected", Verdict.REJECTED)
        for key in keys["all findings rejected"]:
            decide("all findings rejected", Verdict.REJECTED, key)
        decide("finding confirmed", Verdict.CONFIRMED, keys["finding confirmed"][0])
        decide("finding confirmed", Verdict.REJECTED, keys["finding confirmed"][1])
        for key in keys["drawn"]:
            decide("drawn", Verdict.REJECTED, key)
        mask = np.zeros((2 * SIDE, 2 * SIDE), np.uint8)
        mask[40:44, 20:60] = 255
        verdicts.draw(library, special["drawn"], mask, "ann")
        decide("unsure", Verdict.UNSURE)
        decide("binned", Verdict.CONFIRMED)
        verdicts.put_into_bin(library, [special["binned"]], "ann")
        decide("withdrawn", Verdict.CONFIRMED)
        verdicts.undo(library, special["withdrawn"], "ann")
        verdicts.tag(library, [special["labelled negative"]], f"{LABELLED}negative", "ann")
    return folder
