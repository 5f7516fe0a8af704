"""Writes a list out for other programs, while the gallery goes on."""

from __future__ import annotations

import functools
import threading
from collections import deque
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QWidget

from crackinspector.core.errors import CrackInspectorError
from crackinspector.core.text import printable
from crackinspector.gui.background import Background
from crackinspector.gui.gallery.words import counted
from crackinspector.library.exporting import export, stopped
from crackinspector.library.forms import FORMS
from crackinspector.library.queries import Query
from crackinspector.library.store import Library

_FILES = {"csv": "csv", "json": "json", "geojson": "geojson"}
"""The ending of those that are one file; the others are a folder."""
translate = QCoreApplication.translate


@dataclass(slots=True, eq=False)
class _Export:
    """What is written where; `whole` and `trouble` are set in the thread that writes."""

    query: Query
    form: str
    out: Path
    whole: bool = False
    trouble: str = ""


class Exporter(QObject):
    """Asks for the place and writes, one export after the other; each is told of. GUI thread only.

    Signals:
        said(str): how it goes, as a sentence of the language of the screen.
        failed(str): why it could not be written; a sentence of the lower layers.
    """

    said = Signal(str)
    failed = Signal(str)

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        """`folder` is that of the library."""
        super().__init__(parent)
        self._folder = folder
        self._jobs: deque[_Export] = deque()
        """What is being written, and what waits for it."""
        self._stop = threading.Event()
        self._asked: tuple[Query, str] | None = None
        # A thread and a library of its own: it may take minutes, which the gallery's questions must not wait for.
        self._work = Background("export", self)
        self._work.finished.connect(self._finished)
        self._work.failed.connect(self._failed)

    @property
    def busy(self) -> bool:
        """Whether something is being written."""
        return bool(self._jobs)

    def unfinished(self) -> tuple[str, ...]:
        """After `stop`: a sentence for each export that is not whole."""
        return tuple(job.trouble or stopped(job.out) for job in self._jobs if not job.whole)

    def stop(self, seconds: float) -> bool:
        """Begin no export any more and end what is being written; whether it has ended within that time."""
        self._stop.set()
        return self._work.wait(seconds)

    def ask(self, query: Query, form: str, window: QWidget) -> QFileDialog:
        """Ask where to; `form` is one of `library.forms.FORMS`."""
        self._asked = query, form
        dialog = QFileDialog(window, form_words(form), str(Path.home()))
        if form in _FILES:
            dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
            dialog.setDefaultSuffix(_FILES[form])
        else:
            dialog.setFileMode(QFileDialog.FileMode.Directory)
            dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(self._write_asked)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        return dialog

    def write(self, query: Query, form: str, out: Path) -> None:
        """Write the snapshots of a query; a second one is written after the first."""
        self._jobs.append(_Export(query, form, out))
        if len(self._jobs) == 1:
            self._begin()

    def _begin(self) -> None:
        if self._jobs and not self._stop.is_set():
            job = self._jobs[0]
            self._work.start(functools.partial(_export, self._folder, job, self._stop))
            self.said.emit(translate("gallery", "Exporting to {place}…").format(place=printable(job.out)))

    @Slot(str)
    def _write_asked(self, path: str) -> None:
        if self._asked is not None:
            self.write(*self._asked, Path(path))

    @Slot(object)
    def _finished(self, count: int) -> None:
        job = self._jobs.popleft()
        words = translate("gallery", "{count} exported to {place}.")
        self.said.emit(words.format(count=counted(count), place=printable(job.out)))
        self._begin()

    @Slot(str)
    def _failed(self, sentence: str) -> None:
        # At the end there is nobody any more who could read it: `unfinished` has it.
        if not self._stop.is_set():
            self._jobs.popleft()
            self.failed.emit(sentence)
            self._begin()


def form_words(form: str) -> str:
    """One of `FORMS` in words."""
    words = {
        "csv": translate("gallery", "Table (CSV)"),
        "json": translate("gallery", "Everything (JSON)"),
        "coco": translate("gallery", "COCO with masks"),
        "yolo": translate("gallery", "YOLO boxes"),
        "geojson": translate("gallery", "Map (GeoJSON)"),
        "folders": translate("gallery", "Labelled folders"),
    }
    return words[form]


def _export(folder: Path, job: _Export, stop: threading.Event) -> int:
    """Called in the thread that writes."""
    assert job.form in FORMS
    try:
        with Library(folder, write=False) as library:
            count = export(library, job.query, job.form, job.out, stop)
    except CrackInspectorError as error:
        job.trouble = str(error)
        raise
    job.whole = True
    return count
