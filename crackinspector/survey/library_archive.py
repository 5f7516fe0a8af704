"""Takes pictures and the live application's records out of an archive, which may come from anybody.

What comes out goes into a folder of its own below the library's `incoming/`, which ends with the program that made it.
A member's name is only believed if it leads below that folder; links, devices and encrypted members stay where they
are. An archive that would unpack to many times its size, or to more than the disk holds, is given up.
"""

from __future__ import annotations

import errno
import gzip
import io
import os
import stat
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import IO, BinaryIO

from crackinspector.core.errors import StorageError
from crackinspector.core.text import printable
from crackinspector.library.durable import remove, storage_error
from crackinspector.library.places import LOW_SPACE, space_left
from crackinspector.sources.finding import LITTER, PICTURE_SUFFIXES

SUFFIXES = (".zip", ".tar", ".tar.gz", ".tgz")
MOST_ENTRIES = 500_000
"""Members of an archive: a hundred thousand snapshots with map and record are three hundred thousand."""
MOST_DIRECTORY_BYTES = 128 << 20
"""Length of a zip file's directory, which is held in memory."""
MOST_RATIO, FREE_BYTES = 100, 64 << 20
"""How many times its own size an archive may unpack to; so many bytes are always allowed. Pictures hardly shrink."""
MOST_RECORD_BYTES = 16_000_000
MOST_HEADER_BYTES = 1 << 20
"""Of a tar file's extended header, which is held in memory."""
MOST_TOLD = 200
_BLOCK = 1 << 20
_ENTRY_BYTES, _ZIP64_BYTES = 46, 56 + 20
"""Of an entry of a zip file's directory without its texts; of what stands behind the directory of a large one."""
_RECORD = ".json"


_DAMAGED = (
    *(tarfile.TarError, zipfile.BadZipFile, gzip.BadGzipFile, zlib.error, struct.error),
    *(EOFError, ValueError, OverflowError, NotImplementedError, RecursionError),
)


@dataclass(frozen=True, slots=True)
class Refused:
    """Something that was asked for and is not imported.

    Attributes:
        path: what it is called.
        sentence: why.
    """

    path: Path
    sentence: str


@dataclass(slots=True)
class Unpacked:
    """What came out of an archive.

    Attributes:
        folder: where pictures and records lie now, under the names that they had.
        refused: members that were left there although they are called like pictures, or the archive's own trouble.
        passed_over: members that are called neither.
    """

    folder: Path
    refused: list[Refused] = field(default_factory=list)
    passed_over: int = 0


@dataclass(frozen=True, slots=True)
class _Member:
    """One entry, of either kind of archive; `trouble` says why its content is not to be had."""

    name: str
    trouble: str | None
    open: Callable[[], IO[bytes]]


class _TooMuchError(Exception):
    """The archive as a whole is not to be trusted; the text says why."""


def is_archive(path: str) -> bool:
    """Whether a file that was given by name is unpacked."""
    return path.lower().endswith(SUFFIXES) and Path(path).is_file()


def unpack(archive: Path, folder: Path) -> Unpacked:
    """Take pictures and records out of an archive.

    Args:
        archive: the file.
        folder: a new one is made of this name.

    Raises:
        StorageError: the disk cannot take them.
    """
    unpacked = Unpacked(folder)
    name = printable(archive)
    try:
        size = archive.stat().st_size
        members = _zip_members(archive) if archive.name.lower().endswith(".zip") else _tar_members(archive, size)
        _take(archive, members, _Allowance(size, folder.parent), unpacked)
    except _TooMuchError as error:
        unpacked.refused.append(Refused(archive, f"{name} is given up: {error}"))
    except _DAMAGED as error:
        unpacked.refused.append(Refused(archive, f"{name} is damaged, or no archive ({error}); copy it once more"))
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EROFS):
            raise storage_error(folder, error) from error
        unpacked.refused.append(Refused(archive, f"cannot read {name}: {error.strerror or error}"))
    return unpacked


def _take(archive: Path, members: Iterator[_Member], allowance: _Allowance, unpacked: Unpacked) -> None:
    seen: set[str] = set()
    left_out = 0
    for number, member in enumerate(members, 1):
        if number > MOST_ENTRIES:
            raise _TooMuchError(f"it has more than {MOST_ENTRIES} entries")
        if not _is_wanted(member.name):
            unpacked.passed_over += PurePosixPath(member.name).name.lower() not in LITTER
            continue
        trouble = member.trouble
        if trouble is None:
            path = _below(member.name)
            if path is None:
                trouble = "its name leads out of the archive"
            elif os.fspath(path) in seen:
                trouble = "another one has the same name"
            else:
                seen.add(os.fspath(path))
                trouble = _write(member, unpacked.folder / path, allowance)
        if trouble is not None:
            left_out += 1
            if left_out <= MOST_TOLD:
                inside = archive / member.name.lstrip("/")
                unpacked.refused.append(Refused(inside, f"{printable(inside)} was left out: {trouble}"))
    if left_out > MOST_TOLD:
        more = f"{left_out - MOST_TOLD} more members of {printable(archive)} were left out"
        unpacked.refused.append(Refused(archive, more))


def _is_wanted(name: str) -> bool:
    """Whether a member is called like a picture or a record; hidden ones are not looked for anywhere."""
    last = PurePosixPath(name.replace("\\", "/")).name
    suffix = PurePosixPath(last).suffix.lower()
    return not last.startswith(".") and (suffix in PICTURE_SUFFIXES or suffix == _RECORD) and not name.endswith("/")


def _below(name: str) -> Path | None:
    """The name as a path below a folder; None if it is not one on every system."""
    parts = name.split("/")
    if name.startswith("/") or "\\" in name or "\0" in name or ":" in parts[0] or len(parts) > 64:
        return None
    kept = [part for part in parts if part not in ("", ".")]
    if ".." in kept or not kept or any(len(os.fsencode(part)) > 255 for part in kept):
        return None
    return Path(*kept)


def _write(member: _Member, path: Path, allowance: _Allowance) -> str | None:
    """Write a member's content; what was wrong with it if it could not be had. Raises _TooMuchError and OSError."""
    most = MOST_RECORD_BYTES if path.suffix.lower() == _RECORD else None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        copy = path.open("xb")
    except (FileExistsError, NotADirectoryError):
        return "a folder and a file have the same name"
    try:
        length = 0
        with copy:
            try:
                source = member.open()
            except (NotImplementedError, RuntimeError) as error:
                raise ValueError(str(error)) from error
            with source:
                while block := source.read(_BLOCK):
                    length += len(block)
                    allowance.take(len(block))
                    if most is not None and length > most:
                        raise ValueError("it is too long for a record")
                    copy.write(block)
    except (ValueError, zipfile.BadZipFile, zlib.error) as error:
        remove(path)
        return f"it is damaged ({error})"
    except BaseException:
        remove(path)
        raise
    return None


class _Allowance:
    """How many bytes may come out of an archive."""

    def __init__(self, size: int, folder: Path) -> None:
        self._ratio = FREE_BYTES + MOST_RATIO * size
        room = space_left(folder)
        self._room = None if room is None else room - LOW_SPACE
        self._taken = 0

    def take(self, count: int) -> None:
        """Raises _TooMuchError and, where the disk is too small for it, OSError."""
        self._taken += count
        if self._taken > self._ratio:
            raise _TooMuchError(f"it unpacks to more than {MOST_RATIO} times its size, as no pictures do")
        if self._room is not None and self._taken > self._room:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def _zip_members(path: Path) -> Iterator[_Member]:
    with path.open("rb") as file:
        _check_directory(file)
        with zipfile.ZipFile(file) as archive:
            for info in archive.infolist():
                if info.is_dir():
                    continue
                kind = stat.S_IFMT(info.external_attr >> 16)
                trouble = None
                if info.flag_bits & 1:
                    trouble = "it is encrypted; unpack the archive with its password"
                elif kind not in (0, stat.S_IFREG):
                    trouble = "it is no plain file"
                yield _Member(info.orig_filename, trouble, lambda info=info: archive.open(info))  # type: ignore[misc]


def _check_directory(file: BinaryIO) -> None:
    """Refuse a directory that would not fit into memory, before it is made objects of. Raises as `unpack` catches."""
    # What the module itself reads first: the record at the end, which tells where the directory is.
    end = zipfile._EndRecData(file)  # type: ignore[attr-defined]
    if not end:
        raise zipfile.BadZipFile("it has no directory")
    length = end[5]
    if length > MOST_DIRECTORY_BYTES:
        raise _TooMuchError("its directory is too long")
    file.seek(max(0, end[9] - length - (_ZIP64_BYTES if end[0] == b"PK\x06\x06" else 0)))
    directory = file.read(length)
    at = entries = 0
    # Counted: the number at the end may be anything.
    while directory[at : at + 4] == b"PK\x01\x02" and at + _ENTRY_BYTES <= len(directory):
        at += _ENTRY_BYTES + sum(struct.unpack_from("<HHH", directory, at + 28))
        entries += 1
        if entries > MOST_ENTRIES:
            raise _TooMuchError(f"it has more than {MOST_ENTRIES} entries")


_HEADERS = (
    *(tarfile.XHDTYPE, tarfile.XGLTYPE, tarfile.SOLARIS_XHDTYPE),
    *(tarfile.GNUTYPE_LONGNAME, tarfile.GNUTYPE_LONGLINK),
)


class _Header(tarfile.TarInfo):
    """A header that does not announce another one that is too long to be held in memory."""

    @classmethod
    def frombuf(cls, buf: bytes | bytearray, encoding: str, errors: str) -> _Header:
        header = super().frombuf(buf, encoding, errors)
        if header.type in _HEADERS and header.size > MOST_HEADER_BYTES:
            raise _TooMuchError("it has a header that is too long")
        return header


class _Stream(io.RawIOBase):
    """What an archive unpacks to, counted: what is passed over has to be unpacked as well."""

    def __init__(self, source: gzip.GzipFile | BinaryIO, size: int) -> None:
        self._source, self._left = source, FREE_BYTES + 2 * MOST_RATIO * size

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        block = self._source.read(size)
        self._left -= len(block)
        if self._left < 0:
            raise _TooMuchError(f"it unpacks to more than {2 * MOST_RATIO} times its size, as no pictures do")
        return block


def _tar_members(path: Path, size: int) -> Iterator[_Member]:
    with path.open("rb") as file:
        stream = _Stream(gzip.GzipFile(fileobj=file) if path.name.lower().endswith("gz") else file, size)
        with tarfile.open(fileobj=stream, mode="r|", tarinfo=_Header) as archive:
            for info in archive:
                # It would remember them all.
                archive.members = []  # type: ignore[attr-defined]
                if info.isdir():
                    continue
                trouble = None if info.isreg() and not info.issparse() else "it is no plain file"
                yield _Member(info.name, trouble, lambda info=info: _content(archive, info))  # type: ignore[misc]


def _content(archive: tarfile.TarFile, info: tarfile.TarInfo) -> IO[bytes]:
    content = archive.extractfile(info)
    if content is None:
        raise StorageError("it is no plain file")
    return content
