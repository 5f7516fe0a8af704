"""The bin: what lies there, and emptying it for good. What is deleted leaves a tombstone (`library.tombstones`)."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from crackinspector.library import events
from crackinspector.library.committing import following
from crackinspector.library.database import sentences
from crackinspector.library.known import known
from crackinspector.library.sidecar import Sidecar
from crackinspector.library.state import maps_of, state_of
from crackinspector.library.store import Library
from crackinspector.library.tombstones import Tombstone, buried

_GROUP = 200
"""Snapshots that are removed at once: others get their turn in between."""
_BINNED = """
SELECT s.number, s.id, s.name, max(e.at), json_extract(e.who, '$'), s.bytes
FROM snapshots s JOIN events e ON e.snapshot = s.number AND e.kind = 'bin'
WHERE s.binned = 1 GROUP BY s.number ORDER BY 4, 1
"""


@dataclass(frozen=True, slots=True)
class Binned:
    """A snapshot in the bin.

    Attributes:
        number: in this index.
        id: its name.
        name: what its picture was called.
        at: when it was put there, UTC as ISO 8601.
        who: the person.
        bytes: of its picture.
    """

    number: int
    id: str
    name: str
    at: str
    who: str
    bytes: int


def in_bin(library: Library, older_than: timedelta = timedelta()) -> list[Binned]:
    """What lies in the bin for longer than that, the longest first. Raises StorageError."""
    with sentences(library.folder):
        rows = library.connection.execute(_BINNED).fetchall()
    until = datetime.now(UTC) - older_than
    found = [Binned(*row) for row in rows]
    return found if not older_than else [each for each in found if datetime.fromisoformat(each.at) <= until]


def delete(library: Library, identifiers: Sequence[str], who: str, why: str = "") -> Iterator[Tombstone]:
    """Remove snapshots that are in the bin for good; those that are not, by now, are left alone.

    Yields what stays of each once that is on the disk and its picture and maps are gone. It takes place as it is
    iterated over; a program that is killed in between has its last group finished by the next.

    Raises:
        StorageError: the library cannot be written to.
    """
    for start in range(0, len(identifiers), _GROUP):
        group = identifiers[start : start + _GROUP]

        def choose(connection: sqlite3.Connection, group: Sequence[str] = group) -> list[Tombstone]:
            found = (known(connection, library.folder, identifier) for identifier in dict.fromkeys(group))
            return [_deleted(each, who, why) for each in found if isinstance(each, Sidecar) and _is_binned(each)]

        yield from library.bury(choose)


def _is_binned(sidecar: Sidecar) -> bool:
    return state_of(sidecar.facts, sidecar.events).binned


def _deleted(sidecar: Sidecar, who: str, why: str) -> Tombstone:
    history = following(sidecar.id, sidecar.events, events.deleted(who, why))
    return buried(Sidecar(sidecar.facts, history), maps_of(sidecar.events))
