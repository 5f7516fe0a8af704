"""The inspections of one element: what was photographed before, and what can be held against a snapshot."""

from __future__ import annotations

from typing import Any

from crackinspector.library.database import sentences
from crackinspector.library.store import Library

_OF_ELEMENT = """
FROM snapshots own
JOIN inspections here ON here.number = own.inspection
JOIN elements e ON e.number = here.element JOIN structures t ON t.number = e.structure
JOIN inspections i ON i.element = e.number
JOIN snapshots s ON s.inspection = i.number AND NOT s.binned
WHERE own.number = :number AND (e.name != '' OR t.name != '')
"""
"""All of its element, unless nobody has said to which it belongs."""
_LIKELIEST = "s.name != own.name, coalesce(s.taken, s.added) DESC, s.number DESC"
"""Who walks the same way again gives the same place the same name."""


def inspection_before(library: Library, number: int, most: int) -> list[int]:
    """Snapshots of the inspection of the same element before that of a snapshot, `most` at most, the likeliest first.

    That is the other inspection with the newest snapshot that is older than it. Raises StorageError.
    """
    earlier = f"{_OF_ELEMENT} AND i.number != own.inspection AND {_MOMENT.format('s')} < {_MOMENT.format('own')}"
    last = f"SELECT s.inspection {earlier} ORDER BY {_MOMENT.format('s')} DESC, s.number DESC LIMIT 1"
    return _numbers(
        library,
        f"SELECT s.number {earlier} AND s.inspection = ({last}) ORDER BY {_LIKELIEST} LIMIT :most",
        number,
        most,
    )


def of_same_element(library: Library, number: int, most: int) -> list[int]:
    """Snapshots of the same element, `most` at most, of each inspection as many as of any other while there are some.

    Of an inspection first those that are likeliest to show the same place. Raises StorageError.
    """
    ranked = (
        f"SELECT s.number AS number, {_MOMENT.format('s')} AS moment, "
        f"row_number() OVER (PARTITION BY s.inspection ORDER BY {_LIKELIEST}) AS place {_OF_ELEMENT}"
    )
    return _numbers(
        library, f"SELECT number FROM ({ranked}) ORDER BY place, moment DESC, number DESC LIMIT :most", number, most
    )


_MOMENT = "coalesce({0}.taken, {0}.added)"


def _numbers(library: Library, statement: str, number: int, most: int) -> list[int]:
    values: dict[str, Any] = {"number": number, "most": most}
    with sentences(library.folder):
        return [found for (found,) in library.connection.execute(statement, values)]
