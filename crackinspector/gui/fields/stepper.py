"""A number between two buttons that make it less and more; it can be typed as well."""

from __future__ import annotations

import re

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QToolButton, QWidget

from crackinspector.core.settings import Rule
from crackinspector.gui.fields.field import Field
from crackinspector.gui.look import current_look, icon

_NUMBER = re.compile(r"\s*([-+]?\d+(?:[.,]\d+)?|[-+]?[.,]\d+)")
_REPEATS_BEFORE_LEAP = 12
_LEAP = 5


class Stepper(Field):
    """A field for an int or a float with the range, step and unit of its `Rule`."""

    def __init__(self, rule: Rule, whole: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rule, self._whole = rule, whole
        self._scale = 100 if rule.unit == "%" else 1
        self._value = 0.0
        self._repeats = 0
        self._less, self._more = QToolButton(self), QToolButton(self)
        for button, direction in ((self._less, -1), (self._more, 1)):
            button.setAutoRepeat(True)
            button.setAutoRepeatDelay(400)
            button.setAutoRepeatInterval(80)
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Up and Down in the number do the same
            button.clicked.connect(self._step_up if direction > 0 else self._step_down)
            button.released.connect(self._rest)
        self._number = _Number(self)
        self._number.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._number.editingFinished.connect(self._typed)
        self.setFocusProxy(self._number)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.addWidget(self._less)
        self._row.addWidget(self._number, 1)
        self._row.addWidget(self._more)
        self._retranslate()
        self._restyle()

    def show_value(self, value: object) -> None:
        """Show a number with its unit."""
        assert isinstance(value, int | float)
        self._value = value
        self._number.setText(self._written(value))
        self._less.setEnabled(value > self._rule.least)
        self._more.setEnabled(value < self._rule.most)

    def _retranslate(self) -> None:
        """The names of the buttons."""
        self._less.setAccessibleName(self.tr("Less"))
        self._more.setAccessibleName(self.tr("More"))

    def _restyle(self) -> None:
        """New icons and sizes."""
        look = current_look()
        for button, drawing in ((self._less, "minus"), (self._more, "plus")):
            button.setIcon(icon(drawing, look))
            button.setIconSize(QSize(look.metrics.icon, look.metrics.icon))
            button.setMinimumSize(look.metrics.touch_px, look.metrics.touch_px)
        self._number.setMinimumWidth(round(6.5 * look.metrics.normal))
        self._row.setSpacing(look.metrics.unit)

    def step(self, count: int) -> None:
        """Go `count` steps up, or down where it is negative, as far as the range goes."""
        rule = self._rule
        steps = round((self._value - rule.least) / rule.step) + count
        value = min(rule.most, max(rule.least, round(rule.least + steps * rule.step, 6)))
        self._give(value)

    def _step_up(self) -> None:
        self._held(1)

    def _step_down(self) -> None:
        self._held(-1)

    def _held(self, direction: int) -> None:
        """A held button leaps after a while, so that no range takes all day."""
        self._repeats += 1
        self.step(direction * (_LEAP if self._repeats > _REPEATS_BEFORE_LEAP else 1))

    def _rest(self) -> None:
        if not (self._less.isDown() or self._more.isDown()):
            self._repeats = 0

    def _typed(self) -> None:
        text = self._number.text()
        if text == self._written(self._value):
            return
        found = _NUMBER.match(text)
        value = float(found[1].replace(",", ".")) / self._scale if found else None
        whole = value is None or not self._whole or value == int(value)
        if value is None or not whole or not self._rule.least <= value <= self._rule.most:
            least, most = self._written(self._rule.least), self._written(self._rule.most)
            sentence = self.tr("Takes a whole number from {least} to {most}.") if self._whole else ""
            sentence = sentence or self.tr("Takes a number from {least} to {most}.")
            self.refused.emit(sentence.format(least=least, most=most))
            return
        self._give(value)

    def _give(self, value: float) -> None:
        given = int(value) if self._whole else float(value)
        self.show_value(given)
        self.edited.emit(given)

    def _written(self, value: float) -> str:
        number = f"{round(value * self._scale, 3):g}" if abs(value) < 1e5 else f"{value:.0f}"
        return f"{number} {self._rule.unit}".rstrip()


class _Number(QLineEdit):
    """Up and Down step; all is selected on entering, so that typing replaces it."""

    def __init__(self, stepper: Stepper) -> None:
        super().__init__(stepper)
        self._stepper = stepper

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        step = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1, Qt.Key.Key_PageUp: 10, Qt.Key.Key_PageDown: -10}
        count = step.get(Qt.Key(event.key()), 0) if event.key() > 0xFFFF else 0
        if count:
            self._stepper.step(count)
            self.selectAll()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        super().focusInEvent(event)
        self.selectAll()
