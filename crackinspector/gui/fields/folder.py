"""A folder: typed, or chosen in a dialog."""

from __future__ import annotations

import functools
import os
from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QPushButton, QWidget

from crackinspector.gui.background import Background
from crackinspector.gui.fields.field import Field
from crackinspector.gui.look import current_look


class FolderField(Field):
    """A field for a folder's path; empty stands for a default place."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._value = ""
        self._text = QLineEdit(self)
        self._text.editingFinished.connect(self._typed)
        self._choose = QPushButton(self)
        self._choose.setAutoDefault(False)
        self._choose.clicked.connect(self._open)
        self.setFocusProxy(self._text)
        # A disk that sleeps or does not answer must not hold up the window.
        self._looking = Background("looking for a folder", self)
        self._looking.finished.connect(self._looked)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.addWidget(self._text, 1)
        self._row.addWidget(self._choose)
        self._retranslate()
        self._restyle()

    def show_value(self, value: object) -> None:
        """Show a path."""
        self._looking.forget()
        self._value = str(value)
        self._text.setText(self._value)

    def _retranslate(self) -> None:
        """The button, and what an empty path means."""
        self._choose.setText(self.tr("Choose…"))
        self._text.setPlaceholderText(self.tr("In your pictures"))

    def _restyle(self) -> None:
        """New sizes."""
        self._row.setSpacing(current_look().metrics.unit)

    def _typed(self) -> None:
        text = self._text.text().strip()
        if text == self._value:
            return
        if text:
            self._looking.start(functools.partial(_look, text))
        else:
            self._give(text)

    @Slot(object)
    def _looked(self, found: tuple[str, bool]) -> None:
        """What was typed, its home folder filled in, and whether it is something else than a folder."""
        path, is_other = found
        if not Path(path).is_absolute():
            self.refused.emit(self.tr("Takes a full path, from / on."))
        elif is_other:
            self.refused.emit(self.tr("{path} is a file, not a folder.").format(path=path))
        else:
            self._give(path)

    def _open(self) -> None:
        dialog = QFileDialog(self, self.tr("Folder"), self._value or str(Path.home()))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(self._give)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    @Slot(str)
    def _give(self, path: str) -> None:
        self.show_value(path)
        self.edited.emit(path)


def _look(text: str) -> tuple[str, bool]:
    path = Path(os.path.expanduser(text))  # noqa: PTH111 - a user who is unknown stays as written
    return str(path), path.exists() and not path.is_dir()
