"""Buttons and actions that tell their names."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from crackinspector.gui.widgets.named import tell_names


class _Bar(QWidget):
    wanted = Signal(str)


def test_each_tells_its_own_name(qtbot: QtBot) -> None:
    bar = _Bar()
    qtbot.addWidget(bar)
    buttons = {"left": QPushButton(bar), "right": QPushButton(bar)}
    actions = {"open": QAction(bar)}
    tell_names(buttons, bar.wanted, bar)
    tell_names(actions, bar.wanted, bar)
    told: list[str] = []
    bar.wanted.connect(told.append)
    buttons["right"].click()
    actions["open"].trigger()
    buttons["left"].click()
    assert told == ["right", "open", "left"]
