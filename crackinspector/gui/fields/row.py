"""A row of a page: what is set, the field for it, and a word about what was not taken."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QVBoxLayout, QWidget

from crackinspector.gui.fields.field import Field
from crackinspector.gui.look import Dressed, current_look
from crackinspector.gui.sentences import translated

_WIDE = 34
"""Width of a row, in heights of the normal type, from which on the field stands beside the words."""


class FieldRow(Dressed, QWidget):
    """Words and a field, beside each other or below each other. GUI thread only.

    Attributes:
        field: the field.
    """

    def __init__(self, field: Field, extra: QWidget | None = None, parent: QWidget | None = None) -> None:
        """`extra` is a small control between words and field, such as a reset."""
        super().__init__(parent)
        self.field = field
        self._extra = extra
        self._title, self._help, self._message = QLabel(self), QLabel(self), QLabel(self)
        self._help.setProperty("role", "quiet")
        self._message.setProperty("role", "warning")
        for label in (self._title, self._help, self._message):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        self._message.hide()
        field.refused.connect(self.show_message)
        self._words = QWidget(self)
        words = QVBoxLayout(self._words)
        words.setContentsMargins(0, 0, 0, 0)
        words.setSpacing(0)
        words.addStretch(1)
        words.addWidget(self._title)
        words.addWidget(self._help)
        words.addStretch(1)
        self._grid = QGridLayout(self)
        self._wide: bool | None = None
        self._restyle()

    @property
    def message(self) -> str:
        """What is said about a value that was not taken."""
        return self._message.text()

    def set_words(self, title: str, helping: str = "") -> None:
        """Say what is set here, in the language of the application."""
        self._title.setText(title)
        self._help.setText(helping)
        self._help.setVisible(bool(helping))
        self.field.name(title, helping)

    @Slot(str)
    def show_message(self, sentence: str) -> None:
        """Say why a value was not taken; empty says nothing."""
        sentence = translated(sentence)
        self._message.setText(sentence)
        self._message.setVisible(bool(sentence))
        self.field.name(self._title.text(), sentence or self._help.text())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Field beside the words, or below them."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        wide = self.width() >= _WIDE * current_look().metrics.normal
        if wide == self._wide:
            return
        self._wide = wide
        beside = wide or self.field.compact
        self._grid.addWidget(self._words, 0, 0)
        if self._extra is not None:
            self._grid.addWidget(self._extra, 0, 1)
        self._grid.addWidget(self.field, *((0, 2) if beside else (1, 0, 1, 3)))
        self._grid.addWidget(self._message, 2, 0, 1, 3)
        self._grid.setColumnStretch(0, 2)
        self._grid.setColumnStretch(2, 3 if wide and not self.field.compact else 0)
        self.updateGeometry()

    def _restyle(self) -> None:
        unit = current_look().metrics.unit
        self._grid.setContentsMargins(3 * unit, unit, unit, unit)
        self._grid.setHorizontalSpacing(2 * unit)
        self._grid.setVerticalSpacing(unit)
        self._wide = None
        self._arrange()


def rule_line(parent: QWidget) -> QFrame:
    """The line between two rows."""
    line = QFrame(parent)
    line.setProperty("role", "rule")
    line.setFixedHeight(1)
    return line
