"""What the session makes of frames and detections, without its threads."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from pytestqt.qtbot import QtBot

from crackinspector.core.detection import Detection
from crackinspector.core.frame import Frame
from crackinspector.core.settings import CameraSettings, Settings
from crackinspector.gui.live.session import Session
from crackinspector.gui.settings.store import SettingsStore
from crackinspector.gui.workers.clips import ClipWorker
from crackinspector.pipeline.model_state import ModelPhase, ModelState
from crackinspector.pipeline.steady import Verdict
from crackinspector.pipeline.suspend import Suspend
from tests.pipeline.makers import make_detection, make_frame


class Driven:
    """A session whose threads are not started: a test does what they would do."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.slept = 0.0
        settings = Settings().changed("alarm.hold", 0).changed("detection.delay", 0)
        self.store = SettingsStore(settings)
        self.clips = ClipWorker(settings, None)
        self.session = Session(self.store, self.clips, suspend=Suspend(lambda: self.slept))
        self.frames: list[Frame] = []
        self.detections: list[Detection | None] = []
        self.alarms: list[tuple[Any, ...]] = []
        self.calls: list[tuple[str, Any]] = []
        self._keep = [self._alarmed, self._found]
        self.session.frame.connect(self.frames.append)
        self.session.detection.connect(self._found)
        self.session.alarm.connect(self._alarmed)
        for worker, name in (
            (self.session.camera, "change"),
            (self.session.camera, "set_camera"),
            (self.session.inference, "change_model"),
            (self.session.inference, "hold"),
        ):
            monkeypatch.setattr(worker, name, lambda *given, name=name: self.calls.append((name, given)))

    def _alarmed(self, *values: object) -> None:
        self.alarms.append(values)

    def _found(self, detection: Detection | None, verdict: object) -> None:
        self.detections.append(detection)

    def capture(self, number: int, **changes: Any) -> Frame:
        frame = dataclasses.replace(make_frame(number), **changes)
        self.session._shown.put(frame)
        self.session._take_frame()
        return frame

    def find(self, frame: Frame, crack: float = 0.99) -> Detection:
        detection = dataclasses.replace(make_detection(crack), frame_id=frame.id, captured_at=frame.captured_at)
        self.session._found.put((frame, detection))
        self.session._take_detection()
        return detection

    def said(self) -> tuple[Detection | None, Verdict | None]:
        return self.session.newest_detection, self.session.verdict

    def called(self, name: str) -> list[Any]:
        return [given for called, given in self.calls if called == name]


@pytest.fixture
def driven(qapp: object, monkeypatch: pytest.MonkeyPatch) -> Iterator[Driven]:
    driven = Driven(monkeypatch)
    yield driven
    driven.session.stop()
    for part in (driven.session, driven.clips, driven.store):
        part.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


CHANGES: list[dict[str, Any]] = [
    {"source": "Another"},
    {"turn": (180, False)},
    {"turn": (0, True)},
    {"image": np.zeros((40, 60, 3), np.uint8)},
]


@pytest.mark.parametrize("change", CHANGES, ids=["source", "rotation", "mirror", "size"])
def test_what_was_found_in_another_scene_goes_and_does_not_come_back(driven: Driven, change: dict[str, Any]) -> None:
    old = driven.capture(1)
    driven.find(old)
    late = driven.capture(2)
    driven.capture(3, **change)
    assert driven.detections[-1] is None
    assert driven.said() == (None, None)
    driven.find(late)
    assert driven.said() == (None, None)
    new = driven.capture(4, **change)
    assert driven.session.newest_detection is None
    assert driven.find(new) is driven.session.newest_detection


def test_a_detection_that_overtakes_its_frame_counts(driven: Driven) -> None:
    driven.capture(1)
    frame = dataclasses.replace(make_frame(2), source="Another")
    driven.session._shown.put(frame)
    found = driven.find(frame)
    assert driven.frames[-1] is frame
    assert driven.session.newest_detection is found


def test_after_unfreezing_the_newest_frame_is_on_screen_and_is_kept(driven: Driven) -> None:
    held = driven.capture(1)
    driven.session.set_frozen(True)
    newest = driven.capture(2)
    assert driven.frames[-1] is driven.session.newest is held
    driven.session.set_frozen(True)
    assert driven.session.newest is held
    driven.session.set_frozen(False)
    assert driven.frames[-1] is driven.session.newest is newest


def test_a_scene_that_changed_while_frozen_is_another_one_afterwards(driven: Driven) -> None:
    frame = driven.capture(1)
    driven.session.set_frozen(True)
    found = driven.find(frame)
    driven.capture(2, turn=(90, False))
    assert driven.session.newest_detection is found
    driven.session.set_frozen(False)
    assert driven.session.newest_detection is None


def test_an_alarm_tells_the_very_frame_and_none_comes_while_frozen(driven: Driven) -> None:
    first = driven.capture(1)
    driven.capture(2)
    driven.session.set_frozen(True)
    driven.find(driven.frames[-1])
    assert driven.alarms == []
    driven.session.set_frozen(False)
    driven.capture(3)
    found = driven.find(first)
    ((frame, detection, verdict),) = driven.alarms
    assert frame is first and detection is found
    assert verdict is driven.session.verdict


def test_after_a_suspend_nothing_from_before_it_is_believed(driven: Driven) -> None:
    driven.session.rates.captured()
    driven.session.rates.inferred(0.1, 0.1)
    frame = driven.capture(1)
    driven.find(frame)
    driven.slept = 3600.0
    driven.session._tick()
    assert driven.detections[-1] is None and driven.session.verdict is None
    assert driven.session.rates.snapshot().latency.p50 == 0
    driven.find(frame)
    assert driven.session.newest_detection is None
    assert driven.find(driven.capture(2)) is driven.session.newest_detection


def test_a_refused_model_is_not_what_the_settings_keep(driven: Driven) -> None:
    driven.session._take_model(ModelState(ModelPhase.READY, "classifier", choice="classifier"))
    driven.store.set("detection.model", "/models/broken.tflite")
    assert driven.called("change_model") == [("/models/broken.tflite",)]
    driven.session._take_model(ModelState(ModelPhase.LOADING, "/models/broken.tflite", choice="classifier"))
    driven.session._take_model(ModelState(ModelPhase.READY, "/models/broken.tflite", "No.", choice="classifier"))
    assert driven.store.current.detection.model == "classifier"
    assert len(driven.called("change_model")) == 1
    driven.store.set("detection.model", "/models/broken.tflite")
    assert len(driven.called("change_model")) == 2


def test_the_word_on_a_refused_model_does_not_undo_a_later_choice(driven: Driven) -> None:
    driven.store.set("detection.model", "/models/broken.tflite")
    driven.store.set("detection.model", "classifier-light")
    driven.session._take_model(ModelState(ModelPhase.READY, "/models/broken.tflite", "No.", choice="classifier"))
    assert driven.store.current.detection.model == "classifier-light"


def test_the_same_model_can_be_chosen_again(driven: Driven) -> None:
    driven.session.choose_model("classifier")
    driven.session.choose_model("classifier-light")
    driven.session.choose_model("classifier-light")
    assert driven.called("change_model") == [("classifier",), ("classifier-light",), ("classifier-light",)]
    assert driven.store.current.detection.model == "classifier-light"


def test_steps_of_size_and_rate_open_the_source_once_and_another_source_at_once(
    driven: Driven, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    driven.session._reopening.setInterval(50)
    for width in (640, 800, 1024):
        driven.store.set("source.width", width)
    assert driven.called("change") == []
    qtbot.waitUntil(lambda: bool(driven.called("change")))
    driven.store.set("source.fps", 10)
    driven.store.set("source.name", "demo")
    assert len(driven.called("change")) == 2
    assert not driven.session._reopening.isActive()


def test_a_reset_that_changes_nothing_here_does_nothing_here(driven: Driven) -> None:
    driven.store.reset_page()
    driven.capture(1)
    driven.session.set_frozen(True)
    driven.calls.clear()
    driven.store.set("interface.theme", "sunlight")
    driven.store.reset_page()
    assert driven.calls == []
    assert driven.session.frozen
    assert not driven.session._reopening.isActive()


def test_a_camera_s_settings_go_to_the_source_that_they_name(driven: Driven) -> None:
    driven.store.set_camera("usb-1.2", CameraSettings(90))
    assert driven.called("set_camera") == [("usb-1.2", CameraSettings(90))]
