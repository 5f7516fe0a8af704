from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QProcess
from pytestqt.qtbot import QtBot

from crackinspector.gui.models import trial as module
from crackinspector.gui.models.trial import Trial

MODELS = Path(__file__).parents[2] / "models"
SLOW = ["/bin/sh", "-c", "exec sleep 60"]


@pytest.fixture
def trial(qapp: object) -> Iterator[Trial]:
    trial = Trial()
    yield trial
    trial.cancel()


def test_a_sound_model_is_measured(trial: Trial, qtbot: QtBot) -> None:
    with qtbot.waitSignal(trial.measured, timeout=60_000) as measured:
        trial.start(MODELS / "float32.tflite")
        assert trial.path == MODELS / "float32.tflite"
    assert measured.args is not None
    path, measurement = measured.args
    assert path == MODELS / "float32.tflite"
    assert measurement.invoke_ms > 0
    assert trial.path is None


def test_a_damaged_model_is_refused_with_a_sentence(trial: Trial, qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "broken.tflite"
    path.write_bytes(b"TFL3" * 100)
    with qtbot.waitSignal(trial.refused, timeout=60_000) as refused:
        trial.start(path)
    assert refused.args is not None
    assert refused.args[0] == path
    assert "broken.tflite" in refused.args[1]


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_a_trial_that_is_cancelled_is_gone_and_silent(
    trial: Trial, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "command", lambda path: SLOW)
    told: list[object] = []
    trial.measured.connect(lambda *_: told.append("measured"))
    trial.refused.connect(lambda *_: told.append("refused"))
    trial.start(Path("a.tflite"))
    process = trial.findChild(QProcess)
    assert isinstance(process, QProcess)
    assert process.waitForStarted()
    pid = process.processId()
    trial.start(Path("b.tflite"))
    assert not alive(pid)
    assert trial.path == Path("b.tflite")
    trial.cancel()
    qtbot.wait(20)
    assert told == []
    assert not trial.findChildren(QProcess)


def test_a_trial_that_takes_too_long_is_given_up(trial: Trial, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "command", lambda path: SLOW)
    trial._limit.setInterval(50)
    with qtbot.waitSignal(trial.refused) as refused:
        trial.start(Path("slow.tflite"))
    assert refused.args is not None
    assert "slow.tflite did not finish" in refused.args[1]


@pytest.mark.parametrize("command", [["/nowhere/python"], ["/bin/sh", "-c", "kill -SEGV $$"]])
def test_a_trial_that_cannot_run_or_crashes_is_told(
    trial: Trial, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, command: list[str]
) -> None:
    monkeypatch.setattr(module, "command", lambda path: command)
    with qtbot.waitSignal(trial.refused, timeout=5000) as refused:
        trial.start(Path("m.tflite"))
    assert refused.args is not None
    assert "m.tflite could not be tried" in refused.args[1]
