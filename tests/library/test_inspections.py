from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from crackinspector.library import events
from crackinspector.library.events import Draft, Kind
from crackinspector.library.facts import Facts
from crackinspector.library.inspections import inspection_before, of_same_element
from crackinspector.library.queries import find, rows
from crackinspector.library.store import Change, Library
from tests.library.makers import facts


def keep(library: Library, first: int, count: int, element: str, inspection: str, day: str | None) -> list[int]:
    """Snapshots without pictures; their numbers, the oldest first."""
    changes = []
    for number in range(first, first + count):
        taken = None if day is None else f"{day}T10:{number % 60:02}:00"
        drafts = [
            Draft(Kind.IMPORT, "ann", {"name": f"wall{number - first}.png", "source": "", "taken": taken}),
            events.place("ann", "Bridge 7", element, inspection),
        ]
        changes.append(_change(facts(number), drafts))
    library.commit(changes)
    return [find(library, change.id) or 0 for change in changes]


def _change(known: Facts, drafts: list[Draft]) -> Change:
    return Change(known.sha256, lambda _: drafts, facts=known)


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library(tmp_path / "lib", create=True) as opened:
        yield opened


def test_the_inspection_before_is_found_behind_any_number_of_newer_pictures(library: Library) -> None:
    old = keep(library, 0, 5, "pier 3", "2024", "2024-05-01")
    keep(library, 100, 5, "pier 3", "2023", "2023-05-01")
    keep(library, 200, 5, "pier 4", "2025", "2025-05-01")
    new = keep(library, 300, 70, "pier 3", "2026", "2026-05-01")
    assert inspection_before(library, new[3], 8)[0] == old[3]  # of the same name
    assert set(inspection_before(library, new[3], 8)) == set(old)
    assert inspection_before(library, new[60], 2) == [old[4], old[3]]
    assert inspection_before(library, old[0], 8)[0] in range(min(old), 200)
    assert not set(inspection_before(library, old[0], 8)) & set(old)


def test_a_snapshot_of_no_element_has_no_inspection_before(library: Library) -> None:
    (number,) = keep(library, 0, 1, "pier 3", "2024", None)
    assert inspection_before(library, number, 8) == []
    assert inspection_before(library, 12345, 8) == []
    for each in (1, 2):
        found = Draft(Kind.IMPORT, "ann", {"name": "", "source": "", "taken": f"202{each}-01-01T10:00:00"})
        library.commit([_change(facts(500 + each), [found, events.place("ann", "", "", f"{each}")])])
    later = find(library, facts(502).sha256)
    assert later is not None and of_same_element(library, later, 8) == []


def test_each_inspection_offers_some_of_its_pictures(library: Library) -> None:
    old = keep(library, 0, 5, "pier 3", "2024", "2024-05-01")
    new = keep(library, 300, 70, "pier 3", "2026", "2026-05-01")
    offered = of_same_element(library, new[0], 60)
    assert len(offered) == 60 and set(old) <= set(offered)
    assert {row.element for row in rows(library, offered).values()} == {"pier 3"}
