"""What stays of a snapshot that was removed for good: who did it, when and why. It lies where the record lay, for ever.

Without it an import or a merge would bring the picture back, and nobody could say why it is gone.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from crackinspector.core.text import printable
from crackinspector.library.events import Event, Kind
from crackinspector.library.layout import ID, PICTURE_SUFFIXES
from crackinspector.library.sidecar import FORMAT, Sidecar, parse_sidecar, read_parsed, united

KIND = "library tombstone"
_MARK = f'"{KIND}"'.encode()


@dataclass(frozen=True, slots=True)
class Tombstone:
    """A record of what is not there any more.

    Attributes:
        id: the snapshot's name.
        suffix: of its picture.
        maps: the sha256 of the crack maps and masks that it had, sorted.
        events: its deletions and what came between them, in their order.
    """

    id: str
    suffix: str
    maps: tuple[str, ...]
    events: tuple[Event, ...]

    def content(self) -> bytes:
        """The file's content: readable ASCII JSON, the same for the same tombstone."""
        values = {
            "format": FORMAT,
            "kind": KIND,
            "picture": {"sha256": self.id, "suffix": self.suffix},
            "maps": list(self.maps),
            "events": [event.values() for event in self.events],
        }
        return (json.dumps(values, indent=1, sort_keys=True, ensure_ascii=True, allow_nan=False) + "\n").encode("ascii")

    @property
    def deletion(self) -> Event:
        """The one that holds."""
        found = deletion_of(self.events)
        assert found is not None
        return found

    @property
    def sentence(self) -> str:
        """What became of the snapshot, without a subject."""
        who, why = printable(self.deletion.who), printable(self.deletion.body["why"])
        return f"was deleted on {self.deletion.at[:10]}{f' by {who}' if who else ''}{f' ({why})' if why else ''}"


def deletion_of(events: Iterable[Event]) -> Event | None:
    """The newest deletion that nobody has undone; with one, the snapshot is not there."""
    known = tuple(events)
    undone = {event.body.get("undoes") for event in known if event.kind == Kind.RESTORE}
    return max(
        (event for event in known if event.kind == Kind.DELETE and event.id not in undone),
        key=lambda event: event.order,
        default=None,
    )


def buried(sidecar: Sidecar, maps: Iterable[str]) -> Tombstone:
    """What stays of a snapshot whose history ends with its deletion."""
    kept = [
        event
        for event in sidecar.events
        if event.kind == Kind.DELETE or (event.kind == Kind.RESTORE and event.body.get("undoes") is not None)
    ]
    return Tombstone(sidecar.id, sidecar.facts.suffix, tuple(sorted(set(maps))), tuple(kept))


def both(one: Tombstone, other: Tombstone) -> Tombstone:
    """Two tombstones of one snapshot as one."""
    return Tombstone(one.id, one.suffix, tuple(sorted({*one.maps, *other.maps})), united(one.events, other.events))


def parse_record(content: bytes) -> Sidecar | Tombstone:
    """A record or tombstone from its file's content, which anybody may have written.

    Raises:
        ValueError: it is neither, or a newer program's.
    """
    if _MARK in content:
        try:
            values = json.loads(content)
            if isinstance(values, dict) and values.get("kind") == KIND:
                return _tombstone(values)
        except RecursionError as error:
            raise ValueError("it is nested too deeply") from error
        except (TypeError, KeyError, OverflowError, AttributeError) as error:
            raise ValueError(f"it is no tombstone ({error})") from error
    return parse_sidecar(content)


def _tombstone(values: dict[str, object]) -> Tombstone:
    picture, maps, listed = values["picture"], values["maps"], values["events"]
    if values["format"] != FORMAT:
        raise ValueError("a newer crackinspector wrote it; update this one")
    if not isinstance(picture, dict) or not isinstance(maps, list) or not isinstance(listed, list):
        raise TypeError("its members are of the wrong kind")
    if picture["suffix"] not in PICTURE_SUFFIXES or not all(ID.fullmatch(name) for name in (picture["sha256"], *maps)):
        raise ValueError("it names files that no library has")
    events = united(Event.parse(event) for event in listed)
    if deletion_of(events) is None or any(event.kind not in (Kind.DELETE, Kind.RESTORE) for event in events):
        raise ValueError("it does not tell of a deletion")
    return Tombstone(picture["sha256"], picture["suffix"], tuple(sorted(set(maps))), events)


def read_record(path: Path) -> Sidecar | Tombstone:
    """A record or tombstone from its file. Raises StorageError as `sidecar.read_sidecar` does."""
    return read_parsed(path, parse_record)
