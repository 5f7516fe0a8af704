"""A QThread that runs one of the pipeline's loops and starts it again when it breaks."""

from __future__ import annotations

import logging
import threading
from typing import Protocol

from PySide6.QtCore import QObject, QThread, Signal

from crackinspector.pipeline.restarts import Restarts

log = logging.getLogger(__name__)
PAUSE_SECONDS = 0.5
"""Before a broken loop runs again, so that a failure at its first step does not spin."""


class Loop(Protocol):
    """What a thread runs: `run` returns after `stop`, which any thread may call."""

    def run(self) -> None:
        """Work until told to stop."""

    def stop(self) -> None:
        """Have `run` return soon."""


class LoopThread(QThread):
    """Runs a loop until `stop`.

    Signals:
        broke(str, bool): the loop raised something; a sentence, and whether it goes on. Three times in a minute and it
            stays stopped.
    """

    broke = Signal(str, bool)

    def __init__(self, name: str, loop: Loop, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._loop = loop
        self._restarts = Restarts()
        self._stopping = threading.Event()

    def run(self) -> None:
        """QThread's own; not to be called."""
        while not self._stopping.is_set():
            try:
                self._loop.run()
                return
            except Exception as error:
                log.exception("the %s worker broke", self.objectName())
                again = self._restarts.failed()
                self.broke.emit(f"{type(error).__name__}: {error}", again)
                if not again:
                    # What is still asked of it is refused instead of waiting for ever.
                    self._loop.stop()
                if not again or self._stopping.wait(PAUSE_SECONDS):
                    return

    def stop(self) -> None:
        """Ask the loop to end; `wait` for it afterwards. Any thread may call it."""
        self._stopping.set()
        self._loop.stop()
