"""What stands below the pictures: a sentence, and the buttons that go with it."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QToolButton, QWidget

from crackinspector.gui.look import Dressed, current_look, icon
from crackinspector.gui.widgets.named import tell_names

_BUTTONS = {
    "points": "points",
    "undo": "undo",
    "cancel": "close",
    "slower": "minus",
    "faster": "plus",
    "hold": "freeze",
}


class Foot(Dressed, QWidget):
    """GUI thread only.

    Signals:
        pressed(str): a button: points, undo, cancel, slower, faster or hold.
    """

    pressed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = QLabel(self)
        self._words.setWordWrap(True)
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self._words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._row = QHBoxLayout(self)
        self._row.addWidget(self._words, 1)
        self._buttons = {name: QToolButton(self) for name in _BUTTONS}
        for button in self._buttons.values():
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            button.hide()
            self._row.addWidget(button)
        tell_names(self._buttons, self.pressed, self)
        self._retranslate()
        self._restyle()

    @property
    def words(self) -> str:
        """The sentence."""
        return self._words.text()

    def say(self, words: str, *buttons: str) -> None:
        """Show a sentence with these buttons; with neither there is no foot."""
        self._words.setText(words)
        self._words.setAccessibleName(words)
        for name, button in self._buttons.items():
            button.setVisible(name in buttons)
        self.setVisible(bool(words or buttons))

    def button(self, name: str) -> QToolButton:
        """One of the buttons."""
        return self._buttons[name]

    def set_held(self, held: bool) -> None:
        """Whether blinking stands still."""
        self._buttons["hold"].setText(self.tr("Go on") if held else self.tr("Hold"))
        self._buttons["hold"].setIcon(icon("play" if held else "freeze", current_look()))

    def _retranslate(self) -> None:
        """Name the buttons."""
        names = {
            "points": self.tr("Mark four points"),
            "undo": self.tr("Undo"),
            "cancel": self.tr("Cancel"),
            "slower": self.tr("Slower"),
            "faster": self.tr("Faster"),
            "hold": self.tr("Hold"),
        }
        for name, text in names.items():
            self._buttons[name].setText(text)
            self._buttons[name].setAccessibleName(text)

    def _restyle(self) -> None:
        look = current_look()
        unit = look.metrics.unit
        self._row.setContentsMargins(2 * unit, unit, 2 * unit, unit)
        self._row.setSpacing(unit)
        for name, button in self._buttons.items():
            button.setIcon(icon(_BUTTONS[name], look))
            button.setIconSize(QSize(look.metrics.icon, look.metrics.icon))
