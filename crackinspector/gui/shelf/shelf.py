"""One open library with its pages in a window, and what is going on in the background for it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from crackinspector.gui.actions import Actions
from crackinspector.gui.library.access import LibraryAccess, Opened
from crackinspector.gui.paged_window import PagedWindow
from crackinspector.gui.settings.store import SettingsStore
from crackinspector.gui.shelf.absorb import Absorber
from crackinspector.gui.shelf.import_page import ImportPage
from crackinspector.gui.shelf.importing import Importer
from crackinspector.gui.shelf.navigation import GALLERY, LibraryPages

IMPORT = "import"


class Shelf(QObject):
    """GUI thread only.

    Signals:
        said(str): something went wrong; a sentence.
        told(str): something that a person should know; a sentence.

    Attributes:
        access: the library.
        pages: what is shown of it.
    """

    said = Signal(str)
    told = Signal(str)

    def __init__(
        self,
        window: PagedWindow,
        folder: Path,
        who: str,
        store: SettingsStore,
        parent: QObject | None = None,
        *,
        create: bool = False,
        actions: Actions | None = None,
    ) -> None:
        """Begin to open the library in `folder`; `create`: make it where there is none."""
        super().__init__(parent)
        self._window = window
        self.access = LibraryAccess(folder, who, create=create, parent=self)
        self._importer = Importer(self.access.folder, who, self)
        self._absorber = Absorber(self.access.folder, who, self)
        self._waiting: list[Path] = []
        self.pages = LibraryPages(window, self.access, store, actions, self)
        self.pages.add_pictures.connect(self.show_import)
        window.add_page(IMPORT, self._import_page)
        self.access.opened.connect(self._opened)
        self.access.said.connect(self.said)
        self.access.failed.connect(self.said)
        self._absorber.failed.connect(self.said)
        self._absorber.ended.connect(self._absorbed)
        self._importer.finished.connect(self._imported)

    def open_gallery_first(self) -> None:
        """Let the gallery be the window's first page."""
        self._window.begin_at(GALLERY)

    @Slot()
    def show_gallery(self) -> None:
        """Show all snapshots."""
        self._window.show_page(GALLERY)

    @Slot()
    def show_import(self) -> None:
        """Show the page that brings pictures in."""
        self._window.show_page(IMPORT, over=True)

    def absorb(self, path: Path) -> None:
        """Take in a snapshot of the live application, or all of a folder, as soon as the library is open."""
        self._waiting.append(path)
        self._absorb()

    @property
    def unkept(self) -> tuple[str, ...]:
        """Sentences of what was not written at the end, or is not whole."""
        return (*self.access.unkept, *self.pages.unfinished)

    def close(self, seconds: float = 5.0) -> bool:
        """End what is going on and finish what is to be written; whether all was, else `unkept` says what was not."""
        self._importer.close()
        self.pages.stop(min(seconds, 1.0))
        self._absorber.close(min(seconds, 1.0))
        self.access.close(seconds)
        return not self.unkept

    def _import_page(self) -> ImportPage:
        return ImportPage(self.access, self._importer)

    @Slot(object)
    def _opened(self, state: Opened) -> None:
        for notice in state.notices:
            self.told.emit(notice)
        self._absorb()

    def _absorb(self) -> None:
        if self.access.state is not None and not self.access.read_only:
            for path in self._waiting:
                self._absorber.take(path)
            self._waiting.clear()
        self.pages.set_taking(self._absorber.busy or (bool(self._waiting) and self.access.state is None))

    @Slot()
    def _absorbed(self) -> None:
        self.access.look()
        self.pages.set_taking(False)

    @Slot(str)
    def _imported(self, sentence: str) -> None:
        if self._window.page != IMPORT:
            self.told.emit(sentence)
