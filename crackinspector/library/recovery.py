"""What killed programs have left below `incoming/`: what of it is whole, so that it can be finished."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

from crackinspector.core.errors import StorageError
from crackinspector.library.committing import Change
from crackinspector.library.durable import size_of
from crackinspector.library.layout import RECORD_SUFFIX, map_path, picture_path
from crackinspector.library.sidecar import Sidecar
from crackinspector.library.staging import staged_files
from crackinspector.library.state import maps_of
from crackinspector.library.tombstones import Tombstone, read_record


def unfinished(library: Path, run: Path) -> Iterator[Change | Tombstone]:
    """The changes and removals that a program was about to make when it was killed, from its folder."""
    for path in sorted(run.glob(f"*{RECORD_SUFFIX}")):
        # One that was not written to its end belongs to nothing that was acknowledged.
        with contextlib.suppress(StorageError):
            record = read_record(path)
            change = record if isinstance(record, Tombstone) else _change(library, record, run)
            if change is not None:
                yield change


def _change(library: Path, sidecar: Sidecar, run: Path) -> Change | None:
    """None if some of it is not there."""
    facts = sidecar.facts
    picture = next(staged_files(run, facts.sha256), None)
    if picture is None and size_of(picture_path(library, facts.sha256, facts.suffix)) != facts.bytes:
        return None
    maps = {}
    for digest in maps_of(sidecar.events):
        if (staged := next(staged_files(run, digest), None)) is not None:
            maps[digest] = staged
        elif not map_path(library, digest).exists():
            return None
    return Change(facts.sha256, events=sidecar.events, facts=facts, picture=picture, maps=maps, rewrite=True)
