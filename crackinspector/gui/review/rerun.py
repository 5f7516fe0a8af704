"""Another model looks at snapshots, by `crackinspector library analyze` in a process of its own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QObject, Signal, Slot

from crackinspector.core.labels import Label
from crackinspector.core.text import printable
from crackinspector.gui.command import ENDED_FROM_OUTSIDE, PROGRAM, Command
from crackinspector.gui.labels import label_word
from crackinspector.gui.library.access import LibraryAccess
from crackinspector.library.queries import Row

_SOME_UNREADABLE = 1
_FEW = 8
"""Snapshots up to which one process has looked at all before a second one has loaded the model."""


class Rerun(QObject):
    """One run at a time; each result is kept as soon as it is there. GUI thread only.

    Signals:
        progress(int, int): how many are done, of how many.
        kept(int): the number of a snapshot that has a new detection.
        finished(str): a sentence of what came of it.
        failed(str): a sentence; what was told as kept is kept.
    """

    progress = Signal(int, int)
    kept = Signal(int)
    finished = Signal(str)
    failed = Signal(str)

    def __init__(self, access: LibraryAccess, parent: QObject | None = None, program: Sequence[str] = PROGRAM) -> None:
        """`program`: what runs crackinspector."""
        super().__init__(parent)
        self._access = access
        self._command = Command(self, program)
        self._command.told.connect(self._take)
        self._command.ended.connect(self._end)
        self._numbers: dict[str, int] = {}
        self._counts: Counter[str] = Counter()
        self._now_cracked = self._no_more = 0
        self._last: Mapping[str, Any] = {}
        self._problem = ""
        self._cancelled = False

    @property
    def busy(self) -> bool:
        """Whether a model looks."""
        return self._command.busy

    def start(self, rows: Sequence[Row], model: str) -> None:
        """Let a model look at snapshots, at least one; only while not `busy`.

        Args:
            rows: which.
            model: a shipped role or a file, as the setting `detection.model` has it.
        """
        if self._access.read_only:
            self.failed.emit(self.tr("Nothing can be written to this library: copy it and open the copy."))
            return
        self._numbers = {row.id: row.number for row in rows}
        self._counts, self._last, self._problem, self._cancelled = Counter(), {}, "", False
        self._now_cracked = self._no_more = 0
        arguments = ["library", "analyze", "--json", "-", "--quiet", "--snapshots", "-"]
        # With "=", for a name may begin like an option.
        arguments += [f"--library={self._access.folder}", f"--who={self._access.who}", f"--model={model}"]
        arguments += ["--workers", "1"] if len(self._numbers) <= _FEW else []
        self._command.start(arguments, "\n".join(self._numbers))
        self.progress.emit(0, len(self._numbers))

    @Slot()
    def cancel(self) -> None:
        """End it; what was kept stays."""
        self._cancelled = True
        self._command.cancel()

    @Slot()
    def close(self) -> None:
        """End it for the window's end."""
        self._command.close()

    @Slot(object)
    def _take(self, record: Mapping[str, Any]) -> None:
        self._last = record
        status, label, before = record["status"], record["label"], record["before"]
        self._counts[status] += 1
        self._problem = self._problem or record["error"] or ""
        if status == "changed":
            self._now_cracked += label == Label.POSITIVE
            self._no_more += before == Label.POSITIVE
        if status in ("changed", "same", "first"):
            self.kept.emit(self._numbers[record["id"]])
        self.progress.emit(self._counts.total(), len(self._numbers))

    @Slot(int, str)
    def _end(self, status: int, said: str) -> None:
        summary = self._summary()
        if self._cancelled:
            self.finished.emit(self.tr("Stopped: {summary}.").format(summary=summary))
        elif status == ENDED_FROM_OUTSIDE:
            self.failed.emit(self.tr("The model’s process was ended from outside: {summary}.").format(summary=summary))
        elif status > _SOME_UNREADABLE or not self._counts:
            self.failed.emit(said or self.tr("The model’s process ended without an answer. Try again."))
        else:
            self.finished.emit(self._outcome(summary))
            if self._problem:
                self.failed.emit(self._problem)

    def _outcome(self, summary: str) -> str:
        """What came of a run that went to its end: of one snapshot what it shows now, of several how many changed."""
        last = self._last
        if len(self._numbers) > 1 or last["label"] is None:
            return self.tr("Done: {summary}.").format(summary=summary)
        words = {"model": printable(last["model"]), "label": label_word(Label(last["label"]))}
        match last["status"]:
            case "changed":
                before = label_word(Label(last["before"]))
                return self.tr("{model} says: {label}. Until now it was: {before}.").format(before=before, **words)
            case "same":
                return self.tr("{model} says the same: {label}.").format(**words)
            case "present":
                return self.tr("{model} was the last to look at it: {label}.").format(**words)
            case _:
                return self.tr("{model} says: {label}.").format(**words)

    def _summary(self) -> str:
        counts = self._counts
        changed = self.tr("%n with another label", "", counts["changed"])
        if counts["changed"]:
            now = self.tr("%n now with a crack", "", self._now_cracked)
            no_more = self.tr("%n no more", "", self._no_more)
            changed += f" ({now}, {no_more})"
        words = {
            "same": self.tr("%n with the same label", "", counts["same"]),
            "first": self.tr("%n looked at for the first time", "", counts["first"]),
            "present": self.tr("%n that this model has seen before", "", counts["present"]),
            "unreadable": self.tr("%n unreadable", "", counts["unreadable"]),
        }
        return ", ".join([changed, *(text for kind, text in words.items() if counts[kind])])
