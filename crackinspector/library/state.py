"""What a snapshot's events add up to; the same for the same events, whatever order they came in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
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
        by_hand: whether a person drew it.
        judged: the verdict on it.
        mask: the sha256 of its mask by hand, if there is one.
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


@dataclass(frozen=True, slots=True)
class State:
    """A snapshot as it stands.

    Attributes:
        taken: when the picture was taken, by its EXIF or by who imported it, ISO 8601; None if nobody knows.
        added: when it first came into a library, UTC.
        name, source: what the picture was called, and where it came from.
        structure, element, inspection: empty where nobody said.
        detection: the newest one's event, None if no model has looked.
        findings: those of that detection, and those drawn by hand.
        judged: the verdict on the snapshot as a whole.
        tags: sorted.
        note: the newest.
        binned: whether it is in the bin.
        latitude, longitude: in degrees, by its EXIF or by who imported it; None if nobody knows.
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


def truth_of(judged: Judged) -> Label | None:
    """What a verdict says that its snapshot shows; None if it does not."""
    if judged.of is None or judged.verdict not in (Verdict.CONFIRMED, Verdict.REJECTED):
        return None
    if judged.verdict == Verdict.CONFIRMED:
        return Label(judged.of)
    opposite = {Label.POSITIVE: Label.NEGATIVE, Label.NEGATIVE: Label.POSITIVE}
    return opposite.get(Label(judged.of))


def state_of(facts: Facts, events: Sequence[Event]) -> State:
    """The state after events that are in their order (`library.sidecar.united`)."""
    newest: dict[str, Event] = {event.kind: event for event in events}
    first = next((event for event in events if event.kind == Kind.IMPORT), None)
    tags: dict[str, bool] = {}
    binned = False
    for event in events:
        if event.kind in (Kind.TAG, Kind.UNTAG):
            tags[event.body["tag"].strip()] = event.kind == Kind.TAG
        elif event.kind in (Kind.BIN, Kind.RESTORE):
            binned = event.kind == Kind.BIN
    verdicts = _verdicts(events)
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
        findings=tuple(_findings(newest.get(Kind.DETECTION), events, verdicts)),
        judged=verdicts.get(None, Judged()),
        tags=tuple(sorted(tag for tag, on in tags.items() if on)),
        note=newest[Kind.NOTE].body["text"] if Kind.NOTE in newest else "",
        binned=binned,
        latitude=position[0],
        longitude=position[1],
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


def _findings(
    detection: Event | None, events: Iterable[Event], verdicts: Mapping[str | None, Judged]
) -> Iterable[Finding]:
    edits = [event for event in events if event.kind == Kind.EDIT]
    masks = {event.body["finding"]: event.body["mask"] for event in edits if event.body["finding"] is not None}
    drawn = [event for event in edits if event.body["finding"] is None]
    for event in [*([] if detection is None else [detection]), *drawn]:
        for number, region in enumerate(event.body["regions"]):
            key = f"{event.id}/{number}"
            box = (region["x"], region["y"], region["w"], region["h"])
            by_hand = event.kind == Kind.EDIT
            mask = masks.get(key, event.body["mask"] if by_hand else None)
            yield Finding(key, *box, float(region["score"]), by_hand, verdicts.get(key, Judged()), mask)


def maps_of(events: Iterable[Event]) -> set[str]:
    """The sha256 of every crack map and mask that the events speak of."""
    named = {event.body.get("map") for event in events if event.kind == Kind.DETECTION}
    named |= {event.body.get("mask") for event in events if event.kind == Kind.EDIT}
    return {digest for digest in named if digest is not None}
