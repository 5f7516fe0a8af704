from __future__ import annotations

import dataclasses
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QInputDevice
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from crackinspector.core.frame import WHOLE, View
from crackinspector.core.settings import ViewSettings
from crackinspector.gui.look import Look
from crackinspector.gui.review.decoding import pyramid
from crackinspector.gui.review.picture_part import suitable
from crackinspector.gui.review.picture_view import PictureView
from crackinspector.gui.review.swipe_handle import SwipeHandle
from crackinspector.gui.widgets.view_arithmetic import Box
from tests.gui.review.conftest import HEIGHT, WIDTH, load, numbers_in, pixels, wall

BARE = ViewSettings(heat_map=False, regions=False)


@pytest.fixture
def view(folder: Path, look: Look, qtbot: QtBot) -> PictureView:
    view = PictureView()
    qtbot.addWidget(view)
    view.resize(320, 240)
    view.show_picture(load(folder, numbers_in(folder)[0]))
    view.show()
    qtbot.waitExposed(view)
    return view


def test_the_whole_picture_is_shown_smooth(view: PictureView) -> None:
    view.set_view_settings(BARE)
    shown = pixels(view)
    wanted = wall()[::2, ::2]
    assert np.abs(shown.astype(int) - wanted).max() <= 2


def test_points_go_to_the_picture_and_back(view: PictureView) -> None:
    view.set_view(View(0.25, 0.5, 0.5, 0.5))
    assert view.to_picture(QPointF(160, 120)) == QPointF(320, 360)
    assert view.to_widget(QPointF(320, 360)) == QPointF(160, 120)
    assert view.to_widget(view.to_picture(QPointF(31, 47))).x() == pytest.approx(31)


def test_it_comes_as_near_as_eight_screen_pixels_for_one_and_shows_it_as_a_square(view: PictureView) -> None:
    view.set_view_settings(BARE)
    view.set_view(View(0.5, 0.5, 1e-6, 1e-6))
    assert view.most_zoom() == pytest.approx(8 * WIDTH / 320)
    assert view.zoom == pytest.approx(view.most_zoom())
    shown = pixels(view)
    corner = view.to_widget(QPointF(330, 250))
    x, y = round(corner.x()), round(corner.y())
    assert 8 < x < 300 and 8 < y < 220
    block = shown[y + 1 : y + 7, x + 1 : x + 7].reshape(-1, 3)
    assert (block == wall()[250, 330]).all()


def test_a_zoomed_picture_fills_a_widget_of_another_shape(view: PictureView, qtbot: QtBot) -> None:
    view.resize(640, 240)
    view.set_view_settings(BARE)
    assert (pixels(view)[:, 10] == pixels(view)[0, 10]).all()  # beside it is the ground
    view.set_view(View(0.25, 0.25, 0.5, 0.5))
    shown = pixels(view)
    at = view.to_picture(QPointF(10, 120))
    assert 0 < at.x() < WIDTH / 4
    assert np.abs(shown[120, 10].astype(int) - wall()[round(at.y()), round(at.x())]).max() <= 2


def test_the_level_is_the_smallest_with_a_pixel_for_each_of_the_screens() -> None:
    levels = pyramid(wall(0, 4000, 3000))
    assert suitable(levels, WHOLE, Box(0, 0, 900, 675)).shape[1] == 1000
    assert suitable(levels, WHOLE, Box(0, 0, 1000, 750)).shape[1] == 1000
    assert suitable(levels, WHOLE, Box(0, 0, 1001, 751)).shape[1] in (1000, 2000)
    assert suitable(levels, View(0, 0, 0.5, 0.5), Box(0, 0, 900, 675)).shape[1] == 2000
    assert suitable(levels, View(0, 0, 0.1, 0.1), Box(0, 0, 900, 675)).shape[1] == 4000


def test_heat_lies_right_of_the_line_only(view: PictureView) -> None:
    view.set_view_settings(ViewSettings(regions=False, opacity=1))
    plain = wall()[::2, ::2].astype(int)
    # The bar of the map is at 40..200, 100..140 of the widget.
    assert np.abs(pixels(view)[120, 150] - plain[120, 150]).max() > 40
    view.set_swipe(0.9)
    assert np.abs(pixels(view)[120, 150] - plain[120, 150]).max() <= 2
    view.set_swipe(None)
    assert np.abs(pixels(view)[120, 150] - plain[120, 150]).max() > 40


def test_the_line_is_dragged_by_mouse_and_finger_and_moved_by_keys(view: PictureView) -> None:
    told: list[float] = []
    view.swipe_changed.connect(told.append)
    view.set_swipe(0.5)
    handle = view.findChild(SwipeHandle)
    assert isinstance(handle, SwipeHandle) and handle.width() >= 100
    middle = QPoint(handle.width() // 2 + 20, 100)
    QTest.mousePress(handle, Qt.MouseButton.LeftButton, pos=middle)
    QTest.mouseMove(handle, middle + QPoint(64, 0))
    QTest.mouseRelease(handle, Qt.MouseButton.LeftButton, pos=middle)
    assert told[-1] == pytest.approx(0.7, abs=0.01)
    screen = QTest.createTouchDevice(QInputDevice.DeviceType.TouchScreen)
    at = handle.mapTo(view, QPoint(handle.width() // 2, 100))
    QTest.touchEvent(view, screen).press(0, at, view).commit()
    QTest.touchEvent(view, screen).move(0, at - QPoint(128, 0), view).commit()
    QTest.touchEvent(view, screen).release(0, at - QPoint(128, 0), view).commit()
    assert told[-1] == pytest.approx(0.3, abs=0.02)
    assert view.view == WHOLE
    QTest.keyClick(handle, Qt.Key.Key_Right)
    assert told[-1] == pytest.approx(0.32, abs=0.02)


def test_the_threshold_is_a_white_line_around_what_reaches_it(view: PictureView) -> None:
    view.set_view_settings(BARE)
    before = pixels(view).astype(int)
    view.set_threshold(0.8)
    changed = np.abs(pixels(view).astype(int) - before).max(axis=2) > 60
    columns = np.flatnonzero(changed.any(axis=0))
    # The bar's certainty rises from 100 of 255 at the widget's 40 to 255 at 200, and is 204 about 147.
    assert 130 <= columns.min() <= 150 and 196 <= columns.max() <= 210
    view.set_threshold(0.5)
    lower = np.flatnonzero((np.abs(pixels(view).astype(int) - before).max(axis=2) > 60).any(axis=0))
    assert lower.min() < columns.min() - 30
    view.set_threshold(None)
    assert (pixels(view) == before).all()


def test_masks_by_hand_are_filled_and_outlined(view: PictureView) -> None:
    loaded = view.loaded
    assert loaded is not None
    mask = np.zeros((HEIGHT, WIDTH), np.uint8)
    mask[300:400, 400:500] = 255
    view.set_view_settings(ViewSettings(heat_map=False))
    before = pixels(view).astype(int)
    view.show_picture(dataclasses.replace(loaded, masks={"a/0": mask}))
    changed = np.abs(pixels(view).astype(int) - before).max(axis=2)
    assert changed[175, 225] > 10
    assert changed[175, 250:254].max() > 2 * changed[175, 225]
    assert changed[:140].max() == 0


def test_findings_have_boxes_and_the_one_that_is_tapped_is_told(view: PictureView, qtbot: QtBot) -> None:
    told: list[str] = []
    view.finding_tapped.connect(told.append)
    keys = [finding.key for finding in view.loaded.state.findings] if view.loaded else []
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=QPoint(225, 45))
    assert told == [keys[1]]
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=QPoint(20, 20))
    QTest.mousePress(view, Qt.MouseButton.LeftButton, pos=QPoint(225, 45))
    QTest.mouseMove(view, QPoint(180, 45))
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, pos=QPoint(225, 45))
    assert told == [keys[1]]
    before = pixels(view)
    view.highlight(keys[1])
    assert (pixels(view) != before).any()
    view.zoom_to(keys[1])
    middle = view.to_picture(QPointF(160, 120))
    assert middle.x() == pytest.approx(450, abs=2)
    assert middle.y() == pytest.approx(90, abs=30)


def test_another_detection_is_shown_in_the_place_of_the_newest(view: PictureView) -> None:
    loaded = view.loaded
    assert loaded is not None and loaded.detection is not None
    before = pixels(view)
    other = dataclasses.replace(loaded.detection, crack_map=np.zeros((4, 4), np.uint8), regions=())
    view.set_detection(other)
    view.set_view_settings(ViewSettings())
    assert np.abs(pixels(view).astype(int) - wall()[::2, ::2]).max() <= 2
    view.set_detection(None)
    assert (pixels(view) == before).all()


def test_the_same_snapshot_with_another_state_stays_as_near(view: PictureView, folder: Path) -> None:
    loaded = view.loaded
    assert loaded is not None
    view.set_view(View(0.25, 0.25, 0.5, 0.5))
    view.show_picture(dataclasses.replace(loaded))
    assert view.view == View(0.25, 0.25, 0.5, 0.5)
    view.show_picture(load(folder, numbers_in(folder)[1]))
    assert view.view == WHOLE


def test_a_sentence_stands_where_no_picture_is(view: PictureView, qapp: QApplication) -> None:
    view.show_picture(None)
    empty = pixels(view)
    view.set_message("The picture is gone.")
    assert (pixels(view) != empty).any()
    assert view.frame_size() is None
    QTest.mouseDClick(view, Qt.MouseButton.LeftButton)
    assert view.view == WHOLE


def test_a_double_click_shows_the_pictures_own_pixels_and_another_the_whole(view: PictureView) -> None:
    QTest.mouseDClick(view, Qt.MouseButton.LeftButton, pos=QPoint(160, 120))
    assert view.zoom == pytest.approx(2)
    view.resize(160, 120)
    QTest.mouseDClick(view, Qt.MouseButton.LeftButton, pos=QPoint(80, 60))
    assert view.view == WHOLE
    QTest.mouseDClick(view, Qt.MouseButton.LeftButton, pos=QPoint(80, 60))
    assert view.zoom == pytest.approx(4)


def test_it_says_once_for_each_picture_that_it_was_painted(view: PictureView, folder: Path) -> None:
    told: list[int] = []
    view.painted.connect(told.append)
    second = load(folder, numbers_in(folder)[1])
    view.show_picture(second)
    view.grab()
    view.grab()
    assert told == [second.row.number]
