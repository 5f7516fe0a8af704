"""The reviewer's desk: the library's pages in a window of their own, without a camera."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QApplication, QFileDialog

from crackinspector.core.errors import CrackInspectorError
from crackinspector.core.settings import Settings
from crackinspector.core.text import printable
from crackinspector.gui import i18n
from crackinspector.gui.command import start_detached
from crackinspector.gui.dress import Dress
from crackinspector.gui.garbage import GuiGarbage
from crackinspector.gui.library.access import Opened
from crackinspector.gui.look import current_look, icon, load_fonts
from crackinspector.gui.paged_window import PagedWindow
from crackinspector.gui.screenshot import write_picture
from crackinspector.gui.sentences import spoken
from crackinspector.gui.settings.page import SettingsPage
from crackinspector.gui.settings.store import SettingsStore
from crackinspector.gui.shelf.shelf import Shelf
from crackinspector.gui.signals import UnixSignals
from crackinspector.gui.window_state import WindowState, show_window
from crackinspector.pipeline.crash import install_hooks
from crackinspector.pipeline.options import ReviewOptions

log = logging.getLogger(__name__)
DEFAULT_SIZE = QSize(1600, 1000)
SAVE_SECONDS = 2.0


class Desk(QObject):
    """One run of `crackinspector review`.

    Signals:
        said(str): a sentence for the person, from any thread.
        closed(): everything was taken down.

    Attributes:
        window, shelf, store: its parts, for tests and benchmarks.
    """

    said = Signal(str)
    closed = Signal()

    def __init__(
        self,
        qt: QApplication,
        settings: Settings,
        options: ReviewOptions,
        folder: Path,
        who: str,
        *,
        save: Callable[[Settings], None] | None = None,
        state: WindowState | None = None,
    ) -> None:
        """Build everything and begin to open the library.

        Args:
            settings: to begin with.
            options: size and end of the window.
            folder: of the library.
            who: the person who decides.
            save: keeps changed settings; None forgets them.
            state: keeps the window's place; None forgets it.
        """
        super().__init__()
        self._signals = UnixSignals(self)
        self._qt, self._options, self._state = qt, options, state
        self._closing = False
        self.status = 0
        self._garbage = GuiGarbage(self)
        self.store = SettingsStore(settings, save, self)
        load_fonts()
        i18n.install(qt, settings.interface.language)
        self._dress = Dress(qt, settings, self)
        self.window = PagedWindow()
        self.said.connect(self._say, Qt.ConnectionType.QueuedConnection)
        self._unhook = install_hooks(self.say)
        self.shelf = Shelf(self.window, folder, who, self.store, self)
        self.shelf.said.connect(self.say)
        self.shelf.told.connect(self._tell)
        self.shelf.access.opened.connect(self._name_window)
        self.window.add_page("settings", self._settings_page)
        self.shelf.open_gallery_first()
        self._actions: dict[str, QAction] = {}
        self._add_actions()
        self._name_actions()
        self._dress.changed.connect(self._draw_icons)
        self.window.closing.connect(self.close)
        self.store.changed.connect(self._settings_changed)
        self.store.save_failed.connect(self.say)
        self._signals.arrived.connect(self.close)

    def say(self, sentence: str) -> None:
        """Show a sentence over the page; any thread may call it."""
        self.said.emit(sentence)

    def run(self) -> int:
        """Show the window and work until it is closed; the exit status."""
        self.closed.connect(self._qt.quit)
        self.start()
        return self._qt.exec() or self.status

    def start(self) -> None:
        """Show the window."""
        options = self._options
        show_window(self.window, options, self.store.current.interface, self._state, DEFAULT_SIZE)
        self._dress.follow(self.window)
        if options.seconds is not None:
            QTimer.singleShot(round(1000 * options.seconds), self, self.close)

    @Slot()
    def close(self) -> None:
        """The one way down: what was decided is written, then everything is let go of."""
        if self._closing:
            return
        self._closing = True
        self._attempt(self._write_screenshot)
        if self._state is not None:
            self._state.keep(self.window)
        self.window.hide()
        self._attempt(
            self._close_shelf,
            lambda: self.store.flush(SAVE_SECONDS),
            self._signals.remove,
            self._unhook,
            self._garbage.stop,
        )
        self.window.close_for_good()
        self.closed.emit()

    def _close_shelf(self) -> None:
        if not self.shelf.close():
            for sentence in self.shelf.unkept:
                print(f"crackinspector: {sentence}", file=sys.stderr)
            self.status = 2

    def _attempt(self, *steps: Callable[[], object]) -> None:
        """Take steps of the way down; whatever goes wrong in one of them, the others follow and the window closes."""
        for step in steps:
            try:
                step()
            except CrackInspectorError as error:
                print(f"crackinspector: {error}", file=sys.stderr)
                self.status = 2
            except Exception:
                log.exception("a step of the way down failed")
                self.status = 2

    def _write_screenshot(self) -> None:
        if self._options.screenshot is not None:
            write_picture(self.window, self._options.screenshot)

    def _settings_page(self) -> SettingsPage:
        return SettingsPage(self.store)

    def _add_actions(self) -> None:
        """What the window itself can do: by key, and in the gallery's menu where it has words."""
        for name, keys, slot in (
            ("library", "Ctrl+O", self._choose_library),
            ("settings", "Ctrl+,", self._show_settings),
            ("full_screen", "F11", self._toggle_full_screen),
            ("quit", "Ctrl+Q", self.close),
            ("", "Ctrl+I", self.shelf.show_import),
            ("", "Alt+Left; Back", self.window.go_back),
        ):
            action = QAction(self.window)
            action.setShortcuts(QKeySequence.listFromString(keys))
            action.triggered.connect(slot)
            self.window.addAction(action)
            if name:
                self._actions[name] = action
        self.shelf.pages.add_to_menu(list(self._actions.values()))

    def _name_actions(self) -> None:
        for name, words in (
            ("library", self.tr("Another library…")),
            ("settings", self.tr("Settings")),
            ("full_screen", self.tr("Full screen")),
            ("quit", self.tr("Quit")),
        ):
            self._actions[name].setText(words)
        self._draw_icons()

    @Slot()
    def _draw_icons(self) -> None:
        for name, drawing in (
            ("library", "folder"),
            ("settings", "settings"),
            ("full_screen", "fullscreen"),
            ("quit", "quit"),
        ):
            self._actions[name].setIcon(icon(drawing, current_look()))

    @Slot()
    def _show_settings(self) -> None:
        self.window.show_page("settings", over=True)

    @Slot()
    def _toggle_full_screen(self) -> None:
        if self.window.isFullScreen():
            self.window.showNormal()
        else:
            self.window.showFullScreen()

    @Slot()
    def _choose_library(self) -> None:
        dialog = QFileDialog(self.window, self.tr("Library"), str(self.shelf.access.folder.parent))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(self._open_library)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    @Slot(str)
    def _open_library(self, folder: str) -> None:
        """In a window of its own, since this one may have something unwritten."""
        if not start_detached(["review", "--", folder]):
            words = self.tr("No window could be opened for {folder}; try `crackinspector review` in a terminal.")
            self.say(words.format(folder=printable(folder)))

    @Slot(object)
    def _name_window(self, opened: Opened) -> None:
        self.window.setWindowTitle(f"{opened.folder.name} – crackinspector")

    @Slot(str)
    def _say(self, sentence: str) -> None:
        self.window.toast.show_message(spoken(sentence), error=True)

    @Slot(str)
    def _tell(self, sentence: str) -> None:
        self.window.toast.show_message(spoken(sentence))

    @Slot(object, str)
    def _settings_changed(self, settings: Settings, key: str) -> None:
        if key in ("", "interface.theme", "interface.touch_mm", "interface.pixels_per_inch"):
            self._dress.configure(settings)
        if key in ("", "interface.language"):
            i18n.install(self._qt, settings.interface.language)
            self._name_actions()
