from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from crackinspector.core.errors import StorageError
from crackinspector.core.labels import Label
from crackinspector.gui.review.decisions import Decision, Decisions, decision_words
from crackinspector.gui.review.loaded import Loaded
from crackinspector.library import verdicts
from crackinspector.library.events import Verdict
from crackinspector.library.state import UNREVIEWED
from tests.gui.review.conftest import Shelf, load
from tests.library import makers


@pytest.fixture
def decisions(shelf: Shelf) -> Decisions:
    return Decisions(shelf.access, shelf.access)


@pytest.fixture
def loaded(shelf: Shelf) -> Loaded:
    return load(shelf.folder, shelf.numbers[0])


def told(loaded: Loaded) -> list[str]:
    """The verdicts of the history."""
    return [event.body["verdict"] for event in loaded.sidecar.events if event.kind == "verdict"]


def test_a_verdict_stands_until_the_state_shows_it(
    decisions: Decisions, loaded: Loaded, shelf: Shelf, qtbot: QtBot
) -> None:
    decision = decisions.decide(loaded, Verdict.REJECTED, why="a shadow")
    assert decisions.standing(loaded) is decision and not decision.kept and decisions.waiting == 1
    qtbot.waitUntil(lambda: decision.kept)
    assert decisions.standing(loaded) is decision and decisions.waiting == 0
    after = load(shelf.folder, shelf.numbers[0])
    assert decisions.standing(after) is None
    assert (after.state.judged.verdict, after.state.judged.who, after.state.judged.why) == (
        "rejected",
        "ben",
        "a shadow",
    )
    assert decisions.decided() == {shelf.numbers[0]}


def test_it_can_be_taken_back_before_it_is_written(
    decisions: Decisions, loaded: Loaded, shelf: Shelf, qtbot: QtBot
) -> None:
    decisions.decide(loaded, Verdict.CONFIRMED)
    undone = decisions.undo()
    assert undone is not None and decisions.waiting == 2 and decisions.last is None
    assert decisions.decided() == set()
    qtbot.waitUntil(lambda: decisions.waiting == 0)
    after = load(shelf.folder, shelf.numbers[0])
    assert told(after) == ["confirmed", "withdrawn"] and after.state.judged.verdict == UNREVIEWED
    assert decisions.standing(after) is None
    assert decisions.undo() is None


def test_another_persons_later_verdict_is_not_taken_back(
    decisions: Decisions, loaded: Loaded, shelf: Shelf, qtbot: QtBot
) -> None:
    decisions.decide(loaded, Verdict.CONFIRMED)
    shelf.access.write(lambda library: verdicts.decide(library, [loaded.row.id], Verdict.UNSURE, "ann"))
    undone = decisions.undo()
    qtbot.waitUntil(lambda: decisions.waiting == 0)
    after = load(shelf.folder, shelf.numbers[0])
    assert (after.state.judged.verdict, after.state.judged.who) == ("unsure", "ann")
    assert undone is not None and undone.event is None and decisions.standing(after) is None


def test_what_could_not_be_taken_back_can_be_taken_back_again(
    decisions: Decisions, loaded: Loaded, shelf: Shelf, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    decision = decisions.decide(loaded, Verdict.CONFIRMED)
    qtbot.waitUntil(lambda: decision.kept)

    def full(*args: object, **named: object) -> None:
        raise StorageError("the disk is full; make room")

    with monkeypatch.context() as patch, qtbot.waitSignal(decisions.failed) as failed:
        patch.setattr(verdicts, "undo", full)
        decisions.undo()
    assert failed.args is not None and "full" in failed.args[1]
    assert decisions.last is decision
    decisions.undo()
    qtbot.waitUntil(lambda: decisions.waiting == 0)
    assert load(shelf.folder, shelf.numbers[0]).state.judged.verdict == UNREVIEWED


def test_a_verdict_is_on_what_was_seen_even_if_a_model_has_looked_since(
    decisions: Decisions, loaded: Loaded, shelf: Shelf, qtbot: QtBot
) -> None:
    assert loaded.state.detection is not None
    body = {**loaded.state.detection.body, "label": "negative", "regions": []}
    shelf.access.write(lambda library: makers.add_detection(library, loaded.row.id, body, None, "model"))
    decisions.decide(loaded, Verdict.CONFIRMED)
    qtbot.waitUntil(lambda: decisions.waiting == 0)
    after = load(shelf.folder, shelf.numbers[0])
    assert after.state.label is Label.NEGATIVE and after.state.truth is Label.POSITIVE


def test_a_decision_in_words() -> None:
    decision = Decision(1, "ab", "wall.jpg", None, Verdict.CONFIRMED, Label.NEGATIVE)
    assert decision_words(decision) == "Being written: wall.jpg, Confirmed: there is no crack"
    decision = Decision(1, "ab", "wall.jpg", "ab/0", Verdict.WITHDRAWN, None, kept=True)
    assert decision_words(decision) == "Kept: wall.jpg, taken back, on a finding"
