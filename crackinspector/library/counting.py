"""How many snapshots a library holds, by what models and people say of them."""

from __future__ import annotations

import os
from collections import Counter
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from crackinspector.library.database import sentences
from crackinspector.library.store import Library

NOT_LOOKED_AT = "not looked at"


@dataclass(frozen=True, slots=True)
class Counts:
    """What the index says that a library holds.

    Attributes:
        snapshots: those not in the bin.
        findings: of these.
        verdicts: every decision ever made, the withdrawn ones included.
        binned: snapshots in the bin.
        deleted: snapshots that were removed for good.
        structures: those with a name.
        labels, decided: label and verdict -> snapshots.
    """

    snapshots: int
    findings: int
    verdicts: int
    binned: int
    deleted: int
    structures: int
    labels: dict[str, int]
    decided: dict[str, int]


@dataclass(frozen=True, slots=True)
class Info:
    """What a library holds.

    Attributes:
        counts: as the index says.
        bytes: of all files.
    """

    counts: Counts
    bytes: int

    def values(self) -> dict[str, Any]:
        """As a JSON object."""
        return {**asdict(self.counts), "bytes": self.bytes}


def counts(library: Library) -> Counts:
    """What the index says that a library holds; quick enough to be asked after each change. Raises StorageError."""
    grouped = (
        "SELECT binned, label, verdict, count(*), sum(findings) FROM snapshots INDEXED BY by_label GROUP BY 1, 2, 3"
    )
    total, findings, binned = 0, 0, 0
    labels: Counter[str] = Counter()
    decided: Counter[str] = Counter()
    with sentences(library.folder):
        for away, label, verdict, count, found in library.connection.execute(grouped):
            if away:
                binned += count
                continue
            total, findings = total + count, findings + found
            labels[NOT_LOOKED_AT if label is None else label] += count
            decided[verdict] += count
        verdicts, deleted, structures = (
            int(library.connection.execute(f"SELECT count(*) FROM {what}").fetchone()[0])
            for what in ("events WHERE kind = 'verdict'", "deleted", "structures WHERE name != ''")
        )
    ordered = (dict(sorted(each.items())) for each in (labels, decided))
    return Counts(total, findings, verdicts, binned, deleted, structures, *ordered)


def info(library: Library) -> Info:
    """What a library holds; walks through all its files. Raises StorageError."""
    return Info(counts(library), _bytes_below(library.folder))


def _bytes_below(folder: Path) -> int:
    total, waiting = 0, [os.fspath(folder)]
    while waiting:
        try:
            with os.scandir(waiting.pop()) as listing:
                for entry in listing:
                    if entry.is_dir(follow_symlinks=False):
                        waiting.append(entry.path)
                    elif entry.is_file(follow_symlinks=False):
                        total += entry.stat(follow_symlinks=False).st_size
        except OSError:
            # Gone in the meantime, or not ours to read.
            continue
    return total
