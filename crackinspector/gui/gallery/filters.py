"""What a query restricts, one by one, for people: words for each, and how to let go of it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date, timedelta

from PySide6.QtCore import QCoreApplication

from crackinspector.core.text import percent, printable
from crackinspector.gui.gallery.words import LABELS, VERDICTS, found_word, verdict_name
from crackinspector.library.queries import Query

_DAY = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")
translate = QCoreApplication.translate
_KEPT = frozenset({"binned", "sort", "descending"})
"""What is no restriction: which half of the library, and its order."""
PERIODS: Mapping[str, int | None] = {"any": None, "today": 0, "week": 6, "month": 29, "year": 364}
"""Name of a period that ends today -> days before today that it begins, None for no period."""


@dataclass(frozen=True, slots=True)
class Restriction:
    """One thing that a query restricts.

    Attributes:
        words: for people, short.
        without: the query that is left when it is let go of.
    """

    words: str
    without: Query


def restrictions(query: Query) -> list[Restriction]:
    """Everything that a query restricts, in the order of the filter's form."""
    found = []
    if query.text.strip():
        found.append(Restriction(f"“{printable(query.text.strip())}”", replace(query, text="")))
    if query.labels:
        words = _either([found_word(label) for label in LABELS if label in query.labels])
        found.append(Restriction(words, replace(query, labels=())))
    if query.verdicts:
        words = _either([verdict_name(verdict) for verdict in VERDICTS if verdict in query.verdicts])
        found.append(Restriction(words, replace(query, verdicts=())))
    if query.truths:
        words = translate("gallery", "People say: {label}").format(
            label=_either([found_word(label) for label in query.truths])
        )
        found.append(Restriction(words, replace(query, truths=())))
    if query.model is not None:
        words = translate("gallery", "By {model}").format(model=printable(query.model[0]))
        found.append(Restriction(words, replace(query, model=None)))
    if query.score_from is not None or query.score_to is not None:
        low, high = query.score_from or 0.0, 1.0 if query.score_to is None else query.score_to
        words = f"{percent(low)} – {percent(high)}"
        found.append(Restriction(words, replace(query, score_from=None, score_to=None)))
    if query.since or query.until:
        words = f"{query.since or '…'} – {query.until or '…'}"
        words = query.since if query.since and query.since == query.until else words
        found.append(Restriction(words, replace(query, since=None, until=None)))
    if query.structure is not None:
        without = replace(query, structure=None, element=None, inspection=None)
        found.append(Restriction(place_word(query.structure), without))
    if query.element is not None:
        found.append(Restriction(place_word(query.element), replace(query, element=None)))
    if query.inspection is not None:
        found.append(Restriction(place_word(query.inspection), replace(query, inspection=None)))
    found += [
        Restriction(
            printable(source) or translate("gallery", "No source"), replace(query, sources=_less(query.sources, source))
        )
        for source in query.sources
    ]
    found += [Restriction(f"# {printable(tag)}", replace(query, tags=_less(query.tags, tag))) for tag in query.tags]
    return found


def unrestricted(query: Query) -> Query:
    """The query without any restriction, in the same order and the same half of the library."""
    return Query(**{field.name: getattr(query, field.name) for field in fields(Query) if field.name in _KEPT})


def place_word(name: str) -> str:
    """A structure, element or inspection; empty where nobody said."""
    return printable(name) if name else translate("gallery", "No place")


def source_word(name: str) -> str:
    """Where pictures came from; empty where nobody knows."""
    return printable(name) if name else translate("gallery", "No source")


def day_of(text: str) -> str | None:
    """A typed year, month or day as the library sorts it, such as `2026-11`; None if it is none."""
    found = _DAY.fullmatch(text.strip().replace(".", "-").replace("/", "-").rstrip("-"))
    if found is None:
        return None
    year, month, day = (int(part) if part else None for part in found.groups())
    try:
        whole = date(year or 0, month or 1, day or 1)
    except ValueError:
        return None
    return whole.isoformat()[: 4 if month is None else 7 if day is None else 10]


def period_of(query: Query, today: date) -> str:
    """Which of `PERIODS` a query has, empty if another."""
    if query.since is None and query.until is None:
        return "any"
    return next((name for name in PERIODS if (query.since, query.until) == period(name, today)), "")


def period(name: str, today: date) -> tuple[str | None, str | None]:
    """Since and until of one of `PERIODS`."""
    days = PERIODS[name]
    return (None, None) if days is None else ((today - timedelta(days=days)).isoformat(), None)


def _less(names: tuple[str, ...], name: str) -> tuple[str, ...]:
    return tuple(other for other in names if other != name)


def _either(words: list[str]) -> str:
    return " / ".join(words)
