"""What the capture process and its parent say to each other: small JSON messages over a pair of sockets.

parent: open {request}, next {}, controls {values}
child:  opened {info}, picture {offset, width, height, captured_at, position}, ended {},
        failed {sentence, absent}, warning {sentence}

A picture's bytes are in memory that both share, at `offset`; they stay as they are until the parent's next `next`.
"""

from __future__ import annotations

import dataclasses
import json
import select
import socket
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from crackinspector.core.errors import SourceError
from crackinspector.sources.source import Control, SourceInfo

_MOST_BYTES = 1 << 16


SourceKind: TypeAlias = Literal["usb", "csi", "video", "url", "pictures"]


class NoCameraError(SourceError):
    """There is no such camera here, or nothing that could read it; another one may do."""


@dataclass(frozen=True, slots=True)
class Request:
    """What the child is to open.

    Attributes:
        kind: which backend.
        target: a device, a file, an address or, of Picamera2, the camera's number.
        width, height, fps: asked of a camera, which may give others.
        repeat: whether a file starts again at its end.
        key: `SourceInfo.key` of the camera that was open before; it may have come back as another device.
    """

    kind: SourceKind
    target: str
    width: int
    height: int
    fps: float
    repeat: bool
    key: str = ""


class Channel:
    """One end. One thread may send while another receives."""

    def __init__(self, end: socket.socket) -> None:
        """Takes over `end`, a Unix socket that keeps messages apart (SOCK_SEQPACKET) and may be set not to block."""
        self._end = end
        self._poll = select.poll()
        self._poll.register(end, select.POLLIN)

    def send(self, kind: str, **content: Any) -> None:
        """Send a message.

        Raises:
            BlockingIOError: the socket does not block, and the other end has not listened for long.
            OSError: the other end is gone.
        """
        self._end.send(json.dumps({"kind": kind, **content}).encode("ascii"))

    def receive(self, timeout: float | None) -> dict[str, Any] | None:
        """The next message, waiting `timeout` seconds at most (None: as long as it takes); None = none came.

        Raises:
            EOFError: the other end is gone, and all that it sent was received.
        """
        if not self._poll.poll(None if timeout is None else max(0.0, timeout * 1000)):
            return None
        try:
            data = self._end.recv(_MOST_BYTES)
        except ConnectionError:
            # told once, ahead of what the other end said before it went
            data = self._end.recv(_MOST_BYTES)
        if not data:
            raise EOFError
        message: dict[str, Any] = json.loads(data)
        return message

    def close(self) -> None:
        """The other end notices."""
        self._end.close()


def info_to_json(info: SourceInfo) -> dict[str, Any]:
    """A source's description as it is sent."""
    return dataclasses.asdict(info)


def info_from_json(content: dict[str, Any]) -> SourceInfo:
    """The reverse of `info_to_json`."""
    return SourceInfo(**{**content, "controls": tuple(Control(**control) for control in content["controls"])})
