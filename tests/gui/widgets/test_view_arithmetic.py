from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crackinspector.core.frame import WHOLE, View
from crackinspector.gui.widgets.view_arithmetic import (
    MOST_ZOOM,
    Box,
    frame_point,
    letterbox,
    moved,
    placed,
    view_around,
    zoom_of,
    zoomed,
)

shares = st.floats(0, 1)
views = st.builds(view_around, shares, shares, st.floats(1, MOST_ZOOM))


def assert_lies_in_the_frame(view: View) -> None:
    assert view.w == view.h
    assert 1 / MOST_ZOOM <= view.w <= 1
    assert view.x >= 0
    assert view.y >= 0
    assert view.x + view.w <= 1 + 1e-12
    assert view.y + view.h <= 1 + 1e-12


@given(view=views, factor=st.floats(0.01, 100), x=shares, y=shares, dx=st.floats(-9, 9), dy=st.floats(-9, 9))
def test_whatever_hands_do_the_view_stays_in_the_frame_and_keeps_its_aspect(
    view: View, factor: float, x: float, y: float, dx: float, dy: float
) -> None:
    assert_lies_in_the_frame(view)
    assert_lies_in_the_frame(zoomed(view, factor, x, y))
    assert_lies_in_the_frame(moved(view, dx, dy))


@given(view=views, factor=st.floats(1, 8), across=shares, down=shares)
def test_the_point_under_the_fingers_stays_when_the_picture_comes_nearer(
    view: View, factor: float, across: float, down: float
) -> None:
    x, y = view.x + across * view.w, view.y + down * view.h
    nearer = zoomed(view, factor, x, y)
    assert (x - nearer.x) / nearer.w == pytest.approx(across, abs=1e-6)
    assert (y - nearer.y) / nearer.h == pytest.approx(down, abs=1e-6)


@given(view=views, x=shares, y=shares)
def test_zooming_out_far_enough_shows_everything(view: View, x: float, y: float) -> None:
    out = zoomed(view, 1 / MOST_ZOOM, x, y)
    assert zoom_of(out) == pytest.approx(1)
    assert (out.x, out.y) == (0, 0)


@given(
    frame_width=st.integers(1, 8000),
    frame_height=st.integers(1, 6000),
    width=st.integers(100, 4000),
    height=st.integers(100, 4000),
)
def test_the_letterbox_is_as_large_as_can_be_and_in_the_middle(
    frame_width: int, frame_height: int, width: int, height: int
) -> None:
    box = letterbox(frame_width, frame_height, width, height)
    assert box.w == width or box.h == height
    assert box.w <= width
    assert box.h <= height
    assert abs(2 * box.x + box.w - width) <= 1
    assert abs(2 * box.y + box.h - height) <= 1
    if min(box.w, box.h) > 1:
        assert box.w * frame_height == pytest.approx(box.h * frame_width, abs=max(frame_width, frame_height))


@given(view=views, x=shares, y=shares)
def test_a_part_of_the_frame_and_the_point_under_its_corner_agree(view: View, x: float, y: float) -> None:
    box = Box(10, 20, 960, 720)
    at = placed(View(x, y, 0.1, 0.1), view, box)
    assert frame_point(at.x, at.y, view, box) == pytest.approx((x, y))


def test_the_whole_frame_fills_the_box() -> None:
    box = Box(0, 90, 960, 540)
    assert placed(WHOLE, WHOLE, box) == box
