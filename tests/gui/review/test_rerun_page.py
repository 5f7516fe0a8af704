from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QProgressBar, QPushButton
from pytestqt.qtbot import QtBot

from crackinspector.gui.models.catalogue import ModelEntry
from crackinspector.gui.review.model_choice import ModelChoice
from crackinspector.gui.review.rerun import Rerun
from crackinspector.gui.review.rerun_page import RerunPage
from tests.gui.review.conftest import Shelf
from tests.gui.review.test_rerun import STAND_IN, rows

LEFT = Qt.MouseButton.LeftButton
ENTRIES = [
    ModelEntry("broken.tflite", Path("broken.tflite"), False, problem="broken.tflite is damaged."),
    ModelEntry("classifier", Path("classifier.tflite"), True),
    ModelEntry("classifier-light", Path("light.tflite"), True),
]


@pytest.fixture
def page(shelf: Shelf, qtbot: QtBot) -> Iterator[RerunPage]:
    rerun = Rerun(shelf.access, program=STAND_IN)
    made = RerunPage(rerun, lambda more: ENTRIES)
    qtbot.addWidget(made)
    made.resize(720, 1280)
    made.show()
    made.ask(rows(shelf))
    qtbot.waitUntil(lambda: bool(choices(made)))
    yield made
    rerun.close()


def choices(page: RerunPage) -> list[ModelChoice]:
    return [view for view in page.findChildren(ModelChoice) if view.isVisible()]


def button(page: RerunPage, word: str) -> QPushButton:
    return next(each for each in page.findChildren(QPushButton) if each.text() == word)


def words(page: RerunPage) -> str:
    return "\n".join(each.text() for each in page.findChildren(QLabel) if each.isVisible())


def test_models_are_offered_and_a_broken_one_says_why_not(page: RerunPage) -> None:
    broken, classifier, light = choices(page)
    assert [broken.isEnabled(), classifier.isEnabled(), light.isEnabled()] == [False, True, True]
    assert "broken.tflite is damaged." in words(page)
    assert "5 snapshots." in words(page)
    assert classifier.isChecked()
    QTest.mouseClick(light, LEFT)
    assert [classifier.isChecked(), light.isChecked()] == [False, True]


def test_a_model_looks_and_it_is_told_what_changed(page: RerunPage, shelf: Shelf, qtbot: QtBot) -> None:
    QTest.mouseClick(button(page, "Look again"), LEFT)
    (bar,) = page.findChildren(QProgressBar)
    assert bar.isVisible()
    assert button(page, "Stop").isVisible()
    assert not any(view.isEnabled() for view in choices(page))
    qtbot.waitUntil(lambda: "Done: 2 with another label" in words(page), timeout=60_000)
    assert not bar.isVisible()
    assert button(page, "Look again").isEnabled()
    assert {row.model for row in rows(shelf)} == {"stand-in"}


def test_a_run_can_be_stopped_and_begun_again(page: RerunPage, qtbot: QtBot) -> None:
    QTest.mouseClick(button(page, "Look again"), LEFT)
    QTest.mouseClick(button(page, "Stop"), LEFT)
    qtbot.waitUntil(lambda: "Stopped: " in words(page), timeout=60_000)
    QTest.mouseClick(button(page, "Look again"), LEFT)
    qtbot.waitUntil(lambda: "Done: " in words(page), timeout=60_000)
    assert "Stopped: " not in words(page)


def test_what_could_not_be_read_is_told_with_what_was_done(page: RerunPage, shelf: Shelf, qtbot: QtBot) -> None:
    gone = rows(shelf)[0].picture
    gone.unlink()
    QTest.mouseClick(button(page, "Look again"), LEFT)
    qtbot.waitUntil(lambda: "1 unreadable" in words(page) and str(gone) in words(page), timeout=60_000)


def test_without_snapshots_there_is_nothing_to_begin(page: RerunPage) -> None:
    page.ask([])
    assert not button(page, "Look again").isEnabled()
