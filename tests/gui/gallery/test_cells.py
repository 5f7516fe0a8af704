from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from crackinspector.gui.gallery.cells import Cells

GRIDS = st.builds(
    Cells.grid,
    st.integers(1, 500),
    st.integers(50, 3000),
    st.integers(40, 300),
    st.integers(1, 20),
    st.integers(10, 90),
)
STRIPS = st.builds(Cells.strip, st.integers(1, 500), st.integers(60, 300), st.integers(1, 20), st.integers(5, 40))


@given(GRIDS | STRIPS, st.data())
def test_what_lies_at_a_cell_is_the_cell(cells: Cells, data: st.DataObject) -> None:
    position = data.draw(st.integers(0, cells.count - 1))
    place = cells.place(position)
    for point in (place.center(), place.topLeft(), place.bottomRight()):
        assert cells.at(point.x(), point.y()) == position
    assert cells.at(place.left() - 1, place.top()) != position


@given(GRIDS | STRIPS, st.integers(-100, 40_000), st.integers(1, 2000))
def test_between_gives_just_the_cells_that_are_touched(cells: Cells, low: int, length: int) -> None:
    found = cells.between(low, low + length)
    for position in range(cells.count):
        place = cells.place(position)
        begin, end = (place.left(), place.right()) if cells.lying else (place.top(), place.bottom())
        assert (position in found) or end < low or begin >= low + length
    assert len(found) <= (length // cells.step + 2) * cells.columns


@given(GRIDS)
def test_a_grid_fills_its_width_and_cells_do_not_overlap(cells: Cells) -> None:
    last = cells.place(cells.count - 1)
    assert cells.length >= last.bottom() + cells.gap
    if cells.count > 1:
        assert not cells.place(0).intersects(cells.place(1))
    if cells.count > cells.columns:
        assert not cells.place(0).intersects(cells.place(cells.columns))


def test_between_and_outside_of_cells_there_is_none() -> None:
    cells = Cells.grid(5, 330, 100, 5, 20)
    assert cells.columns == 3
    assert cells.at(2, 50) is None
    assert cells.at(50, 2) is None
    assert cells.at(-1, -1) is None
    after = cells.place(4)
    assert cells.at(after.right() + 20, after.center().y()) is None
