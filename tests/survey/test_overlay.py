from __future__ import annotations

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from crackinspector.core.detection import Analysis, Region
from crackinspector.core.labels import Label
from crackinspector.survey.overlay import MAX_SIDE, MIN_SIDE, draw_overlay, encode_overlay, encode_png, overlay_size


def analysis(crack_map: NDArray[np.uint8], *regions: Region, label: Label = Label.POSITIVE) -> Analysis:
    height, width = crack_map.shape
    return Analysis(width, height, label, 0.9, {}, regions, crack_map)


def grey(width: int, height: int) -> NDArray[np.uint8]:
    return np.full((height, width, 3), 128, np.uint8)


@given(st.integers(1, 50_000), st.integers(1, 50_000))
def test_size_stays_within_its_limits_and_keeps_the_aspect(width: int, height: int) -> None:
    drawn = overlay_size(width, height)
    assert MIN_SIDE <= max(drawn) <= MAX_SIDE
    assert min(drawn) >= 1
    scale = max(drawn) / max(width, height)
    assert abs(drawn[0] - max(1, width * scale)) <= 1
    assert abs(drawn[1] - max(1, height * scale)) <= 1


@pytest.mark.parametrize(
    ("width", "height"), [(1, 1), (16, 900), (900, 16), (227, 227), (1280, 720), (5000, 1000), (9001, 100)]
)
@pytest.mark.parametrize("label", list(Label))
def test_any_shape_and_label_can_be_drawn(width: int, height: int, label: Label) -> None:
    found = analysis(np.full((height, width), 255, np.uint8), Region(0, 0, width, height, 1.0), label=label)
    overlay = draw_overlay(grey(width, height), found, "a model with a rather long name " * 4)
    drawn = overlay_size(width, height)
    assert overlay.dtype == np.uint8
    assert overlay.shape[1] == drawn[0]
    assert overlay.shape[0] > drawn[1]
    decoded = cv2.imdecode(np.frombuffer(encode_overlay(overlay), np.uint8), cv2.IMREAD_COLOR)
    assert decoded is not None
    assert decoded.shape == overlay.shape


def test_the_picture_is_untouched_where_the_map_is_low() -> None:
    image = np.random.default_rng(0).integers(0, 256, (800, 1000, 3), np.uint8)
    before = image.copy()
    crack_map = np.full((800, 1000), 20, np.uint8)
    crack_map[400:420] = 255
    overlay = draw_overlay(image, analysis(crack_map), "m")
    assert np.array_equal(image, before)
    assert np.array_equal(overlay[:400], image[:400])
    assert np.array_equal(overlay[420:800], image[420:])
    assert not np.array_equal(overlay[400:420], image[400:420])


def test_the_colour_depends_on_the_value_alone() -> None:
    faint, strong = np.zeros((800, 800), np.uint8), np.zeros((800, 800), np.uint8)
    faint[100:200], strong[100:200], strong[500:600] = 140, 140, 255
    first = draw_overlay(grey(800, 800), analysis(faint), "m")
    second = draw_overlay(grey(800, 800), analysis(strong), "m")
    assert np.array_equal(first[150], second[150])
    assert not np.array_equal(second[150], second[550])


def test_a_hairline_shows_in_an_overlay_that_is_scaled_down() -> None:
    crack_map = np.zeros((1500, 3 * MAX_SIDE), np.uint8)
    crack_map[:, 6001] = 255
    overlay = draw_overlay(grey(crack_map.shape[1], 1500), analysis(crack_map), "m")
    difference = np.abs(overlay[:500].astype(int) - 128).max(axis=(0, 2))
    assert difference[6001 // 3] > 60
    assert difference[: 6001 // 3 - 1].max() == 0
    assert difference[6001 // 3 + 2 :].max() == 0


def test_regions_are_outlined_where_they_lie() -> None:
    found = analysis(np.zeros((800, 800), np.uint8), Region(200, 300, 100, 150, 0.8))
    overlay = draw_overlay(grey(800, 800), found, "m")
    changed = np.argwhere((overlay[:800] != 128).any(axis=2))
    top, left = changed.min(axis=0)
    bottom, right = changed.max(axis=0)
    assert 270 <= top < 300
    assert 190 <= left < 200
    assert 450 <= bottom < 460
    assert 300 <= right < 310
    assert (overlay[320:430, 220:280] == 128).all()


def test_a_map_is_written_without_loss() -> None:
    crack_map = np.random.default_rng(0).integers(0, 256, (33, 47), np.uint8)
    decoded = cv2.imdecode(np.frombuffer(encode_png(crack_map), np.uint8), cv2.IMREAD_UNCHANGED)
    assert decoded is not None
    assert decoded.ndim == 2
    assert np.array_equal(decoded, crack_map)
