"""What a library knows of a snapshot, by its index and by its record's file."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from crackinspector.core.errors import StorageError
from crackinspector.library import index
from crackinspector.library.layout import record_path
from crackinspector.library.sidecar import Sidecar, united
from crackinspector.library.state import maps_of
from crackinspector.library.tombstones import Tombstone, both, buried, deletion_of, read_record


def known(connection: sqlite3.Connection, library: Path, identifier: str) -> Sidecar | Tombstone | None:
    """All that index and file say together, either of which may come from an older copy; None if nothing does."""
    return together(connection, identifier, readable(record_path(library, identifier)))


def readable(record: Path) -> Sidecar | Tombstone | None:
    """What a record's file says; None if it is missing, damaged or a newer program's."""
    try:
        return read_record(record)
    except StorageError:
        return None


def together(
    connection: sqlite3.Connection, identifier: str, kept: Sidecar | Tombstone | None
) -> Sidecar | Tombstone | None:
    """As `known`, where the file has been read."""
    graves = [index.tombstone(connection, identifier), kept if isinstance(kept, Tombstone) else None]
    records = [index.sidecar(connection, identifier), kept if isinstance(kept, Sidecar) else None]
    grave = _one([each for each in graves if each is not None])
    there = [each for each in records if each is not None]
    if not there:
        return grave
    events = united(*(each.events for each in there), grave.events if grave is not None else ())
    whole = Sidecar(there[0].facts, events)
    if deletion_of(events) is None:
        return whole
    tombstone = buried(whole, maps_of(events))
    return tombstone if grave is None else both(tombstone, grave)


def _one(graves: list[Tombstone]) -> Tombstone | None:
    return None if not graves else graves[0] if len(graves) == 1 else both(*graves)
