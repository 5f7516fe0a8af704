"""A disk that loses its power: what was not synced is cut short, and what was not synced in a folder is undone."""

from __future__ import annotations

import os
import random
import threading
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

from crackinspector.library import committing, staging
from crackinspector.library.durable import write_all_to

LOST_POWER = 77


class Power:
    """Counts the library's steps on the disk, and at the last one that is granted takes the program and the disk down.

    Args:
        steps: how many are done; the next one is not.
        seed: of what is lost; None: the program is killed, and the disk keeps everything.
        unsynced: files that were written before.
    """

    def __init__(self, steps: int, seed: int | None, unsynced: list[Path]) -> None:
        self._left, self._chance = steps, None if seed is None else random.Random(seed)
        self._unsynced = set(unsynced)
        self._renames: list[tuple[Path, Path, bytes | None]] = []
        self._removed: dict[Path, bytes] = {}
        self._lock = threading.RLock()
        self._replace, self._unlink = Path.replace, Path.unlink

    def install(self) -> None:
        """Take over in this process, which is a child of its own."""
        write, sync, replace, unlink = write_all_to, staging._sync, self._replace, self._unlink

        def written(path: Path, content: bytes) -> None:
            self._step()
            write(path, content)
            self._unsynced.add(path)

        def synced(path: Path) -> None:
            self._step()
            sync(path)
            with self._lock:
                self._unsynced.discard(path)
                self._renames = [each for each in self._renames if each[1].parent != path]
                self._removed = {name: content for name, content in self._removed.items() if name.parent != path}

        def removed(path: Path, missing_ok: bool = False) -> None:
            self._step()
            with self._lock:
                self._removed[path] = path.read_bytes()
            unlink(path, missing_ok)

        def replaced(path: Path, to: Any) -> Path:
            self._step()
            old = Path(to).read_bytes() if Path(to).exists() else None
            with self._lock:
                self._renames.append((path, Path(to), old))
            return replace(path, to)

        changed: Any = staging
        changed._sync = synced
        changed = committing
        changed.write_all_to = written
        changed = Path
        changed.replace = replaced
        changed.unlink = removed

    def _step(self) -> None:
        with self._lock:
            if self._left <= 0:
                self.fail(LOST_POWER)
            self._left -= 1

    def fail(self, status: int) -> None:
        """The power fails now; the program ends with this exit status."""
        chance = self._chance
        if chance is not None:
            for old, new, content in reversed(self._renames):
                if chance.random() < 0.5:
                    # What was moved out of a folder that is gone for good is gone with it.
                    self._replace(new, old) if old.parent.exists() else self._unlink(new)
                    if content is not None:
                        new.write_bytes(content)
            for path, content in self._removed.items():
                if chance.random() < 0.5:
                    path.write_bytes(content)
            for path in self._unsynced:
                if path.exists():
                    os.truncate(path, chance.randrange(path.stat().st_size + 1))
        os._exit(status)


def in_child(work: Callable[[], None]) -> int:
    """Run something in a child process that ends after it; returns its exit status."""
    with warnings.catch_warnings():
        # The child only uses what it has; no lock of another thread.
        warnings.simplefilter("ignore", DeprecationWarning)
        pid = os.fork()
    if pid == 0:
        try:
            work()
            os._exit(0)
        finally:
            os._exit(1)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
