from __future__ import annotations

import functools
import gc
import threading

import pytest
from pytestqt.qtbot import QtBot

from crackinspector.core.errors import ModelError
from crackinspector.gui.background import Background


@pytest.fixture
def background(qapp: object) -> Background:
    return Background("work")


def test_work_runs_elsewhere_and_its_result_comes_back(background: Background, qtbot: QtBot) -> None:
    with qtbot.waitSignal(background.finished) as finished:
        background.start(threading.get_ident)
    assert finished.args is not None
    assert finished.args[0] != threading.get_ident()
    assert not background.busy


def test_an_error_comes_back_as_a_sentence(background: Background, qtbot: QtBot) -> None:
    def refuse() -> None:
        raise ModelError("The model is damaged. Copy it again.")

    with qtbot.waitSignal(background.failed) as failed:
        background.start(refuse)
    assert failed.args == ["The model is damaged. Copy it again."]


def test_a_defect_comes_back_and_is_logged(
    background: Background, qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    with qtbot.waitSignal(background.failed) as failed:
        background.start(lambda: 1 // 0)
    assert failed.args is not None
    assert "ZeroDivisionError" in failed.args[0]
    assert "Traceback" in caplog.text


def test_of_what_waits_the_newest_runs_and_only_its_result_counts(background: Background, qtbot: QtBot) -> None:
    gate = threading.Event()
    ran: list[int] = []
    results: list[object] = []
    background.finished.connect(results.append)
    background.start(gate.wait)

    def run(number: int) -> int:
        ran.append(number)
        return number

    for number in range(5):
        background.start(functools.partial(run, number))
    gate.set()
    qtbot.waitUntil(lambda: bool(results), timeout=3000)
    assert ran == [4]
    assert results == [4]


def test_forgotten_work_is_not_told_of(background: Background, qtbot: QtBot) -> None:
    gate = threading.Event()
    results: list[object] = []
    background.finished.connect(results.append)
    background.start(gate.wait)
    background.forget()
    gate.set()
    assert background.wait(5)
    qtbot.wait(20)
    assert results == []


def test_the_receiver_may_be_gone_when_work_ends(qtbot: QtBot) -> None:
    gate = threading.Event()
    background = Background("orphan")
    background.start(gate.wait)
    thread = next(thread for thread in threading.enumerate() if thread.name == "orphan")
    background.deleteLater()
    qtbot.wait(10)
    del background
    gc.collect()
    gate.set()
    thread.join(5)
    assert not thread.is_alive()
