from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QSlider, QToolButton
from pytestqt.qtbot import QtBot

from crackinspector.gui.gallery.filter_form import PICKED, FilterForm
from crackinspector.library.queries import UNSEEN, Query, Sort


@pytest.fixture
def form(qtbot: QtBot) -> FilterForm:
    made = FilterForm()
    qtbot.addWidget(made)
    made.resize(600, 1600)
    made.show()
    return made


def press(form: FilterForm, words: str) -> None:
    (button,) = (each for each in form.findChildren(QToolButton) if each.text() == words and each.isVisible())
    button.click()


def line(form: FilterForm, name: str) -> QLineEdit:
    (found,) = (each for each in form.findChildren(QLineEdit) if each.accessibleName() == name)
    return found


def test_labels_and_verdicts_are_pressed_in_one_by_one(form: FilterForm) -> None:
    for words in ("Crack", "Not analysed", "Unreviewed"):
        press(form, words)
    assert form.query == Query(labels=("positive", UNSEEN), verdicts=("unreviewed",))
    press(form, "Crack")
    assert form.query.labels == (UNSEEN,)


def test_text_is_looked_for_when_the_typing_pauses(form: FilterForm, qtbot: QtBot) -> None:
    told: list[Query] = []
    form.changed.connect(told.append)
    QTest.keyClicks(line(form, "Words to look for"), "pier")
    assert told == []
    qtbot.waitUntil(lambda: bool(told))
    assert told == [Query(text="pier")]
    QTest.keyClicks(line(form, "Words to look for"), "s")
    QTest.keyClick(line(form, "Words to look for"), Qt.Key.Key_Return)
    assert told[1:] == [Query(text="piers")]


def test_the_two_ends_of_the_likelihood_do_not_cross(form: FilterForm) -> None:
    low, high = form.findChildren(QSlider)
    low.setValue(400)
    high.setValue(800)
    assert (form.query.score_from, form.query.score_to) == (0.4, 0.8)
    low.setValue(900)
    assert (form.query.score_from, form.query.score_to) == (0.9, 0.9)
    high.setValue(100)
    assert (form.query.score_from, form.query.score_to) == (0.1, 0.1)
    low.setValue(0)
    high.setValue(1000)
    assert form.query == Query()


def test_periods_and_days(form: FilterForm) -> None:
    press(form, "Today")
    today = date.today().isoformat()
    assert (form.query.since, form.query.until) == (today, None)
    assert line(form, "Taken from").text() == today
    until = line(form, "Taken to")
    QTest.keyClicks(until, "2030")
    QTest.keyClick(until, Qt.Key.Key_Return)
    assert (form.query.since, form.query.until) == (today, "2030")
    press(form, "Any time")
    assert form.query == Query()


def test_what_is_no_date_is_said_and_restricts_nothing(form: FilterForm) -> None:
    since = line(form, "Taken from")
    QTest.keyClicks(since, "tomorrow")
    QTest.keyClick(since, Qt.Key.Key_Return)
    assert form.query == Query()
    assert [label.text() for label in form.findChildren(QLabel) if "“tomorrow” is no date" in label.text()]


def test_the_order_and_its_direction(form: FilterForm) -> None:
    press(form, "Likelihood")
    assert (form.query.sort, form.query.descending) == (Sort.SCORE, True)
    press(form, "Highest first")
    assert not form.query.descending
    press(form, "Name")
    assert (form.query.sort, form.query.descending) == (Sort.NAME, False)
    press(form, "A to Z")
    assert form.query.descending


def test_places_sources_and_tags_are_picked(form: FilterForm) -> None:
    told: list[str] = []
    form.picking.connect(told.append)
    form.show_query(Query(structure="Dam", sources=("camera 1", "drone")))
    buttons = [each for each in form.findChildren(QPushButton) if ": " in each.text()]
    assert [each.text() for each in buttons] == [
        *("Structure: Dam", "Element: any", "Inspection: any", "Source: camera 1, drone", "Tags: any")
    ]
    for button in buttons:
        button.click()
    assert told == [*PICKED]
    form.show_query(Query())
    assert [each.isEnabled() for each in buttons] == [True, False, False, True, True]


def test_showing_a_query_tells_nobody(form: FilterForm, qtbot: QtBot) -> None:
    query = Query(
        **{"labels": ("positive",), "score_from": 0.5, "score_to": 0.9, "since": "2026"},  # type: ignore[arg-type]
        text="pier",
        sort=Sort.ADDED,
    )
    with qtbot.assertNotEmitted(form.changed, wait=350):
        form.show_query(query)
    assert form.query == query
    assert line(form, "Words to look for").text() == "pier"
