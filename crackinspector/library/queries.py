"""What a gallery asks a library: which snapshots, in which order, and what to show of each.

A filter gives the numbers of all snapshots at once, 8 bytes each, and rows are fetched for those on screen: a list of a
hundred thousand costs little more than one of a hundred. Numbers stay valid while the index lives, names for ever.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from crackinspector.library.database import sentences
from crackinspector.library.index import utf8
from crackinspector.library.layout import map_path, picture_path
from crackinspector.library.store import Library

UNSEEN = ""
"""In `Query.labels`: those that no model has looked at."""
_WORD = re.compile(r"\w+")


class Sort(StrEnum):
    """What snapshots are sorted by; the values are columns of the index."""

    TAKEN = "taken"
    ADDED = "added"
    NAME = "name COLLATE NOCASE"
    SCORE = "score"
    VERDICT = "verdict_at"


@dataclass(frozen=True, slots=True)
class Query:
    """Which snapshots, in which order; what is left as it is does not restrict.

    Attributes:
        labels: of the model, and `UNSEEN`; empty: any.
        verdicts: of `Verdict` without `WITHDRAWN`, and `UNREVIEWED`; empty: any.
        score_from, score_to: the model's, 0..1, both included.
        since, until: days or moments of local time as ISO 8601 begins, such as `2026-11`, both included.
        structure, element, inspection: names; None: any.
        sources: where the pictures came from; empty: any.
        tags: all of these.
        text: words, or beginnings of words, that all occur in name, source, place, tags, note or reasons.
        binned: those in the bin, or those that are not.
        truths: labels that people say they have, by verdict or labelled folder; empty: any.
        model: name and sha256 of a model: `labels` is then what this one said last, whoever looked since, and without
            `labels`, those that it looked at; None: the newest detection counts.
        sort, descending: the order; ties by number.
    """

    labels: tuple[str, ...] = ()
    verdicts: tuple[str, ...] = ()
    score_from: float | None = None
    score_to: float | None = None
    since: str | None = None
    until: str | None = None
    structure: str | None = None
    element: str | None = None
    inspection: str | None = None
    sources: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    text: str = ""
    binned: bool = False
    truths: tuple[str, ...] = ()
    model: tuple[str, str] | None = None
    sort: Sort = Sort.TAKEN
    descending: bool = True


@dataclass(frozen=True, slots=True)
class Row:
    """What a list shows of a snapshot.

    Attributes:
        number: in this index.
        id: the snapshot's name.
        picture: the file.
        map: the newest detection's crack map, or None.
        width, height: upright, in pixels.
        taken: local time as ISO 8601, or None.
        added: UTC as ISO 8601.
        label, score, model: None if no model has looked.
        verdict: one of `Verdict`, or `UNREVIEWED`.
        truth: the label that people say it has, or None.
    """

    number: int
    id: str
    picture: Path
    map: Path | None
    width: int
    height: int
    taken: str | None
    added: str
    name: str
    source: str
    structure: str
    element: str
    inspection: str
    label: str | None
    score: float | None
    model: str | None
    verdict: str
    verdict_at: str
    verdict_who: str
    truth: str | None
    findings: int
    note: str
    latitude: float | None
    longitude: float | None


def ids(library: Library, query: Query, most: int | None = None) -> list[int]:
    """The numbers of all snapshots of a query in its order, or of the first `most`. Raises StorageError."""
    where, values = _where(query)
    words = _WORD.findall(utf8(query.text))
    way = "DESC" if query.descending else "ASC"
    # The index of the order holds what is filtered by; left alone, SQLite might choose one that it has to sort after.
    # As one text: a hundred thousand rows would cost Python twice as much. What has a limit keeps its order.
    numbers = (
        f"(SELECT json_group_array(number) FROM (SELECT number FROM snapshots INDEXED BY {_INDICES[query.sort]} "
        f"WHERE {where} ORDER BY {query.sort.value} {way}, number {way} LIMIT ?))"
    )
    # Where words are looked for: SQLite would put each number that has them into a tree, which takes longer than a set.
    having = "(SELECT json_group_array(rowid) FROM texts WHERE texts MATCH ?)" if words else "NULL"
    values += [-1 if most is None or words else most, *([" ".join(f'"{word}"*' for word in words)] if words else [])]
    with sentences(library.folder):
        row = library.connection.execute(f"SELECT {numbers}, {having}", values).fetchone()
    found: list[int] = json.loads(row[0])
    if not words:
        return found
    wanted = set(json.loads(row[1]))
    return [number for number in found if number in wanted][:most]


_INDICES = {
    Sort.TAKEN: "by_taken",
    Sort.ADDED: "by_added",
    Sort.NAME: "by_name",
    Sort.SCORE: "by_score",
    Sort.VERDICT: "by_verdict",
}
_ROWS = """
SELECT s.number, s.id, s.suffix, s.map, s.width, s.height, s.taken, s.added, s.name, s.source,
    t.name, e.name, i.name, s.label, s.score, s.model, s.verdict, s.verdict_at, s.verdict_who, s.truth, s.findings,
    s.note, s.latitude, s.longitude
FROM json_each(?) AS wanted
JOIN snapshots s ON s.number = wanted.value
JOIN inspections i ON i.number = s.inspection
JOIN elements e ON e.number = i.element
JOIN structures t ON t.number = e.structure
"""


def rows(library: Library, numbers: Sequence[int]) -> dict[int, Row]:
    """Number -> row for those that are still there. Raises StorageError."""
    with sentences(library.folder):
        found = library.connection.execute(_ROWS, (json.dumps(list(numbers)),)).fetchall()
    return {row[0]: _row(library.folder, row) for row in found}


def labels(library: Library, numbers: Sequence[int]) -> dict[int, str | None]:
    """Number -> what the newest model says of those that are still there. Raises StorageError."""
    statement = "SELECT number, label FROM snapshots WHERE number IN (SELECT value FROM json_each(?))"
    with sentences(library.folder):
        return dict(library.connection.execute(statement, (json.dumps(list(numbers)),)).fetchall())


def _row(folder: Path, values: Sequence[Any]) -> Row:
    number, identifier, suffix, digest, *rest = values
    picture = picture_path(folder, identifier, suffix)
    return Row(number, identifier, picture, None if digest is None else map_path(folder, digest), *rest)


def find(library: Library, identifier: str) -> int | None:
    """The number of a snapshot by its name, None if there is none. Raises StorageError."""
    with sentences(library.folder):
        row = library.connection.execute("SELECT number FROM snapshots WHERE id = ?", (identifier,)).fetchone()
    return None if row is None else int(row[0])


def beginning_with(library: Library, beginning: str, most: int) -> list[str]:
    """The names of snapshots that begin like this, sorted, `most` of them at most. Raises StorageError."""
    statement = "SELECT id FROM snapshots WHERE id >= ? AND id < ? ORDER BY id LIMIT ?"
    with sentences(library.folder):
        # After the last hexadecimal digit.
        found = library.connection.execute(statement, (beginning, beginning + "g", most)).fetchall()
    return [name for (name,) in found]


def places(library: Library) -> list[tuple[str, str, str, int]]:
    """Structure, element, inspection and how many snapshots, sorted; those in the bin do not count."""
    return _listed(
        library,
        "SELECT t.name, e.name, i.name, count(s.number) FROM inspections i JOIN elements e ON e.number = i.element "
        "JOIN structures t ON t.number = e.structure JOIN snapshots s ON s.inspection = i.number AND NOT s.binned "
        "GROUP BY i.number ORDER BY t.name, e.name, i.name",
    )


def places_of(library: Library, numbers: Sequence[int]) -> list[tuple[str, str, str]]:
    """Structure, element and inspection that these snapshots belong to, each place once, sorted."""
    statement = (
        "SELECT DISTINCT t.name, e.name, i.name FROM snapshots s JOIN inspections i ON i.number = s.inspection "
        "JOIN elements e ON e.number = i.element JOIN structures t ON t.number = e.structure "
        "WHERE s.number IN (SELECT value FROM json_each(?)) ORDER BY t.name, e.name, i.name"
    )
    with sentences(library.folder):
        return library.connection.execute(statement, (json.dumps(list(numbers)),)).fetchall()


def tags(library: Library) -> list[tuple[str, int]]:
    """Every tag in use, and how many snapshots have it, sorted."""
    return _listed(library, "SELECT tag, count(*) FROM tags GROUP BY tag ORDER BY tag")


def sources(library: Library) -> list[tuple[str, int]]:
    """Where pictures came from, and how many, sorted."""
    return _listed(library, "SELECT source, count(*) FROM snapshots GROUP BY source ORDER BY source")


def _listed(library: Library, statement: str) -> list[Any]:
    with sentences(library.folder):
        return library.connection.execute(statement).fetchall()


def _where(query: Query) -> tuple[str, list[object]]:
    """The condition and its values."""
    parts, values = ["binned = ?"], [query.binned]
    terms: list[tuple[str, Sequence[object]]] = []
    if query.model is not None:
        said = f"label IN ({_marks(query.labels)})" if query.labels else "TRUE"
        terms.append((_SAID_BY.format(said), [*map(utf8, query.model), *query.labels]))
    elif query.labels:
        known = [label for label in query.labels if label != UNSEEN]
        either = [f"label IN ({_marks(known)})"] if known else []
        either += ["label IS NULL"] if UNSEEN in query.labels else []
        terms.append((f"({' OR '.join(either)})", known))
    if query.truths:
        # No order's index holds it: rows would be looked up that are not shown.
        said = f"number IN (SELECT number FROM snapshots WHERE binned = ? AND truth IN ({_marks(query.truths)}))"
        terms.append((said, [query.binned, *query.truths]))
    if query.verdicts:
        terms.append((f"verdict IN ({_marks(query.verdicts)})", query.verdicts))
    if query.score_from is not None:
        terms.append(("score >= ?", [query.score_from]))
    if query.score_to is not None:
        terms.append(("score <= ?", [query.score_to]))
    if query.since is not None:
        terms.append(("taken >= ?", [query.since]))
    if query.until is not None:
        # Whatever begins like it: all of a day, all of a month.
        terms.append(("taken < ?", [query.until + "\U0010ffff"]))
    levels = [
        (f"{table}.name = ?", utf8(name))
        for table, name in (("t", query.structure), ("e", query.element), ("i", query.inspection))
        if name is not None
    ]
    if levels:
        condition = " AND ".join(condition for condition, _ in levels)
        terms.append((_INSPECTIONS.format(condition), [name for _, name in levels]))
    if query.sources:
        terms.append((f"source IN ({_marks(query.sources)})", [*map(utf8, query.sources)]))
    terms += [("number IN (SELECT snapshot FROM tags WHERE tag = ?)", [utf8(tag)]) for tag in query.tags]
    for condition, given in terms:
        parts.append(condition)
        values += given  # type: ignore[arg-type]
    return " AND ".join(parts), list(values)


_INSPECTIONS = (
    "inspection IN (SELECT i.number FROM inspections i JOIN elements e ON e.number = i.element "
    "JOIN structures t ON t.number = e.structure WHERE {})"
)
_SAID_BY = (
    "number IN (SELECT snapshot FROM said "
    "WHERE model = (SELECT number FROM models WHERE name = ? AND sha256 = ?) AND {})"
)


def _marks(values: Iterable[object]) -> str:
    return ", ".join("?" for _ in values)
