"""A library's record of a snapshot: its picture's facts and everything that happened to it, as one JSON file.

The record says it all; the index is made of it. `format` counts upwards when a field changes its meaning.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, TypeVar

from crackinspector.core.errors import StorageError
from crackinspector.core.text import printable
from crackinspector.library.events import Event
from crackinspector.library.facts import Facts

FORMAT = 1
KIND = "library snapshot"
MAX_BYTES = 16_000_000
"""A longer record is neither written nor read: nobody decides that often."""


@dataclass(frozen=True, slots=True)
class Sidecar:
    """A record.

    Attributes:
        facts: of the picture.
        events: in their order, each once.
    """

    facts: Facts
    events: tuple[Event, ...]

    @property
    def id(self) -> str:
        """The snapshot's name."""
        return self.facts.sha256

    def content(self) -> bytes:
        """The file's content: readable ASCII JSON, the same for the same record."""
        values = {
            "format": FORMAT,
            "kind": KIND,
            "picture": self.facts.values(),
            "events": [event.values() for event in self.events],
        }
        return (json.dumps(values, indent=1, sort_keys=True, ensure_ascii=True, allow_nan=False) + "\n").encode("ascii")


def united(*histories: Iterable[Event]) -> tuple[Event, ...]:
    """All events of several histories in their order, each once: whoever unites what with what, the same comes out."""
    return tuple(
        sorted({event.id: event for history in histories for event in history}.values(), key=lambda e: e.order)
    )


def parse_sidecar(content: bytes) -> Sidecar:
    """A record from its file's content, which anybody may have written.

    Raises:
        ValueError: it is not a record, or a newer program's.
    """
    try:
        values = json.loads(content)
    except RecursionError as error:
        raise ValueError("it is nested too deeply") from error
    if not isinstance(values, dict) or values.get("kind") != KIND or not isinstance(values.get("events"), list):
        raise ValueError("it is not a library's record")
    if values.get("format") != FORMAT:
        raise ValueError("a newer crackinspector wrote it; update this one")
    try:
        events = united(Event.parse(event) for event in values["events"])
        return Sidecar(Facts.parse(values.get("picture")), events)
    except (TypeError, OverflowError, AttributeError, RecursionError) as error:
        raise ValueError(str(error)) from error


def read_sidecar(path: Path) -> Sidecar:
    """A record from its file.

    Raises:
        StorageError: it is missing, damaged or a newer program's.
    """
    return read_parsed(path, parse_sidecar)


class _Named(Protocol):
    @property
    def id(self) -> str: ...


Parsed = TypeVar("Parsed", bound=_Named)


def read_parsed(path: Path, parse: Callable[[bytes], Parsed]) -> Parsed:
    """What a function that raises ValueError makes of a file that is named after its snapshot. Raises StorageError."""
    try:
        if path.stat().st_size > MAX_BYTES:
            raise ValueError(f"it is longer than {MAX_BYTES} bytes")
        parsed = parse(path.read_bytes())
        if parsed.id != path.name.partition(".")[0]:
            raise ValueError("it speaks of another picture")
    except OSError as error:
        raise StorageError(
            f"the record {printable(path)} cannot be read: {error.strerror or error}; restore it from a backup"
        ) from error
    except ValueError as error:
        reason = printable(str(error))
        raise StorageError(f"the record {printable(path)} is damaged ({reason}); restore it from a backup") from error
    return parsed
