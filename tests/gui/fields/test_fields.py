from __future__ import annotations

import threading
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QToolButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from crackinspector.core.settings import RULES
from crackinspector.gui import i18n
from crackinspector.gui.fields.choices import Choices
from crackinspector.gui.fields.field import Field
from crackinspector.gui.fields.folder import FolderField
from crackinspector.gui.fields.row import FieldRow
from crackinspector.gui.fields.stepper import Stepper
from crackinspector.gui.fields.switch import Switch
from crackinspector.gui.look import Look


class Heard:
    """A field in a window, and what it told."""

    def __init__(self, field: Field, qtbot: QtBot, width: int = 700) -> None:
        self.values: list[object] = []
        self.sentences: list[str] = []
        field.edited.connect(self.values.append)
        field.refused.connect(self.sentences.append)
        self.window = QWidget()
        qtbot.addWidget(self.window)
        QVBoxLayout(self.window).addWidget(field)
        self.window.resize(width, 200)
        with qtbot.waitActive(self.window):
            self.window.show()
            self.window.activateWindow()


def type_over(field: Field, text: str) -> None:
    line = field.findChild(QLineEdit)
    assert line is not None
    line.setFocus()
    line.clear()
    QTest.keyClicks(line, text)
    QTest.keyClick(line, Qt.Key.Key_Return)


def test_a_switch_is_flipped_by_touch_and_by_key(look: Look, qtbot: QtBot) -> None:
    switch = Switch()
    heard = Heard(switch, qtbot)
    switch.show_value(True)
    assert heard.values == []
    lever = switch.findChild(QAbstractButton)
    assert lever is not None
    assert lever.height() >= look.metrics.touch_px
    QTest.mouseClick(lever, Qt.MouseButton.LeftButton)
    QTest.keyClick(lever, Qt.Key.Key_Space)
    assert heard.values == [False, True]


def test_choices_are_chosen_by_touch_and_by_arrow_keys(look: Look, qtbot: QtBot) -> None:
    choices = Choices({"a": "One", "b": "Two", "c": "Three"})
    heard = Heard(choices, qtbot)
    choices.show_value("a")
    assert heard.values == []
    buttons = choices.findChildren(QToolButton)
    qtbot.waitUntil(lambda: buttons[0].y() == buttons[2].y())
    QTest.mouseClick(buttons[2], Qt.MouseButton.LeftButton)
    assert (heard.values, choices.value) == (["c"], "c")
    buttons[2].setFocus()
    QTest.keyClick(buttons[2], Qt.Key.Key_Left)
    assert choices.value == "b"
    assert heard.values == ["c", "b"]


def test_choices_wrap_where_the_place_is_narrow(look: Look, qtbot: QtBot) -> None:
    choices = Choices({name: name * 4 for name in ("one ", "two ", "six ", "ten ")})
    heard = Heard(choices, qtbot, width=1200)

    def rows() -> int:
        return len({button.y() for button in choices.findChildren(QToolButton)})

    qtbot.waitUntil(lambda: rows() == 1)
    heard.window.resize(500, 400)
    qtbot.waitUntil(lambda: rows() == 2)
    assert all(button.height() >= look.metrics.touch_px for button in choices.findChildren(QToolButton))
    assert all(button.geometry().right() <= choices.width() for button in choices.findChildren(QToolButton))


def test_a_stepper_steps_within_its_range(look: Look, qtbot: QtBot) -> None:
    stepper = Stepper(RULES["detection.threshold"], whole=False)
    heard = Heard(stepper, qtbot)
    stepper.show_value(0.9)
    less, more = stepper.findChildren(QToolButton)
    QTest.mouseClick(more, Qt.MouseButton.LeftButton)
    QTest.mouseClick(more, Qt.MouseButton.LeftButton)
    assert heard.values == [0.95]
    assert not more.isEnabled()
    QTest.mouseClick(less, Qt.MouseButton.LeftButton)
    assert heard.values == [0.95, 0.9]
    line = stepper.findChild(QLineEdit)
    assert line is not None
    assert line.text() == "90 %"
    QTest.keyClick(line, Qt.Key.Key_Down)
    assert heard.values[-1] == 0.85


@pytest.mark.parametrize(("typed", "value"), [("30", 0.3), ("62 %", 0.62), ("7,5", 0.075), (" 95%", 0.95)])
def test_a_number_is_typed_with_or_without_its_unit(look: Look, qtbot: QtBot, typed: str, value: float) -> None:
    stepper = Stepper(RULES["detection.threshold"], whole=False)
    heard = Heard(stepper, qtbot)
    stepper.show_value(0.5)
    type_over(stepper, typed)
    assert heard.values == [pytest.approx(value)]
    assert heard.sentences == []


@pytest.mark.parametrize(
    ("key", "typed", "sentence"),
    [
        ("detection.threshold", "99", "Takes a number from 5 % to 95 %."),
        ("detection.threshold", "much", "Takes a number from 5 % to 95 %."),
        ("detection.threads", "1.5", "Takes a whole number from 0 to 16."),
        ("detection.threads", "-1", "Takes a whole number from 0 to 16."),
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence(
    look: Look, qtbot: QtBot, key: str, typed: str, sentence: str
) -> None:
    stepper = Stepper(RULES[key], whole=key.endswith("threads"))
    heard = Heard(stepper, qtbot)
    stepper.show_value(1 if key.endswith("threads") else 0.5)
    type_over(stepper, typed)
    assert heard.values == []
    assert set(heard.sentences) == {sentence}


def test_a_wide_range_does_not_take_all_day(look: Look, qtbot: QtBot) -> None:
    stepper = Stepper(RULES["alarm.pause"], whole=False)
    heard = Heard(stepper, qtbot)
    stepper.show_value(0.0)
    more = stepper.findChildren(QToolButton)[1]
    QTest.mousePress(more, Qt.MouseButton.LeftButton)
    for _ in range(40):
        QApplication.sendEvent(more, QEvent(QEvent.Type.User))
        more.clicked.emit()  # what a held button does twelve times a second
    QTest.mouseRelease(more, Qt.MouseButton.LeftButton)
    held = heard.values[-1]
    assert isinstance(held, float)
    assert held > 40 * 5 * 2
    QTest.mouseClick(more, Qt.MouseButton.LeftButton)
    assert heard.values[-1] == held + 5


def test_a_folder_is_typed_as_a_full_path(look: Look, qtbot: QtBot, tmp_path: Path) -> None:
    folder = FolderField()
    heard = Heard(folder, qtbot)
    (tmp_path / "file").touch()
    for text, word in (("pictures", "Takes"), ("~nosuchuser/x", "Takes"), (str(tmp_path / "file"), "is a file")):
        heard.sentences.clear()
        type_over(folder, text)
        qtbot.waitUntil(lambda: bool(heard.sentences))
        assert word in heard.sentences[0]
    assert heard.values == []
    type_over(folder, str(tmp_path))
    qtbot.waitUntil(lambda: heard.values == [str(tmp_path)])
    type_over(folder, "")
    assert heard.values == [str(tmp_path), ""]


def test_a_disk_that_does_not_answer_does_not_hold_up_who_types(
    look: Look, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = threading.Event()
    monkeypatch.setattr(Path, "exists", lambda path, **named: answers.wait(20) and False)
    folder = FolderField()
    heard = Heard(folder, qtbot)
    type_over(folder, "/mnt/asleep")
    assert heard.values == []
    folder.show_value("/another")
    answers.set()
    type_over(folder, "/mnt/awake")
    qtbot.waitUntil(lambda: heard.values == ["/mnt/awake"])


def test_a_row_says_what_was_refused_and_puts_its_field_below_on_a_narrow_screen(look: Look, qtbot: QtBot) -> None:
    row = FieldRow(Stepper(RULES["alarm.hold"], whole=False))
    qtbot.addWidget(row)
    row.set_words("Crack seen for", "Before it is an alarm")
    row.field.show_value(1.0)
    row.resize(1200, 200)
    row.show()
    qtbot.waitExposed(row)
    qtbot.waitUntil(lambda: row.field.x() > row.width() / 3)
    type_over(row.field, "99")
    assert row.message == "Takes a number from 0 s to 30 s."
    row.resize(500, 400)
    qtbot.waitUntil(lambda: row.field.x() < 100)


def test_fields_follow_the_language(look: Look, qtbot: QtBot, qapp: QApplication) -> None:
    stepper = Stepper(RULES["alarm.hold"], whole=False)
    heard = Heard(stepper, qtbot)
    i18n.install(qapp, "ko")
    qapp.processEvents()
    assert heard.window.isVisible()
    names = [button.accessibleName() for button in stepper.findChildren(QToolButton)]
    i18n.install(qapp, "en")
    assert names == ["줄이기", "늘리기"]
