"""Says what was done to many snapshots, and takes it back by one tap.

It lies over the list: a message that comes and goes must not move what a finger is about to touch.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from crackinspector.gui.look import Dressed, current_look, icon

SECONDS = 12.0
_WIDEST = 46
"""Width in heights of the normal type, at most."""


class UndoBar(Dressed, QFrame):
    """One message at a time, which goes by itself, at the foot of its parent. GUI thread only.

    Signals:
        undo(): the person wants it back.
    """

    undo = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._under = parent
        parent.installEventFilter(self)
        self.setProperty("role", "card")
        self._words = QLabel(self)
        self._words.setWordWrap(True)
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self._words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._undo, self._close = QPushButton(self), QPushButton(self)
        self._undo.setAutoDefault(False)
        self._close.setAutoDefault(False)
        self._undo.clicked.connect(self._take_back)
        self._close.clicked.connect(self.hide)
        self._row = QHBoxLayout(self)
        self._row.addWidget(self._words, 1)
        self._row.addWidget(self._undo)
        self._row.addWidget(self._close)
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.hide)
        self._retranslate()
        self._restyle()
        self.hide()

    @property
    def words(self) -> str:
        """What it says, empty while it is not there."""
        return "" if self.isHidden() else self._words.text()

    def show_words(self, words: str, *, undo: bool = False, stays: bool = False) -> None:
        """Say something; with a way back or without. What stays is replaced, or closed by the person."""
        self._words.setText(words)
        self._undo.setVisible(undo)
        self.setAccessibleName(words)
        self.show()
        self._place()
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))
        self._timer.stop()
        if not stays:
            self._timer.start(round(1000 * SECONDS))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Stay at the foot."""
        if watched is self._under and event.type() == QEvent.Type.Resize:
            self._place()
        return super().eventFilter(watched, event)

    def _place(self) -> None:
        metrics = current_look().metrics
        unit = metrics.unit
        room = self._under.rect().adjusted(unit, unit, -unit, -unit)
        width = min(room.width(), _WIDEST * metrics.normal)
        height = max(self.sizeHint().height(), self.heightForWidth(width))
        self.setGeometry(room.center().x() - width // 2, room.bottom() - height + 1, width, height)
        self.raise_()

    @Slot()
    def _take_back(self) -> None:
        self.hide()
        self.undo.emit()

    def _retranslate(self) -> None:
        self._undo.setText(self.tr("Undo"))
        self._close.setAccessibleName(self.tr("Close"))

    def _restyle(self) -> None:
        look = current_look()
        unit, side = look.metrics.unit, look.metrics.icon
        for button, drawing in ((self._undo, "undo"), (self._close, "close")):
            button.setIcon(icon(drawing, look))
            button.setIconSize(QSize(side, side))
        self._close.setFixedWidth(look.metrics.touch_px)
        self._row.setContentsMargins(3 * unit, unit, unit, unit)
        self._row.setSpacing(unit)
