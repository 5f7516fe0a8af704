from __future__ import annotations

import os
import signal

import pytest
from pytestqt.qtbot import QtBot

from crackinspector.gui.signals import SIGNALS, UnixSignals


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_each_signal_that_ends_a_program_arrives(qtbot: QtBot, number: signal.Signals) -> None:
    before = [signal.getsignal(each) for each in SIGNALS]
    signals = UnixSignals()
    try:
        with qtbot.waitSignal(signals.arrived) as arrived:
            os.kill(os.getpid(), number)
    finally:
        signals.remove()
    assert arrived.args == [number]
    assert [signal.getsignal(each) for each in SIGNALS] == before


def test_what_nohup_ignores_stays_ignored(qtbot: QtBot) -> None:
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        signals = UnixSignals()
        assert signal.getsignal(signal.SIGHUP) is signal.SIG_IGN
        signals.remove()
        assert signal.getsignal(signal.SIGHUP) is signal.SIG_IGN
    finally:
        signal.signal(signal.SIGHUP, before)
