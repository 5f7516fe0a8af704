"""A copy of a library as it was at one moment, made while others go on writing.

The index is copied first, and of everything else what that copy speaks of: pictures and maps never change, and records
are written from the copy. A later backup into the same folder copies only what has come since. A backup is a library,
so people may decide in it: what they did there is looked for before anything is replaced.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

from crackinspector.core.errors import StorageError
from crackinspector.core.text import printable
from crackinspector.library import index
from crackinspector.library.database import open_index, sentences
from crackinspector.library.durable import make_folder, remove, replace_file, storage_error
from crackinspector.library.identity import Identity, new_identity, read_identity, write_identity
from crackinspector.library.layout import INDEX, LOCK, RECORDS, is_library, map_path, picture_path, record_path
from crackinspector.library.rebuilding import rebuild
from crackinspector.library.staging import sync_files, writing
from crackinspector.library.state import maps_of
from crackinspector.library.store import Library

_BLOCK = 1 << 20
_PAGES = 1024
_LACKED = """
SELECT count(*) FROM main.snapshots s WHERE s.id NOT IN (SELECT id FROM new.deleted) AND EXISTS (
    SELECT 1 FROM main.events e WHERE e.snapshot = s.number AND NOT EXISTS (
        SELECT 1 FROM new.snapshots n JOIN new.events o ON o.snapshot = n.number WHERE n.id = s.id AND o.id = e.id
    )
)
"""
"""Snapshots of a backup with events that the library lacks; what was deleted there goes here as well."""
_LACKED_TOMBSTONES = """
SELECT count(*) FROM main.deleted
WHERE id NOT IN (SELECT id FROM new.deleted) AND id NOT IN (SELECT id FROM new.snapshots)
"""


def back_up(library: Library, to: Path) -> Iterator[str]:
    """Copy a library into a folder: a new or empty one, or that of an earlier backup of it. Yields what could not be.

    What an earlier backup holds is replaced only if the library holds it as well: nothing that was decided in a backup
    is lost. Nobody else writes to the backup meanwhile; who has it open sees the new one.

    Raises:
        StorageError: the folder is not fit for it, holds what the library lacks, or cannot be written to; an earlier
            backup there stays whole.
    """
    to = to.absolute()
    identity = _identity(library)
    _refuse(library, identity, to)
    try:
        make_folder(to)
    except OSError as error:
        raise storage_error(to, error) from error
    if not (to / INDEX).exists() and (to / RECORDS).exists():
        # A first backup that was ended, or whose index was lost: what it holds stands in its records.
        rebuild(to)
    with sentences(to), writing(to):
        write_identity(to, identity)
        opened = open_index(to, write=True)
        try:
            yield from _replace(library, to, opened.connection)
        finally:
            opened.close()


def _replace(library: Library, to: Path, there: sqlite3.Connection) -> Iterator[str]:
    """Copy everything; `there` is the backup's index, which is replaced last."""
    new = to / f".{INDEX}.part"
    remove(new)
    try:
        with contextlib.closing(sqlite3.connect(new, isolation_level=None)) as copy:
            with sentences(library.folder):
                # In steps: where there is a rollback journal, writers get their turn in between.
                library.connection.backup(copy, pages=_PAGES, sleep=0.01)
            copy.execute("PRAGMA journal_mode = DELETE")
            _refuse_losses(library, to, there, new)
            yield from _files(library, to, copy)
            (changes,) = there.execute("SELECT value FROM meta WHERE key = 'changes'").fetchone()
            # Whoever has the backup open notices, whichever of the two has changed more often.
            copy.execute("UPDATE meta SET value = max(value, ?) + 1 WHERE key = 'changes'", (changes,))
            # In one transaction, so that it is the old one or the new one for everybody, whatever happens.
            copy.backup(there)
    finally:
        remove(new)


def _identity(library: Library) -> Identity:
    """What the backup says that it is; a library of an older program gets its name now."""
    found = read_identity(library.folder)
    if not found.id:
        found = new_identity()
        # One that cannot be written to has a backup all the same, though no second one in the same folder.
        with contextlib.suppress(OSError), writing(library.folder):
            if not read_identity(library.folder).id:
                write_identity(library.folder, found)
            found = read_identity(library.folder)
    return Identity(found.id, backup=True)


def _refuse(library: Library, identity: Identity, to: Path) -> None:
    name = printable(to)
    here, there = library.folder.resolve(), to.resolve()
    if there.is_relative_to(here) or here.is_relative_to(there):
        raise StorageError(f"{name} and the library lie in one another; choose a folder elsewhere")
    if is_library(to):
        if read_identity(to) != identity:
            folder = printable(library.folder)
            raise StorageError(f"{name} holds a library that is no backup of {folder}; choose an empty or a new folder")
    elif to.exists():
        try:
            others = [path for path in to.iterdir() if path.name != LOCK and not path.name.startswith(".")]
        except OSError as error:
            raise storage_error(to, error) from error
        if others:
            raise StorageError(f"{name} holds other files and is no backup; choose an empty or a new folder")


def _refuse_losses(library: Library, to: Path, there: sqlite3.Connection, new: Path) -> None:
    """Nothing may vanish that was imported or decided in the backup itself; `new` is what its index is to become."""
    there.execute("ATTACH ? AS new", (f"file:{quote(os.fsencode(new))}?mode=ro",))
    try:
        count = sum(there.execute(statement).fetchone()[0] for statement in (_LACKED, _LACKED_TOMBSTONES))
    finally:
        there.execute("DETACH new")
    if count:
        name, folder = printable(to), printable(library.folder)
        raise StorageError(
            f"{name} holds {count} snapshot{'' if count == 1 else 's'} with what {folder} does not know; "
            f"`crackinspector library merge {name} --library {folder}` takes that over, then back up again"
        )


def _files(library: Library, to: Path, copy: sqlite3.Connection) -> Iterator[str]:
    """Everything that the copied index speaks of."""
    folders: set[Path] = {to}
    for (identifier,) in copy.execute("SELECT id FROM snapshots ORDER BY number").fetchall():
        sidecar = index.sidecar(copy, identifier)
        assert sidecar is not None
        suffix = sidecar.facts.suffix
        pairs = [(picture_path(library.folder, identifier, suffix), picture_path(to, identifier, suffix), identifier)]
        pairs += [(map_path(library.folder, d), map_path(to, d), d) for d in sorted(maps_of(sidecar.events))]
        for source, target, digest in pairs:
            trouble = _copy(source, target, digest)
            if trouble is None:
                folders.add(target.parent)
            else:
                yield trouble
        _write_record(to, identifier, sidecar.content())
    for identifier, content in copy.execute("SELECT id, record FROM deleted").fetchall():
        _write_record(to, identifier, content.encode())
    # An earlier backup may have what was deleted since; whoever opens this one to write removes it.
    copy.execute("UPDATE deleted SET cleared = 0")
    sync_files(sorted(folders))


def _write_record(to: Path, identifier: str, content: bytes) -> None:
    record = record_path(to, identifier)
    make_folder(record.parent)
    if not record.exists() or record.read_bytes() != content:
        replace_file(record, content)


def _copy(source: Path, target: Path, digest: str) -> str | None:
    """Copy a file unless it is there; returns what is wrong with it, if anything. Raises OSError for the target."""
    try:
        file = source.open("rb")
    except OSError as error:
        return f"{printable(source)} cannot be read: {error.strerror or error}; `library check` says more"
    with file:
        if target.exists() and target.stat().st_size == os.fstat(file.fileno()).st_size:
            return None
        make_folder(target.parent)
        part = target.with_name(f".{target.name}.part")
        hashed = hashlib.sha256()
        try:
            with part.open("wb") as copy:
                while block := file.read(_BLOCK):
                    hashed.update(block)
                    copy.write(block)
                copy.flush()
                os.fsync(copy.fileno())
            if hashed.hexdigest() != digest:
                remove(part)
                return f"the content of {printable(source)} has changed; it was not copied"
            part.replace(target)
        except BaseException:
            remove(part)
            raise
    return None
