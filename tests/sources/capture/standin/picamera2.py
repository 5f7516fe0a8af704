"""Stands in for Picamera2: the same calls and the faults that were seen of it.

Faults come from the variable STANDIN: `numpy` breaks the import, `none` has no camera, `busy` refuses to start,
`silent` gives two pictures and then none, `slow` never ends its import. Whoever stops or closes it waits for ever.
"""

from __future__ import annotations

import os
import threading
import time
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

FAULT = os.environ.get("STANDIN", "")
PADDING = 37
"""Bytes at the end of every row that are not the picture's; an odd number, which real strides are not."""

print("a library that prints")
if FAULT == "numpy":
    raise ValueError("numpy.dtype size changed, may indicate binary incompatibility. Expected 96, got 88")
if FAULT == "slow":
    time.sleep(600)


class Job:
    """A picture to come."""

    def __init__(self, request: Request | None) -> None:
        self.request = request


class Request:
    """A picture whose memory goes back to the camera when it is released."""

    def __init__(self, camera: Picamera2) -> None:
        self.camera = camera
        camera.held += 1
        self.stamp = time.clock_gettime_ns(time.CLOCK_BOOTTIME) - 15_000_000

    def make_buffer(self, name: str) -> NDArray[np.uint8]:
        assert name == "main"
        main = self.camera.configuration["main"]
        width, height = main["size"]
        rows: NDArray[np.uint8] = np.full((height + 1, main["stride"]), 255, np.uint8)
        picture = rows[:height, : width * 3].reshape(height, width, 3)
        picture[:] = np.arange(width, dtype=np.uint8)[None, :, None] % 200
        picture[..., 1] = self.camera.count % 200
        # what was set shows in the picture's first row
        picture[0] = 0
        for place, name in enumerate(sorted(self.camera.camera_controls)):
            picture[0, place] = int(self.camera.values.get(name, 99)) % 251
        return rows.reshape(-1)

    def get_metadata(self) -> dict[str, Any]:
        return {"SensorTimestamp": self.stamp, "ExposureTime": 10_000}

    def release(self) -> None:
        self.camera.held -= 1


class Picamera2:
    """One camera."""

    camera_controls: ClassVar = {
        "AeEnable": (False, True, True),
        "AfMode": (0, 2, 0),
        "AnalogueGain": (1.0, 10.0, None),
        "ExposureTime": (75, 200_000, None),
        "ExposureValue": (-8.0, 8.0, 0.0),
        "LensPosition": (0.0, 15.0, 1.0),
    }

    @staticmethod
    def global_camera_info() -> list[dict[str, Any]]:
        webcam = {"Model": "HD Webcam", "Id": "/base/soc/usb@7e980000/usb-port@1-1.2:1.0-046d:0825", "Num": 0}
        own = {"Model": "imx219", "Id": "/base/soc/i2c0mux/i2c@1/imx219@10", "Num": 1}
        return [webcam] if FAULT == "none" else [webcam, own]

    def __init__(self, camera_num: int = 0) -> None:
        assert camera_num == 1
        self.configuration: dict[str, Any] = {}
        self.values: dict[str, Any] = {}
        self.started = False
        self.count = self.held = 0

    def create_video_configuration(
        self, main: dict[str, Any], buffer_count: int, queue: bool, controls: dict[str, Any]
    ) -> dict[str, Any]:
        assert main["format"] == "RGB888"
        assert buffer_count <= 4
        return {"main": dict(main), "queue": queue, "controls": controls}

    def align_configuration(self, configuration: dict[str, Any]) -> None:
        width, height = configuration["main"]["size"]
        configuration["main"]["size"] = (width // 32 * 32, height // 2 * 2)

    def configure(self, configuration: dict[str, Any]) -> None:
        self.configuration = configuration
        self.configuration["main"]["stride"] = configuration["main"]["size"][0] * 3 + PADDING

    def camera_configuration(self) -> dict[str, Any]:
        return self.configuration

    def start(self, config: Any = None, show_preview: bool | None = False) -> None:
        assert not show_preview
        if FAULT == "busy":
            raise RuntimeError("Camera __init__ sequence did not complete.")
        self.started = True

    def capture_request(self, wait: bool | float = True) -> Job:
        assert wait is False
        assert self.started
        assert self.held == 0, "a request was not given back"
        self.count += 1
        return Job(None if FAULT == "silent" and self.count > 2 else Request(self))

    def wait(self, job: Job, timeout: float | None = None) -> Request:
        if job.request is None:
            time.sleep(0.2)
            raise TimeoutError
        time.sleep(0.01)
        return job.request

    def set_controls(self, controls: dict[str, Any]) -> None:
        for name in controls:
            if name not in self.camera_controls:
                raise RuntimeError(f"Control {name} is not advertised by libcamera")
        self.values |= controls

    def stop(self) -> None:
        threading.Event().wait()

    def close(self) -> None:
        threading.Event().wait()

    def __del__(self) -> None:
        self.close()
