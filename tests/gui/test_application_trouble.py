"""The whole application when camera or model fail."""

from __future__ import annotations

import os
import shutil
import signal
from collections.abc import Mapping
from pathlib import Path

import cv2
import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from crackinspector.core.errors import SourceError
from crackinspector.core.settings import CameraSettings
from crackinspector.core.shipped import shipped_folder
from crackinspector.gui.live.session import OpenSource
from crackinspector.pipeline.model_state import ModelPhase
from crackinspector.sources import steady_feed
from crackinspector.sources.source import FrameSource, SourceState
from tests.gui.running import Script, one_source, press, running, settings_for


def opener_of(sources: Mapping[str, FrameSource]) -> OpenSource:
    return lambda name, settings, stop: sources[name]


def test_a_lost_camera_is_told_and_comes_back(qtbot: QtBot, tmp_path: Path) -> None:
    camera = Script()
    with running(qtbot, settings_for(tmp_path), one_source(camera)) as live:
        live.wait_ready()
        live.wait_detection()
        camera.error = SourceError("the camera was unplugged; plug it in again")
        live.wait(lambda: live.state is SourceState.OFFLINE)
        live.wait_said("The camera was unplugged")
        assert live.window.actions_["retry"].isEnabled()
        assert live.verdict == "No picture"
        # What comes and goes does not take away what is still so.
        live.window.toast.show_message("Kept as …", seconds=0.01)
        live.wait(lambda: not live.window.toast.isVisible())
        assert live.page.banner.isVisible() and "unplugged" in live.page.banner.sentence
        camera.error = None
        live.wait_streaming()
        assert not live.page.banner.isVisible()
        live.wait_detection()
        assert live.chip == "Live"
    assert camera.closed >= camera.opened


def test_a_camera_that_is_given_up_is_tried_again_by_hand(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(steady_feed, "PAUSES", (0.01,))
    camera = Script()
    camera.error_at_open = SourceError("the camera is busy; close the other program")
    with running(qtbot, settings_for(tmp_path), one_source(camera)) as live:
        live.wait(lambda: live.state is SourceState.FAILED)
        assert camera.opened == steady_feed.MOST_FAILURES
        assert live.page.banner.sentence.startswith("The camera is busy")
        assert live.verdict == "No picture"
        camera.error_at_open = None
        (again,) = live.page.banner.findChildren(QPushButton)
        QTest.mouseClick(again, Qt.MouseButton.LeftButton)
        live.wait_streaming()


def test_a_file_is_not_called_live(qtbot: QtBot, tmp_path: Path) -> None:
    picture = tmp_path / "wall.png"
    cv2.imwrite(str(picture), np.full((90, 120, 3), 128, np.uint8))
    with running(qtbot, settings_for(tmp_path, source__name=str(picture))) as live:
        live.wait_streaming()
        assert live.chip == "File"


def test_a_frozen_camera_is_not_taken_for_live(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(steady_feed, "FROZEN_SECONDS", 0.3)
    camera = Script()
    with running(qtbot, settings_for(tmp_path), one_source(camera)) as live:
        live.wait_ready()
        camera.still = True
        live.wait(lambda: live.state is SourceState.STALLED)
        live.wait_said("frozen")
        camera.still = False
        live.wait_streaming()


def test_a_camera_that_falls_silent_is_told(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(steady_feed, "FIRST_PICTURE_SECONDS", 0.3)
    monkeypatch.setattr(steady_feed, "STALL_SECONDS", 0.3)
    camera = Script()
    with running(qtbot, settings_for(tmp_path), one_source(camera)) as live:
        live.wait_streaming()
        camera.silent = True
        live.wait(lambda: live.state is SourceState.STALLED)
        camera.silent = False
        live.wait_streaming()


def children() -> set[int]:
    """Numbers of the processes that this one has started."""
    tasks = Path("/proc/self/task").glob("*/children")
    return {int(number) for task in tasks for number in task.read_text().split()}


def test_a_source_that_blocks_while_it_is_read_is_told_and_opened_again(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(steady_feed, "STALL_SECONDS", 0.5)
    monkeypatch.setattr(steady_feed, "FILE_RESTART", 0.5)
    video = tmp_path / "wall.avi"
    writer = cv2.VideoWriter(str(video), cv2.VideoWriter.fourcc(*"MJPG"), 20, (160, 120))
    for number in range(60):
        writer.write(np.full((120, 160, 3), 4 * number, np.uint8))
    writer.release()
    before = children()
    with running(qtbot, settings_for(tmp_path, source__name=str(video))) as live:
        live.wait_streaming()
        blocked = children() - before
        assert blocked
        for child in blocked:
            os.kill(child, signal.SIGSTOP)
        live.wait(lambda: live.state is SourceState.STALLED)
        live.wait_streaming()
        assert not blocked & children()
    assert children() <= before


def test_another_source_while_running(qtbot: QtBot, tmp_path: Path) -> None:
    sources = {"demo": Script("one"), "/dev/video0": Script("two", (320, 200))}
    with running(qtbot, settings_for(tmp_path), opener_of(sources)) as live:
        live.wait_ready()
        live.wait_detection()
        live.store.set("source.name", "/dev/video0")
        live.wait(lambda: live.session.newest is not None and live.session.newest.source == "two")
        newest = live.session.newest
        assert newest is not None
        detection = live.wait_detection(lambda detection, _: detection.frame_id >= newest.id)
        assert (detection.width, detection.height) == (320, 200)
        assert sources["demo"].closed >= 1


def test_another_source_ends_a_frozen_picture(qtbot: QtBot, tmp_path: Path) -> None:
    sources = {"demo": Script("one"), "/dev/video0": Script("two")}
    with running(qtbot, settings_for(tmp_path), opener_of(sources)) as live:
        live.wait_streaming()
        press(live, Qt.Key.Key_Space)
        live.store.set("source.name", "/dev/video0")
        assert not live.window.actions_["freeze"].isChecked()
        live.wait(lambda: live.frames and live.frames[-1].source == "two")


def test_a_source_that_does_not_exist_is_told_and_another_one_helps(qtbot: QtBot, tmp_path: Path) -> None:
    with running(qtbot, settings_for(tmp_path)) as live:
        live.wait_streaming()
        live.store.set("source.name", str(tmp_path / "missing"))
        live.wait(lambda: live.state is SourceState.OFFLINE)
        live.wait_said("missing")
        live.store.set("source.name", "demo")
        live.wait_streaming()


def test_rotation_holds_after_the_camera_was_lost(qtbot: QtBot, tmp_path: Path) -> None:
    camera = Script()
    with running(qtbot, settings_for(tmp_path), one_source(camera)) as live:
        live.wait_streaming()
        live.store.set_camera("script-Script", CameraSettings(rotation=90))
        live.wait(lambda: live.frames[-1].image.shape == (240, 180, 3))
        camera.error = SourceError("gone")
        live.wait(lambda: live.state is SourceState.OFFLINE)
        camera.error = None
        live.wait_streaming()
        live.wait_captured(2)
        assert live.frames[-1].image.shape == (240, 180, 3)


@pytest.fixture
def own_model(tmp_path: Path) -> Path:
    for suffix in ("tflite", "json"):
        shutil.copy(shipped_folder("models") / f"classifier-light.{suffix}", tmp_path / f"own.{suffix}")
    return tmp_path / "own.tflite"


def test_a_model_that_is_replaced_while_running_stays(qtbot: QtBot, tmp_path: Path, own_model: Path) -> None:
    settings = settings_for(tmp_path, detection__model=str(own_model))
    with running(qtbot, settings) as live:
        live.wait_ready()
        live.wait_detection()
        damaged = tmp_path / "damaged"
        damaged.write_bytes(b"nothing of a model")
        damaged.replace(own_model)
        live.wait_said("what was loaded stays in use")
        live.wait_detection()
        assert live.models[-1].phase is ModelPhase.READY


def test_a_damaged_model_is_refused_and_the_old_one_stays(qtbot: QtBot, tmp_path: Path) -> None:
    damaged = tmp_path / "damaged.tflite"
    damaged.write_bytes(b"TFL3" * 1000)
    with running(qtbot, settings_for(tmp_path)) as live:
        live.wait_ready()
        old = live.wait_detection().model
        live.store.set("detection.model", str(damaged))
        told = live.wait_said("stays in use")
        assert "damaged" in told
        assert live.wait_detection().model == old
