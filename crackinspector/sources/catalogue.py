"""Which sources there are, and from a source's name to the source."""

from __future__ import annotations

import importlib.util
import json
import logging
import os
import re
import subprocess
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from crackinspector.core.errors import SourceError
from crackinspector.core.settings import SourceSettings
from crackinspector.core.text import printable, without_password
from crackinspector.sources.addresses import is_address
from crackinspector.sources.capture import v4l2
from crackinspector.sources.capture.parent import ChildCapture, end_process, module_command
from crackinspector.sources.capture.wire import NoCameraError, Request, SourceKind
from crackinspector.sources.demo_camera import DemoCamera
from crackinspector.sources.finding import PICTURE_SUFFIXES
from crackinspector.sources.source import FrameSource, NoSuchSourceError, Picture, SourceInfo

CSI_SECONDS = 4.0
"""How long Picamera2 may take to say which cameras there are."""

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class SourceChoice:
    """One source that can be chosen.

    Attributes:
        key: what `open_source` takes as its name.
        name: for people.
        kind: `camera` or `demo`.
    """

    key: str
    name: str
    kind: str


def list_sources(stop: threading.Event | None = None) -> list[SourceChoice]:
    """The sources that are there now, cameras first, the demo wall last.

    Asks devices and, where there is Picamera2, a process; that can take seconds, so not for the thread of the window.
    `stop` ends it early.
    """
    csi = [
        SourceChoice("picamera2" if number == 0 else f"picamera2:{number}", f"CSI camera {model}", "camera")
        for number, model in enumerate(_csi_models(stop))
    ]
    usb = [SourceChoice(str(camera.path), camera.name, "camera") for camera in v4l2.list_cameras()]
    return [*csi, *usb, SourceChoice("demo", "Demo wall", "demo")]


def open_source(name: str, settings: SourceSettings, stop: threading.Event | None = None) -> FrameSource:
    """The source that a name means, not opened yet; whether it is there shows when it is opened.

    Args:
        name: auto, demo, a picture, a video, a folder, an address, /dev/videoN, picamera2 or, of several, picamera2:N.
        settings: what is asked of it; their own `name` is not looked at.
        stop: a source that is being opened gives up as soon as this is set.

    Raises:
        NoSuchSourceError: nothing can be called so.
        SourceError: there is no such file or folder, now.
    """
    if name == "auto":
        return AutoSource(settings, stop)
    if name == "demo":
        return DemoCamera(settings.fps)
    if csi := re.fullmatch(r"picamera2(?::([0-9]{1,3}))?", name):
        return _child(settings, stop, "csi", csi[1] or "0", "the CSI camera")
    if is_address(name):
        return _child(settings, stop, "url", name, printable(without_password(name)))
    return _file(name, settings, stop)


def _file(name: str, settings: SourceSettings, stop: threading.Event | None) -> FrameSource:
    try:
        path = Path(name).expanduser()
        is_file = path.is_file()
        # what is not there may be plugged in yet; files in /dev/shm are files
        if path.absolute().is_relative_to("/dev") and not (is_file or path.is_dir()):
            return _child(settings, stop, "usb", str(path), printable(path))
        if name and (path.is_dir() or (is_file and path.suffix.lower() in PICTURE_SUFFIXES)):
            return _child(settings, stop, "pictures", str(path), printable(path.name or path))
        if name and path.exists():
            return _child(settings, stop, "video", str(path), printable(path.name))
    except OSError as error:
        raise SourceError(f"{printable(name)} cannot be looked at: {error.strerror}; check its permissions") from error
    except (ValueError, RuntimeError):  # a NUL in the name, a user who does not exist
        pass
    # a file may be on a stick that is plugged in later
    kind = SourceError if name and not re.search("://|\0", name) else NoSuchSourceError
    raise kind(
        f"there is no source {printable(without_password(name)) or 'without a name'}: give auto, demo, picamera2, "
        "/dev/video0, a picture, a video, a folder, or an address such as rtsp://..."
    )


def is_camera(name: str) -> bool:
    """Whether a source's name means a camera or the demo wall, which go on for ever; an address may be of a file."""
    if name in ("auto", "demo") or re.fullmatch("picamera2(:[0-9]+)?", name):
        return True
    return not is_address(name) and Path(name).absolute().is_relative_to("/dev") and not Path(name).is_file()


def _child(
    settings: SourceSettings,
    stop: threading.Event | None,
    kind: SourceKind,
    target: str,
    name: str,
) -> ChildCapture:
    request = Request(kind, target, settings.width, settings.height, settings.fps, settings.repeat)
    return ChildCapture(request, name, stop)


class AutoSource:
    """The first camera that is there when it is opened first, else the demo wall; it stays with what it chose."""

    def __init__(self, settings: SourceSettings, stop: threading.Event | None = None) -> None:
        self._settings = settings
        self._stop = stop
        self._chosen: FrameSource | None = None

    def open(self) -> SourceInfo:
        """See `FrameSource`; a camera that is there and cannot be opened is an error."""
        if self._chosen is not None:
            return self._chosen.open()
        if _has_picamera2():
            # opened at once: to ask first would load its slow library twice
            csi = open_source("picamera2", self._settings, self._stop)
            try:
                info = csi.open()
            except NoCameraError as error:
                logger.info("%s", error)
            else:
                self._chosen = csi
                return info
        cameras = [str(camera.path) for camera in v4l2.list_cameras()]
        chosen = open_source(cameras[0] if cameras else "demo", self._settings, self._stop)
        info = chosen.open()
        self._chosen = chosen
        return info

    def read(self, timeout: float) -> Picture | None:
        """See `FrameSource`."""
        if self._chosen is None:
            raise SourceError("no camera has been chosen yet; open the source first")
        return self._chosen.read(timeout)

    def set_controls(self, values: Mapping[str, float]) -> None:
        """See `FrameSource`."""
        if self._chosen is not None:
            self._chosen.set_controls(values)

    def close(self) -> None:
        """See `FrameSource`."""
        if self._chosen is not None:
            self._chosen.close()


def _has_picamera2() -> bool:
    return importlib.util.find_spec("picamera2") is not None


def _csi_models(stop: threading.Event | None) -> list[str]:
    """Model names of the cameras that Picamera2 knows, asked in a process of its own as it can break or block."""
    if not _has_picamera2():
        return []
    command, environment = module_command("crackinspector.sources.capture.csi_camera")
    process = subprocess.Popen(
        [*command, str(os.getpid())],
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    try:
        said, complaints = _communicate(process, stop or threading.Event())
    finally:
        end_process(process)
        for pipe in (process.stdout, process.stderr):
            if pipe is not None:
                pipe.close()
    try:
        # its libraries may have printed lines before
        models = [str(model) for model in json.loads(said.splitlines()[-1])]
    except (IndexError, ValueError):
        reason = complaints.decode("utf-8", "replace").strip().splitlines()[-1:]
        logger.warning("Picamera2 does not say which cameras there are: %s", *(reason or ["it took too long"]))
        return []
    return models


def _communicate(process: subprocess.Popen[bytes], stop: threading.Event) -> tuple[bytes, bytes]:
    """What the process wrote, nothing if it is too slow or not needed any more."""
    for _ in range(int(CSI_SECONDS / 0.1)):
        try:
            return process.communicate(timeout=0.1)
        except subprocess.TimeoutExpired:
            if stop.is_set():
                break
    return b"", b""
