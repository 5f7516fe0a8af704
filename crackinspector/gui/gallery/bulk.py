"""What is done to many snapshots at once, and taken back at once."""

from __future__ import annotations

import functools
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import QObject, Signal, Slot

from crackinspector.core.labels import Label
from crackinspector.gui.library.access import LibraryAccess
from crackinspector.library import queries, verdicts
from crackinspector.library.events import Verdict
from crackinspector.library.queries import Row
from crackinspector.library.store import Committed, Library
from crackinspector.library.taking_back import take_back

_PART = verdicts.GROUP
"""So many are written by one request: between two of them others get their turn, and the progress is told. They are one
commit, so that what has failed has changed nothing."""

Write = Callable[[Library, Sequence[Row], str], list[Committed]]
"""Does something to snapshots on behalf of a person; in the writing thread."""


@dataclass(slots=True, eq=False)
class Deed:
    """Something that is done to snapshots.

    Attributes:
        kind: `decide`, `tag`, `untag`, `place`, `bin`, `restore`, or `undo`.
        value: of a decision the verdict, of a tag its name.
        total: how many snapshots it is for.
        done: of how many it is on the disk.
        changed: for how many it has changed anything.
        left_out: for how many nothing can be decided, since no model has looked at them.
        made: snapshot -> the event's name, of those that it has changed.
        failure: a sentence, if it could not be finished.
    """

    kind: str
    total: int
    value: str = ""
    done: int = 0
    changed: int = 0
    left_out: int = 0
    made: dict[str, str] = field(default_factory=dict)
    failure: str = ""

    @property
    def can_be_undone(self) -> bool:
        """Whether it has changed something that can be taken back."""
        return bool(self.made) and self.kind != "undo"


class Bulk(QObject):
    """Writes in the background, one deed after the other. GUI thread only.

    Between two parts of a deed others get their turn; when the library is about to be closed, all that is left is
    written at once, and whoever closes it is told of what cannot be.

    Signals:
        progressed(object): of this `Deed` more is on the disk.
        finished(object): this `Deed` is on the disk, or has failed.
    """

    progressed = Signal(object)
    finished = Signal(object)

    def __init__(self, access: LibraryAccess, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._access = access
        self._last: Deed | None = None
        self._work: deque[_Work] = deque()
        self._closing = False
        access.closing.connect(self._write_all)

    @property
    def busy(self) -> bool:
        """Whether something is not on the disk yet."""
        return bool(self._work)

    @property
    def last(self) -> Deed | None:
        """What `undo` would take back."""
        return self._last

    def decide(self, numbers: Sequence[int], verdict: Verdict, seen: Mapping[int, str | None]) -> None:
        """Confirm, reject, or say that one is unsure.

        `seen` is what the person saw that the model says, by number; of what was not on screen, what it says now.
        """
        judge = _Judge(verdict, dict(seen), [number for number in numbers if number not in seen])
        self._begin(Deed("decide", len(numbers), verdict.value), numbers, judge.decide)

    def tag(self, numbers: Sequence[int], name: str, on: bool = True) -> None:
        """Put a tag on or take it off."""
        self._begin(Deed("tag" if on else "untag", len(numbers), name), numbers, functools.partial(_tag, name, on))

    def place(self, numbers: Sequence[int], structure: str | None, element: str | None, inspection: str | None) -> None:
        """Say where they belong; None: as each has it."""
        place = functools.partial(_place, (structure, element, inspection))
        self._begin(Deed("place", len(numbers), structure or ""), numbers, place)

    def put_into_bin(self, numbers: Sequence[int], away: bool = True) -> None:
        """Into the bin, or out of it."""
        self._begin(Deed("bin" if away else "restore", len(numbers)), numbers, functools.partial(_bin, away))

    def undo(self) -> None:
        """Take the last deed back, as one more; what others have done since then stays."""
        last, self._last = self._last, None
        if last is not None and last.can_be_undone:
            names = [*last.made]
            parts: list[Sequence[Any]] = [names[begin : begin + _PART] for begin in range(0, len(names), _PART)]
            self._queue(_Work(Deed("undo", len(names)), parts, functools.partial(_undo, last.made)))

    def _begin(self, deed: Deed, numbers: Sequence[int], write: Write) -> None:
        parts = [numbers[begin : begin + _PART] for begin in range(0, len(numbers), _PART)]
        self._queue(_Work(deed, parts, functools.partial(_written, write)))

    def _queue(self, work: _Work) -> None:
        if not work.parts:
            return
        self._work.append(work)
        if len(self._work) == 1:
            self._go_on()

    def _go_on(self) -> None:
        if not self._closing:
            work = self._work[0]
            self._access.write(functools.partial(work.do, work.parts[0], self._access.who), self._take, self._fail)

    @Slot()
    def _write_all(self) -> None:
        self._closing = True
        left = [(work.do, part) for work in self._work for part in work.parts]
        for do, part in left[1:]:  # the first is being written
            self._access.write(functools.partial(do, part, self._access.who))

    @Slot(object)
    def _take(self, committed: Sequence[Committed]) -> None:
        work, deed = self._work[0], self._work[0].deed
        deed.done += len(work.parts.pop(0))
        for each in committed:
            if each.events:
                deed.changed += 1
                deed.made[each.sidecar.facts.sha256] = each.events[-1].id
            elif deed.kind == "decide":
                deed.left_out += 1
        if work.parts:
            self.progressed.emit(deed)
            self._go_on()
        else:
            self._end()

    @Slot(str)
    def _fail(self, sentence: str) -> None:
        self._work[0].deed.failure = sentence
        self._end()

    def _end(self) -> None:
        deed = self._work.popleft().deed
        if deed.can_be_undone:
            self._last = deed
        if self._work:
            self._go_on()
        self.finished.emit(deed)


@dataclass(slots=True, eq=False)
class _Work:
    """A deed, what is left of it (numbers, or names for an undo), and what does a part of it in the writing thread."""

    deed: Deed
    parts: list[Sequence[Any]]
    do: Callable[[Sequence[Any], str, Library], list[Committed]]


@dataclass(slots=True)
class _Judge:
    """A verdict on what a person saw; `unseen` is what was not on screen, until it is looked up."""

    verdict: Verdict
    seen: dict[int, str | None]
    unseen: list[int]

    def decide(self, library: Library, rows: Sequence[Row], who: str) -> list[Committed]:
        """In the writing thread. With the first part all is looked up: a model may look while the others wait."""
        if self.unseen:
            self.seen.update(queries.labels(library, self.unseen))
            self.unseen = []
        of = {row.id: Label(label) for row in rows if (label := self.seen.get(row.number)) is not None}
        return verdicts.decide(library, _names(rows), self.verdict, who, of=of)


def _written(write: Write, numbers: Sequence[int], who: str, library: Library) -> list[Committed]:
    return write(library, [*queries.rows(library, numbers).values()], who)


def _tag(name: str, on: bool, library: Library, rows: Sequence[Row], who: str) -> list[Committed]:
    return verdicts.tag(library, _names(rows), name, who, on)


def _place(
    place: tuple[str | None, str | None, str | None], library: Library, rows: Sequence[Row], who: str
) -> list[Committed]:
    return verdicts.place(library, _names(rows), *place, who)


def _bin(away: bool, library: Library, rows: Sequence[Row], who: str) -> list[Committed]:
    return verdicts.put_into_bin(library, _names(rows), who, away)


def _undo(made: Mapping[str, str], names: Sequence[str], who: str, library: Library) -> list[Committed]:
    return take_back(library, {name: made[name] for name in names}, who)


def _names(rows: Sequence[Row]) -> list[str]:
    return [row.id for row in rows]
