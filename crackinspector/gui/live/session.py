"""What happens between the threads and the live page: frames and detections in, orders out. Lives in the GUI thread."""

from __future__ import annotations

import functools
import time
from collections.abc import Callable
from threading import Event

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from crackinspector.core.detection import Detection
from crackinspector.core.frame import WHOLE, Frame, View
from crackinspector.core.mailbox import Mailbox
from crackinspector.core.settings import Settings, SourceSettings
from crackinspector.gui.settings.store import SettingsStore
from crackinspector.gui.workers.camera import CameraWorker
from crackinspector.gui.workers.clips import ClipWorker
from crackinspector.gui.workers.inference import InferenceWorker
from crackinspector.pipeline.alarm import Alarm
from crackinspector.pipeline.camera_loop import FeedLike, Inlet
from crackinspector.pipeline.inference_loop import Found
from crackinspector.pipeline.model_state import LookSettings, ModelState
from crackinspector.pipeline.rates import Rates
from crackinspector.pipeline.steady import Steadier, Verdict
from crackinspector.sources.catalogue import open_source
from crackinspector.sources.source import FrameSource, SourceState
from crackinspector.sources.steady_feed import Feed, SourceStatus

RATES_MS = 500
STALE_SECONDS = 1.0
"""A verdict that is older than this by more than its source and model take says nothing any more."""
OpenSource = Callable[[str, SourceSettings, Event | None], FrameSource]


class Session(QObject):
    """Runs the pipeline for one window. Everything but construction and `stop` happens by signals and slots.

    Signals:
        frame(object): the newest `Frame`, to be painted; none while frozen.
        detection(object, object): a `Detection` and the steadied `Verdict`.
        status(object): the source's `SourceStatus`.
        verdict_gone(): the last verdict says nothing about what is on screen any more.
        frozen_changed(bool): the picture is held still, or goes on.
        model(object): the `ModelState`.
        rates_due(object): a `RateSnapshot`, twice a second.
        alarm(): a crack has been in view for as long as the settings say.
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
    alarm = Signal()
    started = Signal()

    def __init__(
        self,
        store: SettingsStore,
        clips: ClipWorker,
        opener: OpenSource = open_source,
        others: tuple[Inlet, ...] = (),
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        settings = store.current
        self._opener = opener
        self._store = store
        self._clips = clips
        self._shown: Mailbox[Frame] = Mailbox()
        self._looked_at: Mailbox[Frame] = Mailbox()
        self._found: Mailbox[Found] = Mailbox()
        self._view = WHOLE
        self._frozen: Frame | None = None
        self._newest: Frame | None = None
        self._detection: Detection | None = None
        self._detected_at = 0.0
        self.status_now: SourceStatus | None = None
        self.model_now: ModelState | None = None
        self.verdict: Verdict | None = None
        self.rates = Rates()
        self._steadier = Steadier(settings.detection.delay, settings.detection.threshold)
        self._alarm = Alarm(settings.alarm.hold, settings.alarm.pause)
        inlets: tuple[Inlet, ...] = (self._looked_at, clips, *others)
        self.camera = CameraWorker(self._feed_opener(settings), (self._shown, *inlets), self.rates, self)
        self.inference = InferenceWorker(
            self._looked_at, self._found, self.rates, settings.detection.model, self.look(), self
        )
        self.camera.frame_ready.connect(self._take_frame)
        self.camera.status_changed.connect(self._take_status)
        self.inference.detection_ready.connect(self._take_detection)
        self.inference.state_changed.connect(self._take_model)
        store.changed.connect(self._settings_changed)
        self._ticker = QTimer(self)
        self._ticker.setInterval(RATES_MS)
        self._ticker.timeout.connect(self._tick)

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
        """Ask both workers to end, and take nothing from them any more."""
        self._ticker.stop()
        self.camera.stop()
        self.inference.stop()

    @property
    def frozen(self) -> bool:
        """Whether the picture is held still."""
        return self._frozen is not None

    @property
    def newest(self) -> Frame | None:
        """The frame on screen: what a snapshot keeps."""
        return self._frozen or self._newest

    @property
    def newest_detection(self) -> Detection | None:
        """The detection on screen."""
        return self._detection

    def look(self) -> LookSettings:
        """What the model is asked for now."""
        detection = self._store.current.detection
        return LookSettings(
            view=self._view,
            threshold=detection.threshold,
            detail=detection.detail,
            most_fps=detection.most_fps,
            threads=detection.threads,
        )

    @Slot(object)
    def set_view(self, view: View) -> None:
        """The model sees what the person sees."""
        if view != self._view:
            self._view = view
            self._look_again()

    @Slot(bool)
    def set_frozen(self, frozen: bool) -> None:
        """Hold the newest frame, or go on; nothing is held before there is one."""
        self._frozen = self._newest if frozen else None
        self._steadier.reset()
        self._look_again()
        self.frozen_changed.emit(self.frozen)

    @Slot()
    def retry(self) -> None:
        """Try the source again now."""
        self.camera.retry()

    @Slot()
    def _take_frame(self) -> None:
        frame = self._shown.take()
        if frame is None:
            return
        first = self._newest is None
        self._newest = frame
        if self._frozen is None:
            self.frame.emit(frame)
        if first:
            self.started.emit()

    @Slot()
    def _take_detection(self) -> None:
        found = self._found.take()
        detection = None if found is None else found[1]
        if detection is None or (self._frozen is not None and detection.frame_id != self._frozen.id):
            return
        self._detection = detection
        verdict = self.verdict = self._steadier.add(detection)
        self._detected_at = time.monotonic()
        self._clips.show(detection, verdict.label)
        self.detection.emit(detection, verdict)
        if self._alarm.update(verdict, time.monotonic()):
            self.alarm.emit()

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

    def _forget_verdict(self) -> None:
        if self.verdict is not None:
            self.verdict = None
            self._clips.forget()
            self.verdict_gone.emit()

    @Slot()
    def _tick(self) -> None:
        if self._frozen is None and time.monotonic() - self._detected_at > self._patience():
            self._forget_verdict()
        self.rates_due.emit(self.rates.snapshot())

    @Slot(object, str)
    def _settings_changed(self, settings: Settings, key: str) -> None:
        section = key.partition(".")[0]
        if section in ("", "detection"):
            self._steadier.configure(settings.detection.delay, settings.detection.threshold)
            if key in ("", "detection.model"):
                self.inference.change_model(settings.detection.model)
            self._look_again()
        if section in ("", "alarm"):
            self._alarm.configure(settings.alarm.hold, settings.alarm.pause)
        if section in ("", "keeping"):
            self._clips.configure(settings)
        if section in ("", "source"):
            self.set_frozen(False)
            self._clips.forget()
            self.camera.change(self._feed_opener(settings))
        if section == "cameras":
            source = key.partition(".")[2]
            self.camera.set_camera(source, self._store.camera(source))

    def _patience(self) -> float:
        """How old a verdict may be: slow models and slow sources give few, and each holds until the next is due."""
        detection = self._store.current.detection
        interval = 1 / detection.most_fps if detection.most_fps > 0 else 0.0
        if self.status_now is not None and self.status_now.info is not None and self.status_now.info.fps > 0:
            interval = max(interval, 1 / self.status_now.info.fps)
        return STALE_SECONDS + 2 * interval + 2 * self.rates.snapshot().latency.p95

    def _look_again(self) -> None:
        self.inference.configure(self.look())
        self.inference.hold(self._frozen)

    def _feed_opener(self, settings: Settings) -> Callable[[Event], FeedLike]:
        return functools.partial(_open_feed, self._opener, settings)


def _open_feed(opener: OpenSource, settings: Settings, stop: Event) -> FeedLike:
    return Feed(functools.partial(opener, settings.source.name, settings.source, stop), settings.cameras, stop)
