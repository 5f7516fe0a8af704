from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QToolButton
from pytestqt.qtbot import QtBot

from crackinspector.gui.gallery.empty import EmptyState
from crackinspector.gui.gallery.header import Header
from crackinspector.gui.gallery.page import GalleryPage
from crackinspector.gui.gallery.undo_bar import UndoBar
from crackinspector.gui.library.access import LibraryAccess
from crackinspector.gui.look import Look, Metrics, apply_look
from crackinspector.library import queries, verdicts
from crackinspector.library.queries import Query
from crackinspector.library.store import Library
from tests.gui.gallery.conftest import COUNT

Key = Qt.Key
Make = Callable[[LibraryAccess], GalleryPage]


@pytest.fixture
def make(qtbot: QtBot) -> Iterator[Make]:
    made: list[GalleryPage] = []

    def new(access: LibraryAccess) -> GalleryPage:
        page = GalleryPage(access)
        qtbot.addWidget(page)
        page.resize(1280, 720)
        page.show()
        made.append(page)
        return page

    yield new
    for page in made:
        assert page.stop()


@pytest.fixture
def page(make: Make, access: LibraryAccess, qtbot: QtBot) -> GalleryPage:
    """A page whose first rows have come."""
    made = make(access)
    qtbot.waitUntil(lambda: made.model.loaded and made.model.row_at(9) is not None)
    made.view.setFocus()
    return made


def press(page: GalleryPage, words: str) -> None:
    buttons = [*page.findChildren(QPushButton), *page.findChildren(QToolButton)]
    (button,) = (each for each in buttons if each.text() == words and each.isVisible())
    assert button.isEnabled()
    button.click()


def said(page: GalleryPage) -> str:
    (bar,) = page.findChildren(UndoBar)
    return bar.words


def head(page: GalleryPage) -> tuple[str, str]:
    (header,) = page.findChildren(Header)
    return header.title, header.count_words


def why_empty(page: GalleryPage) -> str:
    (empty,) = page.findChildren(EmptyState)
    return empty.words if empty.isVisible() else ""


def choose(page: GalleryPage, *positions: int) -> list[int]:
    for position in positions:
        index = page.model.index(position)
        page.view.selectionModel().select(index, page.view.selectionModel().SelectionFlag.Select)
    return page.view.chosen


def decided(folder: Path, number: int) -> str:
    with Library(folder, write=False) as library:
        return queries.rows(library, [number])[number].verdict


def test_it_says_how_many_there_are_and_opens_one(page: GalleryPage, qtbot: QtBot) -> None:
    assert head(page) == ("Gallery", "40 pictures")
    with qtbot.waitSignal(page.opened) as opened:
        QTest.mouseDClick(
            page.view.viewport(),
            Qt.MouseButton.LeftButton,
            pos=page.view.visualRect(page.model.index(6)).center(),
        )
    assert opened.args == [page.model.numbers.tolist(), 6]


def test_the_filter_opens_in_the_lists_place_and_its_chips_let_go(page: GalleryPage, qtbot: QtBot) -> None:
    press(page, "Filter")
    assert not page.view.isVisible()
    press(page, "Crack")
    qtbot.waitUntil(lambda: len(page.model.numbers) == COUNT // 2)
    press(page, "Show 20 pictures")
    assert page.view.isVisible() and head(page) == ("Gallery", "20 pictures")
    press(page, "Filter · 1")
    page.side.go_back()
    press(page, "Crack")
    qtbot.waitUntil(lambda: len(page.model.numbers) == COUNT)
    assert page.query == Query()


def test_on_a_desk_the_filter_lies_beside_the_list(
    make: Make, access: LibraryAccess, qtbot: QtBot, qapp: QApplication
) -> None:
    apply_look(qapp, Look("dark", Metrics.of(96 / 25.4, 600, 1000)))
    page = make(access)
    page.resize(1600, 1000)
    qtbot.waitUntil(lambda: page.model.loaded)
    assert page.view.isVisible() and page.side.isVisible()
    assert page.side.geometry().right() < page.view.mapTo(page, QPoint(0, 0)).x()
    press(page, "Filter")
    assert page.view.isVisible() and not page.side.isVisible()
    press(page, "Filter")
    assert page.side.isVisible()
    page.resize(700, 1000)
    assert page.view.isVisible() and not page.side.isVisible()


def test_keys_decide_on_the_chosen_and_undo_takes_back(page: GalleryPage, folder: Path, qtbot: QtBot) -> None:
    numbers = choose(page, 1, 2)
    QTest.keyClick(page.view, Key.Key_C)
    qtbot.waitUntil(lambda: said(page) == "2 confirmed.")
    assert {decided(folder, number) for number in numbers} == {"confirmed"}
    press(page, "Undo")
    qtbot.waitUntil(lambda: said(page) == "Taken back for 2.")
    assert {decided(folder, number) for number in numbers} == {"unreviewed"}
    for key, verdict in ((Key.Key_R, "rejected"), (Key.Key_U, "unsure")):
        QTest.keyClick(page.view, key)
        qtbot.waitUntil(lambda verdict=verdict: decided(folder, numbers[0]) == verdict)  # type: ignore[misc]
    qtbot.waitUntil(lambda: "unsure" in said(page))
    QTest.keyClick(page.view, Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: decided(folder, numbers[0]) == "rejected")
    qtbot.waitUntil(lambda: "Taken back" in said(page))


def test_letters_are_taken_from_the_window_only_for_the_chosen(page: GalleryPage) -> None:
    def override(key: Qt.Key) -> bool:
        event = QKeyEvent(QEvent.Type.ShortcutOverride, key.value, Qt.KeyboardModifier.NoModifier)
        event.ignore()
        QApplication.sendEvent(page.view, event)
        return event.isAccepted()

    assert not override(Key.Key_C) and not override(Key.Key_Escape)
    choose(page, 1)
    assert override(Key.Key_C) and override(Key.Key_Delete) and not override(Key.Key_T)
    page.view.set_choosing(True)
    assert override(Key.Key_Escape)


def test_delete_puts_into_the_bin_from_which_it_is_restored(page: GalleryPage, qtbot: QtBot) -> None:
    (number,) = choose(page, 3)
    QTest.keyClick(page.view, Key.Key_Delete)
    qtbot.waitUntil(lambda: len(page.model.numbers) == COUNT - 1)
    assert said(page) == "1 put into the bin."
    page.show_binned()
    assert said(page) == ""
    qtbot.waitUntil(lambda: page.model.numbers.tolist() == [number])
    assert head(page) == ("Bin", "1 picture")
    press(page, "Choose")
    press(page, "All")
    press(page, "Restore")
    qtbot.waitUntil(lambda: len(page.model.numbers) == 0)
    assert "The bin is empty" in why_empty(page)
    press(page, "Leave the bin")
    qtbot.waitUntil(lambda: len(page.model.numbers) == COUNT)
    assert head(page)[0] == "Gallery"


def test_a_finger_that_stays_begins_to_choose(page: GalleryPage, qtbot: QtBot) -> None:
    page.view.held.emit(4)
    assert page.view.choosing and page.view.chosen == [page.model.numbers[4]]
    assert head(page)[0] == "1 chosen"
    press(page, "All")
    assert head(page)[0] == "40 chosen"
    press(page, "Done")
    assert head(page)[0] == "Gallery" and page.view.chosen == []


def test_the_chosen_get_tags_and_places(page: GalleryPage, access: LibraryAccess, folder: Path, qtbot: QtBot) -> None:
    page.view.held.emit(4)
    press(page, "Tag")
    page.side.tagged.emit("wet", True)
    qtbot.waitUntil(lambda: said(page) == "“wet” put on 1.")
    page.side.closed.emit()
    page.view.held.emit(5)
    press(page, "Place")
    page.side.placed.emit("Dam", "Crest", "2026")
    qtbot.waitUntil(lambda: "new place" in said(page))
    with Library(folder, write=False) as library:
        assert len(queries.ids(library, Query(tags=("wet",)))) == 1
        assert queries.places_of(library, page.view.chosen) == [("Dam", "Crest", "2026")]
    assert page.view.chosen_count == 2


def test_more_can_be_done_to_the_same_snapshots_until_they_are_binned(page: GalleryPage, qtbot: QtBot) -> None:
    page.view.held.emit(4)
    chosen = choose(page, 7)
    press(page, "Confirm")
    qtbot.waitUntil(lambda: said(page) == "2 confirmed.")
    qtbot.waitUntil(lambda: (row := page.model.row_at(7)) is not None and row.verdict == "confirmed")
    assert page.view.choosing and page.view.chosen == chosen
    page.side.tagged.emit("wet", True)
    page.side.placed.emit("Dam", None, None)
    qtbot.waitUntil(lambda: said(page) == "2 have a new place.")
    assert page.view.chosen == chosen
    press(page, "Bin")
    qtbot.waitUntil(lambda: not page.view.choosing)
    qtbot.waitUntil(lambda: said(page) == "2 put into the bin.")


def test_two_are_compared(page: GalleryPage, qtbot: QtBot) -> None:
    page.view.held.emit(2)
    choose(page, 5)
    with qtbot.waitSignal(page.compare) as compared:
        press(page, "Compare")
    assert compared.args == [page.model.numbers[[2, 5]].tolist()]


def test_back_leads_out_step_by_step(page: GalleryPage, qtbot: QtBot) -> None:
    page.show_binned()
    qtbot.waitUntil(lambda: head(page) == ("Bin", "0 pictures"))
    with qtbot.assertNotEmitted(page.back):
        QTest.keyClick(page, Key.Key_Escape)
    assert not page.query.binned and "The bin is empty" in why_empty(page)
    qtbot.waitUntil(lambda: page.view.isVisible())
    press(page, "Filter")
    with qtbot.assertNotEmitted(page.back):
        QTest.keyClick(page, Key.Key_Escape)
    assert page.view.isVisible()
    page.view.held.emit(1)
    with qtbot.assertNotEmitted(page.back):
        QTest.keyClick(page, Key.Key_Escape)
    assert not page.view.choosing
    with qtbot.waitSignal(page.back):
        QTest.keyClick(page, Key.Key_Escape)


def test_control_f_looks_for_words(page: GalleryPage, qtbot: QtBot) -> None:
    QTest.keyClick(page.view, Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert page.side.isVisible()
    line = QApplication.focusWidget()
    assert isinstance(line, QLineEdit)
    QTest.keyClicks(line, "wall7")
    qtbot.waitUntil(lambda: len(page.model.numbers) == 1)


def test_the_menu_asks_for_what_is_elsewhere(page: GalleryPage, access: LibraryAccess, qtbot: QtBot) -> None:
    (header,) = page.findChildren(Header)
    for name, signal in (("agreement", page.agreement), ("add", page.add_pictures)):
        with qtbot.waitSignal(signal):
            header.wanted.emit(name)
    row = page.model.row_at(2)
    assert row is not None
    access.write(lambda library: verdicts.place(library, [row.id], "Dam", "", "", "ann"))
    qtbot.waitUntil(lambda: (now := page.model.row_at(2)) is not None and now.structure == "Dam")
    choose(page, 2)
    with qtbot.waitSignal(page.report) as report:
        header.wanted.emit("report")
    assert report.args == ["Dam"]
    page.show_query(Query(structure="Bridge"))
    with qtbot.waitSignal(page.report) as report:
        header.wanted.emit("report")
    assert report.args == ["Bridge"]


def test_the_crack_map_can_be_taken_off(page: GalleryPage) -> None:
    assert page.thumbnails.with_map
    press(page, "Heat map")
    assert not page.thumbnails.with_map


def test_nothing_fits_says_so_and_how_to_go_on(page: GalleryPage, qtbot: QtBot) -> None:
    page.show_query(Query(text="nowhere"))
    qtbot.waitUntil(lambda: "Nothing fits" in why_empty(page))
    (empty,) = page.findChildren(EmptyState)
    empty.pressed.emit()
    qtbot.waitUntil(lambda: len(page.model.numbers) == COUNT)
    assert page.view.isVisible() and page.side.filter.query == Query()


def test_an_empty_library_asks_for_pictures(make: Make, tmp_path: Path, qtbot: QtBot) -> None:
    access = LibraryAccess(tmp_path / "new", "ann", create=True)
    page = make(access)
    qtbot.waitUntil(lambda: "No pictures yet" in why_empty(page))
    with qtbot.waitSignal(page.add_pictures):
        press(page, "Add pictures…")
    assert access.close()
    access.deleteLater()


def test_a_library_that_cannot_be_opened_says_why_and_can_be_tried_again(
    make: Make, tmp_path: Path, qtbot: QtBot
) -> None:
    access = LibraryAccess(tmp_path / "new", "ann")
    page = make(access)
    qtbot.waitUntil(lambda: "There is no library" in why_empty(page))
    with Library(tmp_path / "new", create=True):
        pass
    press(page, "Try again")
    qtbot.waitUntil(lambda: "No pictures yet" in why_empty(page))
    assert access.close()
    access.deleteLater()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_read_only_library_can_be_looked_at(make: Make, folder: Path, qtbot: QtBot) -> None:
    check_read_only(make, folder, qtbot, lambda: folder.chmod(0o555))
    folder.chmod(0o755)


def test_what_can_only_be_read_offers_no_writing(
    make: Make, folder: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    access_ = os.access
    monkeypatch.setattr(os, "access", lambda path, mode: mode != os.W_OK and access_(path, mode))
    check_read_only(make, folder, qtbot, lambda: None)


def check_read_only(make: Make, folder: Path, qtbot: QtBot, forbid: Callable[[], None]) -> None:
    forbid()
    access = LibraryAccess(folder, "ann")
    page = make(access)
    qtbot.waitUntil(lambda: page.model.loaded and access.read_only and access.state is not None)
    choose(page, 1)
    page.view.held.emit(2)
    buttons = {each.text(): each.isEnabled() for each in page.findChildren(QToolButton) if each.isVisible()}
    assert buttons["Compare"] and not any(buttons[each] for each in ("Confirm", "Reject", "Unsure", "Tag", "Bin"))
    QTest.keyClick(page.view, Key.Key_C)
    qtbot.wait(50)
    assert said(page) == "" and page.view.chosen_count == 2
    assert access.close()
    access.deleteLater()


def test_what_another_program_adds_appears(page: GalleryPage, folder: Path, qtbot: QtBot) -> None:
    from tests.library.makers import fill

    with Library(folder) as library:
        fill(library, [COUNT])
    qtbot.waitUntil(lambda: len(page.model.numbers) == COUNT + 1, timeout=8000)
    assert head(page)[1] == "41 pictures"


def test_it_fits_the_screens_and_follows_language_and_look(page: GalleryPage, qtbot: QtBot, qapp: QApplication) -> None:
    for width, height in ((1280, 720), (720, 1280)):
        page.resize(width, height)
        page.view.held.emit(1)
        qtbot.wait(10)
        assert page.minimumSizeHint().width() <= width and page.minimumSizeHint().height() <= height
        assert page.width() == width
        press(page, "Done")
    QApplication.sendEvent(page, QEvent(QEvent.Type.LanguageChange))
    apply_look(qapp, Look("sunlight", Metrics.of(293 / 25.4, 127, 720)))
    page.grab()
    assert head(page)[0] == "Gallery"
