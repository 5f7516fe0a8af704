from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from crackinspector.core.errors import SourceError
from crackinspector.sources.capture import v4l2
from tests.sources.capture.devices import (
    BRIGHTNESS,
    EXPOSURE,
    EXPOSURE_AUTO,
    FOCUS,
    FOCUS_AUTO,
    GAIN,
    Device,
    Kernel,
)


@pytest.fixture
def kernel(tmp_path: Path) -> Kernel:
    return Kernel(tmp_path)


def full_camera() -> Device:
    return Device(
        controls={
            EXPOSURE: [1, 5000, 1, 157, 157],
            EXPOSURE_AUTO: [0, 3, 1, 3, 3],
            GAIN: [0, 100, 1, 10, 10],
            FOCUS: [0, 250, 5, 0, 40],
            FOCUS_AUTO: [0, 1, 1, 1, 0],
            BRIGHTNESS: [-64, 64, 1, 8, 20],
        }
    )


def test_cameras_are_listed_by_number_and_nothing_else_is(kernel: Kernel) -> None:
    for number, device in {
        10: Device(card="Endoscope", bus="usb-1.4"),
        2: Device(),
        3: Device(caps=v4l2.META_CAPTURE),
        0: Device(driver="unicam", card="unicam"),
        4: Device(driver="rp1-cfe", card="rp1-cfe", caps=v4l2.CAPTURE | v4l2.MEDIA_CONTROLLER),
        5: Device(driver="bcm2835-codec", card="bcm2835-codec-decode", caps=0x4000),
        6: Device(driver="bcm2835-isp", card="bcm2835-isp"),
    }.items():
        kernel.plug(f"video{number}", device)
    (kernel.dev / "video99").touch()
    (kernel.dev / "vbi0").touch()
    found = kernel.cameras()
    assert [camera.path.name for camera in found] == ["video2", "video10"]
    assert found[0].name == f"HD Webcam ({kernel.dev / 'video2'})"
    assert found[0].key == "usb:HD Webcam@usb-1.2"


def test_no_cameras_are_no_error(tmp_path: Path) -> None:
    assert v4l2.list_cameras(tmp_path / "no", tmp_path / "where") == []


def test_a_camera_that_may_not_be_opened_is_listed_by_its_first_node(kernel: Kernel) -> None:
    kernel.plug("video0", Device())
    kernel.plug("video1", Device(), index=1)

    def forbidden(descriptor: int, request: int, data: bytearray) -> int:
        raise PermissionError(errno.EACCES, "Permission denied")

    found = v4l2.list_cameras(kernel.dev, kernel.sys, forbidden)
    assert [(camera.path.name, camera.card, camera.bus) for camera in found] == [("video0", "HD Webcam", "")]


def test_names_of_devices_are_printable(kernel: Kernel) -> None:
    kernel.plug("video0", Device(card="Cam\x1b[31m\n"))
    assert kernel.cameras()[0].name.isprintable()


def test_a_camera_is_found_again_as_another_device(kernel: Kernel) -> None:
    path = kernel.plug("video0", Device())
    kernel.plug("video2", Device(card="Endoscope", bus="usb-1.4"))
    key = v4l2.find_camera(path, "", kernel.cameras).key
    kernel.unplug("video0")
    other = kernel.plug("video4", Device())
    assert v4l2.find_camera(path, key, kernel.cameras).path == other
    # the old device is another camera now
    kernel.plug("video0", Device(card="Endoscope", bus="usb-1.1"))
    assert v4l2.find_camera(path, key, kernel.cameras).path == other
    # in another socket
    kernel.unplug("video4")
    moved = kernel.plug("video6", Device(bus="usb-2.1"))
    assert v4l2.find_camera(path, key, kernel.cameras).path == moved


def test_of_two_cameras_alike_each_keeps_its_own_place(kernel: Kernel) -> None:
    first = kernel.plug("video0", Device(bus="usb-1.1"))
    second = kernel.plug("video2", Device(bus="usb-1.2"))
    keys = [v4l2.find_camera(path, "", kernel.cameras).key for path in (first, second)]
    assert len(set(keys)) == 2
    assert v4l2.find_camera(first, keys[1], kernel.cameras).path == second


def test_a_link_to_a_device_will_do(kernel: Kernel) -> None:
    path = kernel.plug("video0", Device())
    link = kernel.dev / "by-id"
    link.symlink_to(path)
    assert v4l2.find_camera(link, "", kernel.cameras).path == path


def test_a_camera_that_is_not_there_is_said_so(kernel: Kernel) -> None:
    with pytest.raises(SourceError, match=r"there is no camera at .*video7; plug it in"):
        v4l2.find_camera(kernel.dev / "video7", "", kernel.cameras)


@pytest.mark.parametrize(
    ("device", "sentence"),
    [
        (Device(refusal=errno.EBUSY), "is in use by another program; close that"),
        (Device(refusal=errno.EIO), r"does not answer \(Input/output error\)"),
        (Device(refusal=errno.EINVAL), "is no camera"),
        (Device(caps=v4l2.META_CAPTURE), "gives no pictures to programs"),
        (Device(), "gives no pictures although it is free"),
    ],
)
def test_why_a_device_cannot_be_used(device: Device, sentence: str, kernel: Kernel) -> None:
    path = kernel.plug("video0", device)
    with pytest.raises(SourceError, match=f"video0 {sentence}"):
        raise SourceError(v4l2.why_not(path, kernel.ioctl, kernel.proc))


def test_who_uses_it_is_named(kernel: Kernel) -> None:
    path = kernel.plug("video0", Device(refusal=errno.EBUSY))
    for process, target in {os.getpid(): path, 4711: path, 4712: kernel.dev / "video1"}.items():
        (kernel.proc / str(process) / "fd").mkdir(parents=True)
        (kernel.proc / str(process) / "fd" / "5").symlink_to(target)
        (kernel.proc / str(process) / "comm").write_text(f"program{process}\n")
    assert "in use by program4711 (process 4711)" in v4l2.why_not(path, kernel.ioctl, kernel.proc)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may open everything")
def test_a_device_without_permission_says_what_to_do(kernel: Kernel) -> None:
    path = kernel.plug("video0", Device())
    path.chmod(0)
    assert "join the group video" in v4l2.why_not(path, kernel.ioctl, kernel.proc)


def test_a_refusal_of_permission_says_what_to_do(kernel: Kernel) -> None:
    path = kernel.plug("video0", Device(refusal=errno.EACCES))
    assert "join the group video" in v4l2.why_not(path, kernel.ioctl, kernel.proc)


def test_what_is_no_device_is_said_so(tmp_path: Path) -> None:
    path = tmp_path / "video0"
    path.write_text("a file")
    assert "is no camera" in v4l2.why_not(path)


def test_controls_are_known_with_their_ranges(kernel: Kernel) -> None:
    path = kernel.plug("video0", full_camera())
    known = {control.name: control for control in v4l2.Controls(path, kernel.ioctl).known()}
    assert list(known) == ["exposure", "gain", "focus", "light"]
    exposure = known["exposure"]
    assert (exposure.least, exposure.most, exposure.step) == pytest.approx((0.1, 500, 0.1))
    assert (exposure.unit, exposure.value, exposure.has_auto) == ("ms", None, True)
    # this camera has no automatic gain
    assert (known["gain"].value, known["gain"].has_auto) == (10, False)
    assert (known["focus"].value, known["focus"].step, known["focus"].has_auto) == (40, 5, True)


def test_controls_are_set_within_their_ranges_and_back_to_automatic(kernel: Kernel) -> None:
    device = full_camera()
    # this one knows automatic exposure by the other name only
    device.refused.add((EXPOSURE_AUTO, 3))
    path = kernel.plug("video0", device)
    controls = v4l2.Controls(path, kernel.ioctl)
    controls.set({"exposure": 20, "gain": 1e6, "focus": 55, "light": -3, "unknown": 1})
    assert {control: entry[4] for control, entry in device.controls.items()} == {
        EXPOSURE: 200,
        EXPOSURE_AUTO: 1,
        GAIN: 100,
        FOCUS: 55,
        FOCUS_AUTO: 0,
        BRIGHTNESS: -3,
    }
    controls.set({})
    assert device.controls[EXPOSURE_AUTO][4] == 0
    assert device.controls[FOCUS_AUTO][4] == 1
    assert device.controls[BRIGHTNESS][4] == 8


def test_a_camera_without_controls_has_none(kernel: Kernel) -> None:
    path = kernel.plug("video0", Device())
    controls = v4l2.Controls(path, kernel.ioctl)
    assert controls.known() == ()
    controls.set({"gain": 3})
    assert v4l2.Controls(kernel.dev / "video9", kernel.ioctl).known() == ()
