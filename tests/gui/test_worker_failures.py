"""Whatever breaks in a worker or in the window: a message, a line in the log, a new start, and never the end."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt, QThread
from pytestqt.qtbot import QtBot

from crackinspector.gui.live import asked
from crackinspector.gui.workers import thread as worker_thread
from crackinspector.gui.workers.thread import LoopThread
from crackinspector.inference.frames import FrameAnalyzer
from crackinspector.library.snapshots import recover, write_snapshot
from crackinspector.pipeline import camera_loop, clips, keeper
from crackinspector.pipeline.clip_file import ClipFile, recover_clips
from crackinspector.pipeline.model_state import ModelPhase
from crackinspector.sources.source import SourceState
from crackinspector.sources.steady_feed import Feed
from tests.gui.running import PATIENCE_MS, Script, one_source, press, running, settings_for

REASON = "a fault that nobody foresaw"


class Breaking:
    """Stands in for a function or method and breaks the first few times."""

    def __init__(self, real: Callable[..., Any], times: float = float("inf")) -> None:
        self.real = real
        self.left = times

    def __call__(self, *positional: Any, **named: Any) -> Any:
        if self.left > 0:
            self.left -= 1
            raise RuntimeError(REASON)
        return self.real(*positional, **named)

    def method(self) -> Callable[..., Any]:
        """The same as something that a class can hold."""
        return lambda itself, *positional, **named: self(itself, *positional, **named)


class Loop:
    """Breaks a few times, then runs until it is stopped."""

    def __init__(self, breaks: float) -> None:
        self.breaks = breaks
        self.runs = 0
        self.stopped = threading.Event()

    def run(self) -> None:
        self.runs += 1
        if self.runs <= self.breaks:
            raise RuntimeError(REASON)
        self.stopped.wait(PATIENCE_MS / 1000)

    def stop(self) -> None:
        self.stopped.set()


@pytest.fixture(autouse=True)
def short_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker_thread, "PAUSE_SECONDS", 0.01)
    monkeypatch.setattr(camera_loop, "_PAUSE", 0.01)


def test_a_broken_loop_starts_again(qtbot: QtBot, caplog: pytest.LogCaptureFixture) -> None:
    loop = Loop(breaks=2)
    thread = LoopThread("test", loop)
    told: list[tuple[str, bool]] = []
    thread.broke.connect(lambda reason, again: told.append((reason, again)))
    thread.start()
    qtbot.waitUntil(lambda: loop.runs == 3 and len(told) == 2, timeout=PATIENCE_MS)
    assert not thread.isFinished()
    thread.stop()
    assert thread.wait(PATIENCE_MS)
    assert told == [(f"RuntimeError: {REASON}", True)] * 2
    assert sum(REASON in (record.exc_text or "") for record in caplog.records) == 2


def test_a_loop_that_breaks_three_times_in_a_minute_stays_stopped(qtbot: QtBot) -> None:
    loop = Loop(breaks=float("inf"))
    thread = LoopThread("test", loop)
    told: list[bool] = []
    thread.broke.connect(lambda reason, again: told.append(again))
    thread.start()
    qtbot.waitUntil(lambda: len(told) == 3, timeout=PATIENCE_MS)
    assert thread.wait(PATIENCE_MS)
    assert told == [True, True, False]
    assert loop.runs == 3
    assert loop.stopped.is_set()  # it refuses what is asked of it from now on


def test_a_pause_before_a_new_start_does_not_hold_up_the_end(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker_thread, "PAUSE_SECONDS", 3600)
    thread = LoopThread("test", Loop(breaks=1))
    with qtbot.waitSignal(thread.broke, timeout=PATIENCE_MS):
        thread.start()
    thread.stop()
    assert thread.wait(PATIENCE_MS)


def test_a_camera_loop_that_breaks_starts_again(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(asked, "Feed", Breaking(Feed, times=2))
    with running(qtbot, settings_for(tmp_path), one_source(Script())) as live:
        live.wait_streaming()
        assert [status.state for status in live.statuses].count(SourceState.OFFLINE) == 2
    assert REASON in caplog.text


def test_a_camera_loop_that_breaks_too_often_says_that_it_is_stopped(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = Breaking(Feed, times=3)
    monkeypatch.setattr(asked, "Feed", broken)
    with running(qtbot, settings_for(tmp_path), one_source(Script())) as live:
        live.wait(lambda: live.state is SourceState.FAILED)
        assert REASON in live.statuses[-1].sentence
        press(live, Qt.Key.Key_F5)
        live.wait_streaming()


def test_a_source_that_breaks_its_promise_is_opened_again(qtbot: QtBot, tmp_path: Path) -> None:
    camera = Script()
    with running(qtbot, settings_for(tmp_path), one_source(camera)) as live:
        live.wait_streaming()
        camera.error = ZeroDivisionError(REASON)  # no SourceError
        live.wait(lambda: live.state is SourceState.OFFLINE)
        camera.error = None
        live.wait_streaming()


def test_a_frame_that_cannot_be_looked_at_is_told_and_looking_goes_on(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    with running(qtbot, settings_for(tmp_path)) as live:
        live.wait_ready()
        live.wait_detection()
        monkeypatch.setattr(FrameAnalyzer, "look", Breaking(FrameAnalyzer.look, times=1).method())
        assert REASON in live.wait_said("loaded again")
        live.wait_detection()
    assert REASON in caplog.text


def test_a_model_that_fails_again_and_again_is_stopped_until_it_is_chosen_anew(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with running(qtbot, settings_for(tmp_path)) as live:
        live.wait_ready()
        with monkeypatch.context() as patch:
            patch.setattr(FrameAnalyzer, "look", Breaking(FrameAnalyzer.look).method())
            live.wait(lambda: live.models[-1].phase is ModelPhase.FAILED)
            live.wait_said("stopped after too many failures")
            live.wait_painted(3)  # the picture goes on
        live.store.set("detection.model", "classifier-light")
        live.wait_ready()
        live.wait_detection()


def test_a_snapshot_that_breaks_is_told_and_the_next_one_is_kept(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeper, "write_snapshot", Breaking(write_snapshot, times=1))
    with running(qtbot, settings_for(tmp_path), one_source(Script())) as live:
        live.wait_streaming()
        press(live, Qt.Key.Key_F3)
        assert REASON in live.wait_said("snapshot was not kept")
        press(live, Qt.Key.Key_F3)
        live.wait_said("Kept as")


def test_workers_that_break_at_their_first_step_start_again(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeper, "recover", Breaking(recover, times=1))
    monkeypatch.setattr(clips, "recover_clips", Breaking(recover_clips, times=1))
    with running(qtbot, settings_for(tmp_path), one_source(Script())) as live:
        live.wait(lambda: sum("starts again" in sentence for sentence in live.said) == 2)
        live.wait_streaming()
        press(live, Qt.Key.Key_F3)
        live.wait_said("Kept as")


def test_a_clip_that_breaks_is_told_and_the_next_one_is_recorded(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clips, "ClipFile", Breaking(ClipFile, times=1))
    with running(qtbot, settings_for(tmp_path), one_source(Script())) as live:
        live.wait_streaming()
        press(live, Qt.Key.Key_R)
        assert REASON in live.wait_said("recording has stopped".capitalize())
        live.wait(lambda: not live.window.actions_["record"].isChecked())
        press(live, Qt.Key.Key_R)
        live.wait_captured(30)
        press(live, Qt.Key.Key_R)
        live.wait_said("Kept as")


def test_a_clip_worker_that_is_stopped_for_good_does_not_seem_to_record(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clips.ClipRecorder, "run", Breaking(clips.ClipRecorder.run).method())
    with running(qtbot, settings_for(tmp_path), one_source(Script())) as live:
        live.wait_said("stays stopped")
        live.wait_streaming()
        press(live, Qt.Key.Key_R)
        record = live.window.actions_["record"]
        assert not record.isChecked() and not record.isEnabled()
        live.store.set("interface.language", "ko")
        assert REASON in record.toolTip()


def test_a_keeper_that_is_stopped_for_good_takes_its_button_away(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeper.Keeper, "run", Breaking(keeper.Keeper.run).method())
    with running(qtbot, settings_for(tmp_path), one_source(Script())) as live:
        live.wait_said("stays stopped")
        snapshot = live.window.actions_["snapshot"]
        live.wait(lambda: not snapshot.isEnabled())
        assert REASON in snapshot.toolTip()
        assert live.window.actions_["record"].isEnabled()


@pytest.mark.qt_no_exception_capture
def test_a_fault_in_the_window_is_told_and_the_window_goes_on(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    with running(qtbot, settings_for(tmp_path), one_source(Script())) as live:
        live.wait_streaming()
        graph = live.page.panel.graph
        monkeypatch.setattr(graph, "add", Breaking(graph.add, times=1))
        live.wait_said(REASON)
        live.wait_painted(3)
    assert REASON in caplog.text


@pytest.mark.qt_no_exception_capture
@pytest.mark.qt_log_ignore("QPainter::end: Painter ended with")
def test_a_fault_while_painting_is_told_and_painting_goes_on(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with running(qtbot, settings_for(tmp_path), one_source(Script())) as live:
        live.wait_streaming()
        monkeypatch.setattr(live.picture, "_paint_frame", Breaking(live.picture._paint_frame, times=40))
        live.wait_said(REASON)
        live.wait_painted(3)
        assert live.window.grab().toImage().pixelColor(live.picture.rect().center()).lightness() > 100


class Faulty(QThread):
    """A thread that nobody guards."""

    def run(self) -> None:
        raise RuntimeError(REASON)


@pytest.mark.qt_no_exception_capture
def test_a_fault_in_any_thread_is_told_in_the_window_s_own(
    qtbot: QtBot, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with running(qtbot, settings_for(tmp_path), one_source(Script())) as live:
        live.wait_streaming()
        faulty = Faulty()
        faulty.start()
        assert faulty.wait(PATIENCE_MS)
        live.wait_said(REASON)
        assert set(live.said_in) == {threading.get_ident()}
        plain = threading.Thread(target=Faulty.run, args=(faulty,))
        count = len(live.said)
        plain.start()
        plain.join()
        live.wait(lambda: len(live.said) > count)
        live.wait_painted(3)
    assert caplog.text.count(f"RuntimeError: {REASON}") >= 2
