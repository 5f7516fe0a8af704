"""Picture files, which are read in the capture process because a network drive or a giant picture can take for ever."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from crackinspector.sources.capture.wire import Request
from crackinspector.sources.picture_folder import PictureFolder
from crackinspector.sources.source import Picture, SourceInfo

_CHECK_SECONDS = 0.5


class PictureFiles:
    """A backend of the capture process."""

    def __init__(self, request: Request) -> None:
        self._folder = PictureFolder(Path(request.target), repeat=request.repeat)

    def open(self) -> SourceInfo:
        """See `FrameSource`."""
        return self._folder.open()

    def read(self) -> Picture | None:
        """See `Backend`."""
        return self._folder.read(_CHECK_SECONDS)

    def set_controls(self, values: Mapping[str, float]) -> None:
        """There are none."""
