from __future__ import annotations

from PySide6.QtWidgets import QApplication

from crackinspector.gui.report.paging import Page, paged
from crackinspector.gui.report.parts import Part, text
from crackinspector.gui.report.sheet import BODY, MM
from crackinspector.gui.report.tables import Column, table


def part(height: float, **values: object) -> Part:
    return Part(height, lambda press, at: None, **values)  # type: ignore[arg-type]


def tops(pages: list[Page]) -> list[list[float]]:
    return [[placed.top for placed in page] for page in pages]


def test_parts_stand_below_each_other_with_no_gap_at_the_top_of_a_page() -> None:
    assert tops(paged([part(40, gap=9), part(40, gap=5), part(40, gap=5)], 100)) == [[0, 45], [0]]


def test_a_part_that_just_fits_stays_on_its_page() -> None:
    assert tops(paged([part(60), part(40)], 100)) == [[0, 60]]


def test_a_heading_goes_to_the_next_page_with_what_it_belongs_to() -> None:
    assert tops(paged([part(50), part(10, keep=True), part(10, keep=True), part(40)], 100)) == [[0], [0, 10, 20]]


def test_a_chain_longer_than_a_page_is_broken_where_the_page_ends() -> None:
    assert tops(paged([part(30), *[part(40, keep=True)] * 4], 100)) == [[0], [0, 40], [0, 40]]


def test_a_fresh_part_begins_a_page_even_where_there_is_room() -> None:
    assert tops(paged([part(10), part(10, fresh=True), part(10)], 100)) == [[0], [0, 10]]


def test_a_part_higher_than_a_page_has_one_of_its_own() -> None:
    assert tops(paged([part(10), part(250), part(10)], 100)) == [[0], [0], [0]]


def test_nothing_makes_no_pages() -> None:
    assert paged([], 100) == []


def test_the_head_of_a_table_is_repeated_on_each_page(qapp: QApplication) -> None:
    rows = [[f"row {number}", "x"] for number in range(40)]
    parts = table([Column("Name", 1), Column("What", 1)], rows, 100 * MM)
    head = parts[0].height
    pages = paged(parts, head + 15.5 * parts[1].height)
    assert [len(page) for page in pages] == [16, 16, 11]
    for page in pages:
        assert (page[0].part.height, page[1].top) == (head, head)


def test_no_row_of_a_table_stands_alone(qapp: QApplication) -> None:
    rows = [[f"row {number}"] for number in range(4)]
    parts = table([Column("Name", 1)], rows, 100 * MM)
    head, row = parts[0].height, parts[1].height
    # There is room for the head and one row, then for the head and three rows of four.
    assert [len(page) for page in paged([part(10 * row), *parts], 10 * row + head + 1.5 * row)] == [1, 5]
    assert [len(page) for page in paged(parts, head + 3.5 * row)] == [3, 3]


def test_a_long_paragraph_is_split_and_leaves_no_single_line(qapp: QApplication) -> None:
    words = "word " * 400
    parts = text(words, 80 * MM)
    line = parts[0].height / 6
    lines = [round(each.height / line) for each in parts]
    assert len(parts) > 3
    assert min(lines) >= 2
    assert sum(lines) == round(text(words, 80 * MM, BODY)[0].height / line) + sum(lines[1:])


def test_a_paragraph_keeps_every_word_when_it_is_split(qapp: QApplication) -> None:
    from crackinspector.gui.report import setting

    words = " ".join(f"균열{number}🙂" for number in range(300))
    assert "".join(setting.lines_of(words, BODY, 60 * MM)) == words
