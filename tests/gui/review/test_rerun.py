"""Another model, as a stand-in in a process of its own."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from crackinspector.gui.review.rerun import Rerun
from crackinspector.library import queries
from crackinspector.library.queries import Row
from crackinspector.library.store import Library
from tests.gui.review.conftest import Shelf

STAND_IN = (sys.executable, "-m", "tests.survey.standin")


@pytest.fixture
def rerun(shelf: Shelf) -> Iterator[Rerun]:
    made = Rerun(shelf.access, program=STAND_IN)
    yield made
    made.close()


def rows(shelf: Shelf) -> list[Row]:
    with Library(shelf.folder, write=False) as library:
        found = queries.rows(library, shelf.numbers)
    return [found[number] for number in shelf.numbers]


def test_several_snapshots_are_looked_at_and_counted(rerun: Rerun, shelf: Shelf, qtbot: QtBot) -> None:
    progress: list[tuple[int, int]] = []
    kept: list[int] = []
    rerun.progress.connect(lambda done, of: progress.append((done, of)))
    rerun.kept.connect(kept.append)
    with qtbot.waitSignal(rerun.finished, timeout=60_000) as told:
        rerun.start(rows(shelf), "classifier")
        busy = [rerun.busy]
    assert [*busy, rerun.busy] == [True, False]
    # The stand-in calls whatever is dark cracked: all five, of which two were not until now.
    assert told.args == ["Done: 2 with another label (2 now with a crack, 0 no more), 3 with the same label."]
    assert progress == [(number, 5) for number in range(6)]
    assert sorted(kept) == sorted(shelf.numbers)
    assert {row.model for row in rows(shelf)} == {"stand-in"}
    with qtbot.waitSignal(rerun.finished, timeout=60_000) as told:
        rerun.start(rows(shelf)[:2], "classifier")
    assert told.args == ["Done: 0 with another label, 2 that this model has seen before."]


def test_of_one_snapshot_its_label_is_told(rerun: Rerun, shelf: Shelf, qtbot: QtBot) -> None:
    with qtbot.waitSignal(rerun.finished, timeout=60_000) as told:
        rerun.start(rows(shelf)[1:2], "classifier")
    assert told.args == ["stand-in says: Crack. Until now it was: No crack."]


def test_a_person_may_be_named_like_an_option(rerun: Rerun, shelf: Shelf, qtbot: QtBot) -> None:
    shelf.access.who = "--quiet"
    with qtbot.waitSignal(rerun.finished, timeout=60_000):
        rerun.start(rows(shelf)[:1], "classifier")
    with Library(shelf.folder, write=False) as library:
        assert library.sidecar(rows(shelf)[0].id).events[-1].who == "--quiet"


def test_a_model_that_cannot_be_used_costs_the_window_nothing(shelf: Shelf, qtbot: QtBot, tmp_path: Path) -> None:
    damaged = tmp_path / "damaged.tflite"
    damaged.write_bytes(b"TFL3" * 100)
    rerun = Rerun(shelf.access)
    with qtbot.waitSignal(rerun.failed, timeout=60_000) as told:
        rerun.start(rows(shelf), str(damaged))
    assert str(damaged) in told.args[0]
    assert not told.args[0].startswith("crackinspector")
    assert not rerun.busy


def test_a_run_can_be_stopped_and_what_was_kept_is_told(rerun: Rerun, shelf: Shelf, qtbot: QtBot) -> None:
    with qtbot.waitSignal(rerun.finished, timeout=60_000) as told:
        rerun.start(rows(shelf), "classifier")
        rerun.cancel()
    assert told.args[0].startswith("Stopped: ")


def test_a_window_that_closes_ends_the_run_and_hears_nothing(rerun: Rerun, shelf: Shelf, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(rerun.finished), qtbot.assertNotEmitted(rerun.failed):
        rerun.start(rows(shelf), "classifier")
        rerun.close()
        qtbot.wait(10)
    assert not rerun.busy


def test_a_program_that_is_not_there_is_said(shelf: Shelf, qtbot: QtBot, tmp_path: Path) -> None:
    rerun = Rerun(shelf.access, program=(str(tmp_path / "nowhere"),))
    with qtbot.waitSignal(rerun.failed):
        rerun.start(rows(shelf), "classifier")
    assert not rerun.busy
