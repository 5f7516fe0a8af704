"""The demo camera: pans over a wall that was generated once and ships with the project, with cracks of known course."""

from __future__ import annotations

import functools
import math
from collections.abc import Mapping
from dataclasses import dataclass, field

import cv2
import numpy as np
from numpy.typing import NDArray

from crackinspector.core.errors import PictureError, SourceError
from crackinspector.core.shipped import shipped_folder
from crackinspector.sources.pace import SYSTEM_CLOCK, Clock, Pace
from crackinspector.sources.pictures import open_picture
from crackinspector.sources.source import Picture, SourceInfo

WIDTH, HEIGHT = 960, 720
LAP_SECONDS = 80.0
START = 0.62
"""Where on its course the camera starts, as a share of a lap: before a crack that nobody misses."""
NOISE_MARGIN = 64
NOISE_MEAN = 4
VIGNETTE = 12
"""How much darker the corners are than the middle, of 255."""
JOIN_PX = 9
"""Parts of a crack that lie closer together are one box."""


@dataclass(frozen=True, slots=True)
class Truth:
    """What is to be found in one picture of the demo camera.

    Attributes:
        mask: (720, 960) uint8, 255 where a pixel is at least half inside a crack, else 0; read-only.
        boxes: left, top, width and height in pixels around every stretch of crack, the largest mask first.
    """

    mask: NDArray[np.uint8] = field(repr=False)
    boxes: tuple[tuple[int, int, int, int], ...]


class DemoCamera:
    """A `FrameSource`. Where it looks depends only on the time since it was opened, so that a run can be repeated."""

    def __init__(self, fps: float = 30.0, clock: Clock = SYSTEM_CLOCK) -> None:
        self._fps = fps
        self._clock = clock
        self._pace: Pace | None = None
        self._wall = self._noise = self._shade = np.empty((0, 0, 3), np.uint8)

    def open(self) -> SourceInfo:
        """See `FrameSource`."""
        try:
            self._wall = open_picture(shipped_folder("resources") / "demo" / "wall.jpg").pixels()
        except PictureError as error:
            raise SourceError(f"the demo wall is missing from this installation: {error}") from error
        self._noise, self._shade = _noise(), _shade()
        self._pace = Pace(self._fps, self._clock)
        return SourceInfo("demo", "Demo wall", WIDTH, HEIGHT, self._fps, live=True)

    def read(self, timeout: float) -> Picture | None:
        """See `FrameSource`; the picture's `position` is for `truth`."""
        if self._pace is None:
            raise SourceError("the demo wall is closed; open it first")
        number = self._pace.due(timeout)
        if number is None:
            return None
        x, y = self._place(number)
        across, down = number * 29 % NOISE_MARGIN, number * 47 % NOISE_MARGIN
        # Two saturating passes over bytes: grain is added, then its mean and the darker corners are taken off.
        image = cv2.add(
            self._wall[y : y + HEIGHT, x : x + WIDTH], self._noise[down : down + HEIGHT, across : across + WIDTH]
        )
        cv2.subtract(image, self._shade, dst=image)
        return Picture(np.asarray(image, np.uint8), self._pace.time_of(number), f"{x}, {y}")

    def _place(self, number: int) -> tuple[int, int]:
        """Left and top edge on the wall of a picture by its number: a figure of eight on its side."""
        lap = 2 * math.pi * (START + number / self._fps / LAP_SECONDS)
        room_y, room_x = self._wall.shape[0] - HEIGHT, self._wall.shape[1] - WIDTH
        return round(room_x * (1 - math.cos(lap)) / 2), round(room_y * (1 - math.sin(2 * lap)) / 2)

    def set_controls(self, values: Mapping[str, float]) -> None:
        """There are none."""

    def close(self) -> None:
        """See `FrameSource`."""
        self._pace = None
        self._wall = self._noise = self._shade = np.empty((0, 0, 3), np.uint8)


def truth(position: str) -> Truth:
    """What the demo camera's picture of that `Picture.position` shows.

    Raises:
        ValueError: this is no position of the demo camera.
    """
    x, y = (int(part) for part in position.split(", "))
    mask = _mask()[y : y + HEIGHT, x : x + WIDTH]
    if min(x, y) < 0 or mask.shape != (HEIGHT, WIDTH):
        raise ValueError(f"{position} is not on the demo wall")
    joined = cv2.dilate(mask, np.ones((JOIN_PX, JOIN_PX), np.uint8))
    _, labels = cv2.connectedComponents(joined)
    found = []
    for label in np.unique(labels[mask > 0]):
        rows, columns = np.nonzero((labels == label) & (mask > 0))
        left, top = int(columns.min()), int(rows.min())
        found.append((len(rows), (left, top, int(columns.max()) - left + 1, int(rows.max()) - top + 1)))
    return Truth(mask, tuple(box for _, box in sorted(found, reverse=True)))


@functools.cache
def _mask() -> NDArray[np.uint8]:
    mask = open_picture(shipped_folder("resources") / "demo" / "wall-mask.png").pixels()[..., 0]
    mask.flags.writeable = False
    return mask


def _noise() -> NDArray[np.uint8]:
    """Grain of standard deviation 2 around `NOISE_MEAN`, larger than a picture so that every one cuts out another."""
    size = (HEIGHT + NOISE_MARGIN, WIDTH + NOISE_MARGIN, 3)
    noise = np.random.default_rng(0).integers(0, 256, size, np.uint8)
    return np.asarray((noise & 3) + (noise >> 2 & 3) + (noise >> 4 & 3), np.uint8)


def _shade() -> NDArray[np.uint8]:
    """What is taken off each pixel, (720, 960, 3): the grain's mean, and more towards the corners."""
    down = np.square(np.linspace(-1, 1, HEIGHT, dtype=np.float32))[:, None]
    across = np.square(np.linspace(-1, 1, WIDTH, dtype=np.float32))[None]
    shade = np.asarray(NOISE_MEAN + VIGNETTE * np.square((down + across) / 2) + 0.5, np.uint8)
    return np.asarray(cv2.merge([shade] * 3), np.uint8)
