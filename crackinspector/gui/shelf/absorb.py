"""The live application's snapshots become part of the library, which is what the gallery shows."""

from __future__ import annotations

import functools
import logging
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from crackinspector.core.errors import PictureError, UsageError
from crackinspector.core.text import printable
from crackinspector.gui.background import Background
from crackinspector.survey.library_import import ImportOptions, import_pictures

log = logging.getLogger(__name__)


class Absorber(QObject):
    """Copies what the live application has kept into a library, in the background. GUI thread only.

    The day folders stay as they are. What the library has is not read again.

    Signals:
        failed(str): a sentence.
        ended(): nothing is left to be taken in.
    """

    failed = Signal(str)
    ended = Signal()

    def __init__(self, library: Path, who: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._library, self._who = library, who
        self._waiting: set[Path] = set()
        self._work = Background("taking snapshots into the library", self)
        self._work.finished.connect(self._next)
        self._work.failed.connect(self._tell)

    @property
    def busy(self) -> bool:
        """Whether something is being taken in."""
        return self._work.busy

    def take(self, path: Path) -> None:
        """Take a snapshot in, or all of a folder."""
        self._waiting.add(path)
        if not self._work.busy:
            self._next()

    def close(self, seconds: float) -> None:
        """Take in nothing more; what has begun has this long to end, and is resumed by the next program otherwise."""
        self._waiting.clear()
        self._work.forget()
        self._work.wait(seconds)

    @Slot(object)
    def _next(self, outcome: object = None) -> None:
        if self._waiting:
            paths, self._waiting = self._waiting, set()
            self._work.start(functools.partial(_import, tuple(sorted(paths)), self._library, self._who))
        else:
            self.ended.emit()

    @Slot(str)
    def _tell(self, sentence: str) -> None:
        self.failed.emit(sentence)
        self._next()


def _import(paths: tuple[Path, ...], library: Path, who: str) -> None:
    there = tuple(str(path) for path in paths if path.exists())
    if not there:
        return
    # Each has its detection in its record; a model is not needed.
    options = ImportOptions(paths=there, library=library, who=who, model=None, quiet=True)
    try:
        status = import_pictures(options)
    except UsageError as error:
        # Clips alone, or a folder that is empty.
        log.info("nothing to take in: %s", error)
        return
    if status:
        raise PictureError(
            f"some pictures in {printable(there[0])} cannot be read and are not in the library; "
            "`crackinspector library import` with that folder names them"
        )
