"""Looking at the frames of a live source: as fine as the time for one allows.

A frame is looked at on the coarsest levels of the pyramid, as many as the detail asks for. The crack map stays at the
resolution of the finest of them, since the screen enlarges it anyway.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

import numpy as np
from numpy.typing import NDArray

from crackinspector.core.detection import Region, Timings
from crackinspector.core.labels import Label
from crackinspector.inference.analyzer import Analyzer
from crackinspector.inference.crackmap import crack_map
from crackinspector.inference.decision import decide, label_of
from crackinspector.inference.levels import TileModel
from crackinspector.inference.model import TileResult
from crackinspector.inference.regions import find_regions
from crackinspector.inference.tiling import Level, pyramid, tile_side

BUDGETS: Final[Mapping[str, tuple[int, float]]] = {
    "auto": (1, 0.1),
    "fast": (1, 0.0),
    "fine": (2, 0.4),
    "full": (1, math.inf),
}
"""Detail -> levels at least, and seconds in the runtime that further ones may bring a frame to."""
_MEASURED_RUNS: Final = 5


class Interrupted(Exception):  # noqa: N818 - being asked to stop is not an error
    """A look was given up because `stopping` said so."""


@dataclass(frozen=True, slots=True)
class FrameResult:
    """What the model says about one view; see `core.detection.Detection` for what is not told here.

    Attributes:
        regions: in pixels of the view.
        crack_map: (h, w) uint8 over the view, at the resolution of the finest level that was looked at.
        tiles: how many tiles the model looked at; levels: on how many levels they were.
    """

    label: Label
    score: float
    probabilities: Mapping[str, float]
    regions: tuple[Region, ...]
    crack_map: NDArray[np.uint8] = field(repr=False)
    tiles: int
    levels: int
    timings: Timings


class FrameAnalyzer:
    """Looks at views of frames with one model. It belongs to the thread that made it, as the model's interpreter does.

    Attributes:
        card: the model's.
        tile_seconds: the time that one tile takes in the runtime, measured once, when the analyzer is made.
    """

    def __init__(self, model: TileModel, stopping: Callable[[], bool] = lambda: False) -> None:
        """Measure the model, which warms it as well.

        Args:
            model: what looks at the tiles.
            stopping: asked before each tile; when it says True, `look` raises `Interrupted`.

        Raises:
            ModelError: the model fails.
        """
        self.card = model.card
        self._analyzer = Analyzer(_Interruptible(model, stopping), np.float32)
        self._tile = tile_side(model.card.input.tile_px)
        blank = np.full((model.card.input.height, model.card.input.width, 3), 128, np.uint8)
        model.run([blank])
        # the shortest: whatever else the machine does while a program starts must not coarsen every later look
        self.tile_seconds = min(model.run([blank]).invoke_seconds for _ in range(_MEASURED_RUNS))

    def levels(self, width: int, height: int, detail: str) -> tuple[Level, ...]:
        """The levels that a view of that size in pixels is looked at on; the same every time.

        Args:
            detail: `fast` is the coarsest level alone, `full` all of them; `auto` and `fine` are as many as stay below
                0.1 and 0.4 seconds, but never less than 1 and 2.
        """
        every = pyramid(width, height, self._tile)
        least, seconds = BUDGETS[detail]
        taken, tiles = 0, 0
        for level in reversed(every):
            tiles += level.tiles
            if taken >= least and tiles * self.tile_seconds > seconds:
                break
            taken += 1
        return every[len(every) - taken :]

    def look(self, view: NDArray[np.uint8], detail: str, threshold: float) -> FrameResult:
        """Look at one view.

        Args:
            view: (h, w, 3) uint8 BGR; any strides.
            detail: see `levels`.
            threshold: 0..1, from which on a score is a crack and a map value belongs to the mask.

        Raises:
            ModelError: the model fails.
            Interrupted: `stopping` said True.
        """
        begin = time.perf_counter()
        height, width = view.shape[:2]
        levels = self.levels(width, height, detail)
        skip = len(pyramid(width, height, self._tile)) - len(levels)
        results = self._analyzer.look(view, skip)
        probabilities = decide(self.card, results)
        label = label_of(self.card, probabilities, threshold)
        found = crack_map(results, width, height, _map_size(levels[0], width, height))
        cracked = label is Label.POSITIVE
        regions = find_regions(found, max(1, math.ceil(255 * threshold)), (width, height)) if cracked else ()
        prepare = sum(result.prepare_seconds for result in results)
        invoke = sum(result.invoke_seconds for result in results)
        finish = time.perf_counter() - begin - prepare - invoke
        return FrameResult(
            label,
            probabilities[self.card.crack_label],
            probabilities,
            regions,
            found,
            sum(level.tiles for level in levels),
            len(levels),
            Timings(prepare, invoke, finish),
        )


def _map_size(level: Level, width: int, height: int) -> tuple[int, int]:
    """Width and height of a map over the whole view with the level's own values; a level may cover more than that."""
    across = level.width / 2 * width / level.covers[0]
    down = level.height / 2 * height / level.covers[1]
    return max(1, round(across)), max(1, round(down))


class _Interruptible:
    """A model whose look at many tiles can be given up in between."""

    def __init__(self, model: TileModel, stopping: Callable[[], bool]) -> None:
        self.card = model.card
        self._model = model
        self._stopping = stopping

    def run(self, tiles: list[NDArray[np.uint8]]) -> TileResult:
        return self._model.run(_Watched(tiles, self._stopping))


class _Watched(list[NDArray[np.uint8]]):
    """Tiles of which none is handed out any more once `stopping` says so."""

    def __init__(self, tiles: list[NDArray[np.uint8]], stopping: Callable[[], bool]) -> None:
        super().__init__(tiles)
        self._stopping = stopping

    def __iter__(self) -> Iterator[NDArray[np.uint8]]:
        for tile in super().__iter__():
            if self._stopping():
                raise Interrupted
            yield tile
