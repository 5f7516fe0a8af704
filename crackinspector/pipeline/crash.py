"""What is left to read after a crash: a file by faulthandler for what kills the process, the log for the rest."""

from __future__ import annotations

import contextlib
import faulthandler
import logging
import os
import re
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType

from crackinspector.core.text import printable
from crackinspector.library.claims import abandoned, claim, finished, part_of
from crackinspector.library.durable import remove
from crackinspector.pipeline.state_folder import state_folder

MOST_KEPT = 10
_MOST_TEXT = 64_000
_SUFFIX = ".txt"
# PySide puts that before the text for every call of Qt's that an exception went through.
_QT_REMARK = re.compile(r"Error calling Python override of [^ ]+\(\): ")
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class CrashReport:
    """What an earlier run left when it crashed.

    Attributes:
        path: of the file, which is kept.
        at: when it crashed, in seconds of `time.time()`.
        text: the stack of every thread, at most 64,000 characters.
    """

    path: Path
    at: float
    text: str


class CrashFile:
    """While it is open, a crash of this process writes the stack of every thread to a file.

    Every process has a file of its own, locked while it runs, so that none takes another's for what a crash has left.

    Attributes:
        reports: of runs that crashed since the last start, the oldest first.
    """

    def __init__(self, folder: Path | None = None) -> None:
        """Take in what earlier runs left and watch over this one; a folder that cannot be written to is only logged.

        Args:
            folder: for the files; None: `state_folder()`.
        """
        self.reports: tuple[CrashReport, ...] = ()
        self._folder = folder or state_folder()
        self._descriptor: int | None = None
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            self.reports = tuple(self._collect())
            stem = f"crash-{datetime.now(UTC):%Y%m%dT%H%M%S}Z-{os.getpid()}"
            stem, self._descriptor = claim(self._folder, stem, (_SUFFIX,))
            self._path = part_of(self._folder / (stem + _SUFFIX))
            faulthandler.enable(self._descriptor, all_threads=True)
        except OSError as error:
            _log.warning("a crash would leave no file in %s: %s", printable(self._folder), error.strerror or error)

    def close(self) -> None:
        """The process ends as it should: watch no longer, and leave no file. Closing twice does nothing."""
        if self._descriptor is None:
            return
        faulthandler.disable()
        with contextlib.suppress(OSError):
            # What a child that crashed wrote there is left for the next start.
            if not os.fstat(self._descriptor).st_size:
                remove(self._path)
        os.close(self._descriptor)
        self._descriptor = None

    def _collect(self) -> list[CrashReport]:
        reports = []
        for part in self._folder.glob(f".crash-*{_SUFFIX}.part"):
            try:
                with abandoned(part) as descriptor:
                    report = _taken_in(part, descriptor) if descriptor is not None else None
            except OSError as error:
                _log.warning("the crash file %s cannot be taken in: %s", printable(part), error.strerror or error)
                continue
            if report is not None:
                _log.error("an earlier run crashed; see %s", printable(report.path))
                reports.append(report)
        for path in sorted(self._folder.glob(f"crash-*{_SUFFIX}"))[:-MOST_KEPT]:
            remove(path)
        return sorted(reports, key=lambda report: report.at)


def newest_report(folder: Path | None = None) -> Path | None:
    """The file of the last crash that is known, None if there is none; `folder` as for `CrashFile`."""
    reports = sorted((folder or state_folder()).glob(f"crash-*{_SUFFIX}"))
    return reports[-1] if reports else None


def _taken_in(part: Path, descriptor: int) -> CrashReport | None:
    """What an ended process left in its file, which is kept; None if it was nothing."""
    status = os.fstat(descriptor)
    if not status.st_size:
        part.unlink()
        return None
    part.rename(finished(part))
    text = os.pread(descriptor, _MOST_TEXT, 0).decode("utf-8", "replace")
    return CrashReport(finished(part), status.st_mtime, text)


def install_hooks(notify: Callable[[str], None]) -> Callable[[], None]:
    """Log every exception that nobody caught, with its traceback, and tell a person in a sentence.

    Covers the main thread, which Python runs Qt's slots in, other threads, and what Python itself cannot raise, such as
    an exception while an object is taken apart.

    Args:
        notify: takes a sentence, in the thread of the exception; must not wait.

    Returns:
        A function that puts the hooks back that were there before.
    """
    before = sys.excepthook, threading.excepthook, sys.unraisablehook
    busy = threading.local()

    def tell(kind: type[BaseException], error: BaseException | None, at: TracebackType | None, where: str) -> None:
        # What goes wrong in here must not come back here.
        if getattr(busy, "telling", False):
            return
        busy.telling = True
        try:
            _log.critical("uncaught exception%s", where, exc_info=(kind, error or kind(), at))
            notify(f"Something went wrong{where} ({_in_words(kind, error)}); the log has the details.")
        except Exception:
            with contextlib.suppress(Exception):
                _log.exception("an uncaught exception could not be told")
        finally:
            busy.telling = False

    def in_main(kind: type[BaseException], error: BaseException, at: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            before[0](kind, error, at)
        else:
            tell(kind, error, at, "")

    def in_thread(arguments: threading.ExceptHookArgs) -> None:
        if issubclass(arguments.exc_type, SystemExit):
            return
        name = f" in {arguments.thread.name}" if arguments.thread is not None else ""
        tell(arguments.exc_type, arguments.exc_value, arguments.exc_traceback, name)

    def unraisable(arguments: sys.UnraisableHookArgs) -> None:
        tell(arguments.exc_type, arguments.exc_value, arguments.exc_traceback, " inside")

    sys.excepthook, threading.excepthook, sys.unraisablehook = in_main, in_thread, unraisable

    def restore() -> None:
        sys.excepthook, threading.excepthook, sys.unraisablehook = before

    return restore


def _in_words(kind: type[BaseException], error: BaseException | None) -> str:
    text = " ".join(_QT_REMARK.sub("", str(error)).split()) if error is not None else ""
    return f"{kind.__name__}: {text[:200]}" if text else kind.__name__
