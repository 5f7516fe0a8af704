"""One setting on its page: what it is called, its field, and the way back to the default."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QCoreApplication, QEvent, QSize, Qt, Signal
from PySide6.QtGui import QIcon, QImage, QPainter, QPixmap, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from crackinspector.core.colours import map_colours
from crackinspector.core.settings import DEFAULTS, RULES, Rule
from crackinspector.gui.fields.choices import Choices
from crackinspector.gui.fields.field import Field
from crackinspector.gui.fields.folder import FolderField
from crackinspector.gui.fields.stepper import Stepper
from crackinspector.gui.fields.switch import Switch
from crackinspector.gui.look import current_look, icon

_WIDE = 34
"""Width of a row, in heights of the normal type, from which on the field stands beside the words."""


class SettingRow(QWidget):
    """A row for one key of `RULES`. GUI thread only.

    Signals:
        edited(str, object): the key and the value that the person gave it.
    """

    edited = Signal(str, object)

    def __init__(self, key: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.key = key
        self._rule = RULES[key]
        self._title, self._help, self._message = QLabel(self), QLabel(self), QLabel(self)
        self._help.setProperty("role", "quiet")
        self._message.setProperty("role", "warning")
        for label in (self._title, self._help, self._message):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        self._message.hide()
        self.field = _field_for(key, self._rule, self)
        self.field.edited.connect(self._edited)
        self.field.refused.connect(self.show_message)
        self._reset = QToolButton(self)
        self._reset.setAutoRaise(True)
        self._reset.clicked.connect(self._take_default)
        policy = self._reset.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self._reset.setSizePolicy(policy)
        words = QVBoxLayout()
        words.addStretch(1)
        words.addWidget(self._title)
        words.addWidget(self._help)
        words.addStretch(1)
        self._words = words
        self._grid = QGridLayout(self)
        self._wide: bool | None = None
        self._retranslate()
        self._restyle()

    def show_value(self, value: object) -> None:
        """Show what the setting is now."""
        self.field.show_value(value)
        self._reset.setVisible(value != DEFAULTS[self.key])
        self.show_message("")

    def show_message(self, sentence: str) -> None:
        """Say why a value was not taken; empty says nothing."""
        self._message.setText(sentence)
        self._message.setVisible(bool(sentence))
        if sentence:
            self.field.name(self._title.text(), sentence)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Field beside the words, or below them."""
        super().resizeEvent(event)
        self._arrange()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Follow language and look."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        elif event.type() == QEvent.Type.StyleChange:
            self._restyle()

    def _edited(self, value: object) -> None:
        self.show_message("")
        self.edited.emit(self.key, value)

    def _take_default(self) -> None:
        self.edited.emit(self.key, DEFAULTS[self.key])

    def _arrange(self) -> None:
        wide = self.width() >= _WIDE * current_look().metrics.normal
        if wide == self._wide:
            return
        self._wide = wide
        for item in (self._words, self.field, self._reset, self._message):
            if isinstance(item, QVBoxLayout):
                self._grid.removeItem(item)
            else:
                self._grid.removeWidget(item)
        beside = wide or isinstance(self.field, Switch)
        self._grid.addLayout(self._words, 0, 0)
        self._grid.addWidget(self._reset, 0, 1)
        self._grid.addWidget(self.field, *((0, 2) if beside else (1, 0, 1, 3)))
        self._grid.addWidget(self._message, 2, 0, 1, 3)
        self._grid.setColumnStretch(0, 2)
        self._grid.setColumnStretch(2, 3 if wide else 0)
        self.updateGeometry()

    def _retranslate(self) -> None:
        rule = self._rule
        title, helping = _translated(rule.title), _translated(rule.help)
        self._title.setText(title)
        self._help.setText(helping)
        self._help.setVisible(bool(helping))
        self.field.name(title, helping)
        if isinstance(self.field, Choices):
            self.field.set_titles({value: _translated(text) for value, text in rule.choices.items()})
        self._reset.setToolTip(self.tr("Back to the default"))
        self._reset.setAccessibleName(self.tr("{setting}: back to the default").format(setting=title))

    def _restyle(self) -> None:
        look = current_look()
        unit, touch = look.metrics.unit, look.metrics.touch_px
        self._grid.setContentsMargins(3 * unit, unit, unit, unit)
        self._grid.setHorizontalSpacing(2 * unit)
        self._grid.setVerticalSpacing(unit)
        self._words.setSpacing(0)
        self._reset.setIcon(icon("retry", look))
        self._reset.setIconSize(QSize(look.metrics.icon, look.metrics.icon))
        self._reset.setFixedSize(touch, touch)
        if self.key == "view.colour_map" and isinstance(self.field, Choices):
            size = QSize(4 * look.metrics.normal, round(1.4 * look.metrics.normal))
            self.field.set_icons({name: _swatch(name, size) for name in self._rule.choices}, size)
        self._wide = None
        self._arrange()


def _field_for(key: str, rule: Rule, parent: QWidget) -> Field:
    default = DEFAULTS[key]
    if isinstance(default, bool):
        return Switch(parent)
    if isinstance(default, int | float):
        return Stepper(rule, isinstance(default, int), parent)
    if rule.choices:
        return Choices(rule.choices, parent)
    return FolderField(parent)


def _swatch(name: str, size: QSize) -> QIcon:
    """A strip of a colour map, from nothing to a crack, with air above."""
    table = np.ascontiguousarray(map_colours(name))
    strip = QImage(table.data, len(table), 1, table.nbytes, QImage.Format.Format_BGR888)
    drawn = QPixmap(size)
    drawn.fill(Qt.GlobalColor.transparent)
    painter = QPainter(drawn)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.drawImage(drawn.rect().adjusted(0, size.height() // 2, 0, 0), strip)
    painter.end()
    return QIcon(drawn)


def _translated(text: str) -> str:
    return QCoreApplication.translate("settings", text) if text else ""
