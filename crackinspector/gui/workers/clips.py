"""The clip worker: the thread that draws, encodes and writes video clips."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal

from crackinspector.core.detection import Detection
from crackinspector.core.frame import Frame
from crackinspector.core.labels import Label
from crackinspector.core.settings import Settings
from crackinspector.gui.workers.thread import LoopThread
from crackinspector.pipeline.clip_state import ClipState
from crackinspector.pipeline.clips import ClipRecorder


class ClipWorker(LoopThread):
    """Holds the last seconds and records clips; an `Inlet` of the camera loop.

    Signals:
        state_changed(object): a `ClipState`.
    """

    state_changed = Signal(object)

    def __init__(self, settings: Settings, folder: Path | None, parent: QObject | None = None) -> None:
        """`folder`: where what an earlier run left unfinished is finished first; None = nowhere."""
        self._recorder = ClipRecorder(settings, self._tell, folder=folder)
        self._shown: tuple[Detection, Label] | None = None
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

    def put(self, frame: Frame, /) -> bool:
        """Have a frame at hand, with what the screen says of it; the camera's thread."""
        detection, label = self._shown or (None, None)
        self._recorder.offer(frame, detection, label)
        return False

    def show(self, detection: Detection, label: Label) -> None:
        """What is on the screen now."""
        self._shown = detection, label

    def forget(self) -> None:
        """Nothing is on the screen now."""
        self._shown = None

    def begin(self, reason: str) -> bool:
        """Begin a clip, or have the present one go on; see `ClipRecorder.start`."""
        return self._recorder.start(reason)

    def end(self) -> None:
        """End the clip."""
        self._recorder.end()
