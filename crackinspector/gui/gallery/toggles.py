"""Several of a few: buttons that are pressed in one by one."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QWidget

from crackinspector.gui.fields.buttons import Buttons
from crackinspector.gui.look import current_look


class Toggles(Buttons):
    """A field for a tuple of texts out of a few; none pressed in means any."""

    def __init__(self, values: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(values, parent)
        for button in self._buttons.values():
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setFocusProxy(next(iter(self._buttons.values())))
        self._restyle()

    @property
    def value(self) -> tuple[str, ...]:
        """Those that are pressed in, in their order."""
        return tuple(value for value, button in self._buttons.items() if button.isChecked())

    def show_value(self, value: object) -> None:
        """Press these in and no others."""
        assert isinstance(value, tuple)
        for name, button in self._buttons.items():
            button.setChecked(name in value)

    def set_words(self, words: Sequence[str], icons: Sequence[QIcon]) -> None:
        """What the buttons say, and the shapes beside the words."""
        side = current_look().metrics.normal
        for button, word, drawn in zip(self._buttons.values(), words, icons, strict=True):
            button.setText(word)
            button.setIcon(drawn)
            button.setIconSize(QSize(side, side))
        self._arrange_anew()
