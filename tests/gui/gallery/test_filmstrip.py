from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from crackinspector.gui.gallery.filmstrip import Filmstrip
from crackinspector.gui.gallery.model import GalleryModel
from crackinspector.gui.gallery.view import SnapshotView


@pytest.fixture
def strip(model: GalleryModel, qtbot: QtBot) -> Iterator[Filmstrip]:
    made = Filmstrip(model)
    qtbot.addWidget(made)
    made.resize(800, made.sizeHint().height())
    made.show()
    yield made
    assert made.stop()


def view_of(strip: Filmstrip) -> SnapshotView:
    (view,) = strip.findChildren(SnapshotView)
    return view


def test_the_current_one_is_in_the_middle(strip: Filmstrip) -> None:
    view = view_of(strip)
    strip.show_current(20)
    assert view.position == 20
    middle = view.visualRect(view.currentIndex()).center().x()
    assert abs(middle - view.viewport().width() // 2) <= 2
    strip.show_current(0)
    assert view.horizontalOffset() == 0


def test_a_click_chooses(strip: Filmstrip, model: GalleryModel, qtbot: QtBot) -> None:
    view = view_of(strip)
    at = view.visualRect(model.index(2)).center()
    with qtbot.waitSignal(strip.chosen) as chosen:
        QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert chosen.args == [2] and view.position == 2


def test_a_tap_chooses(strip: Filmstrip, model: GalleryModel, qtbot: QtBot) -> None:
    view = view_of(strip)
    device = QTest.createTouchDevice()
    at = view.visualRect(model.index(1)).center()
    with qtbot.waitSignal(strip.chosen) as chosen:
        QTest.touchEvent(view.viewport(), device).press(0, at).commit()
        QTest.touchEvent(view.viewport(), device).release(0, at).commit()
    assert chosen.args == [1]


def test_it_shows_given_numbers(strip: Filmstrip, model: GalleryModel, qtbot: QtBot) -> None:
    model.set_numbers(model.numbers[5:8].tolist())
    strip.show_current(2)
    qtbot.waitUntil(lambda: model.row_at(2) is not None)
    assert view_of(strip).position == 2
    strip.show_current(99)
    assert view_of(strip).position == 2
