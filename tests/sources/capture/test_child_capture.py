from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
import pytest

from crackinspector.core.errors import SourceError
from crackinspector.core.settings import SourceSettings
from crackinspector.sources.capture.parent import ChildCapture
from crackinspector.sources.capture.wire import Request
from crackinspector.sources.catalogue import open_source
from crackinspector.sources.source import EndOfSource, FrameSource
from tests.sources.capture.processes import (
    children,
    descriptors,
    is_running,
    mjpeg_server,
    next_picture,
    shade,
    until,
    write_video,
)

SETTINGS = SourceSettings()
ONCE = SourceSettings(repeat=False)


@pytest.fixture(autouse=True)
def nothing_stays() -> Iterator[None]:
    """Whatever happens to a source, nothing of it is left when it was closed."""
    # What an earlier test left to end by itself may do so meanwhile.
    threads, processes, files = set(threading.enumerate()), children(), Counter(descriptors())
    yield
    # a server's threads notice the end of their connection a little later
    until(lambda: set(threading.enumerate()) <= threads)
    assert children() <= processes
    assert not Counter(descriptors()) - files


@pytest.fixture
def video(tmp_path: Path) -> Path:
    return write_video(tmp_path / "wall.avi")


def test_a_video_tells_what_it_is_and_plays_from_its_start(video: Path) -> None:
    source = open_source(str(video), SETTINGS)
    info = source.open()
    assert (info.key, info.name, info.width, info.height, info.fps) == (f"video:{video}", "wall.avi", 64, 48, 60)
    assert not info.live
    picture = next_picture(source)
    assert picture.image.shape == (48, 64, 3)
    assert picture.image.flags.owndata and picture.image.flags.writeable
    assert shade(picture) <= 60
    assert picture.position.startswith("00:00.")
    assert 0 <= time.monotonic() - picture.captured_at < 5
    source.close()
    source.close()


def test_a_video_is_repeated(video: Path) -> None:
    source = open_source(str(video), SETTINGS)
    source.open()
    shades = [shade(next_picture(source)) for _ in range(40)]
    source.close()
    assert np.count_nonzero(np.diff(shades) < 0) >= 2


def test_a_video_ends_where_it_is_not_repeated(video: Path) -> None:
    source = open_source(str(video), ONCE)
    source.open()
    shades = []
    with pytest.raises(EndOfSource):
        while True:
            shades.append(shade(next_picture(source)))
    source.close()
    assert shades == sorted(shades)
    assert shades[-1] == 220


def test_pictures_that_were_read_stay_as_they_are(video: Path) -> None:
    source = open_source(str(video), SETTINGS)
    source.open()
    pictures = [next_picture(source) for _ in range(10)]
    copies = [picture.image.copy() for picture in pictures]
    for _ in range(10):
        next_picture(source)
    source.close()
    for picture, copy in zip(pictures, copies, strict=True):
        np.testing.assert_array_equal(picture.image, copy)


def test_it_opens_again_after_it_was_closed(video: Path) -> None:
    source = open_source(str(video), SETTINGS)
    for _ in range(2):
        source.open()
        next_picture(source)
        source.close()
        with pytest.raises(SourceError, match="closed"):
            source.read(0)


def test_a_file_that_is_no_video_is_said_so(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("not a video")
    with pytest.raises(SourceError, match=r"notes\.txt is not a video that can be read"):
        open_source(str(path), SETTINGS).open()


@pytest.mark.parametrize("name", ["wänd\n1.avi", os.fsdecode(b"wall\xff.avi")])
def test_any_file_name_will_do(name: str, tmp_path: Path) -> None:
    path = write_video(tmp_path / "plain.avi").rename(tmp_path / name)
    source = open_source(str(path), SETTINGS)
    assert source.open().name.isprintable()
    next_picture(source)
    source.close()


def test_a_network_camera_is_live_and_its_password_is_not_shown() -> None:
    with mjpeg_server() as address:
        source = open_source(address, SETTINGS)
        info = source.open()
        assert info.live
        assert "secret" not in f"{info}"
        assert info.name.startswith("http://127.0.0.1:")
        first = next_picture(source)
        until(lambda: shade(next_picture(source)) != shade(first))
        source.close()


def test_a_stream_that_breaks_off_is_an_error() -> None:
    with mjpeg_server(frames=20) as address:
        source = open_source(address, SETTINGS)
        source.open()
        with pytest.raises(SourceError, match="sends no more pictures") as caught:
            while True:
                next_picture(source)
        assert "secret" not in str(caught.value)
        source.close()


def test_a_stream_that_falls_silent_blocks_nobody() -> None:
    with mjpeg_server(frames=20, then_hang=True) as address:
        source = open_source(address, SETTINGS)
        source.open()
        next_picture(source)
        until(lambda: source.read(0.5) is None)
        source.close()


def test_a_server_that_accepts_and_never_answers_is_given_up() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        address = f"http://127.0.0.1:{server.getsockname()[1]}/"
        source = ChildCapture(Request("url", address, 0, 0, 30, True), address, open_seconds=0.8)
        with pytest.raises(SourceError, match="did not answer within 1 s"):
            source.open()


def test_an_address_where_nobody_listens_is_said_so() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        address = f"http://user:secret@127.0.0.1:{server.getsockname()[1]}/"
    with pytest.raises(SourceError, match=r"no video comes from http://127\.0\.0\.1"):
        open_source(address, SETTINGS).open()


def test_a_pipe_that_blocks_for_ever_is_given_up(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    source = ChildCapture(Request("video", str(pipe), 0, 0, 30, True), "pipe", open_seconds=0.8)
    with pytest.raises(SourceError, match="pipe did not answer"):
        source.open()


def test_opening_ends_when_it_is_not_needed_any_more(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    stop = threading.Event()
    source = open_source(str(pipe), SETTINGS, stop)
    timer = threading.Timer(0.3, stop.set)
    timer.start()
    with pytest.raises(SourceError, match="not needed any more"):
        source.open()
    timer.join()


def test_a_pipe_that_is_fed_plays_and_blocks_nobody_when_it_runs_dry(video: Path, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    over = threading.Event()

    def feed() -> None:
        with pipe.open("wb") as end:
            end.write(video.read_bytes())
            end.flush()
            over.wait(30)

    feeder = threading.Thread(target=feed)
    feeder.start()
    source = open_source(str(pipe), SETTINGS)
    try:
        source.open()
        next_picture(source)
        until(lambda: source.read(0.5) is None)
    finally:
        source.close()
        over.set()
        feeder.join()


def opened(path: Path) -> tuple[FrameSource, int]:
    """A playing video and the process that reads it."""
    before = children()
    source = open_source(str(path), SETTINGS)
    source.open()
    next_picture(source)
    (process,) = children() - before
    return source, process


@pytest.mark.parametrize("how", [signal.SIGSEGV, signal.SIGTERM])
def test_a_process_that_crashes_is_an_error_with_its_signal(how: signal.Signals, video: Path) -> None:
    source, process = opened(video)
    os.kill(process, how)
    with pytest.raises(SourceError, match=f"ended by the signal {how.name}"):
        while True:
            next_picture(source)
    source.close()
    source.open()
    next_picture(source)
    source.close()


def test_a_process_that_stands_still_is_let_go_of(video: Path) -> None:
    source, process = opened(video)
    os.kill(process, signal.SIGSTOP)
    until(lambda: source.read(0.2) is None)
    with pytest.raises(SourceError, match="does not react any more"):
        for _ in range(100_000):
            source.set_controls({"gain": 1})
    source.close()
    assert not is_running(process)


@pytest.mark.parametrize("stuck", [False, True])
def test_it_does_not_outlive_its_parent(stuck: bool, video: Path) -> None:
    program = """
import os, signal, sys, time
from pathlib import Path
from crackinspector.core.settings import SourceSettings
from crackinspector.sources.catalogue import open_source
source = open_source(sys.argv[1], SourceSettings())
source.open()
process = int(Path(f"/proc/self/task/{os.getpid()}/children").read_text())
if sys.argv[2] == "True":
    os.kill(process, signal.SIGSTOP)
print(process, flush=True)
time.sleep(60)
"""
    command = [sys.executable, "-c", program, str(video), str(stuck)]
    path = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=path) as parent:
        assert parent.stdout is not None
        process = int(parent.stdout.readline())
        assert is_running(process)
        parent.kill()
    until(lambda: not is_running(process))


def test_a_process_that_cannot_die_yet_is_buried_later(video: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source, process = opened(video)

    def stuck(self: subprocess.Popen[bytes], timeout: float | None = None) -> int:
        raise subprocess.TimeoutExpired("stuck in the kernel", timeout or 0)

    with monkeypatch.context() as patch:
        patch.setattr(subprocess.Popen, "wait", stuck)
        source.close()
    assert process in children()
    until(lambda: not is_running(process))

    def buried() -> bool:
        # Its first thread is gone before the last one, and only then can it be buried.
        source.open()
        source.close()
        return process not in children()

    until(buried)


def test_a_folder_of_pictures_is_read_and_its_damage_logged(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    cv2.imwrite(str(tmp_path / "2.png"), np.full((4, 6, 3), 40, np.uint8))
    (tmp_path / "1.jpg").write_bytes(b"no picture")
    source = open_source(str(tmp_path), ONCE)
    info = source.open()
    assert (info.key, info.name, info.live) == (f"file:{tmp_path}", tmp_path.name, False)
    picture = next_picture(source)
    assert (picture.position, shade(picture), picture.image.shape) == ("2.png", 40, (4, 6, 3))
    assert "1.jpg" in caplog.text
    with pytest.raises(EndOfSource):
        until(lambda: source.read(0.5) is not None)
    source.close()


def test_a_folder_that_holds_none_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="there is no picture in"):
        open_source(str(tmp_path), SETTINGS).open()


def test_it_reads_the_same_packages_and_nothing_of_the_current_folder(
    video: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "cv2.py").write_text("raise SystemExit('the wrong one')")
    monkeypatch.chdir(tmp_path)
    source, _ = opened(video)
    source.close()
