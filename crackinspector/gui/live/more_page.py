"""Everything that has no button on the live page itself, as a grid of large buttons."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from crackinspector.gui.actions import Actions
from crackinspector.gui.look import current_look
from crackinspector.gui.widgets import ActionButton, PageFrame

CHOICES = (
    "freeze",
    "record",
    "sources",
    "models",
    "settings",
    "snapshots",
    "next_colours",
    "theme",
    "full_screen",
    "help",
    "retry",
    "quit",
)


class MorePage(PageFrame):
    """The grid; as many columns as have room."""

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._buttons = [ActionButton(actions[name], "", self) for name in CHOICES]
        self._holder = QWidget()
        self._grid = QGridLayout(self._holder)
        self._columns = 0
        self.set_content(self._holder)
        self._retranslate()
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Use the width."""
        super().resizeEvent(event)
        self._arrange()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Follow language and theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        elif event.type() == QEvent.Type.StyleChange:
            self._columns = 0
            self._arrange()

    def _arrange(self) -> None:
        metrics = current_look().metrics
        cell = max(round(1.7 * metrics.touch_px), *(button.sizeHint().width() for button in self._buttons))
        columns = max(2, min(6, self.width() // (cell + 2 * metrics.unit)))
        while len(self._buttons) % columns and columns > 2:
            columns -= 1
        if columns == self._columns:
            return
        self._columns = columns
        for button in self._buttons:
            self._grid.removeWidget(button)
        self._grid.setContentsMargins(*[2 * metrics.unit] * 4)
        self._grid.setSpacing(2 * metrics.unit)
        for index, button in enumerate(self._buttons):
            button.setMinimumHeight(round(1.3 * metrics.touch_px))
            self._grid.addWidget(button, index // columns, index % columns)
        self._grid.setRowStretch(self._grid.rowCount(), 1)

    def _retranslate(self) -> None:
        self.set_title(self.tr("More"))
