from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from crackinspector.core.errors import StorageError
from crackinspector.gui.gallery import bulk as module
from crackinspector.gui.gallery.bulk import Bulk, Deed
from crackinspector.gui.gallery.deed_words import deed_words, progress_words
from crackinspector.gui.library.access import LibraryAccess
from crackinspector.library import queries, verdicts
from crackinspector.library.events import Draft, Kind, Verdict
from crackinspector.library.queries import Query, Row
from crackinspector.library.state import State, state_of
from crackinspector.library.store import Change, Committed, Library
from tests.gui.gallery.conftest import COUNT
from tests.library import makers
from tests.library.makers import detection


@pytest.fixture
def bulk(access: LibraryAccess) -> Bulk:
    return Bulk(access, access)


def numbers(folder: Path, **query: object) -> list[int]:
    with Library(folder, write=False) as library:
        return queries.ids(library, Query(**query))  # type: ignore[arg-type]


def rows(folder: Path, these: list[int]) -> list[Row]:
    with Library(folder, write=False) as library:
        return [*queries.rows(library, these).values()]


def state(folder: Path, number: int) -> State:
    with Library(folder, write=False) as library:
        (row,) = queries.rows(library, [number]).values()
        sidecar = library.sidecar(row.id)
        return state_of(sidecar.facts, sidecar.events)


def finished(bulk: Bulk, qtbot: QtBot) -> Deed:
    with qtbot.waitSignal(bulk.finished) as signal:
        pass
    assert signal.args is not None
    deed = signal.args[0]
    assert isinstance(deed, Deed)
    return deed


def test_many_are_decided_on_and_taken_back_but_not_what_others_decided(
    bulk: Bulk, folder: Path, access: LibraryAccess, qtbot: QtBot
) -> None:
    these = numbers(folder)[:6]
    bulk.decide(these, Verdict.REJECTED, {})
    deed = finished(bulk, qtbot)
    assert (deed.changed, deed.failure, deed_words(deed)) == (6, "", "6 rejected.")
    assert {(row.verdict, row.verdict_who) for row in rows(folder, these)} == {("rejected", "ann")}
    other = rows(folder, these[:1])[0]
    access.write(lambda library: verdicts.decide(library, [other.id], Verdict.CONFIRMED, "bob"))
    bulk.undo()
    assert deed_words(finished(bulk, qtbot)) == "Taken back for 5."
    assert [row.verdict for row in rows(folder, these)].count("unreviewed") == 5
    assert rows(folder, these[:1])[0].verdict == "confirmed"
    bulk.undo()
    assert not bulk.busy


def test_what_is_taken_back_stays_where_others_have_said_something_since(
    bulk: Bulk, folder: Path, access: LibraryAccess, qtbot: QtBot
) -> None:
    these = numbers(folder)[:3]
    other = rows(folder, these[:1])[0].id
    deeds: tuple[tuple[Callable[[], None], Callable[[Library], object]], ...] = (
        (lambda: bulk.place(these, "Bridge", "", ""), lambda lib: verdicts.place(lib, [other], "Dam", "", "", "bob")),
        (lambda: bulk.tag(these, "wet"), lambda lib: _twice(lib, verdicts.tag, other, "wet", "bob")),
        (lambda: bulk.put_into_bin(these), lambda lib: _twice(lib, verdicts.put_into_bin, other, "bob")),
    )
    for deed, since in deeds:
        deed()
        assert finished(bulk, qtbot).changed == 3
        access.write(since)
        bulk.undo()
        assert finished(bulk, qtbot).changed == 2
    first, *others = (state(folder, number) for number in these)
    assert (first.structure, first.tags, first.binned) == ("Dam", ("wet",), True)
    assert {(each.structure, each.tags, each.binned) for each in others} == {("", (), False)}


def _twice(library: Library, say: Callable[..., object], name: str, *rest: str) -> None:
    """Off and on again: it is as it was, but somebody else has said so."""
    say(library, [name], *rest, False)
    say(library, [name], *rest, True)


def test_a_verdict_is_on_what_was_on_screen_whatever_a_model_says_meanwhile(
    bulk: Bulk, folder: Path, access: LibraryAccess, qtbot: QtBot
) -> None:
    seen = rows(folder, numbers(folder, labels=("positive",))[:3])
    changed = {**detection(0.1, "negative"), "model": {"name": "other", "sha256": "ef" * 32}}
    for row in seen[:2]:
        access.write(lambda library, row=row: makers.add_detection(library, row.id, changed, None, "bob"))  # type: ignore[misc]
    bulk.decide([row.number for row in seen], Verdict.CONFIRMED, {seen[0].number: seen[0].label})
    assert finished(bulk, qtbot).changed == 3
    # The second was not on screen.
    assert [state(folder, row.number).truth for row in seen] == ["positive", "negative", "positive"]


def test_what_no_model_has_looked_at_is_left_out_and_that_is_said(
    bulk: Bulk, folder: Path, access: LibraryAccess, qtbot: QtBot
) -> None:
    with Library(folder) as library:
        change = makers.change(library, COUNT)
        told = Draft(Kind.IMPORT, "ann", {"name": "new.png", "source": "", "taken": None})
        library.commit([replace(change, decide=lambda known: [told], maps={})])
        number = queries.find(library, change.id)
    assert number is not None
    bulk.decide([number, *numbers(folder, labels=("positive",))[:2]], Verdict.CONFIRMED, {number: None})
    assert deed_words(finished(bulk, qtbot)) == "2 confirmed. 1 left out: no model has looked at them."
    bulk.decide([number], Verdict.CONFIRMED, {})
    assert deed_words(finished(bulk, qtbot)) == "1 left out: no model has looked at them."
    assert state(folder, number).judged.verdict == "unreviewed"


def test_tags_go_on_and_off_where_that_changes_anything(bulk: Bulk, folder: Path, qtbot: QtBot) -> None:
    these = numbers(folder)[:4]
    bulk.tag(these[:2], "wet")
    assert deed_words(finished(bulk, qtbot)) == "“wet” put on 2."
    bulk.tag(these, "wet")
    assert finished(bulk, qtbot).changed == 2
    assert sorted(numbers(folder, tags=("wet",))) == sorted(these)
    bulk.undo()
    finished(bulk, qtbot)
    assert sorted(numbers(folder, tags=("wet",))) == sorted(these[:2])
    bulk.tag(these, "wet", on=False)
    assert deed_words(finished(bulk, qtbot)) == "“wet” taken off 2."
    bulk.tag(these, "wet", on=False)
    nothing = finished(bulk, qtbot)
    assert deed_words(nothing) == "Nothing had to be changed." and not nothing.can_be_undone


def test_each_goes_back_to_where_it_belonged(bulk: Bulk, folder: Path, qtbot: QtBot) -> None:
    these = numbers(folder)[:3]
    bulk.place(these[:1], "Dam", "Crest", "2025")
    finished(bulk, qtbot)
    bulk.place(these, "Bridge", "Pier 1", "2026")
    assert deed_words(finished(bulk, qtbot)) == "3 have a new place."
    assert {row.structure for row in rows(folder, these)} == {"Bridge"}
    bulk.place(these, "Bridge", "Pier 1", "2026")
    assert finished(bulk, qtbot).changed == 0
    bulk.undo()
    finished(bulk, qtbot)
    assert [row.structure for row in rows(folder, these[:1])] == ["Dam"]
    assert {row.structure for row in rows(folder, these[1:])} == {""}


def test_the_bin_gives_back(bulk: Bulk, folder: Path, qtbot: QtBot) -> None:
    these = numbers(folder)[:3]
    bulk.put_into_bin(these)
    assert deed_words(finished(bulk, qtbot)) == "3 put into the bin."
    assert sorted(numbers(folder, binned=True)) == sorted(these)
    bulk.undo()
    finished(bulk, qtbot)
    bulk.put_into_bin(these)
    finished(bulk, qtbot)
    bulk.put_into_bin(these, away=False)
    assert deed_words(finished(bulk, qtbot)) == "3 out of the bin again."
    assert numbers(folder, binned=True) == []


def test_a_long_deed_tells_how_far_it_is(
    bulk: Bulk, folder: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_PART", 15)
    told: list[str] = []
    bulk.progressed.connect(lambda deed: told.append(progress_words(deed)))
    bulk.decide(numbers(folder), Verdict.UNSURE, {})
    bulk.tag(numbers(folder)[:2], "wet")
    assert finished(bulk, qtbot).changed == COUNT
    assert told == ["Writing: 15 of 40…", "Writing: 30 of 40…"]
    assert finished(bulk, qtbot).kind == "tag"
    assert not bulk.busy


def test_what_cannot_be_written_is_said_and_what_was_is_not_lost(
    bulk: Bulk, folder: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_PART", 15)
    decide, calls = verdicts.decide, []

    def full(*given: object, **named: object) -> object:
        calls.append(given)
        if len(calls) == 2:
            raise StorageError("no space left on device; free some space")
        return decide(*given, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(verdicts, "decide", full)
    bulk.decide(numbers(folder), Verdict.CONFIRMED, {})
    deed = finished(bulk, qtbot)
    assert deed_words(deed) == "15 confirmed. no space left on device; free some space"
    assert len(numbers(folder, verdicts=("confirmed",))) == 15
    bulk.undo()
    finished(bulk, qtbot)
    assert numbers(folder, verdicts=("confirmed",)) == []


def test_nothing_is_done_to_nothing(bulk: Bulk) -> None:
    bulk.decide([], Verdict.CONFIRMED, {})
    bulk.undo()
    assert not bulk.busy


def test_the_end_of_the_window_does_not_cut_a_deed_off(
    folder: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_PART", 3)
    access = LibraryAccess(folder, "ann")
    bulk = Bulk(access, access)
    bulk.decide(numbers(folder), Verdict.CONFIRMED, {})
    bulk.tag(numbers(folder), "wet")
    with qtbot.waitSignal(bulk.progressed):
        pass
    assert access.close()
    assert len(numbers(folder, verdicts=("confirmed",), tags=("wet",))) == COUNT


def test_the_end_of_the_window_tells_of_a_deed_that_could_not_be_finished(
    folder: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_PART", 30)
    access = LibraryAccess(folder, "ann")
    bulk = Bulk(access, access)
    tag, calls = verdicts.tag, []

    def full(*given: object) -> object:
        calls.append(given)
        if len(calls) == 2:
            raise StorageError("no space left on device; free some space")
        return tag(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(verdicts, "tag", full)
    bulk.tag(numbers(folder), "wet")
    assert not access.close()
    assert access.unkept == ("no space left on device; free some space",)
    assert len(numbers(folder, tags=("wet",))) == 30


def test_what_is_told_as_done_is_what_is_on_the_disk(
    bulk: Bulk, folder: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Library(folder) as library:
        makers.fill(library, range(COUNT, 250))
    commit, calls = Library.commit, []

    def full(library: Library, changes: Sequence[Change]) -> list[Committed]:
        calls.append(len(changes))
        if len(calls) == 2:
            raise StorageError("no space left on device; free some space")
        return commit(library, changes)

    monkeypatch.setattr(Library, "commit", full)
    bulk.decide(numbers(folder), Verdict.REJECTED, {})
    deed = finished(bulk, qtbot)
    monkeypatch.undo()
    rejected = numbers(folder, verdicts=("rejected",))
    assert deed.failure and 0 < len(rejected) < 250
    assert (deed.done, deed.changed, len(deed.made)) == 3 * (len(rejected),)
    bulk.undo()
    finished(bulk, qtbot)
    assert numbers(folder, verdicts=("rejected",)) == []


def test_after_a_library_that_could_not_be_opened_it_goes_on(folder: Path, qtbot: QtBot) -> None:
    away = folder.rename(folder.with_name("away"))
    access = LibraryAccess(folder, "ann")
    bulk = Bulk(access, access)
    bulk.tag([1], "wet")
    assert "there is no library" in finished(bulk, qtbot).failure and not bulk.busy
    away.rename(folder)
    access.retry()
    bulk.tag(numbers(folder)[:1], "wet")
    assert finished(bulk, qtbot).changed == 1
    assert access.close()
