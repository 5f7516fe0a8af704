"""Files that a survey writes: they appear complete or not at all."""

from __future__ import annotations

import contextlib
import errno
import fcntl
import json
import os
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, BinaryIO

from crackinspector.core.errors import UsageError
from crackinspector.core.text import printable
from crackinspector.library.durable import reason_and_remedy, remove, replace_file


def cannot_write(path: Path | str, error: OSError) -> UsageError:
    """The sentence for an output that cannot be written; what to do depends on what went wrong."""
    reason, remedy = reason_and_remedy(error)
    return UsageError(f"cannot write {printable(path)}: {reason}; {remedy}")


def part_name(pid: int) -> str:
    """Name of the unfinished file of a process, which writes one at a time."""
    return f".crackinspector-{pid}.part"


def write_atomic(path: Path, content: bytes) -> None:
    """Write a file by way of another in the same folder, which is made if needed. Replaces what was there.

    Raises:
        UsageError: the file cannot be written; nothing of it is left behind.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        # Unsynced: a survey can be run again, and waiting for the disk would cost more than the analysis.
        replace_file(path, content, path.with_name(part_name(os.getpid())), sync=False)
    except OSError as error:
        raise cannot_write(path, error) from error


def remove_part(path: Path, pid: int) -> None:
    """Remove what a process that was killed while it wrote `path` may have left."""
    remove(path.with_name(part_name(pid)))


def output_names(relatives: Sequence[Path], suffix: str) -> list[Path]:
    """One file name for each picture, all different.

    A picture keeps `<stem><suffix>` below its relative folder. Where pictures share that name (`a.jpg` and `a.png`, or
    the same name below two PATHs), the first in the order of the list keeps it, the others become `<stem>-2<suffix>`,
    `<stem>-3<suffix>` and so on; such a number never takes the name that another picture has by itself.
    """
    plain = [relative.parent / (relative.stem + suffix) for relative in relatives]
    taken = set(plain)
    seen: Counter[Path] = Counter()
    numbers: dict[Path, int] = {}
    names = []
    for name in plain:
        seen[name] += 1
        chosen = name
        if seen[name] > 1:
            number = numbers.get(name, 1)
            while chosen in taken:
                number += 1
                chosen = name.with_name(f"{name.name.removesuffix(suffix)}-{number}{suffix}")
            numbers[name] = number
            taken.add(chosen)
        names.append(chosen)
    return names


def json_line(record: Mapping[str, Any]) -> bytes:
    """One line of ASCII: what is not ASCII is escaped, so that neither the locale nor odd file names can spoil it.

    A byte of a file name that is not UTF-8 becomes a lone `\\udc80`..`\\udcff`, which `os.fsencode` turns back.
    """
    return json.dumps(record, ensure_ascii=True, allow_nan=False).encode("ascii") + b"\n"


def json_files(target: str) -> tuple[Path, Path]:
    """The file that `target` leads to, and the one beside it in which it grows."""
    final = Path(os.path.realpath(target))
    return final, final.with_name(final.name + ".partial")


def _locked(path: Path) -> int:
    """Descriptor of the file, made if needed, that this run alone may write until it closes it; its content stays.

    The lock ends with its process, so that what a killed run left is free. Raises BlockingIOError if another run holds
    the file.
    """
    while True:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT, 0o666)
        try:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError as error:
                # A file system without locks, as some network ones are, is no reason to refuse the run.
                if error.errno not in (errno.ENOLCK, errno.ENOTSUP, errno.ENOSYS):
                    raise
            with contextlib.suppress(FileNotFoundError):
                if os.path.samestat(os.fstat(descriptor), path.stat()):
                    return descriptor
        except BaseException:
            os.close(descriptor)
            raise
        # Its owner renamed or removed it between the opening and the lock: the name is free for a new file.
        os.close(descriptor)


class JsonLines:
    """Where JSON lines go. A file grows as `<name>.partial` and gets its name when the last line is written.

    One run at a time writes a file: the partial is locked from the constructor until `commit` or `abandon`.

    Raises (constructor, `write`, `commit`):
        UsageError: the file cannot be written, or another run is writing it.
        BrokenPipeError: who reads the pipe has gone.
    """

    def __init__(self, target: str) -> None:
        """`target` is a path, or `-` for standard output; pipes and devices are written to directly."""
        self._stdout = target == "-"
        self._name = "standard output" if self._stdout else target
        self._partial: Path | None = None
        self._lock: int | None = None
        self._final, growing = json_files(target)
        self._lines = 0
        if self._stdout:
            if sys.stdout is None:
                raise UsageError("cannot write JSON to standard output: it is closed")
            self._file: BinaryIO = sys.stdout.buffer
            return
        try:
            direct = Path(target).exists() and not Path(target).is_file() and not Path(target).is_dir()
            if direct:
                self._file = Path(target).open("wb")  # noqa: SIM115
            else:
                self._final.parent.mkdir(parents=True, exist_ok=True)
                if self._final.is_dir():
                    raise IsADirectoryError(21, "it is a folder")
                self._lock = _locked(growing)
                self._partial = growing
                self._file = growing.open("wb")
        except BlockingIOError as error:
            name = printable(target)
            raise UsageError(f"another run is writing {name}; wait for it or choose another file") from error
        except OSError as error:
            self._unlock()
            raise cannot_write(target, error) from error

    def write(self, record: Mapping[str, Any]) -> None:
        """Append one record and flush, so that a reader sees it at once."""
        line = json_line(record)
        try:
            self._file.write(line)
            self._file.flush()
        except BrokenPipeError:
            raise
        except OSError as error:
            raise cannot_write(self._name, error) from error
        self._lines += 1

    def commit(self) -> None:
        """All lines are there: give the file its name."""
        try:
            self._close()
            if self._partial is not None:
                self._partial.replace(self._final)
        except OSError as error:
            raise cannot_write(self._name, error) from error
        self._unlock()

    def abandon(self) -> Path | None:
        """Stop before the end and return the partial file, if it holds any line; remove an empty one."""
        with contextlib.suppress(OSError):
            self._close()
        try:
            if self._partial is None or self._lines:
                return self._partial
            with contextlib.suppress(OSError):
                self._partial.unlink(missing_ok=True)
            return None
        finally:
            self._unlock()

    def _close(self) -> None:
        if not self._stdout:
            self._file.close()

    def _unlock(self) -> None:
        # Not before the partial has its final name or is gone: until then nobody else may take it over.
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None
