"""Whether a library has what a filter asks for by name."""

from __future__ import annotations

from collections.abc import Sequence

from crackinspector.core.errors import UsageError
from crackinspector.core.text import printable
from crackinspector.library.index import utf8
from crackinspector.library.queries import Query, places
from crackinspector.library.store import Library

_MOST_NAMED = 12


def require_place(library: Library, query: Query) -> None:
    """Refuse a structure, element or inspection that the library has none of, as it may be misspelt.

    Raises:
        UsageError: it names those that are there.
        StorageError: the library cannot be read.
    """
    known = [place[:3] for place in places(library)]
    for level, (name, wanted) in enumerate(
        (("structure", query.structure), ("element", query.element), ("inspection", query.inspection))
    ):
        if wanted is None:
            continue
        names = sorted({place[level] for place in known if place[level]})
        known = [place for place in known if place[level] == utf8(wanted)]
        # What nobody placed is asked for by an empty name.
        if not known and wanted:
            there = f"it has some of {_list(names)}" if names else "nor of any other"
            article = "an" if name[0] in "ei" else "a"
            raise UsageError(
                f"{printable(library.folder)} has no snapshots of {article} {name} {_quoted(wanted)}; {there}"
            )


def _list(names: Sequence[str]) -> str:
    told = ", ".join(map(_quoted, names[:_MOST_NAMED]))
    return told if len(names) <= _MOST_NAMED else f"{told} and {len(names) - _MOST_NAMED} more"


def _quoted(name: str) -> str:
    return f'"{printable(name)}"'
