from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel
from pytestqt.qtbot import QtBot

from crackinspector.core.labels import Label
from crackinspector.gui.review.agreement_page import AgreementPage
from crackinspector.gui.review.confusion_table import ConfusionTable
from crackinspector.gui.review.share_lines import ShareLines
from crackinspector.library import queries, verdicts
from crackinspector.library.confusion import Confusion
from crackinspector.library.events import Verdict
from crackinspector.library.queries import Query
from crackinspector.library.store import Library
from tests.gui.review.conftest import Shelf, detection
from tests.library import makers

POSITIVE, NEGATIVE, UNKNOWN = Label.POSITIVE, Label.NEGATIVE, Label.UNKNOWN


@pytest.fixture
def page(shelf: Shelf, qtbot: QtBot) -> AgreementPage:
    made = AgreementPage(shelf.access)
    qtbot.addWidget(made)
    made.resize(1280, 720)
    return made


def names(library: Library, shelf: Shelf) -> list[str]:
    found = queries.rows(library, shelf.numbers)
    return [found[number].id for number in shelf.numbers]


def decide(shelf: Shelf) -> None:
    """Ann confirms 0 to 2, rejects 3 and is unsure of 4; bob rejects 0; another model sees nothing in 0."""
    with Library(shelf.folder) as library:
        every = names(library, shelf)
        verdicts.decide(library, every[:1], Verdict.REJECTED, "bob")
        verdicts.decide(library, every[:3], Verdict.CONFIRMED, "ann")
        verdicts.decide(library, every[3:4], Verdict.REJECTED, "ann")
        verdicts.decide(library, every[4:5], Verdict.UNSURE, "ann")
        verdicts.place(library, every[:1], "Bridge 7", "", "", "ann")
        other = {**detection(False), "model": {"name": "other", "sha256": "ab" * 32}}
        makers.add_detection(library, every[0], other, None, "ann")


def shown(page: AgreementPage) -> str:
    """All words on the page."""
    labels = [each.text() for each in page.findChildren(QLabel) if each.isVisible()]
    lines = [each.accessibleName() for each in page.findChildren(ShareLines) if each.isVisible()]
    buttons = [each.text() for each in page.findChildren(QAbstractButton) if each.isVisible()]
    return "\n".join([*labels, *lines, *buttons])


def cells(page: AgreementPage) -> dict[str, QAbstractButton]:
    (table,) = page.findChildren(ConfusionTable)
    return {each.accessibleName(): each for each in table.findChildren(QAbstractButton) if each.isVisible()}


def test_before_anybody_decides_it_is_said_what_will_be_here(page: AgreementPage, qtbot: QtBot) -> None:
    page.show()
    qtbot.waitUntil(lambda: "Nobody has decided on a snapshot yet" in shown(page))
    assert cells(page) == {}


def test_the_figures_of_the_model_with_most_snapshots_come_first(
    page: AgreementPage, shelf: Shelf, qtbot: QtBot
) -> None:
    decide(shelf)
    page.show()
    qtbot.waitUntil(lambda: "stand-in" in shown(page))
    words = shown(page)
    assert "People say of 4 snapshots what they show:" in words
    assert "Cracks found: 66.7 %" in words
    assert "Show 1 that people are unsure of" in words
    assert "Bridge 7" in words
    assert "ann and bob" in words
    assert set(cells(page)) == {
        "Model: Crack, people: Crack: 2",
        "Model: No crack, people: Crack: 1",
        "Model: Crack, people: No crack: 0",
        "Model: No crack, people: No crack: 1",
    }


def test_a_cell_opens_its_snapshots(page: AgreementPage, shelf: Shelf, qtbot: QtBot) -> None:
    decide(shelf)
    page.show()
    qtbot.waitUntil(lambda: bool(cells(page)))
    with qtbot.waitSignal(page.opened) as told:
        cells(page)["Model: No crack, people: Crack: 1"].click()  # it may not be laid out yet
    asked = told.args[0]
    assert asked == Query(labels=("negative",), truths=("positive",), model=("stand-in", "cd" * 32))
    with Library(shelf.folder, write=False) as library:
        assert queries.ids(library, asked) == [shelf.numbers[3]]
    assert not cells(page)["Model: Crack, people: No crack: 0"].isEnabled()
    with qtbot.waitSignal(page.opened) as told:
        unsure = next(each for each in page.findChildren(QAbstractButton) if "unsure" in each.text())
        QTest.mouseClick(unsure, Qt.MouseButton.LeftButton)
    assert told.args[0] == Query(verdicts=("unsure",))


def test_another_model_is_a_touch_away_and_the_figures_follow_the_library(
    page: AgreementPage, shelf: Shelf, qtbot: QtBot
) -> None:
    decide(shelf)
    page.show()
    qtbot.waitUntil(lambda: "other" in shown(page))
    other = next(each for each in page.findChildren(QAbstractButton) if each.text() == "other")
    QTest.mouseClick(other, Qt.MouseButton.LeftButton)
    assert "Model: No crack, people: Crack: 1" in cells(page)
    assert "Model: Crack, people: Crack: 0" in cells(page)
    shelf.access.write(lambda library: verdicts.undo(library, names(library, shelf)[0], "ann"))
    qtbot.waitUntil(lambda: "Model: No crack, people: No crack: 1" in cells(page))


def test_only_labels_that_were_given_have_a_row(qtbot: QtBot, page: AgreementPage) -> None:
    table = ConfusionTable()
    qtbot.addWidget(table)
    table.show()
    for confusion, count in (({(POSITIVE, POSITIVE): 3}, 4), ({(NEGATIVE, UNKNOWN): 1, (UNKNOWN, UNKNOWN): 0}, 9)):
        table.show_counts(Confusion(confusion))
        assert sum(each.isVisible() for each in table.findChildren(QAbstractButton)) == count


@pytest.mark.parametrize("size", [(1280, 720), (720, 1280), (1600, 1000)])
def test_nothing_is_cut_off(page: AgreementPage, shelf: Shelf, qtbot: QtBot, size: tuple[int, int]) -> None:
    decide(shelf)
    page.resize(*size)
    page.show()
    qtbot.waitUntil(lambda: bool(cells(page)))
    parts = [*page.findChildren(ConfusionTable), *page.findChildren(ShareLines)]
    # Layouts come after the events.
    qtbot.waitUntil(lambda: all(part.height() >= part.sizeHint().height() for part in parts if part.isVisible()))
    for part in parts:
        if part.isVisible():
            assert page.rect().left() <= part.mapTo(page, part.rect().topLeft()).x()
            assert part.mapTo(page, part.rect().topRight()).x() <= page.rect().right()
