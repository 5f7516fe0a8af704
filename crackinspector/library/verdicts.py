"""What people do to snapshots: decide, undo, tag, note, move, draw, put into the bin. Each is an event for ever.

Every function returns what came of each snapshot once it is on the disk, and raises StorageError if it cannot be kept.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from crackinspector.core.errors import StorageError
from crackinspector.core.labels import Label
from crackinspector.library import events
from crackinspector.library.database import sentences
from crackinspector.library.durable import write_all_to
from crackinspector.library.events import Draft, Event, Verdict
from crackinspector.library.layout import MAP_SUFFIX
from crackinspector.library.sidecar import Sidecar
from crackinspector.library.state import state_of
from crackinspector.library.store import Change, Committed, Library

GROUP = 200
"""Snapshots of one commit: others get their turn in between."""


def decide(
    library: Library,
    identifiers: Sequence[str],
    decided: Verdict,
    who: str,
    *,
    finding: str | None = None,
    why: str = "",
    of: Label | Mapping[str, Label] | None = None,
) -> list[Committed]:
    """Keep a verdict on snapshots, or on a finding of one by its key. To undo one there is `undo`.

    `of` is the label that the person saw, which a model may have changed since, for all or by snapshot; None: the one
    that each has now. Where there is none, because no model has looked, nothing can be judged and nothing happens.
    """
    if decided is Verdict.WITHDRAWN:
        raise ValueError("a verdict is withdrawn by undo()")

    def drafts(known: Sidecar | None) -> Iterable[Draft]:
        assert known is not None
        state = state_of(known.facts, known.events)
        if finding is not None:
            _require(known, finding)
            # A finding is judged as the crack that it is said to be.
            return [events.verdict(who, decided, of=Label.POSITIVE, finding=finding, why=why)]
        seen = of.get(known.facts.sha256) if isinstance(of, Mapping) else of or state.label
        return [] if seen is None else [events.verdict(who, decided, of=seen, why=why)]

    return commit_each(library, identifiers, drafts)


def undo(
    library: Library,
    identifier: str,
    who: str,
    *,
    finding: str | None = None,
    why: str = "",
    event: str | None = None,
) -> list[Committed]:
    """Withdraw the verdict that holds, so that the one before it holds again; nothing happens if there is none.

    With `event`, the name of a verdict, nothing happens either if another one holds by now.
    """

    def drafts(known: Sidecar | None) -> Iterable[Draft]:
        assert known is not None
        state = state_of(known.facts, known.events)
        holds = [each.judged for each in state.findings if each.key == finding] if finding else [state.judged]
        return [
            events.verdict(who, Verdict.WITHDRAWN, of=None, finding=finding, why=why, undoes=judged.event)
            for judged in holds
            if judged.event is not None and event in (None, judged.event)
        ]

    return commit_each(library, [identifier], drafts)


def tag(library: Library, identifiers: Sequence[str], name: str, who: str, on: bool = True) -> list[Committed]:
    """Put a tag on or take it off, where that changes anything."""

    def drafts(known: Sidecar | None) -> Iterable[Draft]:
        assert known is not None
        has = name.strip() in state_of(known.facts, known.events).tags
        return [events.tag(who, name.strip(), on)] if has != on else []

    return commit_each(library, identifiers, drafts)


def note(library: Library, identifier: str, text: str, who: str) -> list[Committed]:
    """Replace the note; what it was stays in the history."""
    return commit_each(library, [identifier], lambda known: [events.note(who, text)])


def place(
    library: Library,
    identifiers: Sequence[str],
    structure: str | None,
    element: str | None,
    inspection: str | None,
    who: str,
) -> list[Committed]:
    """Say where snapshots belong, where that changes anything; None: as each has it, one name beside others."""

    def drafts(known: Sidecar | None) -> Iterable[Draft]:
        assert known is not None
        state = state_of(known.facts, known.events)
        now = (state.structure, state.element, state.inspection)
        given = (structure, element, inspection)
        new = tuple(old if name is None else name for name, old in zip(given, now, strict=True))
        return [events.place(who, *new)] if new != now else []

    return commit_each(library, identifiers, drafts)


def put_into_bin(library: Library, identifiers: Sequence[str], who: str, away: bool = True) -> list[Committed]:
    """Put snapshots into the bin, or with `away` False take them out; their files stay as they are."""

    def drafts(known: Sidecar | None) -> Iterable[Draft]:
        assert known is not None
        return [events.binned(who, away)] if state_of(known.facts, known.events).binned != away else []

    return commit_each(library, identifiers, drafts)


def draw(library: Library, identifier: str, mask: NDArray[np.uint8], who: str, finding: str | None = None) -> Committed:
    """Keep a mask that a person drew, beside the model's.

    Args:
        library: where the snapshot is.
        identifier: of the snapshot.
        mask: (h, w) uint8 over the whole upright picture, at its size or smaller; >= 128 is crack.
        who: the person.
        finding: the key of the finding that it corrects, or erases if nothing is drawn; None: its parts are findings
            of their own.

    Raises:
        StorageError: it cannot be kept, or that finding is not there any more.
    """
    facts = library.sidecar(identifier).facts
    regions = _regions(mask, facts.width, facts.height, together=finding is not None)
    digest, maps = None, {}
    if regions or finding is None:
        content = cv2.imencode(".png", mask)[1].tobytes()
        digest = hashlib.sha256(content).hexdigest()
        maps[digest] = library.run / f"{digest}.mask{MAP_SUFFIX}"
        with sentences(library.folder):
            write_all_to(maps[digest], content)
    drawn = events.edit(who, digest, finding, regions)

    def drafts(known: Sidecar | None) -> Iterable[Draft]:
        assert known is not None
        if finding is not None:
            _require(known, finding)
        return [drawn]

    (committed,) = library.commit([Change(identifier, drafts, maps=maps)])
    return committed


def history(library: Library, identifier: str) -> tuple[Event, ...]:
    """All that ever happened to a snapshot, the oldest first."""
    return library.sidecar(identifier).events


def commit_each(
    library: Library, identifiers: Sequence[str], drafts: Callable[[Sidecar | None], Iterable[Draft]]
) -> list[Committed]:
    """Change snapshots in commits of `GROUP`, each kept whole or not at all."""
    results = []
    for start in range(0, len(identifiers), GROUP):
        group = [_existing(each, drafts) for each in identifiers[start : start + GROUP]]
        results += library.commit(group)
    return results


def _existing(identifier: str, drafts: Callable[[Sidecar | None], Iterable[Draft]]) -> Change:
    return Change(identifier, drafts)


def _require(known: Sidecar, finding: str) -> None:
    if finding not in {each.key for each in state_of(known.facts, known.events).findings}:
        raise StorageError(f"{known.facts.sha256} has no finding {finding} any more; look at it again")


def _regions(mask: NDArray[np.uint8], width: int, height: int, *, together: bool) -> list[dict[str, object]]:
    """A box in picture pixels for each connected part of a mask, the largest first, or one around all of them."""
    drawn = (mask >= 128).astype(np.uint8)
    if together:
        boxes = [(*map(int, cv2.boundingRect(drawn)), 0)] if drawn.any() else []
    else:
        count, _, parts, _ = cv2.connectedComponentsWithStats(drawn, connectivity=8)
        boxes = sorted((tuple(map(int, part)) for part in parts[1:count]), key=lambda part: -part[4])
    across, down = width / mask.shape[1], height / mask.shape[0]
    return [
        {
            "x": int(x * across),
            "y": int(y * down),
            "w": max(1, round(w * across)),
            "h": max(1, round(h * down)),
            "score": 1.0,
        }
        for x, y, w, h, _ in boxes[: events.MAX_REGIONS]
    ]
