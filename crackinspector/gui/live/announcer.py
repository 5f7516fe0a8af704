"""Every word from the workers that ends on the screen: source, model, verdict, rates, what was kept or failed."""

from __future__ import annotations

import time

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtGui import QImage, QPixmap

from crackinspector.core.detection import Detection
from crackinspector.core.settings import Settings
from crackinspector.gui.labels import model_phase_word, source_name, source_state_word
from crackinspector.gui.live.session import Session
from crackinspector.gui.sentences import spoken, translated
from crackinspector.gui.settings.store import SettingsStore
from crackinspector.gui.window import Window
from crackinspector.gui.workers.clips import ClipWorker
from crackinspector.gui.workers.snapshots import Snapshots
from crackinspector.gui.workers.thread import LoopThread
from crackinspector.library.places import LOW_SPACE
from crackinspector.pipeline.clip_state import ClipPhase, ClipState
from crackinspector.pipeline.clips import ALARM
from crackinspector.pipeline.keeper import Kept
from crackinspector.pipeline.model_state import ModelPhase, ModelState
from crackinspector.pipeline.rates import RateSnapshot
from crackinspector.pipeline.steady import Verdict
from crackinspector.sources.source import SourceState
from crackinspector.sources.steady_feed import SourceStatus

LEAST_DELAY = 0.05
"""A word on a single picture is not steadied; nothing is said of that."""
SLOW_MS = 5000
"""A snapshot that is not on the disk by then is spoken of."""
_ACTION_OF = {"keeping": "snapshot", "clips": "record"}
"""What cannot be done any more once the worker of this name has stopped."""
_LOST = (SourceState.OFFLINE, SourceState.FAILED)
_TROUBLE = (SourceState.STALLED, *_LOST)
_SHOWING = (SourceState.STREAMING, SourceState.ENDED)


class Announcer(QObject):
    """Follows session, snapshots and clips, and shows what they say. GUI thread only.

    Signals:
        first_painted(): a frame is on screen for the first time.
    """

    first_painted = Signal()

    def __init__(
        self,
        window: Window,
        session: Session,
        snapshots: Snapshots,
        clips: ClipWorker,
        store: SettingsStore,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._window, self._session, self._clips = window, session, clips
        self._page, self._actions = window.live, window.actions_
        self._label_latency: float | None = None
        self._painted = False
        self._model_told = ""
        self._on_their_way = 0
        self._slow = QTimer(self, singleShot=True, interval=SLOW_MS)
        self._slow.timeout.connect(self._tell_slow_disk)
        session.frame.connect(self._page.picture.show_frame)
        session.detection.connect(self._show_detection)
        session.verdict_gone.connect(self._say_verdict)
        session.status.connect(self._show_status)
        session.frozen_changed.connect(self._show_frozen)
        session.model.connect(self._show_model)
        session.rates_due.connect(self._show_rates)
        clips.state_changed.connect(self._show_clip)
        snapshots.taken.connect(self._snapshot_taken)
        snapshots.kept.connect(self._snapshot_kept)
        snapshots.failed.connect(self._snapshot_failed)
        store.changed.connect(self._apply)
        store.save_failed.connect(self.say)
        self._page.picture.painted.connect(self._frame_painted)
        self._page.picture.detection_painted.connect(self._detection_painted)
        self._apply(store.current, "")
        self._say_verdict()

    @Slot(str)
    def say(self, sentence: str, *, error: bool = True) -> None:
        """Show a sentence over the page."""
        self._window.toast.show_message(spoken(sentence), "warning" if error else "info", error=error)

    @Slot(str)
    def tell(self, sentence: str) -> None:
        """Show a sentence that is no trouble."""
        self.say(sentence, error=False)

    def watch(self, *workers: LoopThread) -> None:
        """Tell when one of these breaks."""
        for worker in workers:
            worker.broke.connect(self._worker_broke)

    def retranslate(self) -> None:
        """Say everything again, in the language of the application."""
        self._say_source()
        self._say_verdict()
        self._say_state()
        self._say_trouble()

    @Slot(object, object)
    def _show_detection(self, detection: Detection | None, verdict: Verdict | None) -> None:
        self._page.picture.show_detection(detection)
        self._say_verdict()

    @Slot(object)
    def _show_status(self, status: SourceStatus) -> None:
        self._say_state()
        self._say_trouble()
        self._say_source()
        self._actions["retry"].setEnabled(status.state is not SourceState.STREAMING)
        self._say_verdict()

    def _say_source(self) -> None:
        status = self._session.status_now
        self._page.show_source("" if status is None or status.info is None else source_name(status.info.name))

    def _say_trouble(self) -> None:
        """Why there is no newer picture, and a way to try again, for as long as there is none."""
        status = self._session.status_now
        if status is not None and status.state in _TROUBLE:
            sentence = spoken(status.sentence or source_state_word(status.state, status.info))
            self._page.banner.show_trouble(sentence, remedy=status.state in _LOST)
        else:
            self._page.banner.show_trouble("")

    @Slot(bool)
    def _show_frozen(self, frozen: bool) -> None:
        self._actions["freeze"].setChecked(frozen)
        self._page.picture.set_frozen(frozen)
        self._say_state()

    @Slot(object)
    def _show_model(self, state: ModelState) -> None:
        self._page.show_model(state.name)
        if state.sentence and state.sentence != self._model_told:
            self.say(state.sentence)
        self._model_told = state.sentence
        self._say_verdict()

    @Slot(object)
    def _show_rates(self, rates: RateSnapshot) -> None:
        graph = self._page.panel.graph
        graph.add(rates)
        graph.set_latency(1000 * rates.label_latency.p50 if rates.label_latency.p50 else None)
        clip = self._clips.clip
        if clip.phase is ClipPhase.RECORDING:
            self._page.show_recording(clip.seconds)

    @Slot(str, bool)
    def _worker_broke(self, reason: str, again: bool) -> None:
        if again:
            self.say(self.tr("A part of the program failed and starts again: {reason}").format(reason=reason))
            return
        sentence = self.tr("A part of the program failed three times and stays stopped; start again: {reason}")
        sentence = sentence.format(reason=reason)
        self.say(sentence)
        action = _ACTION_OF.get(self.sender().objectName())
        if action is not None:
            self._actions.disable(action, sentence)

    @Slot(str)
    def _snapshot_taken(self, reason: str) -> None:
        self._on_their_way += 1
        if not self._slow.isActive():
            self._slow.start()
        if reason != ALARM:
            self._window.toast.show_message(self.tr("Keeping …"), "snapshot", seconds=None)

    @Slot(object)
    def _snapshot_kept(self, kept: Kept) -> None:
        self._snapshot_answered()
        sentence = self.tr("Kept as {name}").format(name=kept.path.name)
        low = kept.space_left is not None and kept.space_left < LOW_SPACE
        if low:
            little = self.tr("Little room is left for snapshots: {mb} MB.")
            sentence = f"{sentence}. {little.format(mb=(kept.space_left or 0) // 1_000_000)}"
        rows = kept.thumbnail
        height, width = rows.shape[:2]
        picture = QPixmap.fromImage(QImage(rows.data, width, height, rows.strides[0], QImage.Format.Format_BGR888))
        self._window.toast.show_message(sentence, "check", thumbnail=picture, error=low)
        self._page.gallery.show_picture(picture)

    @Slot(str)
    def _snapshot_failed(self, sentence: str) -> None:
        self._snapshot_answered()
        self.say(sentence)

    def _snapshot_answered(self) -> None:
        self._on_their_way -= 1
        self._slow.stop()
        if self._on_their_way > 0:
            self._slow.start()

    @Slot()
    def _tell_slow_disk(self) -> None:
        sentence = self.tr(
            "A snapshot is not on the disk after {seconds} seconds: the disk is slow or does not answer."
        )
        self.say(sentence.format(seconds=SLOW_MS // 1000))

    @Slot(object)
    def _show_clip(self, clip: ClipState) -> None:
        """The clip recorder does otherwise than before."""
        recording = clip.phase is ClipPhase.RECORDING
        self._actions["record"].setChecked(recording)
        self._page.show_recording(clip.seconds if recording else None)
        if clip.sentence:
            self.say(clip.sentence)
        elif clip.phase is ClipPhase.IDLE and clip.path is not None:
            self._window.toast.show_message(self.tr("Kept as {name}").format(name=clip.path.name), "check")

    @Slot(int)
    def _frame_painted(self, frame_id: int) -> None:
        latency, self._label_latency = self._label_latency, None
        self._session.rates.painted(latency)
        if not self._painted:
            self._painted = True
            self.first_painted.emit()

    @Slot(int)
    def _detection_painted(self, frame_id: int) -> None:
        detection = self._session.newest_detection
        if detection is not None and detection.frame_id == frame_id:
            self._label_latency = time.monotonic() - detection.captured_at

    @Slot(object, str)
    def _apply(self, settings: Settings, key: str) -> None:
        self._page.apply(settings)
        self._actions["heat_map"].setChecked(settings.view.heat_map)

    def _say_state(self) -> None:
        status = self._session.status_now
        if self._session.frozen:
            self._page.state.show_state("frozen", self.tr("Frozen"))
            return
        if status is None:
            return
        word = source_state_word(status.state, status.info)
        # What is wrong stands in the banner, and what is being opened where the picture will be.
        in_trouble = status.state in _TROUBLE
        brief = self._session.newest is not None and not in_trouble
        text = f"{word} – {translated(status.sentence)}" if status.sentence and brief else word
        self._page.state.show_state(status.state.value, text)
        self._page.picture.set_placeholder("" if in_trouble else spoken(status.sentence or word))

    @Slot()
    def _say_verdict(self) -> None:
        panel, verdict, model = self._page.panel.verdict, self._session.verdict, self._session.model_now
        status = self._session.status_now
        if status is not None and status.state not in _SHOWING and not self._session.frozen:
            # What was looked at last may still be answered.
            panel.show_no_verdict(self.tr("No picture"))
        elif verdict is not None:
            steadied = self.tr("steadied over {seconds} s").format(seconds=f"{verdict.delay_s:.1f}")
            detail = steadied if verdict.delay_s >= LEAST_DELAY else ""
            panel.show_verdict(verdict.label, verdict.sureness, detail)
        elif status is not None and status.state is SourceState.ENDED:
            panel.show_no_verdict(source_state_word(status.state, status.info))
        elif model is None or model.phase is not ModelPhase.READY:
            panel.show_verdict(None, None, model_phase_word(ModelPhase.LOADING if model is None else model.phase))
        else:
            panel.show_verdict(None, None, "")
