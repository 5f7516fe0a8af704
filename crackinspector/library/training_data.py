"""Training data made of a library: COCO with masks, YOLO boxes, labelled folders.

What people have said goes before what a model says: findings that they rejected, by themselves or with the whole
picture, are left out, and a picture goes into the folder
of what people say that it shows; those that nobody has decided on go nowhere. A picture that is gone or has changed is
left out, and a mask that is not known is not made up: both are told.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

import crackinspector
from crackinspector.core.errors import PictureError
from crackinspector.core.text import printable
from crackinspector.library.durable import make_folder, replace_file
from crackinspector.library.exporting import Item
from crackinspector.library.kept_files import copy_picture, read_map
from crackinspector.library.state import Finding

CRACK = "crack"


def write_coco(chosen: Iterator[Item], folder: Path, told: Callable[[str], None]) -> int:
    """`images/` and `annotations.json`; each finding has its box, and its mask as uncompressed run lengths if known."""
    images: list[dict[str, Any]] = []
    annotations: list[dict[str, Any]] = []
    for item in chosen:
        picture = _copied(item, folder / "images", told)
        if picture is None:
            continue
        size = {"width": item.row.width, "height": item.row.height}
        number = len(images) + 1
        images.append({"id": number, "file_name": picture.name, **size, "date_captured": item.row.taken or ""})
        for finding, mask in _outlined(item, told):
            annotations.append(_annotation(len(annotations) + 1, number, item, finding, mask))
    values = {
        "info": {
            "description": f"exported by crackinspector {crackinspector.__version__}",
            "date_created": datetime.now(UTC).isoformat(timespec="seconds"),
        },
        "images": images,
        "annotations": annotations,
        "categories": [{"id": 1, "name": CRACK}],
    }
    make_folder(folder)
    replace_file(folder / "annotations.json", json.dumps(values, allow_nan=False).encode())
    return len(images)


def write_yolo(chosen: Iterator[Item], folder: Path, told: Callable[[str], None]) -> int:
    """`images/`, `labels/` and `data.yaml`; a picture without findings has an empty file of labels."""
    count = 0
    make_folder(folder / "labels")
    for item in chosen:
        picture = _copied(item, folder / "images", told)
        if picture is None:
            continue
        width, height = item.row.width, item.row.height
        lines = []
        for x, y, w, h in (_box(item, finding, mask) for finding, mask in _outlined(item, told)):
            middle = ((x + w / 2) / width, (y + h / 2) / height)
            lines.append("0 " + " ".join(f"{value:.6f}" for value in (*middle, w / width, h / height)) + "\n")
        (folder / "labels" / picture.with_suffix(".txt").name).write_text("".join(lines), encoding="ascii")
        count += 1
    (folder / "data.yaml").write_text(f"path: .\ntrain: images\nval: images\nnames:\n  0: {CRACK}\n", encoding="ascii")
    return count


def write_folders(chosen: Iterator[Item], folder: Path, told: Callable[[str], None]) -> int:
    """`positive/`, `negative/`, `unknown/`, as `train` reads them: of pictures that people have decided on."""
    return sum(
        item.state.truth is not None and _copied(item, folder / item.state.truth.value, told) is not None
        for item in chosen
    )


def _copied(item: Item, folder: Path, told: Callable[[str], None]) -> Path | None:
    """A copy of the picture in a folder, which is made; None if there is none to be had, which is told."""
    make_folder(folder)
    to = folder / item.file_name
    try:
        copy_picture(item.row, to)
    except PictureError as error:
        told(str(error))
        return None
    return to


def _outlined(item: Item, told: Callable[[str], None]) -> list[tuple[Finding, NDArray[np.bool_] | None]]:
    """The findings with their masks; None where there is none to be had, of which the first is told."""
    found: list[tuple[Finding, NDArray[np.bool_] | None]] = []
    trouble: list[str] = []
    whole = None
    try:
        if any(finding.mask is None for finding in item.findings):
            whole = model_mask(item)
    except PictureError as error:
        trouble.append(str(error))
    for finding in item.findings:
        mask = None
        try:
            mask = finding_mask(item, finding, whole)
        except PictureError as error:
            trouble.append(str(error))
        found.append((finding, mask))
    if trouble:
        name = printable(item.row.name or item.row.id)
        told(f"{name} is exported with boxes in the place of its masks: {trouble[0]}")
    return found


def _annotation(
    number: int, image: int, item: Item, finding: Finding, mask: NDArray[np.bool_] | None
) -> dict[str, Any]:
    box = _box(item, finding, mask)
    shape = (
        {"area": box[2] * box[3]}
        if mask is None
        else {"area": int(mask.sum()), "segmentation": {"size": list(mask.shape), "counts": run_lengths(mask)}}
    )
    return {
        "id": number,
        "image_id": image,
        "category_id": 1,
        "bbox": list(box),
        **shape,
        "iscrowd": 0,
        "score": finding.score,
        "verdict": finding.judged.verdict,
    }


def _box(item: Item, finding: Finding, mask: NDArray[np.bool_] | None) -> tuple[int, int, int, int]:
    """That of the mask, to the pixel; else the finding's, which was measured in the coarser pixels of its map."""
    if mask is None:
        return within(finding.box, item.row.width, item.row.height)
    x, y, w, h = cv2.boundingRect(mask.view(np.uint8))
    return x, y, w, h


def run_lengths(mask: NDArray[np.bool_]) -> list[int]:
    """COCO's run lengths of a mask: column by column, beginning with how many pixels are not in it."""
    flat = np.concatenate([[False], mask.ravel(order="F"), [False]])
    edges = np.flatnonzero(flat[1:] != flat[:-1])
    bounds = np.concatenate([[0], edges, [mask.size]])
    counts: list[int] = np.diff(bounds).tolist()
    # The last run is empty where the mask reaches the last pixel.
    return counts[:-1] if len(counts) > 1 and counts[-1] == 0 else counts


def model_mask(item: Item) -> NDArray[np.bool_] | None:
    """The newest detection's mask at the picture's size; None if it has no map. Raises PictureError."""
    detection = item.state.detection
    if detection is None or detection.body["map"] is None:
        return None
    crack_map = read_map(_library(item), detection.body["map"])
    view = detection.body["view"]
    whole = np.zeros((item.row.height, item.row.width), np.bool_)
    x, y, w, h = within((view["x"], view["y"], view["w"], view["h"]), item.row.width, item.row.height)
    mask = (crack_map >= 255 * detection.body["threshold"]).astype(np.uint8) * 255
    # The map's own pixels: between them a hairline that is hardly a crack would fall below the threshold and break.
    shrinks = w < mask.shape[1] or h < mask.shape[0]
    how = cv2.INTER_AREA if shrinks else cv2.INTER_NEAREST_EXACT
    whole[y : y + h, x : x + w] = cv2.resize(mask, (w, h), interpolation=how) > 0
    return whole


def finding_mask(item: Item, finding: Finding, whole: NDArray[np.bool_] | None) -> NDArray[np.bool_] | None:
    """A finding's mask at the picture's size: by hand, else the model's within its box.

    None if there is no pixel of either. Raises PictureError: what was drawn cannot be read.
    """
    source = whole
    if finding.mask is not None:
        drawn = read_map(_library(item), finding.mask)
        size = item.row.width, item.row.height
        source = cv2.resize(drawn, size, interpolation=cv2.INTER_NEAREST) >= 128
        if not finding.by_hand:
            return source if source.any() else None
    if source is None:
        return None
    x, y, w, h = within(finding.box, item.row.width, item.row.height)
    mask = np.zeros_like(source)
    mask[y : y + h, x : x + w] = source[y : y + h, x : x + w]
    return mask if mask.any() else None


def _library(item: Item) -> Path:
    return item.row.picture.parents[2]


def within(box: tuple[int, int, int, int], width: int, height: int) -> tuple[int, int, int, int]:
    """The part of a box that lies in the picture, at least one pixel."""
    x, y = min(max(box[0], 0), width - 1), min(max(box[1], 0), height - 1)
    return x, y, max(1, min(box[2], width - x)), max(1, min(box[3], height - y))
