"""One control of a camera: by itself, or at a value between its least and its most."""

from __future__ import annotations

import math

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from crackinspector.gui.fields.switch import Switch
from crackinspector.gui.look import current_look
from crackinspector.gui.widgets import TouchSlider
from crackinspector.sources.source import Control

_LOGARITHMIC_FROM = 50
"""Ranges whose most is so many times their least, such as exposures, are divided evenly by factor."""


class ControlRow(QWidget):
    """A slider over the control's range in percent, and a switch for automatic. GUI thread only.

    Signals:
        edited(str, object): the control's name and its value in the camera's own unit; None is automatic.
    """

    edited = Signal(str, object)

    def __init__(self, control: Control, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.control = control
        self._slider = TouchSlider("", self)
        self._slider.changed.connect(self._moved)
        bar = self._slider.focusProxy()
        if bar is not None:
            bar.installEventFilter(self)
        self._automatic = Switch(self)
        self._automatic.edited.connect(self._switched)
        self._words = QLabel(self)
        self._words.setProperty("role", "quiet")
        self._words.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._grid = QGridLayout(self)
        self._grid.addWidget(self._slider, 0, 0)
        self._grid.addWidget(self._words, 0, 1)
        self._grid.addWidget(self._automatic, 0, 2)
        self._grid.setColumnStretch(0, 1)
        self._automatic.setVisible(control.has_auto)
        self._words.setVisible(control.has_auto)
        unit = current_look().metrics.unit
        self._grid.setContentsMargins(unit, unit, unit, unit)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """A wheel over the slider rolls the page."""
        if event.type() == QEvent.Type.Wheel:
            event.ignore()
            return True
        return False

    def set_words(self, title: str, automatic: str) -> None:
        """Name it, in the language of the application."""
        self._slider.set_title(title)
        self._words.setText(automatic)
        self._automatic.name(f"{title}: {automatic}")

    def show_value(self, value: float | None) -> None:
        """Show what is set: a value in the camera's unit, None for automatic."""
        self._automatic.show_value(value is None)
        self._slider.setEnabled(value is not None or not self.control.has_auto)
        shown = value if value is not None else self.control.value
        self._slider.set_value(0.5 if shown is None else self._share(shown))

    def _share(self, value: float) -> float:
        control = self.control
        if self._by_factor:
            return math.log(max(value, control.least) / control.least) / math.log(control.most / control.least)
        return (value - control.least) / (control.most - control.least)

    def _value(self, share: float) -> float:
        control = self.control
        if self._by_factor:
            value = control.least * (control.most / control.least) ** share
        else:
            value = control.least + share * (control.most - control.least)
        steps = round((value - control.least) / control.step) if control.step else 0
        value = control.least + steps * control.step if control.step else value
        return min(control.most, max(control.least, value))

    @property
    def _by_factor(self) -> bool:
        return self.control.least > 0 and self.control.most / self.control.least >= _LOGARITHMIC_FROM

    @Slot(float)
    def _moved(self, share: float) -> None:
        self.edited.emit(self.control.name, self._value(share))

    @Slot(object)
    def _switched(self, automatic: object) -> None:
        value = None if automatic else self._value(self._slider.value)
        self._slider.setEnabled(value is not None)
        self.edited.emit(self.control.name, value)
