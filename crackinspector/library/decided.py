"""The snapshots that people have said something about: by a verdict on them or a finding, or by a labelled folder."""

from __future__ import annotations

from collections.abc import Iterator

from crackinspector.library.database import sentences
from crackinspector.library.exporting import Item, items_of
from crackinspector.library.store import Library

_DECIDED = """
SELECT number FROM snapshots s WHERE binned = 0 AND (
    truth IS NOT NULL OR verdict != 'unreviewed'
    OR EXISTS (
        SELECT 1 FROM findings WHERE snapshot = s.number AND (verdict != 'unreviewed' OR by_hand OR mask IS NOT NULL)
    )
) ORDER BY taken, number
"""


def decided(library: Library) -> Iterator[Item]:
    """Those not in the bin, by the time when they were taken. Raises StorageError."""
    with sentences(library.folder):
        numbers = [number for (number,) in library.connection.execute(_DECIDED)]
    yield from items_of(library, numbers)
