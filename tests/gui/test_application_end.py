"""The way down of the whole application."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from crackinspector.gui.window import LIVE
from tests.gui.running import Script, one_source, press, running, settings_for


@pytest.mark.parametrize("key", [Qt.Key.Key_F, Qt.Key.Key_Escape, Qt.Key.Key_Q])
def test_the_close_key_ends_it(qtbot: QtBot, tmp_path: Path, key: Qt.Key) -> None:
    with running(qtbot, settings_for(tmp_path)) as live:
        live.wait_ready()
        press(live, key)
        assert not live.window.isVisible()
        for thread in (live.session.camera, live.session.inference):
            assert thread.isFinished()


@pytest.mark.parametrize("key", [Qt.Key.Key_F, Qt.Key.Key_Escape])
def test_on_another_page_the_close_key_goes_back_first(qtbot: QtBot, tmp_path: Path, key: Qt.Key) -> None:
    with running(qtbot, settings_for(tmp_path), one_source(Script())) as live:
        press(live, Qt.Key.Key_M)
        assert live.window.page == "more"
        press(live, key)
        assert live.window.page == LIVE
        assert live.window.isVisible()
        press(live, key)
        assert not live.window.isVisible()


def test_the_window_s_own_close_ends_it(qtbot: QtBot, tmp_path: Path) -> None:
    with running(qtbot, settings_for(tmp_path)) as live:
        live.wait_ready()
        live.window.close()
        assert live.session.camera.isFinished()


def test_what_fails_on_the_way_down_does_not_end_it_there(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*rest: object) -> None:
        raise RuntimeError("a fault that nobody foresaw")

    with running(qtbot, settings_for(tmp_path), one_source(Script())) as live:
        live.wait_streaming()
        application = live.application
        for part in (application._snapshots, application.store):
            monkeypatch.setattr(part, "stop" if part is application._snapshots else "flush", fail)
        with qtbot.waitSignal(application.closed):
            application.close()
        assert not live.window.isVisible()
        assert not live.session.camera.isRunning() and not live.session.inference.isRunning()
    assert caplog.text.count("a step of the way down failed") == 2


def test_it_may_be_closed_before_anything_is_there(qtbot: QtBot, tmp_path: Path) -> None:
    with running(qtbot, settings_for(tmp_path)) as live:
        live.application.close()
    assert "painted" not in live.order
