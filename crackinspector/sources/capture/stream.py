"""Video files and network streams, read by OpenCV's FFmpeg."""

from __future__ import annotations

import os
import time
from collections.abc import Mapping
from pathlib import Path

import cv2
import numpy as np

from crackinspector.core.errors import SourceError
from crackinspector.core.text import printable, without_password
from crackinspector.sources.capture.wire import Request
from crackinspector.sources.source import EndOfSource, Picture, SourceInfo

OPEN_MS, READ_MS = 9_000, 5_000
LATE_SECONDS = 1.0
"""A file that has fallen behind, or jumped, by more goes on from where it is."""
MOST_SKIPPED = 5
"""So many pictures in a row are skipped at most to catch up, so that something is to be seen on the slowest machine."""
LOW_DELAY = "rtsp_transport;tcp|fflags;nobuffer|flags;low_delay"


class Stream:
    """A backend of the capture process. Files are paced by their timestamps, what is live by its sender."""

    def __init__(self, request: Request) -> None:
        self._request = request
        self._is_address = request.kind == "url"
        self._name = printable(without_password(request.target) if self._is_address else Path(request.target).name)
        self._capture: cv2.VideoCapture | None = None
        self._file = -1
        self._paced = False
        self._any = False
        self._start: float | None = None

    def open(self) -> SourceInfo:
        """See `FrameSource`."""
        if self._is_address:
            os.environ.setdefault("OPENCV_FFMPEG_CAPTURE_OPTIONS", LOW_DELAY)
        self._capture = self._opened()
        length = self._capture.get(cv2.CAP_PROP_FRAME_COUNT)
        self._paced = length > 0 or Path(self._request.target).is_file()
        fps = self._capture.get(cv2.CAP_PROP_FPS)
        target = self._name if self._is_address else str(Path(self._request.target).absolute())
        return SourceInfo(
            f"{self._request.kind}:{target}",
            self._name,
            int(self._capture.get(cv2.CAP_PROP_FRAME_WIDTH)),
            int(self._capture.get(cv2.CAP_PROP_FRAME_HEIGHT)),
            fps if self._paced and 0 < fps < 1000 else 0.0,
            live=not self._paced,
        )

    def read(self) -> Picture | None:
        """See `Backend`."""
        assert self._capture is not None
        for _ in range(MOST_SKIPPED):
            if not self._capture.grab():
                self._at_end()
                return None
            self._any = True
            if not self._paced:
                break
            at = self._capture.get(cv2.CAP_PROP_POS_MSEC) / 1000
            if not self._is_late(at):
                break
        found, image = self._capture.retrieve()
        if not found:
            return None
        position = ""
        if self._paced:
            minutes, seconds = divmod(max(0.0, at), 60)
            position = f"{int(minutes):02d}:{seconds:04.1f}"
        return Picture(np.asarray(image, np.uint8), time.monotonic(), position)

    def set_controls(self, values: Mapping[str, float]) -> None:
        """There are none."""

    def _is_late(self, at: float) -> bool:
        """Waits until the picture of that time is due; whether that was long ago."""
        now = time.monotonic()
        if self._start is None or abs(self._start + at - now) > LATE_SECONDS:
            self._start = now - at
        wait = self._start + at - now
        if wait > 0:
            time.sleep(wait)
        return wait < -0.05

    def _at_end(self) -> None:
        """A file starts again or is through, a stream has broken off.

        Raises:
            EndOfSource, SourceError: accordingly.
        """
        if not self._paced:
            raise SourceError(f"{self._name} sends no more pictures; check that it is on and connected")
        if not self._any:
            raise SourceError(f"{self._name} holds no picture that can be read; convert it to MP4 with H.264")
        if not self._request.repeat:
            raise EndOfSource
        assert self._capture is not None
        self._capture.release()
        self._capture, self._any, self._start = self._opened(), False, None

    def _opened(self) -> cv2.VideoCapture:
        limits = [cv2.CAP_PROP_OPEN_TIMEOUT_MSEC, OPEN_MS, cv2.CAP_PROP_READ_TIMEOUT_MSEC, READ_MS]
        capture = cv2.VideoCapture(self._name_for_opencv(), cv2.CAP_FFMPEG, limits)
        if capture.isOpened():
            return capture
        if self._is_address:
            raise SourceError(
                f"no video comes from {self._name}; check the address, the network and that the camera is on"
            )
        raise SourceError(f"{self._name} is not a video that can be read; convert it to MP4 with H.264")

    def _name_for_opencv(self) -> str:
        """A name that is not UTF-8 would crash OpenCV, so such a file goes by its descriptor, which stays open."""
        target = self._request.target
        try:
            target.encode()
        except UnicodeEncodeError:
            if self._file < 0:
                self._file = os.open(target, os.O_RDONLY | os.O_CLOEXEC)
            return f"/proc/self/fd/{self._file}"
        return target
