from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crackinspector.core.labels import Label
from crackinspector.library import events
from crackinspector.library.events import Draft, Event, Kind, Verdict, moment_after
from crackinspector.library.sidecar import MAX_BYTES, Sidecar, parse_sidecar, united
from crackinspector.library.state import UNREVIEWED, state_of
from tests.library import makers

DECIDED = st.sampled_from([Verdict.CONFIRMED, Verdict.REJECTED, Verdict.UNSURE])
FACTS = makers.facts(1)


def histories(decisions: list[Verdict | None]) -> tuple[Event, ...]:
    """A history in which None undoes the verdict that holds."""
    made: list[Event] = []
    for decided in decisions:
        judged = state_of(FACTS, made).judged
        if decided is not None:
            draft = events.verdict("ann", decided, of=Label.POSITIVE)
        elif judged.event is not None:
            draft = events.verdict("bob", Verdict.WITHDRAWN, of=None, undoes=judged.event)
        else:
            continue
        made.append(Event.of(draft, moment_after(made[-1].at if made else None)))
    return tuple(made)


@given(st.lists(st.one_of(st.none(), DECIDED), max_size=12))
def test_an_undo_brings_back_the_verdict_before(decisions: list[Verdict | None]) -> None:
    stack: list[Verdict] = []
    for decided in decisions:
        if decided is not None:
            stack.append(decided)
        elif stack:
            stack.pop()
    history = histories(decisions)
    assert state_of(FACTS, history).judged.verdict == (stack[-1] if stack else UNREVIEWED)
    # Nothing was taken out of the history for it.
    assert len(history) >= sum(decided is not None for decided in decisions)


@given(st.lists(DECIDED, min_size=1, max_size=8), st.randoms(use_true_random=False))
def test_the_state_does_not_depend_on_the_order_in_which_events_came(decisions: list[Verdict], chance: Any) -> None:
    history = histories([*decisions, None])
    shuffled = list(history)
    chance.shuffle(shuffled)
    middle = chance.randrange(len(shuffled) + 1)
    merged = united(shuffled[middle:], shuffled[:middle], shuffled)
    assert merged == history
    assert state_of(FACTS, merged) == state_of(FACTS, history)


@given(st.lists(DECIDED, max_size=5))
def test_a_record_reads_back_as_it_was_written(decisions: list[Verdict]) -> None:
    sidecar = Sidecar(FACTS, histories([*decisions]))
    assert parse_sidecar(sidecar.content()) == sidecar
    assert parse_sidecar(sidecar.content()).content() == sidecar.content()


def test_an_event_cannot_be_changed_without_changing_its_name() -> None:
    event = Event.of(events.verdict("ann", Verdict.CONFIRMED, of=Label.POSITIVE), moment_after(None))
    assert Event.parse(json.loads(json.dumps(event.values()))) == event
    for key, value in {"who": "eve", "verdict": "rejected", "at": "2020-01-01T00:00:00.000000Z", "more": 1}.items():
        with pytest.raises(ValueError, match="named by its content"):
            Event.parse({**event.values(), key: value})


def test_time_goes_on_where_the_clock_went_back() -> None:
    now = datetime(2026, 11, 21, tzinfo=UTC)
    assert moment_after(None, now) == "2026-11-21T00:00:00.000000Z"
    assert moment_after("2026-11-20T23:59:59.999999Z", now) == "2026-11-21T00:00:00.000000Z"
    assert moment_after("2026-12-31T23:59:59.999999Z", now) == "2027-01-01T00:00:00.000000Z"


DETECTION = makers.detection()
NOT_EVENTS = [
    (Kind.VERDICT, {"verdict": "maybe", "of": None, "finding": None, "why": ""}),
    (Kind.VERDICT, {"verdict": "withdrawn", "of": None, "finding": None, "why": ""}),
    (Kind.VERDICT, {"verdict": "confirmed", "of": None, "finding": "../../etc", "why": ""}),
    (Kind.DETECTION, {**DETECTION, "score": float("nan")}),
    (Kind.DETECTION, {**DETECTION, "score": 1.5}),
    (Kind.DETECTION, {**DETECTION, "label": "crack"}),
    (Kind.DETECTION, {**DETECTION, "map": "../../../etc/passwd"}),
    (Kind.DETECTION, {**DETECTION, "regions": [{"x": -1, "y": 0, "w": 1, "h": 1, "score": 1}]}),
    (Kind.DETECTION, {**DETECTION, "regions": [{"x": 0, "y": 0, "w": 2**70, "h": 1, "score": 1}]}),
    (Kind.DETECTION, {**DETECTION, "model": None}),
    (Kind.IMPORT, {"name": None, "source": "", "taken": None}),
    (Kind.IMPORT, {"name": "", "source": "", "taken": "2026-01-01\ud80012:00"}),
    (Kind.TAG, {"tag": "  "}),
    (Kind.NOTE, {"text": "x" * 100_001}),
    (Kind.EDIT, {"mask": "abc", "finding": None, "regions": []}),
    (Kind.PLACE, {"structure": "x" * 201, "element": "", "inspection": ""}),
    ("../kind", {}),
]


@pytest.mark.parametrize(("kind", "body"), NOT_EVENTS)
def test_what_is_no_event_is_refused(kind: str, body: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        Event.of(Draft(kind, "ann", body), moment_after(None))


def test_events_of_a_newer_program_are_kept() -> None:
    newer = Event.of(Draft("measured", "ann", {"width_mm": 0.3}), moment_after(None))
    sidecar = Sidecar(FACTS, (newer,))
    assert parse_sidecar(sidecar.content()) == sidecar
    assert state_of(FACTS, (newer,)).judged.verdict == UNREVIEWED


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"null",
        b"[]",
        b"\xff\xfe",
        b"[" * 100_000,
        b'{"format": 1, "kind": "library snapshot", "events": []}',
        b'{"format": 1, "kind": "library snapshot", "events": [1], "picture": {}}',
        b'{"format": 2, "kind": "library snapshot", "events": [], "picture": {}}',
        b'{"format": 1, "kind": "library snapshot", "events": [], "picture": {"sha256": "..", "suffix": ".jpg"}}',
        b'{"format": 1, "kind": "library snapshot", "events": [' + b"9" * 5000 + b'], "picture": {}}',
    ],
)
def test_what_is_no_record_is_refused(content: bytes) -> None:
    assert len(content) < MAX_BYTES
    with pytest.raises(ValueError, match=r"\w"):
        parse_sidecar(content)


def test_a_finding_and_its_snapshot_are_judged_apart() -> None:
    seen = Event.of(Draft(Kind.DETECTION, "ann", DETECTION), moment_after(None))
    key = f"{seen.id}/0"
    judged = Event.of(events.verdict("bob", Verdict.REJECTED, of=Label.POSITIVE, finding=key), moment_after(seen.at))
    state = state_of(FACTS, (seen, judged))
    assert [(finding.key, finding.judged.verdict) for finding in state.findings] == [(key, "rejected")]
    assert state.judged.verdict == UNREVIEWED


@pytest.mark.parametrize(
    ("decided", "of", "truth"),
    [
        (Verdict.CONFIRMED, Label.NEGATIVE, Label.NEGATIVE),
        (Verdict.CONFIRMED, Label.POSITIVE, Label.POSITIVE),
        (Verdict.REJECTED, Label.POSITIVE, Label.NEGATIVE),
        (Verdict.REJECTED, Label.NEGATIVE, Label.POSITIVE),
        (Verdict.REJECTED, Label.UNKNOWN, None),
        (Verdict.UNSURE, Label.POSITIVE, None),
        (Verdict.CONFIRMED, None, None),
    ],
)
def test_what_a_verdict_says_of_the_picture(decided: Verdict, of: Label | None, truth: Label | None) -> None:
    event = Event.of(events.verdict("ann", decided, of=of), moment_after(None))
    assert state_of(FACTS, (event,)).truth == truth


def test_a_labelled_folder_is_believed_where_nobody_has_decided() -> None:
    tagged = Event.of(events.tag("ann", "labelled negative"), moment_after(None))
    assert state_of(FACTS, (tagged,)).truth is Label.NEGATIVE
    judged = Event.of(events.verdict("ann", Verdict.CONFIRMED, of=Label.POSITIVE), moment_after(tagged.at))
    assert state_of(FACTS, (tagged, judged)).truth is Label.POSITIVE
    off = Event.of(events.tag("ann", "labelled negative", on=False), moment_after(tagged.at))
    assert state_of(FACTS, (tagged, off)).truth is None
