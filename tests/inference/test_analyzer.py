from __future__ import annotations

from collections.abc import Iterator

import cv2
import numpy as np
import pytest

from crackinspector.core.labels import Label
from crackinspector.inference.analyzer import Analyzer
from tests.inference.dark_model import DarkModel


class Strips:
    """A picture in memory that pretends to be too large for it."""

    def __init__(self, image: np.ndarray) -> None:
        self.height, self.width = image.shape[:2]
        self._image = image

    def strips(self, rows: int) -> Iterator[tuple[int, np.ndarray]]:
        for top in range(0, self.height, rows):
            yield top, self._image[top : top + rows]


def wall(height: int, width: int) -> np.ndarray:
    return np.random.default_rng(1).integers(200, 255, (height, width, 3), np.uint8)


@pytest.mark.parametrize("side", [(700, 900), (701, 899), (513, 1200)])
def test_a_picture_read_in_strips_gives_the_same_result(side: tuple[int, int]) -> None:
    image = wall(*side)
    cv2.line(image, (30, 400), (850, 450), (0, 0, 0), 5)
    whole = Analyzer(DarkModel()).analyze(image)
    strips = Analyzer(DarkModel()).analyze_large(Strips(image))
    assert np.array_equal(whole.crack_map, strips.crack_map)
    assert (whole.label, whole.score, whole.regions) == (strips.label, strips.score, strips.regions)


@pytest.mark.parametrize("x", [0, 55, 63, 64, 72, 127, 128, 199])
def test_a_crack_at_a_tiles_border_is_found(x: int) -> None:
    image = wall(200, 200)
    image[:, max(0, x - 2) : x + 3] = 0
    analysis = Analyzer(DarkModel()).analyze(image)
    assert analysis.label is Label.POSITIVE
    assert any(region.x - 4 <= x <= region.x + region.w + 4 and region.h > 150 for region in analysis.regions)


def test_a_clean_wall_is_clean_everywhere() -> None:
    analysis = Analyzer(DarkModel()).analyze(wall(300, 500))
    assert analysis.label is Label.NEGATIVE
    assert analysis.crack_map.max() < 128 and analysis.regions == ()
    assert analysis.score < 0.5


def test_the_same_picture_gives_the_same_result_whatever_came_before() -> None:
    analyzer = Analyzer(DarkModel())
    first, other = wall(320, 410), 255 - wall(200, 300)
    before = analyzer.analyze(first)
    analyzer.analyze(other)
    after = analyzer.analyze(first)
    assert before.score == after.score and np.array_equal(before.crack_map, after.crack_map)


@pytest.mark.parametrize("tile", [63, 75, 98, 150])
@pytest.mark.parametrize("side", [(229, 301), (700, 310)])
def test_any_tile_size_covers_every_pixel(tile: int, side: tuple[int, int]) -> None:
    image = wall(*side)
    whole = Analyzer(DarkModel(tile=tile, size=64)).analyze(image)
    strips = Analyzer(DarkModel(tile=tile, size=64)).analyze_large(Strips(image))
    assert whole.crack_map.max() < 128 and whole.crack_map.min() > 0
    assert np.array_equal(whole.crack_map, strips.crack_map)


def test_the_last_level_is_made_from_the_finest_picture_that_is_larger() -> None:
    """A picture a little larger than a tile must reach a whole-picture model as a direct resize gives it."""
    image = wall(96, 96)
    model = DarkModel(tile=64)
    Analyzer(model).analyze(image)
    direct = cv2.cvtColor(cv2.resize(image, (64, 64), interpolation=cv2.INTER_AREA), cv2.COLOR_BGR2RGB)
    assert np.array_equal(model.seen[-1], direct)


@pytest.mark.parametrize("side", [(1, 1), (1, 500), (3, 2000), (2000, 3), (4, 40_000)])
def test_tiny_and_thin_pictures_pass(side: tuple[int, int]) -> None:
    analysis = Analyzer(DarkModel()).analyze(wall(*side))
    assert analysis.crack_map.shape == side


@pytest.mark.parametrize("value", [0, 15, 128, 255])
def test_where_nothing_is_to_be_seen_no_crack_is(value: int) -> None:
    blank = np.full((150, 200, 3), value, np.uint8)
    blank[::7, ::5] = max(value - 3, 0)
    found = Analyzer(DarkModel()).analyze(blank)
    assert found.label is Label.UNKNOWN and found.score < 0.1 and found.regions == ()
    assert found.crack_map.max() < 10


def test_a_blank_part_does_not_hide_a_crack_beside_it() -> None:
    image = np.full((64, 400, 3), 200, np.uint8)
    image[:, 330:338] = 20
    alone = np.ascontiguousarray(image[:, 272:])
    found = Analyzer(DarkModel()).analyze(image)
    assert found.label is Label.POSITIVE
    assert (found.crack_map[:, 331:337] >= 128).all() and found.crack_map[:, :200].max() < 10
    assert found.score == pytest.approx(Analyzer(DarkModel()).analyze(alone).score, abs=0.15)


def test_a_model_without_scales_is_asked_about_everything() -> None:
    model = DarkModel(calibrated=False)
    Analyzer(model).analyze(np.zeros((64, 64, 3), np.uint8))
    assert len(model.seen) == 1
