"""One action on the help page: what it does, the device's button, its keys, and its own keys again."""

from __future__ import annotations

from PySide6.QtCore import QSize, Slot
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QToolButton, QWidget

from crackinspector.core.errors import UsageError
from crackinspector.gui.action_specs import DEVICE_BUTTONS
from crackinspector.gui.actions import Actions
from crackinspector.gui.fields.row import FieldRow
from crackinspector.gui.help.key_field import KeyField
from crackinspector.gui.look import current_look, icon
from crackinspector.gui.settings.store import SettingsStore


class KeyRow(FieldRow):
    """Changes `Settings.shortcuts` in the store, after the actions have checked the key. GUI thread only."""

    def __init__(self, action_id: str, actions: Actions, store: SettingsStore, parent: QWidget | None = None) -> None:
        self._id, self._actions, self._store = action_id, actions, store
        self._reset = QToolButton()
        self._reset.setStyleSheet("padding: 0")
        policy = self._reset.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self._reset.setSizePolicy(policy)
        super().__init__(KeyField(), self._reset, parent)
        self.field.edited.connect(self._take)
        self._reset.clicked.connect(self._take_own)
        self.refresh()

    def refresh(self) -> None:
        """Show the action as it is now, in the language of the application."""
        action = self._actions[self._id]
        helping = action.statusTip()
        if self._id in DEVICE_BUTTONS:
            button = self.tr("reTerminal: button {button}").format(button=DEVICE_BUTTONS[self._id])
            helping = f"{helping} · {button}"
        self.set_words(action.text(), helping)
        text = QKeySequence.listToString(action.shortcuts(), QKeySequence.SequenceFormat.PortableText)
        self.field.show_value(text)
        self._reset.setVisible(self._id in self._store.current.shortcuts)
        self._reset.setToolTip(self.tr("Its own keys again"))
        self._reset.setAccessibleName(self.tr("{action}: its own keys again").format(action=action.text()))

    def _retranslate(self) -> None:
        self.refresh()

    def _restyle(self) -> None:
        look = current_look()
        self._reset.setIcon(icon("retry", look))
        self._reset.setIconSize(QSize(look.metrics.icon, look.metrics.icon))
        self._reset.setFixedSize(look.metrics.touch_px, look.metrics.touch_px)
        super()._restyle()

    @Slot(object)
    def _take(self, keys: str) -> None:
        try:
            entry = self._actions.checked_shortcut(self._id, keys)
        except UsageError as error:
            self.show_message(str(error))
            return
        self.show_message("")
        self._store.set_shortcut(self._id, entry)

    @Slot()
    def _take_own(self) -> None:
        self._take(self._actions.spec(self._id).keys)
