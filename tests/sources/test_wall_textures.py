"""Materials of the demo wall."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crackinspector.sources.wall_textures import Bond, brickwork, palette


@given(st.integers(0, 40), st.floats(-500, 5000))
def test_the_nearest_head_joint_lies_within_half_a_unit_and_shifts_with_the_course(course: int, x: float) -> None:
    bond = Bond(unit=240, course=75, joint=10)
    joint = bond.head_joint(course, x)
    assert abs(joint - x) <= 120
    assert joint % 240 == pytest.approx(120 * (course % 2))


@pytest.mark.parametrize("origin", [(0, 0), (713, 0), (90, 1234)])
def test_joints_lie_where_the_bond_says_wherever_the_piece_is_cut(origin: tuple[int, int]) -> None:
    look = palette(np.random.default_rng(5))
    bond = look.bond
    surface = brickwork(np.random.default_rng(6), (500, 600), look, origin)
    for course in range(int(origin[1] / bond.course) + 1, int((origin[1] + 500) / bond.course)):
        bed = round(course * bond.course - origin[1])
        middle = round((course + 0.5) * bond.course - origin[1])
        if 3 < bed < 497 and 3 < middle < 497:
            assert surface.height[middle].mean() > surface.height[bed].mean() + 1.5
            head = bond.head_joint(course, origin[0] + 300) - origin[0]
            assert surface.height[middle - 9 : middle + 10, round(head)].mean() < surface.height[middle].mean() - 1
