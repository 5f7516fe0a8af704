from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QDrag, QPointingDevice
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QScroller
from pytestqt.qtbot import QtBot

from crackinspector.gui.gallery import touch
from crackinspector.gui.gallery import view as module
from crackinspector.gui.gallery.model import GalleryModel
from crackinspector.gui.gallery.thumbnails import Thumbnails
from crackinspector.gui.gallery.view import SnapshotView
from crackinspector.gui.library.access import LibraryAccess
from crackinspector.library import verdicts
from crackinspector.library.queries import Query, Row
from tests.gui.gallery.conftest import COUNT

LEFT = Qt.MouseButton.LeftButton
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
Key = Qt.Key


@pytest.fixture
def view(model: GalleryModel, thumbnails: Thumbnails, qtbot: QtBot) -> Iterator[SnapshotView]:
    """Five columns, about three rows of them on screen."""
    made = SnapshotView(model, thumbnails)
    qtbot.addWidget(made)
    made.resize(1280, 720)
    with qtbot.waitExposed(made):
        made.show()
    made.setFocus()
    assert made.cells.columns == 5
    yield made
    QScroller.scroller(made.viewport()).stop()


def at(view: SnapshotView, position: int) -> QPoint:
    return view.visualRect(view.model().index(position, 0)).center()


def positions(view: SnapshotView) -> list[int]:
    numbers = view._list.numbers.tolist()
    return [numbers.index(number) for number in view.chosen]


def row_at(view: SnapshotView, qtbot: QtBot, position: int) -> Row:
    qtbot.waitUntil(lambda: view._list.row_at(position) is not None)
    row = view._list.row_at(position)
    assert row is not None
    return row


def touched(view: SnapshotView) -> Callable[[], QTest.QTouchEventSequence]:
    device = QTest.createTouchDevice()
    assert isinstance(device, QPointingDevice)
    return lambda: QTest.touchEvent(view.viewport(), device)


def test_only_what_is_on_screen_gets_a_thumbnail(view: SnapshotView, thumbnails: Thumbnails, qtbot: QtBot) -> None:
    last = row_at(view, qtbot, view.shown.stop - 1)
    qtbot.waitUntil(lambda: thumbnails.get(last) is not None)
    assert view.shown == range(0, 15)
    assert view._list.row_at(COUNT - 1) is None


@pytest.mark.parametrize(
    ("keys", "position"),
    [
        ([Key.Key_Right], 1),
        ([Key.Key_Down], 5),
        ([Key.Key_Down, Key.Key_Up], 0),
        ([Key.Key_Up], 0),
        ([Key.Key_Left], 0),
        ([Key.Key_End], COUNT - 1),
        ([Key.Key_End, Key.Key_Down], COUNT - 1),
        ([Key.Key_End, Key.Key_Home], 0),
        ([Key.Key_PageDown], 10),
        ([Key.Key_PageDown, Key.Key_PageUp], 0),
    ],
)
def test_keys_move(view: SnapshotView, qtbot: QtBot, keys: list[Qt.Key], position: int) -> None:
    view.show_position(0)
    for key in keys:
        QTest.keyClick(view, key)
    assert view.position == position
    assert positions(view) in ([position], [])
    assert view.viewport().rect().contains(at(view, position))


def test_from_the_last_row_but_one_down_leads_into_a_shorter_last(
    view: SnapshotView, model: GalleryModel, qtbot: QtBot
) -> None:
    model.set_numbers(model.numbers[:12].tolist())
    view.show_position(9)
    QTest.keyClick(view, Key.Key_Down)
    assert view.position == 11


def test_who_comes_by_the_keyboard_begins_at_the_beginning(view: SnapshotView) -> None:
    assert view.position == 0 and view.chosen == []


def test_clicks_choose_as_everywhere(view: SnapshotView, qtbot: QtBot) -> None:
    port = view.viewport()
    QTest.mouseClick(port, LEFT, pos=at(view, 2))
    assert positions(view) == [2]
    QTest.mouseClick(port, LEFT, SHIFT, pos=at(view, 6))
    assert positions(view) == [2, 3, 4, 5, 6]
    QTest.mouseClick(port, LEFT, CONTROL, pos=at(view, 4))
    assert positions(view) == [2, 3, 5, 6]
    QTest.mouseClick(port, LEFT, CONTROL, pos=at(view, 12))
    assert positions(view) == [2, 3, 5, 6, 12]
    assert view.chosen_count == 5
    QTest.mouseClick(port, LEFT, pos=QPoint(1, 1))
    assert positions(view) == []


def test_shift_and_arrows_choose_a_stretch(view: SnapshotView, qtbot: QtBot) -> None:
    QTest.mouseClick(view.viewport(), LEFT, pos=at(view, 3))
    QTest.keyClick(view, Key.Key_Down, SHIFT)
    assert positions(view) == [3, 4, 5, 6, 7, 8]


def test_control_a_chooses_all(view: SnapshotView, qtbot: QtBot) -> None:
    QTest.keyClick(view, Key.Key_A, CONTROL)
    assert view.chosen == view._list.numbers.tolist()


def test_enter_and_a_double_click_open(view: SnapshotView, qtbot: QtBot) -> None:
    view.show_position(4)
    with qtbot.waitSignal(view.opened) as opened:
        QTest.keyClick(view, Key.Key_Return)
    assert opened.args == [4]
    with qtbot.waitSignal(view.opened) as opened:
        QTest.mouseDClick(view.viewport(), LEFT, pos=at(view, 7))
    assert opened.args == [7]


def test_letters_are_the_pages(view: SnapshotView, qtbot: QtBot) -> None:
    view.show_position(4)
    QTest.keyClick(view, Key.Key_C)
    assert view.position == 4


def test_a_tap_opens_and_chooses_while_choosing(view: SnapshotView, qtbot: QtBot) -> None:
    touch_event = touched(view)
    with qtbot.waitSignal(view.opened) as opened:
        touch_event().press(0, at(view, 6)).commit()
        touch_event().release(0, at(view, 6)).commit()
    assert opened.args == [6] and view.chosen == []
    view.set_choosing(True)
    with qtbot.assertNotEmitted(view.opened):
        for position in (6, 7, 6):
            touch_event().press(0, at(view, position)).commit()
            touch_event().release(0, at(view, position)).commit()
    assert positions(view) == [7]
    view.set_choosing(False)
    assert view.chosen == []


def test_a_finger_that_stays_holds_and_does_not_tap(
    view: SnapshotView, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    view._finger._hold.setInterval(1)
    touch_event = touched(view)
    with qtbot.assertNotEmitted(view.opened):
        with qtbot.waitSignal(view.held) as held:
            touch_event().press(0, at(view, 1)).commit()
        touch_event().release(0, at(view, 1)).commit()
    assert held.args == [1]
    assert touch.HOLD_MS > 300


def test_a_flick_scrolls_on_and_the_finger_that_stops_it_opens_nothing(view: SnapshotView, qtbot: QtBot) -> None:
    touch_event = touched(view)
    begin = QPoint(500, 500)
    with qtbot.assertNotEmitted(view.opened):
        touch_event().press(0, begin).commit()
        for step in range(1, 6):
            qtbot.wait(10)
            touch_event().move(0, begin - QPoint(0, 60 * step)).commit()
        touch_event().release(0, begin - QPoint(0, 300)).commit()
        after = view.verticalOffset()
        assert after > 100
        qtbot.waitUntil(lambda: view.verticalOffset() > after)
        touch_event().press(0, begin).commit()
        touch_event().release(0, begin).commit()
    assert view.chosen == []


def test_what_is_chosen_stays_chosen_and_in_place_when_the_list_changes(
    view: SnapshotView, model: GalleryModel, access: LibraryAccess, qtbot: QtBot
) -> None:
    for position in (1, 16, 17, 30):
        index = model.index(position)
        view.selectionModel().select(index, view.selectionModel().SelectionFlag.Select)
    view.show_position(17)
    view.verticalScrollBar().setValue(view.cells.place(15).top() + 20)
    chosen, first, row = view.chosen, int(model.numbers[view.shown.start]), row_at(view, qtbot, view.shown.start)
    gone = row_at(view, qtbot, 17)
    before = at(view, view.shown.start)
    with qtbot.waitSignal(model.modelReset):
        access.write(lambda library: verdicts.put_into_bin(library, [gone.id], "bob"))
    assert view.chosen == [number for number in chosen if number != gone.number]
    assert int(model.numbers[view.shown.start]) == first == row.number
    assert at(view, view.shown.start) == before


def test_at_the_very_top_what_is_new_comes_into_sight(view: SnapshotView, model: GalleryModel) -> None:
    numbers = model.numbers.tolist()
    model.set_numbers(numbers[5:])
    model.set_numbers(numbers)
    assert view.verticalOffset() == 0


def test_another_width_keeps_what_is_at_the_top(view: SnapshotView, qtbot: QtBot) -> None:
    view.verticalScrollBar().setValue(view.cells.place(20).top())
    top = view.shown.start
    view.resize(720, 1000)
    assert view.cells.columns == 2
    assert top in range(view.shown.start, view.shown.start + view.cells.columns)


def test_chosen_pictures_are_dragged_out(view: SnapshotView, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    dragged: list[list[str]] = []

    def exec_(drag: QDrag, actions: Qt.DropAction) -> Qt.DropAction:
        assert actions == Qt.DropAction.CopyAction
        dragged.append([url.toLocalFile() for url in drag.mimeData().urls()])
        return actions

    monkeypatch.setattr(QDrag, "exec", exec_)
    rows = [row_at(view, qtbot, position) for position in (1, 3)]
    for position in (1, 3):
        QTest.mouseClick(view.viewport(), LEFT, CONTROL, pos=at(view, position))
    port, begin = view.viewport(), at(view, 3)
    QTest.mousePress(port, LEFT, pos=begin)
    for step in (5, 60):
        QTest.mouseMove(port, begin + QPoint(step, 0))
    QTest.mouseRelease(port, LEFT, pos=begin)
    assert dragged == [[str(row.picture) for row in rows]]
    monkeypatch.setattr(module, "MOST_DRAGGED", 1)
    with qtbot.waitSignal(view.too_many):
        view.startDrag(Qt.DropAction.CopyAction)
    assert len(dragged) == 1


def test_what_rushes_by_is_not_made(view: SnapshotView, model: GalleryModel, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[int, int]] = []
    monkeypatch.setattr(model, "show", lambda first, last: asked.append((first, last)))
    monkeypatch.setattr(view._wanting, "speed", lambda: 100.0)
    view.grab()
    assert asked == []
    monkeypatch.setattr(view._wanting, "speed", lambda: 0.0)
    view.grab()
    assert asked == [(view.shown.start, view.shown.stop)]


def test_an_empty_list_is_no_trouble(view: SnapshotView, model: GalleryModel, qtbot: QtBot) -> None:
    with qtbot.waitSignal(model.modelReset):
        model.set_query(Query(text="nowhere"))
    for key in (Key.Key_Down, Key.Key_End, Key.Key_Return):
        QTest.keyClick(view, key)
    QTest.mouseClick(view.viewport(), LEFT, pos=QPoint(30, 30))
    QTest.keyClick(view, Key.Key_A, CONTROL)
    view.show_position(3)
    view.grab()
    assert view.chosen == [] and view.position is None
    assert view.visualRect(view.currentIndex()) == QRect()
