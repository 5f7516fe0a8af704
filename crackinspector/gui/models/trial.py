"""The trial of a model in a process of its own: is it sound, and how fast is it here?"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from PySide6.QtCore import QObject, QProcess, QProcessEnvironment, QTimer, Signal, Slot

from crackinspector.core.errors import ModelError
from crackinspector.inference.measure import command, parse_measurement

LONGEST_MS = 90_000
"""A first trial of a large model takes a minute at most; after this it is given up."""


class Trial(QObject):
    """Runs one trial at a time; a new one ends the one before. GUI thread only.

    Signals:
        measured(Path, Measurement): the model runs.
        refused(Path, str): it does not; a sentence.
    """

    measured = Signal(object, object)
    refused = Signal(object, str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._path = Path()
        self._process: QProcess | None = None
        self._limit = QTimer(self)
        self._limit.setSingleShot(True)
        self._limit.setInterval(LONGEST_MS)
        self._limit.timeout.connect(self._too_long)

    @property
    def path(self) -> Path | None:
        """The model that is being tried."""
        return self._path if self._process is not None else None

    def start(self, path: Path) -> None:
        """Try a model."""
        self.cancel()
        self._path = path
        self._process = process = QProcess(self)
        environment = QProcessEnvironment.systemEnvironment()
        environment.insert("PYTHONPATH", os.pathsep.join(entry for entry in sys.path if entry))
        process.setProcessEnvironment(environment)
        process.setStandardErrorFile(QProcess.nullDevice())
        process.finished.connect(self._finished)
        process.errorOccurred.connect(self._not_started)
        program, *arguments = command(path)
        process.start(program, arguments)
        self._limit.start()

    def cancel(self) -> None:
        """End the trial, if there is one, and say nothing of it."""
        self._limit.stop()
        process, self._process = self._process, None
        if process is None:
            return
        process.finished.disconnect(self._finished)
        process.errorOccurred.disconnect(self._not_started)
        process.kill()
        process.waitForFinished(500)  # a killed process is gone at once
        process.deleteLater()

    @Slot()
    def _finished(self) -> None:
        process = self._process
        if process is None:
            return
        output = bytes(process.readAllStandardOutput().data())
        path = self._path
        self._end()
        try:
            measurement = parse_measurement(output, path)
        except ModelError as error:
            self.refused.emit(path, str(error))
        else:
            self.measured.emit(path, measurement)

    @Slot(QProcess.ProcessError)
    def _not_started(self, error: QProcess.ProcessError) -> None:
        if self._process is not None and error == QProcess.ProcessError.FailedToStart:
            path, reason = self._path, self._process.errorString()
            self._end()
            self.refused.emit(path, f"{path} could not be tried: {reason}.")

    @Slot()
    def _too_long(self) -> None:
        path = self._path
        self.cancel()
        self.refused.emit(path, f"{path} did not finish its trial in {LONGEST_MS // 1000} seconds: it is too large.")

    def _end(self) -> None:
        self._limit.stop()
        if self._process is not None:
            self._process.deleteLater()
            self._process = None
