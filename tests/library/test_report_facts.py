from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from crackinspector.core.errors import UsageError
from crackinspector.library import events, verdicts
from crackinspector.library.emptying import delete
from crackinspector.library.events import Verdict
from crackinspector.library.report_facts import ReportFacts, gather, inspections_of
from crackinspector.library.store import Library
from tests.library.makers import change


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "library"
    with Library(path, create=True) as library:
        where = [("pier 2", "2026")] * 4 + [("pier 10", "2026")] * 2 + [("abutment", "2025")]
        placed = [events.place("ann", "bridge", *place) for place in where]
        library.commit([change(library, number, [place]) for number, place in enumerate(placed)])
    return path


def facts_of(folder: Path, inspection: str | None = "2026") -> ReportFacts:
    with Library(folder, write=False) as library:
        return gather(library, "bridge", inspection)


def decide(folder: Path, number: int, decided: Verdict, who: str = "ann") -> None:
    name = f"wall{number}.png"
    with Library(folder) as library:
        (identifier,) = (seen.row.id for seen in gather(library, "bridge").snapshots if seen.row.name == name)
        verdicts.decide(library, [identifier], decided, who)


def test_elements_are_in_natural_order_and_those_without_snapshots_are_told(folder: Path) -> None:
    facts = facts_of(folder)
    assert [(element.number, element.name) for element in facts.elements] == [(1, "pier 2"), (2, "pier 10")]
    assert facts.absent == ("abutment",)
    assert facts.inspections == ("2026",)
    assert [seen.number for seen in facts.elements[0].snapshots] == [1, 2, 3, 4]
    assert (facts.first, facts.last) == ("2026-11-01T10:00:00", "2026-11-06T10:00:00")


def test_without_an_inspection_all_are_told_and_the_newest_says_what_is_absent(folder: Path) -> None:
    facts = facts_of(folder, None)
    assert facts.inspections == ("2026", "2025")  # the picture of 2025 is dated last
    assert [element.name for element in facts.elements] == ["abutment", "pier 2", "pier 10"]
    assert facts.absent == ("pier 2", "pier 10")
    with Library(folder, write=False) as library:
        assert inspections_of(library, "bridge") == ["2025", "2026"]


def test_verdicts_are_counted_and_what_was_rejected_counts_no_more(folder: Path) -> None:
    assert [len(element.counted) for element in facts_of(folder).elements] == [2, 1]
    decide(folder, 0, Verdict.CONFIRMED)
    decide(folder, 2, Verdict.REJECTED, "bob")
    decide(folder, 1, Verdict.CONFIRMED)
    pier = facts_of(folder).elements[0]
    assert pier.verdicts == {"confirmed": 2, "rejected": 1, "unreviewed": 1}
    assert pier.cracked == 1  # the other one was confirmed to have none
    assert [each.number for each in pier.counted] == [1]
    assert facts_of(folder).people == {"ann": 2, "bob": 1}


def test_a_rejected_finding_is_not_the_longest(folder: Path) -> None:
    before = facts_of(folder)
    assert before.longest is not None
    assert before.longest[1].extent == 16
    with Library(folder) as library:
        for seen in before.snapshots:
            for each in seen.findings:
                verdicts.decide(library, [seen.row.id], Verdict.REJECTED, "ann", finding=each.finding.key)
    after = facts_of(folder)
    assert after.longest is None
    assert sum(len(seen.findings) for seen in after.snapshots) == 3


def test_measured_lengths_are_told_and_none_is_made_up(folder: Path) -> None:
    assert {each.length_mm for seen in facts_of(folder).snapshots for each in seen.findings} == {None}
    with Library(folder) as library:
        library.connection.execute("UPDATE findings SET length_px = 12.5, length_mm = 3.25 WHERE number = 1")
    longest = facts_of(folder).longest
    assert longest is not None
    assert (longest[1].length_px, longest[1].length_mm, longest[1].width_mm) == (12.5, 3.25, None)


def test_the_bin_counts_nowhere_and_is_told(folder: Path) -> None:
    with Library(folder) as library:
        identifier = gather(library, "bridge", "2026").elements[0].snapshots[0].row.id
        verdicts.put_into_bin(library, [identifier], "ann")
    facts = facts_of(folder)
    assert facts.binned == (("pier 2", "wall0.png"),)
    assert len(facts.snapshots) == 5
    assert "bin" in {act.event.kind for act in facts.trail}


def test_a_picture_that_is_gone_is_told(folder: Path) -> None:
    gone = facts_of(folder).snapshots[0]
    gone.row.picture.unlink()
    assert [seen.missing for seen in facts_of(folder).snapshots] == [True, False, False, False, False, False]


def test_the_fingerprint_is_that_of_the_state(folder: Path) -> None:
    before = facts_of(folder).fingerprint
    assert facts_of(folder).fingerprint == before
    decide(folder, 0, Verdict.UNSURE)
    assert facts_of(folder).fingerprint != before


def absent(library: Library) -> None:
    library.commit([change(library, 7, [events.place("ann", "bridge", "deck", "2027")])])


def deleted(library: Library) -> None:
    name = library.commit([change(library, 8, [events.place("ann", "tunnel", "wall", "2026")])])[0].sidecar.id
    verdicts.put_into_bin(library, [name], "ann")
    assert len(list(delete(library, [name], "ann"))) == 1


def missing(library: Library) -> None:
    gather(library, "bridge", "2026").snapshots[0].row.picture.unlink()


def measured(library: Library) -> None:
    library.connection.execute("UPDATE findings SET length_mm = 12.5")


@pytest.mark.parametrize("happens", [absent, deleted, missing, measured])
def test_the_fingerprint_is_that_of_all_that_is_told(folder: Path, happens: Callable[[Library], None]) -> None:
    before = facts_of(folder)
    with Library(folder) as library:
        happens(library)
    after = facts_of(folder)
    assert after.trail == before.trail
    assert after.fingerprint != before.fingerprint


def test_the_trail_has_every_event_in_order_of_time(folder: Path) -> None:
    trail = facts_of(folder).trail
    assert len(trail) == 6 * 3
    assert [act.event.at for act in trail] == sorted(act.event.at for act in trail)


@pytest.mark.parametrize(
    ("structure", "inspection", "sentence"),
    [
        ("tunnel", None, 'no snapshots of a structure "tunnel"; it has some of "bridge"'),
        ("bridge", "2024", 'no snapshots of an inspection "2024"; it has some of "2025", "2026"'),
    ],
)
def test_what_is_not_there_is_told_with_what_is(
    folder: Path, structure: str, inspection: str | None, sentence: str
) -> None:
    with Library(folder, write=False) as library, pytest.raises(UsageError, match=sentence):
        gather(library, structure, inspection)


def test_an_empty_library_has_nothing_to_report(tmp_path: Path) -> None:
    with Library(tmp_path / "empty", create=True) as library, pytest.raises(UsageError, match="nothing to report"):
        gather(library, "bridge")
