from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QKeySequenceEdit, QLabel, QMainWindow, QPushButton, QToolButton
from pytestqt.qtbot import QtBot

from crackinspector.core.settings import Settings
from crackinspector.gui import i18n
from crackinspector.gui.actions import Actions
from crackinspector.gui.help.page import HelpPage, Places
from crackinspector.gui.keys import DeviceKeys
from crackinspector.gui.look import Look
from crackinspector.gui.settings.store import SettingsStore


class Bench:
    """A window with the help page, and what its keys triggered."""

    def __init__(self, qtbot: QtBot, places: Places) -> None:
        self.window = QMainWindow()
        qtbot.addWidget(self.window)
        self.actions = Actions(self.window)
        self.keys = DeviceKeys(self.actions, self.window)
        self.store = SettingsStore(Settings())
        self.page = HelpPage(self.actions, self.store, lambda: places)
        self.window.setCentralWidget(self.page)
        self.window.resize(1280, 720)
        self.triggered: list[str] = []
        for action_id in self.actions:
            self.actions[action_id].triggered.connect(lambda _=False, name=action_id: self.triggered.append(name))
        with qtbot.waitActive(self.window):
            self.window.show()
            self.window.activateWindow()

    def change(self, action_id: str, key: Qt.Key, modifier: Qt.KeyboardModifier) -> None:
        row = self.page.row(action_id)
        QTest.mouseClick(row.findChildren(QPushButton)[0], Qt.MouseButton.LeftButton)
        edit = row.findChildren(QKeySequenceEdit)[0]
        assert QApplication.focusWidget() is edit
        QTest.keyClick(edit, key, modifier)

    def keys_of(self, action_id: str) -> str:
        return QKeySequence.listToString(self.actions[action_id].shortcuts(), QKeySequence.SequenceFormat.PortableText)


@pytest.fixture
def bench(look: Look, qtbot: QtBot, tmp_path: Path) -> Bench:
    return Bench(qtbot, Places(snapshots=tmp_path / "pictures" / "crackinspector", logs=tmp_path))


def words(bench: Bench) -> str:
    labels = [label.text() for label in bench.page.findChildren(QLabel) if label.isVisibleTo(bench.page)]
    return "\n".join([*labels, *(button.text() for button in bench.page.findChildren(QPushButton))])


NONE, CONTROL = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier


def test_every_action_is_listed_with_its_keys_and_the_device_s_button(bench: Bench) -> None:
    text = words(bench)
    for action_id in bench.actions:
        action = bench.actions[action_id]
        assert action.text() in text
        assert action.statusTip() in text
        for sequence in action.shortcuts():
            assert sequence.toString(QKeySequence.SequenceFormat.NativeText) in text
    assert "reTerminal: button O" in text


def test_a_new_key_is_pressed_and_works_and_the_old_one_does_not(bench: Bench, qtbot: QtBot) -> None:
    bench.change("snapshot", Qt.Key.Key_K, CONTROL)
    qtbot.waitUntil(lambda: bench.store.current.shortcuts == {"snapshot": "Ctrl+K"})
    assert bench.triggered == []
    QTest.keyClick(bench.window, Qt.Key.Key_F3)
    assert bench.triggered == []
    QTest.keyClick(bench.window, Qt.Key.Key_K, CONTROL)
    assert bench.triggered == ["snapshot"]


def test_a_key_of_another_action_is_refused_below_it(bench: Bench, qtbot: QtBot) -> None:
    bench.change("snapshot", Qt.Key.Key_F2, NONE)
    row = bench.page.row("snapshot")
    qtbot.waitUntil(lambda: row.message == "“Crop” has this key already; change that one first.")
    assert bench.store.current.shortcuts == {}
    assert bench.triggered == []


@pytest.mark.parametrize(("key", "word"), [(Qt.Key.Key_A, "reTerminal"), (Qt.Key.Key_Down, "moves")])
def test_keys_that_are_needed_otherwise_are_refused(bench: Bench, qtbot: QtBot, key: Qt.Key, word: str) -> None:
    bench.change("snapshot", key, NONE)
    qtbot.waitUntil(lambda: word in bench.page.row("snapshot").message)
    assert bench.triggered == []


def test_an_action_gets_its_own_keys_back(bench: Bench) -> None:
    row = bench.page.row("close")
    reset = row.findChildren(QToolButton)[0]
    assert not reset.isVisible()
    bench.store.set_shortcut("close", "Ctrl+W")
    assert bench.keys_of("close") == "Ctrl+W"
    assert reset.isVisible()
    QTest.mouseClick(reset, Qt.MouseButton.LeftButton)
    assert bench.keys_of("close") == "Esc; Q"
    assert bench.store.current.shortcuts == {}


def test_whoever_goes_elsewhere_keeps_the_old_key(bench: Bench) -> None:
    row = bench.page.row("snapshot")
    shown = row.findChildren(QPushButton)[0]
    QTest.mouseClick(shown, Qt.MouseButton.LeftButton)
    assert not shown.isVisible()
    bench.page.row("crop").findChildren(QPushButton)[0].setFocus()
    assert shown.isVisible()
    assert bench.keys_of("snapshot") == "F3"


def test_folders_are_opened_the_nearest_one_that_exists(
    bench: Bench, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    opened: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    text = words(bench)
    assert str(tmp_path / "pictures" / "crackinspector") in text
    assert "The last crash" not in text
    button = next(
        button
        for button in bench.page.findChildren(QPushButton)
        if button.accessibleName() == "Snapshots and clips: Open"
    )
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert [url.toLocalFile() for url in opened] == [str(tmp_path)]


def test_the_page_follows_the_language(bench: Bench, qapp: QApplication) -> None:
    i18n.install(qapp, "ko")
    qapp.processEvents()
    text = words(bench)
    i18n.install(qapp, "en")
    for word in ("화면 보는 법", "스냅숏", "reTerminal O 버튼", "균열 없음: 균열이 없는 표면입니다"):
        assert word in text
