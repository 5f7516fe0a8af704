from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QListView, QPushButton, QToolButton
from pytestqt.qtbot import QtBot

from crackinspector.gui.gallery.side import Side
from crackinspector.gui.library.access import LibraryAccess
from crackinspector.library import verdicts
from crackinspector.library.queries import Query, ids, rows
from crackinspector.library.store import Library

PLACES = (("Bridge", "Pier 1"), ("Bridge", "Pier 2"), ("Dam", "Crest"))


@pytest.fixture
def side(access: LibraryAccess, qtbot: QtBot) -> Side:
    """Of a library with three places and a tag."""

    def arrange(library: Library) -> None:
        every = [row.id for row in rows(library, ids(library, Query())).values()]
        for number, (structure, element) in enumerate(PLACES):
            verdicts.place(library, every[10 * number : 10 * number + 5], structure, element, "2026", "ann")
        verdicts.tag(library, every[:7], "wet", "ann")

    made = Side(access)
    qtbot.addWidget(made)
    made.resize(720, 1280)
    made.show()
    with qtbot.waitSignal(access.changed):
        access.write(arrange)
    return made


def names(side: Side, qtbot: QtBot) -> list[str]:
    """What the list offers."""
    (view,) = (each for each in side.findChildren(QListView) if each.isVisible())
    qtbot.waitUntil(lambda: view.model().rowCount() > 0)
    return [str(view.model().index(row, 0).data()).split("   ")[0] for row in range(view.model().rowCount())]


def pick(side: Side, qtbot: QtBot, name: str) -> None:
    row = names(side, qtbot).index(name)
    (view,) = (each for each in side.findChildren(QListView) if each.isVisible())
    at = view.visualRect(view.model().index(row, 0)).center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=at)


def press(side: Side, words: str) -> None:
    buttons = [*side.findChildren(QPushButton), *side.findChildren(QToolButton)]
    (button,) = (each for each in buttons if each.text() == words and each.isVisible())
    button.click()


def test_places_are_picked_level_by_level(side: Side, qtbot: QtBot) -> None:
    told: list[Query] = []
    side.changed.connect(told.append)
    press(side, "Structure: any")
    assert names(side, qtbot) == ["Any", "No place", "Bridge", "Dam"]
    pick(side, qtbot, "Bridge")
    press(side, "Element: any")
    assert names(side, qtbot) == ["Any", "Pier 1", "Pier 2"]
    pick(side, qtbot, "Pier 2")
    press(side, "Inspection: any")
    pick(side, qtbot, "2026")
    assert told[-1] == Query(structure="Bridge", element="Pier 2", inspection="2026")
    press(side, "Structure: Bridge")
    pick(side, qtbot, "Any")
    assert told[-1] == Query()


def test_a_finger_picks(side: Side, qtbot: QtBot) -> None:
    press(side, "Structure: any")
    row = names(side, qtbot).index("Dam")
    (view,) = (each for each in side.findChildren(QListView) if each.isVisible())
    at = QPoint(60, view.visualRect(view.model().index(row, 0)).center().y())
    device = QTest.createTouchDevice()
    with qtbot.waitSignal(side.changed) as changed:
        QTest.touchEvent(view.viewport(), device).press(0, at, view.viewport()).commit()
        QTest.touchEvent(view.viewport(), device).release(0, at, view.viewport()).commit()
    assert changed.args == [Query(structure="Dam")]


def test_several_tags_and_sources_can_be_picked(side: Side, qtbot: QtBot) -> None:
    for button, name in (("Source: any", "camera 1"), ("Source: camera 1", "camera 2"), ("Tags: any", "wet")):
        press(side, button)
        pick(side, qtbot, name)
    assert side.filter.query == Query(sources=("camera 1", "camera 2"), tags=("wet",))
    press(side, "Tags: wet")
    pick(side, qtbot, "wet")
    assert side.filter.query.tags == ()
    press(side, "Clear all")
    assert side.filter.query == Query()


def test_a_name_is_looked_for_where_there_are_many(side: Side, access: LibraryAccess, qtbot: QtBot) -> None:
    def tag(library: Library) -> None:
        (name, *_) = [row.id for row in rows(library, ids(library, Query())).values()]
        for number in range(15):
            verdicts.tag(library, [name], f"tag {number}", "ann")

    with qtbot.waitSignal(access.changed):
        access.write(tag)
    press(side, "Tags: any")
    assert len(names(side, qtbot)) == 17
    (line,) = (each for each in side.findChildren(QLineEdit) if each.isVisible())
    QTest.keyClicks(line, "G 14")
    assert names(side, qtbot) == ["tag 14"]


def test_a_tag_is_typed_or_picked_and_put_on_or_taken_off(side: Side, qtbot: QtBot) -> None:
    told: list[tuple[str, bool]] = []
    side.tagged.connect(lambda name, on: told.append((name, on)))
    side.show_tag_form()
    assert names(side, qtbot) == ["wet"]
    (line,) = (each for each in side.findChildren(QLineEdit) if each.isVisible())
    QTest.keyClicks(line, " urgent ")
    press(side, "Put this tag on")
    side.show_tag_form()
    press(side, "Take off")
    pick(side, qtbot, "wet")
    assert told == [("urgent", True), ("wet", False)]
    assert side.on_filter


def placed_at(access: LibraryAccess, structure: str, element: str) -> list[int]:
    with Library(access.folder, write=False) as library:
        return ids(library, Query(structure=structure, element=element))


def place_lines(side: Side, qtbot: QtBot, numbers: list[int]) -> list[QLineEdit]:
    """The fields of the form for these, once it knows them."""
    side.show_place_form(numbers)
    (button,) = (each for each in side.findChildren(QPushButton) if each.text() == "Set place")
    assert not button.isEnabled()
    qtbot.waitUntil(button.isEnabled)
    lines = [each for each in side.findChildren(QLineEdit) if each.isVisible()]
    assert [each.completer().model().rowCount() for each in lines] == [2, 3, 1]
    return lines


def test_a_place_is_typed(side: Side, access: LibraryAccess, qtbot: QtBot) -> None:
    lines = place_lines(side, qtbot, placed_at(access, "Bridge", "Pier 1"))
    assert [each.text() for each in lines] == ["Bridge", "Pier 1", "2026"]
    # Not typed: the list that comes up is a window, which the offscreen platform warns of.
    lines[1].setText("Pier 9")
    lines[2].setText("")
    with qtbot.waitSignal(side.placed) as placed:
        press(side, "Set place")
    assert placed.args == [None, "Pier 9", ""]


def test_of_many_places_only_what_was_typed_is_given(side: Side, access: LibraryAccess, qtbot: QtBot) -> None:
    bridge, dam = placed_at(access, "Bridge", "Pier 1"), placed_at(access, "Dam", "Crest")
    lines = place_lines(side, qtbot, [*bridge, *dam])
    assert [each.text() for each in lines] == ["", "", "2026"]
    assert [bool(each.placeholderText()) for each in lines] == [True, True, False]
    lines[2].setText("2027")
    side.show_chosen(bridge)
    qtbot.waitUntil(lambda: lines[0].text() == "Bridge")
    assert [each.text() for each in lines] == ["Bridge", "Pier 1", "2027"]
    with qtbot.waitSignal(side.placed) as placed:
        press(side, "Set place")
    assert placed.args == [None, None, "2027"]


def test_the_way_back_leads_to_the_filter_and_then_to_the_list(side: Side, qtbot: QtBot) -> None:
    press(side, "Structure: any")
    with qtbot.assertNotEmitted(side.closed):
        press(side, "Back")
    assert side.on_filter
    with qtbot.waitSignal(side.closed):
        press(side, "Back")
    side.show_count(12_345)
    with qtbot.waitSignal(side.closed):
        press(side, "Show 12\N{NARROW NO-BREAK SPACE}345 pictures")
    QApplication.processEvents()
    side.set_beside(True)
    assert not [each for each in side.findChildren(QToolButton) if each.text() == "Back" and each.isVisible()]
