"""Upright pictures and boxes against Pillow's own turning."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from crackinspector.sources.orientation import upright, upright_box, upright_size

PILLOW = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


@given(st.integers(1, 8), st.integers(1, 9), st.integers(1, 9), st.sampled_from([(), (3,)]))
def test_turns_as_pillow_does(orientation: int, width: int, height: int, channels: tuple[int, ...]) -> None:
    stored = np.random.default_rng(0).integers(0, 256, (height, width, *channels), dtype=np.uint8)
    image = Image.fromarray(stored)
    expected = np.asarray(image if orientation == 1 else image.transpose(PILLOW[orientation]))
    turned = upright(stored, orientation)
    np.testing.assert_array_equal(turned, expected)
    assert turned.flags.c_contiguous
    assert turned.shape[1::-1] == upright_size(width, height, orientation)


@given(st.integers(1, 8), st.data())
def test_a_box_moves_with_its_pixels(orientation: int, data: st.DataObject) -> None:
    width, height = data.draw(st.integers(1, 20)), data.draw(st.integers(1, 20))
    x, y = data.draw(st.integers(0, width - 1)), data.draw(st.integers(0, height - 1))
    w, h = data.draw(st.integers(1, width - x)), data.draw(st.integers(1, height - y))
    stored = np.zeros((height, width), np.uint8)
    stored[y : y + h, x : x + w] = 1
    left, top, breadth, tall = upright_box(x, y, w, h, width, height, orientation)
    turned = upright(stored, orientation)
    assert turned[top : top + tall, left : left + breadth].sum() == turned.sum() == breadth * tall


@pytest.mark.parametrize("orientation", [0, 9, -1])
def test_refuses_other_orientations(orientation: int) -> None:
    with pytest.raises(ValueError, match="orientation"):
        upright(np.zeros((2, 2), np.uint8), orientation)
    with pytest.raises(ValueError, match="orientation"):
        upright_box(0, 0, 1, 1, 2, 2, orientation)
