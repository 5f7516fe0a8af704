from __future__ import annotations

import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from crackinspector.core.errors import SourceError
from crackinspector.core.settings import SourceSettings
from crackinspector.sources import catalogue
from crackinspector.sources.capture.csi_camera import CsiCamera, without_padding
from crackinspector.sources.capture.wire import NoCameraError, Request
from crackinspector.sources.catalogue import SourceChoice, list_sources, open_source
from crackinspector.sources.demo_camera import DemoCamera
from crackinspector.sources.source import Picture
from tests.sources.capture.processes import children, next_picture, until

SETTINGS = SourceSettings(width=1000, height=721)
CONTROLS = ("AeEnable", "AfMode", "AnalogueGain", "ExposureTime", "ExposureValue", "LensPosition")


@pytest.fixture(autouse=True)
def standin(monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    """Picamera2 as processes will find it; this process never loads it."""
    monkeypatch.syspath_prepend(Path(__file__).parent / "standin")
    monkeypatch.setattr("crackinspector.sources.capture.v4l2.list_cameras", list)
    before = children()
    yield monkeypatch
    assert "picamera2" not in sys.modules
    assert children() == before


def values(picture: Picture) -> dict[str, int]:
    """The controls as the stand-in writes them into its pictures; 99 = never set."""
    return {name: int(picture.image[0, place, 0]) for place, name in enumerate(CONTROLS)}


def test_pictures_come_without_the_padding_of_their_rows() -> None:
    source = open_source("picamera2", SETTINGS)
    info = source.open()
    assert (info.name, info.width, info.height, info.fps, info.live) == ("CSI camera imx219", 992, 720, 30, True)
    assert info.key == "csi:/base/soc/i2c0mux/i2c@1/imx219@10"
    picture = next_picture(source)
    assert picture.image.shape == (720, 992, 3)
    across = np.arange(992, dtype=np.uint8) % 200
    np.testing.assert_array_equal(picture.image[1:, :, 0], np.broadcast_to(across, (719, 992)))
    first = picture.image[1, 0, 1]
    until(lambda: bool(next_picture(source).image[1, 0, 1] != first))
    source.close()


def test_pictures_are_as_old_as_the_sensor_says() -> None:
    source = open_source("picamera2", SETTINGS)
    source.open()
    picture = next_picture(source)
    age = time.monotonic() - picture.captured_at
    source.close()
    assert 0.015 <= age < 5


def test_controls_are_known_set_and_automatic_again() -> None:
    source = open_source("picamera2", SETTINGS)
    info = source.open()
    known = {control.name: (control.least, control.most, control.unit, control.value) for control in info.controls}
    assert known == {
        "exposure": (0.075, 200.0, "ms", None),
        "gain": (1.0, 10.0, "", None),
        "focus": (0.0, 15.0, "dpt", None),
        "light": (-8.0, 8.0, "EV", None),
    }
    source.set_controls({"exposure": 0.2, "gain": 4, "focus": 7, "light": 2, "unknown": 5})
    wanted = {"AeEnable": 0, "AfMode": 0, "AnalogueGain": 4, "ExposureTime": 200, "ExposureValue": 2, "LensPosition": 7}
    until(lambda: values(next_picture(source)) == wanted)
    source.set_controls({"gain": 3})
    wanted = {"AeEnable": 1, "AfMode": 2, "AnalogueGain": 3, "ExposureTime": 0, "ExposureValue": 0, "LensPosition": 7}
    until(lambda: values(next_picture(source)) == wanted)
    source.close()


class NewerLibcamera:
    """Exposure and gain each have a switch of their own."""

    def __init__(self) -> None:
        self.wanted: dict[str, float] = {}

    def set_controls(self, controls: dict[str, float]) -> None:
        self.wanted = controls


def test_newer_libcamera_has_a_switch_for_each() -> None:
    camera = CsiCamera(Request("csi", "0", 640, 480, 30, True))
    library = camera._camera = NewerLibcamera()
    camera._controls = {
        name: (0, 1, 0) for name in ("ExposureTimeMode", "AnalogueGainMode", "ExposureTime", "AnalogueGain")
    }
    camera.set_controls({"exposure": 20})
    assert library.wanted == {"ExposureTimeMode": 1, "AnalogueGainMode": 0, "ExposureTime": 20_000}
    camera.set_controls({})
    assert library.wanted == {"ExposureTimeMode": 0, "AnalogueGainMode": 0}


def test_a_camera_that_falls_silent_is_an_error(standin: pytest.MonkeyPatch) -> None:
    standin.setenv("STANDIN", "silent")
    source = open_source("picamera2", SETTINGS)
    source.open()
    with pytest.raises(SourceError, match="sent no picture for 2 s; check its ribbon cable"):
        while True:
            next_picture(source)
    source.close()


def test_a_busy_camera_is_an_error(standin: pytest.MonkeyPatch) -> None:
    standin.setenv("STANDIN", "busy")
    with pytest.raises(SourceError, match=r"imx219 cannot be started: .*did not complete"):
        open_source("picamera2", SETTINGS).open()
    # and not a reason to show the demo wall instead
    with pytest.raises(SourceError, match="cannot be started"):
        open_source("auto", SETTINGS).open()


@pytest.mark.parametrize(
    ("fault", "sentence"), [("none", "no CSI camera is found"), ("numpy", "does not work here .*dtype size changed")]
)
def test_without_a_camera_or_its_library_there_is_none(fault: str, sentence: str, standin: pytest.MonkeyPatch) -> None:
    standin.setenv("STANDIN", fault)
    with pytest.raises(NoCameraError, match=sentence):
        open_source("picamera2", SETTINGS).open()
    assert [choice.kind for choice in list_sources()] == ["demo"]
    auto = open_source("auto", SETTINGS)
    assert auto.open().key == "demo"
    auto.close()


def test_cameras_are_listed_without_those_on_usb() -> None:
    assert list_sources()[0] == SourceChoice("picamera2", "CSI camera imx219", "camera")
    assert [choice.kind for choice in list_sources()] == ["camera", "demo"]


def test_auto_takes_the_csi_camera_and_stays_with_it(standin: pytest.MonkeyPatch) -> None:
    auto = open_source("auto", SETTINGS)
    assert auto.open().name == "CSI camera imx219"
    next_picture(auto)
    auto.close()
    standin.setenv("STANDIN", "none")
    with pytest.raises(NoCameraError):
        auto.open()


def test_a_library_that_never_loads_blocks_nobody(standin: pytest.MonkeyPatch) -> None:
    standin.setenv("STANDIN", "slow")
    standin.setattr(catalogue, "CSI_SECONDS", 0.5)
    assert [choice.kind for choice in list_sources()] == ["demo"]
    stop = threading.Event()
    stop.set()
    with pytest.raises(SourceError, match="not needed any more"):
        open_source("picamera2", SETTINGS, stop).open()


def test_there_is_no_hundredth_camera() -> None:
    with pytest.raises(NoCameraError):
        open_source("picamera2:99", SETTINGS).open()
    assert isinstance(open_source("demo", SETTINGS), DemoCamera)


def test_padding_is_skipped_without_a_copy() -> None:
    buffer: np.ndarray[tuple[int], np.dtype[np.uint8]] = np.arange(60, dtype=np.uint8)
    image = without_padding(buffer, (4, 3), 17)
    assert image.shape == (3, 4, 3)
    assert image[:, 0, 0].tolist() == [0, 17, 34]
    assert np.shares_memory(image, buffer)
