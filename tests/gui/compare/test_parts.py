from __future__ import annotations

import dataclasses

import numpy as np
import pytest
from PySide6.QtCore import QObject, QPointF

from crackinspector.core.frame import WHOLE, View
from crackinspector.gui.compare.blinker import RATES, Blinker
from crackinspector.gui.compare.change_layer import ChangeLayer
from crackinspector.gui.compare.comparing import laid_over
from crackinspector.gui.compare.linking import Place, linked_view
from crackinspector.gui.compare.marking import PAIRS, Marking, Side
from crackinspector.gui.compare.strokes import STROKES, length_words, notes_of
from crackinspector.survey.reinspection.changes import Change, Kind, Stretch
from crackinspector.survey.reinspection.homography import moved, resizing
from tests.gui.compare.conftest import Bench
from tests.gui.review.conftest import pixels

VIEW = View(0.4, 0.3, 0.2, 0.2)


def change(kind: Kind, before: float, after: float, **more: bool) -> Change:
    course = np.array([[320.0, 100.0], [320.0, 260.0]])
    return Change(kind, (320, 100, 1, 160), before, after, (Stretch(kind, course),), **more)


def test_by_proportion_the_same_share_is_shown() -> None:
    here, there = Place((640, 480), (320, 240)), Place((4000, 1000), (320, 240))
    assert linked_view(VIEW, here, there, None) == VIEW


def test_through_a_homography_the_same_spot_is_shown_at_the_same_size() -> None:
    here, there = Place((640, 480), (320, 240)), Place((1280, 960), (320, 240))
    doubled_and_moved = np.array([[2.0, 0, 100], [0, 2, 50], [0, 0, 1]])
    found = linked_view(VIEW, here, there, doubled_and_moved)
    assert found.w == found.h == pytest.approx(0.2)
    assert found.x + found.w / 2 == pytest.approx((0.5 * 640 * 2 + 100) / 1280)
    assert found.y + found.h / 2 == pytest.approx((0.4 * 480 * 2 + 50) / 960)
    assert linked_view(WHOLE, here, there, doubled_and_moved) == WHOLE


def test_a_spot_beyond_the_horizon_is_shown_by_proportion() -> None:
    here = Place((640, 480), (320, 240))
    tilted = np.array([[1.0, 0, 0], [0, 1, 0], [-1 / 320, 0, 1]])
    assert linked_view(VIEW, here, here, tilted) == VIEW


def test_points_are_taken_in_turn_and_taken_back() -> None:
    marking = Marking()
    assert not marking.add(Side.RIGHT, (1, 1))
    for pair in range(1, PAIRS + 1):
        assert (marking.pair, marking.turn) == (pair, Side.LEFT)
        assert marking.add(Side.LEFT, (pair, 0)) and not marking.add(Side.LEFT, (9, 9))
        marking.undo()
        assert marking.add(Side.LEFT, (pair, 0)) and marking.add(Side.RIGHT, (pair, 1))
    assert marking.complete and not marking.add(Side.LEFT, (5, 5))
    assert marking.points(Side.RIGHT) == ((1, 1), (2, 1), (3, 1), (4, 1))
    for _ in range(2 * PAIRS + 1):
        marking.undo()
    assert marking.points(Side.LEFT) == () and marking.turn is Side.LEFT


def test_the_rate_stays_below_what_can_harm(qapp: QObject) -> None:
    blinker = Blinker()
    for steps in (1, -1):
        for _ in range(10):
            blinker.hurry(steps)
        assert blinker.rate == (max(RATES) if steps > 0 else min(RATES))
    assert max(RATES) <= 3
    assert not blinker.moving


def test_what_a_change_is_said_to_be(qapp: QObject) -> None:
    assert length_words(change(Kind.NEW, 0, 120.4)) == "120 px"
    assert length_words(change(Kind.GROWN, 100, 220)) == "100 → 220 px"
    assert length_words(change(Kind.REPAIRED, 80, 0)) == "80 px"
    assert notes_of(change(Kind.UNCHANGED, 9, 9, faint=True)) == "faint in one"
    assert notes_of(change(Kind.REPAIRED, 9, 0, part=True)) == "in part"
    assert notes_of(change(Kind.OUTSIDE, 9, 0, only_first=True)) == "only the earlier one shows it"
    assert notes_of(change(Kind.OUTSIDE, 0, 9)) == "only the later one shows it"


def test_a_crack_where_the_pictures_do_not_agree_is_not_said_to_be_in_one_alone(qapp: QObject) -> None:
    assert notes_of(change(Kind.OUTSIDE, 0, 50, astray=True)) == "in the later one; not comparable there"
    assert notes_of(change(Kind.OUTSIDE, 50, 0, only_first=True)) == "only the earlier one shows it"


def test_each_kind_has_a_colour_and_a_stroke_of_its_own() -> None:
    assert set(STROKES) == set(Kind)
    assert len({stroke.colour for stroke in STROKES.values()}) == len(Kind)
    assert len({(stroke.width, stroke.dashes) for stroke in STROKES.values()}) == len(Kind)


def test_a_map_is_laid_on_the_very_pixels_that_it_stands_for(bench: Bench) -> None:
    bench.compare(bench.earlier, bench.later)
    first = bench.page.session.picture(0)
    assert first is not None and first.detection is not None
    rows, columns = first.row.height // 4, first.row.width // 4
    crack_map = np.zeros((rows, columns), np.uint8)
    crack_map[rows // 2 - 4 : rows // 2 + 4, columns // 2 - 4 : columns // 2 + 4] = 255
    whole = dataclasses.replace(first.detection, crack_map=crack_map, view=WHOLE)
    twice = dataclasses.replace(first.row, width=2 * first.row.width, height=2 * first.row.height)
    laid = laid_over(first, dataclasses.replace(first, row=twice), whole, resizing(2, 2)).detection
    assert laid is not None and laid.crack_map.shape == (2 * rows, 2 * columns)
    lit = laid.crack_map.astype(float)
    middle = (lit.sum(axis=1) @ np.arange(2 * rows), lit.sum(axis=0) @ np.arange(2 * columns)) / lit.sum()
    np.testing.assert_allclose(middle, (2 * (rows // 2) - 0.5, 2 * (columns // 2) - 0.5), atol=0.02)


def test_the_earlier_picture_is_laid_where_the_later_one_is(bench: Bench) -> None:
    bench.compare(bench.earlier, bench.later)
    session = bench.page.session
    first, second = session.picture(0), session.picture(1)
    assert first is not None and second is not None and session.result is not None
    way = session.result.alignment.homography
    assert way is not None
    laid = laid_over(first, second, first.detection, way)
    assert laid.row is second.row and laid.levels[0].shape == second.levels[0].shape
    here = np.array([[300.0, 150.0]])
    x, y = (round(float(value)) for value in moved(here, way)[0])
    before = first.levels[0][145:156, 295:306].mean(axis=(0, 1))
    np.testing.assert_allclose(laid.levels[0][y - 5 : y + 6, x - 5 : x + 6].mean(axis=(0, 1)), before, atol=3)
    assert laid.detection is not None and first.detection is not None
    # The crack that lasts is at the same place in both maps.
    assert second.detection is not None
    size = laid.detection.crack_map.shape
    later = np.asarray(second.detection.crack_map)
    assert abs(size[1] - later.shape[1]) <= 16
    rows, _ = np.nonzero(laid.detection.crack_map[:, : size[1] // 3] >= 128)
    others = np.nonzero(later[: size[0] // 2, : size[1] // 3] >= 128)
    assert rows.size and others[0].size
    assert rows.min() * later.shape[0] / size[0] == pytest.approx(others[0].min(), abs=3)


def test_lines_are_drawn_on_the_crack_however_the_picture_is_zoomed(bench: Bench) -> None:
    bench.compare(bench.earlier, bench.later)
    view = bench.page.sides[1].view
    layer = ChangeLayer(view)
    layer.show_changes([change(Kind.NEW, 0, 160), change(Kind.OUTSIDE, 50, 0, only_first=True)])
    layer.show()
    for part in (WHOLE, View(0.35, 0.25, 0.4, 0.4)):
        view.set_view(part)
        at = view.to_widget(QPointF(320.5, 180))
        image = pixels(view).astype(int)
        beside = image[round(at.y()), round(at.x()) - 30]
        blue, green, red = image[round(at.y()), round(at.x())]
        assert red > 200 and green < 120 and blue < 120
        assert not (beside[2] > 200 and beside[1] < 120)
    assert layer.at(QPointF(324, 180), 10) is not None
    assert layer.at(QPointF(340, 180), 10) is None
