"""A library behind two threads, so that the window waits neither for a query nor for a disk."""

from __future__ import annotations

import contextlib
import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import shiboken6
from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from crackinspector.gui.library.lane import Lane, Request
from crackinspector.library.store import Library

log = logging.getLogger(__name__)
T = TypeVar("T")
POLL_MS = 2000
"""How often is looked for what other programs have written."""
_POLL = "changes"
_LATE = "the last verdicts could not be written in time"


@dataclass(frozen=True, slots=True)
class Opened:
    """How a library was opened.

    Attributes:
        folder: of the library.
        read_only: whether nothing can be written to it.
        notices: sentences of how it was opened, and of what was finished or thrown away.
    """

    folder: Path
    read_only: bool
    notices: tuple[str, ...]


class Ticket:
    """Stands for a request. GUI thread only."""

    def __init__(self, request: Request) -> None:
        self._request = request

    def cancel(self) -> None:
        """Nobody is told of it any more, and it is left out if it has not begun."""
        self._request.cancelled.set()


class LibraryAccess(QObject):
    """An open library behind two threads: one reads, one writes. GUI thread only.

    Requests may be made at once; those made before the library is open wait for it. What is to be written is always
    answered, unless it was cancelled.

    Signals:
        opened(object): an `Opened`.
        failed(str): it cannot be opened; a sentence, after which nothing that reads is answered.
        changed(): something was committed, by this program or by another.
        closing(): it is about to be closed: whoever has something to write says so now.
        said(str): a sentence for the person, such as that of a write whose failure nobody else takes.

    Attributes:
        folder: of the library.
        who: the person who decides here.
        read_only: whether nothing can be written; until it is open, True.
        state: the `Opened`, or None.
        trouble: why it cannot be opened, or empty.
    """

    opened = Signal(object)
    failed = Signal(str)
    changed = Signal()
    closing = Signal()
    said = Signal(str)
    _answered = Signal(object, object, str)
    _was_opened = Signal(object, int)
    _was_refused = Signal(str)

    def __init__(self, folder: Path, who: str, *, create: bool = False, parent: QObject | None = None) -> None:
        """`create`: make the library where there is none."""
        super().__init__(parent)
        self.folder, self.who = folder.absolute(), who
        self._create = create
        self.state: Opened | None = None
        self.trouble = ""
        self._seen = 0
        self._closing = self._late = False
        self._lock = threading.Lock()
        self._untold: dict[Request, str] = {}
        """Writes that failed, until somebody has been told; filled in either thread."""
        queued = Qt.ConnectionType.QueuedConnection
        self._answered.connect(self._deliver, queued)
        self._was_opened.connect(self._take_opened, queued)
        self._was_refused.connect(self._take_refused, queued)
        self._timer = QTimer(self, interval=POLL_MS)
        self._timer.timeout.connect(self._poll)
        self._reader, self._writer = self._lanes()
        self._start()

    @property
    def read_only(self) -> bool:
        """Whether nothing can be written."""
        return self.state is None or self.state.read_only

    @property
    def unwritten(self) -> int:
        """How many writes have not begun."""
        return self._writer.waiting

    def read(
        self,
        work: Callable[[Library], T],
        done: Callable[[T], None],
        failed: Callable[[str], None] | None = None,
        *,
        key: str = "",
    ) -> Ticket:
        """Ask the library something.

        Args:
            work: called in the reading thread, with a library that must not be written to.
            done: called in the GUI thread with what `work` returned; as a method of a QObject only while that lives.
            failed: called in the GUI thread with a sentence; without it the sentence goes out by `said`.
            key: what still waits with the same key is given up for this.
        """
        return self._put(self._reader, Request(work, done, failed, key))

    def write(
        self,
        work: Callable[[Library], T],
        done: Callable[[T], None] | None = None,
        failed: Callable[[str], None] | None = None,
    ) -> Ticket:
        """Have something written; `done` is the word that it is on the disk. As `read`, in the writing thread."""
        return self._put(self._writer, Request(work, done, failed, writes=True))

    def look(self) -> None:
        """Look now whether somebody has written something, such as a part of this program with a library of its own."""
        if self.state is not None and not self._closing:
            self._poll()

    def retry(self) -> None:
        """Open it once more, after `failed`."""
        if self.trouble:
            self.trouble = ""
            self._reader, self._writer = self._lanes()
            self._start()

    @property
    def unkept(self) -> tuple[str, ...]:
        """Sentences of what was not written and that nobody has been told of, each once; for the end."""
        with self._lock:
            sentences = dict.fromkeys(self._untold.values())
        return (*sentences, *([_LATE] if self._late else []))

    def close(self, seconds: float = 5.0) -> bool:
        """Finish what is to be written and close; may be called again.

        Args:
            seconds: how long it is waited for while nothing gets done; 0: not at all.

        Returns:
            Whether all was written; if not, `unkept` says why.
        """
        if not self._closing:
            self.closing.emit()
        self._closing = True
        self._timer.stop()
        self._reader.close(finish=False)
        self._writer.close(finish=True)
        left = self._writer.left
        while not (written := self._writer.wait(seconds)) and (now := self._writer.left) < left:
            left = now
        self._late = not written and left > 0
        if seconds and not self._reader.wait(min(seconds, 1.0)):
            log.warning("a question to %s is still not answered at the end", self.folder)
        return not self.unkept

    @staticmethod
    def _put(lane: Lane, request: Request) -> Ticket:
        lane.put(request)
        return Ticket(request)

    def _lanes(self) -> tuple[Lane, Lane]:
        return Lane("library reading", self._answer), Lane("library writing", self._answer)

    def _start(self) -> None:
        # Whoever writes makes the library, or brings its index up to date; only then can it be read.
        self._writer.start(lambda: Library(self.folder, create=self._create), self._tell_opened, self._tell_refused)

    def _tell_opened(self, library: Library) -> None:
        """Called in the writing thread."""
        self._emit(
            self._was_opened, Opened(library.folder, library.read_only, tuple(library.notices)), library.changes()
        )

    def _tell_refused(self, sentence: str) -> None:
        """Called in either thread."""
        self._emit(self._was_refused, sentence)

    def _answer(self, request: Request, result: Any, sentence: str) -> None:
        """Called in either thread, or in the GUI thread if it is too late for the request."""
        if request.writes and sentence:
            with self._lock:
                self._untold[request] = sentence
        self._emit(self._answered, request, result, sentence)

    @staticmethod
    def _emit(signal: Any, *values: Any) -> None:
        with contextlib.suppress(RuntimeError):  # the window went away meanwhile
            signal.emit(*values)

    @Slot(object, int)
    def _take_opened(self, state: Opened, changes: int) -> None:
        if self._closing:
            return
        self.state, self._seen = state, changes
        self._reader.start(lambda: Library(self.folder, write=False), lambda library: None, self._tell_refused)
        self._timer.start()
        self.opened.emit(state)

    @Slot(str)
    def _take_refused(self, sentence: str) -> None:
        if self.trouble or self._closing:
            return
        self._timer.stop()
        self.state, self.trouble = None, sentence
        self._writer.close(finish=False, why=sentence)
        self._reader.close(finish=False, why=sentence)
        self.failed.emit(sentence)

    @Slot(object, object, str)
    def _deliver(self, request: Request, result: Any, sentence: str) -> None:
        if request.writes and not sentence:
            self._poll()
        if not self._closing:  # at the end there is no window that could tell
            with self._lock:
                self._untold.pop(request, None)
        receiver = request.failed if sentence else request.done
        if request.cancelled.is_set() or not _lives(receiver):
            receiver = None
        if receiver is not None:
            receiver(sentence if sentence else result)
        elif sentence:
            self.said.emit(sentence)

    @Slot()
    def _poll(self) -> None:
        self.read(Library.changes, self._compare, self._ignore, key=_POLL)

    @Slot(object)
    def _compare(self, changes: int) -> None:
        if changes != self._seen:
            self._seen = changes
            self.changed.emit()

    @Slot(str)
    def _ignore(self, sentence: str) -> None:
        """Whoever asks for something will be told of the same trouble."""


def _lives(receiver: Callable[..., None] | None) -> bool:
    """Whether it can still be called: a method of a QObject that Qt has deleted cannot."""
    owner = getattr(receiver, "__self__", None)
    return not isinstance(owner, QObject) or shiboken6.isValid(owner)
