from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from crackinspector.core.labels import Label
from crackinspector.inference.analyzer import Analyzer
from crackinspector.inference.frames import FrameAnalyzer, Interrupted
from crackinspector.inference.model import CrackModel, TileResult
from crackinspector.inference.shipped import resolve_model
from crackinspector.inference.tiling import pyramid
from crackinspector.sources.demo_wall import demo_wall
from tests.inference.dark_model import DarkModel


class SlowModel(DarkModel):
    """Says that each tile took some time."""

    def __init__(self, seconds: float) -> None:
        super().__init__()
        self.seconds = seconds

    def run(self, tiles: list[NDArray[np.uint8]]) -> TileResult:
        result = super().run(tiles)
        return TileResult(result.scores, result.maps, self.seconds * len(tiles))


def wall_with_a_line(height: int, width: int, value: int = 20) -> NDArray[np.uint8]:
    image = np.full((height, width, 3), 230, np.uint8)
    image[:, width // 2 - 8 : width // 2 + 8] = value
    return image


@settings(max_examples=30)
@given(width=st.integers(20, 900), height=st.integers(20, 900), seconds=st.floats(0.001, 0.2))
def test_detail_chooses_the_coarsest_levels_that_fit(width: int, height: int, seconds: float) -> None:
    analyzer = FrameAnalyzer(SlowModel(seconds))
    every = pyramid(width, height, 64)
    chosen = {detail: analyzer.levels(width, height, detail) for detail in ("fast", "auto", "fine", "full")}
    for levels in chosen.values():
        assert levels == every[len(every) - len(levels) :]
    assert len(chosen["fast"]) == 1
    assert chosen["full"] == every
    assert 1 <= len(chosen["auto"]) <= len(chosen["fine"])
    for detail, least, budget in (("auto", 1, 0.1), ("fine", 2, 0.4)):
        spent = [sum(level.tiles for level in every[-count:]) * seconds for count in range(1, len(every) + 1)]
        count = len(chosen[detail])
        assert count == len(every) or (count >= least and spent[count] > budget)
        assert count <= least or spent[count - 1] <= budget


@pytest.mark.parametrize("size", [(480, 640), (333, 501), (64, 64), (50, 200)])
def test_every_level_together_say_what_analyze_says(size: tuple[int, int]) -> None:
    image = np.random.default_rng(0).integers(120, 256, (*size, 3), np.uint8)
    image[:, size[1] // 2 : size[1] // 2 + 9] = 10
    result, whole = FrameAnalyzer(DarkModel()).look(image, "full", 0.5), Analyzer(DarkModel()).analyze(image)
    assert (result.label, result.score) == (whole.label, whole.score)
    assert result.probabilities == whole.probabilities
    assert result.tiles == sum(level.tiles for level in pyramid(size[1], size[0], 64))


def test_the_map_lies_over_the_whole_view_at_the_levels_own_resolution() -> None:
    analyzer = FrameAnalyzer(SlowModel(1.0))
    result = analyzer.look(wall_with_a_line(480, 640), "fast", 0.5)
    assert result.crack_map.shape == (32, 42)
    columns = np.flatnonzero((result.crack_map >= 128).any(axis=0))
    assert abs(columns.mean() + 0.5 - 21) < 0.6
    assert not (result.crack_map[:, :18] >= 128).any()


@pytest.mark.parametrize("detail", ["fast", "full"])
def test_regions_are_in_pixels_of_the_view(detail: str) -> None:
    image = np.full((480, 640, 3), 230, np.uint8)
    image[100:300, 400:440] = 10
    (region,) = FrameAnalyzer(SlowModel(1.0)).look(image, detail, 0.5).regions
    slack = 20 if detail == "fast" else 3
    found = region.x, region.y, region.x + region.w, region.y + region.h
    assert found == pytest.approx((400, 100, 440, 300), abs=slack)


def test_the_threshold_moves_label_mask_and_regions_together() -> None:
    image = wall_with_a_line(200, 200, 95)
    analyzer = FrameAnalyzer(DarkModel())
    loose, strict = (analyzer.look(image, "full", threshold) for threshold in (0.5, 0.7))
    assert loose.score == strict.score
    assert 0.5 < loose.score < 0.7
    assert (loose.label, strict.label) == (Label.POSITIVE, Label.NEGATIVE)
    assert loose.regions and not strict.regions
    assert np.array_equal(loose.crack_map, strict.crack_map)
    assert 128 <= loose.crack_map.max() < 0.7 * 255


def test_the_mask_of_a_region_follows_the_threshold() -> None:
    image = np.full((128, 256, 3), 250, np.uint8)
    image[20:100, 40:120] = 90
    image[20:100, 90:120] = 10
    analyzer = FrameAnalyzer(DarkModel())
    wide, narrow = (analyzer.look(image, "full", threshold).regions[0] for threshold in (0.5, 0.85))
    assert wide.w == pytest.approx(80, abs=4)
    assert narrow.w == pytest.approx(30, abs=4)


def test_a_view_into_a_frame_is_looked_at_where_it_lies() -> None:
    frame = np.random.default_rng(1).integers(0, 256, (300, 400, 3), np.uint8)
    view = frame[51:251, 101:333]
    analyzer = FrameAnalyzer(DarkModel())
    inside, copied = analyzer.look(view, "full", 0.5), analyzer.look(np.ascontiguousarray(view), "full", 0.5)
    assert np.array_equal(inside.crack_map, copied.crack_map)
    assert inside.regions == copied.regions


@pytest.mark.parametrize("size", [(1, 1), (1, 400), (3, 2)])
def test_tiny_views_are_looked_at_too(size: tuple[int, int]) -> None:
    result = FrameAnalyzer(DarkModel()).look(np.full((*size, 3), 128, np.uint8), "auto", 0.5)
    assert 0 <= result.score <= 1
    assert min(result.crack_map.shape) >= 1


def test_a_look_is_given_up_between_two_tiles() -> None:
    model = DarkModel()
    analyzer = FrameAnalyzer(model, lambda: len(model.seen) >= before + 3)
    before = len(model.seen)
    with pytest.raises(Interrupted):
        analyzer.look(wall_with_a_line(480, 640), "full", 0.5)
    assert len(model.seen) == before + 3


def test_where_the_time_went_is_told() -> None:
    timings = FrameAnalyzer(SlowModel(0.01)).look(wall_with_a_line(100, 100), "full", 0.5).timings
    assert timings.invoke == pytest.approx(0.01 * len(pyramid(100, 100, 64)[0].xs) ** 2 + 0.01)
    assert timings.prepare > 0


@pytest.mark.parametrize("name", ["classifier", "classifier-light"])
def test_a_shipped_model_finds_the_crack_of_a_demo_wall_at_every_detail(name: str) -> None:
    wall = demo_wall(3, 640, 480, cracks=1)
    analyzer = FrameAnalyzer(CrackModel.load(resolve_model(name), threads=1))
    assert 0 < analyzer.tile_seconds < 10
    for detail in ("fast", "auto", "fine", "full"):
        result = analyzer.look(wall.image, detail, 0.5)
        assert result.label is Label.POSITIVE
        ys, xs = np.nonzero(wall.mask)
        hit = [r for r in result.regions if ((xs >= r.x) & (xs < r.x + r.w) & (ys >= r.y) & (ys < r.y + r.h)).any()]
        assert hit
