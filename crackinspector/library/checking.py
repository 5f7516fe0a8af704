"""Whether a library is whole: every row has its file, every file its row, every name its content; and mending it.

Index and records say the same twice over, so that either mends the other. A picture or map that is gone or has changed
cannot be made again: it is told every time, until it is restored from a backup or merged from another library.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from crackinspector.core.errors import PictureError, StorageError
from crackinspector.core.text import printable
from crackinspector.library import index
from crackinspector.library.database import sentences
from crackinspector.library.events import Draft, Kind
from crackinspector.library.facts import read_facts
from crackinspector.library.identity import is_damaged, new_identity, write_identity
from crackinspector.library.known import known, readable, together
from crackinspector.library.layout import (
    ID,
    MAP_SUFFIX,
    MAPS,
    MARKER,
    PICTURE_SUFFIXES,
    PICTURES,
    RECORD_SUFFIX,
    RECORDS,
    is_library,
    map_path,
    picture_path,
    record_path,
)
from crackinspector.library.rebuilding import files_in, put_away, rebuild, trouble_with_index
from crackinspector.library.sidecar import MAX_BYTES, Sidecar
from crackinspector.library.staging import digest_of, writing
from crackinspector.library.state import maps_of
from crackinspector.library.store import Change, Library
from crackinspector.library.tombstones import Tombstone


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that is not as it should be.

    Attributes:
        sentence: what is wrong with what; and what was done, or is to be done.
        mended: whether it is as it should be now.
        is_notice: whether nothing is wrong, and this is only to be known.
    """

    sentence: str
    mended: bool = False
    is_notice: bool = False


def check(folder: Path, repair: bool = False) -> Iterator[Problem]:
    """Look at everything in a library and yield what is wrong; takes as long as reading all its files does.

    What a killed program had begun is finished first, as by everybody who opens a library. Others may write meanwhile.

    Args:
        folder: of the library.
        repair: mend what can be mended. Nothing is ever removed: what is taken out of the way goes to `bin/`.

    Raises:
        StorageError: there is no library, or it cannot be read.
    """
    if not is_library(folder):
        raise StorageError(f"there is no library in {printable(folder)}; look for its folder elsewhere")
    trouble = trouble_with_index(folder)
    if trouble is not None:
        if not repair:
            yield Problem(f"{trouble}; --repair makes a new one of the records")
            return
        count = rebuild(folder)
        yield Problem(f"{trouble}; a new one was made of {count} records", mended=True)
    with Library(folder) as library:
        checking = _Checking(library, repair)
        for notice in library.notices if library.read_only else ():
            yield Problem(notice, mended=True, is_notice=True)
        yield from checking.identity()
        yield from checking.records()
        yield from checking.rows()
        yield from checking.files(PICTURES, PICTURE_SUFFIXES)
        yield from checking.files(MAPS, (MAP_SUFFIX,))


class _Checking:
    """One check of an open library."""

    def __init__(self, library: Library, repair: bool) -> None:
        self._library, self._folder, self._repair = library, library.folder, repair and not library.read_only
        self._maps: set[bytes] = set()
        self._pictures: set[bytes] = set()
        self._seen: set[bytes] = set()

    def identity(self) -> Iterator[Problem]:
        """What says which library this is."""
        if not is_damaged(self._folder):
            return
        name = printable(self._folder / MARKER)
        if self._repair:
            with sentences(self._folder), self._undisturbed():
                write_identity(self._folder, new_identity())
            yield Problem(
                f"{name} was damaged: a new one was made, and the next backup needs a new folder", mended=True
            )
        else:
            yield Problem(f"{name} is damaged; restore it from a backup, or --repair makes a new one")

    def records(self) -> Iterator[Problem]:
        """Every record: itself, its row, its files."""
        for path in files_in(self._folder / RECORDS):
            identifier = path.name.removesuffix(RECORD_SUFFIX)
            if path != record_path(self._folder, identifier) or not ID.fullmatch(identifier):
                yield self._stranger(path)
                continue
            self._seen.add(bytes.fromhex(identifier))
            yield from self._snapshot(identifier)

    def rows(self) -> Iterator[Problem]:
        """Every row whose record was not among the files."""
        everything = "SELECT id FROM snapshots UNION SELECT id FROM deleted"
        with sentences(self._folder):
            rows = [row for (row,) in self._library.connection.execute(everything)]
        for identifier in rows:
            if bytes.fromhex(identifier) not in self._seen:
                self._seen.add(bytes.fromhex(identifier))
                yield from self._snapshot(identifier)

    def files(self, below: str, suffixes: tuple[str, ...]) -> Iterator[Problem]:
        """Every picture or map that no record speaks of."""
        wanted = self._pictures if below == PICTURES else self._maps
        for path in files_in(self._folder / below):
            identifier = path.name[:64]
            proper = self._folder / below / identifier[:2] / path.name
            if path != proper or not ID.fullmatch(identifier) or path.name[64:] not in suffixes:
                yield self._stranger(path)
            elif bytes.fromhex(identifier) not in wanted:
                yield from self._orphan(path, identifier)

    def _snapshot(self, identifier: str) -> Iterator[Problem]:
        """What is wrong with one snapshot; looked at once more while nobody writes."""
        if not self._wrong(identifier):
            return
        with self._undisturbed():
            wrong = self._wrong(identifier)
        if any(mendable for _, mendable in wrong) and self._repair:
            self._mend(identifier)
        for sentence, mendable in wrong:
            if mendable and self._repair:
                yield Problem(f"{sentence}: mended", mended=True)
            else:
                yield Problem(f"{sentence}; {'--repair mends it' if mendable else 'restore it from a backup'}")

    def _mend(self, identifier: str) -> None:
        """Make record and index say what both of them say together."""
        record = record_path(self._folder, identifier)
        if readable(record) is None:
            put_away(self._folder, record)
        found = known(self._library.connection, self._folder, identifier)
        if isinstance(found, Tombstone):
            self._library.bury(lambda connection: [found])
        else:
            self._library.commit([Change(identifier, rewrite=True)])

    def _wrong(self, identifier: str) -> list[tuple[str, bool]]:
        """Sentences, and whether index or record can mend it."""
        path = record_path(self._folder, identifier)
        kept = readable(path)
        with sentences(self._folder):
            found = together(self._library.connection, identifier, kept)
            indexed = index.sidecar(self._library.connection, identifier)
            grave = index.tombstone(self._library.connection, identifier)
            agrees = grave is None and isinstance(kept, Sidecar) and index.agrees(self._library.connection, kept)
        if isinstance(found, Tombstone):
            agrees = indexed is None and grave == kept
        wrong = []
        if kept is None:
            state = "is damaged" if path.exists() else "is missing"
            wrong.append((f"the record {printable(path)} {state}", found is not None))
        elif indexed is None and grave is None:
            wrong.append((f"{printable(path)} has no row in the index", True))
        elif not agrees:
            wrong.append((f"{printable(path)} and the index do not say the same", True))
        if isinstance(found, Sidecar):
            self._pictures.add(bytes.fromhex(identifier))
            picture = picture_path(self._folder, identifier, found.facts.suffix)
            files = [(picture, identifier)]
            for digest in sorted(maps_of(found.events)):
                self._maps.add(bytes.fromhex(digest))
                files.append((map_path(self._folder, digest), digest))
            if wrong and len(found.content()) > MAX_BYTES:
                wrong = [
                    (f"{sentence}, and what the index says is longer than {MAX_BYTES} bytes", False)
                    for sentence, _ in wrong
                ]
            wrong += [(sentence, False) for file, digest in files if (sentence := _trouble_with_file(file, digest))]
        return wrong

    def _orphan(self, path: Path, identifier: str) -> Iterator[Problem]:
        """A picture without a record is given one; a map that nobody speaks of is put away."""
        with self._undisturbed():
            if not path.exists() or self._spoken_of(path, identifier):
                return
        if not self._repair:
            yield Problem(f"no record speaks of {printable(path)}; --repair gives a picture one, and puts a map away")
            return
        if path.parent.parent.name == PICTURES and self._library.tombstone(identifier) is None:
            with contextlib.suppress(PictureError, OSError):
                facts = read_facts(path)
                if facts.sha256 == identifier and facts.suffix == path.suffix:
                    body = {"name": path.name, "source": "library check", "taken": None}
                    adopted = Draft(Kind.IMPORT, "library check", body)
                    self._library.commit([Change(identifier, lambda known: [] if known else [adopted], facts=facts)])
                    yield Problem(f"no record spoke of {printable(path)}: it has one now", mended=True)
                    return
        yield self._stranger(path)

    def _spoken_of(self, path: Path, digest: str) -> bool:
        """Whether a program has written the record in the meantime."""
        if path.parent.parent.name == PICTURES:
            return isinstance(readable(record_path(self._folder, digest)), Sidecar)
        query = "SELECT body FROM events WHERE kind IN ('detection', 'edit') AND instr(body, ?)"
        with sentences(self._folder):
            return self._library.connection.execute(query, (f'"{digest}"',)).fetchone() is not None

    def _stranger(self, path: Path) -> Problem:
        if not self._repair:
            return Problem(f"{printable(path)} is no part of the library; --repair puts it away")
        with sentences(self._folder):
            to = put_away(self._folder, path)
        return Problem(f"{printable(path)} is no part of the library: it was moved to {printable(to)}", mended=True)

    def _undisturbed(self) -> contextlib.AbstractContextManager[None]:
        return contextlib.nullcontext() if self._library.read_only else writing(self._folder)


def _trouble_with_file(path: Path, digest: str) -> str | None:
    try:
        if path.is_symlink() or not path.is_file():
            return f"{printable(path)} is missing"
        return None if digest_of(path) == digest else f"the content of {printable(path)} has changed"
    except OSError as error:
        return f"{printable(path)} cannot be read ({error.strerror or error})"
