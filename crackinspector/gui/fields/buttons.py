"""A button for each of a few values, in rows that wrap where the place is narrow."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QToolButton, QWidget

from crackinspector.gui.fields.field import Field
from crackinspector.gui.look import Look, current_look


class Buttons(Field):
    """A field whose value is which of its buttons are pressed in. GUI thread only.

    The subclass gives the buttons their words and restyles itself at the end of its constructor.
    """

    def __init__(self, values: Iterable[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._columns = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._buttons: dict[str, QToolButton] = {}
        for value in values:
            button = QToolButton(self)
            button.setCheckable(True)
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            button.clicked.connect(self._pressed)
            self._buttons[value] = button
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def value(self) -> object:
        """What the pressed buttons mean."""
        raise NotImplementedError

    def name(self, title: str, description: str = "") -> None:
        """Each button says what it is a choice of."""
        self.setAccessibleName(title)
        for button in self._buttons.values():
            button.setAccessibleName(f"{title}: {button.text()}")
            button.setAccessibleDescription(description)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """As many beside each other as fit."""
        super().resizeEvent(event)
        self._arrange()

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """One button wide; as high as it stands now."""
        return QSize(self._widest(), self._grid.minimumSize().height())

    def _pressed(self) -> None:
        self.edited.emit(self.value)

    def _sheet(self, look: Look) -> str:
        """The buttons' style sheet."""
        return f"QToolButton {{ padding: 0 {look.metrics.unit}px; }}"

    def _restyle(self) -> None:
        look = current_look()
        self._grid.setSpacing(look.metrics.unit)
        sheet = self._sheet(look)
        if sheet != self.styleSheet():  # setting it is a change of style again
            self.setStyleSheet(sheet)
        self._arrange_anew()

    def _arrange_anew(self) -> None:
        """Arrange the buttons, whose sizes may have changed."""
        self._columns = 0
        self._arrange()

    def _widest(self) -> int:
        return max(button.sizeHint().width() for button in self._buttons.values())

    def _arrange(self) -> None:
        count, gap = len(self._buttons), self._grid.horizontalSpacing()
        room = max(1, (self.width() + gap) // (self._widest() + gap))
        rows = -(-count // min(count, room))
        columns = -(-count // rows)
        if columns == self._columns:
            return
        self._columns = columns
        for index, button in enumerate(self._buttons.values()):
            self._grid.addWidget(button, index // columns, index % columns)
        for column in range(count):
            self._grid.setColumnStretch(column, column < columns)
        self.updateGeometry()
