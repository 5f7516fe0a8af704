from __future__ import annotations

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crackinspector.inference import regions
from crackinspector.inference.regions import find_regions


def test_a_clean_map_has_no_regions() -> None:
    assert find_regions(np.full((50, 80), 127, np.uint8)) == ()


def test_boxes_hold_their_cracks_and_come_largest_first() -> None:
    crack_map = np.zeros((200, 300), np.uint8)
    cv2.line(crack_map, (10, 20), (10, 150), 200, 3)
    cv2.line(crack_map, (100, 180), (280, 180), 255, 3)
    first, second = find_regions(crack_map)
    assert first.x <= 100 <= 280 <= first.x + first.w and first.h <= 6
    assert second.y <= 20 and second.y + second.h >= 150
    assert first.score == pytest.approx(1.0)
    assert second.score == pytest.approx(200 / 255, abs=0.01)


def test_a_gap_of_a_few_pixels_does_not_part_a_crack() -> None:
    crack_map = np.zeros((60, 120), np.uint8)
    crack_map[30, 10:50] = crack_map[30, 55:110] = 200
    assert len(find_regions(crack_map)) == 1


def test_a_large_mask_keeps_its_bridges(monkeypatch: pytest.MonkeyPatch) -> None:
    crack_map = np.zeros((300, 400), np.uint8)
    for x in range(0, 392, 16):
        crack_map[148:152, x : x + 10] = 200
    assert len(find_regions(crack_map)) == 1
    monkeypatch.setattr(regions, "LARGEST_PIXELS", 300 * 400 // 4)
    assert len(find_regions(crack_map)) == 1


def test_specks_are_no_regions() -> None:
    crack_map = np.zeros((60, 120), np.uint8)
    crack_map[10:14, 10:14] = 255
    assert find_regions(crack_map) == ()


@settings(max_examples=30, deadline=None)
@given(
    width=st.integers(40, 300),
    height=st.integers(40, 300),
    seed=st.integers(0, 1000),
    limit=st.sampled_from([10**7, 5000]),
)
def test_boxes_lie_in_the_picture_and_hold_the_long_parts_of_the_mask(
    width: int, height: int, seed: int, limit: int
) -> None:
    rng = np.random.default_rng(seed)
    crack_map = np.zeros((height, width), np.uint8)
    for _ in range(3):
        start, end = [(int(rng.integers(width)), int(rng.integers(height))) for _ in range(2)]
        cv2.line(crack_map, start, end, int(rng.integers(128, 256)), 2)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(regions, "LARGEST_PIXELS", limit)
        found = find_regions(crack_map)
    covered = np.zeros_like(crack_map)
    for region in found:
        assert 0 <= region.x < region.x + region.w <= width
        assert 0 <= region.y < region.y + region.h <= height
        assert 0.5 <= region.score <= 1.0
        covered[region.y : region.y + region.h, region.x : region.x + region.w] = 1
    outside = ((crack_map >= 128) & (covered == 0)).astype(np.uint8)
    _, _, stats, _ = cv2.connectedComponentsWithStats(outside, connectivity=8)
    assert all(max(w, h) < regions.LEAST_EXTENT_PX + 8 for _, _, w, h, _ in stats[1:])
