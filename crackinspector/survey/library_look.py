"""What a model says of pictures, as a library keeps it: one by one, here or in worker processes."""

from __future__ import annotations

import contextlib
import hashlib
import os
import tempfile
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from crackinspector.library.events import MAX_REGIONS
from crackinspector.library.layout import MAP_SUFFIX
from crackinspector.survey.batch import Batch
from crackinspector.survey.job import Outcome, PictureJob, Task

MAP_SHRUNK = 2
"""Crack maps are kept at half the picture's width and height: the networks' own are coarser still."""
Look = Callable[[Task], Outcome]
Given = TypeVar("Given")
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Seen:
    """What came of a look.

    Attributes:
        detection: the body of a detection event; None if there is an error.
        maps: sha256 -> the crack map's file in the library's run.
        error: why the picture could not be read.
        trace: the traceback behind the error.
    """

    detection: dict[str, Any] | None = None
    maps: dict[str, Path] = field(default_factory=dict)
    error: str | None = None
    trace: str | None = None


def model_and_digest(name: str) -> tuple[Path, str]:
    """The file of a shipped role or path, tried out, and its sha256. Raises ModelError."""
    from crackinspector.inference.shipped import resolve_model
    from crackinspector.inference.verify import verify_model

    model = resolve_model(name)
    verify_model(model)
    return model, hashlib.sha256(model.read_bytes()).hexdigest()


def look_at(look: Look, picture: Path, run: Path, number: int, model_sha256: str) -> Seen:
    """Look at a picture.

    Args:
        look: the model's.
        picture: the file.
        run: the library's folder for what is to become part of it.
        number: of the picture in this process, which names the map until its content does.
        model_sha256: of the model's file.
    """
    map_file = run / f"{os.getpid()}-{number}{MAP_SUFFIX}"
    outcome = look(Task(picture, map_file, map_shrunk=MAP_SHRUNK))
    record = outcome.record
    if record["error"] is not None:
        return Seen(error=str(record["error"]), trace=outcome.trace)
    digest = hashlib.sha256(map_file.read_bytes()).hexdigest()
    named = run / f"{digest}.{map_file.name}"
    map_file.rename(named)
    detection = {
        **{name: record[name] for name in ("label", "score", "probabilities")},
        "regions": record["regions"][:MAX_REGIONS],
        "threshold": 0.5,
        "model": {"name": record["model"], "sha256": model_sha256},
        "view": {"x": 0, "y": 0, "w": record["width"], "h": record["height"]},
        "map": digest,
    }
    return Seen(detection, {digest: named})


def handled(
    tasks: Sequence[Given],
    job: Callable[[PictureJob | None], Callable[[], Callable[[Given], Result]]],
    model: Path | None,
    lost: Callable[[Given, str], Result],
    advance: Callable[[], None],
    *,
    workers: int | None,
    threads: int | None,
    debug: bool,
) -> Generator[Result, None, None]:
    """Yield what comes of each task, in order, from this process or from workers.

    Args:
        tasks: at least one; picklable.
        job: from the model's job to what makes the function for one task in each process, picklable.
        model: its file, verified; None: nothing is looked at.
        lost: the result of a task whose worker died; its text says how.
        advance: called after each task, in any order.
        workers, threads, debug: as for `analyze`.

    Raises:
        CrackInspectorError: something concerns every task: the model, the library.
    """
    from crackinspector.inference.runtime import usable_processors

    # Without a model there is nothing to do but to copy, which is the disk's work.
    count = min(workers or usable_processors(), len(tasks)) if model is not None else 1
    if count == 1:
        handle = job(PictureJob(model, threads, debug) if model is not None else None)()
        for task in tasks:
            result = handle(task)
            advance()
            yield result
        return
    assert model is not None
    with tempfile.NamedTemporaryFile(prefix="crackinspector-") as turn:
        look = PictureJob(model, threads or 1, debug, Path(turn.name))
        with contextlib.closing(Batch(tasks, job(look), count, lost, done=advance).results()) as stream:
            yield from stream
