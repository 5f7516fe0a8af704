from __future__ import annotations

import dataclasses
import os
import threading
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import cv2
import numpy as np
import pytest

from crackinspector.core.frame import Frame
from crackinspector.core.settings import Settings
from crackinspector.library.claims import claim, part_of
from crackinspector.pipeline import avi, clip_file, clips
from crackinspector.pipeline.clip_file import recover_clips
from crackinspector.pipeline.clip_picture import Shot
from crackinspector.pipeline.clip_state import ClipPhase, ClipState
from crackinspector.pipeline.clips import AFTER_ALARM, ALARM, ClipRecorder
from tests.library import snapshots
from tests.library.full_disk import FullDisk


class Recording:
    """A recorder in its thread, with a clock that the frames' times move."""

    def __init__(self, folder: Path, recovered: Path | None = None, **keeping: object) -> None:
        self.now = 100.0
        self.folder = folder
        settings = Settings().changed("keeping.folder", str(folder)).changed("keeping.clip_overlay", False)
        for name, value in keeping.items():
            settings = settings.changed(f"keeping.{name}", value)
        self.settings = settings
        self.states: list[ClipState] = []
        self.told = threading.Condition()
        self.recorder = ClipRecorder(settings, self.hear, folder=recovered, clock=lambda: self.now)
        self.thread = threading.Thread(target=self.recorder.run)
        self.number = 0

    def hear(self, state: ClipState) -> None:
        with self.told:
            self.states.append(state)
            self.told.notify_all()

    def show(self, seconds: float, fps: float = 10, **of_frame: int) -> None:
        """Offer frames for some seconds, each with its number as its grey value."""
        began = self.now
        for shown in range(round(seconds * fps)):
            self.now = began + shown / fps
            self.recorder.offer(numbered(self.number, self.now, **of_frame))
            self.number += 1
        self.now = began + seconds

    def wait(self, phase: ClipPhase) -> ClipState:
        with self.told:
            assert self.told.wait_for(lambda: self.states and self.states[-1].phase is phase, 20), self.states
            return self.states[-1]

    def close(self) -> None:
        self.recorder.stop(20)
        if self.thread.ident is not None:
            self.thread.join(20)
            assert not self.thread.is_alive()


def numbered(number: int, captured_at: float, width: int = 48, height: int = 32) -> Frame:
    image = np.full((height, width, 3), number % 250, np.uint8)
    return Frame(number, captured_at, snapshots.MIDNIGHT + captured_at - 100, "Demo wall", image)


Make = Callable[..., Recording]


@pytest.fixture
def make(tmp_path: Path) -> Iterator[Make]:
    made: list[Recording] = []

    def one(**keeping: object) -> Recording:
        made.append(Recording(tmp_path / "kept", **keeping))  # type: ignore[arg-type]
        made[-1].thread.start()
        return made[-1]

    yield one
    for recording in made:
        recording.close()


def shown(path: Path | None) -> list[int]:
    """The grey value of each picture of a clip."""
    assert path is not None
    video = cv2.VideoCapture(str(path))
    values: list[int] = []
    while True:
        there, image = video.read()
        if not there:
            video.release()
            return values
        values.append(round(image.mean()))


def files(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


def test_a_clip_begins_before_its_start_and_ends_with_it(make: Make) -> None:
    recording = make(clip_before=1.0)
    recording.show(3)
    assert recording.recorder.state == ClipState()
    assert recording.recorder.start()
    recording.wait(ClipPhase.RECORDING)
    recording.show(0.5)
    assert recording.recorder.state.phase is ClipPhase.RECORDING
    assert recording.recorder.state.seconds == pytest.approx(0.5)
    recording.recorder.end()
    recording.show(1)
    state = recording.wait(ClipPhase.IDLE)
    assert shown(state.path) == list(range(20, 35))
    assert (state.reason, state.sentence) == ("person", "")
    assert state.seconds == pytest.approx(0.5)


def test_a_clip_is_named_by_its_first_picture_and_tells_what_it_is(make: Make) -> None:
    recording = make(clip_before=0)
    recording.recorder.start("Kim")
    recording.show(0.3)
    recording.recorder.end()
    path = recording.wait(ClipPhase.IDLE).path
    assert path is not None
    taken = datetime.fromtimestamp(snapshots.MIDNIGHT).astimezone()
    assert path == recording.folder / f"{taken:%Y-%m-%d}" / f"{taken:%H%M%S}-250_clip.avi"
    content = path.read_bytes()
    assert b"Demo wall; no model; started by Kim" in content
    assert taken.isoformat(timespec="milliseconds").encode() in content


@pytest.mark.parametrize("fps", [60, 25, 10.4])
def test_a_clip_takes_as_many_pictures_as_its_speed_says(make: Make, fps: float) -> None:
    recording = make(clip_before=0)
    recording.recorder.start()
    recording.show(3, fps)
    recording.recorder.end()
    path = recording.wait(ClipPhase.IDLE).path
    video = cv2.VideoCapture(str(path))
    assert video.get(cv2.CAP_PROP_FPS) == 10
    assert 29 <= video.get(cv2.CAP_PROP_FRAME_COUNT) <= 31
    video.release()
    assert len(shown(path)) >= 29


def test_time_passes_in_a_clip_while_the_camera_is_away(make: Make) -> None:
    recording = make(clip_before=0)
    recording.recorder.start()
    recording.show(1)
    recording.now += 2
    recording.show(1)
    recording.recorder.end()
    path = recording.wait(ClipPhase.IDLE).path
    video = cv2.VideoCapture(str(path))
    assert video.get(cv2.CAP_PROP_FRAME_COUNT) == 40
    video.release()
    assert shown(path) == list(range(20))


def test_what_is_long_past_is_not_in_a_clip(make: Make) -> None:
    recording = make(clip_before=2.0)
    recording.show(2)
    recording.now += 60
    recording.recorder.start()
    recording.show(0.5)
    recording.recorder.end()
    assert shown(recording.wait(ClipPhase.IDLE).path) == list(range(20, 25))


def test_a_clip_ends_at_its_longest(make: Make) -> None:
    recording = make(clip_before=0, clip_longest=5.0)
    recording.recorder.start()
    recording.show(8)
    state = recording.wait(ClipPhase.IDLE)
    assert shown(state.path) == list(range(50))
    assert state.seconds == 5


def test_a_clip_ends_at_its_longest_although_no_frames_come(make: Make) -> None:
    recording = make(clip_before=0, clip_longest=5.0)
    recording.recorder.start()
    recording.show(1)
    recording.now += 5
    assert shown(recording.wait(ClipPhase.IDLE).path) == list(range(10))


def test_an_alarm_has_its_clip_go_on(make: Make) -> None:
    recording = make(clip_before=0, clip_longest=60.0, clip_fps=1)
    recording.recorder.start(ALARM)
    recording.show(10, 1)
    recording.recorder.start(ALARM)
    recording.show(AFTER_ALARM + 5, 1)
    state = recording.wait(ClipPhase.IDLE)
    assert (state.reason, state.seconds) == (ALARM, 10 + AFTER_ALARM)


def test_alarms_do_not_make_a_clip_longer_than_the_longest(make: Make) -> None:
    recording = make(clip_before=0, clip_longest=20.0, clip_fps=1)
    for _ in range(3):
        recording.recorder.start(ALARM)
        recording.show(9, 1)
    assert recording.wait(ClipPhase.IDLE).seconds == 20


def test_a_person_takes_over_an_alarms_clip_and_no_alarm_shortens_it(make: Make) -> None:
    recording = make(clip_before=0, clip_longest=40.0, clip_fps=1)
    for reason in (ALARM, "person", ALARM):
        recording.recorder.start(reason)
        recording.show(1, 1)
    recording.show(50, 1)
    state = recording.wait(ClipPhase.IDLE)
    assert (state.reason, state.seconds) == ("person", 40)


def test_one_clip_may_begin_while_another_is_being_finished(make: Make) -> None:
    recording = make(clip_before=0)
    for _ in range(3):
        recording.recorder.start()
        recording.show(0.5)
        recording.recorder.end()
    recording.wait(ClipPhase.IDLE)
    recording.close()
    paths = sorted(recording.folder.rglob("*.avi"))
    assert [shown(path) for path in paths] == [list(range(5)), list(range(5, 10)), list(range(10, 15))]


def test_another_size_begins_another_file(make: Make) -> None:
    recording = make(clip_before=0)
    recording.recorder.start()
    recording.show(0.5)
    recording.show(0.5, width=32, height=48)
    recording.recorder.end()
    recording.wait(ClipPhase.IDLE)
    assert [shown(path) for path in sorted(recording.folder.rglob("*.avi"))] == [list(range(5)), list(range(5, 10))]


def test_a_file_that_grows_too_large_is_followed_by_another(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(avi, "LARGEST", 5000)
    recording = make(clip_before=0)
    recording.recorder.start()
    recording.show(2)
    recording.recorder.end()
    recording.wait(ClipPhase.IDLE)
    paths = sorted(recording.folder.rglob("*.avi"))
    assert len(paths) > 2
    assert [value for path in paths for value in shown(path)] == list(range(20))
    assert max(path.stat().st_size for path in paths) <= 5000


def test_a_clip_without_a_picture_says_so(make: Make) -> None:
    recording = make(clip_before=0)
    recording.recorder.start()
    recording.recorder.end()
    state = recording.wait(ClipPhase.FAILED)
    assert (state.path, state.sentence.partition(",")[0]) == (None, "nothing was recorded")
    recording.recorder.start()
    assert recording.wait(ClipPhase.RECORDING).sentence == ""


def test_a_full_disk_ends_a_clip_that_plays(make: Make) -> None:
    recording = make(clip_before=0)
    with FullDisk(6000):
        recording.recorder.start()
        recording.show(3)
        state = recording.wait(ClipPhase.FAILED)
    assert "No space left on device; free some space" in state.sentence
    assert state.sentence.endswith("what was recorded before is kept")
    values = shown(state.path)
    assert values == list(range(len(values)))
    assert 3 <= len(values) < 30


def test_a_disk_that_is_full_from_the_start_leaves_nothing(make: Make) -> None:
    recording = make(clip_before=0)
    with FullDisk(30):
        recording.recorder.start()
        recording.show(1)
        state = recording.wait(ClipPhase.FAILED)
    assert state.path is None
    assert files(recording.folder) == []


def test_a_clip_leaves_room_for_snapshots(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    left = iter([10**9, 10**9, 10**6])
    monkeypatch.setattr(clip_file, "space_left", lambda folder: next(left, 10**6))
    recording = make(clip_before=0)
    recording.recorder.start()
    recording.show(10)
    state = recording.wait(ClipPhase.FAILED)
    assert "less than 50 MB are left" in state.sentence
    assert len(shown(state.path)) == 40


def test_a_folder_that_is_a_file_has_its_sentence(make: Make, tmp_path: Path) -> None:
    recording = make(clip_before=0)
    (tmp_path / "kept").write_bytes(b"")
    recording.recorder.start()
    recording.show(1)
    assert "there is a file where a folder is needed" in recording.wait(ClipPhase.FAILED).sentence


def test_a_defect_ends_the_clip_with_a_sentence(
    make: Make, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(self: clip_file.ClipFile, shot: object) -> None:
        raise ZeroDivisionError("by zero")

    monkeypatch.setattr(clip_file.ClipFile, "add", broken)
    recording = make(clip_before=0)
    recording.recorder.start()
    recording.show(1)
    assert "(ZeroDivisionError: by zero); the log has the details" in recording.wait(ClipPhase.FAILED).sentence
    assert "Traceback" in caplog.text


def test_too_many_bytes_are_dropped_and_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clips, "MOST_BYTES", 10 * 48 * 32 * 3)
    recording = Recording(tmp_path, clip_before=3.0)
    recording.show(3)
    recording.recorder.start()
    recording.show(0.5)
    assert recording.recorder.state.dropped == 5
    recording.thread.start()
    recording.recorder.end()
    state = recording.wait(ClipPhase.IDLE)
    recording.close()
    assert shown(state.path) == list(range(20, 30))


def test_nothing_is_held_when_nothing_from_before_is_wanted(tmp_path: Path) -> None:
    recording = Recording(tmp_path, clip_before=3.0)
    recording.show(1)
    recording.recorder.configure(recording.settings.changed("keeping.clip_before", 0))
    recording.recorder.configure(recording.settings)
    recording.recorder.start()
    recording.recorder.stop()
    recording.recorder.run()
    assert "nothing was recorded" in recording.states[-1].sentence


def test_the_end_of_the_program_finishes_the_clip(make: Make) -> None:
    recording = make(clip_before=0)
    recording.recorder.start()
    recording.show(1)
    recording.close()
    assert shown(next(recording.folder.rglob("*.avi"))) == list(range(10))
    assert recording.recorder.state.phase is ClipPhase.IDLE
    assert not recording.recorder.start()


def test_what_there_is_no_time_for_at_the_end_is_counted(tmp_path: Path) -> None:
    recording = Recording(tmp_path, clip_before=0)
    recording.recorder.start()
    recording.show(1)
    recording.recorder.stop(within=0)
    recording.recorder.run()
    assert recording.recorder.state.dropped == 10
    assert files(tmp_path) == []


def test_a_receiver_that_fails_does_not_end_the_thread(make: Make, caplog: pytest.LogCaptureFixture) -> None:
    recording = make(clip_before=0)
    hear, failed = recording.hear, threading.Event()

    def broken(state: ClipState) -> None:
        recording.recorder._on_state = hear
        failed.set()
        raise RuntimeError("gone")

    recording.recorder._on_state = broken
    recording.recorder.start()
    recording.show(1)
    assert failed.wait(20)
    recording.recorder.end()
    recording.wait(ClipPhase.IDLE)
    assert "the receiver of the recorder's state failed" in caplog.text


def test_the_camera_thread_never_waits_for_a_busy_disk(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    busy, free = threading.Event(), threading.Event()
    add = clip_file.ClipFile.add

    def slow(self: clip_file.ClipFile, shot: Shot) -> None:
        busy.set()
        assert free.wait(20)
        add(self, shot)

    monkeypatch.setattr(clip_file.ClipFile, "add", slow)
    recording = make(clip_before=0)
    recording.recorder.start()
    recording.show(0.1)
    assert busy.wait(20)
    recording.show(5)
    assert recording.recorder.state.phase is ClipPhase.RECORDING
    recording.recorder.end()
    free.set()
    assert len(shown(recording.wait(ClipPhase.IDLE).path)) == 51


def test_with_overlay_a_clip_shows_map_and_words(make: Make) -> None:
    recording = make(clip_before=0, clip_overlay=True)
    recording.recorder.start()
    for number in range(5):
        frame = snapshots.frame(number, 640, 360, captured_at=100 + number / 10)
        detection = snapshots.detection(frame)
        recording.recorder.offer(frame, lambda shot, found=detection: dataclasses.replace(shot, detection=found))  # type: ignore[misc]
    recording.recorder.end()
    path = recording.wait(ClipPhase.IDLE).path
    video = cv2.VideoCapture(str(path))
    there, image = video.read()
    video.release()
    assert there
    assert image.shape == (360 + 46, 640, 3)
    changed = np.abs(image[:360].astype(int) - frame.image).max(axis=2)
    assert changed[180, 400:600].min() > 40
    assert np.median(changed[:100]) < 8


def interrupted(folder: Path, missing: int) -> Path:
    """What a killed program leaves of a clip of three pictures, without its last bytes, and the name that it gets."""
    day = folder / "2026-11-22"
    day.mkdir(parents=True)
    recording = Recording(folder / "other", clip_before=0)
    recording.recorder.start()
    recording.show(0.3)
    recording.recorder.stop(20)
    recording.recorder.run()
    whole = next((folder / "other").rglob("*.avi"))
    whole.rename(part_of(day / "x_clip.avi"))
    part = part_of(day / "x_clip.avi")
    os.truncate(part, part.stat().st_size - missing)
    return day / "x_clip.avi"


def test_the_clip_of_a_killed_program_is_finished_at_the_next_start(tmp_path: Path) -> None:
    path = interrupted(tmp_path, 56 + 10)
    again = Recording(tmp_path, recovered=tmp_path)
    again.recorder.stop()
    again.recorder.run()
    assert shown(path) == [0, 1]


def test_a_killed_clip_without_a_picture_is_removed(tmp_path: Path) -> None:
    path = interrupted(tmp_path, 1900)
    assert recover_clips(tmp_path) == []
    assert list(path.parent.iterdir()) == []


def test_a_clip_that_is_being_recorded_is_left_alone(tmp_path: Path) -> None:
    day = tmp_path / "2026-11-22"
    day.mkdir()
    claim(day, "x_clip", (".avi",))
    assert recover_clips(tmp_path) == []
    assert files(tmp_path) == [".x_clip.avi.part"]
