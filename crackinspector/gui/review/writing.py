"""What a person says of a snapshot besides verdicts, on its way to the disk: place, tags, note, what was drawn."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal, Slot

from crackinspector.gui.library.access import LibraryAccess
from crackinspector.gui.review.loaded import Loaded
from crackinspector.gui.sentences import translated
from crackinspector.library import verdicts
from crackinspector.library.store import Library


class Writing(QObject):
    """Writes for one snapshot at a time. GUI thread only.

    Signals:
        began(): something is being written.
        kept(): it is on the disk.
        failed(str): it is not; a sentence.
        drawn(bool): whether what was drawn is on the disk, besides one of the two before.
    """

    began = Signal()
    kept = Signal()
    failed = Signal(str)
    drawn = Signal(bool)

    def __init__(self, access: LibraryAccess, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._access = access
        self._snapshot = ""

    def show_snapshot(self, loaded: Loaded | None) -> None:
        """What is said from now on is about this one."""
        self._snapshot = "" if loaded is None else loaded.row.id

    @Slot(str, str, str)
    def place(self, structure: str, element: str, inspection: str) -> None:
        """Where it belongs."""
        name, who = self._snapshot, self._access.who
        self._write(lambda library: verdicts.place(library, [name], structure, element, inspection, who))

    @Slot(str, bool)
    def tag(self, tag: str, on: bool) -> None:
        """A tag is put on or taken off."""
        name, who = self._snapshot, self._access.who
        self._write(lambda library: verdicts.tag(library, [name], tag, who, on))

    @Slot(str)
    def note(self, text: str) -> None:
        """The note becomes this text."""
        name, who = self._snapshot, self._access.who
        self._write(lambda library: verdicts.note(library, name, text, who))

    def draw(self, mask: NDArray[np.uint8], finding: str | None) -> None:
        """A mask by hand, (h, w) uint8 over the whole picture, for a finding or besides all of them."""
        name, who = self._snapshot, self._access.who
        self.began.emit()
        self._access.write(
            lambda library: verdicts.draw(library, name, mask, who, finding), self._kept_drawn, self._refused_drawn
        )

    def _write(self, work: Callable[[Library], object]) -> None:
        if self._snapshot:
            self.began.emit()
            self._access.write(work, self._kept, self._refused)

    @Slot(object)
    def _kept_drawn(self, committed: object) -> None:
        self._kept(committed)
        self.drawn.emit(True)

    @Slot(str)
    def _refused_drawn(self, sentence: str) -> None:
        self._refused(sentence)
        self.drawn.emit(False)

    @Slot(object)
    def _kept(self, _: object) -> None:
        self.kept.emit()

    @Slot(str)
    def _refused(self, sentence: str) -> None:
        self.failed.emit(self.tr("It was not kept: {reason}").format(reason=translated(sentence)))
