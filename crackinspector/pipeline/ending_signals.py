"""The signals that end a program, as an order that it follows in its own time."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

_SIGNALS: Final = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


@contextmanager
def ending_signals(receive: Callable[[int], None]) -> Iterator[None]:
    """Hands the signals that end a program to `receive` instead, where this is the main thread."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    # one that is ignored, as under nohup, stays so
    heard = [number for number in _SIGNALS if signal.getsignal(number) is not signal.SIG_IGN]
    before = {number: signal.signal(number, lambda number, frame: receive(number)) for number in heard}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
