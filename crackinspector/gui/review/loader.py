"""Decodes snapshots before they are asked for, and keeps as many as fit into a bound of memory.

The threads are daemons that live no longer than their work: nobody waits for them at the end of the program.
"""

from __future__ import annotations

import contextlib
import dataclasses
import logging
import threading
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt, Signal, Slot

from crackinspector.core.errors import CrackInspectorError
from crackinspector.gui.library.access import LibraryAccess
from crackinspector.gui.review.budget import Budget, shared_budget
from crackinspector.gui.review.decoding import MOST_PIXELS, decode, with_findings
from crackinspector.gui.review.loaded import Loaded
from crackinspector.library import queries
from crackinspector.library.queries import Row
from crackinspector.library.sidecar import Sidecar
from crackinspector.library.state import State, state_of
from crackinspector.library.store import Library

log = logging.getLogger(__name__)
_THREADS = 2
_PIXEL_BYTES = 4
"""Of a picture with its halves: three, and a third of that."""
_LARGE = 20_000_000
"""Pixels from which on pictures are decoded one at a time: each needs more memory than it keeps."""


@dataclass(frozen=True, slots=True, eq=False)
class _Record:
    """What the library says of a snapshot, read in its thread."""

    row: Row
    sidecar: Sidecar
    state: State


@dataclass(frozen=True, slots=True, eq=False)
class _Job:
    """A snapshot to be decoded; with `picture`, only what was found in it."""

    record: _Record
    picture: Loaded | None = None

    @property
    def number(self) -> int:
        return self.record.row.number


class PictureLoader(QObject):
    """Loads snapshots in threads of its own. GUI thread only.

    What is kept follows the library: a verdict, a tag or an edit by anybody comes as `loaded` again.

    Signals:
        loaded(object): a `Loaded` that was not there before, or that says something else than before.
        failed(int, str): the number of a snapshot that cannot be shown, and the sentence why.
    """

    loaded = Signal(object)
    failed = Signal(int, str)
    _finished = Signal(object, object, str)

    def __init__(self, access: LibraryAccess, budget: Budget | None = None, parent: QObject | None = None) -> None:
        """`budget`: of all pictures that are kept; None: the one that all pages share."""
        super().__init__(parent)
        self._access = access
        self._budget = budget if budget is not None else shared_budget()
        self._budget.join(self)
        self._most_pixels = min(MOST_PIXELS, self._budget.most // _PIXEL_BYTES)
        self._kept: OrderedDict[int, Loaded] = OrderedDict()
        self._trouble: dict[int, str] = {}
        self._wanted: list[int] = []
        self._decoding: set[int] = set()
        self._stale: set[int] = set()
        self._jobs: list[_Job] = []
        self._lock = threading.Lock()
        self._large = threading.Lock()
        self._stopping = False
        self._threads: set[threading.Thread] = set()
        self._finished.connect(self._take, Qt.ConnectionType.QueuedConnection)
        access.changed.connect(self.refresh)

    @property
    def held(self) -> int:
        """How many bytes the pictures have that are kept."""
        return sum(map(_size, self._kept.values()))

    def want(self, numbers: Sequence[int]) -> None:
        """Load these, the first of them first, and give up what was wanted before and has not begun."""
        self._wanted = list(dict.fromkeys(numbers))
        self._trouble = {number: why for number, why in self._trouble.items() if number in self._wanted}
        for number in reversed(self._wanted):
            if number in self._kept:
                self._kept.move_to_end(number)
        with self._lock:
            self._jobs = [job for job in self._jobs if job.number in self._wanted or job.picture is not None]
        self._ask()

    def rest(self, shown: Sequence[int]) -> None:
        """Nobody looks for now: want no more than these, and leave all other memory to whoever is looked at."""
        self.want(shown)
        for number in self._kept.keys() - set(shown):
            del self._kept[number]

    def get(self, number: int) -> Loaded | None:
        """A snapshot that is loaded."""
        return self._kept.get(number)

    def trouble(self, number: int) -> str:
        """Why a wanted snapshot cannot be shown; empty while nothing is known against it."""
        return self._trouble.get(number, "")

    def forget(self, number: int) -> None:
        """Load this one again from its files if it is still wanted; until then it is not there."""
        self._kept.pop(number, None)
        self._trouble.pop(number, None)
        if number in self._decoding:
            self._stale.add(number)
        self._ask()

    @Slot()
    def refresh(self) -> None:
        """See what the library now says of all that is kept."""
        numbers = list(self._kept)
        if numbers:
            self._access.read(lambda library: _records(library, numbers), self._compare, key=f"{id(self)} refresh")

    def stop(self, seconds: float = 2.0) -> bool:
        """Load nothing more; whether all threads ended within that time."""
        with self._lock:
            self._stopping = True
            self._jobs.clear()
            threads = list(self._threads)
        self._budget.leave(self)
        for thread in threads:
            thread.join(seconds)
        return not any(thread.is_alive() for thread in threads)

    def _ask(self) -> None:
        """Ask the library for the records of what is missing."""
        with self._lock:
            queued = {job.number for job in self._jobs}
        known = self._kept.keys() | self._trouble.keys() | (self._decoding - self._stale) | queued
        missing = [number for number in self._wanted if number not in known]
        if missing and not self._stopping:
            self._access.read(
                lambda library: (missing, _records(library, missing)),
                self._queue,
                self._refuse,
                key=f"{id(self)} records",
            )

    @Slot(object)
    def _queue(self, answer: tuple[list[int], dict[int, _Record]]) -> None:
        """Queue for decoding what fits beside what is wanted more."""
        asked, records = answer
        with self._lock:
            waiting = {job.number: job for job in self._jobs}
            for number in asked:
                record = records.get(number)
                if (
                    record is not None
                    and number in self._wanted
                    and (number not in self._decoding or number in self._stale)
                ):
                    waiting[number] = _Job(record)
            room, chosen = self._budget.room(self), []
            for number in self._wanted:
                if number in waiting:
                    room -= self._estimate(waiting[number].record)
                    if room >= 0 or number == self._wanted[0]:
                        chosen.append(waiting[number])
                elif number in self._kept:
                    room -= _size(self._kept[number])
            self._jobs = [job for job in self._jobs if job.picture is not None] + chosen
        self._start_threads()
        for number in asked:
            if number not in records:
                self._fail(number, self.tr("This snapshot is not in the library any more."))

    @Slot(str)
    def _refuse(self, sentence: str) -> None:
        """The library could not be asked."""
        if self._wanted:
            self._fail(self._wanted[0], sentence)

    @Slot(object)
    def _compare(self, records: dict[int, _Record]) -> None:
        """Bring what is kept to what the library says of it."""
        with self._lock:
            busy = self._decoding | {job.number for job in self._jobs}
        for number, loaded in list(self._kept.items()):
            record = records.get(number)
            # What is being decoded is looked at again when that is done.
            if record is None or record.sidecar == loaded.sidecar or number in busy:
                continue
            fresh = dataclasses.replace(loaded, row=record.row, sidecar=record.sidecar, state=record.state)
            if _drawn(record.state) == _drawn(loaded.state):
                self._kept[number] = fresh
                self.loaded.emit(fresh)
            else:
                with self._lock:
                    self._jobs.insert(0, _Job(record, fresh))
                self._start_threads()

    def _start_threads(self) -> None:
        with self._lock:
            while not self._stopping and len(self._threads) < min(_THREADS, len(self._jobs) + len(self._decoding)):
                thread = threading.Thread(target=self._run, name="picture loader", daemon=True)
                self._threads.add(thread)
                thread.start()

    def _run(self) -> None:
        """A thread of the loader."""
        while (job := self._next()) is not None:
            result, sentence = None, ""
            try:
                result = self._do(job)
            except CrackInspectorError as error:
                sentence = str(error)
            except Exception as error:
                log.exception("a picture could not be loaded")
                sentence = f"{type(error).__name__}: {error}"
            with contextlib.suppress(RuntimeError):  # the window went away meanwhile
                self._finished.emit(job, result, sentence)

    def _next(self) -> _Job | None:
        with self._lock:
            if not self._jobs or self._stopping:
                self._threads.discard(threading.current_thread())
                return None
            job = self._jobs.pop(0)
            self._decoding.add(job.number)
            return job

    def _do(self, job: _Job) -> Loaded:
        record, folder = job.record, self._access.folder
        if job.picture is not None:
            return with_findings(folder, job.picture)
        large = record.row.width * record.row.height > _LARGE
        with self._large if large else contextlib.nullcontext():
            return decode(folder, record.row, record.sidecar, record.state, self._most_pixels)

    @Slot(object, object, str)
    def _take(self, job: _Job, loaded: Loaded | None, sentence: str) -> None:
        number = job.number
        with self._lock:
            self._decoding.discard(number)
        if number in self._stale:
            self._stale.discard(number)
            self._ask()
            return
        if loaded is None:
            self._fail(number, sentence)
            return
        self._kept[number] = loaded
        self._make_room()
        if number in self._kept:
            self.loaded.emit(loaded)
            # It may have been decided on while it was decoded.
            self.refresh()

    def _fail(self, number: int, sentence: str) -> None:
        self._trouble[number] = sentence
        self.failed.emit(number, sentence)

    def _make_room(self) -> None:
        """Give up what was not looked at for longest, of what is wanted the last first, and never the first."""
        order = [number for number in self._kept if number not in self._wanted] + self._wanted[:0:-1]
        for number in order:
            if self.held <= self._budget.room(self):
                return
            self._kept.pop(number, None)

    def _estimate(self, record: _Record) -> int:
        pixels = record.row.width * record.row.height
        while pixels > self._most_pixels:
            pixels //= 4
        return pixels * _PIXEL_BYTES


def _records(library: Library, numbers: Sequence[int]) -> dict[int, _Record]:
    """Called in the library's reading thread."""
    records = {}
    for number, row in queries.rows(library, numbers).items():
        sidecar = library.sidecar(row.id)
        records[number] = _Record(row, sidecar, state_of(sidecar.facts, sidecar.events))
    return records


def _drawn(state: State) -> tuple[object, ...]:
    """What has to be decoded for a state besides its picture."""
    detection = None if state.detection is None else state.detection.id
    return detection, tuple((finding.key, finding.mask) for finding in state.findings)


def _size(loaded: Loaded) -> int:
    crack_map = 0 if loaded.detection is None else loaded.detection.crack_map.nbytes
    masks = {id(mask): mask.nbytes for mask in loaded.masks.values()}
    return sum(level.nbytes for level in loaded.levels) + crack_map + sum(masks.values())
