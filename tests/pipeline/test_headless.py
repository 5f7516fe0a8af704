from __future__ import annotations

import functools
import json
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import cv2
import pytest

from crackinspector.core.errors import CrackInspectorError, ModelError, SourceError, UsageError
from crackinspector.pipeline import headless
from crackinspector.pipeline.headless import run_headless
from crackinspector.pipeline.inference_loop import InferenceLoop
from crackinspector.pipeline.live_model import LiveModel, load_live_model
from crackinspector.pipeline.options import LiveOptions
from crackinspector.sources.demo_wall import demo_wall
from crackinspector.sources.source import SourceState
from crackinspector.sources.steady_feed import Feed, SourceStatus
from tests.pipeline.makers import PATIENCE

KEYS = [
    *("frame", "time", "source", "position", "label", "steady_label", "score", "probabilities", "regions", "model"),
    "latency_ms",
]


@pytest.fixture
def options(tmp_path: Path) -> LiveOptions:
    """A folder with one picture of a crack, looked at by the light model; nothing of the user's is touched."""
    pictures = tmp_path / "pictures"
    pictures.mkdir()
    cv2.imwrite(str(pictures / "wall.png"), demo_wall(3, 640, 480, cracks=1).image)
    config = tmp_path / "settings.toml"
    config.write_text(
        f"[source]\nrepeat = false\nfps = 5\n[keeping]\nfolder = '{tmp_path / 'kept'}'\n[alarm]\nhold = 0\n"
    )
    return LiveOptions(
        source=str(pictures),
        model="classifier-light",
        config=config,
        out=str(tmp_path / "out.jsonl"),
        stats=tmp_path / "stats.json",
        snapshots=True,
        seconds=PATIENCE,
    )


def read(options: LiveOptions) -> list[dict[str, Any]]:
    assert options.out is not None
    return [json.loads(line) for line in Path(options.out).read_text().splitlines()]


def test_a_file_source_gives_its_lines_and_ends(
    options: LiveOptions, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    before = signal.getsignal(signal.SIGTERM)
    assert run_headless(options) == 0
    assert signal.getsignal(signal.SIGTERM) is before
    lines = read(options)
    assert lines
    for line in lines:
        assert list(line) == KEYS
        assert (line["label"], line["steady_label"], line["model"]) == ("positive", "positive", "classifier-light")
        assert line["regions"] and sum(line["probabilities"].values()) == pytest.approx(1, abs=1e-3)
        assert line["time"].endswith("Z")
    stats = json.loads((tmp_path / "stats.json").read_text())
    assert stats["inferred"] == len(lines)
    assert stats["captured"] >= len(lines)
    assert stats["latency_ms"]["p50"] > 0
    kept = sorted(path.suffix for path in (tmp_path / "kept").rglob("*.*"))
    assert kept == [".jpg", ".json", ".png"]
    assert "alarm: kept" in capfd.readouterr().err


@pytest.mark.parametrize("change", [{"source": "/dev/video-none"}, {"out": "/dev/full"}])
def test_a_run_that_gave_nothing_has_another_status(change: dict[str, Any], options: LiveOptions) -> None:
    assert run_headless(replace(options, seconds=3, **change)) == 1


def test_a_damaged_settings_file_that_was_named_is_left_alone(options: LiveOptions) -> None:
    assert options.config is not None
    options.config.write_text("a = [")
    with pytest.raises(UsageError, match="is damaged"):
        run_headless(options)
    assert options.config.read_text() == "a = ["


def test_the_time_is_up_with_an_endless_source(options: LiveOptions) -> None:
    options = replace(options, source="demo", seconds=3.0, snapshots=False)
    assert run_headless(options) == 0


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"model": "no-such.tflite"}, UsageError),
        ({"source": "no-such-source"}, SourceError),
        ({"config": Path("no-such.toml")}, UsageError),
        ({"out": "no-folder/out.jsonl"}, CrackInspectorError),
        ({"stats": Path("/dev/null/stats.json"), "seconds": 0.1}, CrackInspectorError),
    ],
)
def test_what_cannot_be_is_told_in_a_sentence(
    change: dict[str, Any], error: type[Exception], options: LiveOptions
) -> None:
    with pytest.raises(error):
        run_headless(replace(options, **change))


def test_a_damaged_model_ends_the_run(options: LiveOptions, tmp_path: Path) -> None:
    damaged = tmp_path / "damaged.tflite"
    damaged.write_bytes(b"\x1c\0\0\0TFL3" + bytes(100))
    with pytest.raises(ModelError, match="damaged"):
        run_headless(replace(options, model=str(damaged), source="demo"))


def test_problems_of_the_settings_file_are_told(options: LiveOptions, capfd: pytest.CaptureFixture[str]) -> None:
    assert options.config is not None
    options.config.write_text(options.config.read_text() + "[view]\nopacity = 3\n")
    run_headless(replace(options, source="demo", seconds=0.1))
    assert "view.opacity" in capfd.readouterr().err


PROGRAM = """
import sys
from pathlib import Path
from crackinspector.pipeline.headless import run_headless
from crackinspector.pipeline.options import LiveOptions
sys.exit(run_headless(LiveOptions(source="demo", model="classifier-light", config=Path(sys.argv[1]),
                                  stats=Path(sys.argv[2]))))
"""


@pytest.mark.parametrize("reads", [True, False])
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_it_in_order_even_when_nobody_reads(
    number: signal.Signals, reads: bool, options: LiveOptions, tmp_path: Path
) -> None:
    stats = tmp_path / "stats.json"
    command = [sys.executable, "-c", PROGRAM, str(options.config), str(stats)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert list(json.loads(process.stdout.readline())) == KEYS
        process.send_signal(number)
        if reads:
            rest, errors = process.communicate(timeout=PATIENCE)
            assert all(json.loads(line) for line in rest.splitlines())
            assert "left behind" not in errors
        process.wait(PATIENCE)
        assert process.returncode == 128 + number
    assert json.loads(stats.read_text())["inferred"] >= 1


def test_a_reader_that_went_away_ends_it(options: LiveOptions, tmp_path: Path) -> None:
    command = [sys.executable, "-c", PROGRAM, str(options.config), str(tmp_path / "stats.json")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        process.stdout.readline()
        process.stdout.close()
        process.wait(PATIENCE)
        assert process.stderr is not None
        assert "BrokenPipeError" in process.stderr.read()


def test_a_source_that_was_given_up_is_tried_again(options: LiveOptions, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody stands beside a robot to press the button."""
    monkeypatch.setattr(headless, "RETRY_SECONDS", 0.0)
    monkeypatch.setattr("crackinspector.sources.steady_feed.MOST_FAILURES", 1)
    opened = []

    class Dead:
        def open(self) -> None:
            opened.append(1)
            raise SourceError("no camera there; plug one in")

        def close(self) -> None: ...

    monkeypatch.setattr(headless, "open_source", lambda *_: Dead())
    run_headless(replace(options, seconds=1.0))
    assert len(opened) >= 2


class Order:
    """Notes when the source is opened and when the model is ready."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, patience: float) -> None:
        """The model is ready once the source was opened, `patience` seconds later at most."""
        self.noted: list[str] = []
        self._patience = patience
        self._opened = threading.Event()
        self._really_open = headless._open_feed
        monkeypatch.setattr(headless, "_open_feed", self._open)
        monkeypatch.setattr(headless, "InferenceLoop", functools.partial(InferenceLoop, load=self._load))

    def _open(self, *arguments: Any) -> Feed:
        self.noted.append("opened")
        self._opened.set()
        return self._really_open(*arguments)

    def _load(self, name: str, threads: int, stopped: Callable[[], bool]) -> LiveModel:
        self._opened.wait(self._patience)
        model = load_live_model(name, threads, stopped)
        self.noted.append("ready")
        return model


def test_a_file_begins_when_the_model_is_ready(options: LiveOptions, monkeypatch: pytest.MonkeyPatch) -> None:
    order = Order(monkeypatch, 0.3)
    assert run_headless(options) == 0
    assert order.noted == ["ready", "opened"]
    assert len(read(options)) == 1


def test_a_camera_does_not_wait_for_the_model(options: LiveOptions, monkeypatch: pytest.MonkeyPatch) -> None:
    order = Order(monkeypatch, PATIENCE)
    run_headless(replace(options, source="demo", seconds=0.5))
    assert order.noted[0] == "opened"


def test_a_file_that_gave_nothing_is_an_error(options: LiveOptions, monkeypatch: pytest.MonkeyPatch) -> None:
    class Empty:
        status = SourceStatus(SourceState.ENDED, "", None, 0.0)

        def poll(self, timeout: float) -> None:
            threading.Event().wait(0.01)

        def close(self) -> None: ...

    monkeypatch.setattr(headless, "_open_feed", lambda *_: Empty())
    with pytest.raises(SourceError, match=r"nothing in .*pictures could be looked at"):
        run_headless(options)
    assert read(options) == []


def test_a_picture_that_the_model_is_still_at_is_waited_for(
    options: LiveOptions, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between the moment it is taken and the moment it counts as looked at there is nothing to be seen of it."""

    class Hesitant(InferenceLoop):
        def _detect(self, *arguments: Any) -> Any:
            threading.Event().wait(0.7)
            return super()._detect(*arguments)

    monkeypatch.setattr(headless, "InferenceLoop", Hesitant)
    assert run_headless(options) == 0
    assert len(read(options)) == 1


def test_an_alarm_begins_a_clip(options: LiveOptions, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert options.config is not None
    options.config.write_text(options.config.read_text() + "clip = true\n")
    assert run_headless(replace(options, snapshots=False)) == 0
    (clip,) = (tmp_path / "kept").rglob("*.*")
    video = cv2.VideoCapture(str(clip))
    found, picture = video.read()
    video.release()
    assert found and picture.shape[:2] > (480, 640)
    assert f"alarm: kept {clip}" in capfd.readouterr().err
