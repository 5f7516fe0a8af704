from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from crackinspector.gui.gallery.filters import day_of, period, period_of, restrictions, unrestricted
from crackinspector.library.queries import UNSEEN, Query, Sort

FULL = Query(
    labels=("positive", UNSEEN),
    verdicts=("unreviewed",),
    score_from=0.5,
    since="2026-11",
    structure="Bridge",
    element="Pier",
    inspection="2026",
    sources=("camera 1", "drone"),
    tags=("wet",),
    text="crown",
    truths=("negative",),
    model=("classifier", "ab"),
    binned=True,
    sort=Sort.SCORE,
    descending=False,
)


def test_whoever_lets_go_of_everything_one_by_one_ends_without_restrictions() -> None:
    query = FULL
    count = len(restrictions(query))
    while found := restrictions(query):
        query = found[0].without
        assert len(restrictions(query)) < len(found)
    assert count == 13
    assert query == unrestricted(FULL) == Query(binned=True, sort=Sort.SCORE, descending=False)


def test_restrictions_are_said_in_words() -> None:
    words = [each.words for each in restrictions(replace(FULL, score_to=0.9, until="2026-11"))]
    assert words[:3] == ["“crown”", "Crack / Not analysed", "Unreviewed"]
    assert {"50\N{NARROW NO-BREAK SPACE}% – 90\N{NARROW NO-BREAK SPACE}%", "2026-11", "# wet", "drone"} <= set(words)


def test_a_structure_takes_its_element_and_inspection_with_it() -> None:
    (bridge,) = (each for each in restrictions(FULL) if each.words == "Bridge")
    assert (bridge.without.structure, bridge.without.element, bridge.without.inspection) == (None, None, None)


def test_no_restriction_has_no_words() -> None:
    assert restrictions(Query(text="  ")) == []


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("2026", "2026"),
        ("2026-3", "2026-03"),
        (" 2026-11-30 ", "2026-11-30"),
        ("2026.11.30", "2026-11-30"),
        ("2026/1/2", "2026-01-02"),
        ("2026-11-31", None),
        ("2026-13", None),
        ("0000", None),
        ("yesterday", None),
        ("", None),
    ],
)
def test_days_as_people_type_them(typed: str, day: str | None) -> None:
    assert day_of(typed) == day


def test_periods_end_today() -> None:
    today = date(2026, 11, 21)
    assert period("week", today) == ("2026-11-15", None)
    for name in ("any", "today", "week", "month", "year"):
        since, until = period(name, today)
        assert period_of(Query(since=since, until=until), today) == name
    assert period_of(Query(since="2020"), today) == ""
