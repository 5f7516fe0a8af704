"""From folders to a checked split: what every training run begins with."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from crackinspector.core.errors import UsageError
from crackinspector.training import leak
from crackinspector.training.dataset import Record, find_records, summary
from crackinspector.training.files import write_text
from crackinspector.training.library_records import is_from_library, library_records
from crackinspector.training.options import TrainOptions
from crackinspector.training.splits import SPLITS, Split, read_groups, split_records

SPLIT_FILE = "split.csv"


@dataclass(frozen=True, slots=True)
class Prepared:
    """A split without leaks, and the section of the report that tells about it."""

    split: Split
    report: str


def refuse_other_run(options: TrainOptions, *marks: str) -> None:
    """Raises UsageError if `options.out` holds one of the files in `marks`, unless that run is to be resumed.

    To be asked before anything is written, so that nothing of a finished run is lost.
    """
    if not options.resume and any((options.out / mark).exists() for mark in marks):
        raise UsageError(f"{options.out} holds a run already; go on with it with --resume, or choose another --out.")


def prepare(options: TrainOptions, labels: Sequence[str] | None = None) -> Prepared:
    """Reads, splits and checks the pictures, and writes `split.csv` into the run's folder.

    Args:
        labels: those to keep, or None for all.

    Raises:
        UsageError: no pictures, none to train on or to validate with, or leaks while `options.leaks` is `refuse`.
        PictureError: a picture cannot be read.
    """
    records, told_of_libraries = find_all(options)
    if labels is not None:
        records = [record for record in records if record.label in labels]
    if options.groups is not None:
        records = read_groups(options.groups, records, options.data)
    split = split_records(records, replace(options.plan, seed=options.plan.seed + options.seed))
    lines = ["Pictures by source and label:", "", *(f"- {line}" for line in summary(records).split("\n")), ""]
    if told_of_libraries:
        lines += ["From libraries:", "", *(f"- {line}" for line in told_of_libraries), ""]
    split, told = without_leaks(split, options.leaks)
    split = kept_apart(split)
    lines += [told, ""]
    lines += ["Shares, by contiguous blocks:", "", *(f"- {line}" for line in split.summary().split("\n"))]
    for name in ("train", "val"):
        if not split[name]:
            raise UsageError(
                f"Nothing is left in the {name} share of {len(records)} pictures; give more pictures or other shares."
            )
    write_split(options.out / SPLIT_FILE, split)
    return Prepared(split, "\n".join(lines))


def find_all(options: TrainOptions) -> tuple[list[Record], tuple[str, ...]]:
    """The pictures of folders and libraries, and what the report says of the latter.

    Raises:
        UsageError: there are none, or too few.
        StorageError: a library cannot be read.
        PictureError: a picture cannot be read.
    """
    if not options.data and not options.libraries:
        raise UsageError("There is nothing to train on; give folders of pictures with --data, or --from-library.")
    records = find_records(options.data) if options.data else []
    if not options.libraries:
        return records, ()
    found = library_records(options)
    return [*records, *found.records], found.told


def kept_apart(split: Split) -> Split:
    """The same split, but what was dealt to one share by its structure is left out rather than moved to another."""
    shares: dict[str, list[Record]] = {name: [] for name in SPLITS}
    left_out = list(split.left_out)
    for name in SPLITS:
        for record in split[name]:
            moved = is_from_library(record) and record.folder_split != name
            (left_out if moved else shares[name]).append(record)
    return Split(tuple(shares["train"]), tuple(shares["val"]), tuple(shares["test"]), tuple(left_out))


def without_leaks(split: Split, leaks: str) -> tuple[Split, str]:
    """The split after what `leaks` (`mend`, `refuse` or `ignore`) asks for, and what the report says about it.

    Raises:
        UsageError: there are leaks and they are to be refused.
        PictureError: a picture cannot be read.
    """
    if leaks == "ignore":
        return split, "The shares were not checked for leaks."
    mended, found = leak.mend(split)
    if leaks == "refuse" and found.twins:
        twin = found.twins[0]
        raise UsageError(
            f"{len(found.twins)} pairs of pictures show the same view in different shares, such as "
            f"{twin.first.path} and {twin.second.path}; remove one of each, name their groups with --groups, or "
            f"let them be moved with --leaks mend."
        )
    return mended, f"Leak check:\n\n{found.to_markdown()}"


def write_split(path: Path, split: Split) -> None:
    """Writes lines of path,share, so that a later evaluation tests on what was held out."""
    rows = [(record.path.resolve(), name) for name in SPLITS for record in split[name]]
    rows += [(record.path.resolve(), "left_out") for record in split.left_out]
    path.parent.mkdir(parents=True, exist_ok=True)
    write_text(path, "path,share\n" + "".join(f"{_quoted(str(p))},{name}\n" for p, name in rows))


def read_share(path: Path, records: Sequence[Record], share: str) -> list[Record]:
    """Those of `records` that the split file names for `share` (`train`, `val`, `test`, or `all` for every record).

    Raises:
        UsageError: the file cannot be read, or names none of the records for this share.
    """
    if share == "all":
        return list(records)
    try:
        with path.open(newline="", encoding="utf-8") as stream:
            named = {Path(row["path"]) for row in csv.DictReader(stream) if row["share"] == share}
    except (OSError, UnicodeDecodeError, KeyError, csv.Error) as error:
        raise UsageError(
            f"The split file {path} cannot be read ({error!r}); give the run's split.csv, or --share all."
        ) from error
    chosen = [record for record in records if record.path.resolve() in named]
    if not chosen:
        raise UsageError(f"{path} names none of the given pictures for the share {share}; give its own --data folders.")
    return chosen


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'
