"""What the commands about a library print."""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path

from crackinspector.core.text import printable
from crackinspector.library.backup import back_up
from crackinspector.library.checking import check
from crackinspector.library.counting import Info, info
from crackinspector.library.exporting import export
from crackinspector.library.merging import Merged, merge
from crackinspector.library.queries import Query, find, ids, rows
from crackinspector.library.store import Library
from crackinspector.survey.library_places import require_place


def tell_info(folder: Path, as_json: bool) -> int:
    """Print what a library holds. Raises StorageError."""
    with Library(folder, write=False) as library:
        held = info(library)
        if as_json:
            print(json.dumps(held.values()))
        else:
            print(_readable(folder, held))
        tell(library.notices)
    return 0


def tell_check(folder: Path, repair: bool) -> int:
    """Check a library, print what is wrong and return the exit status. Raises StorageError."""
    mended = left = 0
    for problem in check(folder, repair):
        print(problem.sentence, flush=True)
        mended += problem.mended and not problem.is_notice
        left += not problem.mended
    words = f"{left} problem{'' if left == 1 else 's'}" if left else "all is well"
    print(f"{printable(folder)}: {words}{f', {mended} mended' if mended else ''}")
    return 1 if left else 0


def tell_export(folder: Path, query: Query, form: str, out: Path) -> int:
    """Export snapshots, print how many and what is left out, and return the exit status.

    Raises:
        UsageError: nothing belongs to the structure, element or inspection that is asked for.
        StorageError: it cannot be done.
    """
    trouble = 0

    def told(sentence: str) -> None:
        nonlocal trouble
        trouble += 1
        tell([sentence])

    with Library(folder, write=False) as library:
        tell(library.notices)
        require_place(library, query)
        total = len(ids(library, query))
        count = export(library, query, form, out, told=told)
    words = {"geojson": " with a position", "folders": " that people have decided on"}.get(form, "")
    of = f" of {total}" if words or count != total else ""
    print(f"{printable(out)}: {count}{of} snapshot{'' if (total if of else count) == 1 else 's'}{words}")
    return 1 if trouble else 0


def tell_backup(folder: Path, to: Path) -> int:
    """Back a library up, print what could not be copied and return the exit status. Raises StorageError."""
    with Library(folder, write=False) as library:
        tell(library.notices)
        trouble = 0
        for sentence in back_up(library, to):
            print(sentence, flush=True)
            trouble += 1
    missing = "1 file is missing" if trouble == 1 else f"{trouble} files are missing"
    print(f"{printable(to)}: {'the backup is whole' if not trouble else missing}")
    return 1 if trouble else 0


def tell_merge(folder: Path, other: Path, again: str | None = None) -> int:
    """Merge another library, print a line for each snapshot that brought something, and return the exit status.

    Args:
        folder: of the library, made if needed.
        other: the other one's.
        again: who brings back what was deleted here; None: nobody does.

    Raises:
        StorageError: it cannot be done.
    """
    counts: Counter[str] = Counter()
    with Library(folder, create=True) as library:
        tell(library.notices)
        for merged in merge(library, other, again):
            if merged.refused is not None:
                counts["refused"] += 1
                print(merged.refused, file=sys.stderr, flush=True)
                continue
            if merged.note is not None:
                tell([merged.note])
            kind = _kind(merged)
            counts[kind] += 1
            if merged.id is not None and (merged.is_new or merged.events):
                print(f"{kind:<8} {merged.id[:12]}  {_name(library, merged.id)}".rstrip(), flush=True)
    print(
        f"{printable(folder)}: {counts['added']} added, {counts['updated']} completed, "
        f"{counts['present']} there already, {counts['refused']} left out"
        f"{f', {deleted} deleted' if (deleted := counts['deleted']) else ''}"
    )
    return 1 if counts["refused"] else 0


def _name(library: Library, identifier: str) -> str:
    """What its picture was called; empty if it is not there any more."""
    number = find(library, identifier)
    row = None if number is None else rows(library, [number]).get(number)
    return "" if row is None else printable(row.name)


def _kind(merged: Merged) -> str:
    if merged.deleted:
        return "deleted"
    return "added" if merged.is_new else "updated" if merged.events else "present"


def tell(notices: list[str]) -> None:
    """Print what a person should know on standard error."""
    for notice in notices:
        if sys.stderr is not None:
            print(f"crackinspector: {notice}", file=sys.stderr)


def _readable(folder: Path, held: Info) -> str:
    counts = held.counts
    labels = ", ".join(f"{count} {label}" for label, count in counts.labels.items()) or "none"
    decided = ", ".join(f"{count} {verdict}" for verdict, count in counts.decided.items()) or "none"
    return "\n".join(
        (
            f"{printable(folder)}",
            f"snapshots   {counts.snapshots} ({labels})",
            f"findings    {counts.findings}",
            f"verdicts    {counts.verdicts}; snapshots: {decided}",
            f"structures  {counts.structures}",
            f"in the bin  {counts.binned}",
            f"deleted     {counts.deleted}",
            f"bytes       {held.bytes}",
        )
    )
