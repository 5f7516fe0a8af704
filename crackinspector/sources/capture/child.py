"""The capture process: `python -m crackinspector.sources.capture.child SOCKET MEMORY PARENT`, started by `parent`.

It ends when its parent does, in whatever call it is stuck: by the closed socket, or else by the kernel's signal.
"""

from __future__ import annotations

import contextlib
import ctypes
import logging
import os
import signal
import socket
import sys
import threading
import traceback
from collections.abc import Mapping
from typing import Protocol

from crackinspector.core.errors import SourceError
from crackinspector.sources.capture.lending import Lender
from crackinspector.sources.capture.wire import Channel, NoCameraError, Request, info_to_json
from crackinspector.sources.source import EndOfSource, Picture, SourceInfo

PR_SET_PDEATHSIG = 1
LAST_PICTURE_SECONDS = 2.0
QUIET = {"OPENCV_LOG_LEVEL": "ERROR", "OPENCV_FFMPEG_LOGLEVEL": "-8", "LIBCAMERA_LOG_LEVELS": "*:WARN"}
"""Read by the libraries when they are loaded; what is wrong, people learn from sentences."""


class Backend(Protocol):
    """What reads one kind of source. Everything belongs to one thread and may block."""

    def open(self) -> SourceInfo:
        """See `FrameSource.open`."""

    def read(self) -> Picture | None:
        """The next picture, whose array is the backend's; None = none came for a while."""

    def set_controls(self, values: Mapping[str, float]) -> None:
        """See `FrameSource.set_controls`."""


def make_backend(request: Request) -> Backend:
    """The backend for a request; only what it needs is imported."""
    if request.kind == "usb":
        from crackinspector.sources.capture.usb_camera import UsbCamera

        return UsbCamera(request)
    if request.kind == "csi":
        from crackinspector.sources.capture.csi_camera import CsiCamera

        return CsiCamera(request)
    if request.kind == "pictures":
        from crackinspector.sources.capture.picture_files import PictureFiles

        return PictureFiles(request)
    from crackinspector.sources.capture.stream import Stream

    return Stream(request)


class _Warnings(logging.Handler):
    """Sends what is logged here to the parent, whose log people read."""

    def __init__(self, channel: Channel) -> None:
        super().__init__(logging.WARNING)
        self._channel = channel

    def emit(self, record: logging.LogRecord) -> None:
        """See `logging.Handler`; where the parent is gone there is nobody to tell."""
        with contextlib.suppress(OSError):
            self._channel.send("warning", sentence=record.getMessage())


class _Orders:
    """What the parent wants; listened to in a thread, since reading a picture may block for ever."""

    def __init__(self, channel: Channel, lender: Lender) -> None:
        self._channel = channel
        self._lender = lender
        self._lock = threading.Lock()
        self._controls: dict[str, float] | None = None

    def listen(self) -> None:
        """Runs until the parent is gone, and takes the process along."""
        try:
            while True:
                message = self._channel.receive(None)
                assert message is not None
                if message["kind"] == "next":
                    self._lender.next()
                elif message["kind"] == "controls":
                    with self._lock:
                        self._controls = message["values"]
        except (EOFError, OSError):
            os._exit(0)

    def controls(self) -> dict[str, float] | None:
        """Controls to be set, once."""
        with self._lock:
            values, self._controls = self._controls, None
            return values


def die_with_parent(parent: int) -> None:
    """Have the kernel kill this process when the thread that started it ends, even if no Python runs here any more."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(0)


def serve(backend: Backend, channel: Channel, lender: Lender, orders: _Orders) -> None:
    """Reads pictures until the source ends or fails, and tells the parent which."""
    try:
        channel.send("opened", info=info_to_json(backend.open()))
        while True:
            values = orders.controls()
            if values is not None:
                backend.set_controls(values)
            picture = backend.read()
            if picture is not None:
                lender.put(picture.image, picture.captured_at, picture.position)
    except EndOfSource:
        lender.wait_until_taken(LAST_PICTURE_SECONDS)
        channel.send("ended")
    except SourceError as error:
        channel.send("failed", sentence=str(error), absent=isinstance(error, NoCameraError))
    except OSError as error:
        # the parent is gone, or memory is; either way it learns from the end of this process
        print(f"capture: {error}", file=sys.stderr)
    except Exception as error:
        traceback.print_exc()
        channel.send(
            "failed", sentence=f"reading it failed unexpectedly: {type(error).__name__}: {error}", absent=False
        )


def main() -> None:
    """Everything is said by the arguments and the socket."""
    end, memory, parent = (int(argument) for argument in sys.argv[1:4])
    die_with_parent(parent)
    for name, value in QUIET.items():
        os.environ.setdefault(name, value)
    # what libraries print must not get between the lines of the program's own output
    os.dup2(2, 1)
    channel = Channel(socket.socket(fileno=end))
    first = channel.receive(None)
    assert first is not None
    request = Request(**first["request"])
    lender = Lender(memory, channel)
    orders = _Orders(channel, lender)
    logging.basicConfig(handlers=[_Warnings(channel)])
    threading.Thread(target=orders.listen, name="orders", daemon=True).start()
    try:
        serve(make_backend(request), channel, lender, orders)
    finally:
        # not sys.exit: a library that cannot stop its camera would block there for ever
        sys.stderr.flush()
        os._exit(0)


if __name__ == "__main__":
    main()
