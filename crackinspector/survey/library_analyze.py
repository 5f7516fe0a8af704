"""`crackinspector library analyze`: a model looks at snapshots that a library has; what was said before stays."""

from __future__ import annotations

import contextlib
import functools
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from crackinspector.core.errors import PictureError, StorageError, UsageError
from crackinspector.core.labels import Label
from crackinspector.core.text import printable
from crackinspector.library.committing import SnapshotError, kept_or_refused
from crackinspector.library.database import sentences
from crackinspector.library.events import Draft, Kind
from crackinspector.library.queries import Query, find, ids, rows
from crackinspector.library.sidecar import Sidecar
from crackinspector.library.staging import digest_of
from crackinspector.library.state import state_of
from crackinspector.library.store import Change, Library
from crackinspector.survey.group_commit import GroupCommit
from crackinspector.survey.job import PictureJob
from crackinspector.survey.library_look import Look, Seen, handled, look_at, model_and_digest
from crackinspector.survey.output import JsonLines
from crackinspector.survey.report import WORDS, Reporter

EXIT_OK, EXIT_SOME_UNREADABLE = 0, 1
FIRST, SAME, CHANGED, PRESENT, UNREADABLE = "first", "same", "changed", "present", "unreadable"
_GROUP = 500


@dataclass(frozen=True, slots=True)
class AnalyzeOptions:
    """What `library analyze` is told; see its help.

    Attributes:
        library: the folder.
        query: which snapshots.
        names: a file of names of snapshots, one a line, `-` for standard input; in the place of `query`.
        model: a shipped role or a file.
        who: the person.
        json: a file, `-` for standard output, None for readable lines.
        workers, threads: as for `analyze`.
    """

    library: Path
    query: Query = field(default_factory=lambda: Query(descending=False))
    names: str | None = None
    model: str = "classifier"
    who: str = ""
    json: str | None = None
    workers: int | None = None
    threads: int | None = None
    debug: bool = False
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class LookTask:
    """A snapshot to look at.

    Attributes:
        id: its name.
        picture: the file.
        name: what people call it.
    """

    id: str
    picture: Path
    name: str


@dataclass(frozen=True, slots=True)
class LookJob:
    """Makes the function that looks at one snapshot; picklable, called once in each process.

    Attributes:
        run: the library's folder for what is to become part of it.
        look: loads the model.
        model_sha256: of its file.
    """

    run: Path
    look: PictureJob | None
    model_sha256: str

    def __call__(self) -> Callable[[LookTask], tuple[LookTask, Seen]]:
        """Load the model. Raises ModelError."""
        assert self.look is not None
        return _Handler(self, self.look())


class _Handler:
    def __init__(self, job: LookJob, look: Look) -> None:
        self._job, self._look = job, look
        self._number = 0

    def __call__(self, task: LookTask) -> tuple[LookTask, Seen]:
        """Look at one. Only errors that concern every snapshot are raised: the model, the library."""
        self._number += 1
        try:
            return task, self._seen(task)
        except PictureError as error:
            return task, Seen(error=str(error), trace=traceback.format_exc())
        except OSError as error:
            return task, Seen(error=f"cannot read {printable(task.picture)}: {error.strerror or error}")

    def _seen(self, task: LookTask) -> Seen:
        # What is kept belongs to the picture of that name, and to no other.
        if digest_of(task.picture) != task.id:
            raise PictureError(
                f"{printable(task.picture)} has changed since it was kept; `crackinspector library check` says more"
            )
        return look_at(self._look, task.picture, self._job.run, self._number, self._job.model_sha256)


def analyze_snapshots(options: AnalyzeOptions) -> int:
    """Look at snapshots and return the exit status, 0 or 1. Those whose newest detection is this model's are left out.

    Raises:
        CrackInspectorError: nothing to do, or the model or the library cannot be used.
        KeyboardInterrupt: after the workers are stopped; what has its line is kept.
    """
    if options.names is not None and options.query != Query(descending=False):
        raise UsageError("--snapshots says which ones; leave the filter out, or ask for them by the filter alone")
    names = _names(options.names) if options.names is not None else None
    begin = time.perf_counter()
    with contextlib.ExitStack() as stack:
        library = stack.enter_context(Library(options.library))
        run = library.run  # a library that cannot be written to is found out before the model is loaded
        model, sha256 = model_and_digest(options.model)
        tasks, present = _plan(library, options.query, names, sha256)
        results = JsonLines(options.json) if options.json is not None else None
        total = len(tasks) + len(present)
        reporter = stack.enter_context(Reporter(total, lines=results is None, quiet=options.quiet))
        for notice in library.notices:
            reporter.note(notice)
        progress = _Analysis(library, options, reporter, results)
        try:
            progress.pass_over(present)
            progress.look(tasks, LookJob(run, None, sha256), model)
            if results is not None:
                results.commit()
        except BaseException:
            if results is not None:
                results.abandon()
            raise
        reporter.closing(progress.summary(time.perf_counter() - begin))
    return EXIT_SOME_UNREADABLE if progress.counts[UNREADABLE] else EXIT_OK


def _names(file: str) -> list[str]:
    try:
        text = sys.stdin.read() if file == "-" else Path(file).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(
            f"cannot read {printable(file)}: {error}; give a file with a snapshot's name a line"
        ) from error
    return list(dict.fromkeys(text.split()))


def _plan(
    library: Library, query: Query, names: Sequence[str] | None, sha256: str
) -> tuple[list[LookTask], list[LookTask]]:
    """Those to look at, in their order, and those that this model was the last to look at."""
    if names is None:
        numbers = ids(library, query)
    else:
        found = [(name, find(library, name)) for name in names]
        if missing := [name for name, number in found if number is None]:
            raise StorageError(
                f"{printable(library.folder)} has no snapshot {printable(missing[0])}; look for it in another library"
            )
        numbers = [number for _, number in found if number is not None]
    if not numbers:
        raise UsageError(f"{printable(library.folder)} has no such snapshots; ask for others")
    with sentences(library.folder):
        statement = "SELECT number FROM snapshots WHERE model_sha256 = ?"
        seen = {number for (number,) in library.connection.execute(statement, (sha256,))}
    tasks: list[LookTask] = []
    present: list[LookTask] = []
    for start in range(0, len(numbers), _GROUP):
        group = numbers[start : start + _GROUP]
        there = rows(library, group)
        for number in group:
            if number in there:
                row = there[number]
                (present if number in seen else tasks).append(LookTask(row.id, row.picture, row.name))
    return tasks, present


class _Analysis:
    """One run. `_keep` belongs to the committing thread, with library and results."""

    def __init__(
        self, library: Library, options: AnalyzeOptions, reporter: Reporter, results: JsonLines | None
    ) -> None:
        self._library, self._options, self._reporter, self._results = library, options, reporter, results
        self.counts: Counter[str] = Counter()
        self._now_cracked = self._cracked_no_more = 0

    def pass_over(self, present: Sequence[LookTask]) -> None:
        """Tell of those that need no look."""
        for task in present:
            state = state_of((sidecar := self._library.sidecar(task.id)).facts, sidecar.events)
            body = None if state.detection is None else state.detection.body
            self._tell(PRESENT, task, body, state.label)
            self._reporter.advance()

    def look(self, tasks: Sequence[LookTask], job: LookJob, model: Path) -> None:
        """Look at the others, and keep what is seen."""
        if not tasks:
            return
        options = self._options
        commits = GroupCommit(self._keep)
        try:
            stream = handled(
                tasks,
                lambda look: replace(job, look=look),
                model,
                _lost,
                self._reporter.advance,
                workers=options.workers,
                threads=options.threads,
                debug=options.debug,
            )
            with contextlib.closing(stream):
                for each in stream:
                    commits.put(each)
        except BaseException:
            # What was looked at is kept, whatever ends the run; what ended it is what is told.
            with contextlib.suppress(Exception):
                commits.close()
            raise
        commits.close()

    def summary(self, seconds: float) -> str:
        """A sentence with what changed."""
        counts, total = self.counts, self.counts.total()
        changed = [
            f"{count} {words}"
            for count, words in (
                (self._now_cracked, "now a crack"),
                (self._cracked_no_more, "no crack any more"),
            )
            if count
        ]
        kinds = [
            f"{counts[CHANGED]} with another label" + (f" ({', '.join(changed)})" if changed else ""),
            f"{counts[SAME]} with the same",
        ]
        for kind, words in (
            (FIRST, "looked at for the first time"),
            (PRESENT, "seen by this model before"),
            (UNREADABLE, "unreadable"),
        ):
            if counts[kind]:
                kinds.append(f"{counts[kind]} {words}")
        return f"{total} snapshot{'' if total == 1 else 's'}: {', '.join(kinds)}; {seconds:.1f} s"

    def _keep(self, items: list[tuple[LookTask, Seen]]) -> None:
        """Commit, then tell: a line is the word that what was seen is safe."""
        before: dict[str, Label | None] = {}
        changes = [
            Change(task.id, functools.partial(self._drafts, before, seen), maps=seen.maps)
            for task, seen in items
            if seen.error is None
        ]
        # One that was deleted since does not keep the others from being kept.
        kept = iter(kept_or_refused(self._library.commit, changes))
        for task, seen in items:
            if seen.trace is not None and self._options.debug:
                self._reporter.note(seen.trace)
            if seen.error is None and isinstance(refused := next(kept), SnapshotError):
                self._tell(UNREADABLE, task, None, None, str(refused))
                continue
            if seen.detection is None:
                self._tell(UNREADABLE, task, None, None, seen.error)
                continue
            old, new = before[task.id], seen.detection["label"]
            self._now_cracked += new == Label.POSITIVE and old not in (None, Label.POSITIVE)
            self._cracked_no_more += old is Label.POSITIVE and new != Label.POSITIVE
            self._tell(FIRST if old is None else SAME if old == new else CHANGED, task, seen.detection, old)

    def _drafts(self, before: dict[str, Label | None], seen: Seen, known: Sidecar | None) -> Iterable[Draft]:
        assert known is not None and seen.detection is not None
        before[known.facts.sha256] = state_of(known.facts, known.events).label
        yield Draft(Kind.DETECTION, self._options.who, seen.detection)

    def _tell(self, kind: str, task: LookTask, body: Any, before: Label | None, error: str | None = None) -> None:
        self.counts[kind] += 1
        if self._results is not None:
            seen = {
                name: None if body is None else body[name] for name in ("label", "score", "probabilities", "regions")
            }
            model = None if body is None else body["model"]["name"]
            told = {"id": task.id, "name": task.name, **seen, "model": model, "before": before, "error": error}
            self._results.write({**told, "status": kind})
        if error is not None:
            self._reporter.note(printable(error))
        elif self._results is None:
            shown = f"{WORDS[body['label']]} {body['score'] * 100:.1f} %"
            was = f", was {WORDS[before]}" if kind == CHANGED and before is not None else ""
            self._reporter.line(f"{kind:<8} {shown + was:<32} {printable(task.name)}")


def _lost(task: LookTask, how: str) -> tuple[LookTask, Seen]:
    name = printable(task.name)
    return task, Seen(error=f"{name}: the process that looked at it was {how}; the other snapshots are not affected")
