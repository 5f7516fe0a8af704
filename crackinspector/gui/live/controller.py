"""What the live page does: every action, and every word from the workers that ends on the screen."""

from __future__ import annotations

import time
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices, QImageReader, QPixmap

from crackinspector.core.detection import Detection
from crackinspector.core.errors import StorageError
from crackinspector.core.frame import Frame, View
from crackinspector.core.labels import Label
from crackinspector.core.settings import RULES, Settings
from crackinspector.gui.labels import model_phase_word, source_state_word
from crackinspector.gui.live.session import Session
from crackinspector.gui.look import current_look
from crackinspector.gui.settings.store import SettingsStore
from crackinspector.gui.window import LIVE, Window
from crackinspector.gui.workers.clips import ClipWorker
from crackinspector.gui.workers.snapshots import Snapshots
from crackinspector.library.places import LOW_SPACE, keeping_folder, space_left
from crackinspector.library.record import Snapshot
from crackinspector.pipeline.clip_state import ClipPhase, ClipState
from crackinspector.pipeline.clips import ALARM
from crackinspector.pipeline.model_state import ModelPhase, ModelState
from crackinspector.pipeline.rates import RateSnapshot
from crackinspector.pipeline.steady import Verdict
from crackinspector.sources.source import SourceState
from crackinspector.sources.steady_feed import SourceStatus

STALE_SECONDS = 1.0
"""A verdict older than this says nothing about the picture any more."""
_LOST = (SourceState.OFFLINE, SourceState.FAILED)
_TROUBLE = (SourceState.STALLED, *_LOST)
PAGES = ("more", "sources", "models", "settings", "help")


class LiveController(QObject):
    """Ties window, session, snapshots and clips together. GUI thread only.

    Signals:
        leave(): the person wants to end the program.
        first_painted(): a frame is on screen for the first time.
    """

    leave = Signal()
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
        self._window, self._session, self._snapshots = window, session, snapshots
        self._clips, self._store = clips, store
        self._page, self._actions = window.live, window.actions_
        self._model: ModelState | None = None
        self._verdict: Verdict | None = None
        self._verdict_at = 0.0
        self._label_latency: float | None = None
        self._painted = False
        self._trouble = ""
        self._connect_session()
        self._connect_page()
        self._connect_actions()
        self._apply(store.current, "")
        self._say_verdict()

    def say(self, sentence: str, *, error: bool = True) -> None:
        """Show a sentence over the page."""
        self._window.toast.show_message(_capital(sentence), "warning" if error else "info", error=error)

    def _connect_session(self) -> None:
        session = self._session
        session.frame.connect(self._page.picture.show_frame)
        session.detection.connect(self._show_detection)
        session.status.connect(self._show_status)
        session.model.connect(self._show_model)
        session.rates_due.connect(self._show_rates)
        session.alarm.connect(self._alarm)
        session.camera.broke.connect(self._worker_broke)
        session.inference.broke.connect(self._worker_broke)
        self._clips.state_changed.connect(self._show_clip)
        self._snapshots.kept.connect(self._snapshot_kept)
        self._snapshots.failed.connect(self._snapshot_failed)
        self._store.changed.connect(self._apply)
        self._store.save_failed.connect(self._not_saved)

    def _connect_page(self) -> None:
        picture, panel = self._page.picture, self._page.panel
        picture.view_changed.connect(self._view_changed)
        picture.painted.connect(self._frame_painted)
        picture.detection_painted.connect(self._detection_painted)
        panel.opacity.changed.connect(self._set_opacity)
        panel.threshold.changed.connect(self._set_threshold)

    def _connect_actions(self) -> None:
        for name, slot in {
            "heat_map": self._set_heat_map,
            "freeze": self._set_frozen,
            "record": self._set_recording,
            "full_screen": self._set_full_screen,
        }.items():
            self._actions[name].triggered.connect(slot)
        for name, plain in {
            "crop": self._crop,
            "snapshot": self.take_snapshot,
            "close": self._close,
            "quit": self.leave,
            "back": self._window.show_live,
            "opacity_up": self._opacity_up,
            "opacity_down": self._opacity_down,
            "threshold_up": self._threshold_up,
            "threshold_down": self._threshold_down,
            "zoom_in": self._page.picture.zoom_in,
            "zoom_out": self._page.picture.zoom_out,
            "zoom_reset": self._page.picture.reset_view,
            "next_colours": self._next_colours,
            "theme": self._next_theme,
            "retry": self._session.retry,
            "snapshots": self._open_folder,
        }.items():
            self._actions[name].triggered.connect(plain)
        for name in PAGES:
            self._actions[name].triggered.connect(self._open_page)

    # From the workers

    @Slot(object, object)
    def _show_detection(self, detection: Detection, verdict: Verdict) -> None:
        self._page.picture.show_detection(detection)
        self._verdict, self._verdict_at = verdict, time.monotonic()
        self._say_verdict()

    @Slot(object)
    def _show_status(self, status: SourceStatus) -> None:
        self._say_state(status)
        self._tell_trouble(status)
        self._page.show_source("" if status.info is None else status.info.name)
        self._actions["retry"].setEnabled(status.state is not SourceState.STREAMING)
        if status.state is not SourceState.STREAMING:
            self._verdict = None
            self._say_verdict()

    def _tell_trouble(self, status: SourceStatus) -> None:
        """Say over the last picture why there is no newer one, and offer to try again."""
        told, self._trouble = self._trouble, status.sentence if status.state in _TROUBLE else ""
        if self._trouble and self._trouble != told and self._session.newest is not None:
            self._window.toast.show_message(
                _capital(self._trouble), error=True, action=self._actions["retry"] if status.state in _LOST else None
            )
        elif told and not self._trouble and status.state is SourceState.STREAMING:
            self._window.toast.dismiss()

    @Slot(object)
    def _show_model(self, state: ModelState) -> None:
        told, self._model = self._model, state
        self._page.show_model(state.name)
        if state.sentence and (told is None or told.sentence != state.sentence):
            self.say(state.sentence)
        self._say_verdict()

    @Slot(object)
    def _show_rates(self, rates: RateSnapshot) -> None:
        graph = self._page.panel.graph
        graph.add(rates)
        graph.set_latency(1000 * rates.label_latency.p50 if rates.label_latency.p50 else None)
        if self._verdict is not None and time.monotonic() - self._verdict_at > STALE_SECONDS:
            self._verdict = None
            self._say_verdict()
        clip = self._clips.clip
        if clip.phase is ClipPhase.RECORDING:
            self._page.show_recording(clip.seconds)

    @Slot()
    def _alarm(self) -> None:
        alarm = self._store.current.alarm
        if alarm.snapshot:
            self._keep(ALARM)
        if alarm.clip:
            self._clips.begin(ALARM)

    @Slot(str, bool)
    def _worker_broke(self, reason: str, again: bool) -> None:
        if again:
            self.say(self.tr("A part of the program failed and starts again: {reason}").format(reason=reason))
        else:
            self.say(
                self.tr("A part of the program failed three times and stays stopped; start again: {reason}").format(
                    reason=reason
                )
            )

    @Slot(object)
    def _snapshot_kept(self, path: Path) -> None:
        reader = QImageReader(str(path))
        reader.setAutoTransform(True)
        side = current_look().metrics.touch_px
        reader.setScaledSize(reader.size().scaled(2 * side, side, Qt.AspectRatioMode.KeepAspectRatio))
        self._window.toast.show_message(
            self.tr("Kept as {name}").format(name=path.name), "check", thumbnail=QPixmap.fromImageReader(reader)
        )
        left = space_left(path.parent)
        if left is not None and left < LOW_SPACE:
            self.say(self.tr("Little room is left for snapshots: {mb} MB.").format(mb=left // 1_000_000))

    @Slot(str)
    def _snapshot_failed(self, sentence: str) -> None:
        self.say(sentence)

    @Slot(str)
    def _not_saved(self, sentence: str) -> None:
        self.say(sentence)

    # From the page

    @Slot(object)
    def _view_changed(self, view: View) -> None:
        self._actions["crop"].setChecked(view.w < 1)
        self._session.set_view(view)

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

    # Actions

    @Slot()
    def take_snapshot(self) -> None:
        """Keep the frame on screen."""
        self._keep("person")

    def _keep(self, reason: str) -> None:
        frame: Frame | None = self._session.newest
        if frame is None:
            self.say(self.tr("There is no picture to keep yet."))
            return
        look = self._session.look()
        self._snapshots.take(
            Snapshot(
                frame,
                None,
                self._store.current,
                look.view,
                None if self._verdict is None else self._verdict.label,
                "" if self._model is None or self._model.card is None else self._model.card.sha256,
                reason,
            ),
            look,
        )
        if reason == "person":
            self._window.toast.show_message(self.tr("Keeping …"), "snapshot")

    @Slot(bool)
    def _set_heat_map(self, on: bool) -> None:
        self._store.set("view.heat_map", on)

    @Slot(bool)
    def _set_frozen(self, on: bool) -> None:
        self._session.set_frozen(on)
        frozen = self._session.frozen
        self._actions["freeze"].setChecked(frozen)
        self._page.picture.set_frozen(frozen)
        if self._session.status_now is not None:
            self._say_state(self._session.status_now)

    @Slot(bool)
    def _set_recording(self, on: bool) -> None:
        if on:
            self._clips.begin("person")
        else:
            self._clips.end()

    @Slot(bool)
    def _set_full_screen(self, on: bool) -> None:
        if on:
            self._window.showFullScreen()
        else:
            self._window.showNormal()

    @Slot()
    def _crop(self) -> None:
        self._page.picture.toggle_crop()
        self._actions["crop"].setChecked(self._page.picture.view.w < 1)

    @Slot(float)
    def _set_opacity(self, value: float) -> None:
        self._set("view.opacity", value)

    @Slot(float)
    def _set_threshold(self, value: float) -> None:
        self._set("detection.threshold", value)

    @Slot()
    def _opacity_up(self) -> None:
        self._step("view.opacity", 1)

    @Slot()
    def _opacity_down(self) -> None:
        self._step("view.opacity", -1)

    @Slot()
    def _threshold_up(self) -> None:
        self._step("detection.threshold", 1)

    @Slot()
    def _threshold_down(self) -> None:
        self._step("detection.threshold", -1)

    def _step(self, key: str, way: int) -> None:
        self._set(key, self._store.current.get(key) + way * RULES[key].step)

    def _set(self, key: str, value: float) -> None:
        rule = RULES[key]
        self._store.set(key, round(min(rule.most, max(rule.least, value)), 4))

    @Slot()
    def _next_colours(self) -> None:
        names = list(RULES["view.colour_map"].choices)
        now = names.index(self._store.current.view.colour_map)
        self._store.set("view.colour_map", names[(now + 1) % len(names)])

    @Slot()
    def _next_theme(self) -> None:
        self._store.set("interface.theme", "sunlight" if self._store.current.interface.theme == "dark" else "dark")

    @Slot()
    def _open_page(self) -> None:
        sender = self.sender()
        if sender is not None:
            self._window.show_page(sender.objectName())

    @Slot()
    def _open_folder(self) -> None:
        try:
            folder = keeping_folder(self._store.current.keeping.folder)
        except StorageError as error:
            self.say(str(error))
            return
        if not folder.is_dir():
            self.say(self.tr("No snapshot was kept yet; they go to {folder}.").format(folder=folder), error=False)
        elif not QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder))):
            self.say(self.tr("The snapshots are in {folder}.").format(folder=folder), error=False)

    @Slot()
    def _close(self) -> None:
        if self._window.page == LIVE:
            self.leave.emit()
        else:
            self._window.show_live()

    # What is on the screen

    @Slot(object, str)
    def _apply(self, settings: Settings, key: str) -> None:
        self._page.apply(settings)
        self._actions["heat_map"].setChecked(settings.view.heat_map)
        if key == "shortcuts":
            for sentence in self._actions.apply_shortcuts(settings.shortcuts):
                self.say(sentence)

    def event(self, event: QEvent) -> bool:
        """Speak another language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        return super().event(event)

    def retranslate(self) -> None:
        """Say everything again."""
        self._say_verdict()
        if self._session.status_now is not None:
            self._say_state(self._session.status_now)

    def _say_state(self, status: SourceStatus) -> None:
        if self._session.frozen:
            self._page.state.show_state("frozen", self.tr("Frozen"))
            return
        word = source_state_word(status.state)
        waiting = self._session.newest is None
        # Where there is no picture yet the sentence has the whole room for it to itself.
        brief = status.state in (SourceState.STREAMING, SourceState.STARTING) and not waiting
        text = f"{word} – {status.sentence}" if status.sentence and brief else word
        self._page.state.show_state(status.state.value, text)
        self._page.picture.set_placeholder(_capital(status.sentence or word))

    def _say_verdict(self) -> None:
        panel = self._page.panel.verdict
        verdict = self._verdict
        if verdict is not None:
            detail = self.tr("steadied over {seconds} s").format(seconds=f"{verdict.delay_s:.1f}")
            panel.show_verdict(verdict.label, _sureness(verdict), detail)
        elif self._session.status_now is not None and self._session.status_now.state in _TROUBLE:
            panel.show_verdict(None, None, self.tr("No picture"))
        elif self._model is None or self._model.phase is ModelPhase.LOADING:
            panel.show_verdict(None, None, model_phase_word(ModelPhase.LOADING))
        elif self._model.phase is ModelPhase.FAILED:
            panel.show_verdict(None, None, model_phase_word(ModelPhase.FAILED))
        else:
            panel.show_verdict(None, None, "")

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


def _sureness(verdict: Verdict) -> float | None:
    """How sure the model is of the word that is shown; nothing is measured for what is no surface."""
    if verdict.label is Label.UNKNOWN:
        return None
    return verdict.score if verdict.label is Label.POSITIVE else 1 - verdict.score


def _capital(sentence: str) -> str:
    """Errors are clauses, to stand after a name on the command line; here they stand alone."""
    return sentence[:1].upper() + sentence[1:]
