from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from crackinspector.library import verdicts
from crackinspector.library.events import Verdict
from crackinspector.library.state import State, state_of
from crackinspector.library.store import Committed, Library
from crackinspector.library.taking_back import take_back
from tests.library import makers

Say = Callable[[Library, Sequence[str]], list[Committed]]
DEEDS: dict[str, Say] = {
    "verdict": lambda library, names: verdicts.decide(library, names, Verdict.CONFIRMED, "ann"),
    "tag": lambda library, names: verdicts.tag(library, names, "wet", "ann"),
    "untag": lambda library, names: verdicts.tag(library, names, "old", "ann", on=False),
    "place": lambda library, names: verdicts.place(library, names, "Dam", "Crest", "2026", "ann"),
    "bin": lambda library, names: verdicts.put_into_bin(library, names, "ann"),
}


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library(tmp_path / "lib", create=True) as opened:
        made = makers.fill(opened, range(3))
        verdicts.tag(opened, [each.sidecar.facts.sha256 for each in made], "old", "ann")
        yield opened


@pytest.fixture
def names(library: Library) -> list[str]:
    return [str(name) for (name,) in library.connection.execute("SELECT id FROM snapshots ORDER BY number")]


def state(library: Library, name: str) -> State:
    sidecar = library.sidecar(name)
    return state_of(sidecar.facts, sidecar.events)


def made_of(committed: Sequence[Committed]) -> dict[str, str]:
    return {each.sidecar.facts.sha256: each.events[-1].id for each in committed}


@pytest.mark.parametrize("deed", DEEDS)
def test_it_is_as_it_was_and_the_history_has_both(library: Library, names: list[str], deed: str) -> None:
    verdicts.place(library, names[:1], "Bridge", "Pier", "2025", "ann")
    before = [state(library, name) for name in names]
    made = made_of(DEEDS[deed](library, names))
    assert [state(library, name) for name in names] != before
    back = take_back(library, made, "bob")
    assert [state(library, name) for name in names] == before
    assert [event.who for each in back for event in each.events] == 3 * ["bob"]
    assert [each.events for each in take_back(library, made, "bob")] == 3 * [()]


@pytest.mark.parametrize("deed", DEEDS)
def test_what_was_said_since_stays(library: Library, names: list[str], deed: str) -> None:
    since: dict[str, list[Say]] = {
        "verdict": [DEEDS["verdict"]],
        "tag": [lambda lib, these: verdicts.tag(lib, these, "wet", "bob", on=False), DEEDS["tag"]],
        "untag": [lambda lib, these: verdicts.tag(lib, these, "old", "bob"), DEEDS["untag"]],
        "place": [lambda lib, these: verdicts.place(lib, these, "Tower", "", "", "bob")],
        "bin": [lambda lib, these: verdicts.put_into_bin(lib, these, "bob", away=False), DEEDS["bin"]],
    }
    made = made_of(DEEDS[deed](library, names))
    for say in since[deed]:
        say(library, names[:1])
    before = state(library, names[0])
    assert [len(each.events) for each in take_back(library, made, "ann")] == [0, 1, 1]
    assert state(library, names[0]) == before


def test_another_tag_is_something_else(library: Library, names: list[str]) -> None:
    made = made_of(DEEDS["tag"](library, names))
    verdicts.tag(library, names, "cold", "bob")
    take_back(library, made, "ann")
    assert {state(library, name).tags for name in names} == {("cold", "old")}
