"""Which snapshot of a list is the next that nobody has decided on."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from crackinspector.library.queries import Query, ids, rows
from crackinspector.library.state import UNREVIEWED
from crackinspector.library.store import Library

_NEAR = 200


def next_unreviewed(library: Library, order: Sequence[int], skipped: AbstractSet[int] = frozenset()) -> int | None:
    """The first number of `order` without a verdict, but for those `skipped`; None if there is none.

    Mostly it is near; of a hundred thousand that are not, the index knows all at once. Raises StorageError.
    """
    near = rows(library, order[:_NEAR])
    for number in order[:_NEAR]:
        if number in near and near[number].verdict == UNREVIEWED and number not in skipped:
            return number
    left = {*ids(library, Query(verdicts=(UNREVIEWED,))), *ids(library, Query(verdicts=(UNREVIEWED,), binned=True))}
    return next((number for number in order[_NEAR:] if number in left and number not in skipped), None)
