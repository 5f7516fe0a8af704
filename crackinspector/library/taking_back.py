"""What was done to many snapshots is taken back, each as one more event, where nobody has said anything since."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from crackinspector.library import events
from crackinspector.library.events import Draft, Event, Kind, Verdict
from crackinspector.library.sidecar import Sidecar
from crackinspector.library.state import state_of
from crackinspector.library.store import Committed, Library
from crackinspector.library.verdicts import commit_each


def take_back(library: Library, made: Mapping[str, str], who: str) -> list[Committed]:
    """Take back a verdict, a tag, a place, or a way into or out of the bin.

    Args:
        library: where the snapshots are.
        made: snapshot -> the name of the event that is taken back, where it still holds; elsewhere nothing happens.
        who: the person.

    Raises:
        StorageError: it cannot be kept.
    """

    def drafts(known: Sidecar | None) -> Iterable[Draft]:
        assert known is not None
        done = next((event for event in known.events if event.id == made[known.facts.sha256]), None)
        if done is None:
            return []
        if done.kind == Kind.VERDICT:
            holds = state_of(known.facts, known.events).judged.event == done.id
            return [events.verdict(who, Verdict.WITHDRAWN, of=None, undoes=done.id)] if holds else []
        alike = [event for event in known.events if _speaks_of(event) == _speaks_of(done)]
        return [_opposite(alike, who)] if alike[-1] is done else []

    return commit_each(library, [*made], drafts)


def _speaks_of(event: Event) -> tuple[str, str]:
    """What an event says something of: those that say something of the same, the newest of them holds."""
    match event.kind:
        case Kind.TAG | Kind.UNTAG:
            return Kind.TAG, event.body["tag"].strip()
        case Kind.BIN | Kind.RESTORE:
            return Kind.BIN, ""
    return event.kind, ""


def _opposite(alike: list[Event], who: str) -> Draft:
    """What makes it as it was before the last of these."""
    *before, done = alike
    match done.kind:
        case Kind.TAG | Kind.UNTAG:
            return events.tag(who, done.body["tag"].strip(), done.kind == Kind.UNTAG)
        case Kind.BIN | Kind.RESTORE:
            return events.binned(who, done.kind == Kind.RESTORE)
        case Kind.PLACE:
            place = before[-1].body if before else {"structure": "", "element": "", "inspection": ""}
            return events.place(who, place["structure"], place["element"], place["inspection"])
    raise ValueError(f"{done.kind} cannot be taken back")
