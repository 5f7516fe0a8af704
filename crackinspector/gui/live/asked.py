"""What the settings ask of source and model."""

from __future__ import annotations

import functools
from collections.abc import Callable
from threading import Event

from crackinspector.core.frame import View
from crackinspector.core.settings import Settings, SourceSettings
from crackinspector.pipeline.camera_loop import FeedLike
from crackinspector.pipeline.model_state import LookSettings
from crackinspector.sources.source import FrameSource
from crackinspector.sources.steady_feed import Feed, SourceStatus

STALE_SECONDS = 1.0
"""A verdict that is older than this by more than its source and model take says nothing any more."""
OpenSource = Callable[[str, SourceSettings, Event | None], FrameSource]


def look_settings(settings: Settings, view: View) -> LookSettings:
    """How the model looks at frames of which this part is on screen."""
    detection = settings.detection
    return LookSettings(
        view=view,
        threshold=detection.threshold,
        detail=detection.detail,
        most_fps=detection.most_fps,
        threads=detection.threads,
    )


def feed_opener(opener: OpenSource, settings: Settings) -> Callable[[Event], FeedLike]:
    """What the camera loop opens."""
    return functools.partial(_open_feed, opener, settings)


def patience(settings: Settings, status: SourceStatus | None, latency: float) -> float:
    """How old a verdict may be, in seconds: slow models and sources give few, and each holds until the next is due.

    Args:
        settings: in force.
        status: of the source.
        latency: from capture to result, in seconds.
    """
    most_fps = settings.detection.most_fps
    interval = 1 / most_fps if most_fps > 0 else 0.0
    if status is not None and status.info is not None and status.info.fps > 0:
        interval = max(interval, 1 / status.info.fps)
    return STALE_SECONDS + 2 * interval + 2 * latency


def _open_feed(opener: OpenSource, settings: Settings, stop: Event) -> FeedLike:
    return Feed(functools.partial(opener, settings.source.name, settings.source, stop), settings.cameras, stop)
