from __future__ import annotations

import cv2
import numpy as np
import pytest

from crackinspector.survey.reinspection.alignment import Alignment
from crackinspector.survey.reinspection.changes import Change, Changes, Inspected, Kind, changes

WIDTH, HEIGHT = 800, 600
Line = tuple[tuple[int, int], ...]
TOP: Line = ((100, 100), (300, 120))
MIDDLE: Line = ((100, 300), (400, 300))
LONGER: Line = ((100, 300), (550, 300))
SHORTER: Line = ((100, 300), (250, 300))
RIGHT: Line = ((600, 100), (650, 400))
EXACT = Alignment(np.eye(3), True, rms_px=0.5)


def inspected(
    *lines: Line, faint: tuple[Line, ...] = (), view: tuple[int, int, int, int] = (0, 0, WIDTH, HEIGHT)
) -> Inspected:
    """What a model might find: a map at half the picture's size."""
    crack_map = np.zeros((HEIGHT, WIDTH), np.uint8)
    for value, courses in ((90, faint), (230, lines)):
        for course in courses:
            cv2.polylines(crack_map, [np.array(course, np.int32)], False, value, 7)
    x, y, w, h = view
    part = cv2.resize(crack_map[y : y + h, x : x + w], None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    return Inspected(WIDTH, HEIGHT, np.asarray(part, np.uint8), view, 128)


def kinds(found: Changes) -> list[Kind]:
    return [change.kind for change in found.cracks]


def only(found: Changes) -> Change:
    (change,) = found.cracks
    return change


def test_each_crack_gets_what_became_of_it() -> None:
    found = changes(inspected(TOP, MIDDLE), inspected(LONGER, RIGHT), EXACT)
    assert kinds(found) == [Kind.NEW, Kind.GROWN, Kind.REPAIRED]
    new, grown, repaired = found.cracks
    assert new.length_before == 0 and new.length_after == pytest.approx(304, rel=0.05)
    assert grown.length_before == pytest.approx(300, abs=12) and grown.length_after == pytest.approx(450, abs=12)
    assert repaired.length_before == pytest.approx(201, rel=0.05) and repaired.length_after == 0
    assert new.box == pytest.approx((600, 100, 50, 300), abs=5)
    assert [found.count(kind) for kind in Kind] == [1, 1, 1, 0, 0]


def test_the_same_crack_is_unchanged() -> None:
    change = only(changes(inspected(TOP), inspected(TOP), EXACT))
    assert change.kind is Kind.UNCHANGED and not change.faint
    assert change.length_before == change.length_after == pytest.approx(201, rel=0.05)


def test_a_crack_beside_its_place_is_unchanged_as_far_as_the_alignment_may_be_off() -> None:
    beside: Line = tuple((x, y + 12) for x, y in MIDDLE)
    assert kinds(changes(inspected(MIDDLE), inspected(beside), EXACT)) == [Kind.NEW, Kind.REPAIRED]
    loose = Alignment(np.eye(3), True, rms_px=4.0)
    assert kinds(changes(inspected(MIDDLE), inspected(beside), loose)) == [Kind.UNCHANGED]


def test_where_the_pictures_do_not_lie_over_each_other_nothing_is_said_to_have_changed() -> None:
    where = np.zeros((60, 80), np.uint8)
    where[:, :50] = 255
    beside: Line = ((600, 130), (650, 430))
    alignment = Alignment(np.eye(3), True, rms_px=0.5, where=where)
    found = changes(inspected(MIDDLE, RIGHT), inspected(LONGER, beside), alignment)
    assert kinds(found) == [Kind.GROWN, Kind.OUTSIDE, Kind.OUTSIDE, Kind.OUTSIDE]
    assert found.cracks[0].length_after == pytest.approx(388, abs=12)
    assert found.compared == pytest.approx(0.6, abs=0.02)
    assert sorted(each.only_first for each in found.cracks[1:]) == [False, False, True]
    assert all(each.astray for each in found.cracks[1:])


def test_what_is_below_the_threshold_but_above_half_of_it_is_neither_repaired_nor_new() -> None:
    for before, after in (
        (inspected(MIDDLE), inspected(faint=(MIDDLE,))),
        (inspected(faint=(MIDDLE,)), inspected(MIDDLE)),
    ):
        change = only(changes(before, after, EXACT))
        assert change.kind is Kind.UNCHANGED and change.faint
        assert change.length_before == change.length_after > 250


def test_what_is_faint_in_both_is_no_crack() -> None:
    assert changes(inspected(faint=(MIDDLE,)), inspected(faint=(MIDDLE,)), EXACT).cracks == ()


def test_a_crack_that_was_faint_where_it_has_grown_from_has_grown() -> None:
    change = only(changes(inspected(faint=(MIDDLE,)), inspected(LONGER), EXACT))
    assert change.kind is Kind.GROWN and change.faint
    assert change.length_after - change.length_before == pytest.approx(150, abs=15)


def test_a_crack_repaired_in_part_is_told_as_what_is_left_and_what_is_gone() -> None:
    found = changes(inspected(MIDDLE), inspected(SHORTER), EXACT)
    assert kinds(found) == [Kind.REPAIRED, Kind.UNCHANGED]
    gone, left = found.cracks
    assert gone.part and gone.length_before == pytest.approx(150, abs=15)
    assert left.length_before - left.length_after == pytest.approx(gone.length_before)


def test_a_crack_has_not_grown_by_less_than_can_be_told() -> None:
    slightly: Line = ((100, 300), (418, 300))
    assert kinds(changes(inspected(MIDDLE), inspected(slightly), EXACT)) == [Kind.UNCHANGED]


def test_what_has_come_to_a_long_crack_is_told_however_long_that_is() -> None:
    long: Line = ((20, 300), (700, 300))
    branch: Line = ((350, 300), (380, 340))
    change = only(changes(inspected(long), inspected(long, branch), EXACT))
    assert change.kind is Kind.GROWN
    assert change.length_after - change.length_before < 0.1 * change.length_before


def test_where_only_one_inspection_looked_nothing_is_new_or_repaired() -> None:
    left_half = (0, 0, 400, HEIGHT)
    found = changes(inspected(TOP, RIGHT), inspected(TOP, view=left_half), EXACT)
    assert kinds(found) == [Kind.UNCHANGED, Kind.OUTSIDE]
    assert found.cracks[1].only_first and found.cracks[1].length_after == 0
    found = changes(inspected(TOP, view=left_half), inspected(TOP, RIGHT), EXACT)
    assert kinds(found) == [Kind.UNCHANGED, Kind.OUTSIDE]
    assert not found.cracks[1].only_first and found.cracks[1].length_before == 0
    assert found.compared == pytest.approx(0.5, abs=0.03)


def test_a_crack_that_leaves_the_common_part_is_compared_within_it() -> None:
    found = changes(inspected(LONGER, view=(0, 0, 400, HEIGHT)), inspected(LONGER), EXACT)
    assert kinds(found) == [Kind.UNCHANGED, Kind.OUTSIDE]
    assert found.cracks[1].part
    assert sum(change.length_after for change in found.cracks) == pytest.approx(450, abs=12)


def test_cracks_beyond_the_second_picture_are_told_in_the_pixels_of_the_first() -> None:
    shifted = Alignment(np.array([[1.0, 0, -500], [0, 1, 0], [0, 0, 1]]), True, rms_px=0.5)
    moved_right: Line = tuple((x - 500, y) for x, y in RIGHT)
    found = changes(inspected(MIDDLE, RIGHT), inspected(moved_right), shifted)
    assert kinds(found) == [Kind.UNCHANGED, Kind.OUTSIDE]
    assert found.cracks[1].box[0] == pytest.approx(100, abs=5)


def test_pictures_of_other_sizes_are_compared_in_the_pixels_of_the_second() -> None:
    doubled = Alignment(np.diag([2.0, 2.0, 1.0]), True, rms_px=0.5)
    large = Inspected(2 * WIDTH, 2 * HEIGHT, inspected(MIDDLE).crack_map, (0, 0, 2 * WIDTH, 2 * HEIGHT), 128)
    change = only(changes(inspected(MIDDLE), large, doubled))
    assert change.kind is Kind.UNCHANGED
    assert change.length_after == pytest.approx(600, abs=24)


def test_a_large_picture_is_compared_at_a_bounded_size_and_told_in_its_own_pixels() -> None:
    crack_map = inspected(MIDDLE).crack_map
    large = Inspected(10 * WIDTH, 10 * HEIGHT, crack_map, (0, 0, 10 * WIDTH, 10 * HEIGHT), 128)
    change = only(changes(large, large, EXACT))
    assert change.length_after == pytest.approx(3000, rel=0.05)
    assert change.box[0] == pytest.approx(1000, abs=60)
    assert all(stretch.course[:, 0].max() > 3500 for stretch in change.stretches)


def test_specks_are_no_cracks() -> None:
    speck: Line = ((200, 200), (203, 202))
    assert changes(inspected(speck), inspected(TOP), EXACT).count(Kind.REPAIRED) == 0


def test_what_is_hardly_longer_than_the_tolerance_is_not_said_to_be_new() -> None:
    short: Line = ((200, 200), (230, 205))
    exact, loose = EXACT, Alignment(np.eye(3), True, rms_px=4.0)
    assert kinds(changes(inspected(), inspected(short), exact)) == [Kind.NEW]
    assert kinds(changes(inspected(), inspected(short), loose)) == []
    assert kinds(changes(inspected(short), inspected(short), loose)) == [Kind.UNCHANGED]


def test_stretches_say_which_part_of_a_crack_has_come() -> None:
    change = only(changes(inspected(MIDDLE), inspected(LONGER), EXACT))
    came = np.concatenate([stretch.course for stretch in change.stretches if stretch.kind is Kind.GROWN])
    assert came[:, 0].min() > 395 and came[:, 0].max() > 530


def test_pictures_without_a_homography_cannot_be_compared() -> None:
    with pytest.raises(ValueError):
        changes(inspected(TOP), inspected(TOP), Alignment(None, False, reasons=("no",)))
