"""What happens between the threads and the live page: frames and detections in, orders out. Lives in the GUI thread."""

from __future__ import annotations

import time

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from crackinspector.core.detection import Detection
from crackinspector.core.frame import WHOLE, Frame, View
from crackinspector.core.mailbox import Mailbox
from crackinspector.core.settings import Settings
from crackinspector.gui.live.asked import OpenSource, feed_opener, look_settings, patience
from crackinspector.gui.settings.store import SettingsStore
from crackinspector.gui.workers.camera import CameraWorker
from crackinspector.gui.workers.clips import ClipWorker
from crackinspector.gui.workers.inference import InferenceWorker
from crackinspector.pipeline.alarm import Alarm
from crackinspector.pipeline.camera_loop import Inlet
from crackinspector.pipeline.inference_loop import Found
from crackinspector.pipeline.model_state import LookSettings, ModelState
from crackinspector.pipeline.rates import Rates
from crackinspector.pipeline.steady import Steadier, Verdict
from crackinspector.pipeline.suspend import Suspend
from crackinspector.sources.catalogue import open_source
from crackinspector.sources.source import SourceState
from crackinspector.sources.steady_feed import SourceStatus

RATES_MS = 500
REOPEN_MS = 700
"""Size and rate of a camera are set in steps; it is opened again once they rest."""

__all__ = ["OpenSource", "Session"]


class Session(QObject):
    """Runs the pipeline for one window. Everything but construction and `stop` happens by signals and slots.

    Signals:
        frame(object): the newest `Frame`, to be painted; none while frozen.
        detection(object, object): a `Detection` and the steadied `Verdict`; None and None where the last one says
            nothing about the picture any more.
        status(object): the source's `SourceStatus`.
        verdict_gone(): the last verdict says nothing about what is on screen any more.
        frozen_changed(bool): the picture is held still, or goes on.
        model(object): the `ModelState`.
        rates_due(object): a `RateSnapshot`, twice a second.
        alarm(object, object, object): a crack has been in view for as long as the settings say: the `Frame` that it is
            in, its `Detection` and the `Verdict`.
        started(): the first frame is there.

    Attributes:
        camera, inference: the two workers.
        rates: what both and the window count in.
        status_now, model_now: the newest `SourceStatus` and `ModelState`, None before the first.
        verdict: the steadied word on what is on screen, None where there is none that still holds.
    """

    frame = Signal(object)
    detection = Signal(object, object)
    verdict_gone = Signal()
    status = Signal(object)
    frozen_changed = Signal(bool)
    model = Signal(object)
    rates_due = Signal(object)
    alarm = Signal(object, object, object)
    started = Signal()

    def __init__(
        self,
        store: SettingsStore,
        clips: ClipWorker,
        opener: OpenSource = open_source,
        others: tuple[Inlet, ...] = (),
        parent: QObject | None = None,
        suspend: Suspend | None = None,
    ) -> None:
        """`others` get every frame before the clips do; `suspend` says whether the computer has slept."""
        super().__init__(parent)
        settings = self._settings = store.current
        self._opener = opener
        self._store = store
        self._clips = clips
        self._shown: Mailbox[Frame] = Mailbox()
        self._looked_at: Mailbox[Frame] = Mailbox()
        self._found: Mailbox[Found] = Mailbox()
        self._suspend = suspend or Suspend()
        self._asked_model = settings.detection.model
        self._view = WHOLE
        self._frozen: Frame | None = None
        self._newest: Frame | None = None
        self._on_screen: Frame | None = None
        # Detections of earlier frames are of another scene.
        self._first_id = 0
        self._detection: Detection | None = None
        self._detected_at = 0.0
        self.status_now: SourceStatus | None = None
        self.model_now: ModelState | None = None
        self.verdict: Verdict | None = None
        self.rates = Rates()
        self._steadier = Steadier(settings.detection.delay, settings.detection.threshold)
        self._alarm = Alarm(settings.alarm.hold, settings.alarm.pause)
        inlets: tuple[Inlet, ...] = (self._looked_at, *others, clips)
        self.camera = CameraWorker(feed_opener(opener, settings), (self._shown, *inlets), self.rates, self)
        self.inference = InferenceWorker(self._looked_at, self._found, self.rates, self._asked_model, self.look(), self)
        self.camera.frame_ready.connect(self._take_frame)
        self.camera.status_changed.connect(self._take_status)
        self.inference.detection_ready.connect(self._take_detection)
        self.inference.state_changed.connect(self._take_model)
        store.changed.connect(self._settings_changed)
        self._ticker = QTimer(self)
        self._ticker.setInterval(RATES_MS)
        self._ticker.timeout.connect(self._tick)
        self._reopening = QTimer(self, singleShot=True, interval=REOPEN_MS)
        self._reopening.timeout.connect(self._reopen)

    def start(self) -> None:
        """Open the source at once; the model follows when the first picture is there, so that it comes sooner."""
        self.camera.start()
        self._ticker.start()

    @Slot()
    def start_inference(self) -> None:
        """Load the model and look at frames; calling it again does nothing."""
        if not self.inference.isRunning():
            self.inference.start()

    def stop(self) -> None:
        """Ask both workers to end; what they have given before may still arrive."""
        self._ticker.stop()
        self._reopening.stop()
        self.camera.stop()
        self.inference.stop()

    @property
    def frozen(self) -> bool:
        """Whether the picture is held still."""
        return self._frozen is not None

    @property
    def newest(self) -> Frame | None:
        """The frame on screen: what a snapshot keeps."""
        return self._on_screen

    @property
    def newest_detection(self) -> Detection | None:
        """The one on screen."""
        return self._detection

    def look(self) -> LookSettings:
        """What the model is asked for now."""
        return look_settings(self._store.current, self._view)

    @Slot(object)
    def set_view(self, view: View) -> None:
        """The model sees what the person sees."""
        if view != self._view:
            self._view = view
            self._look_again()

    @Slot(bool)
    def set_frozen(self, frozen: bool) -> None:
        """Hold the frame on screen, or go on with the newest; nothing is held before there is one."""
        self._frozen = self._on_screen if frozen else None
        self._steadier.reset()
        self._look_again()
        self.frozen_changed.emit(self.frozen)
        if not frozen and self._newest is not None:
            self._show(self._newest)

    @Slot(str)
    def choose_model(self, name: str) -> None:
        """Look with this model; the same again is loaded again, after its file was replaced or it has failed."""
        if name == self._store.current.detection.model:
            self._ask_model(name)
        else:
            self._store.set("detection.model", name)

    @Slot()
    def retry(self) -> None:
        """Try the source again now."""
        self.camera.retry()

    @Slot()
    def _take_frame(self) -> None:
        frame = self._shown.take()
        if frame is None:
            return
        self._notice_suspend()
        first, self._newest = self._newest is None, frame
        if self._frozen is None:
            self._show(frame)
        if first:
            self.started.emit()

    def _show(self, frame: Frame) -> None:
        before, self._on_screen = self._on_screen, frame
        if before is None or before.scene != frame.scene:
            self._begin_scene(frame.id)
        self.frame.emit(frame)

    def _begin_scene(self, first_id: int) -> None:
        """Nothing that was found in an earlier frame says anything about those to come."""
        self._first_id = first_id
        self._steadier.reset()
        if self._detection is not None:
            self._detection = None
            self._forget_verdict()
            self.detection.emit(None, None)

    @Slot()
    def _take_detection(self) -> None:
        # Its frame, or a newer one, came before it.
        self._take_frame()
        found = self._found.take()
        if found is None:
            return
        frame, detection = found
        if detection.frame_id != self._frozen.id if self._frozen is not None else detection.frame_id < self._first_id:
            return
        self._detection = detection
        verdict = self.verdict = self._steadier.add(detection)
        now = self._detected_at = time.monotonic()
        self._clips.show(detection, verdict)
        self.detection.emit(detection, verdict)
        if self._frozen is None and self._alarm.update(verdict, now):
            self.alarm.emit(frame, detection, verdict)

    @Slot(object)
    def _take_status(self, status: SourceStatus) -> None:
        self.status_now = status
        if status.state is not SourceState.STREAMING and self._frozen is None:
            self._forget_verdict()
        self.status.emit(status)

    @Slot(object)
    def _take_model(self, state: ModelState) -> None:
        self.model_now = state
        self.model.emit(state)
        if state.refused and state.asked == self._store.current.detection.model:
            # or the next start would fail with it
            self._asked_model = state.choice
            self._store.set("detection.model", state.choice)

    def _forget_verdict(self) -> None:
        if self.verdict is not None:
            self.verdict = None
            self._clips.forget()
            self.verdict_gone.emit()

    def _notice_suspend(self) -> None:
        if not self._suspend.is_over():
            return
        self.rates.forget()
        if self._frozen is None and self._newest is not None:
            self._begin_scene(self._newest.id + 1)

    @Slot()
    def _tick(self) -> None:
        self._notice_suspend()
        rates, age = self.rates.snapshot(), time.monotonic() - self._detected_at
        if self._frozen is None and age > patience(self._settings, self.status_now, rates.latency.p95):
            self._forget_verdict()
        self.rates_due.emit(rates)

    @Slot(object, str)
    def _settings_changed(self, settings: Settings, key: str) -> None:
        before, self._settings = self._settings, settings
        if settings.detection != before.detection:
            self._steadier.configure(settings.detection.delay, settings.detection.threshold)
            if settings.detection.model != self._asked_model:
                self._ask_model(settings.detection.model)
            self._look_again()
        if settings.alarm != before.alarm:
            self._alarm.configure(settings.alarm.hold, settings.alarm.pause)
        if settings.keeping != before.keeping:
            self._clips.configure(settings)
        if settings.source.name != before.source.name:
            self._reopen()
        elif settings.source != before.source:
            self._reopening.start()
        section, _, source = key.partition(".")
        if section == "cameras":
            self.camera.set_camera(source, self._store.camera(source))

    def _ask_model(self, name: str) -> None:
        self._asked_model = name
        self.inference.change_model(name)

    @Slot()
    def _reopen(self) -> None:
        """Open the source that the settings name."""
        self._reopening.stop()
        self.set_frozen(False)
        self._clips.forget()
        self.camera.change(feed_opener(self._opener, self._settings))

    def _look_again(self) -> None:
        self.inference.configure(self.look())
        self.inference.hold(self._frozen)
