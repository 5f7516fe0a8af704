"""What the comparison asks the library: earlier inspections, what was found in two snapshots. In its reading thread."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from crackinspector.core.detection import Detection
from crackinspector.core.errors import CrackInspectorError
from crackinspector.gui.review.decoding import read_detection
from crackinspector.library.events import Event
from crackinspector.library.inspections import inspection_before, of_same_element
from crackinspector.library.queries import Row, rows
from crackinspector.library.sidecar import Sidecar
from crackinspector.library.store import Library
from crackinspector.survey.reinspection.inspected import Subject, detections, subject

MOST_OFFERED = 60
"""Snapshots of one element that can be chosen, some of each inspection."""
MOST_TRIED = 8
"""Pictures of the earlier inspection that are tried for the one that shows most of the same place."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """One side: a snapshot's number, and the name of a detection's event; None: the newest."""

    number: int
    detection: str | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """What there is to one side.

    Attributes:
        row, sidecar: of the snapshot.
        models: detections that can be shown, one for each model, the newest first.
        detection: that which is shown; None: the newest, or there is none.
        subject: what can be compared; None if there is nothing.
        trouble: why it cannot, a sentence.
        offered: snapshots that can be chosen here, the newest first.
    """

    row: Row
    sidecar: Sidecar
    models: Sequence[Event]
    detection: Detection | None
    subject: Subject | None
    trouble: str
    offered: Sequence[Row]


def find_sides(library: Library, folder: Path, wanted: tuple[Wanted, Wanted]) -> list[Found | None]:
    """What there is to each side; None for a snapshot that is gone. Raises StorageError."""
    known = rows(library, [each.number for each in wanted])
    first, second = wanted
    if first == second and first.number in known:
        # One picture twice: what the newest model says beside what another said.
        models = detections(library.sidecar(known[first.number].id).events)
        wanted = (Wanted(first.number, models[1].id if len(models) > 1 else None), second)
    offered: dict[int, Row] = {}
    for row in known.values():
        offered |= rows(library, of_same_element(library, row.number, MOST_OFFERED)) | {row.number: row}
    choice = sorted(offered.values(), key=moment, reverse=True)
    return [
        _found(library, folder, known[each.number], each, choice) if each.number in known else None for each in wanted
    ]


def _found(library: Library, folder: Path, row: Row, wanted: Wanted, offered: Sequence[Row]) -> Found:
    sidecar = library.sidecar(row.id)
    models = detections(sidecar.events)
    shown, compared, trouble = None, None, ""
    chosen = next((event for event in models if event.id == wanted.detection), None)
    try:
        compared = subject(library, row.id, None if chosen is None else chosen.id)
        shown = None if chosen is None else read_detection(folder, chosen, sidecar.facts)
    except CrackInspectorError as error:
        trouble = str(error)
    return Found(row, sidecar, models, shown, compared, trouble, offered)


def earlier_inspections(library: Library, number: int) -> tuple[Row | None, list[Row]]:
    """A snapshot, and those of the inspection of its element before it, the likeliest first. Raises StorageError."""
    numbers = inspection_before(library, number, MOST_TRIED)
    known = rows(library, [number, *numbers])
    return known.get(number), [known[each] for each in numbers if each in known]


def in_order(library: Library, left: int, right: int) -> tuple[int, int]:
    """Two snapshots, the earlier first. Raises StorageError.

    One alone goes with itself where several models have looked, else with the inspection before if there is one.
    """
    known = rows(library, [left, right])
    if left not in known or right not in known:
        return left, right
    if left == right:
        earlier = earlier_inspections(library, left)[1]
        models = detections(library.sidecar(known[left].id).events)
        return (earlier[0].number if earlier and len(models) < 2 else left), right
    return (right, left) if moment(known[left]) > moment(known[right]) else (left, right)


def moment(row: Row) -> str:
    """When a snapshot was taken, else when it came into the library; sorts like time."""
    return row.taken or row.added
