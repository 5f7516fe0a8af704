"""Which sources there are, and from a source's name to the source."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from pathlib import Path

from crackinspector.core.errors import SourceError
from crackinspector.core.settings import SourceSettings
from crackinspector.core.text import printable
from crackinspector.sources.demo_camera import DemoCamera
from crackinspector.sources.finding import PICTURE_SUFFIXES
from crackinspector.sources.picture_folder import PictureFolder
from crackinspector.sources.source import FrameSource


@dataclass(frozen=True, slots=True)
class SourceChoice:
    """One source that can be chosen.

    Attributes:
        key: what `open_source` takes as its name.
        name: for people.
        kind: `camera` or `demo`.
    """

    key: str
    name: str
    kind: str


def list_sources() -> list[SourceChoice]:
    """The sources that are there now, cameras first."""
    return [SourceChoice("demo", "Demo wall", "demo")]


def open_source(name: str, settings: SourceSettings, stop: threading.Event | None = None) -> FrameSource:
    """The source that a name means, not opened yet.

    Args:
        name: auto, demo, a picture, a video, a folder, an address, /dev/videoN or picamera2.
        settings: what is asked of it; their own `name` is not looked at.
        stop: a source that is being opened gives up when this is set.

    Raises:
        SourceError: nothing is called so.
    """
    if name in ("auto", "demo"):
        return DemoCamera(settings.fps)
    path = Path(name).expanduser()
    if path.is_dir() or (path.is_file() and path.suffix.lower() in PICTURE_SUFFIXES):
        return PictureFolder(path, repeat=settings.repeat)
    raise SourceError(
        f"there is no source {printable(name)}: give auto, demo, picamera2, /dev/video0, a picture, a video, a folder "
        "or an address such as rtsp://..."
    )
