"""The signals that end a program as a Qt signal: Python's handlers wait until Qt lets them, so a socket wakes it up."""

from __future__ import annotations

import signal
import socket
from types import FrameType
from typing import Any

from PySide6.QtCore import QObject, QSocketNotifier, Signal, Slot

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class UnixSignals(QObject):
    """Belongs to the main thread. `remove` gives the signals back to whoever had them.

    Signals:
        arrived(int): the number of a signal.
    """

    arrived = Signal(int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._reader, self._writer = socket.socketpair()
        for end in (self._reader, self._writer):
            end.setblocking(False)
        # What is ignored, as nohup has it of SIGHUP, stays ignored.
        wanted = [number for number in SIGNALS if signal.getsignal(number) is not signal.SIG_IGN]
        self._before: dict[signal.Signals, Any] = {number: signal.signal(number, _nothing) for number in wanted}
        self._woken = signal.set_wakeup_fd(self._writer.fileno(), warn_on_full_buffer=False)
        self._notifier = QSocketNotifier(self._reader.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._read)

    def remove(self) -> None:
        """Let go of the signals; calling it again does nothing."""
        if not self._before:
            return
        self._notifier.setEnabled(False)
        signal.set_wakeup_fd(self._woken)
        for number, handler in self._before.items():
            signal.signal(number, handler)
        self._before = {}
        self._reader.close()
        self._writer.close()

    @Slot()
    def _read(self) -> None:
        for number in self._reader.recv(64):
            if number in SIGNALS:
                self.arrived.emit(number)


def _nothing(number: int, frame: FrameType | None) -> None:
    """Python asks for a handler before it writes to the wake-up socket."""
