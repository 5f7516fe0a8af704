"""A thread that commits what comes in groups, so that the disk's pace costs nobody else any time."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from typing import Generic, TypeVar

MOST_WAITING = 64
GATHER_SECONDS = 0.4
"""How long the first of a group waits for others: waiting for the disk costs one hardly less than twenty."""
Item = TypeVar("Item")


class GroupCommit(Generic[Item]):
    """Hands items in their order to `commit`, those of a moment at once. `put` and `close` are for one thread."""

    def __init__(self, commit: Callable[[list[Item]], None]) -> None:
        """`commit` is called in the thread; when it raises, everything ends with that exception."""
        self._commit = commit
        self._changed = threading.Condition()
        self._waiting: deque[Item] = deque()
        self._ending = False
        self._failure: BaseException | None = None
        self._thread = threading.Thread(target=self._run, name="commit", daemon=True)
        self._thread.start()

    def put(self, item: Item) -> None:
        """Have an item committed; waits while too many do. Raises what `commit` raised."""
        with self._changed:
            self._changed.wait_for(lambda: len(self._waiting) < MOST_WAITING or self._failure is not None)
            if self._failure is not None:
                raise self._failure
            self._waiting.append(item)
            self._changed.notify_all()

    def close(self) -> None:
        """Wait until all is committed. Raises what `commit` raised."""
        with self._changed:
            self._ending = True
            self._changed.notify_all()
        self._thread.join()
        if self._failure is not None:
            raise self._failure

    def _run(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._waiting or self._ending)
                self._changed.wait_for(
                    lambda: len(self._waiting) >= MOST_WAITING or self._ending, timeout=GATHER_SECONDS
                )
                items = list(self._waiting)
                self._waiting.clear()
                self._changed.notify_all()
            if not items:
                return
            try:
                self._commit(items)
            except BaseException as error:
                with self._changed:
                    self._failure = error
                    self._waiting.clear()
                    self._changed.notify_all()
                return
