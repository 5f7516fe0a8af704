"""What the capture tests look at and listen to: child processes, descriptors, small videos and servers."""

from __future__ import annotations

import http.server
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from crackinspector.sources.source import FrameSource, Picture

PATIENCE = 30.0
"""Seconds until a test gives up; nothing that works takes nearly as long."""


def children() -> set[int]:
    """Processes that this one has started and not waited for."""
    found = set()
    for task in Path("/proc/self/task").iterdir():
        # a thread may end meanwhile
        with suppress(FileNotFoundError, ProcessLookupError):
            found |= {int(number) for number in (task / "children").read_text().split()}
    return found


def is_running(process: int) -> bool:
    """Whether there is such a process and it is not just waiting to be buried."""
    try:
        state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state not in "ZX"


def descriptors() -> list[str]:
    """What this process has open."""
    found = []
    for entry in Path("/proc/self/fd").iterdir():
        with suppress(FileNotFoundError):
            found.append(str(entry.readlink()))
    return sorted(found)


def until(condition: Callable[[], bool]) -> None:
    """Waits for something that is to come."""
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.01)


def next_picture(source: FrameSource) -> Picture:
    """Waits for a picture."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        picture = source.read(0.2)
        if picture is not None:
            return picture
    raise AssertionError("no picture came")


def write_video(path: Path, frames: int = 12, size: tuple[int, int] = (64, 48), fps: float = 60) -> Path:
    """A video whose n-th picture is of the shade 20 n."""
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"MJPG"), fps, size)
    for number in range(frames):
        writer.write(np.full((size[1], size[0], 3), 20 * number % 256, np.uint8))
    writer.release()
    return path


def shade(picture: Picture) -> int:
    """What `write_video` painted, to 20."""
    return round(float(picture.image.mean()) / 20) * 20


@contextmanager
def mjpeg_server(frames: int | None = None, then_hang: bool = False) -> Iterator[str]:
    """The address of a network camera; it sends so many pictures, then ends or keeps quiet."""
    over = threading.Event()

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "multipart/x-mixed-replace; boundary=next")
            self.end_headers()
            number = 0
            try:
                while not over.is_set() and (frames is None or number < frames):
                    image: NDArray[np.uint8] = np.full((48, 64, 3), 20 * number % 256, np.uint8)
                    jpeg = cv2.imencode(".jpg", image)[1].tobytes()
                    self.wfile.write(b"--next\r\nContent-Type: image/jpeg\r\n")
                    self.wfile.write(f"Content-Length: {len(jpeg)}\r\n\r\n".encode() + jpeg + b"\r\n")
                    number += 1
                    over.wait(0.02)
                if then_hang:
                    over.wait(PATIENCE)
            except OSError:
                pass

        def log_message(self, format: str, *arguments: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"http://user:secret@127.0.0.1:{server.server_address[1]}/video"
    finally:
        over.set()
        server.shutdown()
        thread.join()
        server.server_close()
