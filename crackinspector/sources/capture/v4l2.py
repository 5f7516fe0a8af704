"""Video4Linux devices: which there are, what can be set on them, and why one cannot be opened.

Asked of the kernel directly (linux/videodev2.h), since OpenCV knows neither names nor ranges and gives no reasons.
"""

from __future__ import annotations

import errno
import fcntl
import os
import struct
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from crackinspector.core.errors import SourceError
from crackinspector.core.natural import natural_key
from crackinspector.core.text import printable
from crackinspector.sources.source import Control

Ioctl: TypeAlias = Callable[[int, int, bytearray], object]
"""`fcntl.ioctl`, which changes the bytes in place; tests have their own."""

QUERYCAP, G_FMT, S_FMT = 0x80685600, 0xC0D05604, 0xC0D05605
G_CTRL, S_CTRL, QUERYCTRL = 0xC008561B, 0xC008561C, 0xC0445624
CAPTURE, META_CAPTURE, MEDIA_CONTROLLER, DEVICE_CAPS = 0x1, 0x800000, 0x20000000, 0x80000000
DISABLED = 0x1
CAPABILITY = struct.Struct("16s32s32sII I12x")
FORMAT_BYTES = 208
QUERY = struct.Struct("II32siiiiI8x")
VALUE = struct.Struct("Ii")
NOT_CAMERAS = frozenset(
    {"unicam", "rp1-cfe", "bcm2835-isp", "bcm2835-codec", "pispbe", "rpivid", "rpi-hevc-dec", "hevc_d"}
)
"""Drivers of the Raspberry Pi's own camera and codecs: their nodes speak to libcamera, or are no cameras."""


@dataclass(frozen=True, slots=True)
class Camera:
    """A USB camera's device.

    Attributes:
        path: such as /dev/video2; another one when it is plugged in again.
        card: its own name.
        bus: where it is plugged in; empty if it could not be asked.
    """

    path: Path
    card: str
    bus: str

    @property
    def key(self) -> str:
        """What its settings are kept under."""
        return f"usb:{self.card}@{self.bus}"

    @property
    def name(self) -> str:
        """For people."""
        return f"{self.card} ({printable(self.path)})"


def list_cameras(
    dev: Path = Path("/dev"), sys: Path = Path("/sys/class/video4linux"), ioctl: Ioctl = fcntl.ioctl
) -> list[Camera]:
    """The cameras that are plugged in, by their numbers; opens each device for a moment."""
    found = []
    for path in sorted(dev.glob("video[0-9]*"), key=lambda path: natural_key(path.name)):
        try:
            camera = ask(path, ioctl)
        except PermissionError:
            # listed all the same: opening it then says what is to be done
            camera = _from_sysfs(path, sys / path.name)
        except OSError:
            camera = None
        if camera is not None:
            found.append(camera)
    return found


def find_camera(target: Path, key: str, cameras: Callable[[], list[Camera]] = list_cameras) -> Camera:
    """The camera of that device; if it was plugged in again and is another device now, the one that was open before.

    Raises:
        SourceError: it is not there, or is no camera.
    """
    known = cameras()
    card = key.removeprefix("usb:").rpartition("@")[0]
    for fits in (
        lambda camera: key in ("", camera.key) and _same(camera.path, target),
        lambda camera: camera.key == key,
        lambda camera: key != "" and camera.card == card,
        lambda camera: _same(camera.path, target),
    ):
        for camera in known:
            if fits(camera):
                return camera
    raise SourceError(why_not(target))


def ask(path: Path, ioctl: Ioctl = fcntl.ioctl) -> Camera | None:
    """What a device says of itself; None if it gives no pictures to programs.

    Raises:
        OSError: it cannot be opened or is no Video4Linux device.
    """
    answer = bytearray(CAPABILITY.size)
    with _opened(path) as device:
        ioctl(device, QUERYCAP, answer)
    driver, card, bus, _, all_caps, own_caps = CAPABILITY.unpack(answer)
    caps = own_caps if all_caps & DEVICE_CAPS else all_caps
    if not caps & CAPTURE or caps & (META_CAPTURE | MEDIA_CONTROLLER) or _text(driver) in NOT_CAMERAS:
        return None
    return Camera(path, _text(card) or path.name, _text(bus))


def why_not(path: Path, ioctl: Ioctl = fcntl.ioctl, proc: Path = Path("/proc")) -> str:
    """One sentence on why a device cannot be used as a camera."""
    name = printable(path)
    try:
        if ask(path, ioctl) is None:
            return f"{name} gives no pictures to programs; choose another camera"
        with _opened(path) as device:
            # the format that it has anyway: only another program's use is in the way of that
            setting = bytearray(FORMAT_BYTES)
            struct.pack_into("I", setting, 0, 1)
            ioctl(device, G_FMT, setting)
            ioctl(device, S_FMT, setting)
    except FileNotFoundError:
        return f"there is no camera at {name}; plug it in or choose another one"
    except PermissionError:
        return (
            f"you are not allowed to use {name}; join the group video (sudo usermod -aG video $USER), then log in anew"
        )
    except OSError as error:
        if error.errno == errno.EBUSY:
            holder = _holder(path, proc)
            return f"{name} is in use by {holder or 'another program'}; close that and try again"
        if error.errno in (errno.ENOTTY, errno.EINVAL):
            return f"{name} is no camera; choose another one"
        return f"{name} does not answer ({error.strerror}); unplug it and plug it in again"
    return f"{name} gives no pictures although it is free; unplug it and plug it in again"


@dataclass(frozen=True, slots=True)
class _Knob:
    """How V4L2 names one of our controls: its id, that of its automatic and that one's values, and our unit in its."""

    id: int
    auto: int | None = None
    automatic: tuple[int, ...] = ()
    manual: int = 0
    unit: str = ""
    scale: float = 1.0


KNOBS: Mapping[str, _Knob] = {
    # automatic exposure is 3 or 0, as the camera likes; the time is in 0.1 ms
    "exposure": _Knob(0x9A0902, 0x9A0901, (3, 0), 1, "ms", 0.1),
    "gain": _Knob(0x980913, 0x980912, (1,), 0),
    "focus": _Knob(0x9A090A, 0x9A090C, (1,), 0),
    "light": _Knob(0x980900),
}
"""`light` is how bright the picture is to be; its automatic is the camera's default."""


class Controls:
    """What can be set on a camera. Works beside OpenCV, on a descriptor of its own."""

    def __init__(self, path: Path, ioctl: Ioctl = fcntl.ioctl) -> None:
        self._path = path
        self._ioctl = ioctl

    def known(self) -> tuple[Control, ...]:
        """The controls that this camera has; none if it cannot be asked."""
        found = []
        try:
            with _opened(self._path) as device:
                for name, knob in KNOBS.items():
                    asked = self._query(device, knob.id)
                    if asked is None:
                        continue
                    least, most, step, _ = asked
                    auto = knob.auto is None or self._query(device, knob.auto) is not None
                    on = auto and (knob.auto is None or self._get(device, knob.auto) != knob.manual)
                    value = None if on else self._get(device, knob.id) * knob.scale
                    steps = (least * knob.scale, most * knob.scale, max(1, step) * knob.scale)
                    found.append(Control(name, *steps, value, knob.unit, auto))
        except OSError:
            return ()
        return tuple(found)

    def set(self, values: Mapping[str, float]) -> None:
        """Set controls; one that is missing becomes automatic. What the camera refuses stays as it is."""
        with _opened(self._path) as device:
            for name, knob in KNOBS.items():
                asked = self._query(device, knob.id)
                if asked is None:
                    continue
                least, most, _, default = asked
                if name in values:
                    if knob.auto is not None:
                        self._put(device, knob.auto, knob.manual)
                    self._put(device, knob.id, min(most, max(least, round(values[name] / knob.scale))))
                elif knob.auto is None:
                    self._put(device, knob.id, default)
                else:
                    _ = any(self._put(device, knob.auto, value) for value in knob.automatic)

    def _query(self, device: int, control: int) -> tuple[int, int, int, int] | None:
        """Range, step and default of a control, None if the camera does not have it."""
        answer = bytearray(QUERY.size)
        struct.pack_into("I", answer, 0, control)
        try:
            self._ioctl(device, QUERYCTRL, answer)
        except OSError:
            return None
        _, _, _, least, most, step, default, flags = QUERY.unpack(answer)
        return None if flags & DISABLED else (least, most, step, default)

    def _get(self, device: int, control: int) -> int:
        answer = bytearray(VALUE.pack(control, 0))
        self._ioctl(device, G_CTRL, answer)
        return int(VALUE.unpack(answer)[1])

    def _put(self, device: int, control: int, value: int) -> bool:
        try:
            self._ioctl(device, S_CTRL, bytearray(VALUE.pack(control, value)))
        except OSError:
            return False
        return True


@contextmanager
def _opened(path: Path) -> Iterator[int]:
    # not to wait: a named pipe of that name would never open
    device = os.open(path, os.O_RDWR | os.O_NONBLOCK | os.O_CLOEXEC)
    try:
        yield device
    finally:
        os.close(device)


def _from_sysfs(path: Path, node: Path) -> Camera | None:
    """A camera that may not be opened, as far as sysfs knows it; its first node only, others are for metadata."""
    try:
        if (node / "index").read_text().strip() != "0":
            return None
        return Camera(path, (node / "name").read_text().strip(), "")
    except OSError:
        return None


def _holder(path: Path, proc: Path) -> str | None:
    """Name and number of another program that has the device open, as far as we may know."""
    for descriptors in proc.glob("[0-9]*/fd"):
        if descriptors.parent.name == str(os.getpid()):
            continue
        try:
            if any(_same(entry.readlink(), path) for entry in descriptors.iterdir()):
                command = (descriptors.parent / "comm").read_text().strip()
                return f"{printable(command)} (process {descriptors.parent.name})"
        except OSError:
            continue
    return None


def _same(one: Path, other: Path) -> bool:
    return os.path.realpath(one) == os.path.realpath(other)


def _text(raw: bytes) -> str:
    return printable(raw.split(b"\0", 1)[0].decode("utf-8", "replace").strip())
