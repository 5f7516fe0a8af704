"""Pictures are brought in by `crackinspector library import`, in a process of its own, while the window goes on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal, Slot

from crackinspector.gui.command import ENDED_FROM_OUTSIDE, Command


class Importer(QObject):
    """One import at a time. GUI thread only.

    A window that closes ends the import; what had its line is kept, and the next import goes on from there.

    Signals:
        progress(int): how many pictures are in the library or were found unreadable by now.
        finished(str): a sentence of what came of it.
        failed(str): a sentence.
    """

    progress = Signal(int)
    finished = Signal(str)
    failed = Signal(str)

    def __init__(self, library: Path, who: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._library, self._who = library, who
        self._counts: Counter[str] = Counter()
        self._problem = ""
        self._cancelled = False
        self._command = Command(self)
        self._command.told.connect(self._count)
        self._command.ended.connect(self._end)

    @property
    def busy(self) -> bool:
        """Whether pictures are being brought in."""
        return self._command.busy

    def start(
        self,
        paths: Sequence[str],
        *,
        structure: str = "",
        element: str = "",
        inspection: str = "",
        analyse: bool = True,
    ) -> None:
        """Bring in pictures and folders; they belong where it is said. Only while not `busy`."""
        self._counts, self._problem, self._cancelled = Counter(), "", False
        arguments = ["library", "import", "--json", "-", "--quiet"]
        # With "=", for a name may begin like an option.
        arguments += [f"--library={self._library}", f"--who={self._who}"]
        arguments += [f"--structure={structure}", f"--element={element}", f"--inspection={inspection}"]
        arguments += [] if analyse else ["--no-analyse"]
        self._command.start([*arguments, "--", *paths])

    def cancel(self) -> None:
        """End it; what is in the library stays there."""
        self._cancelled = True
        self._command.cancel()

    def close(self) -> None:
        """End it for the window's end, without waiting for long."""
        self._command.close()

    @Slot(object)
    def _count(self, record: dict[str, Any]) -> None:
        self._counts[record["status"]] += 1
        self._problem = self._problem or record["error"] or ""
        self.progress.emit(self._counts.total())

    @Slot(int, str)
    def _end(self, status: int, sentence: str) -> None:
        summary = self._summary()
        if self._cancelled:
            self.finished.emit(self.tr("Stopped: {summary}.").format(summary=summary))
        elif status == ENDED_FROM_OUTSIDE:
            self.failed.emit(self.tr("The import was ended from outside: {summary}.").format(summary=summary))
        elif status > 1:
            self.failed.emit(sentence or summary)
        else:
            self.finished.emit(self.tr("Import finished: {summary}.").format(summary=summary))
            if self._problem:
                self.failed.emit(self._problem)

    def _summary(self) -> str:
        words = {
            "added": self.tr("%n added", "", self._counts["added"]),
            "updated": self.tr("%n completed", "", self._counts["updated"]),
            "present": self.tr("%n there already", "", self._counts["present"]),
            "deleted": self.tr("%n deleted before", "", self._counts["deleted"]),
            "unreadable": self.tr("%n unreadable", "", self._counts["unreadable"]),
        }
        return ", ".join(text for kind, text in words.items() if self._counts[kind] or kind == "added")
