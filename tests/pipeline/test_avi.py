from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crackinspector.pipeline.avi import AviWriter, begin, repair
from tests.library.full_disk import FullDisk

WIDTH, HEIGHT = 33, 21
INFO = {"ICRD": "2026-11-21", "ICMT": "Wand Ü"}


def picture(number: int) -> bytes:
    image = np.full((HEIGHT, WIDTH, 3), 20 * number % 256, np.uint8)
    return cv2.imencode(".jpg", image)[1].tobytes()


def seen(path: Path) -> list[int]:
    """The grey value of each picture of a video, divided by 20, as OpenCV reads it."""
    video = cv2.VideoCapture(str(path))
    values: list[int] = []
    while True:
        there, image = video.read()
        if not there:
            video.release()
            return values
        assert image.shape == (HEIGHT, WIDTH, 3)
        values.append(round(image.mean() / 20))


@pytest.fixture
def descriptor(tmp_path: Path) -> Iterator[int]:
    opened = os.open(tmp_path / "a.avi", os.O_RDWR | os.O_CREAT)
    yield opened
    os.close(opened)


def written(descriptor: int, pictures: int) -> AviWriter:
    writer = begin(descriptor, WIDTH, HEIGHT, 10, INFO)
    for number in range(pictures):
        writer.add(picture(number))
    return writer


def test_a_video_plays_with_its_length_and_speed(tmp_path: Path, descriptor: int) -> None:
    writer = written(descriptor, 12)
    promised = writer.size
    writer.finish()
    path = tmp_path / "a.avi"
    assert path.stat().st_size == promised
    assert int.from_bytes(path.read_bytes()[4:8], "little") == promised - 8
    video = cv2.VideoCapture(str(path))
    assert video.get(cv2.CAP_PROP_FPS) == 10
    assert video.get(cv2.CAP_PROP_FRAME_COUNT) == 12
    video.set(cv2.CAP_PROP_POS_FRAMES, 7)
    assert round(video.read()[1].mean() / 20) == 7
    video.release()
    assert seen(path) == list(range(12))


def test_a_repeated_picture_takes_its_time_and_no_room(tmp_path: Path, descriptor: int) -> None:
    writer = written(descriptor, 2)
    before = writer.size
    for _ in range(7):
        writer.add(b"")
    assert writer.size - before == 7 * (8 + 16)
    writer.add(picture(2))
    assert writer.frames == 10
    writer.finish()
    video = cv2.VideoCapture(str(tmp_path / "a.avi"))
    assert video.get(cv2.CAP_PROP_FRAME_COUNT) == 10
    times = []
    while video.read()[0]:
        times.append(round(video.get(cv2.CAP_PROP_POS_MSEC)))
    video.release()
    assert [times[0], times[1], times[-1]] == [0, 100, 900]


def test_a_video_without_its_end_plays(tmp_path: Path, descriptor: int) -> None:
    writer = written(descriptor, 5)
    assert seen(tmp_path / "a.avi") == list(range(5))
    writer.update()
    writer.add(picture(5))
    assert seen(tmp_path / "a.avi") == list(range(6))


@given(st.data())
def test_a_video_cut_anywhere_keeps_every_whole_picture(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    path = tmp_path_factory.mktemp("cut") / "a.avi"
    with path.open("w+b") as file:
        ends = []
        writer = begin(file.fileno(), WIDTH, HEIGHT, 10, INFO)
        for number in range(6):
            writer.add(picture(number))
            ends.append(path.stat().st_size)
        writer.finish()
        at = data.draw(st.integers(0, path.stat().st_size))
        os.ftruncate(file.fileno(), at)
        whole = sum(end <= at for end in ends)
        assert repair(file.fileno()) == whole
        assert repair(file.fileno()) == whole
    if whole:
        assert seen(path) == list(range(whole))
        assert int.from_bytes(path.read_bytes()[4:8], "little") == path.stat().st_size - 8
        assert int.from_bytes(path.read_bytes()[48:52], "little") == whole


@given(st.integers(0, 9000))
def test_a_full_disk_ends_the_video_with_its_last_whole_picture(
    tmp_path_factory: pytest.TempPathFactory, room: int
) -> None:
    path = tmp_path_factory.mktemp("full") / "a.avi"
    with path.open("w+b") as file:
        whole = 0
        with FullDisk(room):
            try:
                writer = begin(file.fileno(), WIDTH, HEIGHT, 10, INFO)
            except OSError:
                return
            try:
                for number in range(8):
                    writer.add(picture(number))
                    whole += 1
            except OSError:
                pass
            writer.finish()
    assert seen(path) == list(range(whole))
    assert int.from_bytes(path.read_bytes()[4:8], "little") == path.stat().st_size - 8


def test_a_killed_program_leaves_a_video_that_plays(tmp_path: Path) -> None:
    program = f"""
import os, signal
from pathlib import Path
from tests.pipeline.test_avi import picture, written
descriptor = os.open({str(tmp_path / "a.avi")!r}, os.O_RDWR | os.O_CREAT)
writer = written(descriptor, 9)
os.write(descriptor, picture(9)[:50])
os.kill(os.getpid(), signal.SIGKILL)
"""
    root = Path(__file__).resolve().parents[2]
    ended = subprocess.run([sys.executable, "-c", program], cwd=root, env={**os.environ, "PYTHONPATH": str(root)})
    assert ended.returncode == -9
    assert seen(tmp_path / "a.avi")[:9] == list(range(9))
    descriptor = os.open(tmp_path / "a.avi", os.O_RDWR)
    assert repair(descriptor) == 9
    os.close(descriptor)
    assert seen(tmp_path / "a.avi") == list(range(9))


@pytest.mark.parametrize("content", [b"", b"RIFF", b"RIFF\0\0\0\0WAVE" + bytes(500), b"\xff" * 70_000])
def test_another_file_is_not_repaired(tmp_path: Path, descriptor: int, content: bytes) -> None:
    os.write(descriptor, content)
    assert repair(descriptor) == 0
    assert (tmp_path / "a.avi").read_bytes() == content
