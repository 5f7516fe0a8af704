"""A tile model with a definite answer: dark pixels are crack. Its map has half the input's size, as real ones do."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from crackinspector.inference.card import InputSpec, MapSpec, ModelCard
from crackinspector.inference.model import TileResult


class DarkModel:
    """Stands in for a network where only the geometry around it is tested."""

    def __init__(self, tile: int = 64, size: int | None = None, with_map: bool = True, calibrated: bool = True) -> None:
        size = size or tile
        self.card = ModelCard(
            name="dark",
            role="classifier",
            version="1",
            sha256="",
            labels=("negative", "positive", "unknown"),
            crack_label="positive",
            input=InputSpec(size, size, 0.0, 1.0, tile),
            scores_activation="softmax",
            map=MapSpec("crack_probability", "NHWC") if with_map else None,
            decision={"fine": 0.5, "whole": 0.5, "bias": 0.0} if calibrated else {},
        )
        self.seen: list[NDArray[np.uint8]] = []

    def run(self, tiles: list[NDArray[np.uint8]]) -> TileResult:
        """Scores by the darkest spot, map by darkness."""
        self.seen.extend(tiles)
        half = tiles[0].shape[1] // 2, tiles[0].shape[0] // 2
        darkness = [1 - cv2.resize(tile, half, interpolation=cv2.INTER_AREA).mean(axis=2) / 255 for tile in tiles]
        maps = np.asarray(darkness, np.float32)
        worst = np.asarray([np.percentile(m, 99.5) for m in maps])
        scores = np.stack([(1 - worst) * 0.75, worst, (1 - worst) * 0.25], axis=1).astype(np.float32)
        return TileResult(scores, maps if self.card.map else None, 0.0)
