"""Snapshots and clips, by hand, through the whole application."""

from __future__ import annotations

import json
import threading
import time
from pathlib import Path

import cv2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from crackinspector.core.errors import StorageError
from crackinspector.gui.live import announcer
from crackinspector.gui.workers import snapshots
from crackinspector.gui.workers.inference import InferenceWorker
from crackinspector.library.record import Snapshot
from crackinspector.library.snapshots import write_snapshot
from crackinspector.pipeline import keeper
from tests.gui.running import Script, one_source, press, running, settings_for


@pytest.mark.parametrize("key", [Qt.Key.Key_F3, Qt.Key.Key_D])
def test_a_snapshot_is_acknowledged_when_it_is_on_the_disk(
    qtbot: QtBot, tmp_path: Path, key: Qt.Key, monkeypatch: pytest.MonkeyPatch
) -> None:
    written, go_on = threading.Event(), threading.Event()

    def slow(folder: Path, snapshot: Snapshot) -> Path:
        path = write_snapshot(folder, snapshot)
        written.set()
        go_on.wait(20)
        return path

    monkeypatch.setattr(keeper, "write_snapshot", slow)
    monkeypatch.setattr(announcer, "SLOW_MS", 200)
    with running(qtbot, settings_for(tmp_path)) as live:
        live.wait_ready()
        live.wait_detection()
        press(live, key)
        shown = live.session.newest
        live.wait(written.is_set)
        live.wait_said("does not answer")
        assert live.said[0] == "Keeping …"
        assert not any("Kept" in sentence for sentence in live.said)
        go_on.set()
        told = live.wait_said("Kept as")
    (picture,) = (tmp_path / "kept").rglob("*.jpg")
    assert picture.name in told
    record = json.loads(picture.with_suffix(".json").read_text())
    assert shown is not None and record["frame"]["id"] == shown.id
    assert record["detection"] is not None
    image = cv2.imread(str(picture))
    assert image is not None and image.shape == (720, 960, 3)


def test_a_disk_that_refuses_is_told_and_not_acknowledged(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(folder: Path, snapshot: Snapshot) -> Path:
        raise StorageError("the disk is full; make room")

    monkeypatch.setattr(keeper, "write_snapshot", full)
    with running(qtbot, settings_for(tmp_path), one_source(Script())) as live:
        live.wait_ready()
        press(live, Qt.Key.Key_F3)
        live.wait_said("The disk is full; make room")
        assert live.window.toast.isVisible()
        assert not any("Kept" in sentence for sentence in live.said)
        monkeypatch.setattr(keeper, "write_snapshot", write_snapshot)
        press(live, Qt.Key.Key_F3)
        live.wait_said("Kept as")


def test_little_room_is_told_together_with_what_was_kept(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeper, "space_left", lambda folder: 42_000_000)
    with running(qtbot, settings_for(tmp_path), one_source(Script())) as live:
        live.wait_streaming()
        press(live, Qt.Key.Key_F3)
        told = live.wait_said("Kept as")
        assert "Little room is left for snapshots: 42 MB." in told
        assert live.window.toast.isVisible()


def test_the_window_reads_nothing_back_from_a_slow_disk(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = tmp_path / "gone.jpg"
    monkeypatch.setattr(keeper, "write_snapshot", lambda folder, snapshot: gone)
    camera = Script()
    camera.image[:] = 200
    with running(qtbot, settings_for(tmp_path), one_source(camera)) as live:
        live.wait_streaming()
        press(live, Qt.Key.Key_F3)
        live.wait_said("Kept as gone.jpg")
        pictures = [label.pixmap() for label in live.window.toast.findChildren(QLabel)]
        assert any(picture.toImage().pixelColor(picture.rect().center()).red() == 200 for picture in pictures)


def test_a_snapshot_before_the_first_picture_says_so(qtbot: QtBot, tmp_path: Path) -> None:
    silent = Script()
    silent.silent = True
    with running(qtbot, settings_for(tmp_path), one_source(silent)) as live:
        press(live, Qt.Key.Key_F3)
        live.wait_said("no picture")


def kept_files(folder: Path) -> list[str]:
    return sorted(path.suffix for path in (folder / "kept").rglob("*") if path.is_file())


def test_a_snapshot_that_is_being_written_at_the_end_is_whole(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun = threading.Event()

    def slow(folder: Path, snapshot: Snapshot) -> Path:
        begun.set()
        time.sleep(0.2)
        return write_snapshot(folder, snapshot)

    monkeypatch.setattr(keeper, "write_snapshot", slow)
    with running(qtbot, settings_for(tmp_path)) as live:
        live.wait_ready()
        press(live, Qt.Key.Key_F3)
        live.wait(begun.is_set)
        live.application.close()
    assert kept_files(tmp_path) == [".jpg", ".json", ".png"]
    (record,) = (json.loads(path.read_text()) for path in (tmp_path / "kept").rglob("*.json"))
    assert record["detection"] is not None


def test_a_snapshot_that_waits_for_the_model_at_the_end_is_kept_without_its_word(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(InferenceWorker, "analyse_now", lambda *_: None)
    with running(qtbot, settings_for(tmp_path)) as live:
        live.wait_streaming()
        press(live, Qt.Key.Key_F3)
        live.application.close()
    assert kept_files(tmp_path) == [".jpg", ".json"]
    (record,) = (json.loads(path.read_text()) for path in (tmp_path / "kept").rglob("*.json"))
    assert record["detection"] is None


def test_a_clip_is_recorded(qtbot: QtBot, tmp_path: Path) -> None:
    with running(qtbot, settings_for(tmp_path)) as live:
        live.wait_ready()
        press(live, Qt.Key.Key_R)
        live.wait(lambda: live.window.actions_["record"].isChecked())
        live.wait_detection()
        live.wait(lambda: live.application._clips.clip.seconds >= 0.5)
        live.wait_captured(5)
        press(live, Qt.Key.Key_R)
        told = live.wait_said("Kept as")
        assert not live.window.actions_["record"].isChecked()
    (clip,) = (path for path in (tmp_path / "kept").rglob("*") if path.is_file())
    assert clip.name in told
    assert frames_in(clip) >= 3


def frames_in(clip: Path) -> int:
    video = cv2.VideoCapture(str(clip))
    count = 0
    while video.read()[0]:
        count += 1
    video.release()
    return count


def test_closing_while_a_clip_is_recorded_leaves_a_clip(qtbot: QtBot, tmp_path: Path) -> None:
    with running(qtbot, settings_for(tmp_path)) as live:
        live.wait_ready()
        press(live, Qt.Key.Key_R)
        # Its first pictures are on the disk.
        live.wait(lambda: any(path.stat().st_size > 20_000 for path in (tmp_path / "kept").rglob("*.part")))
        press(live, Qt.Key.Key_Escape)
    (clip,) = (path for path in (tmp_path / "kept").rglob("*") if path.is_file())
    assert ".part" not in clip.name
    assert frames_in(clip) >= 1


def test_an_alarm_keeps_a_snapshot_and_a_clip_by_itself(qtbot: QtBot, tmp_path: Path) -> None:
    settings = settings_for(tmp_path, alarm__hold=0, alarm__snapshot=True, alarm__clip=True)
    with running(qtbot, settings) as live:
        live.wait_ready()
        live.wait_said("Kept as")
        live.wait(lambda: live.window.actions_["record"].isChecked())
        live.wait_captured(5)
    (record,) = (json.loads(path.read_text()) for path in (tmp_path / "kept").rglob("*.json"))
    assert record["reason"] == "alarm"
    assert record["detection"]["label"] == "positive"
    (clip,) = (tmp_path / "kept").rglob("*.avi")
    assert frames_in(clip) >= 1


def test_a_snapshot_that_the_model_has_not_seen_says_so(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(snapshots, "PATIENCE_SECONDS", 0.0)
    with running(qtbot, settings_for(tmp_path), one_source(Script())) as live:
        live.wait_streaming()
        monkeypatch.setattr(live.session.inference, "analyse_now", lambda *_: None)
        press(live, Qt.Key.Key_F3)
        told = live.wait_said("without a result")
    (record,) = (tmp_path / "kept").rglob("*.json")
    assert record.with_suffix(".jpg").name in told
    assert json.loads(record.read_text())["detection"] is None
