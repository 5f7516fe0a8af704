"""What a commit consists of: a plan, then steps 1 to 4 of `library.store`, each on the disk before the next.

All of it is for whoever holds the library's lock and is in a transaction of its index.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from crackinspector.core.errors import StorageError
from crackinspector.core.text import printable
from crackinspector.library import events, index
from crackinspector.library.durable import make_folders, size_of, write_all_to
from crackinspector.library.events import Draft, Event, moment_after
from crackinspector.library.facts import Facts
from crackinspector.library.known import known
from crackinspector.library.layout import RECORD_SUFFIX, map_path, picture_path, record_path
from crackinspector.library.sidecar import MAX_BYTES, Sidecar, united
from crackinspector.library.staging import sync_files
from crackinspector.library.state import maps_of
from crackinspector.library.tombstones import Tombstone, deletion_of


class SnapshotError(StorageError):
    """What cannot be kept of one snapshot, while everything else can.

    Attributes:
        id: of the snapshot.
    """

    def __init__(self, identifier: str, sentence: str) -> None:
        """A sentence for a person."""
        super().__init__(sentence)
        self.id = identifier


@dataclass(frozen=True, slots=True)
class Change:
    """Something to be kept of one snapshot.

    Attributes:
        id: of the snapshot, which is the sha256 of its picture.
        decide: given the record as it stands (None: there is none), says what happens to the snapshot now; called while
            nobody else can write.
        events: what has happened to it elsewhere.
        facts: of the picture; needed where there is no record yet.
        picture: a file with its content in `Library.run`, which is moved to its place if it is missing there.
        maps: sha256 -> file in `Library.run`, likewise.
        file: device, inode, size and times of the file that it was imported from.
        rewrite: write the record even if nothing has happened.
        again: who brings the snapshot back if it was deleted; None: nobody does, and it is an error.
    """

    id: str
    decide: Callable[[Sidecar | None], Iterable[Draft]] = lambda known: ()
    events: tuple[Event, ...] = ()
    facts: Facts | None = None
    picture: Path | None = None
    maps: Mapping[str, Path] = field(default_factory=dict)
    file: tuple[int, int, int, int, int] | None = None
    rewrite: bool = False
    again: str | None = None


@dataclass(frozen=True, slots=True)
class Committed:
    """What came of a change.

    Attributes:
        sidecar: the record as it is now.
        is_new: whether the snapshot was not there before.
        events: those that it did not have before.
    """

    sidecar: Sidecar
    is_new: bool
    events: tuple[Event, ...]


def plan(
    connection: sqlite3.Connection, library: Path, changes: Sequence[Change]
) -> tuple[list[Committed], dict[str, Sidecar]]:
    """What comes of each change, and the records that have to be written. Raises SnapshotError."""
    results: list[Committed] = []
    work: dict[str, Sidecar] = {}
    for change in changes:
        found = work.get(change.id) or known(connection, library, change.id)
        before = found if isinstance(found, Sidecar) else None
        if found is None and change.facts is None:
            raise unknown(library, change.id)
        history = found.events if found is not None else ()
        merged = united(history, change.events)
        deletion = deletion_of(merged)
        if deletion is not None:
            merged = following(change.id, merged, events.brought_back(_again(change, found), deletion.id))
        for draft in change.decide(before):
            merged = following(change.id, merged, draft)
        facts = before.facts if before is not None else change.facts
        if facts is None:
            raise unknown(library, change.id)
        old = {event.id for event in history}
        new = tuple(event for event in merged if event.id not in old)
        if new or before is None or change.rewrite or change.picture is not None:
            work[change.id] = Sidecar(facts, merged)
        results.append(Committed(Sidecar(facts, merged), before is None, new))
    return results, work


def following(identifier: str, history: tuple[Event, ...], draft: Draft) -> tuple[Event, ...]:
    """A history with what happens now. Raises SnapshotError if its last event is at the end of time."""
    try:
        at = moment_after(history[-1].at if history else None)
    except ValueError:
        last = history[-1].at
        raise SnapshotError(
            identifier,
            f"{identifier} has an event that is dated {last}, so nothing can follow; restore it from a backup",
        ) from None
    return (*history, Event.of(draft, at))


def _again(change: Change, found: Sidecar | Tombstone | None) -> str:
    if change.again is None:
        what = found.sentence if isinstance(found, Tombstone) else "was deleted"
        raise SnapshotError(change.id, f"{change.id} {what}; `library import --again` brings its picture back")
    return change.again


def stage(run: Path, records: Mapping[str, Sidecar] | Mapping[str, Tombstone], staged: dict[str, Path]) -> None:
    """The first half of step 1: `staged` grows by the records' files below `incoming/`.

    Raises SnapshotError for a record that nobody would read again, and OSError.
    """
    for identifier, record in records.items():
        content = record.content()
        if len(content) > MAX_BYTES:
            raise SnapshotError(
                identifier,
                f"the history of {identifier} would be longer than {MAX_BYTES} bytes and could not be read any more; "
                "delete the snapshot for good and import its picture again",
            )
        staged[identifier] = run / (identifier + RECORD_SUFFIX)
        write_all_to(staged[identifier], content)


def put_in_place(
    library: Path, run: Path, changes: Sequence[Change], staged: Mapping[str, Path], placed: list[Path]
) -> None:
    """The rest of step 1, and step 2: `placed` grows by the files that were not there before. Raises OSError."""
    moves: dict[Path, Path] = {}
    for change in changes:
        if change.picture is not None and change.facts is not None:
            moves[picture_path(library, change.id, change.facts.suffix)] = change.picture
        moves.update({map_path(library, digest): path for digest, path in change.maps.items()})
    # A file of another length is damaged, for its name is its content's.
    moves = {to: path for to, path in moves.items() if path.exists() and size_of(to) != path.stat().st_size}
    targets = [*moves, *(record_path(library, identifier) for identifier in staged)]
    made = make_folders({path.parent for path in targets})
    sync_files([*moves.values(), *staged.values(), run, *made])
    for to, path in moves.items():
        if not to.exists():
            placed.append(to)
        path.replace(to)
    sync_files({to.parent for to in moves})
    for change in changes:
        # Looked for before the lock was held: they may have been removed with another snapshot since.
        for digest in maps_of(change.events):
            if not map_path(library, digest).exists():
                raise StorageError(f"a crack map of {change.id} was removed at this moment; try again")


def write_index(connection: sqlite3.Connection, records: Iterable[Sidecar], changes: Iterable[Change]) -> None:
    """What step 3 commits."""
    for sidecar in records:
        index.write(connection, sidecar)
    connection.executemany(
        "INSERT OR REPLACE INTO files SELECT ?, ?, ?, ?, ?, number FROM snapshots WHERE id = ?",
        [(*change.file, change.id) for change in changes if change.file is not None],
    )
    index.note_change(connection)


def name_records(library: Path, staged: Mapping[str, Path]) -> None:
    """Step 4. Raises OSError; whoever opens the library next takes it again."""
    for identifier, path in staged.items():
        path.replace(record_path(library, identifier))
    sync_files({record_path(library, identifier).parent for identifier in staged})


def unknown(library: Path, identifier: str) -> SnapshotError:
    """There is no such snapshot."""
    return SnapshotError(
        identifier, f"{printable(library)} has no snapshot {printable(identifier)}; look for it in another library"
    )


def kept_or_refused(
    commit: Callable[[Sequence[Change]], list[Committed]], changes: Sequence[Change]
) -> list[Committed | SnapshotError]:
    """Commit changes together, but for those that concern a snapshot which cannot be kept; what came of each.

    Args:
        commit: of a library.
        changes: to any snapshots.

    Raises:
        StorageError: the library cannot be written to.
    """
    refused: dict[str, SnapshotError] = {}
    while True:
        try:
            committed = iter(commit([change for change in changes if change.id not in refused]))
        except SnapshotError as error:
            refused[error.id] = error
            continue
        return [refused[change.id] if change.id in refused else next(committed) for change in changes]
