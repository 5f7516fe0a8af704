"""Takes everything of another library into this one: from the device to the desk, as often as one likes.

Pictures are known by their content and events by theirs, so that nothing comes twice, and histories are united
whichever library was merged into which. The other library may come from anybody. Only its records, pictures and maps
are read, never its index; names are made of digests, never taken; links are not followed; every content is hashed.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
import stat
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from crackinspector.core.errors import PictureError, StorageError
from crackinspector.core.text import printable
from crackinspector.library import index
from crackinspector.library.committing import SnapshotError, kept_or_refused
from crackinspector.library.database import sentences
from crackinspector.library.durable import remove
from crackinspector.library.events import FAR_FUTURE
from crackinspector.library.facts import read_facts
from crackinspector.library.known import known
from crackinspector.library.layout import (
    ID,
    MAP_SUFFIX,
    MAPS,
    PICTURES,
    RECORD_SUFFIX,
    RECORDS,
    SHARD,
    is_library,
    map_path,
    picture_path,
)
from crackinspector.library.sidecar import MAX_BYTES, Sidecar, united
from crackinspector.library.state import maps_of
from crackinspector.library.store import Change, Library
from crackinspector.library.tombstones import Tombstone, both, deletion_of, parse_record

_GROUP = 32
_BLOCK = 1 << 20
_MOST_PICTURE_BYTES = 16 * 2**30
_MOST_MAP_BYTES = 2**30
_FLAGS = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC


@dataclass(frozen=True, slots=True)
class Merged:
    """What came of one record of the other library.

    Attributes:
        id: the snapshot; None where a file is no record at all.
        is_new: whether it was not here before.
        events: how many events came with it.
        refused: why it was left out, as a sentence; None if it was not.
        deleted: whether it is not here because somebody deleted it, here or there.
        note: what a person should know, as a sentence.
    """

    id: str | None
    is_new: bool = False
    events: int = 0
    refused: str | None = None
    deleted: bool = False
    note: str | None = None


def merge(library: Library, other: Path, again: str | None = None) -> Iterator[Merged]:
    """Take in everything of another library; yields what came of each record once that is on the disk.

    What was deleted here stays deleted. What was deleted there is not deleted here: it is for each library to free its
    disk.

    Args:
        library: open to write.
        other: the other library's folder.
        again: who brings back what was deleted here; None: nobody does.

    Raises:
        StorageError: the other folder is no library or this very one, or this one cannot be written to.
    """
    if not is_library(other):
        raise StorageError(f"there is no library in {printable(other)}; look for its folder elsewhere")
    if other.resolve() == library.folder.resolve():
        raise StorageError(f"{printable(other)} is the library itself; give another one")
    work: list[Change | Tombstone] = []
    held = 0
    for path in _record_files(other):
        identifier = path.name.removesuffix(RECORD_SUFFIX)
        try:
            brings, weight = _brings(library, other, path, identifier, again)
        except (OSError, ValueError, PictureError) as error:
            reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
            yield Merged(None, refused=f"{printable(path)} was left out: {printable(reason)}")
            continue
        if isinstance(brings, Merged):
            yield brings
            continue
        work.append(brings)
        held += weight
        if len(work) == _GROUP or held > MAX_BYTES:
            yield from _commit(library, work)
            work, held = [], 0
    yield from _commit(library, work)


def _commit(library: Library, work: list[Change | Tombstone]) -> Iterator[Merged]:
    for each in kept_or_refused(library.commit, [each for each in work if isinstance(each, Change)]):
        if isinstance(each, SnapshotError):
            yield Merged(each.id, refused=f"{each.id} was left out: {each}")
        else:
            yield Merged(each.sidecar.id, each.is_new, len(each.events))
    graves = [each for each in work if isinstance(each, Tombstone)]
    if not graves:
        return

    def choose(connection: sqlite3.Connection) -> list[Tombstone]:
        found = [(known(connection, library.folder, grave.id), grave) for grave in graves]
        return [grave if here is None else both(here, grave) for here, grave in found if not isinstance(here, Sidecar)]

    for grave in library.bury(choose):
        yield Merged(grave.id, events=len(grave.events), deleted=True)


def _record_files(other: Path) -> Iterator[Path]:
    """What lies in the shards of the other's records, one after the other, however many there are."""
    try:
        with os.scandir(other / RECORDS) as shards:
            names = sorted(e.name for e in shards if SHARD.fullmatch(e.name) and e.is_dir(follow_symlinks=False))
    except OSError:
        return
    if (other / RECORDS).is_symlink():
        return
    for name in names:
        with os.scandir(other / RECORDS / name) as listing:
            for entry in listing:
                yield other / RECORDS / name / entry.name


def _brings(
    library: Library, other: Path, path: Path, identifier: str, again: str | None
) -> tuple[Change | Tombstone | Merged, int]:
    """What a record of the other library brings, as `Merged` if nothing, and the record's length.

    Raises OSError, ValueError and PictureError.
    """
    if not ID.fullmatch(identifier) or path.name != identifier + RECORD_SUFFIX or path.parent.name != identifier[:2]:
        raise ValueError("it has no name of a record")
    content = _content(other, path)
    record = parse_record(content)
    if record.id != identifier:
        raise ValueError("it speaks of another picture")
    if any(event.at > FAR_FUTURE for event in record.events):
        raise ValueError(f"one of its events is dated {max(event.at for event in record.events)}, far in the future")
    with sentences(library.folder):
        here = index.sidecar(library.connection, identifier)
    grave = library.tombstone(identifier)
    if isinstance(record, Tombstone):
        return _tombstone(record, here, grave), len(content)
    if grave is not None and again is None and deletion_of(united(grave.events, record.events)) is not None:
        return Merged(identifier, deleted=True, note=f"{identifier} {grave.sentence}; --again brings it back"), 0
    if here is not None:
        events = {event.id for event in here.events}
        record = replace(record, events=tuple(event for event in record.events if event.id not in events))
        if not record.events and _has_picture(library, here):
            return Merged(identifier), 0
    return replace(_staged(library, other, record, here), again=again), len(content)


def _tombstone(there: Tombstone, here: Sidecar | None, grave: Tombstone | None) -> Tombstone | Merged:
    if here is not None:
        if there.deletion in here.events:
            return Merged(there.id)
        return Merged(there.id, note=f"{there.id} {there.sentence} in the other library; it is kept here")
    if grave is not None and both(grave, there) == grave:
        return Merged(there.id, deleted=True)
    return there


def _has_picture(library: Library, here: Sidecar) -> bool:
    try:
        path = picture_path(library.folder, here.id, here.facts.suffix)
        return path.stat().st_size == here.facts.bytes
    except OSError:
        return False


def _staged(library: Library, other: Path, sidecar: Sidecar, here: Sidecar | None) -> Change:
    """Copies of the files that are missing here, each with the content that its name promises."""
    facts, picture, maps = sidecar.facts, None, {}
    copied: list[Path] = []
    try:
        if here is None or not _has_picture(library, here):
            source = picture_path(other, facts.sha256, facts.suffix)
            picture = _copy(library, other, source, facts.sha256, PICTURES, _MOST_PICTURE_BYTES)
            copied.append(picture)
            # What the other says of the picture is not believed.
            read = read_facts(picture, facts.sha256, source)
            if read.suffix != facts.suffix:
                raise ValueError("its picture is of another kind than it says")
            facts = read
        for digest in sorted(maps_of(sidecar.events)):
            if not map_path(library.folder, digest).exists():
                source = map_path(other, digest)
                maps[digest] = _copy(library, other, source, digest, MAPS, _MOST_MAP_BYTES)
                copied.append(maps[digest])
                if read_facts(maps[digest], digest, source).suffix != MAP_SUFFIX:
                    raise ValueError("its crack map is no PNG")
    except BaseException:
        for path in copied:
            remove(path)
        raise
    return Change(facts.sha256, events=sidecar.events, facts=facts, picture=picture, maps=maps)


def _content(other: Path, path: Path) -> bytes:
    descriptor = _open(other, path, RECORDS)
    with os.fdopen(descriptor, "rb") as file:
        content = file.read(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        raise ValueError(f"it is longer than {MAX_BYTES} bytes")
    return content


def _copy(library: Library, other: Path, path: Path, digest: str, below: str, most: int) -> Path:
    to = library.run / f"{digest}.merged{path.suffix}"
    hashed, length = hashlib.sha256(), 0
    try:
        with os.fdopen(_open(other, path, below), "rb") as source, sentences(library.folder), to.open("wb") as copy:
            while block := source.read(_BLOCK):
                hashed.update(block)
                length += len(block)
                if length > most:
                    raise ValueError(f"{printable(path)} is too large")
                copy.write(block)
        if hashed.hexdigest() != digest:
            raise ValueError(f"the content of {printable(path)} is not what its name says")
    except BaseException:
        remove(to)
        raise
    return to


def _open(other: Path, path: Path, below: str) -> int:
    """A descriptor of a plain file below one of the other's folders, of which none may be a link."""
    folder = os.open(other / below, _FLAGS | os.O_DIRECTORY)
    try:
        shard = os.open(path.parent.name, _FLAGS | os.O_DIRECTORY, dir_fd=folder)
        try:
            descriptor = os.open(path.name, _FLAGS, dir_fd=shard)
        finally:
            os.close(shard)
    finally:
        os.close(folder)
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise ValueError(f"{printable(path)} is no plain file")
    return descriptor
