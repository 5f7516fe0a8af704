"""A library: opened, written to, closed. What is written is on the disk before anybody is told that it is.

A commit takes these steps, each on the disk before the next begins:

1. pictures, crack maps and the new records, in this program's folder below `incoming/`;
2. pictures and maps get their names;
3. the index;
4. the records get their names. Now it is acknowledged.

A program killed in between leaves the records below `incoming/`: whoever opens the library next to write takes the same
steps again for those that are whole, and removes the rest. One program at a time is between 1 and 4 (`library.lock`).
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType

from crackinspector.core.errors import StorageError
from crackinspector.core.text import printable
from crackinspector.library import index
from crackinspector.library.database import DamagedIndexError, lost_index, open_index, sentences
from crackinspector.library.durable import make_folder, make_folders, remove, replace_file, storage_error, write_all_to
from crackinspector.library.events import Draft, Event, moment_after
from crackinspector.library.facts import Facts
from crackinspector.library.layout import (
    INDEX,
    MARKER,
    RECORD_SUFFIX,
    is_library,
    map_path,
    picture_path,
    record_path,
)
from crackinspector.library.sidecar import Sidecar, read_sidecar, united
from crackinspector.library.staging import Run, abandoned_runs, staged_files, sync_files, writing
from crackinspector.library.state import maps_of

FORMAT = 1
_LITTER = frozenset({"lost+found", "System Volume Information", "$RECYCLE.BIN"})


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
    """

    id: str
    decide: Callable[[Sidecar | None], Iterable[Draft]] = lambda known: ()
    events: tuple[Event, ...] = ()
    facts: Facts | None = None
    picture: Path | None = None
    maps: Mapping[str, Path] = field(default_factory=dict)
    file: tuple[int, int, int, int, int] | None = None
    rewrite: bool = False


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


class Library:
    """An open library; for one thread at a time. Programs and threads may each open the same one.

    Attributes:
        folder: of the library, absolute.
        read_only: whether it can only be read.
        notices: what a person should know of how it was opened, and of what was finished or thrown away.
        connection: to the index, for `library.queries`.
    """

    def __init__(self, folder: Path, *, write: bool = True, create: bool = False) -> None:
        """Open a library.

        Args:
            folder: of the library.
            write: also to write; where that is impossible, `read_only` and `notices` say so.
            create: make it where there is none.

        Raises:
            DamagedIndexError: the index is lost or damaged; `library.checking` makes a new one.
            StorageError: there is no library, or it cannot be opened.
        """
        self.folder = folder.absolute()
        self._run: Run | None = None
        if not is_library(self.folder):
            _refuse_or_make(self.folder, create and write)
        elif not (self.folder / INDEX).exists():
            # SQLite would make an empty one, as if nothing had ever been kept.
            raise DamagedIndexError(lost_index(self.folder))
        # Two programs that make the same library do so one after the other.
        alone = writing(self.folder) if write and os.access(self.folder, os.W_OK) else contextlib.nullcontext()
        with sentences(self.folder), alone:
            self._opened = open_index(self.folder, write)
        self.connection, self.notices = self._opened.connection, self._opened.notices
        self.read_only = self._opened.read_only
        if not self.read_only:
            try:
                self._start_writing()
            except BaseException:
                self.close()
                raise

    def __enter__(self) -> Library:
        """Nothing to do: it is open."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """Close it."""
        self.close()

    def close(self) -> None:
        """Close it; what was not committed is thrown away. Again: nothing happens."""
        if self._run is not None:
            self._run.close()
            self._run = None
        self._opened.close()

    @property
    def run(self) -> Path:
        """The folder for files that are to become part of the library; theirs are named `<sha256>.<anything>`.

        Raises:
            StorageError: the library is read-only, or the folder cannot be made.
        """
        if self.read_only:
            raise StorageError(
                f"nothing can be written to {printable(self.folder)}; copy the library and open the copy"
            )
        if self._run is None:
            with sentences(self.folder):
                self._run = Run(self.folder)
        return self._run.folder

    def changes(self) -> int:
        """A number that grows with every commit of anybody; who shows something compares it now and then."""
        with sentences(self.folder):
            return int(self.connection.execute("SELECT value FROM meta WHERE key = 'changes'").fetchone()[0])

    def sidecar(self, identifier: str) -> Sidecar:
        """All that is known of a snapshot. Raises StorageError if there is none of that name."""
        with sentences(self.folder):
            found = index.known(self.connection, identifier)
        if found is None:
            raise _unknown(self.folder, identifier)
        return found

    def commit(self, changes: Sequence[Change]) -> list[Committed]:
        """Keep changes, all or none; returns what came of each once everything is on the disk.

        Of a program that is killed in here some of the changes may be kept, each of them whole.

        Raises:
            StorageError: they cannot be kept, and nothing of them stays behind; or another program writes for too long.
        """
        run = self.run
        with sentences(self.folder), writing(self.folder):
            self.connection.execute("BEGIN IMMEDIATE")
            placed: list[Path] = []
            staged: dict[str, Path] = {}
            try:
                results, work = self._plan(changes)
                if not work and not any(change.file for change in changes):
                    self.connection.execute("ROLLBACK")
                    return results
                for identifier, sidecar in work.items():
                    staged[identifier] = run / (identifier + RECORD_SUFFIX)
                    write_all_to(staged[identifier], sidecar.content())
                self._place(changes, staged, placed)
                for sidecar in work.values():
                    index.write(self.connection, sidecar)
                self._note_files(changes)
                index.note_change(self.connection)
                self.connection.execute("COMMIT")
            except BaseException:
                with contextlib.suppress(sqlite3.Error):
                    self.connection.execute("ROLLBACK")
                for path in (*placed, *staged.values()):
                    remove(path)
                raise
            self._name_records(staged)
        return results

    def _plan(self, changes: Sequence[Change]) -> tuple[list[Committed], dict[str, Sidecar]]:
        """What comes of each change, and the records that have to be written."""
        results: list[Committed] = []
        work: dict[str, Sidecar] = {}
        for change in changes:
            before = work.get(change.id) or self._known(change.id)
            if before is None and change.facts is None:
                raise _unknown(self.folder, change.id)
            history = before.events if before is not None else ()
            merged = united(history, change.events)
            for draft in change.decide(before):
                merged = (*merged, Event.of(draft, moment_after(merged[-1].at if merged else None)))
            facts = before.facts if before is not None else change.facts
            assert facts is not None
            after = Sidecar(facts, merged)
            old = {event.id for event in history}
            new = tuple(event for event in merged if event.id not in old)
            if new or before is None or change.rewrite or change.picture is not None:
                work[change.id] = after
            results.append(Committed(after, before is None, new))
        return results, work

    def _known(self, identifier: str) -> Sidecar | None:
        """The record by the index and by its file; either may have been restored from an older copy."""
        indexed = index.known(self.connection, identifier)
        try:
            kept: Sidecar | None = read_sidecar(record_path(self.folder, identifier))
        except StorageError:
            kept = None
        if indexed is None or kept is None:
            return indexed or kept
        return Sidecar(indexed.facts, united(indexed.events, kept.events))

    def _place(self, changes: Sequence[Change], staged: Mapping[str, Path], placed: list[Path]) -> None:
        """Steps 1 and 2: `placed` grows by the files that were not there before."""
        moves: dict[Path, Path] = {}
        for change in changes:
            if change.picture is not None and change.facts is not None:
                moves[picture_path(self.folder, change.id, change.facts.suffix)] = change.picture
            moves.update({map_path(self.folder, digest): path for digest, path in change.maps.items()})
        # A file of another length is damaged, for its name is its content's.
        moves = {to: path for to, path in moves.items() if path.exists() and _length(to) != path.stat().st_size}
        targets = [*moves, *(record_path(self.folder, identifier) for identifier in staged)]
        made = make_folders({path.parent for path in targets})
        sync_files([*moves.values(), *staged.values(), self.run, *made])
        for to, path in moves.items():
            if not to.exists():
                placed.append(to)
            path.replace(to)
        sync_files({to.parent for to in moves})

    def _note_files(self, changes: Sequence[Change]) -> None:
        self.connection.executemany(
            "INSERT OR REPLACE INTO files SELECT ?, ?, ?, ?, ?, number FROM snapshots WHERE id = ?",
            [(*change.file, change.id) for change in changes if change.file is not None],
        )

    def _name_records(self, staged: Mapping[str, Path]) -> None:
        """Step 4. What fails here is finished by whoever opens the library next."""
        try:
            for identifier, path in staged.items():
                path.replace(record_path(self.folder, identifier))
            sync_files({record_path(self.folder, identifier).parent for identifier in staged})
        except OSError:
            if self._run is not None:
                self._run.keep()
                self._run = None
            raise

    def _start_writing(self) -> None:
        """Mark the folder as a library, and finish what killed programs have left."""
        with sentences(self.folder):
            if not (self.folder / MARKER).exists():
                replace_file(
                    self.folder / MARKER, json.dumps({"kind": "crackinspector library", "format": FORMAT}).encode()
                )
            for run in abandoned_runs(self.folder):
                self._recover(run)

    def _recover(self, run: Path) -> None:
        finished = 0
        for record in sorted(run.glob(f"*{RECORD_SUFFIX}")):
            # One that was not written to its end belongs to nothing that was acknowledged.
            with contextlib.suppress(StorageError):
                change = self._unfinished(read_sidecar(record), run)
                if change is not None:
                    self.commit([change])
                    finished += 1
        shutil.rmtree(run, ignore_errors=True)
        if finished:
            self.notices.append(f"finished {finished} snapshots that a program had begun which was ended")

    def _unfinished(self, sidecar: Sidecar, run: Path) -> Change | None:
        """The change that a killed program was about to make; None if some of it is not there."""
        facts = sidecar.facts
        picture = next(staged_files(run, facts.sha256), None)
        if picture is None and _length(picture_path(self.folder, facts.sha256, facts.suffix)) != facts.bytes:
            return None
        maps = {}
        for digest in maps_of(sidecar.events):
            if (staged := next(staged_files(run, digest), None)) is not None:
                maps[digest] = staged
            elif not map_path(self.folder, digest).exists():
                return None
        return Change(facts.sha256, events=sidecar.events, facts=facts, picture=picture, maps=maps, rewrite=True)


def _unknown(folder: Path, identifier: str) -> StorageError:
    return StorageError(f"{printable(folder)} has no snapshot {printable(identifier)}; look for it in another library")


def _length(path: Path) -> int | None:
    try:
        return path.stat().st_size
    except OSError:
        return None


def _refuse_or_make(folder: Path, create: bool) -> None:
    name = printable(folder)
    try:
        if not create:
            raise StorageError(f"there is no library in {name}; `crackinspector library import` makes one")
        make_folder(folder)
        # Another program may be making it at this moment: its lock and index are there before it is a library.
        ours = (".", "library.")
        others = [p.name for p in folder.iterdir() if not p.name.startswith(ours) and p.name not in _LITTER]
    except OSError as error:
        raise storage_error(folder, error) from error
    if others and not is_library(folder):
        raise StorageError(f"{name} holds other files and is no library; give an empty or a new folder")
