from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from crackinspector.sources.freezing import EVEN_RANGE, Freezing, is_even


def noisy(seed: int) -> NDArray[np.uint8]:
    return np.random.default_rng(seed).integers(90, 140, (240, 320, 3), np.uint8)


def test_the_same_picture_is_counted_from_when_it_first_came() -> None:
    freezing = Freezing(10.0)
    assert freezing.seconds(noisy(1), 10.5) == 0
    assert freezing.seconds(noisy(1), 12.0) == 1.5
    assert freezing.seconds(noisy(2), 13.0) == 0
    assert freezing.seconds(noisy(1), 14.0) == 0


@pytest.mark.parametrize("colour", [(0, 0, 0), (255, 255, 255), (0, 135, 0)])
def test_an_even_picture_is_never_frozen(colour: tuple[int, int, int]) -> None:
    freezing = Freezing(0.0)
    image = np.full((240, 320, 3), colour, np.uint8)
    assert {freezing.seconds(image, float(now)) for now in range(60)} == {0.0}


def test_even_is_a_matter_of_a_few_levels() -> None:
    image = np.full((4, 4, 3), 100, np.uint8)
    image[0, 0, 1] += EVEN_RANGE
    assert is_even(image)
    image[0, 0, 1] += 1
    assert not is_even(image)
    assert is_even(image[:0])
