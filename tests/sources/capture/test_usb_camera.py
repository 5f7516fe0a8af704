from __future__ import annotations

import errno
import time
from pathlib import Path

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from crackinspector.core.errors import SourceError
from crackinspector.sources.capture import usb_camera, v4l2
from crackinspector.sources.capture.usb_camera import MOST_REFUSED, UsbCamera
from crackinspector.sources.capture.wire import Request
from tests.sources.capture.devices import GAIN, Device, Kernel

EMPTY: NDArray[np.uint8] = np.empty((0, 0, 3), np.uint8)


class Capture:
    """What OpenCV would be; the latest one made is `Capture.last`."""

    last: Capture
    can_open = True

    def __init__(self, name: str, api: int) -> None:
        assert api == cv2.CAP_V4L2
        self.name = name
        self.settings: list[tuple[int, float]] = []
        self.values = {cv2.CAP_PROP_FRAME_WIDTH: 640.0, cv2.CAP_PROP_FRAME_HEIGHT: 480.0, cv2.CAP_PROP_FPS: 25.0}
        self.found = True
        self.image: NDArray[np.uint8] = np.zeros((480, 640, 3), np.uint8)
        Capture.last = self

    def isOpened(self) -> bool:  # noqa: N802 - OpenCV's
        return self.can_open

    def set(self, what: int, value: float) -> bool:
        self.settings.append((what, value))
        return True

    def get(self, what: int) -> float:
        return self.values.get(what, 0.0)

    def read(self) -> tuple[bool, NDArray[np.uint8]]:
        return self.found, self.image


@pytest.fixture
def kernel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Kernel:
    kernel = Kernel(tmp_path)
    kernel.plug("video0", Device(controls={GAIN: [0, 100, 1, 10, 10]}))
    monkeypatch.setattr(v4l2.find_camera, "__defaults__", (kernel.cameras,))
    monkeypatch.setattr(v4l2.why_not, "__defaults__", (kernel.ioctl, kernel.proc))
    monkeypatch.setattr(v4l2.Controls.__init__, "__defaults__", (kernel.ioctl,))
    monkeypatch.setattr(cv2, "VideoCapture", Capture)
    monkeypatch.setattr(Capture, "can_open", True)
    return kernel


def camera(kernel: Kernel) -> UsbCamera:
    return UsbCamera(Request("usb", str(kernel.dev / "video0"), 1280, 720, 30, True))


def test_compression_comes_first_then_size_rate_and_a_small_buffer(kernel: Kernel) -> None:
    info = camera(kernel).open()
    assert Capture.last.name == str(kernel.dev / "video0")
    assert Capture.last.settings == [
        (cv2.CAP_PROP_FOURCC, cv2.VideoWriter.fourcc(*"MJPG")),
        (cv2.CAP_PROP_FRAME_WIDTH, 1280),
        (cv2.CAP_PROP_FRAME_HEIGHT, 720),
        (cv2.CAP_PROP_FPS, 30),
        (cv2.CAP_PROP_BUFFERSIZE, 2),
    ]
    assert (info.width, info.height, info.fps, info.live) == (640, 480, 25, True)
    assert [control.name for control in info.controls] == ["gain"]


def test_a_busy_camera_is_said_to_be(kernel: Kernel, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Capture, "can_open", False)
    kernel.devices["video0"].refusal = errno.EBUSY
    with pytest.raises(SourceError, match="video0 is in use by another program"):
        camera(kernel).open()


def test_pictures_carry_the_time_of_the_kernel_where_it_can_be_true(kernel: Kernel) -> None:
    source = camera(kernel)
    source.open()
    stamp = time.monotonic() - 0.02
    Capture.last.values[cv2.CAP_PROP_POS_MSEC] = stamp * 1000
    picture = source.read()
    assert picture is not None
    assert picture.captured_at == pytest.approx(stamp, abs=1e-6)
    before = time.monotonic()
    for wrong in (0.0, (before - 100) * 1000, (before + 1e6) * 1000):
        Capture.last.values[cv2.CAP_PROP_POS_MSEC] = wrong
        picture = source.read()
        assert picture is not None
        assert picture.captured_at >= before


def test_a_damaged_picture_is_passed_over_and_many_are_the_end(kernel: Kernel) -> None:
    source = camera(kernel)
    source.open()
    whole = Capture.last.image
    for _ in range(3):
        Capture.last.image = EMPTY
        for _ in range(MOST_REFUSED - 1):
            assert source.read() is None
        Capture.last.image = whole
        assert source.read() is not None
    Capture.last.found = False
    with pytest.raises(SourceError, match="has stopped"):
        for _ in range(MOST_REFUSED):
            source.read()


def test_a_slow_silence_is_left_to_the_watchdog(kernel: Kernel, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(usb_camera, "SELECT_SECONDS", 0)
    source = camera(kernel)
    source.open()
    Capture.last.found = False
    assert [source.read() for _ in range(3 * MOST_REFUSED)] == [None] * 3 * MOST_REFUSED


def test_an_unplugged_camera_is_said_to_be(kernel: Kernel) -> None:
    source = camera(kernel)
    source.open()
    kernel.unplug("video0")
    Capture.last.found = False
    with pytest.raises(SourceError, match="was unplugged; plug it in again"):
        source.read()
    with pytest.raises(SourceError, match="is gone"):
        source.set_controls({"gain": 5})


def test_controls_are_set(kernel: Kernel) -> None:
    source = camera(kernel)
    source.open()
    source.set_controls({"gain": 42})
    assert kernel.devices["video0"].controls[GAIN][4] == 42
