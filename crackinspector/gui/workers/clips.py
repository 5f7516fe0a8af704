"""The clip worker: the thread that draws, encodes and writes video clips."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from crackinspector.core.detection import Detection
from crackinspector.core.frame import Frame
from crackinspector.core.settings import Settings
from crackinspector.gui.workers.thread import LoopThread
from crackinspector.pipeline.clip_picture import Shot
from crackinspector.pipeline.clip_state import ClipState
from crackinspector.pipeline.clips import ClipRecorder
from crackinspector.pipeline.freshness import Freshness
from crackinspector.pipeline.steady import Verdict


class ClipWorker(LoopThread):
    """Holds the last seconds and records clips; an `Inlet` of the camera loop.

    Signals:
        state_changed(object): a `ClipState`.
    """

    state_changed = Signal(object)

    def __init__(self, settings: Settings, folder: Path | None, parent: QObject | None = None) -> None:
        """`folder`: where what an earlier run left unfinished is finished first; None = nowhere."""
        self._recorder = ClipRecorder(settings, self._tell, folder=folder)
        self._shown: tuple[Detection, Verdict, float] | None = None
        self._moved: Callable[[int, int], tuple[float, float] | None] | None = None
        self._freshness = Freshness()
        super().__init__("clips", self._recorder, parent)

    def _tell(self, state: ClipState) -> None:
        self.state_changed.emit(state)

    @property
    def clip(self) -> ClipState:
        """What the recorder is doing now."""
        return self._recorder.state

    def configure(self, settings: Settings) -> None:
        """Take other settings for the clips to come."""
        self._recorder.configure(settings)

    def carry_by(self, moved: Callable[[int, int], tuple[float, float] | None]) -> None:
        """Draw what was found where it has moved to, as `moved` says by the ids of its frame and of a later one."""
        self._moved = moved

    def put(self, frame: Frame, /) -> bool:
        """Have a frame at hand, with what the screen says of it; the camera's thread."""
        self._recorder.offer(frame, self._with_overlay)
        return False

    def show(self, detection: Detection, verdict: Verdict) -> None:
        """What is on the screen now."""
        self._shown = detection, verdict, self._freshness.whole_until(detection, time.monotonic())

    def forget(self) -> None:
        """Nothing is on the screen now."""
        self._shown = None

    def _with_overlay(self, shot: Shot) -> Shot:
        shown, moved = self._shown, self._moved
        if shown is None:
            return shot
        detection, verdict, whole_until = shown
        way = None if moved is None else moved(detection.frame_id, shot.frame.id)
        return Shot(shot.place, shot.frame, detection, verdict, whole_until, way)

    def begin(self, reason: str) -> bool:
        """Begin a clip, or have the present one go on; see `ClipRecorder.start`."""
        return self._recorder.start(reason)

    def end(self) -> None:
        """End the clip."""
        self._recorder.end()
