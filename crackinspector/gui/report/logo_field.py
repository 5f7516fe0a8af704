"""A picture file for the cover: chosen in a dialog, or none."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QStandardPaths, Slot
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QPushButton, QWidget

from crackinspector.gui.fields.field import Field
from crackinspector.gui.look import current_look

_PATTERN = "*.png *.jpg *.jpeg *.webp *.bmp *.svg"


class LogoField(Field):
    """A field for a picture's path; empty stands for none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._value = ""
        self._choose, self._none = QPushButton(self), QPushButton(self)
        for button in (self._choose, self._none):
            button.setAutoDefault(False)
        self._choose.clicked.connect(self._open)
        self._none.clicked.connect(self._clear)
        self.setFocusProxy(self._choose)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.addWidget(self._choose, 1)
        self._row.addWidget(self._none)
        self._retranslate()
        self._restyle()

    def show_value(self, value: object) -> None:
        """Show a path."""
        self._value = str(value)
        self._retranslate()

    def _retranslate(self) -> None:
        """The name of the file, or the words of the button."""
        name = Path(self._value).name.replace("&", "&&")
        self._choose.setText(name or self.tr("Choose…"))
        self._choose.setToolTip(self._value)
        self._none.setText(self.tr("None"))
        self._none.setVisible(bool(self._value))

    def _restyle(self) -> None:
        """New sizes."""
        self._row.setSpacing(current_look().metrics.unit)

    @Slot()
    def _open(self) -> None:
        places = QStandardPaths.StandardLocation
        folder = (
            str(Path(self._value).parent) if self._value else QStandardPaths.writableLocation(places.PicturesLocation)
        )
        dialog = QFileDialog(self, self.tr("Logo"), folder, f"{self.tr('Pictures')} ({_PATTERN})")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self._give)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    @Slot()
    def _clear(self) -> None:
        self._give("")

    @Slot(str)
    def _give(self, path: str) -> None:
        self.show_value(path)
        self.edited.emit(path)
