"""Everything that has no button on the live page itself, as a grid of large buttons."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from crackinspector.gui.actions import Actions
from crackinspector.gui.look import Dressed, current_look
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


class MorePage(Dressed, PageFrame):
    """The grid."""

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._buttons = [ActionButton(actions[name], "", self) for name in CHOICES]
        self._holder = QWidget()
        self._grid = QGridLayout(self._holder)
        self._columns = self._last_row = 0
        self.set_content(self._holder)
        self._retranslate()
        self._lay_out()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Use the width."""
        super().resizeEvent(event)
        self._lay_out()

    def _lay_out(self) -> None:
        metrics = current_look().metrics
        columns = 4 if self.width() > self.height() else 3 if self.width() > 5 * metrics.touch_px else 2
        if columns == self._columns:
            return
        self._columns = columns
        self._grid.setRowStretch(self._last_row, 0)
        for button in self._buttons:
            self._grid.removeWidget(button)
        self._grid.setContentsMargins(*[2 * metrics.unit] * 4)
        self._grid.setSpacing(2 * metrics.unit)
        for index, button in enumerate(self._buttons):
            button.setMinimumHeight(round(1.5 * metrics.touch_px))
            self._grid.addWidget(button, index // columns, index % columns)
        self._last_row = -(-len(self._buttons) // columns)
        self._grid.setRowStretch(self._last_row, 1)

    def _restyle(self) -> None:
        self._columns = 0
        self._lay_out()

    def _retranslate(self) -> None:
        self.set_title(self.tr("More"))
