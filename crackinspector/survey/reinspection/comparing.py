"""Two snapshots of a library compared: laid over each other, then crack by crack."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from crackinspector.core.errors import StorageError, UsageError
from crackinspector.core.text import printable
from crackinspector.library.layout import ID
from crackinspector.library.queries import beginning_with
from crackinspector.library.store import Library
from crackinspector.sources.picture_folder import read_bounded
from crackinspector.survey.reinspection.alignment import Alignment, align
from crackinspector.survey.reinspection.changes import Changes, changes
from crackinspector.survey.reinspection.inspected import Subject


@dataclass(frozen=True, slots=True, eq=False)
class Comparison:
    """What came of it.

    Attributes:
        before, after: the snapshots.
        alignment: of the first picture over the second.
        changes: None if the alignment is not trusted.
        image: the second picture, (h, w, 3) uint8 BGR, reduced where it is very large.
    """

    before: Subject
    after: Subject
    alignment: Alignment
    changes: Changes | None
    image: NDArray[np.uint8]

    @property
    def models_differ(self) -> bool:
        """Whether two models looked: what they say differs then for that reason alone."""
        first, second = (each.detection.body["model"] for each in (self.before, self.after))
        return bool(first != second)


def compare(before: Subject, after: Subject) -> Comparison:
    """Read both pictures and compare them. Any thread; seconds.

    Raises:
        PictureError: one of them cannot be read.
    """
    first, second = read_bounded(before.row.picture), read_bounded(after.row.picture)
    sizes = [(each.row.width, each.row.height) for each in (before, after)]
    alignment = align(first, second, *sizes)
    found = changes(before.inspected, after.inspected, alignment) if alignment.trusted else None
    return Comparison(before, after, alignment, found, second)


def snapshot_called(library: Library, beginning: str) -> str:
    """The name of the only snapshot whose name begins like this.

    Raises:
        UsageError: several begin so, or it cannot be a name.
        StorageError: none does.
    """
    wanted = beginning.strip().lower()
    if not wanted or not ID.fullmatch(wanted.ljust(64, "0")):
        raise UsageError(
            f"{printable(beginning)!r} is no name of a snapshot; give the beginning of one, such as 3fa8c1"
        )
    found = beginning_with(library, wanted, 2)
    if not found:
        raise StorageError(
            f"{printable(library.folder)} has no snapshot {printable(beginning)}; look for it in another library"
        )
    if len(found) > 1:
        raise UsageError(f"several snapshots begin with {wanted}; give more of the name")
    return found[0]
