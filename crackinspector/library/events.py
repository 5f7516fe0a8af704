"""What happened to a snapshot, one unchangeable event after the other: found, placed, judged, tagged, edited.

A snapshot's state is what its events add up to (`library.state`), in the order of their time. Nothing is ever changed
or taken away: an undo is one more event. An event is named by the digest of its content, so that the same event in two
libraries is one, and a name that does not fit its content is a forgery or damage.
"""

from __future__ import annotations

import hashlib
import json
import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any

from crackinspector.core.labels import Label
from crackinspector.library.facts import check_moment, check_position
from crackinspector.library.layout import ID

MAX_TEXT, MAX_NAME, MAX_REGIONS = 100_000, 4096, 1000
"""What an event is made with; of more regions the largest are named, for a record is read whole and the map has all."""
FAR_FUTURE = "2100"
"""From here on no event is taken in from elsewhere: what is to follow it here would have no moment left one day."""
_READ_REGIONS = 100_000
_EVENT_ID = re.compile(r"[0-9a-f]{32}")
_FINDING = re.compile(r"[0-9a-f]{32}/[0-9]{1,6}")
_AT = re.compile(r"(19|20|21|22)\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z", re.ASCII)
_KIND = re.compile(r"[a-z][a-z-]{0,39}")
_HEAD = ("id", "at", "who", "kind")
_STEP = timedelta(microseconds=1)


class Kind(StrEnum):
    """What an event can be; a newer program's further kinds are kept and not understood."""

    IMPORT = "import"
    PLACE = "place"
    DETECTION = "detection"
    VERDICT = "verdict"
    TAG = "tag"
    UNTAG = "untag"
    NOTE = "note"
    EDIT = "edit"
    BIN = "bin"
    RESTORE = "restore"
    DELETE = "delete"


class Verdict(StrEnum):
    """What a person decided; a snapshot or finding without one is unreviewed."""

    CONFIRMED = "confirmed"
    REJECTED = "rejected"
    UNSURE = "unsure"
    WITHDRAWN = "withdrawn"
    """Undoes the event that it names."""


@dataclass(frozen=True, slots=True)
class Draft:
    """An event that has not happened yet: it gets its time and its name when it is committed.

    Attributes:
        kind: one of `Kind`.
        who: the person.
        body: its further members, as the functions below make them.
    """

    kind: str
    who: str
    body: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Event:
    """An event.

    Attributes:
        id: 32 hexadecimal digits of the sha256 of everything else.
        at: the moment in UTC, as text that sorts like time.
        who: the person.
        kind: one of `Kind`, or that of a newer program.
        body: its further members; never written to.
    """

    id: str
    at: str
    who: str
    kind: str
    body: Mapping[str, Any]

    @classmethod
    def of(cls, draft: Draft, at: str) -> Event:
        """The event that a draft becomes. Raises ValueError if it is not one."""
        head = {"at": at, "who": draft.who, "kind": str(draft.kind)}
        return cls.parse({**draft.body, **head, "id": _digest({**draft.body, **head})})

    @classmethod
    def parse(cls, value: object) -> Event:
        """An event from a record, which anybody may have written. Raises ValueError if it is not one."""
        if not isinstance(value, dict):
            raise ValueError("an event is an object")
        body = {key: entry for key, entry in value.items() if key not in _HEAD}
        identifier, at, who, kind = (value.get(key) for key in _HEAD)
        at, who, kind = _text(at), _text(who, 200), _text(kind)
        if not _AT.fullmatch(at) or not _KIND.fullmatch(kind):
            raise ValueError("an event has a moment in UTC and a kind")
        datetime.fromisoformat(at)
        if identifier != _digest({**body, "at": at, "who": who, "kind": kind}):
            raise ValueError("an event is named by its content")
        _CHECKS.get(kind, _anything)(body)
        return cls(identifier, at, who, kind, body)

    def values(self) -> dict[str, Any]:
        """The event as it stands in a record."""
        return {"id": self.id, "at": self.at, "who": self.who, "kind": self.kind, **self.body}

    @property
    def order(self) -> tuple[str, str]:
        """What events are sorted by; ties are broken by the name, the same everywhere."""
        return self.at, self.id


def canonical(value: object) -> str:
    """JSON that is the same for the same value. Raises ValueError for what JSON cannot say."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=True, allow_nan=False)


def moment_after(last: str | None, now: datetime | None = None) -> str:
    """The time of an event that follows another: now, or just after the other where the clock has gone back.

    Raises:
        ValueError: the other is at the end of time.
    """
    at = _iso(now or datetime.now(UTC))
    if last is not None and at <= last:
        at = _iso(datetime.fromisoformat(last) + _STEP)
    if not _AT.fullmatch(at):
        raise ValueError("an event has a moment in UTC and a kind")
    return at


def _iso(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def _digest(values: Mapping[str, Any]) -> str:
    return hashlib.sha256(canonical(values).encode("ascii")).hexdigest()[:32]


def place(who: str, structure: str, element: str, inspection: str) -> Draft:
    """Where the picture belongs."""
    return Draft(Kind.PLACE, who, {"structure": structure, "element": element, "inspection": inspection})


def verdict(
    who: str,
    decided: Verdict,
    *,
    of: Label | None,
    finding: str | None = None,
    why: str = "",
    undoes: str | None = None,
) -> Draft:
    """What a person decided.

    Args:
        who: the person.
        decided: the verdict.
        of: the label that was judged.
        finding: the finding's key; None for the snapshot as a whole.
        why: in the person's words.
        undoes: with `WITHDRAWN`, the verdict's event.
    """
    body = {"verdict": decided.value, "of": None if of is None else of.value, "finding": finding, "why": why}
    return Draft(Kind.VERDICT, who, body if undoes is None else {**body, "undoes": undoes})


def tag(who: str, name: str, on: bool = True) -> Draft:
    """A tag is put on or taken off."""
    return Draft(Kind.TAG if on else Kind.UNTAG, who, {"tag": name})


def note(who: str, text: str) -> Draft:
    """The note becomes this text; earlier ones stay in the history."""
    return Draft(Kind.NOTE, who, {"text": text})


def edit(who: str, mask: str | None, finding: str | None, regions: list[dict[str, Any]]) -> Draft:
    """What a person drew: a mask (the sha256 of its file) in the place of a finding's, or besides all findings."""
    return Draft(Kind.EDIT, who, {"mask": mask, "finding": finding, "regions": regions})


def binned(who: str, away: bool = True) -> Draft:
    """The snapshot goes to the bin, or comes back from it."""
    return Draft(Kind.BIN if away else Kind.RESTORE, who, {})


def deleted(who: str, why: str = "") -> Draft:
    """The snapshot is removed for good; its picture, maps and earlier history go."""
    return Draft(Kind.DELETE, who, {"why": why})


def brought_back(who: str, deletion: str) -> Draft:
    """A snapshot whose deletion has this name is there again."""
    return Draft(Kind.RESTORE, who, {"undoes": deletion})


def _text(value: object, most: int = MAX_NAME) -> str:
    if not isinstance(value, str) or len(value) > most:
        raise ValueError("text was expected")
    return value


def _optional(value: object, pattern: re.Pattern[str]) -> None:
    if value is not None and not pattern.fullmatch(_text(value)):
        raise ValueError(f"{value!r} is not a name here")


def _share(value: object) -> None:
    if isinstance(value, bool) or not isinstance(value, int | float) or not (math.isfinite(value) and 0 <= value <= 1):
        raise ValueError("a number from 0 to 1 was expected")


def _regions(value: object) -> None:
    if not isinstance(value, list) or len(value) > _READ_REGIONS:
        raise ValueError("a list of regions was expected")
    for region in value:
        _box(region)
        _share(region.get("score"))


def _box(value: object) -> None:
    if not isinstance(value, dict):
        raise ValueError("a box was expected")
    for side, least in (("x", 0), ("y", 0), ("w", 1), ("h", 1)):
        length = value.get(side)
        if isinstance(length, bool) or not isinstance(length, int) or not least <= length <= 2_000_000:
            raise ValueError("a box has sides in pixels")


def _anything(body: Mapping[str, Any]) -> None:
    """Kinds of a newer program."""


def _import(body: Mapping[str, Any]) -> None:
    _text(body.get("name"))
    _text(body.get("source"))
    if body.get("taken") is not None:
        check_moment(body["taken"])
    check_position(body.get("latitude"), body.get("longitude"))


def _place(body: Mapping[str, Any]) -> None:
    for level in ("structure", "element", "inspection"):
        _text(body.get(level), 200)


def _detection(body: Mapping[str, Any]) -> None:
    Label(_text(body.get("label")))
    _share(body.get("score"))
    _share(body.get("threshold"))
    probabilities, model = body.get("probabilities"), body.get("model")
    if not isinstance(probabilities, dict) or not isinstance(model, dict):
        raise ValueError("a detection has probabilities and a model")
    for share in probabilities.values():
        _share(share)
    _text(model.get("name"), 200)
    _text(model.get("sha256"), 64)
    _box(body.get("view"))
    _regions(body.get("regions"))
    _optional(body.get("map"), ID)


def _verdict(body: Mapping[str, Any]) -> None:
    decided = Verdict(_text(body.get("verdict")))
    if body.get("of") is not None:
        Label(_text(body["of"]))
    _optional(body.get("finding"), _FINDING)
    _text(body.get("why"), MAX_TEXT)
    _optional(body.get("undoes"), _EVENT_ID)
    if (decided is Verdict.WITHDRAWN) != (body.get("undoes") is not None):
        raise ValueError("a withdrawn verdict names what it undoes")


def _tag(body: Mapping[str, Any]) -> None:
    if not _text(body.get("tag"), 200).strip():
        raise ValueError("a tag has a name")


def _note(body: Mapping[str, Any]) -> None:
    _text(body.get("text"), MAX_TEXT)


def _edit(body: Mapping[str, Any]) -> None:
    _optional(body.get("mask"), ID)
    _optional(body.get("finding"), _FINDING)
    _regions(body.get("regions"))


def _restore(body: Mapping[str, Any]) -> None:
    _optional(body.get("undoes"), _EVENT_ID)


def _delete(body: Mapping[str, Any]) -> None:
    _text(body.get("why"), MAX_TEXT)


_CHECKS: Mapping[str, Callable[[Mapping[str, Any]], None]] = {
    Kind.IMPORT: _import,
    Kind.PLACE: _place,
    Kind.DETECTION: _detection,
    Kind.VERDICT: _verdict,
    Kind.TAG: _tag,
    Kind.UNTAG: _tag,
    Kind.NOTE: _note,
    Kind.EDIT: _edit,
    Kind.RESTORE: _restore,
    Kind.DELETE: _delete,
}
