"""Several of a few: buttons that are pressed in one by one."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QIcon, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QToolButton, QWidget

from crackinspector.gui.fields.field import Field
from crackinspector.gui.look import current_look


class Toggles(Field):
    """A field for a tuple of texts out of a few; none pressed in means any."""

    def __init__(self, values: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._columns = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._buttons: dict[str, QToolButton] = {}
        for value in values:
            button = QToolButton(self)
            button.setCheckable(True)
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            button.clicked.connect(self._toggled)
            self._buttons[value] = button
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
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
        sheet = f"QToolButton {{ padding: 0 {look.metrics.unit}px; }}"
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
        gap = self._grid.horizontalSpacing()
        columns = min(len(self._buttons), max(1, (self.width() + gap) // (self._widest() + gap)))
        columns = -(-len(self._buttons) // -(-len(self._buttons) // columns))
        if columns == self._columns:
            return
        self._columns = columns
        for index, button in enumerate(self._buttons.values()):
            self._grid.addWidget(button, index // columns, index % columns)
        for column in range(len(self._buttons)):
            self._grid.setColumnStretch(column, column < columns)
        self.updateGeometry()

    def _toggled(self) -> None:
        self.edited.emit(self.value)
