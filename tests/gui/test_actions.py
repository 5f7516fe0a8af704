from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMainWindow
from pytestqt.qtbot import QtBot

from crackinspector.core.errors import UsageError
from crackinspector.core.shipped import shipped_folder
from crackinspector.gui.action_specs import DEVICE_BUTTONS, DEVICE_KEYS, SPECS
from crackinspector.gui.actions import Actions


@pytest.fixture
def window(qtbot: QtBot) -> QMainWindow:
    window = QMainWindow()
    qtbot.addWidget(window)
    window.show()
    qtbot.waitExposed(window)
    return window


def keys_of(actions: Actions, action_id: str) -> str:
    return QKeySequence.listToString(actions[action_id].shortcuts(), QKeySequence.SequenceFormat.PortableText)


def test_every_action_has_words_a_tip_with_its_keys_and_a_drawing(window: QMainWindow) -> None:
    actions = Actions(window)
    assert list(actions) == [spec.id for spec in SPECS]
    for spec in SPECS:
        action = actions[spec.id]
        assert action.text() == spec.text
        assert action.toolTip().startswith(spec.tip)
        assert action.statusTip() == spec.tip
        assert keys_of(actions, spec.id) == spec.keys
        assert (shipped_folder("resources") / "icons" / f"{spec.icon}.svg").is_file(), spec.icon
    assert "F1" in actions["heat_map"].toolTip()


def test_no_two_actions_are_delivered_with_the_same_key_or_with_a_device_s() -> None:
    keys = [key for spec in SPECS for key in spec.keys.split("; ") if key]
    assert len(keys) == len(set(keys))
    assert not set(keys) & set(DEVICE_KEYS)
    assert set(DEVICE_KEYS.values()) == set(DEVICE_BUTTONS)


def test_a_key_triggers_its_action_once_while_held_unless_it_repeats(window: QMainWindow, qtbot: QtBot) -> None:
    actions = Actions(window)
    counts = dict.fromkeys(actions, 0)
    for action_id in actions:
        actions[action_id].triggered.connect(lambda _=False, name=action_id: counts.update({name: counts[name] + 1}))
    assert not actions["snapshot"].autoRepeat()
    assert actions["opacity_up"].autoRepeat()
    QTest.keyClick(window, Qt.Key.Key_F3)
    QTest.keyClick(window, Qt.Key.Key_Escape)
    QTest.keyClick(window, Qt.Key.Key_Q)
    QTest.keyClick(window, Qt.Key.Key_Equal)
    assert {name: count for name, count in counts.items() if count} == {"snapshot": 1, "close": 2, "zoom_in": 1}


def test_shortcuts_from_the_settings_replace_an_action_s_own(window: QMainWindow) -> None:
    actions = Actions(window, {"snapshot": "Ctrl+S", "record": ""})
    assert keys_of(actions, "snapshot") == "Ctrl+S"
    assert keys_of(actions, "record") == ""
    assert actions.apply_shortcuts({}) == []
    assert keys_of(actions, "snapshot") == "F3"
    assert keys_of(actions, "record") == "R"


def test_two_actions_can_have_exchanged_their_keys(window: QMainWindow) -> None:
    actions = Actions(window)
    assert actions.apply_shortcuts({"heat_map": "F2", "crop": "F1"}) == []
    assert (keys_of(actions, "heat_map"), keys_of(actions, "crop")) == ("F2", "F1")


@pytest.mark.parametrize(
    ("shortcuts", "word"),
    [
        ({"snapshot": "F1"}, "Heat map"),
        ({"snapshot": "nonsense"}, "nonsense"),
        ({"snapshot": "Ctrl+K, Ctrl+A"}, "more than one"),
        ({"snapshot": "A"}, "reTerminal"),
        ({"snapshot": "Tab"}, "moves"),
        ({"fly": "Ctrl+K"}, "fly"),
    ],
)
def test_shortcuts_that_cannot_be_used_are_left_out_with_a_sentence(
    window: QMainWindow, shortcuts: dict[str, str], word: str
) -> None:
    actions = Actions(window)
    refused = actions.apply_shortcuts(shortcuts)
    assert Actions(QMainWindow(), shortcuts).refused == refused
    assert len(refused) == 1
    assert word in refused[0]
    assert keys_of(actions, "snapshot") == "F3"
    assert keys_of(actions, "heat_map") == "F1"


def test_a_new_key_is_checked_before_it_is_kept(window: QMainWindow) -> None:
    actions = Actions(window)
    assert actions.checked_shortcut("snapshot", "Ctrl+S") == "Ctrl+S"
    assert actions.checked_shortcut("snapshot", "") == ""
    assert actions.checked_shortcut("snapshot", "F3") is None
    with pytest.raises(UsageError, match="Crop"):
        actions.checked_shortcut("snapshot", "F2")
    assert keys_of(actions, "snapshot") == "F3"
