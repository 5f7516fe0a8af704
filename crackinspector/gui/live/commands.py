"""Everything that a person can do on the live page, and what an alarm does by itself."""

from __future__ import annotations

from PySide6.QtCore import QObject, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices

from crackinspector.core.detection import Detection
from crackinspector.core.errors import StorageError
from crackinspector.core.frame import Frame, View
from crackinspector.core.settings import RULES, Settings
from crackinspector.gui.live.announcer import Announcer
from crackinspector.gui.live.session import Session
from crackinspector.gui.settings.store import SettingsStore
from crackinspector.gui.window import LIVE, Window
from crackinspector.gui.workers.clips import ClipWorker
from crackinspector.gui.workers.snapshots import Snapshots
from crackinspector.library.places import keeping_folder
from crackinspector.library.record import Snapshot
from crackinspector.pipeline.clips import ALARM
from crackinspector.pipeline.steady import Verdict

PAGES = ("more", "sources", "models", "settings", "help")
PERSON = "person"


class Commands(QObject):
    """Ties the actions and controls to what they do. GUI thread only.

    Signals:
        leave(): the person wants to end the program.
    """

    leave = Signal()

    def __init__(
        self,
        window: Window,
        session: Session,
        snapshots: Snapshots,
        clips: ClipWorker,
        store: SettingsStore,
        announcer: Announcer,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._window, self._session, self._snapshots = window, session, snapshots
        self._clips, self._store, self._announcer = clips, store, announcer
        self._page, self._actions = window.live, window.actions_
        session.alarm.connect(self._alarm)
        snapshots.unseen.connect(self._say_unseen)
        clips.carry_by(self._page.picture.motion.since)
        store.changed.connect(self._settings_changed)
        self._page.picture.view_changed.connect(self._view_changed)
        self._page.panel.opacity.changed.connect(self._set_opacity)
        self._page.panel.threshold.changed.connect(self._set_threshold)
        self._connect_actions()

    def _connect_actions(self) -> None:
        for name, slot in {
            "heat_map": self._set_heat_map,
            "freeze": self._session.set_frozen,
            "record": self._set_recording,
            "full_screen": self._set_full_screen,
        }.items():
            self._actions[name].triggered.connect(slot)
        for name, plain in {
            "crop": self._crop,
            "snapshot": self.take_snapshot,
            "close": self._close,
            "quit": self.leave,
            "back": self._window.go_back,
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

    @Slot(object, object, object)
    def _alarm(self, frame: Frame, detection: Detection, verdict: Verdict) -> None:
        """Keep the very frame that the crack was seen in; the one on screen may be past it."""
        settings = self._store.current
        if settings.alarm.snapshot:
            self._snapshots.keep(Snapshot(frame, detection, settings, detection.view, verdict.label, ALARM))
        if settings.alarm.clip:
            self._clips.begin(ALARM)

    @Slot(object)
    def _view_changed(self, view: View) -> None:
        self._actions["crop"].setChecked(view.w < 1)
        self._session.set_view(view)

    @Slot()
    def take_snapshot(self) -> None:
        """Keep the frame on screen."""
        session, look = self._session, self._session.look()
        frame, verdict = session.newest, session.verdict
        if frame is None:
            self._announcer.say(self.tr("There is no picture to keep yet."))
            return
        snapshot = Snapshot(
            frame,
            None,
            self._store.current,
            look.view,
            None if verdict is None else verdict.label,
            PERSON,
        )
        self._snapshots.take(snapshot, look)

    @Slot(str)
    def _say_unseen(self, name: str) -> None:
        self._announcer.say(
            self.tr("Kept as {name}, without a result: the model gave none in time.").format(name=name), error=False
        )

    @Slot(bool)
    def _set_heat_map(self, on: bool) -> None:
        self._store.set("view.heat_map", on)

    @Slot(bool)
    def _set_recording(self, on: bool) -> None:
        if not on:
            self._clips.end()
        elif not self._clips.begin(PERSON):
            self._actions["record"].setChecked(False)

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
            self._announcer.say(str(error))
            return
        if not folder.is_dir():
            sentence = self.tr("No snapshot was kept yet; they go to {folder}.")
        elif QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder))):
            return
        else:
            sentence = self.tr("The snapshots are in {folder}.")
        self._announcer.say(sentence.format(folder=folder), error=False)

    @Slot()
    def _close(self) -> None:
        if self._window.page == LIVE:
            self.leave.emit()
        else:
            self._window.go_back()

    @Slot(object, str)
    def _settings_changed(self, settings: Settings, key: str) -> None:
        if key in ("", "shortcuts"):
            for sentence in self._actions.apply_shortcuts(settings.shortcuts):
                self._announcer.say(sentence)
