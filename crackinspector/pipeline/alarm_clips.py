"""Video clips of a run without a window: each alarm begins one, or has the present one go on."""

from __future__ import annotations

import time
from collections.abc import Callable

from crackinspector.core.detection import Detection
from crackinspector.core.frame import Frame
from crackinspector.core.settings import Settings
from crackinspector.core.text import printable
from crackinspector.library.places import keeping_folder
from crackinspector.pipeline.clip_picture import Shot
from crackinspector.pipeline.clip_state import ClipPhase, ClipState
from crackinspector.pipeline.clips import ALARM, ClipRecorder
from crackinspector.pipeline.freshness import Freshness
from crackinspector.pipeline.steady import Verdict


class AlarmClips:
    """Gives frames, with what was found in them, to a recorder; an `Inlet` of the camera loop.

    `run` belongs to a thread of its own, `put` to the camera's, `show` and `alarm` to the model's; any thread may call
    the rest.
    """

    def __init__(self, settings: Settings, tell: Callable[[str], None]) -> None:
        """`tell` is given a sentence about each clip; it is called in `run`'s thread.

        Raises:
            StorageError: there is no folder to keep clips in.
        """
        self._tell = tell
        self._recorder = ClipRecorder(settings, self._follow, folder=keeping_folder(settings.keeping.folder))
        self._shown: tuple[Detection, Verdict, float] | None = None
        self._freshness = Freshness()

    def run(self) -> None:
        """Record until `stop`."""
        self._recorder.run()

    def stop(self, within: float) -> None:
        """Finish the clip and end `run`; see `ClipRecorder.stop`."""
        self._recorder.stop(within)

    def put(self, frame: Frame, /) -> bool:
        """Have a frame at hand for a clip."""
        self._recorder.offer(frame, self._with_overlay)
        return False

    def show(self, detection: Detection, verdict: Verdict) -> None:
        """What was found last."""
        self._shown = detection, verdict, self._freshness.whole_until(detection, time.monotonic())

    def forget(self) -> None:
        """What was found says nothing about the frames to come."""
        self._shown = None

    def alarm(self) -> None:
        """Begin a clip, or have the present one go on."""
        self._recorder.start(ALARM)

    def _with_overlay(self, shot: Shot) -> Shot:
        return shot if self._shown is None else Shot(shot.place, shot.frame, *self._shown)

    def _follow(self, state: ClipState) -> None:
        if state.sentence:
            self._tell(state.sentence)
        elif state.phase is ClipPhase.IDLE and state.path is not None:
            self._tell(f"alarm: kept {printable(state.path)}")
