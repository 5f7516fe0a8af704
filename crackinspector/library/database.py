"""The connection to a library's index: how it is opened where it lies, and its failures as sentences."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

from crackinspector.core.errors import StorageError
from crackinspector.core.text import printable
from crackinspector.library.filesystem import file_system, is_shared
from crackinspector.library.layout import INDEX
from crackinspector.library.schema import MIGRATIONS, migrate, version_of

BUSY_SECONDS = 10.0
_CACHE_KIB = 16_384


class DamagedIndexError(StorageError):
    """The index cannot be read; the records beside it can, and a new one is made of them."""


@dataclass(slots=True)
class Opened:
    """An open index.

    Attributes:
        connection: in autocommit mode; whoever writes begins and commits.
        read_only: whether nothing can be written.
        notices: what a person should know of how it was opened.
        copy: the folder of the copy that was opened in its place, or None.
    """

    connection: sqlite3.Connection
    read_only: bool
    notices: list[str] = field(default_factory=list)
    copy: tempfile.TemporaryDirectory[str] | None = None

    def close(self) -> None:
        """Close the connection. Any thread."""
        with contextlib.suppress(sqlite3.Error):
            self.connection.close()
        if self.copy is not None:
            self.copy.cleanup()


def open_index(library: Path, write: bool) -> Opened:
    """Open the index of a library whose folder exists; with `write`, make it and bring it up to date as needed.

    On a file system that other computers may write to it has a rollback journal, elsewhere a write-ahead log; where
    nothing can be written it is opened to be read.

    Raises:
        DamagedIndexError: it is no index, or damaged.
        StorageError: it cannot be opened, or a newer program wrote it.
    """
    path = library / INDEX
    with sentences(library):
        # The log's files are written to by readers as well.
        if os.access(library, os.W_OK) and (not path.exists() or os.access(path, os.W_OK)):
            try:
                return _to_write(path, write)
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode & 0xFF not in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN):
                    raise
        return _to_read(path)


def is_outdated(library: Path) -> bool:
    """Whether the index may be an older program's, by its first bytes: what is newer may still lie in the log."""
    try:
        with (library / INDEX).open("rb") as file:
            return int.from_bytes(file.read(64)[60:]) < len(MIGRATIONS)
    except OSError:
        return False


def _to_write(path: Path, write: bool) -> Opened:
    kind = file_system(path.parent)
    if not path.exists() and not write:
        raise DamagedIndexError(lost_index(path.parent))
    connection = _connect(f"file:{quote(os.fspath(path))}?mode={'rwc' if write else 'rw'}")
    opened = Opened(connection, read_only=not write)
    try:
        if is_shared(kind):
            opened.notices.append(
                f"{printable(path.parent)} lies on a network file system ({kind}): the index is kept with a rollback "
                "journal; let one computer at a time write to it"
            )
            journal = "TRUNCATE"
        else:
            journal = "WAL"
        (mode,) = connection.execute(f"PRAGMA journal_mode = {journal}").fetchone()
        if mode != journal.lower():
            opened.notices.append(f"the index of {printable(path.parent)} is kept with the journal mode {mode}")
        connection.execute("PRAGMA synchronous = FULL")
        if not write:
            _refuse_empty(connection, path.parent)
        # Whoever only reads an older program's index needs the new tables as well.
        opened.notices += migrate(connection, path.parent)
        if not write:
            connection.execute("PRAGMA query_only = ON")
    except BaseException:
        opened.close()
        raise
    return opened


def _to_read(path: Path) -> Opened:
    """The index where nothing can be written; its log must not be passed over, which holds what was committed last."""
    library, log = path.parent, path.with_name(path.name + "-wal")
    if not path.exists():
        raise DamagedIndexError(lost_index(library))
    notice = f"nothing can be written to {printable(library)}: it is open to be read"
    if not (log.exists() and log.stat().st_size):
        opened = Opened(_connect(f"file:{quote(os.fspath(path))}?mode=ro&immutable=1"), True, [notice])
        try:
            if version_of(opened.connection) >= len(MIGRATIONS):
                return _only_to_read(opened, library)
        except BaseException:
            opened.close()
            raise
        opened.close()
    copy = tempfile.TemporaryDirectory(prefix="crackinspector-")
    copied = Path(copy.name) / path.name
    try:
        for file in (path, log):
            with contextlib.suppress(FileNotFoundError):
                shutil.copyfile(file, copied.with_name(file.name))
        opened = Opened(_connect(f"file:{quote(os.fspath(copied))}?mode=rw"), True, [notice], copy)
    except BaseException:
        copy.cleanup()
        raise
    try:
        _refuse_empty(opened.connection, library)
        # An older program's index becomes ours in the copy alone.
        migrate(opened.connection, copied.parent)
        return _only_to_read(opened, library)
    except BaseException:
        opened.close()
        raise


def _only_to_read(opened: Opened, library: Path) -> Opened:
    if version_of(opened.connection) > len(MIGRATIONS):
        raise StorageError(f"{printable(library)} was written by a newer crackinspector; update this one to open it")
    opened.connection.execute("PRAGMA query_only = ON")
    return opened


def _connect(name: str) -> sqlite3.Connection:
    connection = sqlite3.connect(
        name, uri=True, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False, cached_statements=256
    )
    for pragma in ("foreign_keys = ON", "trusted_schema = OFF", f"cache_size = -{_CACHE_KIB}", "temp_store = MEMORY"):
        connection.execute(f"PRAGMA {pragma}")
    return connection


def _refuse_empty(connection: sqlite3.Connection, library: Path) -> None:
    """What nobody has ever written to must not look like a library that holds nothing."""
    if not version_of(connection):
        raise DamagedIndexError(lost_index(library))


def lost_index(library: Path) -> str:
    """The sentence for a library without its index."""
    name = printable(library)
    return f"{name} has no index; `crackinspector library check --repair --library {name}` makes one of its records"


@contextlib.contextmanager
def sentences(library: Path) -> Iterator[None]:
    """Turns what SQLite and the disk say of a library's index into `StorageError`s."""
    name = printable(library)
    try:
        yield
    except sqlite3.DatabaseError as error:
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            raise busy(library) from error
        if code == sqlite3.SQLITE_FULL:
            raise StorageError(f"cannot write to {name}: no space left on device; free some space") from error
        if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_FORMAT):
            raise DamagedIndexError(
                f"the index of {name} is damaged ({error}), its records may not be; "
                f"`crackinspector library check --repair --library {name}` makes a new index of them"
            ) from error
        raise StorageError(
            f"the index of {name} cannot be used: {error}; check the disk and the permissions"
        ) from error
    except OSError as error:
        remedy = (
            "free some space" if error.errno in (errno.ENOSPC, errno.EDQUOT) else "check the disk and the permissions"
        )
        raise StorageError(f"cannot use {name}: {error.strerror or error}; {remedy}") from error


def busy(library: Path) -> StorageError:
    """Another program has been writing for too long."""
    return StorageError(
        f"another program is writing to {printable(library)} for more than {BUSY_SECONDS:.0f} s; wait for it, try again"
    )
