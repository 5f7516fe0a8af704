from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QDialog,
    QKeySequenceEdit,
    QLineEdit,
    QMainWindow,
    QPlainTextEdit,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from crackinspector.gui.actions import Actions
from crackinspector.gui.keys import DeviceKeys


def editable_combo() -> QComboBox:
    combo = QComboBox()
    combo.setEditable(True)
    return combo


def focused() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


class Bench:
    """A window with a button, what was triggered in it, and the filter."""

    def __init__(self, qtbot: QtBot) -> None:
        self.window = QMainWindow()
        qtbot.addWidget(self.window)
        content = QWidget()
        self.column = QVBoxLayout(content)
        self.button = QPushButton("go")
        self.column.addWidget(self.button)
        self.window.setCentralWidget(content)
        self.actions = Actions(self.window)
        self.keys = DeviceKeys(self.actions, self.window)
        self.triggered: list[str] = []
        for action_id in self.actions:
            self.actions[action_id].triggered.connect(lambda _=False, name=action_id: self.triggered.append(name))
        self.window.show()
        qtbot.waitExposed(self.window)
        self.window.activateWindow()
        self.button.setFocus()

    def press(self, key: Qt.Key, *, scan_code: int = 0, repeat: bool = False) -> None:
        text = chr(key).lower() if key < 0x100 else ""
        none = Qt.KeyboardModifier.NoModifier
        event = QKeyEvent(QEvent.Type.KeyPress, key, none, scan_code, 0, 0, text, repeat)
        QApplication.sendEvent(QApplication.focusWidget() or self.window, event)


@pytest.fixture
def bench(qtbot: QtBot) -> Iterator[Bench]:
    bench = Bench(qtbot)
    yield bench
    bench.keys.remove()


def test_the_four_buttons_trigger_their_actions_once(bench: Bench) -> None:
    for key in (Qt.Key.Key_A, Qt.Key.Key_S, Qt.Key.Key_D, Qt.Key.Key_F):
        QTest.keyClick(bench.window, key)
    assert bench.triggered == ["heat_map", "crop", "snapshot", "close"]


def test_they_come_through_the_window_system_once_too(bench: Bench) -> None:
    handle = bench.window.windowHandle()
    QTest.keyClick(handle, Qt.Key.Key_A)
    QTest.keyClick(handle, Qt.Key.Key_F3)
    assert bench.triggered == ["heat_map", "snapshot"]


def test_a_hangul_layout_is_known_by_its_scan_codes(bench: Bench) -> None:
    bench.press(Qt.Key(0x3141), scan_code=38)  # ㅁ, which lies on A
    bench.press(Qt.Key(0x3139), scan_code=41)  # ㄹ, which lies on F
    assert bench.triggered == ["heat_map", "close"]


def test_on_a_latin_layout_the_letter_counts_and_not_its_place(bench: Bench) -> None:
    bench.press(Qt.Key.Key_Q, scan_code=38)  # on AZERTY, where A is elsewhere
    bench.press(Qt.Key.Key_U, scan_code=41)  # on Dvorak, where F is elsewhere
    assert bench.triggered == ["close"]
    bench.press(Qt.Key.Key_A, scan_code=24)
    assert bench.triggered == ["close", "heat_map"]


def test_a_held_button_acts_once(bench: Bench) -> None:
    bench.press(Qt.Key.Key_D)
    for _ in range(5):
        bench.press(Qt.Key.Key_D, repeat=True)
    assert bench.triggered == ["snapshot"]


@pytest.mark.parametrize("modifier", [Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier])
def test_with_a_modifier_it_is_another_key(bench: Bench, modifier: Qt.KeyboardModifier) -> None:
    QTest.keyClick(bench.window, Qt.Key.Key_S, modifier)
    assert bench.triggered == []


@pytest.mark.parametrize(
    ("make", "text"),
    [
        (QLineEdit, lambda widget: widget.text()),
        (QPlainTextEdit, lambda widget: widget.toPlainText()),
        (editable_combo, lambda widget: widget.currentText()),
    ],
)
def test_typing_types(bench: Bench, make: Callable[[], QWidget], text: Callable[[QWidget], str]) -> None:
    field = make()
    bench.column.addWidget(field)
    field.show()
    field.setFocus()
    for key in (Qt.Key.Key_A, Qt.Key.Key_S, Qt.Key.Key_D, Qt.Key.Key_F, Qt.Key.Key_Q, Qt.Key.Key_R):
        QTest.keyClick(focused(), key)
    assert bench.triggered == []
    assert text(field) == "asdfqr"


@pytest.mark.parametrize("make", [QSpinBox, QKeySequenceEdit])
def test_a_field_that_takes_keys_gets_them(bench: Bench, make: Callable[[], QWidget]) -> None:
    field = make()
    bench.column.addWidget(field)
    field.show()
    field.setFocus()
    QTest.keyClick(focused(), Qt.Key.Key_A)
    assert bench.triggered == []


def test_a_dialog_over_the_window_keeps_its_keys(bench: Bench, qtbot: QtBot) -> None:
    dialog = QDialog(bench.window)
    dialog.setModal(True)
    dialog.show()
    qtbot.waitExposed(dialog)
    QTest.keyClick(dialog, Qt.Key.Key_A)
    dialog.close()
    assert bench.triggered == []


def test_the_setting_makes_them_letters(bench: Bench) -> None:
    bench.keys.enabled = False
    QTest.keyClick(bench.window, Qt.Key.Key_A)
    assert bench.triggered == []


def test_space_presses_the_focused_button_and_else_freezes(bench: Bench) -> None:
    pressed: list[int] = []
    bench.button.clicked.connect(lambda: pressed.append(1))
    QTest.keyClick(bench.button, Qt.Key.Key_Space)
    assert (pressed, bench.triggered) == ([1], [])
    bench.button.clearFocus()
    QTest.keyClick(bench.window, Qt.Key.Key_Space)
    assert (pressed, bench.triggered) == ([1], ["freeze"])
