from __future__ import annotations

import fcntl
import json
import platform
import subprocess
import sys
from pathlib import Path

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from crackinspector.core.detection import Analysis, Region
from crackinspector.core.errors import UsageError
from crackinspector.core.labels import Label
from crackinspector.sources import pictures
from crackinspector.sources.orientation import upright
from crackinspector.survey.job import Outcome, PictureJob, Task, turned
from tests.survey.conftest import WritePicture
from tests.survey.standin import EXHAUST, RAISE, StandIn, load

ROOT = Path(__file__).resolve().parents[2]
JOB = PictureJob(Path("model.tflite"), None, load=load)


def look(task: Task) -> Outcome:
    return JOB()(task)


def test_the_record_is_the_contract(write_picture: WritePicture) -> None:
    path = write_picture("a.png", grey=0, size=(40, 30))
    record = json.loads(json.dumps(look(Task(path)).record))
    assert list(record) == [
        "path", "width", "height", "label", "score", "probabilities", "regions", "model", "error"
    ]  # fmt: skip
    assert record == {
        "path": str(path),
        "width": 40,
        "height": 30,
        "label": "positive",
        "score": 1.0,
        "probabilities": {"negative": 0.0, "positive": 1.0, "unknown": 0.0},
        "regions": [{"x": 0, "y": 0, "w": 40, "h": 30, "score": 1.0}],
        "model": "stand-in",
        "error": None,
    }


STRIPS = """
import numpy as np
from pathlib import Path
from crackinspector.survey.job import return_freed_memory

def resident():
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096

return_freed_memory()
for size in (30 << 20, 12 << 20):
    np.ones(size, np.uint8)
before = resident()
strips, between = [], []
for _ in range(20):
    strips.append(np.ones(12 << 20, np.uint8))
    between.append(np.ones(100_000, np.uint8))
del strips
print((resident() - before) >> 20)
"""


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="other C libraries give memory back in other ways")
def test_memory_of_strips_goes_back_to_the_system() -> None:
    command = [sys.executable, "-c", STRIPS]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=True, timeout=60)
    assert int(done.stdout) < 20


def test_large_pictures_are_read_with_memory_given_back(
    write_picture: WritePicture, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[None] = []
    monkeypatch.setattr("crackinspector.survey.job.return_freed_memory", lambda: told.append(None))
    path = write_picture("a.png")
    look(Task(path))
    assert not told
    monkeypatch.setattr(pictures, "LARGE_PIXELS", 0)
    look(Task(path))
    assert told


def test_an_unreadable_picture_has_the_same_fields(tmp_path: Path) -> None:
    outcome = look(Task(tmp_path / "no.jpg"))
    record = outcome.record
    assert record["path"] == str(tmp_path / "no.jpg")
    assert record["model"] == "stand-in"
    assert "no such file" in record["error"]
    assert [key for key, value in record.items() if value is None] == [
        "width", "height", "label", "score", "probabilities", "regions"
    ]  # fmt: skip
    assert outcome.trace is not None
    assert "PictureError" in outcome.trace


@pytest.mark.parametrize(("order", "text"), [(RAISE, "RuntimeError: the stand-in raises"), (EXHAUST, "enough memory")])
def test_what_goes_wrong_with_one_picture_stays_in_its_record(
    write_picture: WritePicture, order: int, text: str
) -> None:
    assert text in look(Task(write_picture("a.png", order))).record["error"]


def test_map_and_overlay_are_written(write_picture: WritePicture, tmp_path: Path) -> None:
    path = write_picture("a.png", grey=55, size=(40, 30))
    look(Task(path, tmp_path / "m" / "a.png", tmp_path / "o" / "a.jpg"))
    crack_map = cv2.imread(str(tmp_path / "m" / "a.png"), cv2.IMREAD_UNCHANGED)
    assert crack_map is not None
    assert crack_map.shape == (30, 40)
    assert (crack_map[1:] == 200).all()
    assert cv2.imread(str(tmp_path / "o" / "a.jpg")) is not None


def test_an_output_that_cannot_be_written_is_not_the_pictures_fault(
    write_picture: WritePicture, tmp_path: Path
) -> None:
    blocked = tmp_path / "a.png.d" / "x.png"
    blocked.parent.write_text("not a folder")
    with pytest.raises(UsageError, match=r"cannot write .*x\.png"):
        look(Task(write_picture("a.png"), map_file=blocked))


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_stored_result_is_turned_upright(orientation: int) -> None:
    crack_map = np.zeros((30, 50), np.uint8)
    crack_map[3:10, 20:45] = 200
    stored = Analysis(50, 30, Label.POSITIVE, 0.9, {}, (Region(20, 3, 25, 7, 0.8),), crack_map)
    result = turned(stored, orientation)
    assert np.array_equal(result.crack_map, upright(crack_map, orientation))
    assert (result.height, result.width) == result.crack_map.shape
    (region,) = result.regions
    inside = np.zeros_like(result.crack_map, bool)
    inside[region.y : region.y + region.h, region.x : region.x + region.w] = True
    assert np.array_equal(inside, result.crack_map == 200)


@pytest.mark.parametrize("orientation", [1, 6])
def test_a_large_picture_gives_what_a_small_one_would(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, orientation: int
) -> None:
    gradient = np.linspace(0, 255, 300).astype(np.uint8)
    image = np.repeat(np.broadcast_to(gradient, (220, 300))[..., None], 3, axis=2)
    exif = Image.Exif()
    exif[0x0112] = orientation
    path = tmp_path / "a.tif"
    Image.fromarray(np.ascontiguousarray(image)).save(path, exif=exif)
    outcomes = []
    for limit, name in ((10**9, "small"), (1000, "large")):
        monkeypatch.setattr(pictures, "LARGE_PIXELS", limit)
        task = Task(path, tmp_path / f"{name}.png", tmp_path / f"{name}.jpg")
        outcomes.append(JOB()(task).record)
    assert outcomes[0] == outcomes[1]
    assert outcomes[0]["width"] == (300 if orientation == 1 else 220)
    assert (tmp_path / "small.png").read_bytes() == (tmp_path / "large.png").read_bytes()
    drawn = [cv2.imread(str(tmp_path / f"{name}.jpg")) for name in ("small", "large")]
    assert drawn[0] is not None and drawn[1] is not None
    assert drawn[0].shape == drawn[1].shape
    assert np.abs(drawn[0].astype(int) - drawn[1]).mean() < 2


class Watchful(StandIn):
    """Notes whether another process could start on a large picture now."""

    def __init__(self, turn: Path) -> None:
        self.turn = turn
        self.free: list[bool] = []

    def analyze(self, image: NDArray[np.uint8]) -> Analysis:
        with self.turn.open("rb") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                self.free.append(True)
            except BlockingIOError:
                self.free.append(False)
        return super().analyze(image)


def test_one_large_picture_at_a_time(
    write_picture: WritePicture, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    turn = tmp_path / "turn"
    turn.touch()
    watchful = Watchful(turn)
    before = cv2.getNumThreads()
    handle = PictureJob(Path("m.tflite"), 1, debug=True, turn=turn, load=lambda model, threads: (watchful, "m"))()
    for limit in (1000, 10**9, 1000):
        monkeypatch.setattr(pictures, "LARGE_PIXELS", limit)
        assert handle(Task(write_picture("a.png", size=(60, 50)))).record["error"] is None
    assert cv2.getNumThreads() == 1
    cv2.setNumThreads(before)
    assert watchful.free == [False, True, False]
