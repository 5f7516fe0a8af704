"""Names that nobody else takes, whatever the clock does, and what a killed program left under them.

A name is claimed by the hidden, unfinished file that gets it in the end, which is locked while its program works on it.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

from crackinspector.library.durable import remove
from crackinspector.library.locks import locked, still_there


def part_of(path: Path) -> Path:
    """The unfinished file beside the one of this name."""
    return path.with_name(f".{path.name}.part")


def finished(part: Path) -> Path:
    """The name that an unfinished file gets."""
    return part.with_name(part.name.removeprefix(".").removesuffix(".part"))


def claim(folder: Path, stem: str, suffixes: tuple[str, ...]) -> tuple[str, int]:
    """A stem under which the folder has no file yet, and a descriptor of the unfinished file of the last suffix.

    Where the stem is taken it becomes `<stem>-2`, `<stem>-3` and so on. Who claims closes the descriptor after the file
    got its name or was removed.

    Raises:
        OSError: the folder cannot be written to.
    """
    number = 1
    while True:
        name = stem if number == 1 else f"{stem}-{number}"
        descriptor = _claimed(folder, name, suffixes)
        if descriptor is not None:
            return name, descriptor
        number += 1


def _claimed(folder: Path, name: str, suffixes: tuple[str, ...]) -> int | None:
    part = part_of(folder / (name + suffixes[-1]))
    try:
        descriptor = os.open(part, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o666)
    except FileExistsError:
        return None
    try:
        # Who recovers files may have been quicker with the lock, and have removed what looked abandoned.
        ours = locked(descriptor) is not False and still_there(part, descriptor)
        files = [folder / (name + suffix) for suffix in suffixes]
        # After the claim: whoever held it before has given the file its name by now.
        if ours and not any(file.exists() for file in (*files, *map(part_of, files[:-1]))):
            return descriptor
        if ours:
            part.unlink()
    except BaseException:
        remove(part)
        os.close(descriptor)
        raise
    os.close(descriptor)
    return None


@contextlib.contextmanager
def abandoned(part: Path) -> Iterator[int | None]:
    """A descriptor of an unfinished file whose program has gone; None if it lives, or where nobody can tell."""
    try:
        descriptor = os.open(part, os.O_RDWR | os.O_CLOEXEC)
    except OSError:
        yield None
        return
    try:
        yield descriptor if locked(descriptor) and still_there(part, descriptor) else None
    finally:
        os.close(descriptor)
