from __future__ import annotations

from crackinspector.core.natural import natural_key


def test_names_are_sorted_as_people_count() -> None:
    names = ["pier 10", "Pier 2", "pier 2a", "", "pier", "10", "9"]
    assert sorted(names, key=natural_key) == ["", "9", "10", "pier", "Pier 2", "pier 2a", "pier 10"]


def test_all_names_are_told_apart() -> None:
    given = ["a1", "A1", "a01", "a", "1a", "2", "10", "²", "a1b2", ""]
    ordered = sorted(given, key=natural_key)
    assert ordered == sorted(reversed(given), key=natural_key)
    assert len({natural_key(name) for name in given}) == len(given)
