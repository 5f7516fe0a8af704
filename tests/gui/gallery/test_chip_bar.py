from __future__ import annotations

import pytest
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from crackinspector.gui.gallery.chip_bar import ChipBar
from crackinspector.library.queries import Query, Sort

QUERY = Query(labels=("positive",), tags=("wet", "old"), sort=Sort.SCORE)


@pytest.fixture
def bar(qtbot: QtBot) -> ChipBar:
    made = ChipBar()
    qtbot.addWidget(made)
    made.show_query(QUERY)
    return made


def press(bar: ChipBar, words: str) -> None:
    (chip,) = (each for each in bar.findChildren(QToolButton) if each.text() == words and not each.isHidden())
    chip.click()


def test_a_tap_lets_go_of_one(bar: ChipBar, qtbot: QtBot) -> None:
    assert bar.count == 3
    with qtbot.waitSignal(bar.changed) as changed:
        press(bar, "# wet")
    assert changed.args == [Query(labels=("positive",), tags=("old",), sort=Sort.SCORE)]


def test_a_tap_lets_go_of_all_but_the_order(bar: ChipBar, qtbot: QtBot) -> None:
    with qtbot.waitSignal(bar.changed) as changed:
        press(bar, "Clear all")
    assert changed.args == [Query(sort=Sort.SCORE)]


def test_without_restrictions_it_is_not_there(bar: ChipBar) -> None:
    bar.show_query(Query())
    assert bar.isHidden() and bar.count == 0
    bar.show_query(QUERY)
    assert not bar.isHidden() and bar.count == 3
