from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest

from crackinspector.core.errors import SourceError
from crackinspector.core.settings import SourceSettings
from crackinspector.sources import catalogue
from crackinspector.sources.addresses import is_address
from crackinspector.sources.capture import v4l2
from crackinspector.sources.capture.parent import ChildCapture
from crackinspector.sources.catalogue import AutoSource, SourceChoice, is_camera, list_sources, open_source
from crackinspector.sources.demo_camera import DemoCamera
from crackinspector.sources.source import NoSuchSourceError

SETTINGS = SourceSettings()
WEBCAM = v4l2.Camera(Path("/dev/video2"), "HD Webcam", "usb-1.2")


def test_every_kind_of_name_means_its_source(tmp_path: Path) -> None:
    picture = tmp_path / "wall.PNG"
    cv2.imwrite(str(tmp_path / "wall.png"), np.zeros((4, 4, 3), np.uint8))
    (tmp_path / "wall.png").rename(picture)
    (tmp_path / "wall.mp4").touch()
    kinds = {
        "auto": AutoSource,
        "demo": DemoCamera,
        "picamera2": ChildCapture,
        "picamera2:1": ChildCapture,
        "/dev/video0": ChildCapture,
        "/dev/v4l/by-id/usb-cam": ChildCapture,
        "rtsp://host/stream": ChildCapture,
        "HTTP://host:8080/": ChildCapture,
        str(tmp_path): ChildCapture,
        str(picture): ChildCapture,
        str(tmp_path / "wall.mp4"): ChildCapture,
    }
    for name, kind in kinds.items():
        assert type(open_source(name, SETTINGS)) is kind, name


@pytest.mark.parametrize(
    "name",
    [
        "",
        "nonsense",
        "/no/such/file.mp4",
        "http://",
        "ftp://host/x",
        "picamera2:x",
        "picamera3",
        "a\0b",
        "~no such user",
    ],
)
def test_nonsense_is_refused_at_once_and_told_what_would_do(name: str) -> None:
    with pytest.raises(SourceError, match="give auto, demo, picamera2") as caught:
        open_source(name, SETTINGS)
    assert str(caught.value).isprintable()


@pytest.mark.parametrize("name", ["ftp://host/x", "http://", "a\0b", ""])
def test_what_can_never_be_a_source_is_told_apart(name: str) -> None:
    with pytest.raises(NoSuchSourceError):
        open_source(name, SETTINGS)


def test_a_file_may_come_later() -> None:
    with pytest.raises(SourceError) as caught:
        open_source("/media/stick/wall.mp4", SETTINGS)
    assert not isinstance(caught.value, NoSuchSourceError)


def test_a_password_is_in_no_refusal() -> None:
    with pytest.raises(SourceError, match="ftp://host/x") as caught:
        open_source("ftp://anna:secret@host/x", SETTINGS)
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize("name", ["auto", "demo", "picamera2", "picamera2:1", "/dev/video0", "/dev/v4l/by-id/usb-cam"])
def test_cameras_are_known_by_their_names(name: str) -> None:
    assert is_camera(name)


@pytest.mark.parametrize("name", ["rtsp://host/dev", "http://host/wall.mp4", "/data/wall.mp4", "picamera2.mp4", "."])
def test_a_file_and_what_may_be_one_is_no_camera(name: str) -> None:
    assert not is_camera(name)


def test_cameras_are_listed_before_the_demo_wall(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(v4l2, "list_cameras", lambda: [WEBCAM])
    assert list_sources() == [
        SourceChoice("/dev/video2", "HD Webcam (/dev/video2)", "camera"),
        SourceChoice("demo", "Demo wall", "demo"),
    ]


def test_auto_is_the_demo_wall_where_there_is_no_camera(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(v4l2, "list_cameras", list)
    auto = open_source("auto", SETTINGS)
    with pytest.raises(SourceError, match="open the source first"):
        auto.read(0)
    auto.set_controls({})
    auto.close()
    assert auto.open().key == "demo"
    assert auto.read(1) is not None
    # a camera that comes later does not interrupt
    monkeypatch.setattr(v4l2, "list_cameras", lambda: [WEBCAM])
    auto.close()
    assert auto.open().key == "demo"
    auto.close()


def test_auto_takes_the_camera_that_is_there_and_tells_its_troubles(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(v4l2, "list_cameras", lambda: [WEBCAM])
    with pytest.raises(SourceError, match="/dev/video2"):
        open_source("auto", SETTINGS).open()


def test_the_rate_is_passed_on() -> None:
    demo = open_source("demo", SourceSettings(fps=12))
    assert demo.open().fps == 12
    demo.close()


def test_what_is_an_address() -> None:
    for name in ("rtsp://a", "http://user:pw@host:80/x?y=z", "srt://host:9000"):
        assert is_address(name)
    for name in ("rtsp:/a", "://a", "file:///a", "C://a", "rtsp://"):
        assert not is_address(name)


def test_the_module_asks_only_where_there_is_picamera2(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(v4l2, "list_cameras", list)
    monkeypatch.setattr(catalogue, "module_command", lambda module: pytest.fail("it started a process"))
    assert [choice.kind for choice in list_sources()] == ["demo"]
