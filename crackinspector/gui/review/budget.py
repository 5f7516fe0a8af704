"""How much memory decoded pictures may take, whichever page shows them."""

from __future__ import annotations

import functools
import os
import weakref
from typing import Protocol

_MB = 1_000_000
_SMALL_MACHINE = 6_000 * _MB
"""Of less memory than this a live application, a model and the system leave little: boards are sold with 4 or 8 GB."""


class Holder(Protocol):
    """Keeps decoded pictures."""

    @property
    def held(self) -> int:
        """Of how many bytes."""


class Budget:
    """Bytes that several keep together. GUI thread only.

    Attributes:
        most: bytes.
    """

    def __init__(self, most: int) -> None:
        self.most = most
        self._holders: weakref.WeakSet[Holder] = weakref.WeakSet()

    def join(self, holder: Holder) -> None:
        """Count what this one holds, as long as it is there."""
        self._holders.add(holder)

    def leave(self, holder: Holder) -> None:
        """Count it no more."""
        self._holders.discard(holder)

    def room(self, holder: Holder) -> int:
        """How many bytes this one may hold beside the others; may be negative."""
        return self.most - sum(other.held for other in self._holders if other is not holder)


@functools.cache
def shared_budget() -> Budget:
    """That of this program, as this machine can afford."""
    return Budget(affordable_bytes())


def affordable_bytes() -> int:
    """How much memory decoded pictures may take on this machine."""
    try:
        memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (ValueError, OSError, AttributeError):
        memory = 0
    return (150 if memory < _SMALL_MACHINE else 400) * _MB
