"""Takes everything of another library into this one: from the device to the desk, as often as one likes.

Pictures are known by their content and events by theirs, so that nothing comes twice, and histories are united
whichever library was merged into which. The other library may come from anybody. Only its records, pictures and maps
are read, never its index; names are made of digests, never taken; links are not followed; every content is hashed.
"""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from crackinspector.core.errors import PictureError, StorageError
from crackinspector.core.text import printable
from crackinspector.library import index
from crackinspector.library.database import sentences
from crackinspector.library.durable import remove
from crackinspector.library.facts import read_facts
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
from crackinspector.library.sidecar import MAX_BYTES, Sidecar, parse_sidecar
from crackinspector.library.state import maps_of
from crackinspector.library.store import Change, Library

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
    """

    id: str | None
    is_new: bool = False
    events: int = 0
    refused: str | None = None


def merge(library: Library, other: Path) -> Iterator[Merged]:
    """Take in everything of another library; yields what came of each record once that is on the disk.

    Raises:
        StorageError: the other folder is no library or this very one, or this one cannot be written to.
    """
    if not is_library(other):
        raise StorageError(f"there is no library in {printable(other)}; look for its folder elsewhere")
    if other.resolve() == library.folder.resolve():
        raise StorageError(f"{printable(other)} is the library itself; give another one")
    changes: list[Change] = []
    held = 0
    for path in _record_files(other):
        identifier = path.name.removesuffix(RECORD_SUFFIX)
        try:
            change, weight = _change(library, other, path, identifier)
        except (OSError, ValueError, PictureError) as error:
            reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
            yield Merged(None, refused=f"{printable(path)} was left out: {printable(reason)}")
            continue
        if change is None:
            yield Merged(identifier)
            continue
        changes.append(change)
        held += weight
        if len(changes) == _GROUP or held > MAX_BYTES:
            yield from _commit(library, changes)
            changes, held = [], 0
    yield from _commit(library, changes)


def _commit(library: Library, changes: list[Change]) -> Iterator[Merged]:
    for committed in library.commit(changes):
        yield Merged(committed.sidecar.facts.sha256, committed.is_new, len(committed.events))


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


def _change(library: Library, other: Path, path: Path, identifier: str) -> tuple[Change | None, int]:
    """What a record of the other library brings, None if nothing, and the record's length.

    Raises OSError, ValueError and PictureError.
    """
    if not ID.fullmatch(identifier) or path.name != identifier + RECORD_SUFFIX or path.parent.name != identifier[:2]:
        raise ValueError("it has no name of a record")
    content = _content(other, path)
    sidecar = parse_sidecar(content)
    if sidecar.facts.sha256 != identifier:
        raise ValueError("it speaks of another picture")
    with sentences(library.folder):
        known = index.known(library.connection, identifier)
    if known is not None:
        here = {event.id for event in known.events}
        sidecar = replace(sidecar, events=tuple(event for event in sidecar.events if event.id not in here))
        if not sidecar.events and _has_picture(library, known):
            return None, 0
    return _staged(library, other, sidecar, known), len(content)


def _has_picture(library: Library, known: Sidecar) -> bool:
    try:
        path = picture_path(library.folder, known.facts.sha256, known.facts.suffix)
        return path.stat().st_size == known.facts.bytes
    except OSError:
        return False


def _staged(library: Library, other: Path, sidecar: Sidecar, known: Sidecar | None) -> Change:
    """Copies of the files that are missing here, each with the content that its name promises."""
    facts, picture, maps = sidecar.facts, None, {}
    copied: list[Path] = []
    try:
        if known is None or not _has_picture(library, known):
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
