from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QInputDevice, QKeyEvent, QMouseEvent, QPointingDevice
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from crackinspector.core.frame import WHOLE, View
from crackinspector.gui.look import Look
from crackinspector.gui.review.edit import EditLayer, Tool
from crackinspector.gui.review.picture_view import PictureView
from crackinspector.library import verdicts
from crackinspector.library.store import Library
from tests.gui.review.conftest import HEIGHT, REGIONS, WIDTH, load, numbers_in, pixels

LEFT, NO_KEYS = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def view(qtbot: QtBot, look: Look, folder: Path) -> Iterator[PictureView]:
    """Shows a picture with two findings, one pixel for each of the picture's."""
    shown = PictureView()
    qtbot.addWidget(shown)
    shown.resize(WIDTH, HEIGHT)
    shown.show()
    shown.show_picture(load(folder, numbers_in(folder)[0]))
    yield shown


@pytest.fixture
def layer(view: PictureView) -> EditLayer:
    made = EditLayer(view)
    assert view.loaded is not None
    made.begin(view.loaded, None)
    made.set_width(8)
    return made


@pytest.fixture(scope="session")
def fingers() -> QPointingDevice:
    return QTest.createTouchDevice(QInputDevice.DeviceType.TouchScreen)


def stroke(layer: EditLayer, *points: tuple[int, int]) -> None:
    QTest.mousePress(layer, LEFT, NO_KEYS, QPoint(*points[0]))
    for point in points[1:]:
        QTest.mouseMove(layer, QPoint(*point))
    QTest.mouseRelease(layer, LEFT, NO_KEYS, QPoint(*points[-1]))


def tap(layer: EditLayer, x: int, y: int) -> None:
    QTest.mouseClick(layer, LEFT, NO_KEYS, QPoint(x, y), 1000)


def drawn(layer: EditLayer) -> int:
    return int(np.count_nonzero(layer.drawn_mask()))


def test_new_findings_begin_with_an_empty_mask_over_the_picture(layer: EditLayer) -> None:
    assert layer.is_empty
    assert not layer.is_changed
    assert layer.drawn_mask().shape == (HEIGHT, WIDTH)


def test_a_correction_begins_with_what_the_model_saw_in_the_box(view: PictureView, layer: EditLayer) -> None:
    assert view.loaded is not None
    finding = view.loaded.state.findings[0]
    layer.begin(view.loaded, finding.key)
    x, y, w, h = REGIONS[0]
    rows, columns = np.nonzero(layer.drawn_mask())
    assert (columns.min() >= x, rows.min() >= y, columns.max() < x + w, rows.max() < y + h) == (True,) * 4
    # The map's bar is as high as the box, and beyond the threshold from a fifth of its length on.
    assert (rows.min() - y, y + h - 1 - rows.max()) <= (2, 2)
    assert columns.min() > x + 40
    assert not layer.is_changed
    layer.begin(view.loaded, view.loaded.state.findings[1].key)
    assert layer.is_empty


def test_a_correction_goes_on_where_the_last_one_ended(view: PictureView, layer: EditLayer, folder: Path) -> None:
    loaded = view.loaded
    assert loaded is not None
    stroke(layer, (100, 100), (200, 100))
    stroke(layer, (300, 300), (400, 320))
    mask = layer.drawn_mask()
    key = loaded.state.findings[0].key
    with Library(folder) as library:
        verdicts.draw(library, loaded.row.id, mask, "ann", key)
        verdicts.draw(library, loaded.row.id, mask, "ann")
    again = load(folder, loaded.row.number)
    layer.begin(again, key)
    assert np.array_equal(layer.drawn_mask(), mask)
    # Of new findings that were drawn together, each is corrected by itself.
    by_hand = [finding for finding in again.state.findings if finding.by_hand]
    assert len(by_hand) == 2
    masks = []
    for finding in by_hand:
        layer.begin(again, finding.key)
        masks.append(layer.drawn_mask())
    assert all(mask.any() for mask in masks)
    assert np.array_equal(masks[0] | masks[1], mask)
    assert not (masks[0] & masks[1]).any()


def test_the_brush_draws_and_the_eraser_takes_away(layer: EditLayer) -> None:
    stroke(layer, (100, 100), (200, 100))
    mask = layer.drawn_mask()
    assert mask[100, 150] == 255
    assert mask[120, 150] == 0
    layer.set_tool(Tool.ERASER)
    stroke(layer, (150, 80), (150, 120))
    assert layer.drawn_mask()[100, 150] == 0
    assert layer.drawn_mask()[100, 110] == 255


def test_strokes_follow_the_zoom(view: PictureView, layer: EditLayer) -> None:
    view.set_view(View(0.5, 0.5, 0.25, 0.25))
    stroke(layer, (40, 80), (440, 80))
    rows, columns = np.nonzero(layer.drawn_mask())
    assert abs(rows.mean() + 0.5 - (HEIGHT / 2 + 20)) < 0.1
    assert (columns.min(), columns.max()) == (WIDTH // 2 + 10 - 4, WIDTH // 2 + 110 + 3)


def test_keys_undo_and_redo(layer: EditLayer) -> None:
    stroke(layer, (100, 100), (200, 100))
    once = drawn(layer)
    stroke(layer, (100, 200), (200, 200))
    QTest.keyClick(layer, Qt.Key.Key_Z, CONTROL)
    assert drawn(layer) == once
    QTest.keyClick(layer, Qt.Key.Key_Z, CONTROL)
    assert layer.is_empty
    QTest.keyClick(layer, Qt.Key.Key_Z, CONTROL | SHIFT)
    assert drawn(layer) == once
    assert (layer.can_undo, layer.can_redo) == (True, True)


def test_a_line_goes_through_tapped_points_until_enter(layer: EditLayer) -> None:
    layer.set_tool(Tool.LINE)
    for point in ((100, 100), (200, 100), (200, 300), (500, 400)):
        tap(layer, *point)
    QTest.keyClick(layer, Qt.Key.Key_Escape)
    assert (layer.points, layer.is_changed) == (3, True)
    QTest.keyClick(layer, Qt.Key.Key_Return)
    assert layer.points == 0
    mask = layer.drawn_mask()
    assert mask[100, 150] == mask[200, 200] == 255
    assert not mask[320:].any()
    assert drawn(layer) == pytest.approx(8 * 300, rel=0.1)
    layer.undo()
    assert layer.is_empty


def test_a_double_tap_ends_the_line_where_it_was_tapped(layer: EditLayer) -> None:
    layer.set_tool(Tool.LINE)
    tap(layer, 100, 100)
    tap(layer, 200, 100)
    # As a window system sends it: the second press is a double click.
    at, kinds = QPointF(300, 100), QEvent.Type
    for moment, kind in enumerate(
        (kinds.MouseButtonPress, kinds.MouseButtonRelease, kinds.MouseButtonDblClick, kinds.MouseButtonRelease)
    ):
        event = QMouseEvent(kind, at, layer.mapToGlobal(at), LEFT, LEFT, NO_KEYS)
        event.setTimestamp(100_000 + 40 * moment)
        QApplication.sendEvent(layer, event)
    assert layer.points == 0
    assert layer.drawn_mask()[100, 110:290].all()


def test_another_tool_ends_the_line_and_so_does_saving(layer: EditLayer) -> None:
    layer.set_tool(Tool.LINE)
    tap(layer, 100, 100)
    tap(layer, 200, 100)
    layer.set_tool(Tool.BRUSH)
    assert layer.points == 0
    layer.set_tool(Tool.LINE)
    tap(layer, 100, 200)
    assert layer.drawn_mask()[200, 100] == 255


def test_a_finger_draws_and_a_second_one_moves_the_picture(
    view: PictureView, layer: EditLayer, fingers: QPointingDevice
) -> None:
    view.set_view(View(0.25, 0.25, 0.5, 0.5))
    before = view.view
    QTest.touchEvent(layer, fingers).press(0, QPoint(100, 100), layer).commit()
    QTest.touchEvent(layer, fingers).move(0, QPoint(150, 100), layer).commit()
    QTest.touchEvent(layer, fingers).release(0, QPoint(150, 100), layer).commit()
    once = drawn(layer)
    assert once > 0
    assert view.view == before
    QTest.touchEvent(layer, fingers).press(0, QPoint(100, 200), layer).commit()
    QTest.touchEvent(layer, fingers).move(0, QPoint(140, 200), layer).commit()
    QTest.touchEvent(layer, fingers).move(0, QPoint(141, 200), layer).press(1, QPoint(300, 200), layer).commit()
    QTest.touchEvent(layer, fingers).move(0, QPoint(40, 200), layer).move(1, QPoint(400, 200), layer).commit()
    QTest.touchEvent(layer, fingers).release(0, QPoint(40, 200), layer).release(1, QPoint(400, 200), layer).commit()
    assert drawn(layer) == once
    assert before.w / view.view.w == pytest.approx(360 / 159, abs=0.1)


def test_another_button_moves_the_picture(view: PictureView, layer: EditLayer) -> None:
    view.set_view(View(0.25, 0.25, 0.5, 0.5))
    middle = Qt.MouseButton.MiddleButton
    QTest.mousePress(layer, middle, NO_KEYS, QPoint(300, 200))
    QTest.mouseMove(layer, QPoint(364, 200))
    QTest.mouseRelease(layer, middle, NO_KEYS, QPoint(364, 200))
    assert layer.is_empty
    assert view.view.x == pytest.approx(0.25 - 64 / WIDTH / 2)


def test_what_is_drawn_is_seen_where_it_is_and_piece_by_piece_as_at_once(view: PictureView, layer: EditLayer) -> None:
    for shown in (WHOLE, View(0.2, 0.3, 0.13, 0.13)):
        view.set_view(shown)
        pixels(view)
        stroke(layer, (200, 120), (240, 160), (300, 150))
        # Only what the stroke touched has been painted again.
        QTest.qWait(1)
        at_once = pixels(view)
        bare = at_once.copy()
        layer.hide()
        bare = pixels(view)
        layer.show()
        changed = np.argwhere((at_once != bare).any(axis=2))
        assert changed.size
        reach = 8 / min(layer.picture_step()) / 2 + 4
        assert changed[:, 0].min() >= 120 - reach
        assert changed[:, 1].max() <= 300 + reach
        layer.undo()


def test_the_layer_takes_its_keys_from_the_page_and_leaves_it_the_others(layer: EditLayer) -> None:
    def taken(key: Qt.Key, modifiers: Qt.KeyboardModifier = NO_KEYS) -> bool:
        event = QKeyEvent(QEvent.Type.ShortcutOverride, key, modifiers)
        event.ignore()
        layer.eventFilter(layer, event)
        return event.isAccepted()

    assert taken(Qt.Key.Key_Z, CONTROL)
    assert taken(Qt.Key.Key_E)
    assert not taken(Qt.Key.Key_C)
    assert not taken(Qt.Key.Key_Escape)
    layer.set_tool(Tool.LINE)
    tap(layer, 100, 100)
    assert taken(Qt.Key.Key_Escape)


def test_the_tip_goes_through_its_widths(layer: EditLayer) -> None:
    layer.set_width(8)
    QTest.keyClick(layer, Qt.Key.Key_BracketRight)
    assert layer.tip_width == 12
    layer.step_width(-100)
    assert layer.tip_width == 1
    layer.step_width(100)
    assert layer.tip_width == 128


def test_nothing_else_lies_over_the_picture_while_it_is_drawn_on(view: PictureView, layer: EditLayer) -> None:
    assert view.loaded is not None
    layer.end()
    view.set_swipe(0.2)
    seen = pixels(view)
    layer.begin(view.loaded, None)
    bare = pixels(view)
    x, y, w, h = REGIONS[0]
    assert (bare[y : y + h, x : x + w] != seen[y : y + h, x : x + w]).any()
    assert np.array_equal(bare[50:100, 150:250], seen[50:100, 150:250])
    layer.end()
    assert np.array_equal(pixels(view), seen)


def test_the_end_lets_go_of_everything(view: PictureView, layer: EditLayer) -> None:
    stroke(layer, (100, 100), (200, 100))
    layer.end()
    assert not layer.isVisible()
    assert not layer.is_changed
    view.resize(500, 400)
    assert layer.size() == view.size()
    assert view.to_picture(QPointF(0, 0)).x() <= 0.5
