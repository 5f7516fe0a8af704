"""A mask that strokes are drawn into, taken back and done again. No Qt."""

from __future__ import annotations

import math
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

MOST_PIXELS = 16_000_000
"""Of a mask; that of a larger picture has fewer pixels than it."""
MOST_UNDO_BYTES = 32_000_000
"""Of what is kept to take strokes back; the oldest stay for good then."""
_LEAST_LEVEL = 256
_PIECE = 192.0
"""Pixels of a line that are drawn at once: what lies around a slanting line is looked at, too."""
_FAR = 1e5
"""Pixels beyond which nobody draws; nearer ones are reckoned with."""
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Part:
    """A rectangle of a mask: its first and last + 1 columns and rows."""

    left: int
    top: int
    right: int
    bottom: int

    def united(self, other: Part | None) -> Part:
        """The smallest that holds both."""
        if other is None:
            return self
        return Part(
            min(self.left, other.left),
            min(self.top, other.top),
            max(self.right, other.right),
            max(self.bottom, other.bottom),
        )

    def of(self, pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
        """That part of an array, as a view."""
        return pixels[self.top : self.bottom, self.left : self.right]


@dataclass(frozen=True, slots=True)
class _Stroke:
    """The pixels that a stroke turned over, packed."""

    part: Part
    turned: bytes


class Drawing:
    """A mask over a picture, and the strokes that made it; for one thread.

    Attributes:
        width, height: of the picture in pixels.
        scale: pixels of the mask for one of the picture, across and down, <= 1.
        levels: (h, w) uint8, 0 or 255: the mask, and its halves, each of whose pixels is crack if one of its four is,
            so that thin lines stay in sight. Written to by strokes.
    """

    def __init__(self, width: int, height: int, most_pixels: int = MOST_PIXELS) -> None:
        """An empty mask over a picture of that size, which has at most `most_pixels` of its own."""
        self.width, self.height = width, height
        factor = max(1, math.ceil(math.sqrt(width * height / most_pixels)))
        size = math.ceil(height / factor), math.ceil(width / factor)
        self.scale = size[1] / width, size[0] / height
        self.levels = [np.zeros(size, np.uint8)]
        while max(self.levels[-1].shape) > _LEAST_LEVEL:
            h, w = self.levels[-1].shape
            self.levels.append(np.zeros((math.ceil(h / 2), math.ceil(w / 2)), np.uint8))
        self._settled = self.mask.copy()
        self._undo: list[_Stroke] = []
        self._redo: list[_Stroke] = []
        self._forgotten = False
        self._value, self._reach = 255, 0.5
        self._last: Point | None = None
        self._touched: Part | None = None

    @property
    def mask(self) -> NDArray[np.uint8]:
        """(h, w) uint8, 255 where there is a crack; over the whole picture."""
        return self.levels[0]

    @property
    def is_empty(self) -> bool:
        """Whether there is no crack in it."""
        return not self.levels[-1].any()

    @property
    def is_changed(self) -> bool:
        """Whether there are strokes that were not taken back."""
        return bool(self._undo) or self._forgotten

    @property
    def can_undo(self) -> bool:
        """Whether there is a stroke to take back."""
        return bool(self._undo)

    @property
    def can_redo(self) -> bool:
        """Whether there is a stroke that was taken back."""
        return bool(self._redo)

    def start_from(self, pixels: NDArray[np.uint8], part: Part) -> None:
        """Begin with these pixels (h, w), >= 128 is crack, in a part of the mask; not a stroke."""
        part.of(self.mask)[:] = np.where(pixels >= 128, 255, 0)
        part.of(self._settled)[:] = part.of(self.mask)
        self._refresh(part)

    def begin(self, erase: bool, width: float) -> None:
        """Begin a stroke with a round tip of that many pixels of the picture."""
        self._value = 0 if erase else 255
        self._reach = max(1.0, width * self.scale[0]) / 2
        self._last = self._touched = None

    def extend(self, points: Sequence[Point]) -> Part | None:
        """Draw on to points, in pixels of the picture; returns the part of the mask that was touched, if any."""
        touched: Part | None = None
        for x, y in points:
            here = _bounded(x * self.scale[0]), _bounded(y * self.scale[1])
            part = self._line(self._last or here, here)
            self._last = here
            touched = touched if part is None else part.united(touched)
        if touched is not None:
            self._touched = touched.united(self._touched)
            self._refresh(touched)
        return touched

    def end(self) -> bool:
        """End the stroke; whether it changed anything."""
        part, self._touched, self._last = self._touched, None, None
        if part is None:
            return False
        turned = part.of(self.mask) != part.of(self._settled)
        if not turned.any():
            return False
        part.of(self._settled)[:] = part.of(self.mask)
        self._undo.append(_Stroke(part, zlib.compress(np.packbits(turned).tobytes(), 1)))
        self._redo.clear()
        while len(self._undo) > 1 and sum(len(stroke.turned) for stroke in self._undo) > MOST_UNDO_BYTES:
            self._undo.pop(0)
            self._forgotten = True
        return True

    def cancel(self) -> Part | None:
        """Take the stroke back that has begun; returns the part that changed."""
        part, self._touched, self._last = self._touched, None, None
        if part is not None:
            part.of(self.mask)[:] = part.of(self._settled)
            self._refresh(part)
        return part

    def undo(self) -> Part | None:
        """Take the last stroke back; returns the part that changed."""
        return self._turn(self._undo, self._redo)

    def redo(self) -> Part | None:
        """Draw the stroke again that was taken back last; returns the part that changed."""
        return self._turn(self._redo, self._undo)

    def _turn(self, away: list[_Stroke], to: list[_Stroke]) -> Part | None:
        if not away:
            return None
        stroke = away.pop()
        to.append(stroke)
        pixels = stroke.part.of(self.mask)
        bits = np.frombuffer(zlib.decompress(stroke.turned), np.uint8)
        pixels ^= np.unpackbits(bits, count=pixels.size).reshape(pixels.shape) * np.uint8(255)
        stroke.part.of(self._settled)[:] = pixels
        self._refresh(stroke.part)
        return stroke.part

    def _line(self, start: Point, end: Point) -> Part | None:
        """Draw a line, and return what of the mask it may have touched."""
        touched: Part | None = None
        pieces = max(1, math.ceil(math.dist(start, end) / _PIECE))
        ends = np.linspace(start, end, pieces + 1)
        for one, other in pairwise(ends):
            left, top = np.floor(np.minimum(one, other) - self._reach)
            right, bottom = np.ceil(np.maximum(one, other) + self._reach)
            part = self._inside(int(left), int(top), int(right), int(bottom))
            if part is not None:
                self._put(part, one, other)
                touched = part.united(touched)
        return touched

    def _put(self, part: Part, one: NDArray[np.float64], other: NDArray[np.float64]) -> None:
        """Draw a piece: the pixels whose middle is within reach, and those in which it ends."""
        across = np.arange(part.left, part.right, dtype=np.float32) + np.float32(0.5 - one[0])
        down = np.arange(part.top, part.bottom, dtype=np.float32)[:, None] + np.float32(0.5 - one[1])
        dx, dy = (np.float32(along) for along in other - one)
        length2 = float(dx * dx + dy * dy)
        share = np.clip((across * dx + down * dy) / length2, 0, 1) if length2 else np.float32(0)
        near = np.square(across - share * dx) + np.square(down - share * dy) <= self._reach**2
        for x, y in (one, other):
            if part.left <= x < part.right and part.top <= y < part.bottom:
                near[int(y) - part.top, int(x) - part.left] = True
        part.of(self.mask)[near] = self._value

    def _inside(self, left: int, top: int, right: int, bottom: int) -> Part | None:
        height, width = self.mask.shape
        part = Part(max(0, left), max(0, top), min(width, right), min(height, bottom))
        return part if part.left < part.right and part.top < part.bottom else None

    def _refresh(self, part: Part) -> None:
        """Bring the halves of a part of the mask up to date."""
        for level, half in pairwise(self.levels):
            part = Part(part.left // 2, part.top // 2, -(-part.right // 2), -(-part.bottom // 2))
            pixels = Part(2 * part.left, 2 * part.top, 2 * part.right, 2 * part.bottom).of(level)
            rows = pixels[::2].copy()
            below = pixels[1::2]
            np.maximum(rows[: len(below)], below, out=rows[: len(below)])
            merged = part.of(half)
            merged[:] = rows[:, ::2]
            beside = rows[:, 1::2]
            np.maximum(merged[:, : beside.shape[1]], beside, out=merged[:, : beside.shape[1]])


def _bounded(along: float) -> float:
    """A coordinate that OpenCV can still reckon with."""
    return min(_FAR, max(-_FAR, along))
