"""A hundred changes of source leave nothing behind: no thread, no process, no descriptor, no shared memory."""

from __future__ import annotations

import gc
import itertools
import os
import threading
from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np

from crackinspector.core.settings import CameraSettings, SourceSettings
from crackinspector.sources.capture.parent import ChildCapture
from crackinspector.sources.capture.wire import Request
from crackinspector.sources.catalogue import open_source
from crackinspector.sources.memory import MemorySource
from crackinspector.sources.picture_folder import PictureFolder
from crackinspector.sources.source import FrameSource, SourceState
from crackinspector.sources.steady_feed import Feed
from tests.sources.capture.processes import children, descriptors, mjpeg_server, until, write_video

CHANGES = 100
SETTINGS = SourceSettings()


def mappings() -> list[str]:
    """Shared memory of captures that this process still sees."""
    return [line for line in Path("/proc/self/maps").read_text().splitlines() if "memfd:crackinspector" in line]


def change(make: Callable[[], FrameSource]) -> SourceState:
    """Opens a source as the application does, reads until it is clear how it does, and closes it."""
    stop = threading.Event()
    feed = Feed(make, {"memory": CameraSettings(90, True)}, stop)
    try:
        until(lambda: feed.poll(0.1) is not None or feed.status.state in (SourceState.OFFLINE, SourceState.ENDED))
        return feed.status.state
    finally:
        stop.set()
        feed.close()


def test_a_hundred_changes_of_source_leave_nothing_behind(tmp_path: Path) -> None:
    video = write_video(tmp_path / "wall.avi")
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    (tmp_path / "broken.mp4").write_bytes(b"no video")
    images = [np.full((48, 64, 3), shade, np.uint8) for shade in (1, 2)]
    cv2.imwrite(str(tmp_path / "wall.png"), images[0])
    blocked = Request("video", str(pipe), 0, 0, 30, True)
    others = set(threading.enumerate())  # such as what an earlier test left to end by itself

    def ours() -> set[threading.Thread]:
        return set(threading.enumerate()) - others

    with mjpeg_server() as address:
        changes: list[tuple[Callable[[], FrameSource], SourceState]] = [
            (lambda: open_source(str(video), SETTINGS), SourceState.STREAMING),
            (lambda: MemorySource(images, 1000), SourceState.STREAMING),
            (lambda: PictureFolder(tmp_path / "wall.png"), SourceState.STREAMING),
            (lambda: open_source(str(tmp_path / "nothing"), SETTINGS), SourceState.OFFLINE),
            (lambda: open_source("demo", SETTINGS), SourceState.STREAMING),
            (lambda: MemorySource([], 1000), SourceState.OFFLINE),
            (lambda: open_source(str(tmp_path / "broken.mp4"), SETTINGS), SourceState.OFFLINE),
            (lambda: MemorySource(images, 0, repeat=False), SourceState.STREAMING),
            (lambda: open_source(address, SETTINGS), SourceState.STREAMING),
            (lambda: ChildCapture(blocked, "pipe", open_seconds=0.1), SourceState.OFFLINE),
        ]
        for make, state in changes:  # once each, so that what is made once is there
            assert change(make) is state
        until(lambda: len(ours()) == 1)  # the server's
        gc.collect()
        before = ours(), children(), descriptors(), mappings()
        for make, state in itertools.islice(itertools.cycle(changes), CHANGES):
            assert change(make) is state
        until(lambda: ours() == before[0])
        gc.collect()
        assert (ours(), children(), descriptors(), mappings()) == before
