"""Unfinished work of one program: a folder of its own below `incoming/`, locked for as long as the program lives.

What a killed program left there is finished or removed by the next one that opens the library to write.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import secrets
import shutil
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from crackinspector.library.database import BUSY_SECONDS, busy, is_outdated
from crackinspector.library.durable import make_folder, sync_folder
from crackinspector.library.layout import INCOMING, LOCK
from crackinspector.library.locks import locked, still_there

_RUN_LOCK = "lock"
_PAUSE = 0.01


class Run:
    """This program's folder of unfinished work.

    Attributes:
        folder: in which files are named `<sha256>.<anything>` once their content is whole.
    """

    def __init__(self, library: Path) -> None:
        """Make and lock the folder. Raises OSError."""
        make_folder(library / INCOMING)
        while True:
            self.folder = library / INCOMING / f"{os.getpid()}-{secrets.token_hex(4)}"
            # Until it is locked it looks abandoned, and whoever opens the library at this moment removes it.
            with contextlib.suppress(FileNotFoundError):
                self.folder.mkdir()
                sync_folder(self.folder.parent)
                path = self.folder / _RUN_LOCK
                self._lock = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666)
                if locked(self._lock) is not False and still_there(path, self._lock):
                    return
                os.close(self._lock)

    def close(self) -> None:
        """Remove the folder and what is left in it. Any thread, once."""
        shutil.rmtree(self.folder, ignore_errors=True)
        self.keep()

    def keep(self) -> None:
        """Leave the folder to whoever opens the library next. Instead of `close`."""
        os.close(self._lock)


def abandoned_runs(library: Path) -> Iterator[Path]:
    """The folders whose programs have gone; each is this one's alone until the next is asked for."""
    try:
        folders = sorted(path for path in (library / INCOMING).iterdir() if path.is_dir() and not path.is_symlink())
    except OSError:
        return
    for folder in folders:
        try:
            descriptor = os.open(folder / _RUN_LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666)
        except OSError:
            continue
        try:
            # Where a file system has no locks nobody can tell, and it is left alone.
            if locked(descriptor):
                yield folder
        finally:
            os.close(descriptor)


@contextlib.contextmanager
def writing(library: Path) -> Iterator[None]:
    """One program at a time writes records and index; the next one waits for it.

    Raises:
        StorageError: the other one takes too long.
        OSError: the library cannot be written to.
    """
    descriptor = os.open(library / LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666)
    try:
        until = time.monotonic() + BUSY_SECONDS
        # Without locks the index's own keep the others out.
        while locked(descriptor) is False:
            if time.monotonic() > until:
                raise busy(library)
            time.sleep(_PAUSE)
        yield
    finally:
        os.close(descriptor)


def opening(library: Path, write: bool) -> contextlib.AbstractContextManager[None]:
    """What to open an index in: alone, if it may have to be made or brought up to date. Raises as `writing` does."""
    needed = write or is_outdated(library)
    return writing(library) if needed and os.access(library, os.W_OK) else contextlib.nullcontext()


def sync_files(paths: Iterable[Path]) -> None:
    """Wait until files and folders are on the disk: side by side, which costs a journal little more than one alone.

    Raises OSError.
    """
    waiting = list(paths)
    if len(waiting) < 3:
        for path in waiting:
            _sync(path)
        return
    with ThreadPoolExecutor(min(8, len(waiting)), thread_name_prefix="sync") as pool:
        for _ in pool.map(_sync, waiting):
            pass


def _sync(path: Path) -> None:
    if path.is_dir():
        sync_folder(path)
        return
    descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def digest_of(path: Path) -> str:
    """The sha256 of a file's content, in hexadecimal. Raises OSError."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def staged_files(run: Path, digest: str) -> Iterator[Path]:
    """The whole files in a run's folder that have this content by their name, and do have it."""
    for path in sorted(run.glob(f"{digest}.*")):
        with contextlib.suppress(OSError):
            if path.is_file() and not path.is_symlink() and digest_of(path) == digest:
                yield path
