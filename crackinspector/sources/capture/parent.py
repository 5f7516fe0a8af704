"""A source that is read in a process of its own and can therefore always be let go of."""

from __future__ import annotations

import dataclasses
import logging
import mmap
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from crackinspector.core.errors import SourceError
from crackinspector.sources.capture.wire import Channel, NoCameraError, Request, SourceKind, info_from_json
from crackinspector.sources.source import EndOfSource, Picture, SourceInfo

OPEN_SECONDS: Mapping[SourceKind, float] = {"usb": 5.0, "csi": 5.0, "video": 5.0, "url": 10.0, "pictures": 30.0}
"""A folder can hold a hundred thousand pictures."""
END_SECONDS = 0.4
"""How long a killed process is waited for; one that is stuck in the kernel takes longer."""
_STOP_CHECK = 0.05

logger = logging.getLogger(__name__)

_unreaped: list[subprocess.Popen[bytes]] = []


class ChildCapture:
    """A `FrameSource` that reads what a `Request` says in a process of its own."""

    def __init__(
        self,
        request: Request,
        name: str,
        stop: threading.Event | None = None,
        *,
        open_seconds: float | None = None,
    ) -> None:
        """`name` is what people are told before it is open; `open` gives up as soon as `stop` is set."""
        self._request = request
        self._name = name
        self._stop = stop or threading.Event()
        self._open_seconds = open_seconds or OPEN_SECONDS[request.kind]
        self._process: subprocess.Popen[bytes] | None = None
        self._channel: Channel | None = None
        self._memory = -1
        self._shared: mmap.mmap | None = None
        self._asked = False

    def open(self) -> SourceInfo:
        """See `FrameSource`."""
        self.close()
        _reap()
        try:
            self._start()
            info = self._first_word()
        except BaseException:
            self.close()
            raise
        self._request = dataclasses.replace(self._request, key=info.key)
        self._name = info.name
        return info

    def read(self, timeout: float) -> Picture | None:
        """See `FrameSource`; costs one copy of the picture."""
        if self._channel is None:
            raise SourceError(f"{self._name} is closed; open it first")
        if not self._asked:
            self._say("next")
            self._asked = True
        message = self._hear(timeout)
        if message is None:
            return None
        self._asked = False
        return Picture(self._copy(message), message["captured_at"], message["position"])

    def set_controls(self, values: Mapping[str, float]) -> None:
        """See `FrameSource`."""
        if self._channel is not None:
            self._say("controls", values=dict(values))

    def close(self) -> None:
        """See `FrameSource`. The process is not asked to end but killed, on good days as on bad ones."""
        process, self._process = self._process, None
        if process is not None:
            end_process(process)
        if self._channel is not None:
            self._channel.close()
            self._channel = None
        if self._shared is not None:
            self._shared.close()
            self._shared = None
        if self._memory >= 0:
            os.close(self._memory)
            self._memory = -1
        self._asked = False

    def _start(self) -> None:
        command, environment = module_command("crackinspector.sources.capture.child")
        self._memory = os.memfd_create("crackinspector")
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        # a process that stands still must not hold up whoever talks to it
        ours.setblocking(False)
        self._channel = Channel(ours)
        with theirs:
            try:
                self._process = subprocess.Popen(
                    [*command, str(theirs.fileno()), str(self._memory), str(os.getpid())],
                    stdin=subprocess.DEVNULL,
                    pass_fds=(theirs.fileno(), self._memory),
                    env=environment,
                    # Ctrl-C is for the program, which then ends this process
                    start_new_session=True,
                )
            except OSError as error:
                raise SourceError(
                    f"the process that reads {self._name} cannot be started: {error.strerror or error}; close other "
                    "programs and try again"
                ) from error
        self._say("open", request=dataclasses.asdict(self._request))

    def _first_word(self) -> SourceInfo:
        until = time.monotonic() + self._open_seconds
        while (left := until - time.monotonic()) > 0:
            if self._stop.is_set():
                raise SourceError(f"{self._name} is not needed any more")
            message = self._hear(min(left, _STOP_CHECK))
            if message is not None:
                return info_from_json(message["info"])
        raise SourceError(
            f"{self._name} did not answer within {self._open_seconds:.0f} s; check that it is on and connected"
        )

    def _say(self, kind: str, **content: Any) -> None:
        assert self._channel is not None
        try:
            self._channel.send(kind, **content)
        except BlockingIOError:
            raise SourceError(f"{self._name} does not react any more; it is started again") from None
        except OSError:
            # it may have told why before it went
            while self._hear(0) is not None:
                pass
            raise self._death() from None

    def _hear(self, timeout: float) -> dict[str, Any] | None:
        assert self._channel is not None
        try:
            message = self._channel.receive(timeout)
            while message is not None and message["kind"] == "warning":
                logger.warning("%s", message["sentence"])
                message = self._channel.receive(0)
        except EOFError:
            raise self._death() from None
        if message is not None and message["kind"] == "failed":
            raise (NoCameraError if message["absent"] else SourceError)(message["sentence"])
        if message is not None and message["kind"] == "ended":
            raise EndOfSource
        return message

    def _death(self) -> SourceError:
        assert self._process is not None
        try:
            status: int | None = self._process.wait(END_SECONDS)
        except subprocess.TimeoutExpired:
            status = None
        how = f"by the signal {signal.Signals(-status).name}" if status is not None and status < 0 else "by itself"
        return SourceError(f"the process that reads {self._name} has ended {how}; it is started again")

    def _copy(self, message: dict[str, Any]) -> NDArray[np.uint8]:
        offset, width, height = message["offset"], message["width"], message["height"]
        size = height * width * 3
        if self._shared is None or offset + size > len(self._shared):
            if self._shared is not None:
                self._shared.close()
            self._shared = mmap.mmap(self._memory, 0, prot=mmap.PROT_READ)
        return np.frombuffer(self._shared, np.uint8, size, offset).reshape(height, width, 3).copy()


def module_command(module: str) -> tuple[list[str], dict[str, str]]:
    """Command and environment that run a module in a new process.

    It finds the same packages as this process, and nothing that happens to lie in the current folder.
    """
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    return [sys.executable, "-P", "-m", module], environment


def end_process(process: subprocess.Popen[bytes]) -> None:
    """Kill a process; one that is stuck in the kernel is not waited for."""
    process.kill()
    try:
        process.wait(END_SECONDS)
    except subprocess.TimeoutExpired:
        _unreaped.append(process)


def _reap() -> None:
    """Take leave of processes that were stuck when they were killed."""
    _unreaped[:] = [process for process in _unreaped if process.poll() is None]
