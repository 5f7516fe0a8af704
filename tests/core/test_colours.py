from __future__ import annotations

import cv2
import numpy as np
import pytest

from crackinspector.core.colours import COLOUR_MAPS, colour_map, colour_table, map_colours, map_opacity
from crackinspector.core.settings import RULES


def test_every_colour_map_of_the_settings_is_there() -> None:
    assert set(RULES["view.colour_map"].choices) == set(COLOUR_MAPS)


@pytest.mark.parametrize("name", COLOUR_MAPS)
def test_a_colour_map_is_the_published_one(name: str) -> None:
    values = np.arange(256, dtype=np.uint8)[:, None]
    published = cv2.applyColorMap(values, getattr(cv2, f"COLORMAP_{name.upper()}"))[:, 0]
    assert np.abs(colour_map(name).astype(int) - published).max() <= 2


@pytest.mark.parametrize("name", COLOUR_MAPS)
def test_a_map_value_has_one_colour_and_none_is_black(name: str) -> None:
    colours = map_colours(name)
    assert (colours.max(axis=1) >= 50).all()
    assert np.array_equal(colours[255], colour_map(name)[255])
    assert not colours.flags.writeable


def test_opacity_rises_smoothly_from_a_tenth() -> None:
    opacity = map_opacity().astype(float)
    assert not opacity[:26].any()
    assert opacity[26] > 0
    assert (np.diff(opacity) >= 0).all()
    assert np.diff(opacity).max() < 0.012
    assert opacity[-1] == 1


@pytest.mark.parametrize("name", COLOUR_MAPS)
@pytest.mark.parametrize("opacity", [0.0, 0.7, 1.0, 3.0])
def test_a_colour_table_is_bgra_with_alpha_by_value_alone(name: str, opacity: float) -> None:
    table = colour_table(name, opacity)
    assert table.shape == (256, 4)
    assert table.dtype == np.uint8
    assert table[0, 3] == 0
    assert table[255, 3] == round(255 * min(1.0, opacity))
    assert np.array_equal(table[:, :3], map_colours(name))
