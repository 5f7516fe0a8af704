"""A new index made of the records, and what is in the way put aside: nothing is ever removed here."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from crackinspector.core.errors import StorageError
from crackinspector.core.text import printable
from crackinspector.library import index
from crackinspector.library.database import DamagedIndexError, open_index, sentences
from crackinspector.library.durable import make_folder, sync_folder
from crackinspector.library.layout import BIN, INDEX, RECORDS, SHARD
from crackinspector.library.staging import opening, writing
from crackinspector.library.tombstones import Tombstone, read_record

_GROUP = 1000


def rebuild(folder: Path) -> int:
    """Make a new index of the records, and return of how many; the old one goes to `bin/`. Raises StorageError."""
    folder = folder.absolute()
    count = 0
    with sentences(folder), writing(folder):
        for suffix in ("", "-wal", "-shm", "-journal"):
            put_away(folder, folder / (INDEX + suffix))
        opened = open_index(folder, write=True)
        try:
            connection = opened.connection
            connection.execute("BEGIN IMMEDIATE")
            for path in files_in(folder / RECORDS):
                # Those that cannot be read are told by the check that follows.
                with contextlib.suppress(StorageError):
                    record = read_record(path)
                    if isinstance(record, Tombstone):
                        index.bury(connection, record)
                    else:
                        index.write(connection, record)
                    count += 1
                if count % _GROUP == 0:
                    connection.execute("COMMIT")
                    connection.execute("BEGIN IMMEDIATE")
            index.note_change(connection)
            connection.execute("COMMIT")
        finally:
            opened.close()
    return count


def trouble_with_index(folder: Path) -> str | None:
    """What is wrong with the index as a file; None if nothing is."""
    name = f"the index of {printable(folder)}"
    if not (folder / INDEX).exists():
        return f"{name} is lost"
    try:
        with sentences(folder), opening(folder, write=False):
            opened = open_index(folder, write=False)
            try:
                (said,) = opened.connection.execute("PRAGMA integrity_check(1)").fetchone()
                foreign = opened.connection.execute("PRAGMA foreign_key_check").fetchone()
            finally:
                opened.close()
    except DamagedIndexError:
        return f"{name} is damaged"
    if said != "ok" or foreign is not None:
        return f"{name} is damaged ({printable(str(said if said != 'ok' else foreign))})"
    return None


def files_in(folder: Path) -> Iterator[Path]:
    """All that lies in a folder's shards, and beside them, without following links; nothing where it is missing."""
    try:
        shards = sorted(folder.iterdir())
    except OSError:
        return
    for shard in shards:
        if shard.is_symlink() or not shard.is_dir() or not SHARD.fullmatch(shard.name):
            yield shard
            continue
        with os.scandir(shard) as listing:
            names = sorted(entry.name for entry in listing)
        for name in names:
            yield shard / name


def put_away(library: Path, path: Path) -> Path:
    """Move a file, if it is there, into the library's bin under a name that is free. Raises OSError."""
    folder = library / BIN / f"{datetime.now(UTC):%Y%m%d-%H%M%S}"
    make_folder(folder)
    to, number = folder / path.name, 1
    while to.exists() or to.is_symlink():
        number += 1
        to = folder / f"{number}-{path.name}"
    if path.exists() or path.is_symlink():
        path.rename(to)
        sync_folder(folder)
        sync_folder(path.parent)
    return to
