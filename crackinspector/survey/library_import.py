"""`crackinspector library import`: pictures are looked at by workers and kept in a library by this process."""

from __future__ import annotations

import contextlib
import functools
import os
import sqlite3
import time
from collections import Counter
from collections.abc import Generator, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from crackinspector.core.errors import StorageError
from crackinspector.core.text import printable
from crackinspector.library import events
from crackinspector.library.committing import SnapshotError, kept_or_refused
from crackinspector.library.events import Draft, Kind
from crackinspector.library.facts import Facts
from crackinspector.library.layout import picture_path
from crackinspector.library.sidecar import Sidecar
from crackinspector.library.state import LABELLED, State, state_of
from crackinspector.library.store import Change, Library
from crackinspector.library.tombstones import Tombstone
from crackinspector.survey.group_commit import GroupCommit
from crackinspector.survey.job import error_record
from crackinspector.survey.library_archive import Refused
from crackinspector.survey.library_job import ImportJob, Incoming, file_key
from crackinspector.survey.library_look import handled, model_and_digest
from crackinspector.survey.library_plan import ImportTask, Planned, plan, plan_archives
from crackinspector.survey.output import JsonLines
from crackinspector.survey.report import Reporter, other_files

EXIT_OK, EXIT_SOME_UNREADABLE = 0, 1
ADDED, UPDATED, PRESENT, DELETED, UNREADABLE = "added", "updated", "present", "deleted", "unreadable"
ROW, ARCHIVE = "row", "archive"
"""What is refused and is no picture; `Refused.kind`."""
_GROUP = 256
_SAME_FILE = "(device, inode, size, modified, changed) = (?, ?, ?, ?, ?)"


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """What `library import` is told; see its help.

    Attributes:
        paths: pictures, folders and archives, as given.
        library: the folder, made if needed.
        structure, element, inspection: where the pictures belong; empty: nobody says.
        who: the person who imports.
        model: a shipped role or a file; None: the pictures are kept without being looked at.
        json: a file, `-` for standard output, None for readable lines.
        workers, threads: as for `analyze`.
        again: bring back what was deleted from the library.
        manifest: a table of further pictures and what is known of them.
    """

    paths: tuple[str, ...]
    library: Path
    structure: str = ""
    element: str = ""
    inspection: str = ""
    who: str = ""
    model: str | None = "classifier"
    json: str | None = None
    workers: int | None = None
    threads: int | None = None
    debug: bool = False
    quiet: bool = False
    again: bool = False
    manifest: Path | None = None


def import_pictures(options: ImportOptions) -> int:
    """Import the pictures and return the exit status, 0 or 1.

    Raises:
        CrackInspectorError: nothing to do, or the model or the library cannot be used.
        KeyboardInterrupt: after the workers are stopped; what has its line is kept.
    """
    model, sha256 = model_and_digest(options.model) if options.model is not None else (None, "")
    planned, archives = plan(options.paths, options.manifest, options.library)
    begin = time.perf_counter()
    results = JsonLines(options.json) if options.json is not None else None
    with contextlib.ExitStack() as stack:
        try:
            library = stack.enter_context(Library(options.library, create=True))
            if library.read_only:
                # Before anything is looked at, and in the place of the notice.
                raise StorageError(
                    f"nothing can be written to {printable(library.folder)}; copy the library and open the copy"
                )
            unpacked = plan_archives(archives, library.run) if archives else Planned()
            tasks = [*planned.tasks, *unpacked.tasks]
            reporter = stack.enter_context(Reporter(len(tasks), lines=options.json is None, quiet=options.quiet))
            for notice in library.notices:
                reporter.note(notice)
            progress = _Import(library, options, reporter, results)
            progress.refuse([*planned.refused, *unpacked.refused])
            progress.run(tasks, model, sha256)
            if results is not None:
                results.commit()
        except BaseException:
            if results is not None:
                results.abandon()
            raise
        passed_over = planned.passed_over + unpacked.passed_over
        progress.tell_elsewhere()
        reporter.closing(_summary(progress.counts, time.perf_counter() - begin, passed_over))
    return EXIT_SOME_UNREADABLE if progress.refused else EXIT_OK


def _summary(counts: Counter[str], seconds: float, passed_over: int) -> str:
    total = sum(counts[kind] for kind in (ADDED, UPDATED, PRESENT, DELETED, UNREADABLE))
    kinds = ", ".join(
        f"{counts[kind]} {words}"
        for kind, words in (
            (ADDED, "added"),
            (UPDATED, "completed"),
            (PRESENT, "there already"),
            (DELETED, "deleted before"),
            (UNREADABLE, "unreadable"),
        )
        if counts[kind] or kind == ADDED
    )
    others = f"; {other_files(passed_over)} passed over" if passed_over else ""
    for kind, one, more in ((ROW, "row of the manifest", "rows of the manifest"), (ARCHIVE, "archive", "archives")):
        if counts[kind]:
            others += f"; {counts[kind]} {one if counts[kind] == 1 else more} left out"
    rate = f", {total / seconds:.1f} per second" if seconds > 0 else ""
    return f"{total} picture{'' if total == 1 else 's'}: {kinds}{others}; {seconds:.1f} s{rate}"


class _Import:
    """One run. `_keep` belongs to the committing thread, with library and results."""

    def __init__(self, library: Library, options: ImportOptions, reporter: Reporter, results: JsonLines | None) -> None:
        self._library, self._options, self._reporter, self._results = library, options, reporter, results
        self.counts: Counter[str] = Counter()
        self._elsewhere = 0

    def refuse(self, refused: Sequence[Refused]) -> None:
        """Tell what was asked for and is not to be had."""
        for each in refused:
            self._tell(UNREADABLE, {**error_record(each.path, None, each.sentence), "id": None})
            self.counts[UNREADABLE] -= 1
            self.counts[UNREADABLE if each.kind == "picture" else each.kind] += each.count

    @property
    def refused(self) -> bool:
        """Whether something that was asked for is not in the library."""
        return any(self.counts[kind] for kind in (UNREADABLE, ROW, ARCHIVE))

    def tell_elsewhere(self) -> None:
        """Tell of pictures that were to belong somewhere and belong somewhere else already."""
        if self._elsewhere:
            self._reporter.note(
                f"pictures that belong to another place already, and stay there: {self._elsewhere}; to move them "
                "choose them in `crackinspector review`, then Place"
            )

    def run(self, tasks: Sequence[ImportTask], model: Path | None, sha256: str) -> None:
        present, rest = self._sorted(tasks, looks=model is not None)
        for start in range(0, len(present), _GROUP):
            self._keep(present[start : start + _GROUP])
            for _ in present[start : start + _GROUP]:
                self._reporter.advance()
        if not rest:
            return
        commits = GroupCommit(self._keep)
        try:
            with contextlib.closing(
                _incoming(self._library, rest, model, sha256, self._options, self._reporter)
            ) as made:
                for incoming in made:
                    commits.put(incoming)
        except BaseException:
            # What was looked at is kept, whatever ends the run; what ended it is what is told.
            with contextlib.suppress(Exception):
                commits.close()
            raise
        commits.close()

    def _sorted(self, tasks: Sequence[ImportTask], looks: bool) -> tuple[list[Incoming], list[ImportTask]]:
        """Those whose very file was imported before, which is not read again, and the rest."""
        present, rest = [], []
        for task in tasks:
            try:
                key = file_key(task.path)
                gone = self._library.connection.execute(
                    f"SELECT id FROM deleted_files WHERE {_SAME_FILE}", key
                ).fetchone()
                if gone is not None and not self._options.again:
                    present.append(Incoming(task, gone[0]))
                    continue
                row = self._library.connection.execute(
                    f"SELECT s.id, s.suffix, s.bytes, s.label FROM files f JOIN snapshots s ON s.number = f.snapshot "
                    f"WHERE {_SAME_FILE}",
                    key,
                ).fetchone()
                there = row is not None and (row[3] is not None or not looks)
                if there and picture_path(self._library.folder, row[0], row[1]).stat().st_size == row[2]:
                    present.append(Incoming(task, row[0]))
                    continue
            except (OSError, ValueError, OverflowError, sqlite3.Error):
                pass
            rest.append(task)
        return present, rest

    def _keep(self, items: list[Incoming]) -> None:
        """Commit, then tell: a line is the word that its picture is safe."""
        graves = {item.digest: self._grave(item) for item in items if item.error is None}
        good = [item for item in items if item.error is None and graves[item.digest] is None]
        # One that is deleted meanwhile does not keep the others from being kept.
        kept = iter(kept_or_refused(self._library.commit, [_change(item, self._options) for item in good]))
        for item in items:
            for note in item.notes:
                self._reporter.note(note)
            grave = graves.get(item.digest)
            result = next(kept) if item.error is None and grave is None else None
            if isinstance(result, SnapshotError):
                grave = self._grave(item)
            if grave is not None:
                self._reporter.note(f"{printable(item.task.called)} {grave.sentence}; --again brings it back")
                self._tell(DELETED, _empty_record(item))
            elif item.error is not None:
                self._tell(UNREADABLE, {**error_record(item.task.called, None, item.error), "id": None})
                if item.trace is not None and self._options.debug:
                    self._reporter.note(item.trace)
            elif isinstance(result, SnapshotError):
                self._tell(UNREADABLE, {**error_record(item.task.called, None, str(result)), "id": item.digest})
            elif result is not None:
                kind = ADDED if result.is_new else UPDATED if result.events else PRESENT
                state = state_of(result.sidecar.facts, result.sidecar.events)
                self._elsewhere += _is_elsewhere(state, _place(item, self._options))
                self._tell(kind, _record(item.task.called, result.sidecar.facts, state))

    def _grave(self, item: Incoming) -> Tombstone | None:
        return None if self._options.again else self._library.tombstone(item.digest)

    def _tell(self, kind: str, record: dict[str, Any]) -> None:
        self.counts[kind] += 1
        if self._results is not None:
            self._results.write({**record, "status": kind})
        if record["error"] is not None:
            self._reporter.note(printable(record["error"]))
        elif self._results is None:
            shown = "not looked at" if record["label"] is None else f"{record['label']} {record['score'] * 100:.1f} %"
            self._reporter.line(f"{kind:<8} {shown:<16} {printable(record['path'])}")


def _empty_record(item: Incoming) -> dict[str, Any]:
    return {**error_record(item.task.called, None, ""), "error": None, "id": item.digest}


def _record(path: Path, facts: Facts, state: State) -> dict[str, Any]:
    """The line of a picture that is in the library: as of `analyze`, and its name there."""
    detection = state.detection
    seen: dict[str, Any] = dict.fromkeys(("label", "score", "probabilities", "regions", "model"))
    if detection is not None:
        seen = {name: detection.body[name] for name in seen}
        seen["model"] = detection.body["model"]["name"]
    size = {"path": os.fspath(path), "width": facts.width, "height": facts.height}
    return {**size, **seen, "error": None, "id": facts.sha256}


def _change(item: Incoming, options: ImportOptions) -> Change:
    return Change(
        item.digest,
        decide=functools.partial(_drafts, item, options),
        facts=Facts.parse(item.facts) if item.facts is not None else None,
        picture=item.picture,
        maps=item.maps,
        file=item.file,
        again=options.who if options.again else None,
    )


def _drafts(item: Incoming, options: ImportOptions, known: Sidecar | None) -> Iterable[Draft]:
    """What happens to the snapshot: what is known already does not happen again."""
    state = state_of(known.facts, known.events) if known is not None else None
    who = options.who
    if known is None:
        body: dict[str, Any] = {
            "name": item.task.name,
            "source": item.source if item.source is not None else item.task.source,
            "taken": item.taken if item.taken is not None else item.task.told.taken,
        }
        if item.task.told.position is not None:
            body["latitude"], body["longitude"] = item.task.told.position
        yield Draft(Kind.IMPORT, who, body if item.live is None else {**body, "live": item.live})
    place = _place(item, options)
    if _is_placed_now(state, place):
        yield events.place(who, *place)
    labelled = [] if item.task.label is None else [f"{LABELLED}{item.task.label}"]
    for tag in (*labelled, *item.task.told.tags):
        if not _was_tagged(known, tag):
            yield events.tag(who, tag)
    if item.detection is not None and (state is None or state.detection is None):
        yield Draft(Kind.DETECTION, who, item.detection)


def _place(item: Incoming, options: ImportOptions) -> list[str]:
    """Where the picture is to belong: structure, element and inspection, empty where nobody says."""
    given = (options.structure, options.element, options.inspection)
    return [said or default for said, default in zip(item.task.told.place, given, strict=True)]


def _is_elsewhere(state: State, place: Sequence[str]) -> bool:
    there = (state.structure, state.element, state.inspection)
    return any(wanted and wanted != found for wanted, found in zip(place, there, strict=True))


def _is_placed_now(state: State | None, place: Sequence[str]) -> bool:
    """A picture that belongs somewhere stays there; moving it is a person's decision, not an import's."""
    return any(place) and (state is None or not (state.structure or state.element or state.inspection))


def _was_tagged(known: Sidecar | None, tag: str) -> bool:
    """Whether it ever was: who took the tag off meant it."""
    return known is not None and any(event.kind == Kind.TAG and event.body["tag"] == tag for event in known.events)


def _incoming(
    library: Library,
    tasks: Sequence[ImportTask],
    model: Path | None,
    sha256: str,
    options: ImportOptions,
    reporter: Reporter,
) -> Generator[Incoming, None, None]:
    job = ImportJob(library.folder, library.run, None, sha256, options.again)
    return handled(
        tasks,
        lambda look: replace(job, look=look),
        model,
        _lost,
        reporter.advance,
        workers=options.workers,
        threads=options.threads,
        debug=options.debug,
    )


def _lost(task: ImportTask, how: str) -> Incoming:
    name = printable(task.called)
    return Incoming(task, error=f"{name}: the process that analysed it was {how}; the other pictures are not affected")
