"""The hand-over between two threads of which one may be slow: the newest item is there, nothing queues."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class Mailbox(Generic[T]):
    """Holds one item, the newest. Any thread may call anything; nothing but `wait` blocks."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._item: T | None = None
        self._overwritten = 0
        self._closed = False
        self._woken = False
        self._waiting = 0

    def put(self, item: T) -> bool:
        """Leave an item; an older one that nobody took is gone and counted.

        Returns:
            Whether the box was empty: only then its reader has to be told, since it takes the newest anyway.
        """
        with self._changed:
            was_empty = self._item is None
            self._overwritten += not was_empty
            self._item = item
            self._changed.notify()
            return was_empty

    def take(self) -> T | None:
        """The newest item, which leaves the box, or None."""
        with self._changed:
            item, self._item = self._item, None
            return item

    def wait(self, timeout: float) -> T | None:
        """Like `take`, after waiting for an item for `timeout` seconds at most; woken or closed, it returns at once."""
        with self._changed:
            self._waiting += 1
            try:
                self._changed.wait_for(lambda: self._item is not None or self._woken or self._closed, timeout)
            finally:
                self._waiting -= 1
            self._woken = False
            item, self._item = self._item, None
            return item

    def wake(self) -> None:
        """Let whoever waits, or waits next, return at once, this time only: there is something else to do."""
        with self._changed:
            self._woken = True
            self._changed.notify_all()

    def close(self) -> None:
        """Wake up whoever waits, now and from now on."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()

    def put_and_tell(self, item: T, tell: Callable[[], None]) -> bool:
        """Like `put`, and `tell` the reader where it has to be told.

        When telling fails, the item is taken back, or nobody would ever be told again; what was raised is passed on.
        """
        was_empty = self.put(item)
        if was_empty:
            try:
                tell()
            except BaseException:
                self.take()
                raise
        return was_empty

    @property
    def is_full(self) -> bool:
        """Whether there is an item."""
        with self._changed:
            return self._item is not None

    @property
    def is_awaited(self) -> bool:
        """Whether there is no item and the reader waits for one, so that it is done with all before."""
        with self._changed:
            return self._item is None and self._waiting > 0

    @property
    def overwritten(self) -> int:
        """How many items nobody took."""
        with self._changed:
            return self._overwritten
