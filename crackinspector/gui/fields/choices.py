"""One of a few: a row of buttons that wraps where the place is narrow."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QIcon, QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QSizePolicy, QToolButton, QWidget

from crackinspector.gui.fields.field import Field
from crackinspector.gui.look import current_look


class Choices(Field):
    """A field for a text that is one of a few. Left and right move between the buttons."""

    def __init__(self, titles: Mapping[str, str], parent: QWidget | None = None) -> None:
        """`titles`: value -> what its button says."""
        super().__init__(parent)
        self._group = QButtonGroup(self)
        self._buttons: dict[str, QToolButton] = {}
        self._columns = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        for value, title in titles.items():
            button = QToolButton(self)
            button.setCheckable(True)
            button.setText(title)
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            button.clicked.connect(self._chosen)
            self._group.addButton(button)
            self._buttons[value] = button
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
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
        self._columns = 0
        self._arrange()

    def set_icons(self, icons: Mapping[str, QIcon], size: QSize) -> None:
        """Draw something over the words."""
        for value, drawn in icons.items():
            self._buttons[value].setIcon(drawn)
            self._buttons[value].setIconSize(size)
            self._buttons[value].setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        self._columns = 0
        self._arrange()

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

    def _restyle(self) -> None:
        """New sizes."""
        look = current_look()
        self._grid.setSpacing(look.metrics.unit)
        sheet = (
            f"QToolButton {{ padding: 0 {look.metrics.unit}px; }}"
            f"QToolButton:checked {{ background: {look.colours.accent}; color: {look.colours.on_accent}; }}"
        )
        if sheet != self.styleSheet():  # setting it is a change of style again
            self.setStyleSheet(sheet)
        self._columns = 0
        self._arrange()

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """One button wide; as high as it stands now."""
        return QSize(self._widest(), self._grid.minimumSize().height())

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

    def _chosen(self) -> None:
        self.setFocusProxy(self._buttons[self.value])
        self.edited.emit(self.value)
