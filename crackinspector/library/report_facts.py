"""What a report tells of a structure, gathered from a library: facts alone, nothing of how they look or are worded."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from crackinspector.core.errors import UsageError
from crackinspector.core.labels import Label
from crackinspector.core.natural import natural_key
from crackinspector.core.text import printable
from crackinspector.library.database import sentences
from crackinspector.library.events import Event, canonical
from crackinspector.library.exporting import Item, items
from crackinspector.library.index import utf8
from crackinspector.library.queries import Query, Row, places
from crackinspector.library.state import UNREVIEWED, Finding, State
from crackinspector.library.store import Library

_MOST_NAMED = 20


@dataclass(frozen=True, slots=True)
class Sized:
    """A finding with its measurements.

    Attributes:
        number: within its element, from 1.
        finding: as it stands.
        length_px, width_px, length_mm, width_mm: measured along and across it; None where nobody has measured.
    """

    number: int
    finding: Finding
    length_px: float | None = None
    width_px: float | None = None
    length_mm: float | None = None
    width_mm: float | None = None

    @property
    def extent(self) -> int:
        """The longer side of its box in pixels of the picture."""
        return max(self.finding.w, self.finding.h)

    @property
    def order(self) -> tuple[float, float]:
        """What findings are compared by: millimetres where there are some, else pixels."""
        return self.length_mm or 0.0, self.length_px or float(self.extent)


@dataclass(frozen=True, slots=True)
class Seen:
    """A snapshot.

    Attributes:
        number: within its element, from 1; 0 in the bin.
        row, state: as it stands.
        findings: all of them, the rejected ones included.
        missing: whether its picture is not on the disk.
    """

    number: int
    row: Row
    state: State
    findings: tuple[Sized, ...]
    missing: bool

    @property
    def counted(self) -> tuple[Sized, ...]:
        """The findings that count (`State.holding`)."""
        holding = {finding.key for finding in self.state.holding}
        return tuple(each for each in self.findings if each.finding.key in holding)

    @property
    def outcome(self) -> Label | None:
        """What a person's verdict says that it shows; None while there is none, or an unsure one."""
        return None if self.state.judged.verdict == UNREVIEWED else self.state.truth


@dataclass(frozen=True, slots=True)
class Element:
    """An element with its snapshots in order of time.

    Attributes:
        number: within the report, from 1.
        name: may be empty.
    """

    number: int
    name: str
    snapshots: tuple[Seen, ...]

    @property
    def verdicts(self) -> Mapping[str, int]:
        """Verdict -> snapshots."""
        return Counter(seen.state.judged.verdict for seen in self.snapshots)

    @property
    def cracked(self) -> int:
        """Snapshots that a person's verdict says show a crack."""
        return sum(seen.outcome is Label.POSITIVE for seen in self.snapshots)

    @property
    def counted(self) -> list[Sized]:
        """Findings that nobody has rejected."""
        return [each for seen in self.snapshots for each in seen.counted]

    @property
    def longest(self) -> Sized | None:
        """The longest of `counted`."""
        return max(self.counted, key=lambda each: each.order, default=None)


@dataclass(frozen=True, slots=True)
class ModelUse:
    """A model whose word holds for some of the snapshots."""

    name: str
    sha256: str
    snapshots: int


@dataclass(frozen=True, slots=True)
class Act:
    """A line of the audit trail: an event, and the snapshot that it happened to."""

    event: Event
    element: str
    name: str
    id: str


@dataclass(frozen=True, slots=True)
class ReportFacts:
    """All that a report is made of.

    Attributes:
        library: the name of its folder.
        fingerprint: 16 hexadecimal digits of the sha256 of all the rest but `library`: another state has another one.
        structure: may be empty.
        inspection: the one that is reported on, or None for all of them.
        inspections: those that snapshots belong to, in order of time; names may be empty.
        elements: with snapshots, in natural order.
        absent: elements of the structure without a snapshot in `inspection`, or in the newest of all.
        binned: snapshots in the bin, as element and name of the picture.
        deleted: snapshots of the whole library that were removed for good, nobody knows where from.
        models: by how many snapshots they looked at.
        people: who decided -> verdicts that hold on snapshots and findings.
        trail: every event, in order of time.
        first, last: when the pictures were taken, as ISO 8601; None if nobody knows.
    """

    library: str
    fingerprint: str
    structure: str
    inspection: str | None
    inspections: tuple[str, ...]
    elements: tuple[Element, ...]
    absent: tuple[str, ...]
    binned: tuple[tuple[str, str], ...]
    deleted: int
    models: tuple[ModelUse, ...]
    people: Mapping[str, int]
    trail: tuple[Act, ...]
    first: str | None
    last: str | None

    @property
    def snapshots(self) -> list[Seen]:
        """All snapshots."""
        return [seen for element in self.elements for seen in element.snapshots]

    @property
    def longest(self) -> tuple[Element, Sized] | None:
        """The longest finding of all that nobody has rejected, and its element."""
        each = [(element, found) for element in self.elements if (found := element.longest) is not None]
        return max(each, key=lambda pair: pair[1].order, default=None)


def gather(library: Library, structure: str, inspection: str | None = None) -> ReportFacts:
    """The facts of a structure, or of one inspection of it.

    Raises:
        UsageError: there is no such structure or inspection, or nothing of it outside the bin.
        StorageError: the library cannot be read.
    """
    known = places(library)
    _require(library, known, structure, inspection)
    kept = list(items(library, Query(structure=structure, inspection=inspection, descending=False)))
    binned = list(items(library, Query(structure=structure, inspection=inspection, binned=True, descending=False)))
    inspections = _in_time(kept)
    elements = tuple(
        _element(library, number, name, [item for item in kept if item.row.element == name])
        for number, name in enumerate(sorted({item.row.element for item in kept}, key=natural_key), 1)
    )
    asked = inspection if inspection is not None else inspections[-1]
    there = {name for where, name, when, _ in known if where == utf8(structure) and when == asked}
    absent = sorted({name for where, name, _, _ in known if where == utf8(structure)} - there, key=natural_key)
    trail = sorted(
        (
            Act(event, item.row.element, item.row.name, item.row.id)
            for item in kept + binned
            for event in item.sidecar.events
        ),
        key=lambda act: (*act.event.order, act.id),
    )
    times = sorted(item.row.taken for item in kept if item.row.taken is not None)
    facts = ReportFacts(
        library=library.folder.name,
        fingerprint="",
        structure=structure,
        inspection=inspection,
        inspections=inspections,
        elements=elements,
        absent=tuple(absent),
        binned=tuple((item.row.element, item.row.name) for item in binned),
        deleted=_deleted(library),
        models=_models(kept),
        people=_people(kept),
        trail=tuple(trail),
        first=times[0] if times else None,
        last=times[-1] if times else None,
    )
    return replace(facts, fingerprint=_fingerprint(facts))


def inspections_of(library: Library, structure: str) -> list[str]:
    """The inspections of a structure that have snapshots outside the bin, the newest first. Raises StorageError."""
    with sentences(library.folder):
        found = library.connection.execute(
            "SELECT i.name, max(coalesce(s.taken, s.added)) FROM snapshots s JOIN inspections i "
            "ON i.number = s.inspection JOIN elements e ON e.number = i.element JOIN structures t "
            "ON t.number = e.structure WHERE t.name = ? AND NOT s.binned GROUP BY i.name ORDER BY 2 DESC, 1",
            (utf8(structure),),
        ).fetchall()
    return [name for name, _ in found]


def _require(
    library: Library, known: Sequence[tuple[str, str, str, int]], structure: str, inspection: str | None
) -> None:
    folder = printable(library.folder)
    structures = sorted({where for where, *_ in known}, key=natural_key)
    if utf8(structure) not in structures:
        if not structures:
            raise UsageError(f"there is nothing to report: {folder} has no snapshots outside the bin")
        raise UsageError(
            f"{folder} has no snapshots of a structure {_quoted(structure)}; it has some of {_list(structures)}"
        )
    inspections = sorted({when for where, _, when, _ in known if where == utf8(structure)}, key=natural_key)
    if inspection is not None and utf8(inspection) not in inspections:
        raise UsageError(
            f"{_quoted(structure)} has no snapshots of an inspection {_quoted(inspection)}; it has some of "
            f"{_list(inspections)}"
        )


def _quoted(name: str) -> str:
    return f'"{printable(name)}"'


def _list(names: Sequence[str]) -> str:
    told = ", ".join(map(_quoted, names[:_MOST_NAMED]))
    return told if len(names) <= _MOST_NAMED else f"{told} and {len(names) - _MOST_NAMED} more"


def _in_time(kept: Iterable[Item]) -> tuple[str, ...]:
    newest: dict[str, str] = {}
    for item in kept:
        at = item.row.taken or item.row.added
        newest[item.row.inspection] = max(at, newest.get(item.row.inspection, ""))
    return tuple(sorted(newest, key=lambda name: (newest[name], name)))


def _element(library: Library, number: int, name: str, kept: Sequence[Item]) -> Element:
    """Snapshots and findings are numbered through."""
    snapshots: list[Seen] = []
    count = 0
    for place, item in enumerate(kept, 1):
        measured = _measured(library, item.row.number)
        findings = []
        for finding in item.state.findings:
            count += 1
            findings.append(Sized(count, finding, *measured.get(finding.key, (None,) * 4)))
        snapshots.append(Seen(place, item.row, item.state, tuple(findings), not item.row.picture.is_file()))
    return Element(number, name, tuple(snapshots))


def _measured(library: Library, snapshot: int) -> dict[str, tuple[float | None, ...]]:
    with sentences(library.folder):
        found = library.connection.execute(
            "SELECT key, length_px, width_px, length_mm, width_mm FROM findings WHERE snapshot = ?", (snapshot,)
        ).fetchall()
    return {key: tuple(values) for key, *values in found}


def _deleted(library: Library) -> int:
    with sentences(library.folder):
        return int(library.connection.execute("SELECT count(*) FROM deleted").fetchone()[0])


def _fingerprint(facts: ReportFacts) -> str:
    """Of all that facts tell; what is not here follows from the pictures and their events."""
    told = {
        "place": [facts.structure, facts.inspection, facts.inspections],
        "elements": [[element.name, [seen.row.id for seen in element.snapshots]] for element in facts.elements],
        "elsewhere": [facts.absent, facts.binned, facts.deleted],
        "missing": [seen.row.id for seen in facts.snapshots if seen.missing],
        "sizes": [
            [each.finding.key, each.length_px, each.width_px, each.length_mm, each.width_mm]
            for seen in facts.snapshots
            for each in seen.findings
        ],
        "trail": [[act.id, act.event.id] for act in facts.trail],
    }
    return hashlib.sha256(canonical(told).encode("ascii")).hexdigest()[:16]


def _models(kept: Iterable[Item]) -> tuple[ModelUse, ...]:
    seen = [item.state.detection.body["model"] for item in kept if item.state.detection is not None]
    count = Counter((str(model["name"]), str(model["sha256"])) for model in seen)
    return tuple(ModelUse(*model, times) for model, times in sorted(count.items(), key=lambda each: (-each[1], each)))


def _people(kept: Iterable[Item]) -> Mapping[str, int]:
    judged = [j for item in kept for j in (item.state.judged, *(finding.judged for finding in item.state.findings))]
    return Counter(each.who for each in sorted(judged, key=lambda j: j.at) if each.verdict != UNREVIEWED)
