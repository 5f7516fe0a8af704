"""A thread with a library of its own that does one request after the other."""

from __future__ import annotations

import contextlib
import logging
import threading
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from crackinspector.core.errors import CrackInspectorError
from crackinspector.library.store import Library

log = logging.getLogger(__name__)
CLOSED = "the library was closed before it could be written; open it and do it again"


@dataclass(slots=True, eq=False)
class Request:
    """Something to be done with a library.

    Attributes:
        work: what; called in the lane's thread.
        done, failed: for whoever takes the answer to the GUI thread; the lane does not call them.
        key: a request that still waits gives way to the next with the same key; "" gives way to none.
        writes: whether the library is another one afterwards; whatever happens, this one is answered.
        cancelled: set by any thread; what has not begun is then left out.
    """

    work: Callable[[Library], Any]
    done: Callable[[Any], None] | None = None
    failed: Callable[[str], None] | None = None
    key: str = ""
    writes: bool = False
    cancelled: threading.Event = field(default_factory=threading.Event)


Answer = Callable[[Request, Any, str], None]
"""Takes a request, its result, and the sentence of what went wrong; must not wait.

Called in the lane's thread, or in that of whoever has it closed or asks it for something too late.
"""


class Lane:
    """Requests are done in their order; any thread may call the methods.

    What reads is not answered once the lane closes; what writes is, with a sentence, unless it was cancelled.
    """

    def __init__(self, name: str, answer: Answer) -> None:
        self._answer = answer
        self._waiting: deque[Request] = deque()
        self._changed = threading.Condition()
        self._closing = False
        self._why = CLOSED
        self._busy = False
        self._library: Library | None = None
        self._open: Callable[[], Library] | None = None
        self._opened: Callable[[Library], None] | None = None
        self._failed: Callable[[str], None] | None = None
        # A request that hangs, as on a network drive that went away, must not keep the program from ending.
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)

    def start(
        self, open_: Callable[[], Library], opened: Callable[[Library], None], failed: Callable[[str], None]
    ) -> None:
        """Open the library in the lane's thread, tell, and begin; `opened` and `failed` are called there."""
        self._open, self._opened, self._failed = open_, opened, failed
        self._thread.start()

    def put(self, request: Request) -> None:
        """Have this done after what waits; once the lane closes, it is refused."""
        with self._changed:
            if not self._closing:
                if request.key:
                    for other in [each for each in self._waiting if each.key == request.key]:
                        self._waiting.remove(other)
                self._waiting.append(request)
                self._changed.notify()
                return
        self._refuse([request])

    @property
    def waiting(self) -> int:
        """How many requests have not begun."""
        return len(self._waiting)

    @property
    def left(self) -> int:
        """How many requests are not done."""
        with self._changed:
            return len(self._waiting) + self._busy

    def close(self, finish: bool, why: str = CLOSED) -> None:
        """End soon: after all that waits, or after what has begun, which is interrupted.

        `why` is the sentence for those who wanted something written that is not done.
        """
        refused: list[Request] = []
        with self._changed:
            if not self._closing:
                self._why = why
            self._closing = True
            if not finish:
                refused = [*self._waiting]
                self._waiting.clear()
            library = self._library
            self._changed.notify()
        self._refuse(refused)
        if library is not None and not finish:
            library.connection.interrupt()

    def wait(self, seconds: float) -> bool:
        """Wait for the end; whether it came."""
        if self._thread.ident is not None:
            self._thread.join(seconds)
        return not self._thread.is_alive()

    def _run(self) -> None:
        assert self._open is not None and self._opened is not None and self._failed is not None
        with contextlib.ExitStack() as stack:
            try:
                library = stack.enter_context(self._open())
                self._library = library
                self._opened(library)
            except CrackInspectorError as error:
                self._give_up(str(error))
                return
            except Exception as error:
                log.exception("the library could not be opened")
                self._give_up(f"{type(error).__name__}: {error}")
                return
            while (request := self._next()) is not None:
                self._do(library, request)
            with self._changed:
                self._library = None

    def _give_up(self, sentence: str) -> None:
        """The library cannot be opened."""
        assert self._failed is not None
        self._failed(sentence)
        self.close(finish=False, why=sentence)

    def _refuse(self, requests: Iterable[Request]) -> None:
        for request in requests:
            if request.writes and not request.cancelled.is_set():
                self._answer(request, None, self._why)

    def _next(self) -> Request | None:
        with self._changed:
            self._busy = False
            while not self._waiting and not self._closing:
                self._changed.wait()
            self._busy = bool(self._waiting)
            return self._waiting.popleft() if self._waiting else None

    def _do(self, library: Library, request: Request) -> None:
        if request.cancelled.is_set():
            return
        result, sentence = None, ""
        try:
            result = request.work(library)
        except CrackInspectorError as error:
            sentence = str(error)
        except Exception as error:
            log.exception("%s broke", self._thread.name)
            sentence = f"{type(error).__name__}: {error}"
        self._answer(request, result, sentence)
