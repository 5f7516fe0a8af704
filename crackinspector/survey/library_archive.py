"""Takes pictures and the live application's records out of an archive, which may come from anybody.

What comes out goes into a folder of its own below the library's `incoming/`, which ends with the program that made it.
A member's name is only believed if it leads below that folder; links, devices and encrypted members stay where they
are. An archive that would unpack to many times its size, or to more than the disk holds, is given up.
"""

from __future__ import annotations

import errno
import os
import zipfile
import zlib
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Literal

from crackinspector.core.text import printable
from crackinspector.library.durable import remove, storage_error
from crackinspector.library.places import LOW_SPACE, space_left
from crackinspector.sources.finding import LITTER, PICTURE_SUFFIXES
from crackinspector.survey import archive_members
from crackinspector.survey.archive_members import DAMAGED, MOST_RATIO, Member, TooMuchError

SUFFIXES = (".zip", ".tar", ".tar.gz", ".tgz")
MOST_RECORD_BYTES = 16_000_000
MOST_TOLD = 200
_BLOCK = 1 << 20
_RECORD = ".json"


@dataclass(frozen=True, slots=True)
class Refused:
    """Something that was asked for and is not imported.

    Attributes:
        path: what it is called.
        sentence: why.
        kind: what it is: `picture`, or a `row` of a manifest or an `archive`, of which nobody knows what it holds.
        count: how many of them this stands for.
    """

    path: Path
    sentence: str
    kind: Literal["picture", "row", "archive"] = "picture"
    count: int = 1


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
        _take(archive, _Allowance(archive.stat().st_size, folder.parent), unpacked)
    except TooMuchError as error:
        unpacked.refused.append(Refused(archive, f"{name} is given up: {error}", "archive"))
    except DAMAGED as error:
        sentence = f"{name} is damaged, or no archive ({error}); copy it once more"
        unpacked.refused.append(Refused(archive, sentence, "archive"))
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EROFS):
            raise storage_error(folder, error) from error
        unpacked.refused.append(Refused(archive, f"cannot read {name}: {error.strerror or error}", "archive"))
    return unpacked


def _take(archive: Path, allowance: _Allowance, unpacked: Unpacked) -> None:
    seen: set[str] = set()
    left_out = 0
    for member in archive_members.members_of(archive):
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
        more = left_out - MOST_TOLD
        sentence = f"{more} more members of {printable(archive)} were left out"
        unpacked.refused.append(Refused(archive, sentence, count=more))


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


def _write(member: Member, path: Path, allowance: _Allowance) -> str | None:
    """Write a member's content; what was wrong with it if it could not be had. Raises TooMuchError and OSError."""
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
        self._ratio = archive_members.FREE_BYTES + MOST_RATIO * size
        room = space_left(folder)
        self._room = None if room is None else room - LOW_SPACE
        self._taken = 0

    def take(self, count: int) -> None:
        """Raises TooMuchError and, where the disk is too small for it, OSError."""
        self._taken += count
        if self._taken > self._ratio:
            raise TooMuchError(f"it unpacks to more than {MOST_RATIO} times its size, as no pictures do")
        if self._room is not None and self._taken > self._room:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
