"""Reads a table of pictures with what is known of them: where they belong, when and where they were taken, their tags.

A table may come from anybody: it names files below its own folder, and no others.
"""

from __future__ import annotations

import csv
import io
import json
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from crackinspector.core.errors import UsageError
from crackinspector.core.text import printable
from crackinspector.library.facts import check_moment
from crackinspector.survey.library_archive import MOST_TOLD, Refused

COLUMNS = ("path", "structure", "element", "inspection", "taken", "tags", "latitude", "longitude")
MOST_ROWS, MOST_BYTES = 500_000, 256 << 20
_NAME, _MOST_UNKNOWN = 200, 12


@dataclass(frozen=True, slots=True)
class Told:
    """What a table says of a picture; what it does not say is empty or None.

    Attributes:
        place: structure, element and inspection.
        taken: ISO 8601.
        position: latitude and longitude in degrees.
    """

    place: tuple[str, str, str] = ("", "", "")
    taken: str | None = None
    tags: tuple[str, ...] = ()
    position: tuple[float, float] | None = None


def read_manifest(path: Path) -> tuple[list[tuple[Path, str, Told]], list[Refused]]:
    """The pictures of a table: file, name as it stands there, what is said of it; and the rows that are no good.

    Args:
        path: `.csv` with a line of column names, or `.jsonl` with an object a line; UTF-8. Of `COLUMNS` only `path` is
            needed; `tags` are parted by semicolons in a table, or a list.

    Raises:
        UsageError: it cannot be read, is not UTF-8, is too long, has no column `path`, or one that nobody knows.
    """
    name = printable(path)
    try:
        if path.stat().st_size > MOST_BYTES:
            raise UsageError(f"{name} is longer than {MOST_BYTES >> 20} MB; split it")
        content = path.read_bytes()
    except OSError as error:
        raise UsageError(f"cannot read the manifest {name}: {error.strerror or error}") from error
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        # Names would be garbage for ever.
        line = content.count(b"\n", 0, error.start) + 1
        form = "UTF-8" if path.suffix.lower() == ".jsonl" else "CSV UTF-8"
        raise UsageError(f"{name} is not UTF-8 (line {line}); save it as {form}") from error
    rows = _json_lines(name, text) if path.suffix.lower() == ".jsonl" else _csv(name, text)
    found: list[tuple[Path, str, Told]] = []
    refused: list[Refused] = []
    lines: dict[str, int] = {}
    wrong = 0
    root = os.path.realpath(path.parent)
    for number, (line, row) in enumerate(rows, 1):
        if number > MOST_ROWS:
            raise UsageError(f"{name} has more than {MOST_ROWS} rows; split it")
        try:
            if isinstance(row, str):
                raise ValueError(row)
            file, called = _file(path.parent, root, row.get("path"))
            if file in lines:
                raise ValueError(f"{printable(called)} is named in line {lines[file]} already")
            told = _told(row)
        except ValueError as error:
            wrong += 1
            if wrong <= MOST_TOLD:
                refused.append(Refused(path, f"{name}, line {line}: {printable(str(error))}", "row"))
            continue
        lines[file] = line
        found.append((Path(file), called, told))
    if wrong > MOST_TOLD:
        more = wrong - MOST_TOLD
        refused.append(Refused(path, f"{name}: {more} more rows were left out", "row", more))
    return found, refused


def _csv(name: str, text: str) -> Iterator[tuple[int, Mapping[str, Any] | str]]:
    # str.splitlines would end a row at characters that may stand in a name, such as U+2028.
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        header = [cell.strip().lower() for cell in next(reader, [])]
    except csv.Error as error:
        raise UsageError(
            f"{name} is no table ({error}); its first line gives the columns {', '.join(COLUMNS)}"
        ) from error
    if "path" not in header:
        raise UsageError(f"{name} has no column `path`; its first line gives the columns {', '.join(COLUMNS)}")
    # Spreadsheets end lines with empty cells.
    _refuse_unknown(name, [title for title in header if title])
    if twice := [title for title in COLUMNS if header.count(title) > 1]:
        raise UsageError(f"{name} has the column {twice[0]} more than once; leave one of them")
    while True:
        before = reader.line_num + 1
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield before, str(error)
            continue
        if len(row) > len(header):
            yield before, f"it has {len(row)} cells, but there are {len(header)} columns"
        elif any(cell for title, cell in zip(header, row, strict=False) if not title):
            yield before, "it says something in a column without a name"
        elif any(row):
            yield before, dict(zip(header, row, strict=False))


def _refuse_unknown(name: str, columns: Iterable[str]) -> None:
    """What is misspelt would be lost without a word."""
    if unknown := [column for column in columns if column not in COLUMNS]:
        told = ", ".join(printable(column[:_NAME]) for column in unknown[:_MOST_UNKNOWN])
        raise UsageError(f"{name} has columns that nobody knows ({told}); known are {', '.join(COLUMNS)}")


def _json_lines(name: str, text: str) -> Iterator[tuple[int, Mapping[str, Any] | str]]:
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except (ValueError, RecursionError) as error:
            yield number, f"it is not JSON ({error})"
            continue
        if isinstance(row, dict):
            _refuse_unknown(name, row)
            yield number, row
        else:
            yield number, "it is no object"


def _file(folder: Path, root: str, path: object) -> tuple[str, str]:
    """The file and its name; it lies below the manifest's folder, whatever links there are. Raises ValueError."""
    if not isinstance(path, str) or not path.strip():
        raise ValueError("it names no picture")
    called = path.strip()
    if "\0" in called or Path(called).is_absolute() or ".." in Path(called).parts:
        raise ValueError(f"{called} does not lie below the manifest's folder")
    file = os.path.join(folder, called)  # noqa: PTH118 - surrogate-safe and fast
    try:
        real = os.path.realpath(file)
        if os.path.commonpath([real, root]) != root:
            raise ValueError(f"{called} does not lie below the manifest's folder")
        if not os.path.isfile(real):  # noqa: PTH113 - as above
            raise ValueError(f"there is no file {called}")
    except OSError as error:
        raise ValueError(f"{called} cannot be read: {error.strerror or error}") from error
    return file, called


def _told(row: Mapping[str, Any]) -> Told:
    taken = _text(row, "taken")
    if taken:
        try:
            check_moment(taken)
        except ValueError:
            raise ValueError(f"taken is {taken}, which is no moment like 2026-11-21T16:30:00") from None
    structure, element, inspection = (_text(row, level) for level in ("structure", "element", "inspection"))
    return Told((structure, element, inspection), taken or None, _tags(row.get("tags")), _position(row))


def _text(row: Mapping[str, Any], column: str) -> str:
    value = row.get(column)
    if value is None:
        return ""
    if not isinstance(value, str) or len(value) > _NAME or any(_is_odd(character) for character in value):
        raise ValueError(f"{column} takes a text of one line with at most {_NAME} characters")
    return value.strip()


def _is_odd(character: str) -> bool:
    """A control character, or half of one that JSON made of two."""
    return ord(character) < 32 or 0xD800 <= ord(character) < 0xE000


def _tags(value: object) -> tuple[str, ...]:
    listed = value.split(";") if isinstance(value, str) else [] if value is None else value
    if not isinstance(listed, list):
        raise ValueError("tags takes names parted by semicolons")
    names = [_text({"tags": each}, "tags") for each in listed]
    return tuple(dict.fromkeys(name for name in names if name))


def _position(row: Mapping[str, Any]) -> tuple[float, float] | None:
    given = [row.get(name) for name in ("latitude", "longitude")]
    if all(value is None or value == "" for value in given):
        return None
    degrees = []
    for value, most, name in zip(given, (90, 180), ("latitude", "longitude"), strict=True):
        try:
            if isinstance(value, bool) or not isinstance(value, str | int | float):
                raise ValueError
            number = float(value)
            if not abs(number) <= most:
                raise ValueError
        except (ValueError, OverflowError):
            raise ValueError(f"{name} takes degrees from -{most} to {most}, and both are needed") from None
        degrees.append(number)
    return degrees[0], degrees[1]
