"""From a picture to its label, score, crack map and regions."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from typing import Protocol

import cv2
import numpy as np
from numpy.typing import NDArray

from crackinspector.core.detection import Analysis
from crackinspector.core.labels import Label
from crackinspector.inference.crackmap import crack_map
from crackinspector.inference.decision import decide, label_of
from crackinspector.inference.levels import RESIZE, ArrayRows, LevelResult, Rows, StripRows, TileModel, run_level
from crackinspector.inference.regions import find_regions
from crackinspector.inference.tiling import Level, pyramid, tile_side

STRIP_ROWS = 256
HALVED_LEVELS = 3
"""With fewer levels the last one is made from the picture itself, which then has to be in memory; it is narrow."""


def _last_level(image: NDArray[np.uint8], level: Level, resize: str) -> NDArray[np.uint8]:
    assert level.content is not None
    width, height = level.content
    shrinks = width * height < image.shape[0] * image.shape[1]
    method = RESIZE[resize] if shrinks or resize != "area" else cv2.INTER_LINEAR
    resized = cv2.resize(image, level.content, interpolation=method)
    bottom, right = level.height - height, level.width - width
    if bottom or right:
        resized = cv2.copyMakeBorder(resized, 0, bottom, 0, right, cv2.BORDER_REPLICATE)
    return np.asarray(resized, np.uint8)


class StripSource(Protocol):
    """A picture that is too large for memory."""

    width: int
    height: int

    def strips(self, rows: int) -> Iterator[tuple[int, NDArray[np.uint8]]]:
        """Top edge and (<= rows, width, 3) uint8 BGR strips from top to bottom."""


class Analyzer:
    """Looks at pictures with one model.

    The model's interpreter belongs to the thread that loaded it, and so does the analyzer. The same picture gives the
    same result, whether it is read whole or in strips.
    """

    def __init__(self, model: TileModel, precision: type[np.float16 | np.float32] = np.float16) -> None:
        """`precision` is that of the levels' maps: 16 bits save memory for large pictures, 32 save time for small."""
        self._model = model
        self._precision = precision

    def analyze(self, image: NDArray[np.uint8]) -> Analysis:
        """Looks at a picture in memory: (h, w, 3) uint8 BGR, upright."""
        height, width = image.shape[:2]
        return self._conclude(self.look(image), width, height)

    def look(self, image: NDArray[np.uint8], skip: int = 0) -> list[LevelResult]:
        """What the model says on each level of a picture, the finest first, before anything is decided.

        Args:
            skip: how many of the finest levels are left out; fewer than there are.
        """
        height, width = image.shape[:2]
        return self._look(ArrayRows(image), self._levels(width, height), skip)

    def analyze_large(self, picture: StripSource) -> Analysis:
        """Looks at a picture strip by strip; memory stays near two bytes for each of its pixels.

        The result lies as the file's rows do; turn it by the picture's EXIF orientation afterwards.
        """
        levels = self._levels(picture.width, picture.height)
        strips = (strip for _, strip in picture.strips(STRIP_ROWS))
        if len(levels) < HALVED_LEVELS:
            return self.analyze(np.concatenate(list(strips)))
        source = StripRows(strips, picture.width, picture.height)
        return self._conclude(self._look(source, levels), picture.width, picture.height)

    def _look(self, source: Rows, levels: Sequence[Level], skip: int = 0) -> list[LevelResult]:
        results: list[LevelResult] = []
        begin = time.perf_counter()
        for number, (level, following) in enumerate(zip(levels, [*levels[1:], None], strict=True)):
            if level.content is not None:
                assert isinstance(source, ArrayRows)
                source = ArrayRows(_last_level(source.whole(), level, self._model.card.input.resize))
            if number >= skip:
                results.append(run_level(self._model, source, level, time.perf_counter() - begin, self._precision))
                begin = time.perf_counter()
            if following is not None and following.content is None:
                source = ArrayRows(source.halved())
        return results

    def _levels(self, width: int, height: int) -> tuple[Level, ...]:
        return pyramid(width, height, tile_side(self._model.card.input.tile_px))

    def _conclude(self, results: Sequence[LevelResult], width: int, height: int) -> Analysis:
        found = crack_map(results, width, height)
        card = self._model.card
        probabilities = decide(card, results)
        label = label_of(card, probabilities)
        return Analysis(
            width,
            height,
            label,
            probabilities[card.crack_label],
            probabilities,
            find_regions(found) if label is Label.POSITIVE else (),
            found,
        )
