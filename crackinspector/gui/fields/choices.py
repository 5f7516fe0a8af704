"""One of a few: a row of buttons that wraps where the place is narrow."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QButtonGroup, QWidget

from crackinspector.gui.fields.buttons import Buttons
from crackinspector.gui.look import Look


class Choices(Buttons):
    """A field for a text that is one of a few. Left and right move between the buttons."""

    def __init__(self, titles: Mapping[str, str], parent: QWidget | None = None) -> None:
        """`titles`: value -> what its button says."""
        super().__init__(titles, parent)
        self._group = QButtonGroup(self)
        for value, button in self._buttons.items():
            button.setText(titles[value])
            self._group.addButton(button)
        self._restyle()

    @property
    def value(self) -> str:
        """What is chosen; empty before anything is."""
        return next((value for value, button in self._buttons.items() if button.isChecked()), "")

    def show_value(self, value: object) -> None:
        """Press one in."""
        button = self._buttons.get(str(value))
        if button is not None:
            button.setChecked(True)
            self.setFocusProxy(button)

    def set_titles(self, titles: Mapping[str, str]) -> None:
        """Say the choices in another language."""
        for value, title in titles.items():
            self._buttons[value].setText(title)
        self._arrange_anew()

    def set_icons(self, icons: Mapping[str, QIcon], size: QSize) -> None:
        """Draw something over the words."""
        for value, drawn in icons.items():
            self._buttons[value].setIcon(drawn)
            self._buttons[value].setIconSize(size)
            self._buttons[value].setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        self._arrange_anew()

    def _sheet(self, look: Look) -> str:
        colours = look.colours
        chosen = f"QToolButton:checked {{ background: {colours.accent}; color: {colours.on_accent}; }}"
        return super()._sheet(look) + chosen

    def _pressed(self) -> None:
        self.setFocusProxy(self._buttons[self.value])
        super()._pressed()
