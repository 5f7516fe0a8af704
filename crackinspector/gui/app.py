"""The composition root: builds everything, owns every thread, and takes all down by one path within a second."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QDeadlineTimer, QObject, QSize, Qt, QThread, QTimer, Signal, Slot
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from crackinspector.core.errors import CrackInspectorError, StorageError
from crackinspector.core.settings import Settings
from crackinspector.gui import i18n
from crackinspector.gui.dress import Dress
from crackinspector.gui.garbage import GuiGarbage
from crackinspector.gui.keys import DeviceKeys
from crackinspector.gui.live.announcer import Announcer
from crackinspector.gui.live.commands import Commands
from crackinspector.gui.live.reviewing import Reviewing
from crackinspector.gui.live.session import OpenSource, Session
from crackinspector.gui.look import current_look, icon, load_fonts
from crackinspector.gui.pages import add_pages
from crackinspector.gui.screenshot import write_picture
from crackinspector.gui.settings.store import SettingsStore
from crackinspector.gui.signals import UnixSignals
from crackinspector.gui.window import Window
from crackinspector.gui.window_state import WindowState, show_window
from crackinspector.gui.workers.clips import ClipWorker
from crackinspector.gui.workers.snapshots import Snapshots
from crackinspector.gui.workers.thread import LoopThread
from crackinspector.library.places import keeping_folder
from crackinspector.pipeline.crash import install_hooks
from crackinspector.pipeline.keeper import Keeper
from crackinspector.pipeline.options import LiveOptions
from crackinspector.pipeline.stats import RunStats
from crackinspector.sources.catalogue import open_source

log = logging.getLogger(__name__)
SHUTDOWN_MS = 900
"""For all threads together; what is not done by then is left behind."""
FIRST_FRAME_MS = 2000
"""The model waits for the first frame, so that it comes sooner, but no longer than this."""
WARM_MS = 3000
MOST_MS = 2**31 - 1
"""What Qt counts to, 24 days."""
DEFAULT_SIZE = QSize(1280, 720)
EXIT_LEFT_BEHIND = 3


class Application(QObject):
    """One run of the live application.

    Signals:
        said(str): a sentence for the person, from any thread.
        closed(): everything was taken down.

    Attributes:
        window, session, store, reviewing: its parts, for tests and benchmarks.
    """

    said = Signal(str)
    closed = Signal()

    def __init__(
        self,
        qt: QApplication,
        settings: Settings,
        options: LiveOptions,
        *,
        save: Callable[[Settings], None] | None = None,
        file: Path | None = None,
        state: WindowState | None = None,
        opener: OpenSource = open_source,
    ) -> None:
        """Build everything and start nothing.

        Args:
            settings: to begin with, the options of the command line already in them.
            save: keeps changed settings; None forgets them. `file` is where they are kept.
            state: keeps the window's place; None forgets it.
            opener: makes a source of its name and settings.
        """
        super().__init__()
        # First of all: an exception, such as the one that ends other commands, is lost where Qt calls Python.
        self._signals = UnixSignals(self)
        self._qt, self._options, self._state = qt, options, state
        self._closing = False
        self._garbage = GuiGarbage(self)
        self._status = 0
        self.store = SettingsStore(settings, save, self)
        load_fonts()
        i18n.install(qt, settings.interface.language)
        self._dress = Dress(qt, settings, self)
        self.window = Window(settings.shortcuts)
        self._draw_icons()
        self._dress.changed.connect(self._draw_icons)
        self._keys = DeviceKeys(self.window.actions_, self.window, enabled=settings.interface.device_keys)
        self._clips = ClipWorker(settings, _folder(settings), self)
        self.session = Session(self.store, self._clips, opener, (self.window.live.picture.motion,), self)
        self._stats = RunStats(self.session.rates, headless=False)
        self._keeper = Keeper(_folder(settings))
        self._keeping = LoopThread("keeping", self._keeper, self)
        self._snapshots = Snapshots(self.session.inference, self._keeper, self)
        parts = self.window, self.session, self._snapshots, self._clips, self.store
        self._announcer = Announcer(*parts, self)
        self._announcer.watch(self.session.camera, self.session.inference, self._keeping, self._clips)
        self._commands = Commands(*parts, self._announcer, self)
        add_pages(self.window, self.session, self.store, state, file)
        self.reviewing = Reviewing(self.window, self.store, self._snapshots, self)
        self.reviewing.said.connect(self._announcer.say)
        self.reviewing.told.connect(self._announcer.tell)
        # Queued, since what went wrong may have gone wrong while Qt was painting.
        self.said.connect(self._announcer.say, Qt.ConnectionType.QueuedConnection)
        self._announcer.first_painted.connect(self._first_painted)
        self._commands.leave.connect(self.close)
        self.window.closing.connect(self.close)
        self.store.changed.connect(self._settings_changed)
        self._signals.arrived.connect(self.close)
        self._unhook = install_hooks(self.say)
        self._patience = self._timer(FIRST_FRAME_MS, self.session.start_inference)
        self._warming = self._timer(WARM_MS, self._warm)
        self._end = self._timer(min(round(1000 * (options.seconds or 0)), MOST_MS), self.close)
        qt.styleHints().setShowShortcutsInContextMenus(True)

    def say(self, sentence: str) -> None:
        """Show a sentence over the page; any thread may call it."""
        self.said.emit(sentence)

    def run(self) -> int:
        """Show the window and work until it is closed; the exit status."""
        self.closed.connect(self._qt.quit)
        self.start()
        return self._qt.exec() or self._status

    def start(self) -> None:
        """Show the window and start the threads; the model last."""
        self._place_window()
        self._dress.follow(self.window)
        self.session.start()
        self._keeping.start()
        self._clips.start()
        self._patience.start()
        if self._options.seconds is not None:
            self._end.start()

    @Slot()
    def close(self) -> None:
        """The one way down: tell every thread to end, wait for all for less than a second, write what was asked for."""
        if self._closing:
            return
        self._closing = True
        try:
            self._take_down()
        finally:
            self.window.close_for_good()
            self.closed.emit()

    def _take_down(self) -> None:
        for timer in (self._patience, self._warming, self._end):
            timer.stop()
        self._attempt(self._write_results, self._keep_place)
        deadline = QDeadlineTimer(SHUTDOWN_MS)
        self._attempt(
            self.reviewing.begin_to_close,
            self.session.stop,
            self._snapshots.stop,
            self._keeper.stop,
            self._clips.stop,
            self.window.hide,
        )
        threads: tuple[QThread, ...] = (self.session.camera, self.session.inference, self._keeping, self._clips)
        late = [thread.objectName() for thread in threads if not thread.wait(deadline)]
        self._attempt(
            lambda: self.store.flush(max(0.1, deadline.remainingTime() / 1000)),
            self.reviewing.close,
            self._keys.remove,
            self._signals.remove,
            self._unhook,
            self._garbage.stop,
        )
        if late:
            # Qt would abort over a running thread; nothing that it holds is worth a hang.
            log.error("threads were left behind at the end: %s", ", ".join(late))
            logging.shutdown()
            os._exit(self._status or EXIT_LEFT_BEHIND)

    def _attempt(self, *steps: Callable[[], object]) -> None:
        """Take steps of the way down; whatever goes wrong in one of them, the others follow and the window closes."""
        for step in steps:
            try:
                step()
            except Exception:
                log.exception("a step of the way down failed")
                self._status = 2

    def _timer(self, ms: int, due: Callable[[], None]) -> QTimer:
        timer = QTimer(self, singleShot=True, interval=ms)
        timer.timeout.connect(due)
        return timer

    def _place_window(self) -> None:
        show_window(self.window, self._options, self.store.current.interface, self._state, DEFAULT_SIZE)

    def _keep_place(self) -> None:
        if self._state is not None:
            self._state.keep(self.window)

    def _write_results(self) -> None:
        try:
            if self._options.screenshot is not None:
                write_picture(self.window, self._options.screenshot)
            if self._options.stats is not None:
                self._stats.write(self._options.stats)
        except CrackInspectorError as error:
            print(f"crackinspector: {error}", file=sys.stderr)
            self._status = 2

    @Slot()
    def _first_painted(self) -> None:
        self._stats.started()
        self.session.start_inference()
        self._warming.start()

    @Slot()
    def _warm(self) -> None:
        self._stats.warm()

    @Slot(object, str)
    def _settings_changed(self, settings: Settings, key: str) -> None:
        if key in ("", "interface.theme", "interface.touch_mm", "interface.pixels_per_inch"):
            self._dress.configure(settings)
        if key in ("", "interface.language"):
            i18n.install(self._qt, settings.interface.language)
            self._announcer.retranslate()
        if key in ("", "interface.device_keys"):
            self._keys.enabled = settings.interface.device_keys
        if key in ("", "interface.full_screen") and settings.interface.full_screen != self.window.isFullScreen():
            self.window.actions_["full_screen"].trigger()

    @Slot()
    def _draw_icons(self) -> None:
        self.window.actions_.set_icons(_draw_icon)


def _folder(settings: Settings) -> Path | None:
    try:
        return keeping_folder(settings.keeping.folder)
    except StorageError:
        return None


def _draw_icon(name: str) -> QIcon:
    return icon(name, current_look())
