"""The benchmark's bare loop shows the model what the analyzer shows it; else the ratio would compare different work."""

from __future__ import annotations

import numpy as np
import pytest

from crackinspector.inference.analyzer import Analyzer
from tests.benchmarks.analyze import tiles
from tests.inference.dark_model import DarkModel


@pytest.mark.parametrize("size", [(227, 227), (448, 448), (641, 479), (30, 50), (64, 900), (1, 7), (80, 80)])
@pytest.mark.parametrize("model", [DarkModel(64), DarkModel(62, 48), DarkModel(48, 64)])
def test_the_bare_loop_has_the_analyzers_tiles(size: tuple[int, int], model: DarkModel) -> None:
    image = np.random.default_rng(0).integers(0, 256, (*size, 3), np.uint8)
    model.seen.clear()
    Analyzer(model).look(image)
    bare = list(tiles(image, model.card))
    assert len(bare) == len(model.seen)
    for ours, theirs in zip(bare, model.seen, strict=True):
        np.testing.assert_array_equal(ours, theirs)
