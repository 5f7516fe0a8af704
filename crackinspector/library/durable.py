"""Files that appear complete or not at all, and are still there after the power failed.

Who writes with these needs no hard links and no locks, so that USB sticks and memory cards (exFAT, FAT) will do.
"""

from __future__ import annotations

import contextlib
import errno
import os
from collections.abc import Iterable
from pathlib import Path

from crackinspector.core.errors import StorageError
from crackinspector.core.text import printable


def reason_and_remedy(error: OSError) -> tuple[str, str]:
    """Why a file cannot be written and what to do, as two parts of a sentence."""
    reason, remedy = error.strerror or str(error), "choose another place"
    if isinstance(error, FileExistsError | NotADirectoryError):
        reason = "there is a file where a folder is needed"
    elif error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        remedy = "free some space or choose another place"
    elif error.errno in (errno.EACCES, errno.EPERM):
        remedy = "check the permissions or choose another place"
    return reason, remedy


def storage_error(path: Path, error: OSError) -> StorageError:
    """The sentence for something that cannot be kept at `path`."""
    reason, remedy = reason_and_remedy(error)
    return StorageError(f"cannot write {printable(path)}: {reason}; {remedy}")


def make_folder(folder: Path) -> None:
    """Make a folder and those above it, so that they last. Raises OSError."""
    if folder.is_dir():
        return
    if folder.parent != folder:
        make_folder(folder.parent)
    with contextlib.suppress(FileExistsError):
        folder.mkdir()
        sync_folder(folder.parent)
    if not folder.is_dir():
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(folder))


def make_folders(folders: Iterable[Path]) -> set[Path]:
    """Make many folders; returns those that have to be synced for these to last. Raises OSError."""
    unsynced = set()
    for folder in folders:
        if not folder.is_dir():
            make_folder(folder.parent)
            folder.mkdir(exist_ok=True)
            unsynced.add(folder.parent)
    return unsynced


def write_all(descriptor: int, content: bytes | memoryview) -> None:
    """Write the whole content; a disk that takes only a part of it is full. Raises OSError."""
    rest = memoryview(content)
    while rest:
        written = os.write(descriptor, rest)
        if not written:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        rest = rest[written:]


def write_all_to(path: Path, content: bytes) -> None:
    """Write a file in the place of what may be there, without waiting for the disk. Raises OSError."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o666)
    try:
        write_all(descriptor, content)
    finally:
        os.close(descriptor)


def write_synced(path: Path, content: bytes) -> None:
    """Write a file that was not there and wait until it is on the disk; nothing of it stays behind on failure.

    Raises:
        FileExistsError: there is one of that name, which stays as it is.
        OSError: it cannot be written.
    """
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o666)
    try:
        try:
            write_all(descriptor, content)
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
    except BaseException:
        remove(path)
        raise


def replace_file(
    path: Path, content: bytes, part: Path | None = None, *, sync: bool = True, private: bool = False
) -> None:
    """Put a file in the place of what may be there, by way of `part` in the same folder.

    Args:
        path: the file; its folder exists.
        content: all of it.
        part: name of the unfinished file, which nobody else uses; one left by a killed program is overwritten.
        sync: wait until it is on the disk. Without it a power failure may leave the old file, or an empty one.
        private: nobody else may read it, where the file system knows of people.

    Raises:
        OSError: it cannot be written; what was there stays as it is, and the unfinished file is removed.
    """
    part = part or path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC
        descriptor = os.open(part, flags, 0o600 if private else 0o666)
        try:
            if private:
                with contextlib.suppress(OSError):
                    os.fchmod(descriptor, 0o600)
            write_all(descriptor, content)
            if sync:
                os.fsync(descriptor)
        finally:
            os.close(descriptor)
        part.replace(path)
    except BaseException:
        remove(part)
        raise
    if sync:
        sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Wait until the names in a folder are on the disk, where its file system can tell. Raises OSError."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in (errno.EINVAL, errno.ENOTSUP, errno.EROFS):
            raise
    finally:
        os.close(descriptor)


def size_of(path: Path) -> int | None:
    """Of a file in bytes; None if it is not there."""
    try:
        return path.stat().st_size
    except OSError:
        return None


def remove(path: Path) -> None:
    """Remove a file if it is there and can be removed."""
    with contextlib.suppress(OSError):
        path.unlink(missing_ok=True)
