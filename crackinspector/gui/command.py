"""A command of this program in a process of its own: whatever happens to it, the window goes on."""

from __future__ import annotations

import json
import logging
import os
import sys
from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QObject, QProcess, QProcessEnvironment, QTimer, Signal, Slot

log = logging.getLogger(__name__)
# -P: the current folder may hold files that are named like modules.
PROGRAM = (sys.executable, "-P", "-m", "crackinspector")
_TERMINATE_MS, _CLOSE_MS = 5000, 1000
ENDED_FROM_OUTSIDE = -1


class Command(QObject):
    """Runs one at a time, whose standard output is JSON lines. GUI thread only.

    Signals:
        told(object): the value of a line.
        ended(int, str): its exit status, or `ENDED_FROM_OUTSIDE`; and the last it said on standard error, which is the
            sentence of what ended it where that was an error. Not after `close`.
    """

    told = Signal(object)
    ended = Signal(int, str)

    def __init__(self, parent: QObject | None = None, program: Sequence[str] = PROGRAM) -> None:
        """`program`: what runs crackinspector; its first arguments."""
        super().__init__(parent)
        self._program = program
        self._process: QProcess | None = None
        self._partial = b""
        self._patience = QTimer(self, singleShot=True, interval=_TERMINATE_MS)
        self._patience.timeout.connect(self._kill)
        application = QCoreApplication.instance()
        if application is not None:
            application.aboutToQuit.connect(self.close)

    @property
    def busy(self) -> bool:
        """Whether it runs."""
        return self._process is not None

    def start(self, arguments: Sequence[str], given: str = "") -> None:
        """Run `crackinspector` with these, and this on standard input. Only while not `busy`."""
        assert self._process is None
        self._partial = b""
        process = self._process = QProcess(self)
        process.setProcessEnvironment(_environment())
        process.readyReadStandardOutput.connect(self._read)
        process.finished.connect(self._finish)
        process.errorOccurred.connect(self._not_started)
        program, *first = self._program
        process.start(program, [*first, *arguments])
        process.write(given.encode())
        process.closeWriteChannel()

    @Slot()
    def cancel(self) -> None:
        """Ask it to end, and end it if it does not; `ended` tells when it has."""
        if self._process is not None:
            self._process.terminate()
            self._patience.start()

    @Slot()
    def close(self) -> None:
        """End it now, within two seconds, and say nothing of it."""
        self._patience.stop()
        process, self._process = self._process, None
        if process is None:
            return
        process.blockSignals(True)
        process.terminate()
        if not process.waitForFinished(_CLOSE_MS):
            process.kill()
            process.waitForFinished(_CLOSE_MS)
        process.deleteLater()

    @Slot()
    def _read(self) -> None:
        if self._process is None:
            return
        *lines, self._partial = (self._partial + bytes(self._process.readAllStandardOutput().data())).split(b"\n")
        for line in lines:
            try:
                value = json.loads(line)
            except ValueError:
                log.warning("a command said %r", line[:200])
            else:
                self.told.emit(value)

    @Slot(int, QProcess.ExitStatus)
    def _finish(self, code: int, status: QProcess.ExitStatus) -> None:
        if self._process is None:
            return
        self._read()
        said = bytes(self._process.readAllStandardError().data()).decode(errors="replace").strip().splitlines()
        self._let_go()
        crashed = status is QProcess.ExitStatus.CrashExit
        sentence = said[-1].removeprefix("crackinspector: ") if said else ""
        self.ended.emit(ENDED_FROM_OUTSIDE if crashed else code, sentence)

    @Slot(QProcess.ProcessError)
    def _not_started(self, error: QProcess.ProcessError) -> None:
        if error is QProcess.ProcessError.FailedToStart and self._process is not None:
            reason = self._process.errorString()
            self._let_go()
            self.ended.emit(ENDED_FROM_OUTSIDE, reason)

    @Slot()
    def _kill(self) -> None:
        if self._process is not None:
            self._process.kill()

    def _let_go(self) -> None:
        self._patience.stop()
        if self._process is not None:
            self._process.deleteLater()
            self._process = None


def start_detached(arguments: Sequence[str], program: Sequence[str] = PROGRAM) -> bool:
    """Run `crackinspector` with these in a process that outlives this one; whether it could be started."""
    process = QProcess()
    process.setProcessEnvironment(_environment())
    process.setProgram(program[0])
    process.setArguments([*program[1:], *arguments])
    # Of an object it is a bool, whatever the stubs say.
    return bool(process.startDetached())


def _environment() -> QProcessEnvironment:
    """This program's, with the modules that it has."""
    environment = QProcessEnvironment.systemEnvironment()
    environment.insert("PYTHONPATH", os.pathsep.join(entry for entry in sys.path if entry))
    return environment
