from __future__ import annotations

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crackinspector.training import augment

SIDE = 96


def noise(height: int, width: int) -> np.ndarray:
    return np.random.default_rng(0).integers(0, 256, (height, width, 3), np.uint8)


@pytest.mark.parametrize("quarters", range(4))
@pytest.mark.parametrize("flip", [False, True])
def test_a_whole_view_is_the_picture_turned_and_mirrored(quarters: int, flip: bool) -> None:
    image = noise(SIDE, SIDE)
    seen, _ = augment.view(image, None, (SIDE / 2, SIDE / 2), (SIDE, SIDE), quarters * np.pi / 2, SIDE, flip)
    candidates = [np.rot90(turned, k) for turned in (image, image[:, ::-1]) for k in range(4)]
    inner = slice(2, -2)
    differences = [np.abs(seen[inner, inner].astype(int) - c[inner, inner]).mean() for c in candidates]
    # half a pixel of shift blurs noise; the right candidate is still far ahead of the others
    assert sorted(differences)[0] < 0.75 * sorted(differences)[1]


@given(
    x=st.floats(20, 100),
    y=st.floats(20, 100),
    span=st.floats(40, 260),
    angle=st.floats(0, 6.28),
    flip=st.booleans(),
)
def test_the_mask_moves_with_the_picture(x: float, y: float, span: float, angle: float, flip: bool) -> None:
    image = np.full((120, 120, 3), 220, np.uint8)
    mask = np.zeros((120, 120), np.uint8)
    cv2.line(mask, (10, 30), (110, 80), 255, 9)
    image[mask > 0] = 20
    seen, moved = augment.view(image, mask, (x, y), (span, span), angle, 128, flip)
    assert moved is not None and moved.shape == (128, 128) and seen.shape == (128, 128, 3)
    dark = seen[..., 0].astype(np.float32)
    assert (dark[moved > 250] < 40).all()
    assert (dark[moved < 5] > 200).all()


@given(seed=st.integers(0, 500))
def test_light_lens_shadow_and_decoys_keep_the_format_and_follow_their_seed(seed: int) -> None:
    image = noise(64, 80)
    for change in (augment.colour, augment.shadow, augment.lens, augment.decoys):
        one, two = (change(image, np.random.default_rng(seed)) for _ in range(2))
        assert one.shape == image.shape and one.dtype == np.uint8
        assert np.array_equal(one, two)
    assert np.array_equal(image, noise(64, 80))


def test_a_shadow_darkens_and_never_brightens() -> None:
    image = noise(64, 64)
    shaded = augment.shadow(image, np.random.default_rng(3))
    assert (shaded <= image).all() and shaded.mean() < image.mean()
