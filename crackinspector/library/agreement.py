"""Models against people, and people against each other, by what a library holds.

What people say is a snapshot's truth: by their verdict, else by the labelled folder that it came from. A model is
judged by the newest that it said of each snapshot, however many have looked since. Those in the bin do not count.
"""

from __future__ import annotations

import functools
import json
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations, groupby
from operator import itemgetter
from typing import Any

from crackinspector.core.labels import Label
from crackinspector.library.confusion import Confusion, Share
from crackinspector.library.database import sentences
from crackinspector.library.events import Verdict
from crackinspector.library.state import UNREVIEWED, Judged, truth_of
from crackinspector.library.store import Library

_Key = tuple[str, str]
_Pair = tuple[Label, Label]
_DECIDED = (Verdict.CONFIRMED, Verdict.REJECTED, Verdict.UNSURE)
_SAID = "s.binned = 0 AND (s.truth IS NOT NULL OR s.verdict = 'unsure')"
"""Snapshots of which people say something."""
_MODELS = f"""
SELECT m.name, m.sha256, s.inspection, d.label, s.truth, count(*)
FROM snapshots s INDEXED BY by_truth CROSS JOIN said d ON d.snapshot = s.number JOIN models m ON m.number = d.model
WHERE {_SAID} GROUP BY d.model, 3, 4, 5
"""
_FINDINGS = """
SELECT s.model, s.model_sha256, f.verdict, count(*)
FROM findings f JOIN snapshots s ON s.number = f.snapshot
WHERE NOT s.binned AND NOT f.by_hand AND s.label IS NOT NULL GROUP BY 1, 2, 3
"""
_PEOPLE = """
SELECT e.snapshot, e.id, e.who, json_extract(e.body, '$.verdict', '$.of', '$.undoes')
FROM (
    SELECT snapshot FROM events INDEXED BY verdicts_of
    WHERE kind = 'verdict' GROUP BY snapshot HAVING min(who) != max(who)
) several
CROSS JOIN snapshots s ON s.number = several.snapshot
CROSS JOIN events e INDEXED BY verdicts_of ON e.snapshot = s.number
WHERE e.kind = 'verdict' AND NOT s.binned AND json_extract(e.body, '$.finding') IS NULL
ORDER BY e.snapshot, e.at, e.id
"""
"""All verdicts on snapshots that more than one person decided on."""
_STRUCTURES = """
SELECT i.number, t.name FROM inspections i
JOIN elements e ON e.number = i.element JOIN structures t ON t.number = e.structure
"""
_TRUTHS = """
SELECT count(*) FILTER (WHERE verdict != 'unreviewed' AND truth IS NOT NULL),
    count(*) FILTER (WHERE verdict = 'unreviewed' AND truth IS NOT NULL), count(*) FILTER (WHERE verdict = 'unsure')
FROM snapshots INDEXED BY by_truth WHERE binned = 0
"""


@dataclass(frozen=True, slots=True)
class FindingCounts:
    """What people decided on a model's findings, those of its detections that are still the newest.

    Attributes:
        confirmed, rejected, unsure, unreviewed: how many.
    """

    confirmed: int = 0
    rejected: int = 0
    unsure: int = 0
    unreviewed: int = 0

    @property
    def confirmed_share(self) -> Share | None:
        """Of those confirmed or rejected, the confirmed."""
        return Share.of(self.confirmed, self.confirmed + self.rejected)

    def values(self) -> dict[str, Any]:
        """As a JSON object."""
        counts = {name: getattr(self, name) for name in self.__slots__}
        share = self.confirmed_share
        return {**counts, "confirmed_share": None if share is None else share.values()}


@dataclass(frozen=True, slots=True)
class ModelAgreement:
    """A model against people.

    Attributes:
        model, sha256: which; the sha256 of its file, empty if nobody knows.
        confusion: the model says, people are right.
        unsure: snapshots that it looked at and people are unsure of, which are not in `confusion`.
        structures: the same for each structure, sorted by name; "" are those that belong to none.
        findings: what was decided on its findings.
    """

    model: str
    sha256: str
    confusion: Confusion
    unsure: int
    structures: tuple[tuple[str, Confusion], ...]
    findings: FindingCounts

    def values(self) -> dict[str, Any]:
        """As a JSON object."""
        return {
            "model": self.model,
            "sha256": self.sha256,
            **self.confusion.values(),
            "unsure": self.unsure,
            "structures": {name: confusion.values() for name, confusion in self.structures},
            "findings": self.findings.values(),
        }


@dataclass(frozen=True, slots=True)
class PeopleAgreement:
    """Two people who decided on the same snapshots, by the latest verdict of each that was not withdrawn.

    Attributes:
        first, second: names, sorted.
        confusion: `first` says, `second` stands for what is true.
        unsure: snapshots of which one of them is unsure, which are not in `confusion`.
    """

    first: str
    second: str
    confusion: Confusion
    unsure: int

    def values(self) -> dict[str, Any]:
        """As a JSON object; the two are equals, so that only agreement is told."""
        every = self.confusion.values()
        told = {name: every[name] for name in ("total", "counts", "accuracy", "kappa")}
        return {"first": self.first, "second": self.second, **told, "unsure": self.unsure}


@dataclass(frozen=True, slots=True)
class Agreement:
    """All of a library's.

    Attributes:
        models: those that looked at what people say something of, the one with the most snapshots first.
        people: pairs, those with the most snapshots first.
        by_verdict, by_folder: snapshots whose truth comes from a person's verdict, and from a labelled folder.
        unsure: snapshots that people are unsure of.
    """

    models: tuple[ModelAgreement, ...]
    people: tuple[PeopleAgreement, ...]
    by_verdict: int
    by_folder: int
    unsure: int

    def values(self) -> dict[str, Any]:
        """As a JSON object."""
        return {
            "by_verdict": self.by_verdict,
            "by_folder": self.by_folder,
            "unsure": self.unsure,
            "models": [model.values() for model in self.models],
            "people": [pair.values() for pair in self.people],
        }


def agreement(library: Library) -> Agreement:
    """Count it all. Raises StorageError."""
    with sentences(library.folder):
        models = _models(library.connection)
        people = _people(library.connection.execute(_PEOPLE))
        by_verdict, by_folder, unsure = library.connection.execute(_TRUTHS).fetchone()
    return Agreement(tuple(models), tuple(people), by_verdict, by_folder, unsure)


def _models(connection: sqlite3.Connection) -> list[ModelAgreement]:
    structure_of = dict(connection.execute(_STRUCTURES))
    decided: dict[_Key, Counter[str]] = defaultdict(Counter)
    for model, sha256, verdict, count in connection.execute(_FINDINGS):
        decided[model, sha256][verdict] += count
    parts: dict[_Key, dict[str, Counter[_Pair]]] = defaultdict(lambda: defaultdict(Counter))
    unsure: Counter[_Key] = Counter()
    for model, sha256, inspection, label, truth, count in connection.execute(_MODELS):
        if truth is None:
            unsure[model, sha256] += count
        else:
            parts[model, sha256][structure_of[inspection]][Label(label), Label(truth)] += count
    judged = {key for key, counts in decided.items() if set(counts) - {UNREVIEWED}}
    found = [
        ModelAgreement(
            *key,
            Confusion(sum(parts[key].values(), Counter())),
            unsure[key],
            tuple((name, Confusion(counts)) for name, counts in sorted(parts[key].items())),
            FindingCounts(*(decided[key][kind] for kind in (*_DECIDED, UNREVIEWED))),
        )
        for key in sorted({*parts, *unsure, *judged})
    ]
    return sorted(found, key=lambda model: -model.confusion.total)


def _people(rows: Iterable[tuple[int, str, str, str]]) -> list[PeopleAgreement]:
    met: Counter[tuple[tuple[str, str], ...]] = Counter()
    for _, several in groupby(rows, key=itemgetter(0)):
        verdicts = [(event, who, body) for _, event, who, body in several]
        undone = {_undoes(body) for *_, body in verdicts}
        held = {who: body for event, who, body in verdicts if _undoes(body) is None and event not in undone}
        met.update(combinations(sorted(held.items()), 2))
    counted: dict[_Key, Counter[_Pair]] = defaultdict(Counter)
    unsure: Counter[_Key] = Counter()
    for pair, count in met.items():
        # Names sort as they read, not as JSON.
        (first, one), (second, other) = sorted((json.loads(who), json.loads(body)) for who, body in pair)
        truths = [truth_of(Judged(verdict, of=of)) for verdict, of, _ in (one, other)]
        if Verdict.UNSURE in (one[0], other[0]):
            unsure[first, second] += count
        elif truths[0] is not None and truths[1] is not None:
            counted[first, second][truths[0], truths[1]] += count
    pairs = [PeopleAgreement(*names, Confusion(counted[names]), unsure[names]) for names in sorted({*counted, *unsure})]
    return sorted(pairs, key=lambda pair: -pair.confusion.total)


@functools.lru_cache(maxsize=1024)
def _undoes(body: str) -> Any:
    """The event that a verdict withdraws, or None."""
    return json.loads(body)[2]
