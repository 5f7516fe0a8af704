"""Work that may take a while, away from the GUI thread: a listing, a look at a card, a write."""

from __future__ import annotations

import contextlib
import logging
import threading
import time
from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal, Slot

from crackinspector.core.errors import CrackInspectorError

log = logging.getLogger(__name__)


class Background(QObject):
    """Runs pieces of work one after the other; of those that wait, only the newest is kept.

    The thread is a daemon that lives no longer than its work: work that hangs is never waited for at the end of the
    program, and never runs twice at once. All methods belong to the GUI thread.

    Signals:
        finished(object): what the work returned.
        failed(str): the sentence of what it raised.
    """

    finished = Signal(object)
    failed = Signal(str)
    _ended = Signal(object, str)

    def __init__(self, name: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._thread: threading.Thread | None = None
        self._next: Callable[[], object] | None = None
        self._wanted = False
        self._ended.connect(self._take, Qt.ConnectionType.QueuedConnection)

    @property
    def busy(self) -> bool:
        """Whether something runs whose outcome is still wanted."""
        return self._wanted

    def start(self, work: Callable[[], object]) -> None:
        """Run `work` in a thread of its own, after what runs now."""
        self._wanted = True
        if self._thread is not None:
            self._next = work
            return
        self._thread = threading.Thread(target=self._run, args=(work,), name=self.objectName(), daemon=True)
        self._thread.start()

    def forget(self) -> None:
        """Drop what waits; what runs ends by itself and is not told of."""
        self._wanted = False
        self._next = None

    def wait(self, seconds: float) -> bool:
        """Wait until all work is done, what waits included, without letting events in; whether it is."""
        deadline = time.monotonic() + seconds
        while self._thread is not None:
            self._thread.join(max(0.0, deadline - time.monotonic()))
            if self._thread.is_alive():
                return False
            self._thread = None
            if self._next is not None:
                work, self._next = self._next, None
                self.start(work)
        return True

    def _run(self, work: Callable[[], object]) -> None:
        result, sentence = None, ""
        try:
            result = work()
        except CrackInspectorError as error:
            sentence = str(error)
        except Exception as error:
            log.exception("%s broke", self.objectName())
            sentence = f"{type(error).__name__}: {error}"
        with contextlib.suppress(RuntimeError):  # the window went away meanwhile
            self._ended.emit(result, sentence)

    @Slot(object, str)
    def _take(self, result: object, sentence: str) -> None:
        self._thread = None
        if self._next is not None:
            work, self._next = self._next, None
            self.start(work)
        elif self._wanted:
            self._wanted = False
            if sentence:
                self.failed.emit(sentence)
            else:
                self.finished.emit(result)
