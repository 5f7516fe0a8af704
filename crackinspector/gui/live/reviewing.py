"""The library in the live application: opened when it is first asked for, fed with what is kept."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from crackinspector.core.errors import StorageError
from crackinspector.gui.settings.store import SettingsStore
from crackinspector.gui.window import Window
from crackinspector.gui.workers.snapshots import Snapshots
from crackinspector.library.places import keeping_folder, library_folder, reviewer
from crackinspector.pipeline.keeper import Kept

if TYPE_CHECKING:
    from crackinspector.gui.shelf.shelf import Shelf


class Reviewing(QObject):
    """Opens the gallery and keeps it up to date. GUI thread only.

    Signals:
        said(str): something went wrong; a sentence.
        told(str): something that a person should know; a sentence.

    Attributes:
        shelf: the library, None until it is first asked for.
    """

    said = Signal(str)
    told = Signal(str)

    def __init__(
        self, window: Window, store: SettingsStore, snapshots: Snapshots, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._window, self._store = window, store
        self.shelf: Shelf | None = None
        self._absorbed: Path | None = None
        window.actions_["gallery"].triggered.connect(self.show_gallery)
        snapshots.kept.connect(self._take)

    @Slot()
    def show_gallery(self) -> None:
        """Show what was kept, before this program began as well."""
        settings = self._store.current
        try:
            keeping = keeping_folder(settings.keeping.folder)
            if self.shelf is None:
                self.shelf = self._open()
        except StorageError as error:
            self.said.emit(str(error))
            return
        # Once: what is kept from now on comes by itself, and a folder of years takes seconds to look through.
        if keeping != self._absorbed:
            self._absorbed = keeping
            self.shelf.absorb(keeping)
        self.shelf.show_gallery()

    def begin_to_close(self) -> None:
        """Let what is written go on while others end."""
        if self.shelf is not None:
            self.shelf.close(0)

    def close(self) -> None:
        """Wait for what is written, such as the last verdict. Raises StorageError with all that was not kept."""
        if self.shelf is not None and not self.shelf.close():
            raise StorageError("; ".join(self.shelf.unkept))

    def _open(self) -> Shelf:
        # Here, so that the picture is not kept waiting for what few runs need.
        from crackinspector.gui.shelf.shelf import Shelf

        settings = self._store.current
        shelf = Shelf(
            self._window,
            library_folder(settings),
            reviewer(settings),
            self._store,
            self,
            create=True,
            actions=self._window.actions_,
        )
        shelf.said.connect(self._tell)
        shelf.told.connect(self.told)
        return shelf

    @Slot(str)
    def _tell(self, sentence: str) -> None:
        # It may be that something was not taken in: the next time, all is looked through again.
        self._absorbed = None
        self.said.emit(sentence)

    @Slot(object)
    def _take(self, kept: Kept) -> None:
        if self.shelf is not None:
            self.shelf.absorb(kept.path)
