"""An action's keys: a button that shows them and, once pressed, waits for another key."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Slot
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QKeySequenceEdit, QPushButton, QSizePolicy, QStackedLayout, QWidget

from crackinspector.gui.fields.field import Field
from crackinspector.gui.look import current_look

_PORTABLE = QKeySequence.SequenceFormat.PortableText


class KeyField(Field):
    """A field for key sequences in portable text, joined by "; ". One key that is pressed replaces them all."""

    compact = True

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown = QPushButton(self)
        self._shown.setAutoDefault(False)
        self._shown.clicked.connect(self._ask)
        self._asked = QKeySequenceEdit(self)
        self._asked.setMaximumSequenceLength(1)
        self._asked.editingFinished.connect(self._pressed)
        self._asked.installEventFilter(self)
        for part in (self._shown, self._asked):
            part.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._shown)
        self._stack.addWidget(self._asked)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusProxy(self._shown)
        self._restyle()

    def show_value(self, value: object) -> None:
        """Show keys, as this system writes them."""
        sequences = QKeySequence.listFromString(str(value), _PORTABLE)
        words = [sequence.toString(QKeySequence.SequenceFormat.NativeText) for sequence in sequences]
        self._shown.setText("   ".join(word for word in words if word) or "–")

    def _restyle(self) -> None:
        """As high as a finger, as wide as three keys."""
        metrics = current_look().metrics
        self._asked.setFixedHeight(metrics.touch_px)
        self.setFixedWidth(10 * metrics.normal)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Whoever goes elsewhere does not want another key."""
        if watched is self._asked and event.type() == QEvent.Type.FocusOut:
            self._stack.setCurrentWidget(self._shown)
        return False

    @Slot()
    def _ask(self) -> None:
        self._asked.clear()
        self._stack.setCurrentWidget(self._asked)
        self._asked.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _pressed(self) -> None:
        sequence = self._asked.keySequence()
        if self._stack.currentWidget() is not self._asked or sequence.isEmpty():
            return
        self._stack.setCurrentWidget(self._shown)
        self._shown.setFocus(Qt.FocusReason.OtherFocusReason)
        self.edited.emit(sequence.toString(_PORTABLE))
