"""What a worker does with one picture that is to be imported: copy and hash it, look at it, tell what came of it.

What is looked at is the copy, so that the library keeps the very bytes that the model saw. A picture that the library
has is not looked at again.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import sqlite3
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

from crackinspector.core.errors import CrackInspectorError, PictureError, StorageError
from crackinspector.core.text import printable
from crackinspector.library.durable import remove, storage_error
from crackinspector.library.events import MAX_REGIONS
from crackinspector.library.layout import INDEX, MAP_SUFFIX, picture_path
from crackinspector.survey.job import PictureJob
from crackinspector.survey.library_look import Look, look_at
from crackinspector.survey.library_plan import ImportTask

_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class Incoming:
    """What a worker made of a picture.

    Attributes:
        task: as it was given.
        digest: sha256 of the picture's bytes; empty if it could not be read.
        facts: of the picture (`library.facts.Facts.values`); None where the library has it.
        picture: the copy below `incoming/`; None where the library has it.
        detection: the body of a detection event; None if no model has looked.
        maps: sha256 -> file below `incoming/`.
        live: the live application's record, whole; None if it is not from there.
        taken, source: of that record.
        file: device, inode, size and times of the file.
        notes: what a person should know.
        error: why it could not be read.
        trace: the traceback behind the error.
    """

    task: ImportTask
    digest: str = ""
    facts: dict[str, Any] | None = None
    picture: Path | None = None
    detection: dict[str, Any] | None = None
    maps: dict[str, Path] = field(default_factory=dict)
    live: dict[str, Any] | None = None
    taken: str | None = None
    source: str | None = None
    file: tuple[int, int, int, int, int] | None = None
    notes: tuple[str, ...] = ()
    error: str | None = None
    trace: str | None = None


def file_key(path: Path) -> tuple[int, int, int, int, int]:
    """What tells that a file is still the same without reading it. Raises OSError."""
    at = path.stat()
    # Whoever writes to a file cannot keep its time of change.
    return at.st_dev, at.st_ino, at.st_size, at.st_mtime_ns, at.st_ctime_ns


@dataclass(frozen=True, slots=True)
class ImportJob:
    """Makes the function that handles one picture; picklable, called once in each process.

    Attributes:
        library: the folder.
        run: this import's folder below `incoming/`.
        look: loads the model; None: pictures are kept without being looked at.
        model_sha256: of the model's file.
        again: whether what was deleted is brought back.
    """

    library: Path
    run: Path
    look: PictureJob | None
    model_sha256: str = ""
    again: bool = False

    def __call__(self) -> Callable[[ImportTask], Incoming]:
        """Load the model. Raises ModelError."""
        return _Handler(self, self.look() if self.look is not None else None)


class _Handler:
    def __init__(self, job: ImportJob, look: Look | None) -> None:
        self._job, self._look = job, look
        self._number = 0
        name = f"file:{quote(os.fspath(job.library / INDEX))}?mode=ro"
        self._index = sqlite3.connect(name, uri=True, timeout=10, isolation_level=None)

    def __call__(self, task: ImportTask) -> Incoming:
        """Handle one picture. Only errors that concern every picture are raised: the model, the library."""
        try:
            return self._handle(task)
        except PictureError as error:
            sentence = str(error).replace(printable(task.path), printable(task.called))
            return Incoming(task, error=sentence, trace=traceback.format_exc())
        except CrackInspectorError:
            raise
        except MemoryError:
            return Incoming(task, error="there is not enough memory for it; try fewer workers (--workers)")
        except Exception as error:
            reason = f"unexpected error, please report it: {type(error).__name__}: {error}"
            return Incoming(task, error=reason, trace=traceback.format_exc())

    def _handle(self, task: ImportTask) -> Incoming:
        from crackinspector.library.facts import read_facts
        from crackinspector.sources.pictures import open_picture

        # First, for its sentences: what is no picture is not even copied.
        open_picture(task.path)
        self._number += 1
        digest, file, staged = self._copy(task)
        try:
            has_picture, has_detection = self._known(digest)
            live = _Live.read(task, digest) if task.record is not None else None
            if has_picture and (has_detection or self._look is None):
                remove(staged)
                notes = live.notes if live is not None else ()
                return Incoming(task, digest, file=file, notes=notes)
            facts = read_facts(staged, digest, task.called)
            incoming = self._looked_at(task, digest, staged, live)
        except BaseException:
            remove(staged)
            raise
        if incoming.error is not None:
            remove(staged)
            return incoming
        return Incoming(
            task,
            digest,
            facts.values(),
            staged,
            incoming.detection,
            incoming.maps,
            *((live.record, live.taken, live.source) if live is not None else (None, None, None)),
            file,
            live.notes if live is not None else (),
        )

    def _looked_at(self, task: ImportTask, digest: str, staged: Path, live: _Live | None) -> Incoming:
        """Only detection, maps and error of the result hold."""
        if live is not None and live.detection is not None:
            return Incoming(task, detection=live.detection, maps=self._staged_maps(live))
        if self._look is None:
            return Incoming(task)
        seen = look_at(self._look, staged, self._job.run, self._number, self._job.model_sha256)
        if seen.error is not None:
            error = seen.error.replace(printable(staged), printable(task.called))
            return Incoming(task, digest, error=error, trace=seen.trace)
        return Incoming(task, detection=seen.detection, maps=seen.maps)

    def _copy(self, task: ImportTask) -> tuple[str, tuple[int, int, int, int, int] | None, Path]:
        """Copy a picture below `incoming/`, or take ours: its sha256, what tells the file, and where it is now."""
        path = task.path
        part = self._job.run / f"{os.getpid()}-{self._number}.picture"
        digest = hashlib.sha256()
        try:
            source = path.open("rb")
            file = file_key(path)
        except OSError as error:
            raise PictureError(f"cannot read {printable(path)}: {error.strerror or error}") from error
        with source:
            try:
                # What is ours is there already.
                with contextlib.nullcontext() if task.shown is not None else part.open("wb") as copy:
                    while block := _read(source, path):
                        digest.update(block)
                        if copy is not None:
                            copy.write(block)
                if task.shown is not None:
                    path.rename(part)
                named = self._job.run / f"{digest.hexdigest()}.{part.name}"
                part.rename(named)
            except OSError as error:
                remove(part)
                raise storage_error(self._job.library, error) from error
            except BaseException:
                remove(part)
                raise
        return digest.hexdigest(), None if task.shown is not None else file, named

    def _known(self, digest: str) -> tuple[bool, bool]:
        """Whether the library has the picture, and what a model says of it; what was deleted needs neither."""
        row = None
        with contextlib.suppress(sqlite3.Error):
            deleted = self._index.execute("SELECT 1 FROM deleted WHERE id = ?", (digest,)).fetchone()
            if deleted is not None and not self._job.again:
                return True, True
            row = self._index.execute("SELECT suffix, bytes, label FROM snapshots WHERE id = ?", (digest,)).fetchone()
        if row is None:
            return False, False
        with contextlib.suppress(OSError):
            path = picture_path(self._job.library, digest, row[0])
            return path.stat().st_size == row[1], row[2] is not None
        return False, row[2] is not None

    def _staged_maps(self, live: _Live) -> dict[str, Path]:
        maps = {}
        for digest, content in live.maps.items():
            named = self._job.run / f"{digest}.{os.getpid()}-{self._number}{MAP_SUFFIX}"
            try:
                named.write_bytes(content)
            except OSError as error:
                raise storage_error(self._job.library, error) from error
            maps[digest] = named
        return maps


def _read(source: Any, path: Path) -> bytes:
    try:
        return bytes(source.read(_BLOCK))
    except OSError as error:
        raise PictureError(f"cannot read {printable(path)}: {error.strerror or error}") from error


@dataclass(frozen=True, slots=True)
class _Live:
    """What the live application's record says; without `record` it is none, or is not to be trusted."""

    record: dict[str, Any] | None = None
    taken: str | None = None
    source: str | None = None
    detection: dict[str, Any] | None = None
    maps: dict[str, bytes] = field(default_factory=dict)
    notes: tuple[str, ...] = ()

    @classmethod
    def read(cls, task: ImportTask, digest: str) -> _Live:
        """The record beside a picture; one that cannot be used makes the picture a plain one, and is told."""
        from crackinspector.library.events import Draft, Event, Kind, moment_after
        from crackinspector.library.record import read_snapshot

        assert task.record is not None
        try:
            values = json.loads(task.record.read_bytes())
        except (OSError, ValueError, RecursionError):
            values = None
        if values is not None and (not isinstance(values, dict) or values.get("kind") != "snapshot"):
            # Another program's; many write JSON beside pictures.
            return cls()
        try:
            record = read_snapshot(task.record)
            if record.picture.name != task.path.name or record.picture.sha256 != digest:
                raise StorageError(f"{printable(task.called)} has changed since it was kept")
            maps = {}
            if record.map is not None:
                content = (task.record.parent / record.map.name).read_bytes()
                if hashlib.sha256(content).hexdigest() != record.map.sha256:
                    raise StorageError(f"the crack map of {printable(task.called)} has changed since it was kept")
                maps[record.map.sha256] = content
        except (StorageError, OSError) as error:
            sentence = str(error).replace(printable(task.path), printable(task.called))
            return cls(notes=(f"{sentence}: it is imported as a picture without a record",))
        taken, detection = record.taken.isoformat(), _found(record)
        try:
            # As it will stand in the library's record: anybody may have written it.
            body = {"name": "", "source": record.source, "taken": taken, "live": values}
            Event.of(Draft(Kind.IMPORT, "", body), moment_after(None))
            if detection is not None:
                Event.of(Draft(Kind.DETECTION, "", detection), moment_after(None))
        except ValueError as error:
            reason = f"the record of {printable(task.called)} is damaged ({error})"
            return cls(notes=(f"{reason}: its picture is imported without it",))
        return cls(values, taken, record.source, detection, maps)


def _found(record: Any) -> dict[str, Any] | None:
    found = record.found
    if found is None:
        return None
    x, y, w, h = found.view
    return {
        "label": found.label.value,
        "score": found.score,
        "probabilities": dict(found.probabilities),
        "regions": [{"x": r.x, "y": r.y, "w": r.w, "h": r.h, "score": r.score} for r in found.regions[:MAX_REGIONS]],
        "threshold": found.threshold,
        "model": {"name": found.model, "sha256": found.model_sha256},
        "view": {"x": x, "y": y, "w": w, "h": h},
        "map": record.map.sha256 if record.map is not None else None,
    }
