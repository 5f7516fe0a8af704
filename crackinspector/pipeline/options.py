"""What the windows are asked for on the command line; it wins over the settings for this run, unsaved."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class LiveOptions:
    """The command line of `live`; None leaves a thing to the settings.

    Attributes:
        source, model: instead of the settings' own.
        seconds: end after this time.
        stats: write rates, latency and memory there as JSON at the end.
        screenshot: write the window as a PNG there at the end.
        size: of the window, width and height.
        fullscreen: without frame, over everything.
        config: settings file to use instead of the user's.
        out: for headless, where the lines of JSON go; None or "-" is standard output.
        snapshots: for headless, whether an alarm keeps a snapshot; None leaves it to the settings.
        debug: what the package logs goes to standard error as well.
    """

    source: str | None = None
    model: str | None = None
    seconds: float | None = None
    stats: Path | None = None
    screenshot: Path | None = None
    size: tuple[int, int] | None = None
    fullscreen: bool = False
    config: Path | None = None
    out: str | None = None
    snapshots: bool | None = None
    debug: bool = False


@dataclass(frozen=True, slots=True)
class ReviewOptions:
    """The command line of `review`; None leaves a thing to the settings.

    Attributes:
        library: its folder.
        who: the person who decides.
        seconds, screenshot, size, fullscreen, config: as for `live`.
    """

    library: Path | None = None
    who: str | None = None
    seconds: float | None = None
    screenshot: Path | None = None
    size: tuple[int, int] | None = None
    fullscreen: bool = False
    config: Path | None = None
