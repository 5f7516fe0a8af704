from __future__ import annotations

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from crackinspector.survey.reinspection.thinning import courses_of, length_of, thinned


def drawn(*courses: list[tuple[int, int]], width: int = 9) -> NDArray[np.uint8]:
    mask = np.zeros((120, 160), np.uint8)
    for course in courses:
        cv2.polylines(mask, [np.array(course, np.int32)], False, 1, width)
    return mask


@pytest.mark.parametrize("width", [1, 3, 9])
@pytest.mark.parametrize("end", [(140, 20), (140, 100), (110, 110), (20, 110)])
def test_a_line_is_as_long_as_it_was_drawn(end: tuple[int, int], width: int) -> None:
    true = float(np.hypot(end[0] - 20, end[1] - 20))
    # Counting steps makes slanting lines a little longer; thinning takes half a width off each end.
    assert 0.98 * true - width <= length_of(thinned(drawn([(20, 20), end], width=width))) <= 1.09 * true


def test_middle_lines_are_one_pixel_wide_and_stay_within_the_mask_as_connected_as_it_was() -> None:
    mask = drawn([(20, 20), (120, 60), (60, 110)], [(100, 15), (140, 100)])
    lines = thinned(mask)
    assert not np.any(lines & ~mask)
    assert cv2.connectedComponents(lines, connectivity=8)[0] == cv2.connectedComponents(mask, connectivity=8)[0]
    blocks = cv2.boxFilter(lines.astype(np.float32), -1, (2, 2), normalize=False)
    assert blocks.max() < 4


def test_a_mask_that_reaches_the_edge_is_thinned_like_any_other() -> None:
    assert length_of(thinned(drawn([(0, 60), (159, 60)]))) == pytest.approx(159 - 9, abs=3)


def test_nothing_has_no_length_and_a_pixel_has_some() -> None:
    nothing = np.zeros((9, 9), np.uint8)
    assert length_of(thinned(nothing)) == 0
    assert courses_of(nothing) == []
    nothing[4, 4] = 1
    assert length_of(thinned(nothing)) == 1


def test_courses_follow_the_lines_and_meet_where_they_branch() -> None:
    lines = thinned(drawn([(20, 60), (140, 60)], [(80, 60), (80, 110)]))
    courses = courses_of(lines)
    again = np.zeros_like(lines)
    for course in courses:
        cv2.polylines(again, [course.astype(np.int32)], False, 1)
    assert len(courses) == 3
    near = np.ones((3, 3), np.uint8)
    assert not np.any((lines > 0) & (cv2.dilate(again, near) == 0))
    assert not np.any((again > 0) & (cv2.dilate(lines, near) == 0))


def test_a_ring_is_one_course() -> None:
    ring = np.zeros((60, 60), np.uint8)
    cv2.circle(ring, (30, 30), 20, 1, 5)
    lines = thinned(ring)
    assert length_of(lines) == pytest.approx(2 * np.pi * 20, rel=0.1)
    assert sum(len(course) > 5 for course in courses_of(lines)) == 1
