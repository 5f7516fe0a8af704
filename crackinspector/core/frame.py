"""One picture from a source, on its way through the live pipeline."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Frame:
    """A frame. Its array is never written to after it was made.

    Attributes:
        id: ascending from 1 within one run of the program, whatever the source.
        captured_at: when its picture was taken or read, in seconds of `time.monotonic()`.
        taken_at: the same moment in seconds of `time.time()`, for files; clocks jump, so nothing is measured with it.
        source: name of the source for people, such as "Demo wall" or "HD Webcam (/dev/video2)".
        image: (h, w, 3) uint8 BGR, read-only, rotated and mirrored as the source's settings say.
        position: where a file source is, such as a picture's path or "00:12.4"; empty for cameras.
        turn: the rotation clockwise in degrees, and whether it is mirrored, of `image` against what the source gave.
    """

    id: int
    captured_at: float
    taken_at: float
    source: str
    image: NDArray[np.uint8] = field(repr=False)
    position: str = ""
    turn: tuple[int, bool] = (0, False)

    @property
    def width(self) -> int:
        """Pixels across."""
        return int(self.image.shape[1])

    @property
    def height(self) -> int:
        """Pixels down."""
        return int(self.image.shape[0])

    @property
    def scene(self) -> tuple[object, ...]:
        """What frames have in common whose pixels lie in one place: what was found in another scene says nothing."""
        return self.source, self.width, self.height, self.turn


@dataclass(frozen=True, slots=True)
class View:
    """The part of a frame that is on screen, which is what the model sees.

    Attributes:
        x, y, w, h: left and top edge, size; shares of the frame's width and height, 0..1.
    """

    x: float = 0.0
    y: float = 0.0
    w: float = 1.0
    h: float = 1.0

    def pixels(self, width: int, height: int) -> tuple[int, int, int, int]:
        """Left, top, right and bottom in a frame of that size: at least one pixel, all inside."""
        left = min(width - 1, max(0, round(self.x * width)))
        top = min(height - 1, max(0, round(self.y * height)))
        right = min(width, max(left + 1, round((self.x + self.w) * width)))
        bottom = min(height, max(top + 1, round((self.y + self.h) * height)))
        return left, top, right, bottom


WHOLE = View()
