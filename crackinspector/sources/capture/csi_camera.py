"""The Raspberry Pi's own camera by Picamera2, which is loaded in processes of its own and nowhere else.

`python -m crackinspector.sources.capture.csi_camera PARENT` prints the models of the cameras as JSON.
"""

from __future__ import annotations

import importlib
import json
import sys
import time
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from crackinspector.core.errors import SourceError
from crackinspector.sources.capture.child import die_with_parent
from crackinspector.sources.capture.wire import NoCameraError, Request
from crackinspector.sources.source import Control, Picture, SourceInfo

FORMAT = "RGB888"
"""libcamera counts from the other end: in memory this is blue, green, red."""
BUFFERS = 4
"""Contiguous memory is scarce; more have been seen to run out of it."""
READ_SECONDS = 2.0
STALE_SECONDS = 1.0
AUTO_FOCUS, MANUAL_FOCUS = 2, 0
MS = 1000.0

_NAMES = {"exposure": "ExposureTime", "gain": "AnalogueGain", "focus": "LensPosition", "light": "ExposureValue"}
_UNITS = {"exposure": "ms", "focus": "dpt", "light": "EV"}


def load() -> Any:
    """The class Picamera2.

    Raises:
        NoCameraError: it cannot be imported, for whatever reason; there are many, and each disables only this camera.
    """
    try:
        return importlib.import_module("picamera2").Picamera2
    except ImportError as error:
        raise NoCameraError(
            f"the camera's library Picamera2 cannot be loaded ({error}); install the package python3-picamera2"
        ) from error
    except Exception as error:
        # such as NumPy's "dtype size changed" when the system's simplejpeg was built for another NumPy
        raise NoCameraError(
            f"the camera's library Picamera2 does not work here ({type(error).__name__}: {error}); "
            "install crackinspector with the device's own NumPy"
        ) from error


def csi_cameras(picamera2: Any) -> list[dict[str, Any]]:
    """The descriptions of the cameras on the ribbon cables; libcamera lists those on USB, too."""
    return [camera for camera in picamera2.global_camera_info() if "/usb" not in str(camera.get("Id", ""))]


class CsiCamera:
    """A backend of the capture process. Its camera is never stopped: that can block for ever; the process ends."""

    def __init__(self, request: Request) -> None:
        self._request = request
        self._camera: Any = None
        self._name = "CSI camera"
        self._controls: Mapping[str, tuple[Any, Any, Any]] = {}

    def open(self) -> SourceInfo:
        """See `FrameSource`."""
        picamera2 = load()
        request = self._request
        number = int(request.target or 0)
        cameras = csi_cameras(picamera2)
        if number >= len(cameras):
            raise NoCameraError("no CSI camera is found; check its ribbon cable, then start the device again")
        model = str(cameras[number].get("Model", "camera"))
        self._name = f"CSI camera {model}"
        try:
            self._camera = picamera2(cameras[number].get("Num", number))
            # one sensor mode: video and snapshots are the same picture, and nothing is switched while it runs
            configuration = self._camera.create_video_configuration(
                main={"format": FORMAT, "size": (request.width, request.height)},
                buffer_count=BUFFERS,
                queue=False,
                controls={"FrameRate": request.fps},
            )
            self._camera.align_configuration(configuration)
            self._camera.configure(configuration)
            self._camera.start(show_preview=False)
        except Exception as error:
            raise SourceError(f"{self._name} cannot be started: {error}; close other programs that use it") from error
        width, height = self._camera.camera_configuration()["main"]["size"]
        self._controls = self._camera.camera_controls
        return SourceInfo(
            f"csi:{cameras[number].get('Id', number)}", self._name, width, height, request.fps, True, self._known()
        )

    def read(self) -> Picture | None:
        """See `Backend`."""
        job = self._camera.capture_request(wait=False)
        try:
            taken = self._camera.wait(job, timeout=READ_SECONDS)
        except TimeoutError as error:
            raise SourceError(f"{self._name} has sent no picture for 2 s; check its ribbon cable") from error
        except Exception as error:
            raise SourceError(f"{self._name} has failed: {error}; check its ribbon cable") from error
        try:
            layout = self._camera.camera_configuration()["main"]
            image = without_padding(taken.make_buffer("main"), layout["size"], layout["stride"])
            stamp = taken.get_metadata().get("SensorTimestamp")
        finally:
            taken.release()
        return Picture(image, self._captured_at(stamp))

    def set_controls(self, values: Mapping[str, float]) -> None:
        """See `FrameSource`."""
        wanted: dict[str, Any] = {}
        given = {name: value for name, value in values.items() if _NAMES.get(name) in self._controls}
        exposure, gain = given.get("exposure"), given.get("gain")
        if "ExposureTimeMode" in self._controls:
            # 0 automatic, 1 manual: since libcamera 0.5 each has a switch of its own
            wanted |= {"ExposureTimeMode": int(exposure is not None), "AnalogueGainMode": int(gain is not None)}
        elif "AeEnable" in self._controls:
            wanted["AeEnable"] = exposure is None or gain is None
        for name, value, scale in (("ExposureTime", exposure, MS), ("AnalogueGain", gain, 1.0)):
            if name in self._controls:
                # 0 leaves it to the automatic
                wanted[name] = (int if name == "ExposureTime" else float)((value or 0.0) * scale)
        if "ExposureTimeMode" in self._controls:
            wanted = {name: value for name, value in wanted.items() if value or name.endswith("Mode")}
        if "LensPosition" in self._controls and "AfMode" in self._controls:
            wanted["AfMode"] = AUTO_FOCUS if "focus" not in given else MANUAL_FOCUS
            if "focus" in given:
                wanted["LensPosition"] = float(given["focus"])
        if "ExposureValue" in self._controls:
            wanted["ExposureValue"] = float(given.get("light", 0.0))
        try:
            self._camera.set_controls(wanted)
        except Exception as error:
            raise SourceError(f"{self._name} does not take its settings: {error}") from error

    def _known(self) -> tuple[Control, ...]:
        found = []
        for name, theirs in _NAMES.items():
            if theirs not in self._controls:
                continue
            scale = MS if name == "exposure" else 1.0
            least, most = (float(limit) / scale for limit in self._controls[theirs][:2])
            step = 0.1 if most - least < 1000 else 1.0
            found.append(Control(name, least, most, step, None, _UNITS.get(name, "")))
        return tuple(found)

    def _captured_at(self, stamp: int | None) -> float:
        """The sensor stamps the start of a picture in nanoseconds since boot, sleep included; ours are without it."""
        now = time.monotonic()
        if stamp is None:
            return now
        age = time.clock_gettime(time.CLOCK_BOOTTIME) - stamp / 1e9
        return now - age if 0 <= age < STALE_SECONDS else now


def without_padding(buffer: NDArray[np.uint8], size: tuple[int, int], stride: int) -> NDArray[np.uint8]:
    """A view (h, w, 3) of a flat buffer whose rows are `stride` bytes apart; lines after the picture are ignored."""
    width, height = size
    return buffer[: height * stride].reshape(height, stride)[:, : width * 3].reshape(height, width, 3)


if __name__ == "__main__":
    die_with_parent(int(sys.argv[1]))
    print(json.dumps([str(camera.get("Model", "camera")) for camera in csi_cameras(load())]))
