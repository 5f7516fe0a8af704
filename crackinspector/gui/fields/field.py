"""What every field is to the page that holds it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from crackinspector.gui.look import Dressed


class Field(Dressed, QWidget):
    """A control for one value. GUI thread only.

    Signals:
        edited(object): the value that the person gave it; `show_value` is silent.
        refused(str): what was typed cannot be; a sentence.

    Attributes:
        compact: whether it is so small that it stands beside its words even on a narrow screen.
    """

    compact = False

    edited = Signal(object)
    refused = Signal(str)

    def show_value(self, value: object) -> None:
        """Show a value without telling anyone."""
        raise NotImplementedError

    def name(self, title: str, description: str = "") -> None:
        """Say to screen readers what is set here."""
        target = self.focusProxy() or self
        target.setAccessibleName(title)
        target.setAccessibleDescription(description)
