from __future__ import annotations

from crackinspector.gui.compare.search import Search


def tried(overlaps: dict[int, float]) -> list[int]:
    """The snapshots in the order in which they are shown."""
    search, shown = Search(list(overlaps)), [next(iter(overlaps))]
    while (other := search.after(shown[-1], overlaps[shown[-1]])) is not None:
        shown.append(other)
    return shown


def test_one_that_shows_enough_ends_the_search() -> None:
    assert tried({1: 0.7, 2: 0.9}) == [1]
    assert tried({1: 0.0, 2: 0.65, 3: 1.0}) == [1, 2]


def test_the_best_of_all_is_shown_at_the_end() -> None:
    assert tried({1: 0.2, 2: 0.5, 3: 0.3}) == [1, 2, 3, 2]
    assert tried({1: 0.2, 2: 0.3, 3: 0.5}) == [1, 2, 3]


def test_if_none_fits_it_is_the_likeliest() -> None:
    assert tried({1: 0.0, 2: 0.0, 3: 0.0}) == [1, 2, 3, 1]


def test_what_a_person_chose_is_not_searched_further() -> None:
    assert Search().after(1, 0.0) is None
