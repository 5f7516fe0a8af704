"""A keyboard of the application's own: in full screen, the system's stays hidden behind the window."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QEvent, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from crackinspector.gui.look import Dressed, current_look, icon

_LETTERS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_SIGNS = ("1234567890", "@:/.-_~+=", "?&%#!,;")
_KEY = 2
"""A letter's share of a row's width; a row has twenty."""


class Keypad(Dressed, QWidget):
    """Types into the line of text that has the focus: paths and addresses, so it has Latin letters and their signs.

    Put it below the pages; it shows itself when a line of text gets the focus and hides when that goes. GUI thread
    only.
    """

    def __init__(self, wanted: Callable[[], bool], parent: QWidget | None = None) -> None:
        """`wanted` says whether it may come up now, such as in full screen only."""
        super().__init__(parent)
        self._wanted = wanted
        self._signs = False
        # Runs out when all that is resized with the keyboard has its new size.
        self._settled = QTimer(self, singleShot=True, interval=0)
        self._settled.timeout.connect(self._reveal)
        self._rows = QVBoxLayout(self)
        self._lines = lines = [QHBoxLayout() for _ in range(4)]
        for line in lines:
            self._rows.addLayout(line)
        self._letters = [[self._key() for _ in row] for row in _LETTERS]
        self._erase, self._space = self._key(Qt.Key.Key_Backspace), self._key(Qt.Key.Key_Space)
        self._left, self._right = self._key(Qt.Key.Key_Left), self._key(Qt.Key.Key_Right)
        self._shift, self._other, self._done = _Key(None, self), _Key(None, self), _Key(None, self)
        self._shift.setCheckable(True)
        self._shift.clicked.connect(self._show_letters)
        self._other.clicked.connect(self._turn)
        self._done.clicked.connect(self._finish)
        for key in (self._erase, self._left, self._right):
            key.setAutoRepeat(True)
        lines[1].addStretch(_KEY // 2)
        lines[2].addWidget(self._shift, 3)
        for line, row in zip(lines, self._letters, strict=False):
            for key in row:
                line.addWidget(key, _KEY)
        lines[1].addStretch(_KEY // 2)
        lines[2].addWidget(self._erase, 3)
        last = ((self._other, 3), (self._left, 2), (self._space, 8), (self._right, 2), (self._done, 5))
        for key, share in last:
            lines[3].addWidget(key, share)
        self._show_letters()
        self._retranslate()
        self._restyle()
        self.hide()
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._focus_moved)

    @Slot(QWidget, QWidget)
    def _focus_moved(self, _: QWidget | None, now: QWidget | None) -> None:
        # A window that loses the focus for a moment, to a menu or to another window, keeps its keyboard.
        if now is None or now.window() is not self.window():
            return
        self.setVisible(isinstance(now, QLineEdit) and not now.isReadOnly() and self._wanted())
        self._settled.start()

    def _key(self, code: Qt.Key = Qt.Key.Key_unknown) -> _Key:
        key = _Key(code, self)
        key.struck.connect(self._type)
        return key

    @Slot(int, str)
    def _type(self, code: int, text: str) -> None:
        target = QApplication.focusWidget()
        if target is None:
            return
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QCoreApplication.sendEvent(target, QKeyEvent(kind, code, Qt.KeyboardModifier.NoModifier, text))
        if self._shift.isChecked():
            self._shift.setChecked(False)
            self._show_letters()

    @Slot()
    def _turn(self) -> None:
        self._signs = not self._signs
        self._shift.setChecked(False)
        self._show_letters()
        self._retranslate()

    @Slot()
    def _finish(self) -> None:
        target = QApplication.focusWidget()
        self._type(Qt.Key.Key_Return.value, "\r")
        if target is not None:
            # Else the next touch on the same line would not call the keyboard back.
            target.clearFocus()
        self.hide()

    @Slot()
    def _show_letters(self) -> None:
        upper = self._shift.isChecked()
        self._shift.setEnabled(not self._signs)
        for keys, letters in zip(self._letters, _SIGNS if self._signs else _LETTERS, strict=True):
            for key, letter in zip(keys, letters, strict=True):
                # An ampersand alone would be taken for a mnemonic's mark.
                key.setText((letter.upper() if upper else letter).replace("&", "&&"))

    def _retranslate(self) -> None:
        self.setAccessibleName(self.tr("Keyboard"))
        self._other.setText("abc" if self._signs else "123")
        self._done.setText(self.tr("Done"))
        for key, name in (
            (self._shift, self.tr("Capital letter")),
            (self._erase, self.tr("Erase")),
            (self._space, self.tr("Space")),
            (self._left, self.tr("Left")),
            (self._right, self.tr("Right")),
        ):
            key.setAccessibleName(name)
        self._space.setText(self.tr("Space"))

    def _restyle(self) -> None:
        look = current_look()
        unit, side = look.metrics.unit, look.metrics.icon
        self._rows.setContentsMargins(unit, unit, unit, unit)
        self._rows.setSpacing(unit // 2)
        for line in self._lines:
            line.setSpacing(unit // 2)
        keys = ((self._shift, "shift"), (self._erase, "erase"), (self._left, "left"), (self._right, "right"))
        for key, name in keys:
            key.setIcon(icon(name, look))
            key.setIconSize(QSize(side, side))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Keep the line that is typed into in sight: the page above has become lower."""
        super().resizeEvent(event)
        self._settled.start()

    @Slot()
    def _reveal(self) -> None:
        target = QApplication.focusWidget()
        parent = target.parentWidget() if target is not None else None
        while target is not None and parent is not None:
            if isinstance(parent, QScrollArea) and (content := parent.widget()) is not None:
                # Qt's own ensureWidgetVisible is content with the cursor.
                at = target.mapTo(content, target.rect().center())
                parent.ensureVisible(at.x(), at.y(), 0, target.height() // 2 + current_look().metrics.unit)
            parent = parent.parentWidget()


class _Key(QPushButton):
    """One key; it never takes the focus from the line that is typed into.

    Signals:
        struck: its code (`Qt.Key`) and its text.
    """

    struck = Signal(int, str)

    def __init__(self, code: Qt.Key | None, parent: QWidget) -> None:
        """A key with a code types; one without is for the keyboard itself."""
        super().__init__(parent)
        self._code = code
        self.setProperty("role", "key")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        if code is not None:
            self.clicked.connect(self._strike)

    @Slot()
    def _strike(self) -> None:
        if self._code is None:
            return
        texts = {Qt.Key.Key_unknown: self.text().replace("&&", "&"), Qt.Key.Key_Space: " "}
        self.struck.emit(self._code.value, texts.get(self._code, ""))
