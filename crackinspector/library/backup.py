"""A copy of a library as it was at one moment, made while others go on writing.

The index is copied first, and of everything else what that copy speaks of: pictures and maps never change, and records
are written from the copy. A later backup into the same folder copies only what has come since.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from crackinspector.core.errors import StorageError
from crackinspector.core.text import printable
from crackinspector.library import index
from crackinspector.library.database import sentences
from crackinspector.library.durable import make_folder, remove, replace_file, storage_error, sync_folder
from crackinspector.library.layout import INDEX, MARKER, is_library, map_path, picture_path, record_path
from crackinspector.library.staging import sync_files
from crackinspector.library.state import maps_of
from crackinspector.library.store import Library

_BLOCK = 1 << 20
_PAGES = 1024


def back_up(library: Library, to: Path) -> Iterator[str]:
    """Copy a library into a folder: a new or empty one, or that of an earlier backup of it. Yields what could not be.

    Raises:
        StorageError: the folder is not fit for it, or cannot be written to; an earlier backup there stays whole.
    """
    to = to.absolute()
    _refuse(library, to)
    new = to / f".{INDEX}.part"
    try:
        make_folder(to)
        remove(new)
        with contextlib.closing(sqlite3.connect(new, isolation_level=None)) as copy:
            with sentences(library.folder):
                # In steps: where there is a rollback journal, writers get their turn in between.
                library.connection.backup(copy, pages=_PAGES, sleep=0.01)
            copy.execute("PRAGMA journal_mode = DELETE")
            yield from _files(library, to, copy)
        # The old index and what is beside it must not be taken for the new one's.
        for suffix in ("-wal", "-shm", "-journal"):
            remove(to / (INDEX + suffix))
        sync_files([new])
        new.replace(to / INDEX)
        replace_file(to / MARKER, (library.folder / MARKER).read_bytes())
        sync_folder(to)
    except OSError as error:
        remove(new)
        raise storage_error(to, error) from error
    except sqlite3.Error as error:
        remove(new)
        raise StorageError(f"cannot write {printable(to)}: {error}; choose another place") from error


def _refuse(library: Library, to: Path) -> None:
    name = printable(to)
    here, there = library.folder.resolve(), to.resolve()
    if there.is_relative_to(here) or here.is_relative_to(there):
        raise StorageError(f"{name} and the library lie in one another; choose a folder elsewhere")
    if to.exists() and not is_library(to):
        try:
            others = [path for path in to.iterdir() if not path.name.startswith(".")]
        except OSError as error:
            raise storage_error(to, error) from error
        if others:
            raise StorageError(f"{name} holds other files and is no backup; choose an empty or a new folder")


def _files(library: Library, to: Path, copy: sqlite3.Connection) -> Iterator[str]:
    """Everything that the copied index speaks of."""
    folders: set[Path] = {to}
    for (identifier,) in copy.execute("SELECT id FROM snapshots ORDER BY number").fetchall():
        sidecar = index.known(copy, identifier)
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
