"""Running a model over one level of a picture's pyramid, a row of tiles at a time.

Little of a picture is in memory at a time: of its rows those that the next row of tiles needs and the picture at half
its size, of the maps one float16 for each 2 x 2 pixels.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

import cv2
import numpy as np
from numpy.typing import NDArray

from crackinspector.core.labels import Label
from crackinspector.inference.card import ModelCard
from crackinspector.inference.model import TileResult
from crackinspector.inference.tiling import Level, blend_window, even, tile_side

MAP_STRIDE = 2
"""Picture pixels for each value of a level's map."""
LOGIT_LIMIT = 8.0
TILES_AT_ONCE = 32
DARK, EVEN = 16, 4
"""A tile with nothing above this value, or with no two values further apart, shows nothing."""
RESIZE = {
    "area": cv2.INTER_AREA,
    "linear": cv2.INTER_LINEAR,
    "cubic": cv2.INTER_CUBIC,
    "nearest": cv2.INTER_NEAREST,
}


class TileModel(Protocol):
    """What looks at tiles: a `CrackModel`, or a Keras network while it is being evaluated."""

    @property
    def card(self) -> ModelCard:
        """What the model's inputs and outputs mean."""

    def run(self, tiles: list[NDArray[np.uint8]]) -> TileResult:
        """Scores and crack maps of RGB tiles at the model's input size."""


class Rows(Protocol):
    """The rows of a level, asked for from top to bottom."""

    def rows(self, top: int, bottom: int) -> NDArray[np.uint8]:
        """Rows top..bottom, (bottom - top, width, 3) uint8 BGR; `top` never decreases from call to call."""

    def halved(self) -> NDArray[np.uint8]:
        """The whole level at half its size, to be called after the last row was asked for."""


def _padded(image: NDArray[np.uint8]) -> NDArray[np.uint8]:
    bottom, right = image.shape[0] % 2, image.shape[1] % 2
    if not bottom and not right:
        return image
    return np.asarray(cv2.copyMakeBorder(image, 0, bottom, 0, right, cv2.BORDER_REPLICATE), np.uint8)


def _half(image: NDArray[np.uint8]) -> NDArray[np.uint8]:
    size = image.shape[1] // 2, image.shape[0] // 2
    return np.asarray(cv2.resize(image, size, interpolation=cv2.INTER_AREA), np.uint8)


class ArrayRows:
    """Rows of a picture in memory, (h, w, 3) uint8; an odd size is made even by repeating the last row or column."""

    def __init__(self, image: NDArray[np.uint8]) -> None:
        self._original = image
        self._image: NDArray[np.uint8] | None = None

    def rows(self, top: int, bottom: int) -> NDArray[np.uint8]:
        """See `Rows`."""
        if self._image is None:
            self._image = _padded(self._original)
        return self._image[top:bottom]

    def whole(self) -> NDArray[np.uint8]:
        """The picture; with even sizes once rows were asked for."""
        return self._original if self._image is None else self._image

    def halved(self) -> NDArray[np.uint8]:
        """See `Rows`."""
        return _half(_padded(self._original) if self._image is None else self._image)


class StripRows:
    """Rows of a picture that arrives in strips; gives the same rows as `ArrayRows` would."""

    def __init__(self, strips: Iterator[NDArray[np.uint8]], width: int, height: int) -> None:
        self._strips = strips
        self._width, self._height = width, height
        self._kept = np.empty((0, even(width), 3), np.uint8)
        self._top = 0
        self._small = np.empty((even(height) // 2, even(width) // 2, 3), np.uint8)
        self._halved_rows = 0

    def rows(self, top: int, bottom: int) -> NDArray[np.uint8]:
        """See `Rows`."""
        self._kept = self._kept[top - self._top :]
        self._top = top
        while self._top + len(self._kept) < bottom:
            strip = next(self._strips)
            reached = self._top + len(self._kept) + len(strip)
            if reached != self._height and len(strip) % 2:
                raise ValueError("strips must have an even number of rows")
            strip = _padded(strip)
            self._small[self._halved_rows : self._halved_rows + len(strip) // 2] = _half(strip)
            self._halved_rows += len(strip) // 2
            self._kept = np.concatenate([self._kept, strip])
        return self._kept[: bottom - top]

    def halved(self) -> NDArray[np.uint8]:
        """See `Rows`."""
        self._kept = np.empty((0, even(self._width), 3), np.uint8)
        return self._small


@dataclass(frozen=True, slots=True)
class LevelResult:
    """What the model says about one level.

    Attributes:
        level: the level.
        logits: (height / 2, width / 2) float16 or float32, the crack map before its sigmoid.
        scores: (tiles, labels) float32, each tile's probabilities, row by row.
        prepare_seconds, invoke_seconds: time that making the level and its tiles took, and that spent in the runtime.
    """

    level: Level
    logits: NDArray[np.float16 | np.float32]
    scores: NDArray[np.float32]
    prepare_seconds: float = 0.0
    invoke_seconds: float = 0.0


def run_level(
    model: TileModel,
    source: Rows,
    level: Level,
    prepare_seconds: float = 0.0,
    precision: type[np.float16 | np.float32] = np.float16,
) -> LevelResult:
    """Looks at every tile of a level and blends the tiles' maps; making the level itself took `prepare_seconds`."""
    tile = tile_side(model.card.input.tile_px)
    side = tile // MAP_STRIDE
    logits = np.empty((level.height // MAP_STRIDE, level.width // MAP_STRIDE), precision)
    window = blend_window(side)
    total = np.zeros((side, logits.shape[1]), np.float32)
    weight = np.zeros_like(total)
    scores = []
    invoke_seconds = 0.0
    for row, top in enumerate(level.ys):
        for start in range(0, len(level.xs), TILES_AT_ONCE):
            begin = time.perf_counter()
            band = source.rows(top, top + tile)
            lefts = level.xs[start : start + TILES_AT_ONCE]
            tiles = [_as_input(model.card, band[:, left : left + tile]) for left in lefts]
            prepare_seconds += time.perf_counter() - begin
            result = _look(model, tiles)
            invoke_seconds += result.invoke_seconds
            scores.append(result.scores)
            for index, left in enumerate(lefts):
                span = slice(left // MAP_STRIDE, left // MAP_STRIDE + side)
                total[:, span] += window * tile_logits(result, index, model.card.crack_index, side)
                weight[:, span] += window
        following = level.ys[row + 1] if row + 1 < len(level.ys) else level.height
        done = min(side, (following - top) // MAP_STRIDE)
        start = top // MAP_STRIDE
        logits[start : start + done] = total[:done] / weight[:done]
        total[: -done or None] = total[done:]
        weight[: -done or None] = weight[done:]
        total[side - done :] = 0
        weight[side - done :] = 0
    return LevelResult(level, logits, np.concatenate(scores), prepare_seconds, invoke_seconds)


def _look(model: TileModel, tiles: list[NDArray[np.uint8]]) -> TileResult:
    """What a model says about tiles, (height, width, 3) uint8.

    Where a calibrated model would have to guess, because a lens cap or a dead camera shows nothing, it is not asked:
    no picture that it learned from is so. Such a tile is `unknown`, or else the first label that is not the crack's.
    """
    seen = [i for i, tile in enumerate(tiles) if not model.card.decision or not _is_blank(tile)]
    if len(seen) == len(tiles):
        return model.run(tiles)
    found = model.run([tiles[i] for i in seen] or tiles[:1])
    labels = model.card.labels
    rest = [label for label in labels if label != model.card.crack_label]
    scores = np.zeros((len(tiles), len(labels)), np.float32)
    scores[:, labels.index(Label.UNKNOWN if Label.UNKNOWN in rest else rest[0])] = 1
    scores[seen] = found.scores[: len(seen)]
    maps = None
    if found.maps is not None:
        maps = np.zeros((len(tiles), *found.maps.shape[1:]), np.float32)
        maps[seen] = found.maps[: len(seen)]
    return TileResult(scores, maps, found.invoke_seconds)


def _is_blank(tile: NDArray[np.uint8]) -> bool:
    # a few pixels of nearly every tile show that it is not
    for pixels in (tile[::16, ::16], tile):
        low, high = int(pixels.min()), int(pixels.max())
        if high >= DARK and high - low >= EVEN:
            return False
    return True


def tile_logits(result: TileResult, index: int, crack: int, side: int) -> NDArray[np.float32] | np.float32:
    """One tile's map as logits, (side, side) float32; a model without a map gives its score everywhere."""
    if result.maps is None:
        return np.float32(logit(result.scores[index, crack]))
    found = logit(result.maps[index])
    if found.shape != (side, side):
        found = np.asarray(cv2.resize(found, (side, side), interpolation=cv2.INTER_LINEAR), np.float32)
    return found


def logit(p: NDArray[np.float32] | np.float32) -> NDArray[np.float32]:
    """ln(p / (1 - p)) of values 0..1, limited to +-8."""
    edge = np.float32(1 / (1 + np.exp(LOGIT_LIMIT)))
    p = np.clip(p, edge, 1 - edge)
    return np.asarray(cv2.log(np.atleast_2d(p / (1 - p))), np.float32).reshape(p.shape)


def _as_input(card: ModelCard, tile: NDArray[np.uint8]) -> NDArray[np.uint8]:
    size = card.input.width, card.input.height
    if tile.shape[1::-1] != size:
        shrinks = tile.shape[0] > size[1]
        method = RESIZE[card.input.resize] if shrinks or card.input.resize != "area" else cv2.INTER_LINEAR
        tile = np.asarray(cv2.resize(tile, size, interpolation=method), np.uint8)
    return np.asarray(cv2.cvtColor(tile, cv2.COLOR_BGR2RGB), np.uint8)
