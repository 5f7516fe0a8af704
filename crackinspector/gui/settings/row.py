"""One setting on its page: a row with the field that its rule asks for, and the way back to the default."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QCoreApplication, QSize, Qt, Signal, Slot
from PySide6.QtGui import QIcon, QImage, QPainter, QPixmap
from PySide6.QtWidgets import QToolButton, QWidget

from crackinspector.core.colours import map_colours
from crackinspector.core.settings import DEFAULTS, RULES, Rule
from crackinspector.gui.fields.choices import Choices
from crackinspector.gui.fields.field import Field
from crackinspector.gui.fields.folder import FolderField
from crackinspector.gui.fields.row import FieldRow
from crackinspector.gui.fields.stepper import Stepper
from crackinspector.gui.fields.switch import Switch
from crackinspector.gui.fields.text import TextField
from crackinspector.gui.look import current_look, icon


class SettingRow(FieldRow):
    """A row for one key of `RULES`. GUI thread only.

    Signals:
        edited(str, object): the key and the value that the person gave it.
    """

    edited = Signal(str, object)

    def __init__(self, key: str, parent: QWidget | None = None) -> None:
        self.key = key
        self._rule = RULES[key]
        self._reset = QToolButton()
        self._reset.setStyleSheet("padding: 0")
        policy = self._reset.sizePolicy()
        policy.setRetainSizeWhenHidden(True)  # nothing moves under a finger that steps away from the default
        self._reset.setSizePolicy(policy)
        super().__init__(_field_for(key, self._rule), self._reset, parent)
        self.field.edited.connect(self._edited)
        self._reset.clicked.connect(self._take_default)
        self._retranslate()

    def show_value(self, value: object) -> None:
        """Show what the setting is now."""
        self.field.show_value(value)
        self._reset.setVisible(value != DEFAULTS[self.key])
        self.show_message("")

    @Slot(object)
    def _edited(self, value: object) -> None:
        self.show_message("")
        self.edited.emit(self.key, value)

    @Slot()
    def _take_default(self) -> None:
        self.edited.emit(self.key, DEFAULTS[self.key])

    def _retranslate(self) -> None:
        rule = self._rule
        title = _translated(rule.title)
        if isinstance(self.field, Choices):
            self.field.set_titles({value: _translated(text) for value, text in rule.choices.items()})
        self.set_words(title, _translated(rule.help))
        self._reset.setToolTip(self.tr("Back to the default"))
        self._reset.setAccessibleName(self.tr("{setting}: back to the default").format(setting=title))

    def _restyle(self) -> None:
        look = current_look()
        self._reset.setIcon(icon("retry", look))
        self._reset.setIconSize(QSize(look.metrics.icon, look.metrics.icon))
        self._reset.setFixedSize(look.metrics.touch_px, look.metrics.touch_px)
        if self.key == "view.colour_map" and isinstance(self.field, Choices):
            size = QSize(4 * look.metrics.normal, round(1.4 * look.metrics.normal))
            self.field.set_icons({name: _swatch(name, size) for name in self._rule.choices}, size)
        super()._restyle()


def _field_for(key: str, rule: Rule) -> Field:
    default = DEFAULTS[key]
    if isinstance(default, bool):
        return Switch()
    if isinstance(default, int | float):
        return Stepper(rule, isinstance(default, int))
    if rule.choices:
        return Choices(rule.choices)
    return FolderField() if rule.folder else TextField()


def _swatch(name: str, size: QSize) -> QIcon:
    """A strip of a colour map, from nothing to a crack, with air above."""
    table = np.ascontiguousarray(map_colours(name))
    strip = QImage(table.data, len(table), 1, table.nbytes, QImage.Format.Format_BGR888)
    drawn = QPixmap(size)
    drawn.fill(Qt.GlobalColor.transparent)
    with QPainter(drawn) as painter:
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(drawn.rect().adjusted(0, size.height() // 2, 0, 0), strip)
    return QIcon(drawn)


def _translated(text: str) -> str:
    return QCoreApplication.translate("settings", text) if text else ""
