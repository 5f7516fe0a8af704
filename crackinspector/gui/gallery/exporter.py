"""Writes a list out for other programs, while the gallery goes on."""

from __future__ import annotations

import functools
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QWidget

from crackinspector.core.text import printable
from crackinspector.gui.background import Background
from crackinspector.gui.gallery.words import counted
from crackinspector.library.exporting import FORMS, export
from crackinspector.library.queries import Query
from crackinspector.library.store import Library

_FILES = {"csv": "csv", "json": "json", "geojson": "geojson"}
"""The ending of those that are one file; the others are a folder."""
translate = QCoreApplication.translate


class Exporter(QObject):
    """Asks for the place and writes. GUI thread only.

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
        self._out = Path()
        self._asked: tuple[Query, str] | None = None
        # A thread and a library of its own: it may take minutes, which the gallery's questions must not wait for.
        self._work = Background("export", self)
        self._work.finished.connect(self._finished)
        self._work.failed.connect(self.failed)

    @property
    def busy(self) -> bool:
        """Whether something is being written."""
        return self._work.busy

    def ask(self, query: Query, form: str, window: QWidget) -> QFileDialog:
        """Ask where to; `form` is one of `library.exporting.FORMS`."""
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
        self._out = out
        self._work.start(functools.partial(_export, self._folder, query, form, out))
        self.said.emit(translate("gallery", "Exporting to {place}…").format(place=printable(out)))

    @Slot(str)
    def _write_asked(self, path: str) -> None:
        if self._asked is not None:
            self.write(*self._asked, Path(path))

    @Slot(object)
    def _finished(self, count: int) -> None:
        words = translate("gallery", "{count} exported to {place}.")
        self.said.emit(words.format(count=counted(count), place=printable(self._out)))


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


def _export(folder: Path, query: Query, form: str, out: Path) -> int:
    assert form in FORMS
    with Library(folder, write=False) as library:
        return export(library, query, form, out)
