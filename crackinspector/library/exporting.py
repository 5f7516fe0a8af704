"""Snapshots for other programs: tables, maps, and training data in the forms that others read."""

from __future__ import annotations

import csv
import errno
import json
import os
import re
import tempfile
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from crackinspector.core.errors import StorageError
from crackinspector.core.text import printable
from crackinspector.library.durable import make_folder, remove, storage_error
from crackinspector.library.queries import Query, Row, ids, rows
from crackinspector.library.sidecar import Sidecar
from crackinspector.library.state import Finding, State, state_of
from crackinspector.library.store import Library

_WINDOW = 500
_COLUMNS = (
    *("id", "picture", "name", "source", "structure", "element", "inspection", "taken", "added", "width", "height"),
    *("latitude", "longitude", "label", "score", "model", "findings", "verdict", "verdict_at", "verdict_who", "truth"),
    *("tags", "note"),
)
_UNSAFE = re.compile(r"[^\w.-]+")


@dataclass(frozen=True, slots=True)
class Item:
    """A snapshot that is exported: its row, its record and its state."""

    row: Row
    sidecar: Sidecar
    state: State

    @property
    def file_name(self) -> str:
        """A name for its picture that is its own, and safe anywhere whatever the picture was called."""
        stem = _UNSAFE.sub("_", Path(self.row.name).stem)[:60].strip("._")
        return f"{stem or 'picture'}-{self.row.id[:16]}{self.row.picture.suffix}"

    @property
    def findings(self) -> list[Finding]:
        """Those that count."""
        return list(self.state.holding)


def items(library: Library, query: Query) -> Iterator[Item]:
    """The snapshots of a query in its order. Raises StorageError."""
    yield from items_of(library, ids(library, query))


def items_of(library: Library, numbers: Sequence[int]) -> Iterator[Item]:
    """The snapshots of these numbers that are still there, in their order. Raises StorageError."""
    for start in range(0, len(numbers), _WINDOW):
        window = numbers[start : start + _WINDOW]
        found = rows(library, window)
        for number in window:
            # One that was taken away in the meantime is not there.
            if (row := found.get(number)) is not None:
                sidecar = library.sidecar(row.id)
                yield Item(row, sidecar, state_of(sidecar.facts, sidecar.events))


def export(
    library: Library,
    query: Query,
    form: str,
    out: Path,
    stop: threading.Event | None = None,
    told: Callable[[str], None] | None = None,
) -> int:
    """Export the snapshots of a query, and return how many there were.

    What it writes appears whole or not at all. Pictures and masks that are not what was kept any more are left out.

    Args:
        library: where they are.
        query: which.
        form: one of `forms.FORMS`.
        out: a file for `csv`, `json` and `geojson`; an empty or new folder for the others.
        stop: set by another thread to end it before the next snapshot.
        told: takes a sentence for each picture that is left out, wholly or in part.

    Raises:
        StorageError: it cannot be written, or the folder holds something, or it was stopped; without `told` also if it
            was written and something had to be left out.
    """
    from crackinspector.library.training_data import write_coco, write_folders, write_yolo

    folders: Mapping[str, Callable[[Iterator[Item], Path, Callable[[str], None]], int]] = {
        "coco": write_coco,
        "yolo": write_yolo,
        "folders": write_folders,
    }
    files: Mapping[str, Callable[[Iterator[Item], IO[str]], int]] = {
        "csv": _write_csv,
        "json": _write_json,
        "geojson": _write_geojson,
    }
    out = out.absolute()
    if out.resolve().is_relative_to(library.folder.resolve()):
        raise StorageError(f"{printable(out)} lies in the library; choose another place")
    chosen = _unless(stop, out, items(library, query))
    left_out: list[str] = []
    try:
        if form in folders:
            write = folders[form]
            count = _as_folder(out, lambda folder: write(chosen, folder, told or left_out.append))
        else:
            write_file = files[form]
            count = _as_file(out, lambda file: write_file(chosen, file))
    except OSError as error:
        raise storage_error(out, error) from error
    if left_out:
        raise StorageError(f"{printable(out)} is not whole, {len(left_out)} left out: {left_out[0]}")
    return count


def _as_folder(out: Path, write: Callable[[Path], int]) -> int:
    """Have a folder written under another name first, so that one that failed is in nobody's way."""
    there = out.is_dir()
    if there and any(out.iterdir()):
        raise StorageError(f"{printable(out)} is not empty; give an empty or a new folder")
    if out.exists() and not there:
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR))
    # A folder that is there may be a disk: it cannot be replaced, and what is beside it may be another one.
    make_folder(out.parent)
    with tempfile.TemporaryDirectory(
        prefix=f".{out.name[:100]}.", suffix=".part", dir=out if there else out.parent, ignore_cleanup_errors=True
    ) as made:
        part = Path(made, "whole")
        part.mkdir()
        count = write(part)
        if there:
            for path in part.iterdir():
                path.rename(out / path.name)
        else:
            part.rename(out)
    return count


def _as_file(out: Path, write: Callable[[IO[str]], int]) -> int:
    make_folder(out.parent)
    part = out.with_name(f".{out.name}.{os.getpid()}.part")
    try:
        with part.open("w", encoding="utf-8", newline="") as file:
            count = write(file)
            file.flush()
            os.fsync(file.fileno())
        part.replace(out)
    finally:
        remove(part)
    return count


def _unless(stop: threading.Event | None, out: Path, chosen: Iterator[Item]) -> Iterator[Item]:
    for item in chosen:
        if stop is not None and stop.is_set():
            raise StorageError(stopped(out))
        yield item


def stopped(out: Path) -> str:
    """What is said of an export that is not whole."""
    return f"the export to {printable(out)} was stopped before it was whole; export it again"


def _write_csv(chosen: Iterator[Item], file: IO[str]) -> int:
    """One line for each snapshot."""
    writer = csv.writer(file)
    writer.writerow(_COLUMNS)
    count = 0
    for item in chosen:
        values = _values(item)
        values["tags"] = "; ".join(values["tags"])
        writer.writerow([_cell(values[column]) for column in _COLUMNS])
        count += 1
    return count


def _cell(value: object) -> object:
    """Text that a spreadsheet would take for a formula gets an apostrophe: names come from anywhere."""
    if isinstance(value, str):
        value = printable(value)
        return f"'{value}" if value[:1] in ("=", "+", "-", "@") else value
    return value


def _write_json(chosen: Iterator[Item], file: IO[str]) -> int:
    """An array of objects, each with its findings and its whole history."""
    count = 0
    file.write("[")
    for item in chosen:
        values = {
            **_values(item),
            "findings": [_finding(finding) for finding in item.state.findings],
            "history": [event.values() for event in item.sidecar.events],
        }
        file.write(("," if count else "") + "\n" + json.dumps(values, ensure_ascii=True, allow_nan=False))
        count += 1
    file.write("\n]\n")
    return count


def _write_geojson(chosen: Iterator[Item], file: IO[str]) -> int:
    """A point for each snapshot that has a position (RFC 7946)."""
    count = 0
    file.write('{"type": "FeatureCollection", "features": [')
    for item in chosen:
        if item.row.latitude is None or item.row.longitude is None:
            continue
        place = {"type": "Point", "coordinates": [item.row.longitude, item.row.latitude]}
        feature = {"type": "Feature", "id": item.row.id, "geometry": place, "properties": _values(item)}
        file.write(("," if count else "") + "\n" + json.dumps(feature, ensure_ascii=True, allow_nan=False))
        count += 1
    file.write("\n]}\n")
    return count


def _values(item: Item) -> dict[str, Any]:
    row = item.row
    values = {column: getattr(row, column) for column in _COLUMNS if column != "tags"}
    return {**values, "picture": os.fspath(row.picture), "tags": list(item.state.tags)}


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "key": finding.key,
        **{name: getattr(finding, name) for name in ("x", "y", "w", "h", "score", "by_hand", "mask")},
        "verdict": finding.judged.verdict,
        "verdict_at": finding.judged.at,
        "verdict_who": finding.judged.who,
        "why": finding.judged.why,
    }
