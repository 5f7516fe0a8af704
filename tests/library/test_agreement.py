from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crackinspector.core.labels import Label
from crackinspector.library import verdicts
from crackinspector.library.agreement import Agreement, agreement
from crackinspector.library.confusion import Confusion, Share
from crackinspector.library.events import Verdict
from crackinspector.library.queries import Query, ids, rows
from crackinspector.library.state import LABELLED
from crackinspector.library.store import Library
from tests.library import makers

POSITIVE, NEGATIVE, UNKNOWN = Label.POSITIVE, Label.NEGATIVE, Label.UNKNOWN
OTHER = {"name": "other", "sha256": "ab" * 32}
STAND_IN = ("stand-in", "cd" * 32)


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    """Eight snapshots by the stand-in: the even ones positive."""
    with Library(tmp_path / "lib", create=True) as opened:
        makers.fill(opened, range(8))
        yield opened


def names(library: Library) -> list[str]:
    found = rows(library, ids(library, Query(descending=False)))
    return [row.id for row in sorted(found.values(), key=lambda row: row.name)]


def look_again(library: Library, identifier: str, label: str, model: dict[str, str] = OTHER) -> str:
    """What another model says; the key of its finding."""
    body = {**makers.detection(0.9 if label == "positive" else 0.1, label), "model": model}
    return makers.add_detection(library, identifier, body, None, "ann").events[0].id + "/0"


def test_a_library_without_decisions_has_nothing_to_compare(library: Library) -> None:
    assert agreement(library) == Agreement((), (), 0, 0, 0)


def test_a_model_is_held_against_verdicts_and_labelled_folders(library: Library) -> None:
    every = names(library)
    verdicts.decide(library, [every[0], every[1]], Verdict.CONFIRMED, "ann")
    verdicts.decide(library, [every[2], every[3]], Verdict.REJECTED, "ann")
    verdicts.decide(library, [every[4]], Verdict.UNSURE, "ann")
    verdicts.tag(library, [every[5], every[1]], f"{LABELLED}positive", "ann")
    verdicts.decide(library, [every[6]], Verdict.CONFIRMED, "ann")
    verdicts.put_into_bin(library, [every[6]], "ann")
    verdicts.place(library, every[:2], "Bridge 7", "pier", "2026", "ann")
    found = agreement(library)
    assert (found.by_verdict, found.by_folder, found.unsure) == (4, 1, 1)
    (model,) = found.models
    assert (model.model, model.sha256, model.unsure) == (*STAND_IN, 1)
    # The verdict on 1 says negative and counts more than its folder.
    expected = {(POSITIVE, POSITIVE): 1, (NEGATIVE, NEGATIVE): 1, (POSITIVE, NEGATIVE): 1, (NEGATIVE, POSITIVE): 2}
    assert model.confusion.counts == expected
    assert [(name, dict(part.counts)) for name, part in model.structures] == [
        ("", {(POSITIVE, NEGATIVE): 1, (NEGATIVE, POSITIVE): 2}),
        ("Bridge 7", {(POSITIVE, POSITIVE): 1, (NEGATIVE, NEGATIVE): 1}),
    ]


def test_each_model_is_held_to_the_newest_that_it_said(library: Library) -> None:
    every = names(library)
    verdicts.decide(library, every[:2], Verdict.CONFIRMED, "ann")
    look_again(library, every[0], "negative")
    look_again(library, every[0], "positive")
    look_again(library, every[1], "positive")
    look_again(library, every[1], "positive", dict(zip(("name", "sha256"), STAND_IN, strict=True)))
    by_name = {model.model: model.confusion.counts for model in agreement(library).models}
    assert by_name == {
        "other": {(POSITIVE, POSITIVE): 1, (POSITIVE, NEGATIVE): 1},
        "stand-in": {(POSITIVE, POSITIVE): 1, (POSITIVE, NEGATIVE): 1},
    }


def test_the_snapshots_of_each_cell_can_be_asked_for(library: Library) -> None:
    every = names(library)
    verdicts.decide(library, every[:4], Verdict.CONFIRMED, "ann")
    verdicts.decide(library, every[4:], Verdict.REJECTED, "ann")
    for number in (0, 1, 4):
        look_again(library, every[number], "negative")
    look_again(library, every[5], "positive")
    for model in agreement(library).models:
        for said in Label:
            for true in Label:
                asked = Query(labels=(said,), truths=(true,), model=(model.model, model.sha256))
                assert len(ids(library, asked)) == model.confusion[said, true]
    assert len(ids(library, Query(model=("other", "ab" * 32)))) == 4
    assert len(ids(library, Query(truths=(POSITIVE, NEGATIVE)))) == 8


def test_people_are_compared_where_both_decided(library: Library) -> None:
    every = names(library)
    for who, decided in (("ann", "ccccu"), ("bob", "crcrc"), ("Zoë", "c")):
        for identifier, letter in zip(every, decided, strict=False):
            verdict = {"c": Verdict.CONFIRMED, "r": Verdict.REJECTED, "u": Verdict.UNSURE}[letter]
            verdicts.decide(library, [identifier], verdict, who)
    # Bob changes his mind on 3, and takes what he said of 2 back.
    verdicts.decide(library, [every[3]], Verdict.CONFIRMED, "bob")
    verdicts.undo(library, every[2], "bob")
    # A verdict on a finding is none on the snapshot.
    key = library.sidecar(every[6]).events[1].id + "/0"
    for who in ("ann", "bob"):
        verdicts.decide(library, [every[6]], Verdict.CONFIRMED, who, finding=key)
    people = agreement(library).people
    assert [(pair.first, pair.second, pair.unsure) for pair in people] == [
        ("ann", "bob", 1),
        ("Zoë", "ann", 0),
        ("Zoë", "bob", 0),
    ]
    assert people[0].confusion.counts == {(POSITIVE, POSITIVE): 1, (NEGATIVE, POSITIVE): 1, (NEGATIVE, NEGATIVE): 1}


def test_findings_are_counted_by_what_was_decided_on_them(library: Library) -> None:
    every = names(library)
    for number, verdict in ((0, Verdict.CONFIRMED), (2, Verdict.REJECTED), (4, Verdict.UNSURE)):
        key = library.sidecar(every[number]).events[1].id + "/0"
        verdicts.decide(library, [every[number]], verdict, "ann", finding=key)
    (model,) = agreement(library).models
    findings = model.findings
    assert (findings.confirmed, findings.rejected, findings.unsure, findings.unreviewed) == (1, 1, 1, 1)
    assert findings.confirmed_share is not None
    assert findings.confirmed_share.value == 0.5
    assert model.confusion.total == 0
    assert model.confusion.accuracy is None


def test_the_figures_are_those_of_a_worked_example() -> None:
    """Cohen's kappa of the counts 20, 5, 10, 15 is 0.4; Wilson's interval of 81 in 263 is 0.2553 to 0.3662."""
    counts = {(POSITIVE, POSITIVE): 20, (POSITIVE, NEGATIVE): 5, (NEGATIVE, POSITIVE): 10, (NEGATIVE, NEGATIVE): 15}
    worked = Confusion(counts)
    assert worked.kappa == pytest.approx(0.4)
    shares = [worked.accuracy, worked.precision, worked.recall, worked.false_alarms, worked.balanced]
    assert [share.value for share in shares if share is not None] == pytest.approx([0.7, 0.8, 2 / 3, 0.25, 17 / 24])
    newcombe = Share.of(81, 263)
    assert newcombe is not None
    assert [newcombe.low, newcombe.high] == pytest.approx([0.2553, 0.3662], abs=1e-4)
    # What is not a surface is no crack; to call it one thing for the other is wrong all the same.
    other = Confusion({(NEGATIVE, UNKNOWN): 3, (POSITIVE, UNKNOWN): 1, (POSITIVE, POSITIVE): 4})
    assert (other.accuracy, other.false_alarms) == (Share.of(4, 8), Share.of(1, 4))
    assert Confusion({(POSITIVE, POSITIVE): 9}).kappa is None


@given(st.dictionaries(st.tuples(st.sampled_from(Label), st.sampled_from(Label)), st.integers(0, 10**6)))
def test_every_interval_holds_its_value(counts: dict[tuple[Label, Label], int]) -> None:
    confusion = Confusion(counts)
    for share in (confusion.accuracy, confusion.balanced, confusion.precision, confusion.recall):
        if share is not None:
            assert 0 <= share.low <= share.value <= share.high <= 1
            assert share.high - share.low > 0
    kappa = confusion.kappa
    assert kappa is None or (math.isfinite(kappa) and -1 - 1e-9 <= kappa <= 1 + 1e-9)


def test_what_was_said_is_counted_and_found_without_reading_every_event(library: Library) -> None:
    every = names(library)
    verdicts.decide(library, every[:4], Verdict.CONFIRMED, "ann")
    verdicts.decide(library, every[:1], Verdict.REJECTED, "bob")
    look_again(library, every[0], "negative")
    query = Query(model=STAND_IN, labels=("positive",), truths=("positive",))
    before, found = agreement(library), ids(library, query)
    assert len(before.models) == 2 and len(before.people) == 1 and len(found) == 1
    library.connection.execute(
        "UPDATE events SET body = 'not read' WHERE kind != 'verdict' OR snapshot != "
        "(SELECT number FROM snapshots WHERE id = ?)",
        every[:1],
    )
    assert (agreement(library), ids(library, query)) == (before, found)
