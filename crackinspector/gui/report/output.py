"""Writes or prints a report while the window goes on."""

from __future__ import annotations

import contextlib
import functools
import re
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Signal, Slot

from crackinspector.gui.background import Background
from crackinspector.gui.report.document import Document
from crackinspector.gui.report.printing import print_pages
from crackinspector.gui.report.writer import CancelledError, write_pdf
from crackinspector.library.durable import make_folder, storage_error

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

_UNSAFE = re.compile(r"[^\w.,+() -]+")


@dataclass(frozen=True, slots=True)
class Done:
    """What came of it.

    Attributes:
        path: of the PDF; None if it was printed.
        pages: how many there are in it.
        unreadable: pictures that could not be read.
        stopped: it was given up.
    """

    path: Path | None
    pages: int
    unreadable: int = 0
    stopped: bool = False


class Output(QObject):
    """One report at a time. GUI thread only.

    Signals:
        progress(int, int): pages done, and how many there are.
        finished(object): a `Done`.
        failed(str): a sentence.
    """

    progress = Signal(int, int)
    finished = Signal(object)
    failed = Signal(str)
    _told = Signal(int, int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._work = Background("report output", self)
        self._work.finished.connect(self.finished)
        self._work.failed.connect(self.failed)
        self._told.connect(self.progress)
        self._stop = threading.Event()
        app = QCoreApplication.instance()
        if app is not None:
            app.aboutToQuit.connect(self._leave)

    @property
    def busy(self) -> bool:
        """Whether something is being written or printed."""
        return self._work.busy

    def write(self, document: Document, path: Path) -> None:
        """Write a PDF there, in the place of what may be there."""
        self._start(functools.partial(_written, document, path))

    def write_into(self, document: Document, folder: Path, stem: str) -> None:
        """Write a PDF into a folder, under a name that is not taken."""
        self._start(functools.partial(_written_into, document, folder, stem))

    def print(self, document: Document, printer: QPrinter) -> None:
        """Print it."""
        self._start(functools.partial(_printed, document, printer))

    def stop(self) -> None:
        """Give it up after the page that is being painted."""
        self._stop.set()

    def wait(self, seconds: float) -> bool:
        """Wait until nothing is at work; whether it is so."""
        return self._work.wait(seconds)

    def _start(self, work: Callable[[Callable[[int, int], None], Callable[[], bool]], Done]) -> None:
        self._stop = threading.Event()
        self._work.start(functools.partial(work, self._tell, self._stop.is_set))

    def _tell(self, done: int, count: int) -> None:
        """Called in the working thread."""
        with contextlib.suppress(RuntimeError):  # the window went away meanwhile
            self._told.emit(done, count)

    @Slot()
    def _leave(self) -> None:
        self.stop()
        self._work.wait(2.0)


def file_stem(words: str) -> str:
    """A file's name, without its ending, that any file system takes."""
    return _UNSAFE.sub("_", words).strip(" ._")[:80] or "report"


def _written(document: Document, path: Path, told: Callable[[int, int], None], stop: Callable[[], bool]) -> Done:
    try:
        troubles = write_pdf(document, path, told, stop)
    except CancelledError:
        return Done(path, document.count, stopped=True)
    return Done(path, document.count, len(troubles))


def _written_into(
    document: Document, folder: Path, stem: str, told: Callable[[int, int], None], stop: Callable[[], bool]
) -> Done:
    try:
        make_folder(folder)
        number, path = 1, folder / f"{stem}.pdf"
        while path.exists():
            number += 1
            path = folder / f"{stem} {number}.pdf"
    except OSError as error:
        raise storage_error(folder, error) from error
    return _written(document, path, told, stop)


def _printed(document: Document, printer: QPrinter, told: Callable[[int, int], None], stop: Callable[[], bool]) -> Done:
    try:
        return Done(None, print_pages(document, printer, told, stop))
    except CancelledError:
        return Done(None, 0, stopped=True)
