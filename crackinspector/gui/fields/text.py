"""A line of text."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCompleter, QHBoxLayout, QLineEdit, QWidget

from crackinspector.gui.fields.field import Field

MOST = 200
"""Characters: what a name beside a verdict may have."""


class TextField(Field):
    """A field for a name or the like; what is typed is taken when the person leaves it or presses Enter."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._value = ""
        self._text = QLineEdit(self)
        self._text.setMaxLength(MOST)
        self._text.editingFinished.connect(self._typed)
        self.setFocusProxy(self._text)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._text)

    @property
    def text(self) -> str:
        """What stands in it, taken or not."""
        return self._text.text().strip()

    def set_placeholder(self, words: str) -> None:
        """What stands there quietly while it is empty."""
        self._text.setPlaceholderText(words)

    def suggest(self, names: Sequence[str]) -> None:
        """Offer these while something is typed."""
        completer = QCompleter(list(names), self._text)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        # The line deletes the one that it had, which is its child.
        self._text.setCompleter(completer)

    def show_value(self, value: object) -> None:
        """Show a text."""
        self._value = str(value)
        self._text.setText(self._value)

    def _typed(self) -> None:
        text = self.text
        if text != self._value:
            self.show_value(text)
            self.edited.emit(text)
