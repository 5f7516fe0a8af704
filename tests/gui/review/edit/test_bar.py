from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from crackinspector.gui.look import Look
from crackinspector.gui.review.edit import EditBar, EditLayer, Tool
from crackinspector.gui.review.picture_view import PictureView
from tests.gui.review.conftest import HEIGHT, WIDTH, load, numbers_in

LEFT = Qt.MouseButton.LeftButton


class Desk(QWidget):
    """A view with its layer and bar."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.view = PictureView(self)
        self.view.resize(WIDTH, HEIGHT)
        self.layer = EditLayer(self.view)
        self.bar = EditBar(self.layer, self)
        self.bar.setGeometry(0, HEIGHT, 720, 500)
        self.loaded = load(folder, numbers_in(folder)[0])
        self.view.show_picture(self.loaded)
        self.layer.begin(self.loaded, None)

    def press(self, word: str) -> None:
        QTest.mouseClick(self.button(word), LEFT)

    def button(self, word: str) -> QAbstractButton:
        return next(each for each in self.bar.findChildren(QAbstractButton) if each.text() == word)

    def draw(self) -> None:
        QTest.mouseClick(self.layer, LEFT, Qt.KeyboardModifier.NoModifier, QPoint(100, 100), 1000)


@pytest.fixture
def desk(qtbot: QtBot, look: Look, folder: Path) -> Desk:
    made = Desk(folder)
    qtbot.addWidget(made)
    made.resize(720, HEIGHT + 500)
    made.show()
    return made


def test_the_buttons_do_what_they_say(desk: Desk) -> None:
    desk.press("Eraser")
    chosen = [desk.layer.tool]
    desk.press("Line")
    assert [*chosen, desk.layer.tool] == [Tool.ERASER, Tool.LINE]
    assert not desk.button("End line").isEnabled()
    desk.draw()
    QTest.mouseClick(desk.layer, LEFT, Qt.KeyboardModifier.NoModifier, QPoint(300, 300), 1000)
    desk.press("End line")
    assert desk.layer.points == 0
    empty = []
    for word in ("Undo", "Redo"):
        desk.press(word)
        empty.append(desk.layer.is_empty)
    assert empty == [True, False]
    width = desk.layer.tip_width
    desk.press("Thicker")
    assert desk.layer.tip_width > width
    desk.press("Thinner")
    assert desk.layer.tip_width == width


def test_only_what_can_be_done_is_offered(desk: Desk) -> None:
    assert not any(desk.button(word).isEnabled() for word in ("Undo", "Redo", "Save", "End line"))
    assert "reject the finding" in desk.button("Save").toolTip()
    desk.draw()
    assert [desk.button(word).isEnabled() for word in ("Undo", "Redo", "Save")] == [True, False, True]
    desk.layer.set_width(128)
    assert not desk.button("Thicker").isEnabled()


def test_saving_is_told(desk: Desk, qtbot: QtBot) -> None:
    desk.draw()
    with qtbot.waitSignal(desk.bar.save):
        desk.press("Save")


def test_nothing_drawn_is_lost_without_a_question(desk: Desk, qtbot: QtBot) -> None:
    with qtbot.waitSignal(desk.bar.discard):
        desk.press("Discard")
    desk.draw()
    with qtbot.assertNotEmitted(desk.bar.discard):
        desk.press("Discard")
        desk.press("Keep drawing")
    assert desk.layer.is_changed
    desk.press("Discard")
    with qtbot.waitSignal(desk.bar.discard):
        desk.press("Discard it")
    assert desk.button("Discard").isVisible()


@pytest.mark.parametrize("width", [330, 440, 720, 1000, 1700])
def test_every_button_is_within_reach_of_a_finger_at_every_width(desk: Desk, look: Look, width: int) -> None:
    desk.resize(1800, HEIGHT + 800)
    desk.bar.resize(width, 800)
    QTest.qWait(1)
    buttons = [each for each in desk.bar.findChildren(QAbstractButton) if not isinstance(each, QPushButton)]
    places = [each.geometry() for each in buttons]
    assert len(places) == 10
    for number, place in enumerate(places):
        assert min(place.width(), place.height()) >= look.metrics.touch_px
        assert desk.bar.rect().contains(place)
        assert not any(place.intersects(other) for other in places[:number])
