from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QInputDevice, QNativeGestureEvent, QPointingDevice, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from crackinspector.core.frame import WHOLE, View
from tests.gui.widgets.conftest import HEIGHT, WIDTH, Shown, make_frame

LEFT = Qt.MouseButton.LeftButton
MIDDLE = QPoint(WIDTH // 2, HEIGHT // 2)


@pytest.fixture(scope="session")
def screen(qapp: QApplication) -> QPointingDevice:
    return QTest.createTouchDevice(QInputDevice.DeviceType.TouchScreen)


@pytest.fixture
def picture(shown: Shown) -> Shown:
    shown.view.show_frame(make_frame())
    return shown


def pinch(picture: Shown, screen: QPointingDevice, start: int, end: int, middle: QPoint = MIDDLE) -> None:
    """Two fingers beside each other around a point, `start` and then `end` pixels from it."""
    view = picture.view
    touch = QTest.touchEvent(view, screen)
    touch.press(0, middle - QPoint(start, 0), view).press(1, middle + QPoint(start, 0), view).commit()
    step = 1 if end > start else -1
    for reach in range(start, end, step * max(1, abs(end - start) // 8)):
        touch = QTest.touchEvent(view, screen)
        touch.move(0, middle - QPoint(reach, 0), view).move(1, middle + QPoint(reach, 0), view).commit()
    touch = QTest.touchEvent(view, screen)
    touch.move(0, middle - QPoint(end, 0), view).move(1, middle + QPoint(end, 0), view).commit()
    touch = QTest.touchEvent(view, screen)
    touch.release(0, middle - QPoint(end, 0), view).release(1, middle + QPoint(end, 0), view).commit()


def drag(picture: Shown, screen: QPointingDevice, start: QPoint, end: QPoint) -> None:
    view = picture.view
    QTest.touchEvent(view, screen).press(0, start, view).commit()
    for share in (0.25, 0.5, 0.75, 1.0):
        QTest.touchEvent(view, screen).move(0, start + (end - start) * share, view).commit()
    QTest.touchEvent(view, screen).release(0, end, view).commit()


def tap(picture: Shown, screen: QPointingDevice, at: QPoint) -> None:
    QTest.touchEvent(picture.view, screen).press(0, at, picture.view).commit()
    QTest.touchEvent(picture.view, screen).release(0, at, picture.view).commit()


def test_two_fingers_apart_zoom_in_by_as_much_and_together_out_again(picture: Shown, screen: QPointingDevice) -> None:
    pinch(picture, screen, 30, 90)
    assert picture.view.zoom == pytest.approx(3, rel=0.02)
    assert picture.view.view.x + picture.view.view.w / 2 == pytest.approx(0.5, abs=0.01)
    pinch(picture, screen, 90, 10)
    assert picture.view.view == WHOLE
    assert picture.views[-1] == WHOLE


def test_the_point_between_the_fingers_stays(picture: Shown, screen: QPointingDevice) -> None:
    middle = QPoint(100, 80)
    pinch(picture, screen, 20, 60, middle)
    view = picture.view.view
    assert view.x + view.w * middle.x() / WIDTH == pytest.approx(middle.x() / WIDTH, abs=0.01)
    assert view.y + view.h * middle.y() / HEIGHT == pytest.approx(middle.y() / HEIGHT, abs=0.01)


def test_it_never_comes_nearer_than_eight_times(picture: Shown, screen: QPointingDevice) -> None:
    pinch(picture, screen, 4, 150)
    pinch(picture, screen, 4, 150)
    assert picture.view.zoom == pytest.approx(8)


def test_one_finger_drags_a_zoomed_picture_as_far_as_it_goes(picture: Shown, screen: QPointingDevice) -> None:
    picture.view.set_view(View(0.25, 0.25, 0.5, 0.5))
    drag(picture, screen, QPoint(160, 120), QPoint(240, 120))
    assert picture.view.view.x == pytest.approx(0.125, abs=0.002)
    assert picture.view.view.y == pytest.approx(0.25)
    drag(picture, screen, QPoint(10, 120), QPoint(300, 120))
    assert picture.view.view.x == 0


def test_one_finger_leaves_the_whole_frame_alone(picture: Shown, screen: QPointingDevice) -> None:
    drag(picture, screen, QPoint(160, 120), QPoint(240, 200))
    assert picture.view.view == WHOLE
    assert picture.views == []


def test_a_double_tap_comes_nearer_at_its_point_and_the_next_goes_back(picture: Shown, screen: QPointingDevice) -> None:
    for _ in range(2):
        tap(picture, screen, QPoint(80, 60))
    view = picture.view.view
    assert (view.x, view.y, view.w) == pytest.approx((0.125, 0.125, 0.5))
    for _ in range(2):
        tap(picture, screen, QPoint(200, 60))
    assert picture.view.view == WHOLE


def test_single_taps_and_taps_far_apart_do_nothing(picture: Shown, screen: QPointingDevice) -> None:
    tap(picture, screen, QPoint(60, 60))
    tap(picture, screen, QPoint(260, 60))
    pinch(picture, screen, 40, 40)
    tap(picture, screen, QPoint(260, 60))
    assert picture.view.view == WHOLE


def test_a_button_over_the_picture_gets_its_touch(picture: Shown, screen: QPointingDevice) -> None:
    button = QPushButton("Here", picture.view)
    button.setGeometry(10, 10, 120, 110)
    button.show()
    clicks: list[bool] = []
    button.clicked.connect(lambda: clicks.append(True))
    tap(picture, screen, QPoint(60, 60))
    tap(picture, screen, QPoint(60, 60))
    assert len(clicks) == 2
    assert picture.view.view == WHOLE


def test_the_mouse_drags_and_its_double_click_toggles(picture: Shown) -> None:
    view = picture.view
    QTest.mouseDClick(view, LEFT, pos=MIDDLE)
    assert (view.view.x, view.zoom) == pytest.approx((0.25, 2.0))
    QTest.mousePress(view, LEFT, pos=MIDDLE)
    QTest.mouseMove(view, MIDDLE + QPoint(40, 0))
    QTest.mouseRelease(view, LEFT, pos=MIDDLE + QPoint(40, 0))
    assert view.view.x == pytest.approx(0.25 - 40 / WIDTH / 2)
    QTest.mouseMove(view, MIDDLE)
    assert view.view.x == pytest.approx(0.25 - 40 / WIDTH / 2)
    QTest.mouseDClick(view, LEFT, pos=MIDDLE)
    assert view.view == WHOLE


def test_the_wheel_zooms_at_the_pointer(picture: Shown) -> None:
    view = picture.view
    at = QPointF(80, 60)
    for turn, zoom in ((120, 2**0.5), (120, 2.0), (-240, 1.0)):
        wheel = QWheelEvent(
            at,
            view.mapToGlobal(at),
            QPoint(),
            QPoint(0, turn),
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(view, wheel)
        assert view.zoom == pytest.approx(zoom)
        assert view.view.x + view.view.w * 0.25 == pytest.approx(0.25, abs=1e-6)


def test_a_touch_pad_pinches_too(picture: Shown) -> None:
    at = QPointF(MIDDLE)
    event = QNativeGestureEvent(
        Qt.NativeGestureType.ZoomNativeGesture,
        QPointingDevice.primaryPointingDevice(),
        2,
        at,
        at,
        at,
        0.5,
        QPointF(),
    )
    assert event.type() == QEvent.Type.NativeGesture
    QApplication.sendEvent(picture.view, event)
    assert picture.view.zoom == pytest.approx(1.5)


def test_keys_zoom_move_and_show_all(picture: Shown) -> None:
    view = picture.view
    for key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
        QTest.keyClick(view, key)
    assert view.zoom == pytest.approx(2)
    for key, x, y in (
        (Qt.Key.Key_Left, 0.2, 0.25),
        (Qt.Key.Key_Up, 0.2, 0.2),
        (Qt.Key.Key_Right, 0.25, 0.2),
        (Qt.Key.Key_Down, 0.25, 0.25),
    ):
        QTest.keyClick(view, key)
        assert (view.view.x, view.view.y) == pytest.approx((x, y))
    QTest.keyClick(view, Qt.Key.Key_Minus)
    assert view.zoom == pytest.approx(2**0.5)
    QTest.keyClick(view, Qt.Key.Key_0)
    assert view.view == WHOLE


def test_steps_in_and_out_again_end_at_the_whole_frame(picture: Shown) -> None:
    for _ in range(9):
        picture.view.zoom_in()
    assert picture.view.zoom == pytest.approx(8)
    for _ in range(9):
        picture.view.zoom_out()
    assert picture.view.view == WHOLE


def test_crop_is_the_middle_half_and_leads_back_from_any_crop(picture: Shown) -> None:
    picture.view.toggle_crop()
    assert picture.view.view == View(0.25, 0.25, 0.5, 0.5)
    picture.view.zoom_in()
    picture.view.toggle_crop()
    assert picture.view.view == WHOLE
    assert picture.views == [View(0.25, 0.25, 0.5, 0.5), picture.views[1], WHOLE]


def test_a_view_of_another_shape_becomes_one_of_the_frame_s_within_it(picture: Shown) -> None:
    picture.view.set_view(View(0.9, 0.0, 0.4, 0.2))
    view = picture.view.view
    assert (view.x, view.y, view.w, view.h) == pytest.approx((0.6, 0.0, 0.4, 0.4))
