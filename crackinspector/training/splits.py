"""Train, validation and test shares by contiguous blocks of neighbouring pictures, never at random.

Neighbouring file numbers show the same wall, so a random split measures memory. Here the groups of a source (a number
and its variants, a photograph and its crops) are put in order, cut into contiguous blocks, and whole blocks are dealt
to the shares at even distances. Both labels of a source share one order, so that a block takes a wall's cracked and
intact pictures together.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from crackinspector.core.errors import UsageError
from crackinspector.core.natural import natural_key
from crackinspector.training.dataset import Record

SPLITS = ("train", "val", "test")


@dataclass(frozen=True, slots=True)
class Plan:
    """How records are split.

    Attributes:
        val, test: shares of each source's blocks, 0..1; the rest is for training.
        blocks: contiguous blocks that each source is cut into.
        guard: groups on the training side of a border that are left out, because they may show the same wall as
            those across it; only where groups are plain numbers, and never more than a tenth of a block.
        seed: turns the positions of the validation and test blocks; the same seed gives the same split.
        keep_folder_splits: a source whose folders name more than one split keeps them.
    """

    val: float = 0.15
    test: float = 0.15
    blocks: int = 20
    guard: int = 2
    seed: int = 0
    keep_folder_splits: bool = True


SHIPPED_PLAN = Plan(val=0.1, test=0.08)
"""Of the shipped presets, which learn from all that can be spared."""


@dataclass(frozen=True, slots=True)
class Split:
    """The records of each share, in the order of the input, and those left out at the borders."""

    train: tuple[Record, ...]
    val: tuple[Record, ...]
    test: tuple[Record, ...]
    left_out: tuple[Record, ...] = ()

    def __getitem__(self, name: str) -> tuple[Record, ...]:
        """The share called `train`, `val` or `test`."""
        shares: dict[str, tuple[Record, ...]] = {"train": self.train, "val": self.val, "test": self.test}
        return shares[name]

    def summary(self) -> str:
        """One line for each share: its pictures and their labels."""
        lines = []
        for name in (*SPLITS, "left_out"):
            records = self.left_out if name == "left_out" else self[name]
            labels = Counter(str(record.label) for record in records)
            counted = ", ".join(f"{n} {label}" for label, n in sorted(labels.items()))
            lines.append(f"{name.replace('_', ' ')}: {len(records)}" + (f" ({counted})" if counted else ""))
        return "\n".join(lines)


def split_records(records: Sequence[Record], plan: Plan | None = None) -> Split:
    """Deals the records of every source to the three shares.

    Raises:
        UsageError: the shares leave nothing to train on.
    """
    plan = plan or Plan()
    if plan.val < 0 or plan.test < 0 or plan.val + plan.test >= 1 or plan.blocks < 1:
        raise UsageError(
            f"The validation share {plan.val} and the test share {plan.test} must be >= 0 and leave something to "
            f"train on, and there must be at least one block."
        )
    places: dict[tuple[str, str], str] = {}
    by_source: dict[str, list[Record]] = {}
    for record in records:
        by_source.setdefault(record.source, []).append(record)
    for source, members in by_source.items():
        named = {record.folder_split for record in members}
        if plan.keep_folder_splits and len(named) > 1 and None not in named:
            # A group that lies in several folders goes with the strictest of them: it must not be trained on.
            for share in SPLITS:
                places.update({r.key: share for r in members if r.folder_split == share})
        else:
            places.update({(source, group): share for group, share in _deal(members, plan).items()})
    return _collect(records, places)


def reassign(split: Split, moves: Mapping[tuple[str, str], str]) -> Split:
    """The same split with the groups in `moves` (source, group) taken to another share, or to `left_out`."""
    places = {r.key: name for name in SPLITS for r in split[name]} | {r.key: "left_out" for r in split.left_out}
    everyone = [*split.train, *split.val, *split.test, *split.left_out]
    return _collect(everyone, {**places, **moves})


def read_groups(path: Path, records: Iterable[Record], folders: Sequence[Path]) -> list[Record]:
    """The records with the groups of a CSV file of `path,group` lines (a header line is allowed).

    Paths are absolute or relative to one of `folders`; pictures that the file does not name keep their own group.

    Raises:
        UsageError: the file cannot be read, or names a picture that is not there.
    """
    try:
        with path.open(newline="", encoding="utf-8") as stream:
            rows = [row for row in csv.reader(stream) if row and any(cell.strip() for cell in row)]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise UsageError(f"The group file {path} cannot be read: {error}.") from error
    if rows and [cell.strip().lower() for cell in rows[0][:2]] == ["path", "group"]:
        rows = rows[1:]
    records = list(records)
    known = {record.path.resolve() for record in records}
    groups: dict[Path, str] = {}
    for number, row in enumerate(rows, 1):
        if len(row) < 2:
            raise UsageError(f"Entry {number} of the group file {path} has no group; expected lines of path,group.")
        candidates = [(folder / row[0].strip()).resolve() for folder in folders]
        match = next((candidate for candidate in candidates if candidate in known), None)
        if match is None:
            raise UsageError(f"The group file {path} names {row[0]}, which is not among the pictures.")
        groups[match] = row[1].strip()
    return [replace(r, group=groups.get(r.path.resolve(), r.group)) for r in records]


def blocks_of(records: Sequence[Record], blocks: int) -> list[list[str]]:
    """The groups of one source in their natural order, cut into at most `blocks` contiguous runs of similar size."""
    sizes = Counter(record.group for record in records)
    groups = sorted(sizes, key=natural_key)
    blocks = min(blocks, len(groups))
    runs: list[list[str]] = [[] for _ in range(blocks)]
    done = 0
    for index, group in enumerate(groups):
        # The block follows from the pictures so far; but never so late that a later block would stay empty.
        wanted = done * blocks // len(records)
        runs[max(wanted, blocks - (len(groups) - index)) if blocks else 0].append(group)
        done += sizes[group]
    return [run for run in runs if run]


def _deal(records: Sequence[Record], plan: Plan) -> dict[str, str]:
    runs = blocks_of(records, plan.blocks)
    n = len(runs)
    n_val, n_test = _count(plan.val, n), _count(plan.test, n)
    while n_val + n_test >= n and n_val + n_test > 0:
        n_val, n_test = (n_val, n_test - 1) if n_test >= n_val else (n_val - 1, n_test)
    held = n_val + n_test
    # Even distances, turned by the seed; validation and test blocks take turns.
    positions = [(int((k + 0.5) * n / held) + plan.seed) % n for k in range(held)]
    shares = ["train"] * n
    for k, position in enumerate(positions):
        shares[position] = "val" if k * n_val // held != (k + 1) * n_val // held else "test"
    places = {group: share for run, share in zip(runs, shares, strict=True) for group in run}
    for i in range(n - 1):
        left, right = shares[i], shares[i + 1]
        if left == right:
            continue
        run = runs[i] if left == "train" else runs[i + 1]
        guard = min(plan.guard, len(run) // 10)
        border = run[len(run) - guard :] if left == "train" else run[:guard] if right == "train" else []
        places.update(dict.fromkeys((group for group in border if group.isdigit()), "left_out"))
    return places


def _count(share: float, n: int) -> int:
    return max(1, round(share * n)) if share > 0 and n > 1 else 0


def _collect(records: Iterable[Record], places: Mapping[tuple[str, str], str]) -> Split:
    shares: dict[str, list[Record]] = {name: [] for name in (*SPLITS, "left_out")}
    for record in records:
        shares[places[record.key]].append(record)
    return Split(*(tuple(shares[name]) for name in (*SPLITS, "left_out")))
