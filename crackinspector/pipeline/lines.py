"""Lines of text to a file or to standard output, by a thread of its own: a reader that pauses holds nobody up."""

from __future__ import annotations

import os
import sys
import threading
import time
from collections import deque
from collections.abc import Callable
from pathlib import Path
from typing import Final

from crackinspector.core.errors import StorageError
from crackinspector.library.durable import storage_error, write_all

MOST_WAITING: Final = 256

_STDOUT = Path("standard output")


class LineWriter:
    """Writes lines in their order; when too many wait, the oldest is lost. Any thread may call anything."""

    def __init__(self, out: str | None, on_error: Callable[[Exception], None]) -> None:
        """Open the output and start the thread.

        Args:
            out: a file, which is added to; None or "-" is standard output.
            on_error: called in the writer's thread with a BrokenPipeError when nobody reads any more, after which
                nothing is written; with a StorageError when it cannot be written, once until it can be again.

        Raises:
            StorageError: the file cannot be opened.
        """
        self._path = None if out in (None, "-") else Path(str(out))
        self._on_error = on_error
        try:
            if self._path is None:
                sys.stdout.flush()
                self._descriptor = os.dup(sys.stdout.fileno())
            else:
                self._descriptor = os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o666)
        except (OSError, ValueError, AttributeError) as error:
            reason = error if isinstance(error, OSError) else OSError(str(error))
            raise storage_error(self._path or _STDOUT, reason) from error
        self._changed = threading.Condition()
        self._waiting: deque[str] = deque()
        self._lost = 0
        self._writing = False
        self._closed = False
        threading.Thread(target=self._run, name="lines", daemon=True).start()

    @property
    def lost(self) -> int:
        """How many lines could not be written."""
        with self._changed:
            return self._lost

    def write(self, line: str) -> None:
        """Have a line written, without its line break."""
        with self._changed:
            if len(self._waiting) >= MOST_WAITING:
                self._waiting.popleft()
                self._lost += 1
            self._waiting.append(line)
            self._changed.notify_all()

    def close(self, within: float) -> None:
        """Take no more lines, and wait at most so many seconds for those that are there."""
        deadline = time.monotonic() + within
        with self._changed:
            self._closed = True
            self._changed.notify_all()
            self._changed.wait_for(lambda: not self._waiting and not self._writing, deadline - time.monotonic())

    def _run(self) -> None:
        failed = False
        while True:
            with self._changed:
                self._writing = False
                self._changed.notify_all()
                self._changed.wait_for(lambda: self._waiting or self._closed)
                if not self._waiting:
                    break
                line = self._waiting.popleft()
                self._writing = True
            try:
                # a line that was cut short by a full disk is ended first
                write_all(self._descriptor, f"{chr(10) if failed else ''}{line}\n".encode())
                failed = False
            except OSError as error:
                with self._changed:
                    self._lost += 1
                if isinstance(error, BrokenPipeError):
                    self._on_error(error)
                    with self._changed:
                        self._waiting.clear()
                        self._writing = False
                        self._changed.notify_all()
                    break
                if not failed:
                    self._on_error(_sentence(self._path or _STDOUT, error))
                failed = True
        os.close(self._descriptor)


def _sentence(path: Path, error: OSError) -> StorageError:
    return StorageError(f"{storage_error(path, error)}; detections are lost until then")
