"""The verdicts of this sitting on their way to the disk: what is still being written, and what can be taken back."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QObject, Signal, Slot

from crackinspector.core.labels import Label
from crackinspector.core.text import printable
from crackinspector.gui.library.access import LibraryAccess
from crackinspector.gui.review.loaded import Loaded
from crackinspector.gui.review.words import judged_words
from crackinspector.library import verdicts
from crackinspector.library.events import Verdict
from crackinspector.library.store import Library


@dataclass(slots=True, eq=False)
class Decision:
    """A verdict, or one that is taken back.

    Attributes:
        number, id, name: of the snapshot.
        finding: the finding's key; None for the snapshot as a whole.
        verdict: what was decided; `WITHDRAWN` takes one back.
        of: the label that was judged.
        why: in the person's words.
        undoes: the decision of this sitting that is taken back.
        event: its name once it is written; set in the writing thread.
        kept: whether it is on the disk.
    """

    number: int
    id: str
    name: str
    finding: str | None
    verdict: Verdict
    of: Label | None
    why: str = ""
    undoes: Decision | None = None
    event: str | None = None
    kept: bool = False


class Decisions(QObject):
    """Writes verdicts in the order in which they are made. GUI thread only.

    Signals:
        changed(object): a `Decision` was made, or is on the disk now.
        failed(object, str): one could not be kept, and a sentence why.
    """

    changed = Signal(object)
    failed = Signal(object, str)

    def __init__(self, access: LibraryAccess, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._access = access
        # In the order of their writing, which is that of the answers.
        self._writing: deque[Decision] = deque()
        self._newest: dict[tuple[int, str | None], Decision] = {}
        self._made: list[Decision] = []

    @property
    def waiting(self) -> int:
        """How many are not on the disk yet."""
        return len(self._writing)

    @property
    def last(self) -> Decision | None:
        """What `undo` would take back."""
        return self._made[-1] if self._made else None

    def decide(self, loaded: Loaded, verdict: Verdict, finding: str | None = None, why: str = "") -> Decision:
        """Keep a verdict on a snapshot, or on one of its findings."""
        of = Label.POSITIVE if finding is not None else loaded.state.label
        row = loaded.row
        decision = Decision(row.number, row.id, row.name, finding, verdict, of, why)
        who = self._access.who

        def work(library: Library) -> None:
            (committed,) = verdicts.decide(library, [row.id], verdict, who, finding=finding, why=why, of=of)
            decision.event = committed.events[-1].id

        self._made.append(decision)
        self._put(decision, work)
        return decision

    def undo(self) -> Decision | None:
        """Take back the last verdict of this sitting, on whatever snapshot it was; None if there is none."""
        if not self._made:
            return None
        undone = self._made.pop()
        decision = Decision(
            undone.number, undone.id, undone.name, undone.finding, Verdict.WITHDRAWN, undone.of, undoes=undone
        )
        who = self._access.who

        def work(library: Library) -> None:
            # It was written before this is: if not, there is nothing to take back.
            if undone.event is not None:
                self._withdraw(library, decision, who, undone.event)

        self._put(decision, work)
        return decision

    def withdraw(self, loaded: Loaded, finding: str | None = None) -> Decision:
        """Take back the verdict that holds, whoever made it."""
        row = loaded.row
        holds = [loaded.state.judged.event] if finding is None else []
        holds += [each.judged.event for each in loaded.state.findings if each.key == finding]
        decision = Decision(row.number, row.id, row.name, finding, Verdict.WITHDRAWN, None)
        who = self._access.who
        self._put(decision, lambda library: self._withdraw(library, decision, who, holds[0] if holds else None))
        return decision

    def standing(self, loaded: Loaded, finding: str | None = None) -> Decision | None:
        """The newest decision on a snapshot or finding that its state does not show yet."""
        decision = self._newest.get((loaded.row.number, finding))
        if decision is None or (decision.kept and decision.event is None):
            return None
        shown = any(event.id == decision.event for event in reversed(loaded.sidecar.events))
        return None if shown else decision

    def decided(self) -> frozenset[int]:
        """The snapshots on which as a whole a verdict of this sitting holds, written or not."""
        newest = self._newest.items()
        return frozenset(
            number
            for (number, finding), decision in newest
            if finding is None and decision.verdict is not Verdict.WITHDRAWN
        )

    @staticmethod
    def _withdraw(library: Library, decision: Decision, who: str, event: str | None) -> None:
        """Called in the writing thread."""
        for committed in verdicts.undo(library, decision.id, who, finding=decision.finding, event=event):
            for written in committed.events:
                decision.event = written.id

    def _put(self, decision: Decision, work: Callable[[Library], None]) -> None:
        self._newest[decision.number, decision.finding] = decision
        self._writing.append(decision)
        self._access.write(work, self._kept, self._refused)
        self.changed.emit(decision)

    @Slot(object)
    def _kept(self, _: object) -> None:
        decision = self._writing.popleft()
        decision.kept = True
        self.changed.emit(decision)

    @Slot(str)
    def _refused(self, sentence: str) -> None:
        """What could not be kept was not decided, and what could not be taken back holds."""
        decision = self._writing.popleft()
        if self._newest.get((decision.number, decision.finding)) is decision:
            del self._newest[decision.number, decision.finding]
        if decision in self._made:
            self._made.remove(decision)
        if decision.undoes is not None and decision.undoes.event is not None:
            self._made.append(decision.undoes)
        self.failed.emit(decision, sentence)


def decision_words(decision: Decision) -> str:
    """What was decided, and whether it is on the disk; what may be cut off comes last."""
    translate = QCoreApplication.translate
    if decision.verdict is Verdict.WITHDRAWN:
        words = translate("review", "taken back")
    else:
        words = judged_words(decision.verdict, None if decision.of is None else decision.of.value)
    if decision.finding is not None:
        words = translate("review", "{verdict}, on a finding").format(verdict=words)
    state = translate("review", "Kept") if decision.kept else translate("review", "Being written")
    said = translate("review", "{state}: {name}, {verdict}")
    return said.format(state=state, name=printable(decision.name), verdict=words)
