from __future__ import annotations

import dataclasses
import os
import subprocess
import sys
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from crackinspector.core.colours import colour_table
from crackinspector.core.detection import Region
from crackinspector.core.frame import Frame, View
from crackinspector.core.settings import ViewSettings
from crackinspector.gui.look import Look
from tests.gui.widgets.conftest import HEIGHT, WIDTH, Shown, make_detection, make_frame, pixels

ONLY_MAP = ViewSettings(regions=False, opacity=1.0)


def block_map(value: int = 255) -> np.ndarray:
    """A map of an eighth of the frame's size whose middle quarter has a value."""
    crack_map = np.zeros((HEIGHT // 8, WIDTH // 8), np.uint8)
    crack_map[10:20, 15:25] = value
    return crack_map


def textured(number: int) -> Frame:
    """A frame whose movement can be measured."""
    image = np.random.default_rng(0).integers(0, 60, (HEIGHT // 4, WIDTH // 4, 3), np.uint8).repeat(4, 0).repeat(4, 1)
    return dataclasses.replace(make_frame(number), image=image)


def test_a_frame_of_the_widget_s_size_is_shown_as_it_is(shown: Shown) -> None:
    frame = make_frame()
    shown.view.show_frame(frame)
    assert np.array_equal(pixels(shown.view), frame.image)


def test_what_a_frame_leaves_free_is_the_look_s_ground(shown: Shown, look: Look) -> None:
    shown.view.show_frame(make_frame(200, 320, 160))
    seen = pixels(shown.view)
    ground = QColor(look.colours.ground)
    bars = np.concatenate([seen[:40], seen[200:]])
    assert (bars == (ground.blue(), ground.green(), ground.red())).all()
    assert (seen[40:200, :, 2] == 200).all()


def test_a_zoomed_view_shows_its_part_of_the_frame_enlarged(shown: Shown) -> None:
    frame = make_frame()
    shown.view.show_frame(frame)
    shown.view.set_view(View(0.5, 0.25, 0.5, 0.5))
    seen = pixels(shown.view).astype(int)
    part = frame.image[60:180, 160:320].repeat(2, axis=0).repeat(2, axis=1)
    assert np.abs(seen - part).max() <= 2


def test_the_picture_moves_by_less_than_a_pixel_of_the_frame_while_it_is_enlarged(shown: Shown) -> None:
    shown.view.show_frame(make_frame())
    shown.view.set_view(View(0.5, 0.5, 0.125, 0.125))
    before = pixels(shown.view)[:, :, 0].astype(int)
    shown.view.set_view(View(0.5 + 3 / 8 / WIDTH, 0.5, 0.125, 0.125))
    after = pixels(shown.view)[:, :, 0].astype(int)
    assert np.abs(after[:, 8:-8] - before[:, 11:-5]).max() <= 1
    assert (after != before).any()


def test_the_map_is_laid_over_in_fixed_colours_where_it_belongs(shown: Shown) -> None:
    frame = make_frame()
    shown.view.show_frame(frame)
    shown.view.set_view_settings(ONLY_MAP)
    shown.view.show_detection(make_detection(block_map()))
    seen = pixels(shown.view).astype(int)
    assert np.abs(seen[90:150, 130:190] - colour_table("inferno", 1.0)[255, :3]).max() <= 2
    assert np.array_equal(seen[:70], frame.image[:70])
    assert np.array_equal(seen[:, :110], frame.image[:, :110])


@pytest.mark.parametrize("value", [40, 90, 128, 200])
def test_a_value_has_its_colour_whatever_else_the_map_holds(shown: Shown, value: int) -> None:
    shown.view.show_frame(make_frame())
    shown.view.set_view_settings(ONLY_MAP)
    shown.view.show_detection(make_detection(block_map(value)))
    alone = pixels(shown.view)[100:140, 140:180].astype(int)
    crack_map = block_map(value)
    crack_map[-2:] = 255
    shown.view.show_detection(make_detection(crack_map))
    beside = pixels(shown.view)[100:140, 140:180].astype(int)
    assert np.abs(alone - beside).max() <= 1
    blue, green, red, alpha = colour_table("inferno", 1.0)[value].astype(float)
    under = make_frame().image[100:140, 140:180].astype(float)
    expected = under + alpha / 255 * (np.array([blue, green, red]) - under)
    assert np.abs(alone - expected).max() <= 2


def test_a_map_lies_where_the_model_looked_also_when_the_view_has_moved_on(shown: Shown) -> None:
    shown.view.show_frame(make_frame())
    shown.view.set_view_settings(ONLY_MAP)
    crack_map = np.zeros((30, 40), np.uint8)
    crack_map[10:20, 10:20] = 255
    shown.view.show_detection(make_detection(crack_map, view=View(0.5, 0.5, 0.5, 0.5)))
    crack = colour_table("inferno", 1.0)[255, :3]
    assert np.abs(pixels(shown.view)[165:195, 205:235].astype(int) - crack).max() <= 2
    shown.view.set_view(View(0.25, 0.25, 0.5, 0.5))
    zoomed = pixels(shown.view).astype(int)
    assert np.abs(zoomed[210:235, 250:310] - crack).max() <= 2
    assert (np.abs(zoomed[:180] - crack).max(axis=2) > 20).all()


def test_switched_off_or_faint_maps_leave_the_picture_alone(shown: Shown) -> None:
    frame = make_frame()
    shown.view.show_frame(frame)
    detection = make_detection(block_map())
    shown.view.show_detection(detection)
    for settings in (ViewSettings(heat_map=False, regions=False), ViewSettings(opacity=0.0, regions=False)):
        shown.view.set_view_settings(settings)
        assert np.array_equal(pixels(shown.view), frame.image)
    shown.view.set_view_settings(ViewSettings())
    shown.view.show_detection(make_detection(block_map(20)))
    assert np.array_equal(pixels(shown.view), frame.image)


def test_a_region_is_outlined_around_and_not_over_the_crack(shown: Shown) -> None:
    frame = make_frame()
    shown.view.show_frame(frame)
    shown.view.set_view_settings(ViewSettings(heat_map=False))
    shown.view.show_detection(make_detection(block_map(), regions=(Region(100, 80, 60, 50, 0.9),)))
    seen = pixels(shown.view)
    assert np.array_equal(seen[80:130, 100:160], frame.image[80:130, 100:160])
    row = seen[105].astype(int).min(axis=1)
    lines = np.flatnonzero(row >= 200)
    assert 90 <= lines.min() < 100
    assert 160 <= lines.max() < 170


def test_a_detection_fades_with_age_and_the_timer_stops_with_it(shown: Shown) -> None:
    frame = make_frame()
    shown.view.show_frame(frame)
    shown.view.set_view_settings(ONLY_MAP)
    shown.view.show_detection(make_detection(block_map()))
    levels = []
    for age in (0.0, 0.49, 0.75, 1.0, 60.0):
        shown.clock.now = 100 + age
        levels.append(float(pixels(shown.view)[120, 160, 2]))
    whole, under = levels[0], float(frame.image[120, 160, 2])
    assert levels[1] == whole
    assert levels[2] == pytest.approx((whole + under) / 2, abs=3)
    assert levels[3:] == [under, under]
    assert not shown.view._fade.isActive()


def test_where_results_come_seldom_each_stays_until_the_next_is_late(shown: Shown) -> None:
    shown.view.set_view_settings(ONLY_MAP)
    for number in (1, 2, 3):
        shown.clock.now = 100.0 + number
        frame = textured(number)
        shown.view.motion.put(frame)
        shown.view.show_frame(frame)
        shown.clock.now += 0.96
        shown.view.show_detection(make_detection(block_map(), number, captured_at=100.0 + number))
        frame = textured(number + 100)
        shown.view.motion.put(frame)
        shown.view.show_frame(frame)
    bare = int(frame.image[120, 160, 2])
    seen = []
    for age in (0.96, 1.96, 2.4, 2.7, 3.1):
        shown.clock.now = 103.0 + age
        seen.append(int(pixels(shown.view)[120, 160, 2]))
    assert seen[0] == seen[1] == seen[2] > seen[3] > seen[4] == bare


def test_an_old_map_is_not_drawn_where_it_may_not_belong(shown: Shown) -> None:
    shown.view.set_view_settings(ONLY_MAP)
    shown.view.show_frame(make_frame(2))
    shown.clock.now = 101.0
    shown.view.show_detection(make_detection(block_map()))
    assert pixels(shown.view)[120, 160, 2] == 2


@pytest.mark.parametrize("change", [{"turn": (180, False)}, {"turn": (0, True)}, {"source": "Another"}, {"size": 1}])
def test_what_was_found_in_another_scene_is_gone(shown: Shown, change: dict[str, Any]) -> None:
    shown.view.set_view_settings(ONLY_MAP)
    first = dataclasses.replace(make_frame(1), position="a.jpg")
    shown.view.show_frame(first)
    shown.view.show_detection(make_detection(block_map()))
    assert pixels(shown.view)[120, 160, 2] > 200
    if "size" in change:
        second = dataclasses.replace(make_frame(2, WIDTH // 2, HEIGHT // 2), position="a.jpg")
    else:
        second = dataclasses.replace(make_frame(2), position="a.jpg", **change)
    shown.view.show_frame(second)
    assert pixels(shown.view)[120, 160, 2] == 2


def test_with_reduced_motion_it_is_there_or_not(shown: Shown) -> None:
    shown.view.show_frame(make_frame())
    shown.view.set_view_settings(ONLY_MAP)
    shown.view.set_reduced_motion(True)
    shown.view.show_detection(make_detection(block_map()))
    shown.clock.now = 100.49
    assert pixels(shown.view)[120, 160, 2] > 200
    shown.clock.now = 100.51
    assert pixels(shown.view)[120, 160, 2] == 1


def test_it_fades_without_new_frames(qtbot: QtBot, shown: Shown) -> None:
    shown.view.show_frame(make_frame())
    shown.view.show_detection(make_detection(block_map(), captured_at=99.8))
    shown.clock.now = 100.6
    shown.view.update()
    qtbot.waitUntil(lambda: shown.view._fade.isActive())
    shown.clock.now = 101.0
    qtbot.waitUntil(lambda: not shown.view._fade.isActive())


def test_a_frozen_picture_keeps_its_detection(shown: Shown) -> None:
    shown.view.show_frame(make_frame())
    shown.view.set_view_settings(ONLY_MAP)
    shown.view.show_detection(make_detection(block_map()))
    shown.view.set_frozen(True)
    shown.clock.now = 160.0
    assert pixels(shown.view)[120, 160, 2] > 200
    shown.view.set_frozen(False)
    assert pixels(shown.view)[120, 160, 2] == 1


def test_what_was_found_in_a_picture_file_holds_as_long_as_that_is_shown(shown: Shown) -> None:
    def place(number: int, position: str) -> None:
        shown.view.show_frame(dataclasses.replace(make_frame(number), position=position))

    shown.view.set_view_settings(ONLY_MAP)
    place(1, "a.jpg")
    shown.view.show_detection(make_detection(block_map(), number=1))
    shown.clock.now = 102.0
    assert pixels(shown.view)[120, 160, 2] > 200
    place(2, "a.jpg")
    assert pixels(shown.view)[120, 160, 2] > 200
    assert not shown.view._fade.isActive()
    place(3, "b.jpg")
    assert pixels(shown.view)[120, 160, 2] == 3


def test_each_frame_and_detection_is_reported_once(shown: Shown, qtbot: QtBot) -> None:
    for number in (1, 2):
        shown.view.show_frame(make_frame(number))
        qtbot.waitUntil(lambda: len(shown.painted) == number)  # noqa: B023 - waited for within the loop
        shown.view.update()
        QApplication.processEvents()
    shown.view.show_detection(make_detection(block_map(), number=1))
    qtbot.waitUntil(lambda: bool(shown.detections))
    shown.view.update()
    QApplication.processEvents()
    assert shown.painted == [1, 2]
    assert shown.detections == [1]


def test_who_comes_by_keyboard_sees_where_the_keys_go(shown: Shown) -> None:
    frame = make_frame()
    shown.view.show_frame(frame)
    for reason, marked in (
        (Qt.FocusReason.TabFocusReason, True),
        (Qt.FocusReason.MouseFocusReason, False),
        (Qt.FocusReason.BacktabFocusReason, True),
    ):
        shown.view.clearFocus()
        assert np.array_equal(pixels(shown.view), frame.image)
        shown.view.setFocus(reason)
        assert np.array_equal(pixels(shown.view), frame.image) != marked


def test_without_a_frame_a_sentence_stands_there(shown: Shown, look: Look) -> None:
    empty = pixels(shown.view)
    assert (empty == empty[0, 0]).all()
    shown.view.set_placeholder("No camera is connected.")
    assert (pixels(shown.view) != empty).any()
    shown.view.set_placeholder("")
    assert np.array_equal(pixels(shown.view), empty)


def test_what_lies_over_the_picture_is_not_painted_again_for_each_frame(shown: Shown) -> None:
    shown.view.show_frame(make_frame())
    shown.view.show_detection(make_detection(block_map()))
    pixels(shown.view)
    drawn = shown.view._layer._drawn
    shown.view.show_frame(make_frame(2))
    pixels(shown.view)
    assert drawn is not None
    assert shown.view._layer._drawn is drawn


@pytest.mark.parametrize("scale", ["1.5", "2"])
def test_on_a_screen_of_finer_pixels_all_of_them_are_used(scale: str) -> None:
    code = """
import sys, cv2, numpy as np
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
app = QApplication([])
from crackinspector.gui.widgets import FrameView
from tests.gui.widgets.conftest import make_frame, pixels
view = FrameView(); view.resize(200, 150)
frame = make_frame()
view.show_frame(frame)
seen = pixels(view)
width, height = round(200 * float(sys.argv[1])), round(150 * float(sys.argv[1]))
assert seen.shape == (height, width, 3), seen.shape
expected = cv2.resize(frame.image, (width, height), interpolation=cv2.INTER_LINEAR)
assert np.abs(seen.astype(int) - expected).max() <= 1
"""
    environment = os.environ | {"QT_SCALE_FACTOR": scale, "PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run(
        [sys.executable, "-c", code, scale], env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
