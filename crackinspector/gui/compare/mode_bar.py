"""The ways to compare, as large buttons."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QHBoxLayout, QWidget

from crackinspector.gui.look import Dressed, current_look, icon
from crackinspector.gui.widgets import ActionButton


class Mode(StrEnum):
    """How two pictures are shown."""

    BESIDE = "beside"
    BLINK = "blink"
    CHANGES = "changes"


ICONS: Mapping[str, str] = {Mode.BESIDE: "compare", Mode.BLINK: "blink", Mode.CHANGES: "changes", "map": "heatmap"}


class ModeBar(Dressed, QWidget):
    """GUI thread only.

    Signals:
        mode_chosen(str): one of `Mode`.
        map_switched(bool): whether the crack maps are to be shown.
    """

    mode_chosen = Signal(str)
    map_switched = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._actions = {name: QAction(self, checkable=True) for name in ICONS}
        self._group = QActionGroup(self)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        for name, action in self._actions.items():
            action.setData(name)
            if name != "map":
                self._group.addAction(action)
            button = ActionButton(action, "", self)
            self._row.addWidget(button)
            if name == "map":
                self._map_button = button
        self._group.triggered.connect(self._chosen)
        self._actions["map"].toggled.connect(self.map_switched)
        self._actions[Mode.BESIDE].setChecked(True)
        self._retranslate()
        self._restyle()

    def set_mode(self, mode: Mode) -> None:
        """Show which is on, without telling anyone."""
        self._actions[mode].setChecked(True)

    def set_possible(self, mode: Mode, possible: bool, why: str) -> None:
        """Whether a mode can be chosen, and why not."""
        self._actions[mode].setEnabled(possible)
        self._actions[mode].setToolTip("" if possible else why)

    def is_possible(self, mode: Mode) -> bool:
        """Whether a mode can be chosen."""
        return self._actions[mode].isEnabled()

    def set_map(self, on: bool) -> None:
        """Show whether the maps are on, without telling anyone."""
        self._actions["map"].blockSignals(True)
        self._actions["map"].setChecked(on)
        self._actions["map"].blockSignals(False)
        self._map_button.update()

    def set_map_possible(self, possible: bool) -> None:
        """Whether maps can be shown in this mode."""
        self._actions["map"].setEnabled(possible)

    def button(self, name: str) -> QAction:
        """The action of a mode, or of "map"."""
        return self._actions[name]

    def _retranslate(self) -> None:
        """Name the buttons."""
        self._actions[Mode.BESIDE].setText(self.tr("Beside"))
        self._actions[Mode.BLINK].setText(self.tr("Blink"))
        self._actions[Mode.CHANGES].setText(self.tr("Changes"))
        self._actions["map"].setText(self.tr("Heat map"))

    def _restyle(self) -> None:
        look = current_look()
        self._row.setSpacing(look.metrics.unit)
        for name, action in self._actions.items():
            action.setIcon(icon(ICONS[name], look))

    @Slot(QAction)
    def _chosen(self, action: QAction) -> None:
        self.mode_chosen.emit(action.data())
