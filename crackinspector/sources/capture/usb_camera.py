"""USB cameras by Video4Linux, read by OpenCV."""

from __future__ import annotations

import os
import time
from collections.abc import Mapping
from pathlib import Path

import cv2
import numpy as np

from crackinspector.core.errors import SourceError
from crackinspector.sources.capture import v4l2
from crackinspector.sources.capture.wire import Request
from crackinspector.sources.source import Picture, SourceInfo

SELECT_SECONDS = 2
"""How long OpenCV waits for a picture; its own 10 s are too long."""
BUFFERS = 2
"""With one, the camera could not fill it while the last picture is decoded; more would only make pictures older."""
STALE_SECONDS = 1.0
MOST_REFUSED = 5


class UsbCamera:
    """A backend of the capture process."""

    def __init__(self, request: Request) -> None:
        self._request = request
        self._camera: v4l2.Camera | None = None
        self._capture: cv2.VideoCapture | None = None
        self._refused = 0

    def open(self) -> SourceInfo:
        """See `FrameSource`."""
        request = self._request
        camera = self._camera = v4l2.find_camera(Path(request.target), request.key)
        # read by OpenCV before its first capture only
        os.environ.setdefault("OPENCV_VIDEOIO_V4L_SELECT_TIMEOUT", str(SELECT_SECONDS))
        capture = self._capture = cv2.VideoCapture(str(camera.path), cv2.CAP_V4L2)
        if not capture.isOpened():
            raise SourceError(v4l2.why_not(camera.path))
        # in this order: which sizes and rates there are depends on the format
        capture.set(cv2.CAP_PROP_FOURCC, cv2.VideoWriter.fourcc(*"MJPG"))
        capture.set(cv2.CAP_PROP_FRAME_WIDTH, request.width)
        capture.set(cv2.CAP_PROP_FRAME_HEIGHT, request.height)
        capture.set(cv2.CAP_PROP_FPS, request.fps)
        capture.set(cv2.CAP_PROP_BUFFERSIZE, BUFFERS)
        return SourceInfo(
            camera.key,
            camera.name,
            int(capture.get(cv2.CAP_PROP_FRAME_WIDTH)),
            int(capture.get(cv2.CAP_PROP_FRAME_HEIGHT)),
            max(0.0, capture.get(cv2.CAP_PROP_FPS)),
            live=True,
            controls=v4l2.Controls(camera.path).known(),
        )

    def read(self) -> Picture | None:
        """See `Backend`."""
        assert self._capture is not None and self._camera is not None
        before = time.monotonic()
        found, image = self._capture.read()
        now = time.monotonic()
        if found and image.size:
            self._refused = 0
            # V4L2 stamps a picture when it came from the wire, mostly on the clock that we use
            stamped = self._capture.get(cv2.CAP_PROP_POS_MSEC) / 1000
            captured_at = stamped if 0 <= now - stamped < STALE_SECONDS else now
            return Picture(np.asarray(image, np.uint8), captured_at)
        if not self._camera.path.exists():
            raise SourceError(f"{self._camera.name} was unplugged; plug it in again")
        if now - before < SELECT_SECONDS / 2:
            # a picture that came damaged is no reason to give up, one refusal after the other is
            self._refused += 1
            if self._refused >= MOST_REFUSED:
                raise SourceError(f"{self._camera.name} has stopped; unplug it and plug it in again")
            time.sleep(0.01)
        return None

    def set_controls(self, values: Mapping[str, float]) -> None:
        """See `FrameSource`."""
        assert self._camera is not None
        try:
            v4l2.Controls(self._camera.path).set(values)
        except OSError as error:
            raise SourceError(f"{self._camera.name} is gone ({error.strerror}); plug it in again") from error
