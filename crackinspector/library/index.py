"""Writes a snapshot's state into the index's tables, and reads its events back from there."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence

from crackinspector.library.events import Event, Kind, canonical
from crackinspector.library.facts import Facts
from crackinspector.library.sidecar import Sidecar, united
from crackinspector.library.state import State, state_of
from crackinspector.library.tombstones import Tombstone, parse_record

_COLUMNS = (
    *(
        "id",
        "inspection",
        "suffix",
        "bytes",
        "width",
        "height",
        "taken",
        "exif_taken",
        "latitude",
        "longitude",
        "added",
    ),
    *(
        "name",
        "source",
        "label",
        "score",
        "model",
        "model_sha256",
        "map",
        "verdict",
        "verdict_at",
        "verdict_who",
        "truth",
    ),
    *("findings", "note", "binned", "exif_latitude", "exif_longitude"),
)
_UPSERT = (
    f"INSERT INTO snapshots ({', '.join(_COLUMNS)}) VALUES ({', '.join('?' * len(_COLUMNS))}) "
    f"ON CONFLICT (id) DO UPDATE SET {', '.join(f'{c} = excluded.{c}' for c in _COLUMNS[1:])} RETURNING number"
)


def sidecar(connection: sqlite3.Connection, identifier: str) -> Sidecar | None:
    """A snapshot's record as the index has it, which is all of it; None if it is not there."""
    row = connection.execute(
        "SELECT number, id, suffix, bytes, width, height, exif_taken, exif_latitude, exif_longitude FROM snapshots "
        "WHERE id = ?",
        (identifier,),
    ).fetchone()
    return None if row is None else Sidecar(Facts(*row[1:]), events_of(connection, row[0]))


def events_of(connection: sqlite3.Connection, number: int) -> tuple[Event, ...]:
    """The events of a snapshot, by its number, in their order."""
    rows = connection.execute("SELECT id, at, who, kind, body FROM events WHERE snapshot = ?", (number,))
    return united(Event(i, at, json.loads(who), kind, json.loads(body)) for i, at, who, kind, body in rows)


def write(connection: sqlite3.Connection, sidecar: Sidecar) -> int:
    """Make the index say what a record says; returns the snapshot's number. Part of the caller's transaction."""
    facts, events = sidecar.facts, sidecar.events
    connection.execute("DELETE FROM deleted WHERE id = ?", (sidecar.id,))
    state = state_of(facts, events)
    inspection = _inspection(connection, state)
    (number,) = connection.execute(_UPSERT, _values(facts, state, inspection)).fetchone()
    connection.executemany(
        "INSERT OR IGNORE INTO events (id, snapshot, at, who, kind, body) VALUES (?, ?, ?, ?, ?, ?)",
        [(e.id, number, e.at, canonical(e.who), e.kind, canonical(e.body)) for e in events],
    )
    _write_findings(connection, number, state)
    connection.executemany(
        "INSERT INTO said (model, snapshot, label) VALUES (?, ?, ?) "
        "ON CONFLICT (model, snapshot) DO UPDATE SET label = excluded.label",
        [(_named(connection, "models", "name, sha256", m), number, label) for m, label in _said(events).items()],
    )
    connection.execute("DELETE FROM tags WHERE snapshot = ?", (number,))
    connection.executemany("INSERT INTO tags VALUES (?, ?)", [(number, tag) for tag in {*map(utf8, state.tags)}])
    _write_text(connection, number, state, events)
    return int(number)


def agrees(connection: sqlite3.Connection, sidecar: Sidecar) -> bool:
    """Whether the index says of a snapshot what its record says."""
    columns = ", ".join(column for column in _COLUMNS if column != "inspection")
    found = connection.execute(
        f"SELECT {columns}, number FROM snapshots WHERE id = ?", (sidecar.facts.sha256,)
    ).fetchone()
    if found is None:
        return False
    state = state_of(sidecar.facts, sidecar.events)
    identifier, _, *values = _values(sidecar.facts, state, 0)
    keys = {key for (key,) in connection.execute("SELECT key FROM findings WHERE snapshot = ?", (found[-1],))}
    said = connection.execute(
        "SELECT m.name, m.sha256, s.label FROM said s JOIN models m ON m.number = s.model WHERE s.snapshot = ?",
        (found[-1],),
    )
    return (
        found[:-1] == (identifier, *values)
        and keys == {finding.key for finding in state.findings}
        and {(name, sha256): label for name, sha256, label in said} == _said(sidecar.events)
        and events_of(connection, found[-1]) == sidecar.events
    )


def forget(connection: sqlite3.Connection, identifier: str) -> None:
    """Take a snapshot out of the index. Part of the caller's transaction."""
    row = connection.execute("DELETE FROM snapshots WHERE id = ? RETURNING number", (identifier,)).fetchone()
    if row is not None:
        connection.execute("DELETE FROM texts WHERE rowid = ?", row)


def tombstone(connection: sqlite3.Connection, identifier: str) -> Tombstone | None:
    """What stays of a snapshot that was removed for good; None if it was not."""
    row = connection.execute("SELECT record FROM deleted WHERE id = ?", (identifier,)).fetchone()
    try:
        found = None if row is None else parse_record(row[0].encode())
    except ValueError:
        return None
    return found if isinstance(found, Tombstone) else None


def bury(connection: sqlite3.Connection, grave: Tombstone) -> None:
    """Put a tombstone in a snapshot's place; its files are to be removed. Part of the caller's transaction."""
    connection.execute(
        "INSERT INTO deleted VALUES (?, ?, 0) ON CONFLICT (id) DO UPDATE SET record = excluded.record, cleared = 0",
        (grave.id, grave.content().decode("ascii")),
    )
    connection.execute(
        "INSERT OR REPLACE INTO deleted_files SELECT device, inode, size, modified, changed, s.id FROM files f "
        "JOIN snapshots s ON s.number = f.snapshot WHERE s.id = ?",
        (grave.id,),
    )
    forget(connection, grave.id)


def note_change(connection: sqlite3.Connection) -> None:
    """Count one more transaction, by which others notice it. Part of the caller's transaction."""
    connection.execute("UPDATE meta SET value = value + 1 WHERE key = 'changes'")


def utf8(text: str) -> str:
    """The text as the index can hold it: a byte of a file's name that is not UTF-8 becomes its escape."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def _values(facts: Facts, state: State, inspection: int) -> tuple[object, ...]:
    detection = None if state.detection is None else state.detection.body
    seen: tuple[object, ...] = (None,) * 5
    if detection is not None:
        model = detection["model"]
        seen = (detection["label"], detection["score"], utf8(model["name"]), utf8(model["sha256"]), detection["map"])
    return (
        *(facts.sha256, inspection, facts.suffix, facts.bytes, facts.width, facts.height),
        *(state.taken, facts.taken, state.latitude, state.longitude, state.added, utf8(state.name), utf8(state.source)),
        *seen,
        *(state.judged.verdict, state.judged.at, utf8(state.judged.who), state.truth),
        *(len(state.findings), utf8(state.note), state.binned, facts.latitude, facts.longitude),
    )


def _said(events: Sequence[Event]) -> dict[tuple[str, str], str]:
    """Name and sha256 of each model that looked, and the label that it gave last."""
    bodies = [event.body for event in events if event.kind == Kind.DETECTION]
    return {(utf8(body["model"]["name"]), utf8(body["model"]["sha256"])): body["label"] for body in bodies}


def _inspection(connection: sqlite3.Connection, state: State) -> int:
    """The number of the inspection, made with its element and structure where they are new."""
    structure = _named(connection, "structures", "name", (utf8(state.structure),))
    element = _named(connection, "elements", "structure, name", (structure, utf8(state.element)))
    return _named(connection, "inspections", "element, name", (element, utf8(state.inspection)))


def _named(connection: sqlite3.Connection, table: str, columns: str, values: tuple[object, ...]) -> int:
    where = " AND ".join(f"{column} = ?" for column in columns.split(", "))
    row = connection.execute(f"SELECT number FROM {table} WHERE {where}", values).fetchone()
    if row is None:
        marks = ", ".join("?" * len(values))
        row = connection.execute(
            f"INSERT INTO {table} ({columns}) VALUES ({marks}) RETURNING number", values
        ).fetchone()
    return int(row[0])


def _write_findings(connection: sqlite3.Connection, number: int, state: State) -> None:
    keys = {finding.key for finding in state.findings}
    old = {key for (key,) in connection.execute("SELECT key FROM findings WHERE snapshot = ?", (number,))}
    connection.executemany("DELETE FROM findings WHERE snapshot = ? AND key = ?", [(number, key) for key in old - keys])
    connection.executemany(
        "INSERT INTO findings (key, snapshot, x, y, w, h, score, by_hand, mask, verdict, verdict_at, verdict_who) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (snapshot, key) DO UPDATE SET mask = excluded.mask, "
        "verdict = excluded.verdict, verdict_at = excluded.verdict_at, verdict_who = excluded.verdict_who",
        [
            (f.key, number, *f.box, f.score, f.by_hand, f.mask, f.judged.verdict, f.judged.at, utf8(f.judged.who))
            for f in state.findings
        ],
    )


def _write_text(connection: sqlite3.Connection, number: int, state: State, events: Sequence[Event]) -> None:
    why = " ".join(event.body["why"] for event in events if event.kind == Kind.VERDICT)
    place = " ".join((state.structure, state.element, state.inspection))
    words = (state.name, state.source, place, " ".join(state.tags), state.note, why)
    connection.execute(
        "INSERT OR REPLACE INTO texts (rowid, name, source, place, tags, note, why) VALUES (?, ?, ?, ?, ?, ?, ?)",
        (number, *map(utf8, words)),
    )
