from __future__ import annotations

import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from crackinspector.gui.command import ENDED_FROM_OUTSIDE, Command, start_detached


class Heard:
    """What a command's signals said."""

    def __init__(self, command: Command) -> None:
        self.told: list[object] = []
        command.told.connect(self.told.append)


@pytest.fixture
def command() -> Iterator[Command]:
    made = Command(program=(sys.executable, "-c"))
    yield made
    made.close()


def test_its_lines_are_told_and_its_last_sentence_ends_it(command: Command, qtbot: QtBot) -> None:
    heard = Heard(command)
    program = """
import sys
print('{"name": "' + sys.stdin.read() + '"}')
print("not JSON at all")
sys.stdout.write('{"last": ')
sys.stdout.flush()
print('true}')
print("INFO: a library's own\\ncrackinspector: there is no such thing", file=sys.stderr)
sys.exit(2)
"""
    with qtbot.waitSignal(command.ended, timeout=60_000) as end:
        command.start([program], "균열")
    assert heard.told == [{"name": "균열"}, {"last": True}]
    assert end.args == [2, "there is no such thing"]
    assert not command.busy


def test_one_that_crashes_is_told_as_ended_from_outside(command: Command, qtbot: QtBot) -> None:
    with qtbot.waitSignal(command.ended, timeout=60_000) as end:
        command.start([f"import os; os.kill(os.getpid(), {int(signal.SIGSEGV)})"])
    assert end.args[0] == ENDED_FROM_OUTSIDE


def test_one_that_hears_nothing_is_killed_after_a_while(command: Command, qtbot: QtBot) -> None:
    heard = Heard(command)
    deaf = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print(1, flush=True); time.sleep(600)"
    command._patience.setInterval(50)
    command.start([deaf])
    qtbot.waitUntil(lambda: heard.told == [1], timeout=60_000)
    with qtbot.waitSignal(command.ended, timeout=60_000) as end:
        command.cancel()
    assert end.args[0] == ENDED_FROM_OUTSIDE


def test_after_the_end_another_can_be_started(command: Command, qtbot: QtBot) -> None:
    heard = Heard(command)
    for number in range(2):
        with qtbot.waitSignal(command.ended, timeout=60_000):
            command.start([f"print({number})"])
    assert heard.told == [0, 1]


def test_one_that_outlives_the_window_is_started_like_the_others_or_it_is_said(tmp_path: Path, qtbot: QtBot) -> None:
    out = tmp_path / "out"
    program = f"import pathlib, sys; pathlib.Path({str(out)!r}).write_text(repr(sys.argv[1:]))"
    assert start_detached(["review", "--", "-A"], (sys.executable, "-c", program))
    qtbot.waitUntil(lambda: out.exists() and bool(out.read_text()), timeout=60_000)
    assert out.read_text() == "['review', '--', '-A']"
    assert not start_detached(["review"], (str(tmp_path / "nowhere"),))
