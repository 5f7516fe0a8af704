"""A disk with so many bytes left, without one: `os.write` takes those and no more."""

from __future__ import annotations

import errno
import os
from types import TracebackType


class FullDisk:
    """While it is entered, `os.write` fails once `room` bytes were written.

    As on a real disk the last write takes what fits; `os.pwrite` over bytes that are there needs no room.
    """

    def __init__(self, room: int) -> None:
        self.room = room
        self._write = os.write

    def __enter__(self) -> FullDisk:
        os.write = self._limited  # type: ignore[assignment]
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        os.write = self._write

    def _limited(self, descriptor: int, content: bytes | memoryview) -> int:
        if self.room <= 0 < len(content):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        written = self._write(descriptor, bytes(content[: self.room]))
        self.room -= written
        return written
