"""A library: opened, written to, closed. What is written is on the disk before anybody is told that it is.

A commit takes these steps, each on the disk before the next begins:

1. pictures, crack maps and the new records, in this program's folder below `incoming/`;
2. pictures and maps get their names;
3. the index;
4. the records get their names. Now it is acknowledged.

A program killed in between leaves the records below `incoming/`: whoever opens the library next to write takes the same
steps again for those that are whole, and removes the rest. One program at a time is between 1 and 4 (`library.lock`).

A snapshot is removed in the same way: its tombstone is written (1), takes its place in the index (3) and among the
records (4), and only then picture and maps are removed (5). What is to go stands in the index until it is gone.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from types import TracebackType

from crackinspector.core.errors import StorageError
from crackinspector.core.text import printable
from crackinspector.library import index
from crackinspector.library.clearing import clear, still_to_bury, uncleared
from crackinspector.library.committing import (
    Change,
    Committed,
    name_records,
    plan,
    put_in_place,
    stage,
    unknown,
    write_index,
)
from crackinspector.library.database import DamagedIndexError, lost_index, open_index, sentences
from crackinspector.library.durable import make_folder, remove, storage_error
from crackinspector.library.identity import new_identity, write_identity
from crackinspector.library.layout import INDEX, MARKER, is_library
from crackinspector.library.recovery import unfinished
from crackinspector.library.sidecar import Sidecar, united
from crackinspector.library.staging import Run, abandoned_runs, opening, writing
from crackinspector.library.tombstones import Tombstone, deletion_of

__all__ = ["Change", "Committed", "Library"]
_LITTER = frozenset({"lost+found", "System Volume Information", "$RECYCLE.BIN"})


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
        # Two programs that make the same library, or bring it up to date, do so one after the other.
        with sentences(self.folder), opening(self.folder, write):
            self._opened = open_index(self.folder, write)
            self._here = self.folder.stat()
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
        self._refuse_if_gone()
        if self._run is None:
            with sentences(self.folder):
                self._run = Run(self.folder)
        return self._run.folder

    def _refuse_if_gone(self) -> None:
        """A card that was taken out, and perhaps another in its place: what is written would be elsewhere."""
        try:
            if os.path.samestat(self.folder.stat(), self._here):
                return
        except OSError:
            pass
        raise StorageError(
            f"{printable(self.folder)} is not there any more, or is another folder now; put its disk or card back"
        )

    def changes(self) -> int:
        """A number that grows with every commit of anybody; who shows something compares it now and then."""
        with sentences(self.folder):
            return int(self.connection.execute("SELECT value FROM meta WHERE key = 'changes'").fetchone()[0])

    def sidecar(self, identifier: str) -> Sidecar:
        """All that is known of a snapshot. Raises StorageError if there is none of that name."""
        with sentences(self.folder):
            found = index.sidecar(self.connection, identifier)
        if found is None:
            raise unknown(self.folder, identifier)
        return found

    def tombstone(self, identifier: str) -> Tombstone | None:
        """What stays of a snapshot that was deleted for good; None if it was not. Raises StorageError."""
        with sentences(self.folder):
            return index.tombstone(self.connection, identifier)

    def commit(self, changes: Sequence[Change]) -> list[Committed]:
        """Keep changes, all or none; returns what came of each once everything is on the disk.

        Of a program that is killed in here some of the changes may be kept, each of them whole.

        Raises:
            StorageError: they cannot be kept, and nothing of them stays behind; or another program writes for too long.
        """
        run = self.run
        staged: dict[str, Path] = {}
        with sentences(self.folder), writing(self.folder):
            self._refuse_if_gone()
            placed: list[Path] = []
            with self._transaction([staged, placed]) as connection:
                results, work = plan(connection, self.folder, changes)
                if not work and not any(change.file for change in changes):
                    return results
                stage(run, work, staged)
                put_in_place(self.folder, run, changes, staged, placed)
                write_index(connection, work.values(), changes)
            self._name_records(staged)
        return results

    def bury(self, choose: Callable[[sqlite3.Connection], Sequence[Tombstone]]) -> list[Tombstone]:
        """Put tombstones in the place of snapshots and remove their pictures and maps; returns the tombstones.

        Args:
            choose: says which; called while nobody else can write.

        Raises:
            StorageError: it cannot be done. Those with a tombstone are deleted; not all of their files may be gone.
        """
        run = self.run
        staged: dict[str, Path] = {}
        with sentences(self.folder), writing(self.folder):
            self._refuse_if_gone()
            with self._transaction([staged]) as connection:
                graves = list(choose(connection))
                if not graves:
                    return graves
                stage(run, {grave.id: grave for grave in graves}, staged)
                put_in_place(self.folder, run, (), staged, [])
                for grave in graves:
                    index.bury(connection, grave)
                index.note_change(connection)
            self._name_records(staged)
            clear(self.connection, self.folder)
        return graves

    @contextlib.contextmanager
    def _transaction(self, made: Sequence[dict[str, Path] | list[Path]]) -> Iterator[sqlite3.Connection]:
        """Commits what the block does; if it fails, the files that it made are removed."""
        self.connection.execute("BEGIN IMMEDIATE")
        try:
            yield self.connection
            self.connection.execute("COMMIT")
        except BaseException:
            with contextlib.suppress(sqlite3.Error):
                self.connection.execute("ROLLBACK")
            for paths in made:
                for path in paths.values() if isinstance(paths, dict) else paths:
                    remove(path)
            raise

    def _name_records(self, staged: Mapping[str, Path]) -> None:
        """Step 4. What fails here is finished by whoever opens the library next."""
        try:
            name_records(self.folder, staged)
        except OSError:
            if self._run is not None:
                self._run.keep()
                self._run = None
            raise

    def _start_writing(self) -> None:
        """Mark the folder as a library, and finish what killed programs have left."""
        with sentences(self.folder):
            if not (self.folder / MARKER).exists():
                with writing(self.folder):
                    if not (self.folder / MARKER).exists():
                        write_identity(self.folder, new_identity())
            for run in abandoned_runs(self.folder):
                self._recover(run)
            if uncleared(self.connection):
                self._clear()

    def _recover(self, run: Path) -> None:
        finished = 0
        failure: StorageError | None = None
        for work in unfinished(self.folder, run):
            try:
                finished += self._finish(work)
            except StorageError as error:
                failure = error
        if finished == 1:
            self.notices.append("finished one snapshot that a program had begun which was ended")
        elif finished:
            self.notices.append(f"finished {finished} snapshots that a program had begun which was ended")
        if failure is None:
            shutil.rmtree(run, ignore_errors=True)
        else:
            # What is not among the records yet stands nowhere else.
            self.notices.append(f"what a program had begun could not be finished and is tried again later: {failure}")

    def _finish(self, work: Change | Tombstone) -> bool:
        """Take the steps again; False if there is nothing to be done any more. Raises StorageError."""
        if isinstance(work, Tombstone):
            return bool(self.bury(lambda connection: still_to_bury(connection, self.folder, work)))
        grave = self.tombstone(work.id)
        if grave is not None and deletion_of(united(grave.events, work.events)) is not None:
            return False
        self.commit([work])
        return True

    def _clear(self) -> None:
        try:
            with writing(self.folder):
                clear(self.connection, self.folder)
        except (OSError, StorageError) as error:
            self.notices.append(f"pictures that were deleted are still there: {error}")


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
