"""Keys that Qt's shortcuts alone get wrong: the reTerminal's buttons, and Space on a focused control.

The reTerminal's four buttons are a keyboard of the letters A, S, D and F. As plain shortcuts they would act while text
is typed and again and again while held.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QKeySequenceEdit,
    QTabBar,
    QWidget,
)

from crackinspector.gui.action_specs import DEVICE_KEYS
from crackinspector.gui.actions import Actions

_BY_KEY = {ord(letter): action_id for letter, action_id in DEVICE_KEYS.items()}
# Where the letters lie on layouts that have others, such as Hangul: the kernel's codes of A, S, D, F, which Qt gives
# plus 8.
_BY_SCAN_CODE = {8 + 30 + position: action_id for position, action_id in enumerate(DEVICE_KEYS.values())}
_LATIN = range(1, 0x250)
"""The keys whose letter is believed: on an AZERTY keyboard Q lies where A is elsewhere, and still is Q."""
_MODIFIERS = (
    Qt.KeyboardModifier.ControlModifier
    | Qt.KeyboardModifier.AltModifier
    | Qt.KeyboardModifier.MetaModifier
    | Qt.KeyboardModifier.ShiftModifier
)
_PRESSED_BY_SPACE = (QAbstractButton, QAbstractItemView, QComboBox, QTabBar)


class DeviceKeys(QObject):
    """An event filter for the whole application; it works until `remove` is called.

    Attributes:
        enabled: whether A, S, D and F are buttons, which is the setting `interface.device_keys`.
    """

    def __init__(self, actions: Actions, window: QWidget, *, enabled: bool = True) -> None:
        """Keys act while `window` is the active one, with no dialog or list open over it."""
        super().__init__(window)
        self.enabled = enabled
        self._actions = actions
        self._window = window
        self._application = QApplication.instance()
        if self._application is not None:
            self._application.installEventFilter(self)

    def remove(self) -> None:
        """Let all keys through from now on."""
        if self._application is not None:
            self._application.removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Take what belongs to a button of the device, so that nothing else sees it."""
        kind = event.type()
        if kind == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Space and isinstance(QApplication.focusWidget(), _PRESSED_BY_SPACE):
                event.accept()  # the control is pressed, not the action whose shortcut Space is
                return True
        elif kind == QEvent.Type.KeyPress and self.enabled and isinstance(event, QKeyEvent):
            return self._pressed(event)
        return False

    def _pressed(self, event: QKeyEvent) -> bool:
        key = event.key()
        action_id = _BY_KEY.get(key) if key in _LATIN else _BY_SCAN_CODE.get(event.nativeScanCode())
        if action_id is None or event.modifiers() & _MODIFIERS or _typing() or not self._in_window():
            return False
        if not event.isAutoRepeat():
            self._actions[action_id].trigger()
        return True

    def _in_window(self) -> bool:
        return (
            QApplication.activeWindow() in (self._window, None)
            and QApplication.activePopupWidget() is None
            and QApplication.activeModalWidget() is None
        )


def _typing() -> bool:
    """Whether a letter would be text or a new shortcut: widgets that take text ask for the input method."""
    widget = QApplication.focusWidget()
    return isinstance(widget, QKeySequenceEdit) or (
        widget is not None and widget.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
    )
