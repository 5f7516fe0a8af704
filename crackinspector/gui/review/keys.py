"""The keys of a page, which on it go before the window's own: C confirms here, whatever it does elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractSlider, QApplication, QWidget

from crackinspector.gui.review.swipe_handle import SwipeHandle

_MOVED_BY_ARROWS = (QAbstractSlider, SwipeHandle)
_ARROWS = frozenset(
    {Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_End}
)
_PRESSED = frozenset({Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter})
_LATIN, _NAMED = 0x250, 0x01000000
"""Letters of an alphabet like this one have lower codes, keys with names such as Esc higher ones."""
# Where the letters lie on layouts that have others, such as Hangul: the kernel's codes, which Qt gives plus 8.
_SCAN_CODES = {
    8 + first + place: ord(letter)
    for first, row in ((16, "QWERTYUIOP"), (30, "ASDFGHJKL"), (44, "ZXCVBNM"))
    for place, letter in enumerate(row)
}


class PageKeys(QObject):
    """Works while its page, which says so by `listen`, is on screen. GUI thread only.

    Keys act wherever on the page the focus is, but for text fields, which get their letters, and for what arrows or
    Space move or press by themselves. They go before shortcuts of the window with the same keys.
    """

    def __init__(
        self,
        page: QWidget,
        keys: Mapping[str, Callable[[], None]],
        *,
        typing: Mapping[str, Callable[[], None]] | None = None,
        repeating: frozenset[str] = frozenset(),
        enabled: Callable[[], bool] = lambda: True,
    ) -> None:
        """Listen.

        Args:
            page: the page.
            keys: key sequence of a single key in Qt's portable text -> what it does.
            typing: the same while text is typed; other keys are the text's then.
            repeating: those that do it again and again while held.
            enabled: asked before each; while False, all keys go where they always go.
        """
        super().__init__(page)
        self._page = page
        self._keys = {_combination(text): act for text, act in keys.items()}
        self._typing = {_combination(text): act for text, act in (typing or {}).items()}
        self._repeating = {_combination(text) for text in repeating}
        self._enabled = enabled

    def listen(self, on: bool) -> None:
        """Take the page's keys, or leave them alone: when the page is shown, and when it is hidden."""
        # A filter of the whole application: only there a key can be had before the widget that has the focus.
        application = QApplication.instance()
        if application is not None:
            application.removeEventFilter(self)
            if on:
                application.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Take the page's keys before anything else does."""
        if event.type() in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress):
            return isinstance(event, QKeyEvent) and self._key(watched, event)
        return False

    def _key(self, watched: QObject, event: QKeyEvent) -> bool:
        """Whether it was one of ours."""
        combination = _of(event)
        if combination not in self._keys and combination not in self._typing:
            return False
        target = self._target(watched) if self._enabled() else None
        if target is None or (combination[0] in _PRESSED and target not in (self._page, self._page.window())):
            return False
        types = target.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
        act = (self._typing if types else self._keys).get(combination)
        if act is None or (combination[0] in _ARROWS and isinstance(target, _MOVED_BY_ARROWS)):
            return False
        event.accept()
        if event.type() == QEvent.Type.KeyPress and (not event.isAutoRepeat() or combination in self._repeating):
            act()
        return True

    def _target(self, watched: QObject) -> QWidget | None:
        """The widget of this page that the key goes to; None: it goes elsewhere, such as to an open list."""
        if QApplication.activePopupWidget() is not None or QApplication.activeModalWidget() is not None:
            return None
        window = self._page.window()
        if isinstance(watched, QWidget):
            target = watched
        elif watched is window.windowHandle():
            target = QApplication.focusWidget() or window
        else:
            return None
        return target if target in (self._page, window) or self._page.isAncestorOf(target) else None


def _combination(text: str) -> tuple[int, int]:
    combination = QKeySequence(text, QKeySequence.SequenceFormat.PortableText)[0]  # type: ignore[index]
    return combination.key(), combination.keyboardModifiers().value


def _of(event: QKeyEvent) -> tuple[int, int]:
    key = event.key()
    if _LATIN <= key < _NAMED:
        key = _SCAN_CODES.get(event.nativeScanCode(), key)
    return key, (event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier).value
