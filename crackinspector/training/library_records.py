"""A library's verdicts as labelled pictures: what people confirmed and rejected is learnt from.

A picture's label is what people say of it as a whole, else of its findings. It has a mask where somebody has decided on
each of its findings: those drawn by hand as they were drawn, confirmed ones as the model saw them, rejected ones not at
all. What the model took for a crack and was none is cut out of the training pictures once more, so that it is seen
often. Libraries are only read; masks and cuttings are written into the run's folder.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from crackinspector.core.errors import PictureError, UsageError
from crackinspector.core.labels import Label
from crackinspector.library.counting import counts
from crackinspector.library.decided import decided
from crackinspector.library.events import Verdict
from crackinspector.library.exporting import Item
from crackinspector.library.state import UNREVIEWED, Finding, State
from crackinspector.library.store import Library
from crackinspector.library.training_data import finding_mask, model_mask
from crackinspector.sources.pictures import open_picture
from crackinspector.training.dataset import Record
from crackinspector.training.library_split import Placed, deal
from crackinspector.training.options import TrainOptions

log = logging.getLogger(__name__)

FOLDER = "library"
"""Below the run's folder: masks and cuttings."""
LEAST = 10
"""Cracked pictures, and crack-free ones, that a library alone has to have."""
CUTTINGS, CUTTING_PX = 4, 224
"""Cuttings of a picture at most, and their sides at least."""
SOURCE = "library "


@dataclass(frozen=True, slots=True)
class Found:
    """What libraries give.

    Attributes:
        records: `folder_split` is the share that each was dealt to.
        told: for the report, a line for each library.
    """

    records: tuple[Record, ...]
    told: tuple[str, ...]


def library_records(options: TrainOptions) -> Found:
    """The labelled pictures of `options.libraries`, dealt to the shares.

    Raises:
        UsageError: there is too little to learn from.
        StorageError: there is no library, or it cannot be read.
        PictureError: a picture cannot be read.
    """
    records: list[Record] = []
    told: list[str] = []
    for folder in options.libraries:
        found = _records(folder, options)
        records += found.records
        told += found.told
    if not options.data:
        _refuse_too_few(Counter(record.label for record in records if not is_cutting(record)))
    return Found(tuple(records), tuple(told))


def require_libraries(options: TrainOptions) -> None:
    """Refuse folders that are no library, or one that cannot be read. Raises StorageError."""
    for folder in options.libraries:
        with Library(folder, write=False):
            pass


def is_cutting(record: Record) -> bool:
    """Whether the record is a part of a picture that is there as well."""
    return record.source.startswith(SOURCE) and record.path.parent.name == "cuttings"


def is_from_library(record: Record) -> bool:
    """Whether the record is from a library."""
    return record.source.startswith(SOURCE)


def label_of(state: State) -> Label | None:
    """What people say that a picture shows, None if they do not.

    By a verdict on the whole, else by a crack that they confirmed or drew, else by the folder that it came from, else
    by all of its findings being rejected.
    """
    if state.judged.verdict != UNREVIEWED:
        return state.truth
    if any(finding.vouched for finding in state.findings):
        return Label.POSITIVE
    if state.truth is not None:
        return state.truth
    if state.findings and all(finding.judged.verdict == Verdict.REJECTED for finding in state.findings):
        return Label.NEGATIVE
    return None


def _refuse_too_few(found: Counter[Label]) -> None:
    for label, what in ((Label.POSITIVE, "with a crack"), (Label.NEGATIVE, "without a crack")):
        if found[label] < LEAST:
            raise UsageError(
                f"People have decided on {found[label]} picture{'' if found[label] == 1 else 's'} {what}; {LEAST} are "
                "needed to learn from the library alone. Decide on more, or add sources with --data."
            )


def _records(folder: Path, options: TrainOptions) -> Found:
    source = f"{SOURCE}{folder.resolve().name}"
    if sum(other.resolve().name == folder.resolve().name for other in options.libraries) > 1:
        source = f"{SOURCE}{folder.resolve().parent.name}/{folder.resolve().name}"
    with Library(folder, write=False) as library:
        chosen, unsure = [], 0
        for item in decided(library):
            label = label_of(item.state)
            unsure += label is None
            if label is not None:
                chosen.append((item, label))
        undecided = counts(library).snapshots - len(chosen) - unsure
        if not chosen:
            raise UsageError(f"Nobody has decided on a picture of {folder} yet; confirm or reject some of them first.")
        placed = [
            Placed(item.row.id, label, item.row.structure, item.row.element, item.row.inspection)
            for item, label in chosen
        ]
        dealt = deal(placed, options.plan, options.plan.seed + options.seed)
        records: list[Record] = []
        for item, label in chosen:
            records += _of_picture(item, label, source, dealt.shares[item.row.id], options.out / FOLDER)
    return Found(tuple(records), (_told(source, chosen, records, undecided, unsure), dealt.told))


def _told(
    source: str, chosen: Sequence[tuple[Item, Label]], records: Sequence[Record], undecided: int, unsure: int
) -> str:
    labels = ", ".join(f"{n} {label}" for label, n in sorted(Counter(str(label) for _, label in chosen).items()))
    by_folder = sum(
        item.state.judged.verdict == UNREVIEWED
        and item.state.truth is not None
        and not any(finding.vouched for finding in item.state.findings)
        for item, _ in chosen
    )
    masks = sum(record.mask is not None for record in records)
    cuttings = sum(is_cutting(record) for record in records)
    return (
        f"{source}: {len(chosen)} pictures that people decided on ({labels}), {by_folder} of them by the folder alone "
        f"that they came from; {masks} have masks; {cuttings} cuttings show what was taken for a crack and is none. "
        f"Left out: {undecided} that nobody decided on, {unsure} that they were unsure about or decided on in part."
    )


def _of_picture(item: Item, label: Label, source: str, share: str, folder: Path) -> list[Record]:
    """The picture, and if it is learnt from, what in it was taken for a crack and is none."""
    mask = _mask(item) if label is Label.POSITIVE else None
    whole = Record(item.row.picture, source, label, f"snapshot {item.row.id}", folder_split=share)
    if mask is not None:
        whole = replace(whole, mask=_written(folder / "masks" / f"{item.row.id}.png", mask.astype(np.uint8) * 255))
    if share != "train" or (label is Label.POSITIVE and mask is None) or label is Label.UNKNOWN:
        return [whole]
    boxes = [finding.box for finding in _mistaken(item.state, label)]
    cuttings = [box for box in (_around(box, item.row.width, item.row.height) for box in boxes) if box is not None]
    # Where the rest of the picture has a crack, a cutting must not have some of it.
    free = [box for box in cuttings if mask is None or not _part(mask, box).any()][:CUTTINGS]
    if not free:
        return [whole]
    pixels = open_picture(item.row.picture).pixels()
    paths = [folder / "cuttings" / f"{item.row.id}-{number}.png" for number in range(len(free))]
    for path, box in zip(paths, free, strict=True):
        _written(path, _part(pixels, box))
    return [whole, *(replace(whole, path=path, label=Label.NEGATIVE, mask=None) for path in paths)]


def _mask(item: Item) -> NDArray[np.bool_] | None:
    """What is crack, at the picture's size; None unless somebody has decided on each finding and confirmed one."""
    cracks = [finding for finding in item.state.holding if finding.vouched]
    if not cracks or len(cracks) < len(item.state.holding):
        return None
    try:
        seen = model_mask(item) if any(finding.mask is None for finding in cracks) else None
        masks = [finding_mask(item, finding, seen) for finding in cracks]
    except PictureError as error:
        log.warning("%s; until then its picture is learnt from without a mask", error)
        return None
    known = [mask for mask in masks if mask is not None]
    return np.logical_or.reduce(known) if len(known) == len(cracks) else None


def _mistaken(state: State, label: Label) -> list[Finding]:
    """Findings of the model that are none, the surest first: those rejected, or all of a picture without a crack."""
    wrong = [
        finding
        for finding in state.findings
        if finding.judged.verdict == Verdict.REJECTED
        or (label is Label.NEGATIVE and not finding.by_hand and finding.judged.verdict == UNREVIEWED)
    ]
    return sorted(wrong, key=lambda finding: -finding.score)


def _around(box: tuple[int, int, int, int], width: int, height: int) -> tuple[int, int, int, int] | None:
    """A square around a box within the picture; None if it were hardly less than the picture."""
    x, y, w, h = box
    side = min(max(round(1.3 * max(w, h)), CUTTING_PX), width, height)
    if side * side > 0.5 * width * height:
        return None
    left = min(max(x + w // 2 - side // 2, 0), width - side)
    top = min(max(y + h // 2 - side // 2, 0), height - side)
    return left, top, side, side


def _part(image: NDArray[np.generic], box: tuple[int, int, int, int]) -> NDArray[np.generic]:
    x, y, w, h = box
    return image[y : y + h, x : x + w]


def _written(path: Path, image: NDArray[np.generic]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(cv2.imencode(".png", np.ascontiguousarray(image))[1].tobytes())
    return path
