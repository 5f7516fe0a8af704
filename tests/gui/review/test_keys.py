from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field as member

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QLineEdit,
    QListWidget,
    QMainWindow,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from crackinspector.gui.look import Look
from crackinspector.gui.review.keys import PageKeys
from crackinspector.gui.widgets import TouchSlider

Key = Qt.Key
NONE = Qt.KeyboardModifier.NoModifier


@dataclass
class Desk:
    """A window whose C and Ctrl+Z do something, and a page whose own they are."""

    window: QMainWindow
    page: QWidget
    field: QLineEdit
    told: list[str] = member(default_factory=list)
    on: bool = True


@pytest.fixture
def desk(qtbot: QtBot, look: Look) -> Desk:
    window, page = QMainWindow(), QWidget()
    column = QVBoxLayout(page)
    desk = Desk(window, page, QLineEdit())
    column.addWidget(desk.field)
    keys = {name: lambda name=name: desk.told.append(name) for name in ("C", "Ctrl+Z", "Left", "Space", "Esc")}
    typing = {"Esc": lambda: desk.told.append("typed")}
    made = PageKeys(page, keys, typing=typing, repeating=frozenset({"Left"}), enabled=lambda: desk.on)
    for name in ("C", "Ctrl+Z", "Esc"):
        action = QAction(window)
        action.setShortcut(QKeySequence(name))
        action.triggered.connect(lambda _=False, name=name: desk.told.append(f"window {name}"))
        window.addAction(action)
    window.setCentralWidget(page)
    page.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    qtbot.addWidget(window, before_close_func=lambda _: made.listen(False))
    window.show()
    qtbot.waitActive(window)
    made.listen(True)
    page.setFocus()
    return desk


def test_the_pages_keys_go_before_the_windows(desk: Desk) -> None:
    QTest.keyClick(desk.page, Key.Key_C)
    QTest.keyClick(desk.page, Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert desk.told == ["C", "Ctrl+Z"]
    desk.on = False
    QTest.keyClick(desk.page, Key.Key_C)
    assert desk.told[2:] == ["window C"]


def test_another_key_with_the_same_letter_is_not_taken(desk: Desk) -> None:
    QTest.keyClick(desk.page, Key.Key_C, Qt.KeyboardModifier.AltModifier)
    assert desk.told == []


def test_a_list_does_not_search_with_them(desk: Desk) -> None:
    entries = QListWidget(desk.page)
    entries.addItems(["a", "crack"])
    entries.show()
    entries.setFocus()
    QTest.keyClick(entries, Key.Key_C)
    assert desk.told == ["C"] and entries.currentRow() <= 0


def test_letters_and_arrows_are_the_texts_while_it_is_typed(desk: Desk) -> None:
    desk.field.setFocus()
    QTest.keyClicks(desk.field, "cc")
    QTest.keyClick(desk.field, Key.Key_Left)
    QTest.keyClick(desk.field, Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert desk.field.text() != "" or desk.field.isRedoAvailable()
    assert desk.told == []
    QTest.keyClick(desk.field, Key.Key_Escape)
    assert desk.told == ["typed"]


def test_what_moves_by_arrows_or_is_pressed_by_space_keeps_them(desk: Desk) -> None:
    slider, button = TouchSlider("Opacity", desk.page), QPushButton("Press", desk.page)
    for each in (slider, button):
        each.show()
    button.clicked.connect(lambda: desk.told.append("pressed"))
    slider.setFocus()
    before = slider.value
    bar = slider.focusProxy() or slider
    slider.set_value(0.5)
    QTest.keyClick(bar, Key.Key_Left)
    assert slider.value < 0.5 and before == 0
    button.setFocus()
    QTest.keyClick(button, Key.Key_Space)
    assert desk.told == ["pressed"]
    desk.page.setFocus()
    QTest.keyClick(desk.page, Key.Key_Space)
    QTest.keyClick(button, Key.Key_Left)
    assert desk.told == ["pressed", "Space", "Left"]


def test_a_held_key_acts_once_but_for_those_that_repeat(desk: Desk) -> None:
    for key in (Key.Key_C, Key.Key_Left):
        QTest.keyPress(desk.page, key)
        for _ in range(3):
            held = QKeyEvent(QEvent.Type.KeyPress, key, NONE, "", True)
            QApplication.sendEvent(desk.page, held)
        QTest.keyRelease(desk.page, key)
    assert desk.told == ["C", *["Left"] * 4]


def test_a_layout_without_latin_letters_has_them_where_they_lie(desk: Desk) -> None:
    hangul = 0x314A
    event = QKeyEvent(QEvent.Type.KeyPress, hangul, NONE, 54, 0, 0, "\N{HANGUL LETTER CHIEUCH}")
    QApplication.sendEvent(desk.page, event)
    assert desk.told == ["C"]


def test_an_open_menu_keeps_its_keys(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QApplication, "activePopupWidget", lambda: desk.field)
    QTest.keyClick(desk.page, Key.Key_Left)
    assert desk.told == []


def test_keys_of_another_page_are_left_alone(desk: Desk, qtbot: QtBot) -> None:
    other = QWidget()
    qtbot.addWidget(other)
    other.show()
    QTest.keyClick(other, Key.Key_C)
    assert "C" not in desk.told
