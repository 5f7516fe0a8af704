"""The program's log: a few megabytes in the state folder that never grow, and standard error where that cannot be."""

from __future__ import annotations

import contextlib
import fcntl
import logging
import logging.handlers
import os
import sys
import time
from pathlib import Path

from crackinspector.core.text import printable
from crackinspector.pipeline.state_folder import state_folder

_MOST_BYTES = 1_000_000
_BACKUPS = 2
# More processes than that at once log to standard error alone.
_MOST_PROCESSES = 4
_FORMAT = "%(asctime)s %(levelname)s %(threadName)s %(name)s: %(message)s"
_log = logging.getLogger(__name__)


class Log:
    """The log of this process, from its making until `close`.

    Attributes:
        path: of the file; None if there is none, which was said on standard error in one line.
    """

    def __init__(self, folder: Path | None = None, level: int = logging.INFO, stderr: int = logging.WARNING) -> None:
        """Have everything logged that the process logs, warnings of Python included.

        Args:
            folder: for the file; None: `state_folder()`.
            level: from which on it is logged.
            stderr: from which level on it goes to standard error as well.
        """
        self.path: Path | None = None
        self._lock: int | None = None
        self._handlers: list[logging.Handler] = []
        root = logging.getLogger()
        self._level = root.level
        root.setLevel(level)
        if sys.stderr is not None:
            terminal = _Quiet(sys.stderr)
            terminal.setLevel(stderr)
            terminal.setFormatter(logging.Formatter("crackinspector: %(levelname)s: %(message)s"))
            self._add(terminal)
        folder = folder or state_folder()
        try:
            self._open(folder)
        except OSError as error:
            reason = error.strerror or error
            _log.warning("no log is written, for %s cannot be written to: %s", printable(folder), reason)
        logging.captureWarnings(True)

    def close(self) -> None:
        """Stop logging, so that the file is whole. Closing twice does nothing."""
        if not self._handlers:
            return
        logging.captureWarnings(False)
        root = logging.getLogger()
        root.setLevel(self._level)
        for handler in self._handlers:
            root.removeHandler(handler)
            # A full disk does not take the last line now either.
            with contextlib.suppress(OSError, ValueError):
                handler.close()
        self._handlers.clear()
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    def _open(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        for number in range(1, _MOST_PROCESSES + 1):
            path = folder / ("crackinspector.log" if number == 1 else f"crackinspector-{number}.log")
            # One process writes a file: two would turn it over under each other's hands.
            lock = os.open(folder / f".{path.name}.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                os.close(lock)
                continue
            except OSError:
                # A file system without locks; to share a log is better than to have none.
                pass
            self._lock = lock
            handler = _Bounded(path, maxBytes=_MOST_BYTES, backupCount=_BACKUPS, encoding="utf-8", errors="replace")
            formatter = logging.Formatter(_FORMAT)
            formatter.converter = time.gmtime
            formatter.default_time_format, formatter.default_msec_format = "%Y-%m-%dT%H:%M:%S", "%s.%03dZ"
            handler.setFormatter(formatter)
            self._add(handler)
            self.path = path
            return
        _log.warning("no log is written, for %d processes are writing theirs", _MOST_PROCESSES)

    def _add(self, handler: logging.Handler) -> None:
        self._handlers.append(handler)
        logging.getLogger().addHandler(handler)


class _Quiet(logging.StreamHandler):  # type: ignore[type-arg]
    """Standard error may have been closed under us, which is nothing to complain about to it."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - logging's own name
        """Leave it out."""


class _Bounded(logging.handlers.RotatingFileHandler):
    """Complains once about a disk that is full, not for every line."""

    _has_failed = False

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - logging's own name
        """Say once on standard error why lines are missing."""
        if self._has_failed or sys.stderr is None:
            return
        self._has_failed = True
        with contextlib.suppress(OSError, ValueError):
            sys.stderr.write(f"crackinspector: lines are missing in {self.baseFilename}: {sys.exception()}\n")
