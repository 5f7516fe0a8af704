from __future__ import annotations

import functools
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from crackinspector.library import verdicts
from crackinspector.library.events import Draft, Kind, Verdict
from crackinspector.library.queries import UNSEEN, Query, Sort, find, ids, places, rows, sources, tags
from crackinspector.library.sidecar import Sidecar
from crackinspector.library.store import Change, Library
from tests.library import makers


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    """Eight snapshots: the even ones positive; 0 and 1 judged, 0 and 2 on a bridge, 3 in the bin, 4 tagged."""
    with Library(tmp_path / "lib", create=True) as opened:
        names = [each.sidecar.facts.sha256 for each in makers.fill(opened, range(8))]
        verdicts.decide(opened, names[:1], Verdict.CONFIRMED, "ann", why="spalling at the edge")
        verdicts.decide(opened, names[1:2], Verdict.REJECTED, "bob")
        verdicts.place(opened, [names[0], names[2]], "Bridge 7", "pier", "2026", "ann")
        verdicts.put_into_bin(opened, names[3:4], "ann")
        verdicts.tag(opened, names[4:5], "wet", "ann")
        verdicts.note(opened, names[5], "균열 확인, next to the Überbau", "ann")
        opened.commit([Change(names[6], lambda known: [])])
        yield opened


def chosen(library: Library, query: Query) -> list[int]:
    """The numbers in the pictures' names, in the query's order."""
    numbers = ids(library, query)
    found = rows(library, numbers)
    return [int(found[number].name.removeprefix("wall").removesuffix(".png")) for number in numbers]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        (Query(descending=False), [0, 1, 2, 4, 5, 6, 7]),
        (Query(), [7, 6, 5, 4, 2, 1, 0]),
        (Query(labels=("positive",)), [6, 4, 2, 0]),
        (Query(labels=("negative", UNSEEN)), [7, 5, 1]),
        (Query(labels=(UNSEEN,)), []),
        (Query(score_from=0.5), [6, 4, 2, 0]),
        (Query(score_to=0.5), [7, 5, 1]),
        (Query(verdicts=("unreviewed",)), [7, 6, 5, 4, 2]),
        (Query(verdicts=("confirmed", "rejected")), [1, 0]),
        (Query(since="2026-11-05", until="2026-11-06"), [5, 4]),
        (Query(until="2026-10"), []),
        (Query(until="2026-11"), [7, 6, 5, 4, 2, 1, 0]),
        (Query(structure="Bridge 7"), [2, 0]),
        (Query(structure="Bridge 7", element="pier", inspection="2025"), []),
        (Query(structure=""), [7, 6, 5, 4, 1]),
        (Query(sources=("camera 1",)), [7, 4, 1]),
        (Query(tags=("wet",)), [4]),
        (Query(tags=("wet", "dry")), []),
        (Query(text="wall5"), [5]),
        (Query(text="spall"), [0]),
        (Query(text="균열"), [5]),
        (Query(text="uberbau"), [5]),
        (Query(text="bridge pier"), [2, 0]),
        (Query(text='bridge" OR "wet'), []),
        (Query(text="* ( ) : -"), [7, 6, 5, 4, 2, 1, 0]),
        (Query(binned=True), [3]),
        (Query(sort=Sort.VERDICT), [1, 0, 7, 6, 5, 4, 2]),
        (Query(sort=Sort.ADDED, descending=False), [0, 1, 2, 4, 5, 6, 7]),
        (Query(sort=Sort.NAME, descending=False), [0, 1, 2, 4, 5, 6, 7]),
        (Query(sort=Sort.NAME, text="wall 2026", verdicts=("unreviewed",)), [2]),
        (Query(sort=Sort.SCORE, labels=("negative",), descending=False), [1, 5, 7]),
    ],
)
def test_filters_and_orders(library: Library, query: Query, expected: list[int]) -> None:
    found = chosen(library, query)
    if query.sort is Sort.ADDED:
        found.sort()
    assert found == expected


def test_the_first_screen_can_be_had_before_the_rest(library: Library) -> None:
    for query in (Query(), Query(text="camera"), Query(text="wall", sort=Sort.NAME)):
        assert ids(library, query, most=3) == ids(library, query)[:3]
        assert len(ids(library, query)) == 7


def _these(drafts: list[Draft], known: Sidecar | None) -> list[Draft]:
    return drafts


def test_names_are_sorted_whatever_their_letters_are_like(library: Library) -> None:
    for number, name in enumerate(("b.png", "A.png", "a2.png", "B2.png")):
        new = makers.change(library, 100 + number)
        found = [Draft(Kind.IMPORT, "ann", {"name": name, "source": "", "taken": None})]
        library.commit([replace(new, decide=functools.partial(_these, found), maps={})])
    numbers = ids(library, Query(sort=Sort.NAME, descending=False, sources=("",)))
    assert [rows(library, [number])[number].name for number in numbers] == ["A.png", "a2.png", "b.png", "B2.png"]


@pytest.mark.parametrize("query", [Query(sort=sort, labels=("positive",)) for sort in Sort])
def test_no_order_is_made_by_sorting(library: Library, query: Query) -> None:
    statements: list[str] = []
    library.connection.set_trace_callback(statements.append)
    ids(library, query)
    library.connection.set_trace_callback(None)
    plan = " ".join(row[3] for row in library.connection.execute(f"EXPLAIN QUERY PLAN {statements[0]}"))
    assert "COVERING INDEX" in plan
    assert "TEMP B-TREE" not in plan


def test_rows_that_are_gone_are_left_out(library: Library) -> None:
    assert set(rows(library, [1, 999, 2])) == {1, 2}
    assert find(library, rows(library, [1])[1].id) == 1
    assert find(library, "0" * 64) is None


def test_what_there_is_to_filter_by(library: Library) -> None:
    assert places(library) == [("", "", "", 5), ("Bridge 7", "pier", "2026", 2)]
    assert tags(library) == [("wet", 1)]
    assert sources(library) == [("camera 0", 3), ("camera 1", 3), ("camera 2", 2)]
