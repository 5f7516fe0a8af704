"""`crackinspector live` from outside: its files, its signals, its exit status."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import cv2
import numpy as np
import pytest

from crackinspector.gui.app import EXIT_LEFT_BEHIND

PATIENCE = 60.0
ROOT = Path(__file__).resolve().parents[2]
STATS = {
    "captured_fps",
    "inferred_fps",
    "painted_fps",
    "captured",
    "dropped",
    "inferred",
    "painted",
    "latency_ms",
    "invoke_ms",
    "rss_mb",
    "startup_ms",
}
LINE = {
    "frame",
    "time",
    "source",
    "position",
    "label",
    "steady_label",
    "score",
    "probabilities",
    "regions",
    "model",
    "latency_ms",
}


@pytest.fixture
def home(tmp_path: Path) -> dict[str, str]:
    """An environment in which all that a person owns lies below one folder."""
    environment = {**os.environ, "HOME": str(tmp_path), "PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen"}
    for name in ("CONFIG", "STATE", "DATA"):
        environment[f"XDG_{name}_HOME"] = str(tmp_path / name.lower())
    environment["PYTHONUNBUFFERED"] = "1"
    return environment


def command(*arguments: object) -> list[str]:
    return [sys.executable, "-m", "crackinspector", "live", *map(str, arguments)]


class Started:
    """A live run as a process of its own."""

    def __init__(self, home: dict[str, str], *arguments: object) -> None:
        self.process = subprocess.Popen(
            command(*arguments), env=home, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )

    def children(self) -> list[int]:
        """Numbers of the processes that it has started."""
        tasks = Path(f"/proc/{self.process.pid}/task").glob("*/children")
        return [int(number) for task in tasks for number in task.read_text().split()]

    def end(self, number: signal.Signals) -> tuple[int, str]:
        """Send it a signal; exit status and standard error."""
        self.process.send_signal(number)
        return self.finish()

    def finish(self) -> tuple[int, str]:
        """Exit status and standard error, once it has ended."""
        _, err = self.process.communicate(timeout=PATIENCE)
        return self.process.returncode, err


Start = Callable[..., Started]


@pytest.fixture
def start(home: dict[str, str]) -> Iterator[Start]:
    """Starts runs, and ends them after the test whatever happens in it."""
    runs: list[Started] = []

    def start(*arguments: object) -> Started:
        runs.append(Started(home, *arguments))
        return runs[-1]

    yield start
    for run in runs:
        run.process.kill()
        run.process.communicate()


def wait(condition: Callable[[], object]) -> None:
    until = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < until
        time.sleep(0.05)


def wait_for_model(home: dict[str, str]) -> None:
    """Until the program's log says that the model is there."""
    log = state(home) / "crackinspector.log"
    wait(lambda: log.is_file() and "Models run on" in log.read_text())


def state(home: dict[str, str]) -> Path:
    return Path(home["XDG_STATE_HOME"]) / "crackinspector"


def test_statistics_and_a_picture_of_the_window(start: Start, tmp_path: Path) -> None:
    stats, picture = tmp_path / "stats.json", tmp_path / "new" / "window.png"
    run = start("--source", "demo", "--seconds", 4, "--size", "1000x600", "--stats", stats, "--screenshot", picture)
    assert run.finish() == (0, "")
    told = json.loads(stats.read_text())
    assert set(told) == STATS
    assert told["captured"] >= told["painted"] > 10
    assert told["inferred"] > 0
    assert told["painted_fps"] > 1
    assert set(told["rss_mb"]) == {"start", "end"}
    for part in ("latency_ms", "invoke_ms"):
        assert 0 < told[part]["p50"] <= told[part]["p95"]
    assert 0 < told["startup_ms"] < 1000 * PATIENCE
    window = cv2.imread(str(picture))
    assert window is not None and window.shape == (600, 1000, 3)
    assert np.unique(window).size > 100


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_signal_is_a_way_to_close(start: Start, home: dict[str, str], number: signal.Signals) -> None:
    run = start("--source", "demo")
    wait_for_model(home)
    assert run.end(number) == (0, "")
    assert [path for path in state(home).iterdir() if "crash" in path.name] == []


def test_a_signal_before_anything_is_there(start: Start, home: dict[str, str]) -> None:
    run = start("--source", "demo")
    wait((state(home) / "crackinspector.log").is_file)
    status, _ = run.end(signal.SIGTERM)
    # Before Qt has taken the signal over, it ends the program like any other command.
    assert status in (0, -signal.SIGTERM, 128 + signal.SIGTERM)


@pytest.mark.parametrize("seconds", [0.2, 0.7, 1.2, 1.7, 2.2])
def test_a_signal_at_any_moment_of_the_start_ends_it(start: Start, seconds: float) -> None:
    run = start("--source", "demo")
    time.sleep(seconds)
    status, _ = run.end(signal.SIGTERM)
    assert status in (0, -signal.SIGTERM, 128 + signal.SIGTERM)


def gone(process: int) -> bool:
    try:
        return "Z" in Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[:1]
    except OSError:
        return True


def test_a_source_that_blocks_while_it_is_opened_does_not_hold_up_the_end(start: Start, tmp_path: Path) -> None:
    fifo = tmp_path / "camera.avi"
    os.mkfifo(fifo)
    run = start("--source", fifo)
    wait(run.children)
    children = run.children()
    time.sleep(1)  # so that it is in the midst of it
    assert run.end(signal.SIGTERM) == (0, "")
    wait(lambda: all(map(gone, children)))


def test_a_source_that_blocks_while_it_is_read_does_not_hold_up_the_end(
    start: Start, home: dict[str, str], tmp_path: Path
) -> None:
    for number in range(3):
        cv2.imwrite(str(tmp_path / f"{number}.png"), np.full((90, 120, 3), 60 * number, np.uint8))
    run = start("--source", tmp_path)
    wait_for_model(home)
    wait(run.children)
    children = run.children()
    for child in children:
        os.kill(child, signal.SIGSTOP)
    time.sleep(0.5)
    assert run.end(signal.SIGTERM) == (0, "")
    wait(lambda: all(map(gone, children)))


BLOCKED = """
import sys, threading
from PySide6.QtWidgets import QApplication
from crackinspector.core.settings import Settings
from crackinspector.gui.app import Application
from crackinspector.pipeline.options import LiveOptions
from crackinspector.sources.source import SourceInfo

class Blocked:
    def open(self):
        return SourceInfo("blocked", "Blocked", 64, 48, 30.0, True)

    def read(self, timeout):
        threading.Event().wait()

    def close(self):
        pass

application = Application(QApplication([]), Settings(), LiveOptions(seconds=1), opener=lambda *_: Blocked())
sys.exit(application.run())
"""


def test_a_thread_that_never_comes_back_is_left_behind(home: dict[str, str]) -> None:
    run = subprocess.run([sys.executable, "-c", BLOCKED], env=home, timeout=PATIENCE, capture_output=True, check=False)
    assert run.returncode == EXIT_LEFT_BEHIND


@pytest.mark.parametrize("option", ["--stats", "--screenshot"])
def test_results_that_cannot_be_written_are_told(start: Start, tmp_path: Path, option: str) -> None:
    (tmp_path / "file").write_text("")
    status, told = start("--source", "demo", "--seconds", 1, option, tmp_path / "file" / "result").finish()
    assert status == 2
    assert "cannot be written" in told or "cannot write" in told
    assert "Traceback" not in told


def test_what_the_command_line_asked_for_is_not_kept(start: Start, home: dict[str, str]) -> None:
    run = start("--source", "demo", "--model", "classifier-light", "--seconds", 1)
    assert run.finish() == (0, "")
    assert list(Path(home["XDG_CONFIG_HOME"]).rglob("*.toml")) == []


@pytest.mark.parametrize(("name", "sentence"), [("--source", "there is no source"), ("--model", "nowhere")])
def test_what_is_not_there_is_told(start: Start, name: str, sentence: str) -> None:
    status, told = start(name, "nowhere", "--seconds", 1).finish()
    assert (status, sentence in told) == (2, True)


def test_lines_of_a_run_without_a_window(start: Start) -> None:
    run = start("--headless", "--source", "demo", "--seconds", 3)
    out, err = run.process.communicate(timeout=PATIENCE)
    assert (run.process.returncode, err) == (0, "")
    lines = [json.loads(line) for line in out.splitlines()]
    assert lines
    assert set(lines[0]) == LINE
    assert [line["frame"] for line in lines] == sorted({line["frame"] for line in lines})


def test_lines_that_find_no_room_are_told(home: dict[str, str]) -> None:
    with Path("/dev/full").open("w") as full:
        run = subprocess.run(
            command("--headless", "--source", "demo", "--seconds", 3),
            stdout=full,
            stderr=subprocess.PIPE,
            env=home,
            text=True,
            timeout=PATIENCE,
            check=False,
        )
    assert "cannot write standard output" in run.stderr
    assert "could not be written" in run.stderr
    assert "Traceback" not in run.stderr


def test_a_kept_source_or_model_that_is_gone_does_not_keep_the_window_shut(start: Start, tmp_path: Path) -> None:
    kept = tmp_path / "kept.toml"
    kept.write_text('[source]\nname = "/nowhere/at/all"\n[detection]\nmodel = "/nowhere/m.tflite"\n')
    assert start("--config", kept, "--seconds", 1).finish()[0] == 0
