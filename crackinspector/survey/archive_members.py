"""The entries of an archive, one after the other, without trust: how many, how long, of which kind."""

from __future__ import annotations

import gzip
import io
import stat
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, BinaryIO

from crackinspector.core.errors import StorageError

MOST_ENTRIES = 500_000
"""Members of an archive: a hundred thousand snapshots with map and record are three hundred thousand."""
MOST_DIRECTORY_BYTES = 128 << 20
"""Length of a zip file's directory, which is held in memory."""
MOST_RATIO, FREE_BYTES = 100, 64 << 20
"""How many times its own size an archive may unpack to; so many bytes are always allowed. Pictures hardly shrink."""
MOST_HEADER_BYTES = 1 << 20
"""Of a tar file's extended header, which is held in memory."""
_ENTRY_BYTES, _ZIP64_BYTES = 46, 56 + 20
"""Of an entry of a zip file's directory without its texts; of what stands behind the directory of a large one."""
DAMAGED = (
    *(tarfile.TarError, zipfile.BadZipFile, gzip.BadGzipFile, zlib.error, struct.error),
    *(EOFError, ValueError, OverflowError, NotImplementedError, RecursionError),
)
"""What the modules raise at archives that are none, are damaged, or are of a kind that they do not know."""


@dataclass(frozen=True, slots=True)
class Member:
    """One entry, of either kind of archive; `trouble` says why its content is not to be had."""

    name: str
    trouble: str | None
    open: Callable[[], IO[bytes]]


class TooMuchError(Exception):
    """The archive as a whole is not to be trusted; the text says why."""


def members_of(path: Path) -> Iterator[Member]:
    """The entries that are no folders; each is to be read before the next is asked for.

    Raises:
        TooMuchError: the archive is not to be trusted.
        OSError: it cannot be read.
        Exception: one of `DAMAGED`.
    """
    found = _zip_members(path) if path.name.lower().endswith(".zip") else _tar_members(path)
    for number, member in enumerate(found, 1):
        if number > MOST_ENTRIES:
            raise TooMuchError(f"it has more than {MOST_ENTRIES} entries")
        yield member


def _zip_members(path: Path) -> Iterator[Member]:
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
                yield Member(info.orig_filename, trouble, lambda info=info: archive.open(info))  # type: ignore[misc]


def _check_directory(file: BinaryIO) -> None:
    """Refuse a directory that would not fit into memory, before it is read. Raises TooMuchError and BadZipFile."""
    # What the module itself reads first: the record at the end, which tells where the directory is.
    end = zipfile._EndRecData(file)  # type: ignore[attr-defined]
    if not end:
        raise zipfile.BadZipFile("it has no directory")
    length = end[5]
    if length > MOST_DIRECTORY_BYTES:
        raise TooMuchError("its directory is too long")
    file.seek(max(0, end[9] - length - (_ZIP64_BYTES if end[0] == b"PK\x06\x06" else 0)))
    directory = file.read(length)
    at = entries = 0
    # Counted: the number at the end may be anything.
    while directory[at : at + 4] == b"PK\x01\x02" and at + _ENTRY_BYTES <= len(directory):
        at += _ENTRY_BYTES + sum(struct.unpack_from("<HHH", directory, at + 28))
        entries += 1
        if entries > MOST_ENTRIES:
            raise TooMuchError(f"it has more than {MOST_ENTRIES} entries")


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
            raise TooMuchError("it has a header that is too long")
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
            raise TooMuchError(f"it unpacks to more than {2 * MOST_RATIO} times its size, as no pictures do")
        return block


def _tar_members(path: Path) -> Iterator[Member]:
    size = path.stat().st_size
    with path.open("rb") as file:
        stream = _Stream(gzip.GzipFile(fileobj=file) if path.name.lower().endswith("gz") else file, size)
        with tarfile.open(fileobj=stream, mode="r|", tarinfo=_Header) as archive:
            for info in archive:
                # It would remember them all.
                archive.members = []  # type: ignore[attr-defined]
                if info.isdir():
                    continue
                trouble = None if info.isreg() and not info.issparse() else "it is no plain file"
                yield Member(info.name, trouble, lambda info=info: _content(archive, info))  # type: ignore[misc]


def _content(archive: tarfile.TarFile, info: tarfile.TarInfo) -> IO[bytes]:
    content = archive.extractfile(info)
    if content is None:
        raise StorageError("it is no plain file")
    return content
