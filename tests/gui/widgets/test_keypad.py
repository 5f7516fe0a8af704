from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from crackinspector.gui.look import Look
from crackinspector.gui.widgets import Keypad, PageFrame


@dataclass
class Desk:
    """A window with a line of text, another control, and the keyboard below."""

    window: QWidget
    line: QLineEdit
    other: QPushButton
    keypad: Keypad

    def strike(self, *names: str) -> None:
        for name in names:
            keys = self.keypad.findChildren(QPushButton)
            key = next(k for k in keys if name in (k.text().replace("&&", "&"), k.accessibleName()))
            QTest.mouseClick(key, Qt.MouseButton.LeftButton)


@pytest.fixture
def make_desk(qtbot: QtBot, look: Look) -> Callable[[bool], Desk]:
    def make(wanted: bool) -> Desk:
        window, line, other = QWidget(), QLineEdit(), QPushButton("Other")
        page, content = PageFrame("Source"), QWidget()
        column = QVBoxLayout(content)
        for number in range(8):
            column.addWidget(QLabel(f"Line {number}"))
        column.addWidget(line)
        column.addWidget(other)
        page.set_content(content)
        keypad = Keypad(lambda: wanted)
        rows = QVBoxLayout(window)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addWidget(page, 1)
        rows.addWidget(keypad)
        window.resize(1280, 720)
        qtbot.addWidget(window)
        window.show()
        qtbot.waitExposed(window)
        window.activateWindow()
        return Desk(window, line, other, keypad)

    return make


@pytest.fixture
def desk(make_desk: Callable[[bool], Desk]) -> Desk:
    return make_desk(True)


def test_it_comes_with_a_line_of_text_and_goes_with_it(desk: Desk) -> None:
    assert not desk.keypad.isVisible()
    desk.line.setFocus()
    assert desk.keypad.isVisible()
    desk.other.setFocus()
    assert not desk.keypad.isVisible()


def test_it_stays_away_where_it_is_not_wanted_or_nothing_can_be_typed(make_desk: Callable[[bool], Desk]) -> None:
    desk = make_desk(False)
    desk.line.setFocus()
    assert not desk.keypad.isVisible()
    read_only = make_desk(True)
    read_only.line.setReadOnly(True)
    read_only.line.setFocus()
    assert not read_only.keypad.isVisible()


def test_the_line_that_is_typed_into_stays_in_sight(desk: Desk) -> None:
    desk.line.setFocus()
    QApplication.processEvents()
    assert desk.line.visibleRegion().boundingRect().height() == desk.line.height()


def test_it_types_letters_signs_and_capitals(desk: Desk) -> None:
    desk.line.setFocus()
    desk.strike("r", "t", "s", "p", "123", ":", "/", "/", "1", "0", "&", "?", "abc")
    assert desk.line.text() == "rtsp://10&?"
    desk.strike("Capital letter", "Q", "q", "Space", "x")
    assert desk.line.text() == "rtsp://10&?Qq x"
    assert desk.line.hasFocus()


def test_it_mends(desk: Desk) -> None:
    desk.line.setText("abd")
    desk.line.setFocus()
    desk.line.setCursorPosition(3)
    desk.strike("Left", "c", "Right", "x", "Erase")
    assert desk.line.text() == "abcd"


def test_done_ends_the_line_and_the_next_touch_calls_it_back(desk: Desk, qtbot: QtBot) -> None:
    desk.line.setFocus()
    ended: list[str] = []
    desk.line.returnPressed.connect(lambda: ended.append(desk.line.text()))
    desk.strike("a", "Done")
    assert ended == ["a"]
    assert not desk.keypad.isVisible()
    QTest.mouseClick(desk.line, Qt.MouseButton.LeftButton)
    assert desk.keypad.isVisible()
