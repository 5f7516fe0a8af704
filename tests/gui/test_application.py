"""The whole application, driven from outside by keys, mouse and touch."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QInputDevice, QPointingDevice
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QSlider, QWidget
from pytestqt.qtbot import QtBot

from crackinspector.core.frame import WHOLE
from crackinspector.core.labels import Label
from crackinspector.core.settings import Settings
from crackinspector.gui.window import LIVE
from crackinspector.sources import demo_camera
from tests.gui.running import Script, one_source, press, running, settings_for
from tests.gui.widgets.conftest import pixels

CRACKED, INTACT = 0.63, 0.88
"""Where on the demo camera's course a large crack, and nothing at all, is in view; see `demo_camera.START`."""
NEAR_PX = 15


@pytest.fixture
def stand_at(monkeypatch: pytest.MonkeyPatch) -> Callable[[float], None]:
    """Lets the demo camera stand still at a place on its course."""

    def stand(share: float) -> None:
        monkeypatch.setattr(demo_camera, "START", share)
        monkeypatch.setattr(demo_camera, "LAP_SECONDS", 1e9)

    return stand


@pytest.fixture(scope="session")
def screen(qapp: QApplication) -> QPointingDevice:
    return QTest.createTouchDevice(QInputDevice.DeviceType.TouchScreen)


def test_the_first_frame_is_painted_before_the_model_is_there(qtbot: QtBot, tmp_path: Path) -> None:
    with running(qtbot, settings_for(tmp_path)) as live:
        live.wait_ready()
    assert live.order.index("painted") < live.order.index("model ready")


def test_a_crack_is_found_where_the_truth_says(qtbot: QtBot, tmp_path: Path, stand_at: Callable[[float], None]) -> None:
    stand_at(CRACKED)
    with running(qtbot, settings_for(tmp_path)) as live:
        live.wait_ready()
        detection = live.wait_detection(lambda _, verdict: verdict.label is Label.POSITIVE)
        live.wait(lambda: live.verdict.startswith("CRACK"))
        frame = next(frame for frame in reversed(live.frames) if frame.source == "Demo wall")
    truth = demo_camera.truth(frame.position)
    found = cv2.resize(detection.crack_map, (960, 720)) >= 255 * detection.threshold
    near_truth = cv2.dilate(truth.mask, np.ones((2 * NEAR_PX + 1,) * 2, np.uint8)) > 0
    near_found = cv2.dilate(found.astype(np.uint8), np.ones((2 * NEAR_PX + 1,) * 2, np.uint8)) > 0
    assert near_found[truth.mask > 0].mean() > 0.8
    assert near_truth[found].mean() > 0.6
    left, top, width, height = truth.boxes[0]
    assert any(
        region.x < left + width
        and left < region.x + region.w
        and region.y < top + height
        and top < region.y + region.h
        and region.h > height / 2
        for region in detection.regions
    )


def test_intact_concrete_is_not_called_a_crack(qtbot: QtBot, tmp_path: Path, stand_at: Callable[[float], None]) -> None:
    stand_at(INTACT)
    with running(qtbot, settings_for(tmp_path)) as live:
        live.wait_ready()
        detection = live.wait_detection()
        live.wait(lambda: live.verdict.startswith("NO CRACK"))
    assert detection.label is Label.NEGATIVE
    assert detection.regions == ()


@pytest.mark.parametrize("key", [Qt.Key.Key_F1, Qt.Key.Key_A])
def test_the_heat_map_goes_and_comes(
    qtbot: QtBot, tmp_path: Path, key: Qt.Key, stand_at: Callable[[float], None]
) -> None:
    stand_at(CRACKED)
    with running(qtbot, settings_for(tmp_path)) as live:
        live.wait_ready()
        press(live, Qt.Key.Key_Space)
        frozen = live.session.newest
        assert frozen is not None
        live.wait_detection(lambda detection, _: detection.frame_id == frozen.id)
        with_map = pixels(live.picture)
        press(live, key)
        without = pixels(live.picture)
        # The picture stands still: nothing but the map, with its legend, has gone.
        middle = (slice(without.shape[0] // 4, -without.shape[0] // 4), slice(None))
        assert (np.abs(with_map.astype(int) - without)[middle].max(axis=2) > 60).mean() > 0.005
        assert not live.window.actions_["heat_map"].isChecked()
        press(live, key)
        assert np.array_equal(pixels(live.picture), with_map)


@pytest.mark.parametrize("key", [Qt.Key.Key_F2, Qt.Key.Key_S])
def test_the_model_gets_the_crop_that_is_on_screen(qtbot: QtBot, tmp_path: Path, key: Qt.Key) -> None:
    with running(qtbot, settings_for(tmp_path)) as live:
        live.wait_ready()
        press(live, key)
        view = live.picture.view
        assert view.w == pytest.approx(0.5)
        cropped = live.wait_detection(lambda detection, _: detection.view == view)
        assert (cropped.width, cropped.height) == (480, 360)
        press(live, key)
        live.wait_detection(lambda detection, _: detection.view == WHOLE)
        assert not live.window.actions_["crop"].isChecked()


def test_a_double_tap_and_a_pinch_change_what_the_model_sees(
    qtbot: QtBot, tmp_path: Path, screen: QPointingDevice
) -> None:
    with running(qtbot, settings_for(tmp_path)) as live:
        live.wait_ready()
        picture = live.picture
        at = QPoint(picture.width() // 4, picture.height() // 2)
        for _ in range(2):
            QTest.touchEvent(picture, screen).press(0, at, picture).commit()
            QTest.touchEvent(picture, screen).release(0, at, picture).commit()
        assert picture.view.w == pytest.approx(0.5)
        assert picture.view.x < 0.25
        live.wait_detection(lambda detection, _: detection.view == picture.view)
        middle, start, end = picture.rect().center(), 40, 120
        touch = QTest.touchEvent(picture, screen)
        touch.press(0, middle - QPoint(start, 0), picture).press(1, middle + QPoint(start, 0), picture).commit()
        for reach in range(start, end + 1, 10):
            touch = QTest.touchEvent(picture, screen)
            touch.move(0, middle - QPoint(reach, 0), picture).move(1, middle + QPoint(reach, 0), picture).commit()
        touch = QTest.touchEvent(picture, screen)
        touch.release(0, middle - QPoint(end, 0), picture).release(1, middle + QPoint(end, 0), picture).commit()
        assert picture.view.w == pytest.approx(0.5 / 3, rel=0.05)
        live.wait_detection(lambda detection, _: detection.view == picture.view)


def slide(slider: QSlider, share: float) -> None:
    """Press with a finger or mouse at that share of the slider's length."""
    at = QPoint(round(share * slider.width()), slider.height() // 2)
    QTest.mouseClick(slider, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)


def test_the_sliders_act_at_once(qtbot: QtBot, tmp_path: Path) -> None:
    kept: list[Settings] = []
    with running(qtbot, settings_for(tmp_path), save=kept.append) as live:
        live.wait_ready()
        opacity, threshold = (part.findChild(QSlider) for part in (live.page.panel.opacity, live.page.panel.threshold))
        assert isinstance(opacity, QSlider) and isinstance(threshold, QSlider)
        slide(opacity, 0.02)
        assert live.store.current.view.opacity == 0
        slide(threshold, 0.98)
        assert live.store.current.detection.threshold == 0.95
        live.wait_detection(lambda detection, _: detection.threshold == 0.95)
    assert kept[-1].detection.threshold == 0.95


def test_a_frozen_picture_keeps_its_frame_and_its_verdict(
    qtbot: QtBot, tmp_path: Path, stand_at: Callable[[float], None]
) -> None:
    stand_at(CRACKED)
    with running(qtbot, settings_for(tmp_path)) as live:
        live.wait_ready()
        press(live, Qt.Key.Key_Space)
        frozen = live.session.newest
        assert frozen is not None and live.session.frozen and live.chip == "Frozen"
        detection = live.wait_detection(lambda detection, _: detection.frame_id == frozen.id)
        # Longer than a verdict on a moving picture holds.
        live.wait_captured(60)
        assert live.session.newest is frozen
        assert live.session.newest_detection is not None and live.session.newest_detection.frame_id == frozen.id
        assert live.verdict.startswith("CRACK")
        press(live, Qt.Key.Key_F2)
        closer = live.wait_detection(lambda detection, _: detection.view != WHOLE)
        assert closer.frame_id == detection.frame_id
        press(live, Qt.Key.Key_Space)
        live.wait_detection(lambda detection, _: detection.frame_id > frozen.id)
        assert not live.session.frozen


def test_theme_language_and_orientation_while_running(qtbot: QtBot, tmp_path: Path) -> None:
    with running(qtbot, settings_for(tmp_path), size=(1280, 720)) as live:
        live.wait_ready()
        beside = live.page.panel.x()
        assert beside >= live.picture.width()
        for theme, language, size in (
            ("sunlight", "ko", (720, 1280)),
            ("dark", "en", (1280, 720)),
            ("sunlight", "en", (480, 800)),
        ):
            live.store.set("interface.theme", theme)
            live.store.set("interface.language", language)
            live.window.resize(*size)
            live.wait_painted(5)
            portrait = size[0] < size[1]
            assert (live.page.panel.y() >= live.picture.height()) is portrait
            assert (live.page.panel.x() >= live.picture.width()) is not portrait
        live.wait_detection()


def test_full_screen_and_back(qtbot: QtBot, tmp_path: Path) -> None:
    with running(qtbot, settings_for(tmp_path), one_source(Script())) as live:
        live.wait_streaming()
        press(live, Qt.Key.Key_F11)
        assert live.window.isFullScreen()
        press(live, Qt.Key.Key_F11)
        assert not live.window.isFullScreen()


def test_every_page_opens_and_closes_while_frames_come(qtbot: QtBot, tmp_path: Path) -> None:
    with running(qtbot, settings_for(tmp_path), size=(1280, 720)) as live:
        live.wait_ready()
        for page in ("more", "sources", "models", "settings", "help"):
            live.window.actions_[page].trigger()
            assert live.window.page == page
            live.wait_captured(3)
            live.window.actions_["back"].trigger()
            assert live.window.page == LIVE
        live.wait_painted(3)
        assert live.said == []


def test_everything_on_the_live_page_is_within_reach_of_the_keyboard(qtbot: QtBot, tmp_path: Path) -> None:
    with running(qtbot, settings_for(tmp_path), one_source(Script())) as live:
        live.wait_streaming()
        reached: list[str] = []
        for _ in range(20):
            QTest.keyClick(live.window, Qt.Key.Key_Tab)
            focused = QApplication.focusWidget()
            assert focused is not None
            reached.append(focused.accessibleName())
        assert "" not in reached
        wanted = {"Picture", "Zoom in", "Show all", "Opacity", "Threshold", "Heat map", "Crop", "Snapshot", "More"}
        assert wanted <= set(reached)


@pytest.mark.parametrize("page", ["more", "sources", "models", "settings", "help"])
def test_what_takes_the_keys_has_a_name_and_can_be_seen(qtbot: QtBot, tmp_path: Path, page: str) -> None:
    with running(qtbot, settings_for(tmp_path), one_source(Script()), size=(1280, 720)) as live:
        live.wait_streaming()
        for name in (LIVE, page):
            live.window.show_page(name)
            live.wait_captured(3)
            stops = [
                widget
                for widget in live.window.findChildren(QWidget)
                if widget.isVisible() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus and not widget.focusProxy()
            ]
            assert stops
            # The words on a button are its name.
            nameless = [
                type(widget).__name__
                for widget in stops
                if not widget.accessibleName() and not (isinstance(widget, QAbstractButton) and widget.text())
            ]
            assert nameless == []
