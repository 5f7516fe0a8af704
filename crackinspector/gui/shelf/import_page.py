"""The page that brings pictures into the library: which ones, where they belong, how far it has come."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from crackinspector.gui.fields.row import FieldRow, rule_line
from crackinspector.gui.fields.switch import Switch
from crackinspector.gui.fields.text import TextField
from crackinspector.gui.library.access import LibraryAccess
from crackinspector.gui.look import Dressed, current_look
from crackinspector.gui.sentences import spoken
from crackinspector.gui.shelf.importing import Importer
from crackinspector.gui.widgets import PageFrame
from crackinspector.library import queries

PATTERN = "*.jpg *.jpeg *.png *.tif *.tiff *.webp *.bmp"
_SHOWN = 3


class ImportPage(Dressed, PageFrame):
    """Works an `Importer`. GUI thread only."""

    def __init__(self, access: LibraryAccess, importer: Importer, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._access, self._importer = access, importer
        self._paths: list[str] = []
        content = QWidget()
        self._column = QVBoxLayout(content)
        self._files, self._folder = QPushButton(content), QPushButton(content)
        self._files.clicked.connect(self._choose_files)
        self._folder.clicked.connect(self._choose_folder)
        self._chosen = QLabel(content)
        self._chosen.setWordWrap(True)
        self._chosen.setProperty("role", "quiet")
        self._choices = QHBoxLayout()
        for button in (self._files, self._folder):
            self._choices.addWidget(button, 1)
        self._column.addLayout(self._choices)
        self._column.addWidget(self._chosen)
        card = QFrame(content)
        card.setProperty("role", "card")
        rows = QVBoxLayout(card)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        self._texts = [TextField() for _ in range(3)]
        self._analyse = Switch()
        self._rows = [FieldRow(field, parent=card) for field in (*self._texts, self._analyse)]
        for row in self._rows:
            if rows.count():
                rows.addWidget(rule_line(card))
            rows.addWidget(row)
        self._looks = True
        self._analyse.show_value(True)
        self._analyse.edited.connect(self._set_analyse)
        self._column.addWidget(card)
        self._start, self._stop = QPushButton(content), QPushButton(content)
        self._start.setProperty("role", "primary")
        self._start.clicked.connect(self._begin)
        self._stop.clicked.connect(self._end)
        self._told = QLabel(content)
        self._told.setWordWrap(True)
        self._work = QHBoxLayout()
        for button in (self._start, self._stop):
            self._work.addWidget(button, 1)
        self._column.addLayout(self._work)
        self._column.addWidget(self._told)
        self._column.addStretch(1)
        self.set_content(content)
        importer.progress.connect(self._show_progress)
        importer.finished.connect(self._show_end)
        importer.failed.connect(self._show_failure)
        self._retranslate()
        self._restyle()
        self._refresh()

    def choose(self, paths: list[str]) -> None:
        """These pictures and folders are to be brought in."""
        self._paths = paths
        self._told.clear()
        self._refresh()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Offer the names that the library has already."""
        super().showEvent(event)
        self._access.read(queries.places, self._suggest, key="places to import to")

    @Slot(object)
    def _suggest(self, places: list[tuple[str, str, str, int]]) -> None:
        for level, field in enumerate(self._texts):
            field.suggest(sorted({str(place[level]) for place in places} - {""}))

    @Slot(object)
    def _set_analyse(self, on: object) -> None:
        self._looks = bool(on)

    @Slot()
    def _choose_files(self) -> None:
        dialog = self._dialog(QFileDialog.FileMode.ExistingFiles)
        dialog.setNameFilter(f"{self.tr('Pictures')} ({PATTERN} {PATTERN.upper()})")
        dialog.open()

    @Slot()
    def _choose_folder(self) -> None:
        dialog = self._dialog(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.open()

    def _dialog(self, mode: QFileDialog.FileMode) -> QFileDialog:
        dialog = QFileDialog(self, self.tr("Pictures"), str(Path.home()))
        dialog.setFileMode(mode)
        dialog.filesSelected.connect(self.choose)
        dialog.finished.connect(dialog.deleteLater)
        return dialog

    @Slot()
    def _begin(self) -> None:
        structure, element, inspection = (field.text for field in self._texts)
        self._importer.start(
            self._paths, structure=structure, element=element, inspection=inspection, analyse=self._looks
        )
        self._show_progress(0)
        self._refresh()

    @Slot()
    def _end(self) -> None:
        self._stop.setEnabled(False)
        self._importer.cancel()

    @Slot(int)
    def _show_progress(self, count: int) -> None:
        self._told.setText(self.tr("Safe in the library: %n …", "", count))

    @Slot(str)
    def _show_end(self, sentence: str) -> None:
        self._paths = []
        self._told.setText(sentence)
        self._refresh()

    @Slot(str)
    def _show_failure(self, sentence: str) -> None:
        before = self._told.text()
        self._told.setText(f"{before}\n{spoken(sentence)}" if not self._paths else spoken(sentence))
        self._refresh()

    def _refresh(self) -> None:
        busy = self._importer.busy
        for part in (self._files, self._folder, *self._texts, self._analyse):
            part.setEnabled(not busy)
        self._start.setEnabled(bool(self._paths) and not busy)
        self._stop.setVisible(busy)
        self._stop.setEnabled(busy)
        shown, more = self._paths[:_SHOWN], len(self._paths) - _SHOWN
        if more > 0:
            shown.append(self.tr("and %n more", "", more))
        self._chosen.setText("\n".join(shown))
        self._chosen.setVisible(bool(self._paths))

    def _retranslate(self) -> None:
        self.set_title(self.tr("Add pictures"))
        self._files.setText(self.tr("Pictures…"))
        self._folder.setText(self.tr("Folder…"))
        words = (
            (self.tr("Structure"), self.tr("Such as a bridge; where they belong can be said later as well")),
            (self.tr("Element"), self.tr("Such as pier 3")),
            (self.tr("Inspection"), self.tr("Such as 2026 autumn")),
            (self.tr("Look for cracks"), self.tr("Takes longer; can be done later as well")),
        )
        for row, (title, helping) in zip(self._rows, words, strict=True):
            row.set_words(title, helping)
        self._start.setText(self.tr("Add to the library"))
        self._stop.setText(self.tr("Stop"))

    def _restyle(self) -> None:
        unit = current_look().metrics.unit
        self._column.setContentsMargins(0, 0, 0, 2 * unit)
        for layout in (self._column, self._choices, self._work):
            layout.setSpacing(2 * unit)
