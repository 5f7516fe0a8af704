"""Pictures are brought in by `crackinspector library import`, in a process of its own, while the window goes on."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, QProcess, QTimer, Signal, Slot

_TERMINATE_MS = 5000


class Importer(QObject):
    """One import at a time. GUI thread only.

    A window that closes ends the import; what had its line is kept, and the next import goes on from there.

    Signals:
        progress(int): how many pictures are in the library or were found unreadable by now.
        finished(str): a sentence of what came of it.
        failed(str): a sentence.
    """

    progress = Signal(int)
    finished = Signal(str)
    failed = Signal(str)

    def __init__(self, library: Path, who: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._library, self._who = library, who
        self._process: QProcess | None = None
        self._counts: Counter[str] = Counter()
        self._partial, self._problem = b"", ""
        self._cancelled = False

    @property
    def busy(self) -> bool:
        """Whether pictures are being brought in."""
        return self._process is not None

    def start(
        self,
        paths: Sequence[str],
        *,
        structure: str = "",
        element: str = "",
        inspection: str = "",
        analyse: bool = True,
    ) -> None:
        """Bring in pictures and folders; they belong where it is said. Only while not `busy`."""
        assert self._process is None
        self._counts, self._partial, self._problem, self._cancelled = Counter(), b"", "", False
        arguments = ["-m", "crackinspector", "library", "import", "--json", "-", "--quiet"]
        arguments += ["--library", str(self._library), "--who", self._who]
        arguments += ["--structure", structure, "--element", element, "--inspection", inspection]
        arguments += [] if analyse else ["--no-analyse"]
        process = self._process = QProcess(self)
        process.readyReadStandardOutput.connect(self._read)
        process.finished.connect(self._end)
        process.errorOccurred.connect(self._trouble)
        process.start(sys.executable, [*arguments, "--", *paths])

    def cancel(self) -> None:
        """End it; what is in the library stays there."""
        if self._process is not None:
            self._cancelled = True
            self._process.terminate()
            patience = QTimer(self._process, singleShot=True, interval=_TERMINATE_MS)
            patience.timeout.connect(self._process.kill)
            patience.start()

    def close(self) -> None:
        """End it for the window's end, without waiting for long."""
        if self._process is not None:
            self._process.blockSignals(True)
            self._process.terminate()
            if not self._process.waitForFinished(1000):
                self._process.kill()
                self._process.waitForFinished(1000)
            self._process = None

    @Slot()
    def _read(self) -> None:
        assert self._process is not None
        *lines, self._partial = (self._partial + bytes(self._process.readAllStandardOutput().data())).split(b"\n")
        for line in lines:
            record = json.loads(line)
            self._counts[record["status"]] += 1
            self._problem = self._problem or record["error"] or ""
        if lines:
            self.progress.emit(self._counts.total())

    @Slot(QProcess.ProcessError)
    def _trouble(self, error: QProcess.ProcessError) -> None:
        if error is QProcess.ProcessError.FailedToStart and self._process is not None:
            reason = self._process.errorString()
            self._let_go()
            self.failed.emit(self.tr("The import could not be started: {reason}").format(reason=reason))

    @Slot(int, QProcess.ExitStatus)
    def _end(self, code: int, status: QProcess.ExitStatus) -> None:
        assert self._process is not None
        self._read()
        told = bytes(self._process.readAllStandardError().data()).decode(errors="replace").strip().splitlines()
        self._let_go()
        summary = self._summary()
        if self._cancelled:
            self.finished.emit(self.tr("Stopped: {summary}.").format(summary=summary))
        elif status is QProcess.ExitStatus.CrashExit:
            self.failed.emit(self.tr("The import was ended from outside: {summary}.").format(summary=summary))
        elif code > 1:
            self.failed.emit(told[-1].removeprefix("crackinspector: ") if told else summary)
        else:
            self.finished.emit(self.tr("Import finished: {summary}.").format(summary=summary))
            if self._problem:
                self.failed.emit(self._problem)

    def _summary(self) -> str:
        words = {
            "added": self.tr("%n added", "", self._counts["added"]),
            "updated": self.tr("%n completed", "", self._counts["updated"]),
            "present": self.tr("%n there already", "", self._counts["present"]),
            "deleted": self.tr("%n deleted before", "", self._counts["deleted"]),
            "unreadable": self.tr("%n unreadable", "", self._counts["unreadable"]),
        }
        return ", ".join(text for kind, text in words.items() if self._counts[kind] or kind == "added")

    def _let_go(self) -> None:
        if self._process is not None:
            self._process.deleteLater()
            self._process = None
