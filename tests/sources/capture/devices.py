"""Video4Linux devices as a kernel would show them: empty files for names, and an ioctl that answers for them."""

from __future__ import annotations

import errno
import os
import struct
from dataclasses import dataclass, field
from pathlib import Path

from crackinspector.sources.capture import v4l2

EXPOSURE, EXPOSURE_AUTO, GAIN, FOCUS, FOCUS_AUTO, BRIGHTNESS = (
    0x9A0902,
    0x9A0901,
    0x980913,
    0x9A090A,
    0x9A090C,
    0x980900,
)


@dataclass
class Device:
    """What one device says; `controls` is id -> [least, most, step, default, value]."""

    driver: str = "uvcvideo"
    card: str = "HD Webcam"
    bus: str = "usb-1.2"
    caps: int = v4l2.CAPTURE
    refusal: int = 0
    """Errno of setting a format."""
    controls: dict[int, list[int]] = field(default_factory=dict)
    refused: set[tuple[int, int]] = field(default_factory=set)
    """Control values that it does not take."""


class Kernel:
    """Devices by their file names below `dev`."""

    def __init__(self, folder: Path) -> None:
        self.dev, self.sys, self.proc = folder / "dev", folder / "sys", folder / "proc"
        for part in (self.dev, self.sys, self.proc):
            part.mkdir()
        self.devices: dict[str, Device] = {}

    def plug(self, name: str, device: Device, index: int = 0) -> Path:
        self.devices[name] = device
        (self.sys / name).mkdir(exist_ok=True)
        (self.sys / name / "name").write_text(device.card + "\n")
        (self.sys / name / "index").write_text(f"{index}\n")
        path = self.dev / name
        path.touch()
        return path

    def unplug(self, name: str) -> None:
        del self.devices[name]
        (self.dev / name).unlink()

    def cameras(self) -> list[v4l2.Camera]:
        return v4l2.list_cameras(self.dev, self.sys, self.ioctl)

    def ioctl(self, descriptor: int, request: int, data: bytearray) -> int:
        """`fcntl.ioctl` with bytes that are changed in place."""
        device = self.devices.get(os.readlink(f"/proc/self/fd/{descriptor}").rpartition("/")[2])  # noqa: PTH115
        if device is None:
            raise OSError(errno.ENOTTY, "Inappropriate ioctl for device")
        if request == v4l2.QUERYCAP:
            texts = (text.encode() for text in (device.driver, device.card, device.bus))
            v4l2.CAPABILITY.pack_into(data, 0, *texts, 0, 0x84A00001 | v4l2.DEVICE_CAPS, device.caps)
        elif request == v4l2.S_FMT and device.refusal:
            raise OSError(device.refusal, os.strerror(device.refusal))
        elif request in (v4l2.QUERYCTRL, v4l2.G_CTRL, v4l2.S_CTRL):
            (control,) = struct.unpack_from("I", data)
            if control not in device.controls:
                raise OSError(errno.EINVAL, "Invalid argument")
            least, most, step, default, value = device.controls[control]
            if request == v4l2.QUERYCTRL:
                v4l2.QUERY.pack_into(data, 0, control, 1, b"a name", least, most, step, default, 0)
            elif request == v4l2.G_CTRL:
                v4l2.VALUE.pack_into(data, 0, control, value)
            else:
                _, value = v4l2.VALUE.unpack(data)
                if not least <= value <= most or (control, value) in device.refused:
                    raise OSError(errno.ERANGE, "Numerical result out of range")
                device.controls[control][4] = value
        return 0
