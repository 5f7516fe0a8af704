"""What a snapshot's events add up to; the same for the same events, whatever order they came in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from crackinspector.core.labels import Label
from crackinspector.library.events import Event, Kind, Verdict
from crackinspector.library.facts import Facts

UNREVIEWED = "unreviewed"
LABELLED = "labelled "
"""How the tag begins that a picture from a folder named after a label gets."""


@dataclass(frozen=True, slots=True)
class Judged:
    """The verdict that holds.

    Attributes:
        verdict: one of `Verdict`, or `UNREVIEWED`.
        at, who, why: of it; empty if there is none.
        of: the label that was judged.
        event: its name.
    """

    verdict: str = UNREVIEWED
    at: str = ""
    who: str = ""
    why: str = ""
    of: str | None = None
    event: str | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """A crack, by the model or by hand.

    Attributes:
        key: the event that it stems from and its number there: what a verdict names.
        x, y, w, h, score: its box in pixels of the upright picture, and the model's score (1 by hand).
        by_hand: whether people alone say that it is there: they drew it, or corrected one of an earlier detection.
        judged: the verdict on it.
        mask: the sha256 of its mask by hand, if there is one: it was drawn, or the model's was corrected.
    """

    key: str
    x: int
    y: int
    w: int
    h: int
    score: float
    by_hand: bool
    judged: Judged
    mask: str | None = None

    @property
    def box(self) -> tuple[int, int, int, int]:
        """Left, top, width and height."""
        return self.x, self.y, self.w, self.h

    @property
    def vouched(self) -> bool:
        """Whether a person says that it is a crack: confirmed it, or drew it and nobody has judged that."""
        drawn = self.by_hand or self.mask is not None
        return self.judged.verdict == Verdict.CONFIRMED or (drawn and self.judged.verdict == UNREVIEWED)


@dataclass(frozen=True, slots=True)
class State:
    """A snapshot as it stands.

    Attributes:
        taken: when the picture was taken, by its EXIF or by who imported it, ISO 8601; None if nobody knows.
        added: when it first came into a library, UTC.
        name, source: what the picture was called, and where it came from.
        structure, element, inspection: empty where nobody said.
        detection: the newest one's event, None if no model has looked.
        findings: those of that detection as people corrected them, what they had corrected of earlier ones, and those
            drawn by hand.
        judged: the verdict on the snapshot as a whole.
        tags: sorted.
        note: the newest.
        binned: whether it is in the bin.
        latitude, longitude: in degrees, by its EXIF or by who imported it; None if nobody knows.
        replaced: boxes of that detection's findings that people corrected or erased: its map does not hold there.
    """

    taken: str | None
    added: str
    name: str
    source: str
    structure: str
    element: str
    inspection: str
    detection: Event | None
    findings: tuple[Finding, ...]
    judged: Judged
    tags: tuple[str, ...]
    note: str
    binned: bool
    latitude: float | None = None
    longitude: float | None = None
    replaced: tuple[tuple[int, int, int, int], ...] = ()

    @property
    def label(self) -> Label | None:
        """The model's."""
        return None if self.detection is None else Label(self.detection.body["label"])

    @property
    def truth(self) -> Label | None:
        """What people say that it shows: by verdict, else by the folder that it came from; None if they do not."""
        if self.judged.verdict != UNREVIEWED:
            return truth_of(self.judged)
        told = [tag.removeprefix(LABELLED) for tag in self.tags if tag.startswith(LABELLED)]
        return Label(told[0]) if len(told) == 1 and told[0] in set(Label) else None

    @property
    def holding(self) -> tuple[Finding, ...]:
        """The findings that count: rejected neither by themselves nor with the snapshot.

        A folder's name outweighs what a model found, not what a person drew or confirmed.
        """
        left = tuple(each for each in self.findings if each.judged.verdict != Verdict.REJECTED)
        if self.truth is not Label.NEGATIVE:
            return left
        return tuple(each for each in left if each.vouched) if self.judged.verdict == UNREVIEWED else ()


def truth_of(judged: Judged) -> Label | None:
    """What a verdict says that its snapshot shows; None if it does not."""
    if judged.of is None or judged.verdict not in (Verdict.CONFIRMED, Verdict.REJECTED):
        return None
    if judged.verdict == Verdict.CONFIRMED:
        return Label(judged.of)
    opposite = {Label.POSITIVE: Label.NEGATIVE, Label.NEGATIVE: Label.POSITIVE}
    return opposite.get(Label(judged.of))


def state_of(facts: Facts, events: Sequence[Event], detection: str | None = None) -> State:
    """The state after events that are in their order (`library.sidecar.united`).

    With `detection`, the name of an event, that detection counts in place of the newest.
    """
    newest: dict[str, Event] = {event.kind: event for event in events}
    newest |= {event.kind: event for event in events if event.id == detection}
    first = next((event for event in events if event.kind == Kind.IMPORT), None)
    tags: dict[str, bool] = {}
    binned = False
    for event in events:
        if event.kind in (Kind.TAG, Kind.UNTAG):
            tags[event.body["tag"].strip()] = event.kind == Kind.TAG
        elif event.kind in (Kind.BIN, Kind.RESTORE):
            binned = event.kind == Kind.BIN
    verdicts = _verdicts(events)
    corrections = _corrections(events)
    origin: Mapping[str, Any] = first.body if first is not None else {}
    where: Mapping[str, Any] = newest[Kind.PLACE].body if Kind.PLACE in newest else {}
    position = (facts.latitude, facts.longitude)
    if facts.latitude is None or facts.longitude is None:
        position = (origin.get("latitude"), origin.get("longitude"))
    return State(
        taken=facts.taken or origin.get("taken"),
        # Before the first import there may be a deletion.
        added=first.at if first is not None else events[0].at if events else "",
        name=origin.get("name", ""),
        source=origin.get("source", ""),
        structure=where.get("structure", ""),
        element=where.get("element", ""),
        inspection=where.get("inspection", ""),
        detection=newest.get(Kind.DETECTION),
        findings=tuple(_findings(newest.get(Kind.DETECTION), events, corrections, verdicts)),
        judged=verdicts.get(None, Judged()),
        tags=tuple(sorted(tag for tag, on in tags.items() if on)),
        note=newest[Kind.NOTE].body["text"] if Kind.NOTE in newest else "",
        binned=binned,
        latitude=position[0],
        longitude=position[1],
        replaced=tuple(box for key, box in _regions(newest.get(Kind.DETECTION)) if key in corrections),
    )


def _verdicts(events: Iterable[Event]) -> dict[str | None, Judged]:
    """The verdict that holds on the snapshot (None) and on each finding."""
    rows = [event for event in events if event.kind == Kind.VERDICT]
    undone = {event.body.get("undoes") for event in rows}
    return {
        event.body["finding"]: Judged(
            event.body["verdict"], event.at, event.who, event.body["why"], event.body.get("of"), event.id
        )
        for event in rows
        if event.body["verdict"] != Verdict.WITHDRAWN and event.id not in undone
    }


def _corrections(events: Iterable[Event]) -> dict[str, Event]:
    """Key of a finding -> what a person drew last in its place."""
    edits = (event for event in events if event.kind == Kind.EDIT)
    return {event.body["finding"]: event for event in edits if event.body["finding"] is not None}


def _regions(event: Event | None) -> Iterator[tuple[str, tuple[int, int, int, int]]]:
    """Key and box of each finding that stems from an event."""
    if event is None:
        return
    for number, region in enumerate(event.body["regions"]):
        yield f"{event.id}/{number}", (region["x"], region["y"], region["w"], region["h"])


def _findings(
    detection: Event | None,
    events: Iterable[Event],
    corrections: Mapping[str, Event],
    verdicts: Mapping[str | None, Judged],
) -> Iterator[Finding]:
    origins = [event for event in events if event.kind in (Kind.DETECTION, Kind.EDIT) and event is not detection]
    origins = [event for event in origins if event.kind == Kind.DETECTION or event.body["finding"] is None]
    # Those of the detection first, then what was corrected of earlier ones, then what was drawn.
    origins.sort(key=lambda event: event.kind != Kind.DETECTION)
    for event in [*([] if detection is None else [detection]), *origins]:
        drawn = event.kind == Kind.EDIT
        for (key, box), region in zip(_regions(event), event.body["regions"], strict=True):
            corrected = corrections.get(key)
            judged = verdicts.get(key, Judged())
            by_hand = event is not detection
            if corrected is None:
                if drawn or event is detection:
                    yield Finding(key, *box, float(region["score"]), by_hand, judged, event.body.get("mask"))
            # Where nothing is left of a finding, it was erased.
            elif corrected.body["mask"] is not None:
                box = next((each for _, each in _regions(corrected)), box)
                score = 1.0 if by_hand else float(region["score"])
                yield Finding(key, *box, score, by_hand, judged, corrected.body["mask"])


def maps_of(events: Iterable[Event]) -> set[str]:
    """The sha256 of every crack map and mask that the events speak of."""
    named = {event.body.get("map") for event in events if event.kind == Kind.DETECTION}
    named |= {event.body.get("mask") for event in events if event.kind == Kind.EDIT}
    return {digest for digest in named if digest is not None}
