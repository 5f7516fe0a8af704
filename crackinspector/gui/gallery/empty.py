"""What stands in the place of a list that is empty: why it is, and what to do."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from crackinspector.gui.look import Dressed, current_look, icon, pixmap

_WIDEST = 30
"""Width of the words in heights of the normal type."""


class EmptyState(Dressed, QWidget):
    """A drawing, a heading, a sentence and a button. GUI thread only.

    Signals:
        pressed(): the button.
    """

    pressed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._drawing, self._button_drawing = "gallery", ""
        self._sign, self._title, self._words = QLabel(self), QLabel(self), QLabel(self)
        self._title.setProperty("role", "heading")
        for label in (self._sign, self._title, self._words):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        self._button = QPushButton(self)
        self._button.setProperty("role", "primary")
        self._button.setAutoDefault(False)
        self._button.clicked.connect(self.pressed)
        self._column = QVBoxLayout()
        self._column.addStretch(1)
        for label in (self._sign, self._title, self._words):
            self._column.addWidget(label)
        self._column.addWidget(self._button, 0, Qt.AlignmentFlag.AlignHCenter)
        self._column.addStretch(1)
        row = QHBoxLayout(self)
        row.addStretch(1)
        row.addLayout(self._column)
        row.addStretch(1)
        self._restyle()

    @property
    def words(self) -> str:
        """Heading and sentence."""
        return f"{self._title.text()}\n{self._words.text()}"

    def show_words(self, drawing: str, title: str, words: str, button: str = "", button_drawing: str = "") -> None:
        """Say why there is nothing, and offer something to do about it."""
        self._drawing, self._button_drawing = drawing, button_drawing
        self._title.setText(title)
        self._words.setText(words)
        self._button.setText(button)
        self._button.setVisible(bool(button))
        self.setAccessibleName(title)
        self.setAccessibleDescription(words)
        self._restyle()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Short lines, that can be read at a glance."""
        super().resizeEvent(event)
        metrics = current_look().metrics
        for label in (self._title, self._words):
            label.setFixedWidth(max(1, min(_WIDEST * metrics.normal, self.width() - 4 * metrics.unit)))

    def _restyle(self) -> None:
        look = current_look()
        colours, metrics = look.colours, look.metrics
        side = 3 * metrics.icon
        self._sign.setPixmap(pixmap(self._drawing, side, colours.quiet, 0.7, self.devicePixelRatioF()))
        self._button.setMinimumWidth(3 * metrics.touch_px)
        if self._button_drawing:
            self._button.setIcon(icon(self._button_drawing, look, colours.on_accent))
            self._button.setIconSize(QSize(metrics.icon, metrics.icon))
        self._column.setSpacing(2 * metrics.unit)
