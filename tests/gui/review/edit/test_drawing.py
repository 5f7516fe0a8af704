from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from crackinspector.gui.review.edit.drawing import Drawing, Part

Stroke = tuple[bool, float, list[tuple[float, float]]]
_AT = st.floats(-50, 400)
STROKES = st.lists(st.tuples(st.booleans(), st.floats(1, 40), st.lists(st.tuples(_AT, _AT), min_size=1, max_size=4)))


def draw(drawing: Drawing, *points: tuple[float, float], width: float = 5, erase: bool = False) -> bool:
    drawing.begin(erase, width)
    drawing.extend(points)
    return drawing.end()


def halves(mask: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Half as large, by the book."""
    height, width = (math.ceil(side / 2) for side in mask.shape)
    padded = np.zeros((2 * height, 2 * width), np.uint8)
    padded[: mask.shape[0], : mask.shape[1]] = mask
    return np.asarray(padded.reshape(height, 2, width, 2).max(axis=(1, 3)), np.uint8)


def test_a_stroke_is_as_wide_as_its_tip_and_lies_where_it_was_drawn() -> None:
    drawing = Drawing(100, 80)
    assert draw(drawing, (20.5, 40.5), (70.5, 40.5), width=9)
    column = np.flatnonzero(drawing.mask[:, 45])
    assert (column[0], column[-1]) == (36, 44)
    row = np.flatnonzero(drawing.mask[40])
    assert (row[0], row[-1]) == (16, 74)


@pytest.mark.parametrize("degrees", range(0, 90, 15))
@pytest.mark.parametrize("width", [2, 7.5, 30])
def test_a_line_is_equally_wide_in_every_direction(degrees: int, width: float) -> None:
    drawing = Drawing(1000, 1000)
    end = 500 + 450 * math.cos(math.radians(degrees)), 500 + 450 * math.sin(math.radians(degrees))
    draw(drawing, (500, 500), end, width=width)
    area = 450 * width + math.pi * (width / 2) ** 2
    assert np.count_nonzero(drawing.mask) == pytest.approx(area, rel=0.08)


def test_the_thinnest_stroke_is_one_pixel_and_has_no_gap() -> None:
    drawing = Drawing(100, 80)
    draw(drawing, (10.5, 10.5), (90.5, 70.5), width=1)
    assert drawing.mask[10, 10] == drawing.mask[70, 90] == 255
    in_columns = np.count_nonzero(drawing.mask, axis=0)
    assert set(in_columns[10:91]) <= {1, 2}
    assert np.count_nonzero(drawing.mask) <= math.hypot(80, 60) + 1


def test_a_dot_is_a_stroke_and_beside_the_picture_there_is_none() -> None:
    drawing = Drawing(100, 80)
    assert draw(drawing, (50, 40), width=6)
    assert np.count_nonzero(drawing.mask) > 20
    assert not draw(drawing, (-400, -400), (-300, 1e9))
    assert draw(drawing, (-400, 60), (1e9, 60))


def test_the_eraser_takes_away_and_what_changes_nothing_is_no_stroke() -> None:
    drawing = Drawing(100, 80)
    assert not draw(drawing, (50, 40), erase=True)
    draw(drawing, (10, 40), (90, 40), width=9)
    assert draw(drawing, (50, 0), (50, 80), width=20, erase=True)
    assert drawing.mask[40, 50] == 0
    assert drawing.mask[40, 20] == 255
    while drawing.undo():
        pass
    assert drawing.is_empty
    assert not drawing.is_changed


def test_a_stroke_that_is_cancelled_leaves_nothing() -> None:
    drawing = Drawing(300, 300)
    draw(drawing, (10, 40), (90, 40))
    before = [level.copy() for level in drawing.levels]
    drawing.begin(False, 50)
    drawing.extend([(50, 40), (120, 200)])
    assert drawing.cancel() is not None
    assert all(np.array_equal(one, other) for one, other in zip(before, drawing.levels, strict=True))
    assert drawing.can_undo
    assert not drawing.end()


def test_what_is_begun_with_is_no_stroke() -> None:
    drawing = Drawing(300, 200)
    drawing.start_from(np.full((20, 30), 200, np.uint8), Part(100, 50, 130, 70))
    assert not drawing.is_changed
    assert np.count_nonzero(drawing.mask) == 600
    draw(drawing, (110, 0), (110, 200), width=3, erase=True)
    drawing.undo()
    assert np.count_nonzero(drawing.mask) == 600


def test_a_large_picture_has_a_smaller_mask_whose_strokes_lie_right() -> None:
    drawing = Drawing(10_001, 8_000)
    height, width = drawing.mask.shape
    assert width * height <= 16_000_000
    draw(drawing, (10_001 * 0.25, 8_000 * 0.5), (10_001 * 0.75, 8_000 * 0.5), width=90)
    rows, columns = np.nonzero(drawing.mask)
    assert rows.mean() / height == pytest.approx(0.5, abs=1e-3)
    assert columns.mean() / width == pytest.approx(0.5, abs=1e-3)
    assert np.ptp(rows) + 1 == pytest.approx(90 * drawing.scale[0], abs=2)


def test_old_strokes_stay_for_good_when_there_are_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("crackinspector.gui.review.edit.drawing.MOST_UNDO_BYTES", 20_000)
    drawing = Drawing(1000, 800)
    for number in range(40):
        draw(drawing, (20 * number, 100), (20 * number + 300, 700))
    taken = 0
    while drawing.undo():
        taken += 1
    assert 0 < taken < 40
    assert drawing.is_changed
    assert not drawing.is_empty


@given(STROKES, st.integers(1, 300), st.integers(1, 300))
def test_undo_and_redo_go_through_every_state(strokes: list[Stroke], width: int, height: int) -> None:
    drawing = Drawing(width, height)
    states = [drawing.mask.copy()]
    for erase, tip, points in strokes:
        if draw(drawing, *points, width=tip, erase=erase):
            states.append(drawing.mask.copy())
        assert np.array_equal(drawing.mask, states[-1])
        for level, half in pairwise(drawing.levels):
            assert np.array_equal(half, halves(level))
    for state in reversed(states[:-1]):
        assert drawing.undo() is not None
        assert np.array_equal(drawing.mask, state)
    assert drawing.undo() is None
    for state in states[1:]:
        assert drawing.redo() is not None
        assert np.array_equal(drawing.mask, state)
    assert drawing.redo() is None
    assert all(np.array_equal(half, halves(level)) for level, half in pairwise(drawing.levels))
