"""What every source of frames is to the rest: opened, read and closed by one thread, and never blocking for long."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from crackinspector.core.errors import SourceError


class SourceState(StrEnum):
    """How a source is doing; shown on screen by word and shape."""

    STARTING = "starting"
    STREAMING = "streaming"
    STALLED = "stalled"
    """Nothing new for a while: no picture, or the same one again and again."""
    OFFLINE = "offline"
    """Gone; it is opened again after a pause."""
    FAILED = "failed"
    """Given up; only a person can help."""
    ENDED = "ended"
    """A file or folder is through and is not repeated."""


@dataclass(frozen=True, slots=True)
class Control:
    """One thing that can be set on a camera while it runs.

    Attributes:
        name: `exposure`, `gain`, `focus` or `light`, which is how bright the picture is to be.
        least, most, step: its range in the camera's own unit.
        value: as it stands; None = automatic.
        unit: of the range, may be empty.
        has_auto: whether None may be set.
    """

    name: str
    least: float
    most: float
    step: float
    value: float | None
    unit: str = ""
    has_auto: bool = True


@dataclass(frozen=True, slots=True)
class SourceInfo:
    """What an opened source turned out to be.

    Attributes:
        key: what its settings are kept under; the same camera has the same key the next time.
        name: for people.
        width, height: of its pictures before rotation; 0 where they vary.
        fps: pictures a second that it promises; 0 = unknown.
        live: whether it is a camera: a live source that shows the same picture again and again is frozen.
        controls: what can be set.
    """

    key: str
    name: str
    width: int
    height: int
    fps: float
    live: bool
    controls: tuple[Control, ...] = ()


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture as a source gives it.

    Attributes:
        image: (h, w, 3) uint8 BGR; belongs to the reader, the source never writes to it again.
        captured_at: `time.monotonic()` when it was taken or read.
        position: see `Frame.position`.
    """

    image: NDArray[np.uint8] = field(repr=False)
    captured_at: float
    position: str = ""


class EndOfSource(Exception):  # noqa: N818 - an end is not an error
    """A file or folder is through."""


class NoSuchSourceError(SourceError):
    """No source can ever be called so: trying again does not help."""


class FrameSource(Protocol):
    """A source. All methods belong to one thread; a source may be opened again after it was closed."""

    def open(self) -> SourceInfo:
        """Start it; takes 5 seconds at most, 10 where a network is asked, 30 where a folder is searched.

        Raises:
            SourceError: it cannot be opened; the text says why and what to do.
        """

    def read(self, timeout: float) -> Picture | None:
        """The newest picture that was not read yet, waiting for one for `timeout` seconds at most; None = none came.

        A live or file source paces itself: a 30 fps source returns 30 times a second.

        Raises:
            SourceError: it is gone.
            EndOfSource: there is nothing more to read.
        """

    def set_controls(self, values: Mapping[str, float]) -> None:
        """Set controls; one that is missing becomes automatic. Unknown ones are ignored."""

    def close(self) -> None:
        """Let go of it, within half a second whatever it does; closing twice does nothing."""
