"""`crackinspector analyze`: many pictures to labels, maps and overlays."""

from __future__ import annotations

import contextlib
import functools
import os
import stat
import tempfile
import time
from collections.abc import Generator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from crackinspector.core.errors import UsageError
from crackinspector.core.text import printable
from crackinspector.survey.batch import Batch
from crackinspector.survey.job import Outcome, PictureJob, Task, error_record
from crackinspector.survey.output import JsonLines, cannot_write, json_files, output_names, remove_part
from crackinspector.survey.report import Reporter, other_files

EXIT_OK, EXIT_SOME_UNREADABLE = 0, 1


@dataclass(frozen=True, slots=True)
class AnalyzeOptions:
    """What `analyze` is told; see its help.

    Attributes:
        paths: pictures and folders, as given.
        model: a shipped role or a file.
        json: a file, `-` for standard output, None for readable lines.
        maps, overlays: folders, or None.
        workers: processes, None = one for each core.
        threads: threads for one invoke; None = 1 with several workers, else measured.
    """

    paths: tuple[str, ...]
    model: str
    json: str | None = None
    maps: Path | None = None
    overlays: Path | None = None
    workers: int | None = None
    threads: int | None = None
    debug: bool = False
    quiet: bool = False


def analyze(options: AnalyzeOptions) -> int:
    """Analyse the pictures and return the exit status, 0 or 1.

    Raises:
        CrackInspectorError: nothing to do, the model cannot be used, or an output cannot be written.
        KeyboardInterrupt: after the workers are stopped and unfinished files are removed.
        BrokenPipeError: who reads standard output has gone.
    """
    from crackinspector.inference.card import card_path
    from crackinspector.inference.shipped import resolve_model
    from crackinspector.inference.verify import verify_model

    for option, folder in (("--maps", options.maps), ("--overlays", options.overlays)):
        if folder is not None and _is_no_folder(folder):
            raise UsageError(f"{option} needs a folder, and {printable(folder)} is a file: give another name")
    model = resolve_model(options.model)
    verify_model(model)
    tasks, passed_over = plan(options)
    begin = time.perf_counter()
    results = JsonLines(options.json) if options.json is not None else None
    done = 0
    with Reporter(len(tasks), lines=options.json is None, quiet=options.quiet) as reporter:
        try:
            if not card_path(model).is_file():
                reporter.note(
                    f"{printable(model)} has no card beside it: it is read by its tensors, and its scores and map are "
                    "not calibrated"
                )
            with contextlib.closing(outcomes(model, tasks, options, reporter)) as stream:
                for outcome in stream:
                    if results is not None:
                        results.write(outcome.record)
                    reporter.result(outcome.record, outcome.trace if options.debug else None)
                    done += 1
            if results is not None:
                results.commit()
        except BaseException:
            kept = results.abandon() if results is not None else None
            if kept is not None:
                reporter.note(f"stopped after {done} of {len(tasks)} pictures; their lines are in {printable(kept)}")
            raise
        reporter.summary(time.perf_counter() - begin, passed_over)
        return EXIT_SOME_UNREADABLE if reporter.unreadable else EXIT_OK


class Plan(NamedTuple):
    """What there is to do.

    Attributes:
        tasks: the pictures in order, with their outputs.
        passed_over: how many files of the folders are no pictures; neither hidden ones nor own outputs count.
    """

    tasks: list[Task]
    passed_over: int


def plan(options: AnalyzeOptions) -> Plan:
    """List the pictures with their outputs, and make the output folders.

    Raises:
        UsageError: there are no pictures, an output folder cannot be made, or an output would replace a picture.
    """
    from crackinspector.sources.finding import find_pictures

    others: list[Path] = []
    own = [Path(os.path.realpath(folder)) for folder in (options.maps, options.overlays) if folder is not None]
    pictures = []
    for found in find_pictures(options.paths, others.append):
        folder = Path(os.path.realpath(found.path.parent))
        root = Path(os.path.realpath(found.root))
        # What an earlier run wrote below the folder that is analysed now is not a picture of the survey.
        if not any(out.is_relative_to(root) and out != root and folder.is_relative_to(out) for out in own):
            pictures.append(found)
    passed_over = _count_foreign(others, options, own)
    if not pictures:
        hint = f"; {other_files(passed_over)} passed over, name one to have it tried" if passed_over else ""
        raise UsageError(f"there are no pictures in {', '.join(printable(path) for path in options.paths)}{hint}")
    relatives = [found.relative for found in pictures]
    maps = _targets(options.maps, relatives, ".png")
    overlays = _targets(options.overlays, relatives, ".jpg")
    sources = {_identity(found.path) for found in pictures}
    written = [*maps, *overlays, *([Path(options.json)] if options.json not in (None, "-") else [])]
    for target in written:
        if target is not None and _identity(target) in sources:
            raise UsageError(f"{printable(target)} would replace a picture that is analysed; choose another folder")
    tasks = [
        Task(found.path, map_file, overlay_file)
        for found, map_file, overlay_file in zip(pictures, maps, overlays, strict=True)
    ]
    return Plan(tasks, passed_over)


def _is_no_folder(path: Path) -> bool:
    try:
        return not stat.S_ISDIR(path.stat().st_mode)
    except OSError:
        return False


def _count_foreign(others: Sequence[Path], options: AnalyzeOptions, own: Sequence[Path]) -> int:
    """How many of the files were not written by this command, now or in an earlier run with the same outputs."""
    given = {os.path.realpath(path) for path in options.paths}
    folders = [out for out in own if str(out) not in given]
    results = {_identity(path) for path in json_files(options.json)} if options.json not in (None, "-") else set()
    return sum(
        _identity(path) not in results
        and not any(Path(os.path.realpath(path.parent)).is_relative_to(out) for out in folders)
        for path in others
    )


def _targets(folder: Path | None, relatives: Sequence[Path], suffix: str) -> Sequence[Path | None]:
    if folder is None:
        return [None] * len(relatives)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise cannot_write(folder, error) from error
    if not os.access(folder, os.W_OK | os.X_OK):
        raise UsageError(f"cannot write into {printable(folder)}: check its permissions or choose another folder")
    return [folder / name for name in output_names(relatives, suffix)]


def _identity(path: Path) -> tuple[str, str]:
    return os.path.realpath(path.parent), path.name


def outcomes(
    model: Path, tasks: Sequence[Task], options: AnalyzeOptions, reporter: Reporter | None = None
) -> Generator[Outcome, None, None]:
    """Yield one outcome for each task, in order, from this process or from workers."""
    from crackinspector.inference.runtime import usable_processors

    advance = reporter.advance if reporter is not None else lambda: None
    workers = min(options.workers or usable_processors(), len(tasks))
    if workers == 1:
        handle = PictureJob(model, options.threads, options.debug)()
        for task in tasks:
            outcome = handle(task)
            advance()
            yield outcome
        return
    with tempfile.NamedTemporaryFile(prefix="crackinspector-") as turn:
        job = PictureJob(model, options.threads or 1, options.debug, Path(turn.name))
        lost = functools.partial(_lost, _model_name(model))
        batch = Batch(tasks, job, workers, lost, discard=_discard, done=advance)
        with contextlib.closing(batch.results()) as stream:
            yield from stream


def _model_name(model: Path) -> str:
    from crackinspector.inference.card import card_path, load_card

    card = card_path(model)
    return load_card(card).name if card.is_file() else model.stem


def _lost(model: str, task: Task, how: str) -> Outcome:
    reason = f"the process that analysed it was {how}; the other pictures are not affected"
    return Outcome(error_record(task.path, model, reason))


def _discard(task: Task, pid: int) -> None:
    for target in (task.map_file, task.overlay_file):
        if target is not None:
            remove_part(target, pid)
