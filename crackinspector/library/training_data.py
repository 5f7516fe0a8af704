"""Training data made of a library: COCO with masks, YOLO boxes, labelled folders.

What people have said goes before what a model says: findings that they rejected, by themselves or with the whole
picture, are left out, and a picture goes into the folder
of what people say that it shows; those that nobody has decided on go nowhere.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

import crackinspector
from crackinspector.library.durable import make_folder, replace_file
from crackinspector.library.exporting import Item, copy_picture
from crackinspector.library.layout import map_path
from crackinspector.library.state import Finding

CRACK = "crack"


def write_coco(chosen: Iterator[Item], folder: Path) -> int:
    """`images/` and `annotations.json`; each finding has its box and its mask as uncompressed run lengths."""
    images: list[dict[str, Any]] = []
    annotations: list[dict[str, Any]] = []
    for item in chosen:
        name = copy_picture(item, folder / "images").name
        size = {"width": item.row.width, "height": item.row.height}
        number = len(images) + 1
        images.append({"id": number, "file_name": name, **size, "date_captured": item.row.taken or ""})
        whole = model_mask(item)
        for finding in item.findings:
            annotations.append(_annotation(len(annotations) + 1, number, finding, finding_mask(item, finding, whole)))
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


def write_yolo(chosen: Iterator[Item], folder: Path) -> int:
    """`images/`, `labels/` and `data.yaml`; a picture without findings has an empty file of labels."""
    count = 0
    make_folder(folder / "labels")
    for item in chosen:
        picture = copy_picture(item, folder / "images")
        width, height = item.row.width, item.row.height
        lines = []
        for x, y, w, h in (within(finding.box, width, height) for finding in item.findings):
            middle = ((x + w / 2) / width, (y + h / 2) / height)
            lines.append("0 " + " ".join(f"{value:.6f}" for value in (*middle, w / width, h / height)) + "\n")
        (folder / "labels" / picture.with_suffix(".txt").name).write_text("".join(lines), encoding="ascii")
        count += 1
    (folder / "data.yaml").write_text(f"path: .\ntrain: images\nval: images\nnames:\n  0: {CRACK}\n", encoding="ascii")
    return count


def write_folders(chosen: Iterator[Item], folder: Path) -> int:
    """`positive/`, `negative/`, `unknown/`, as `train` reads them: of pictures that people have decided on."""
    count = 0
    for item in chosen:
        if item.state.truth is not None:
            copy_picture(item, folder / item.state.truth.value)
            count += 1
    return count


def _annotation(number: int, image: int, finding: Finding, mask: NDArray[np.bool_]) -> dict[str, Any]:
    return {
        "id": number,
        "image_id": image,
        "category_id": 1,
        "bbox": list(finding.box),
        "area": int(mask.sum()),
        "segmentation": {"size": list(mask.shape), "counts": run_lengths(mask)},
        "iscrowd": 0,
        "score": finding.score,
        "verdict": finding.judged.verdict,
    }


def run_lengths(mask: NDArray[np.bool_]) -> list[int]:
    """COCO's run lengths of a mask: column by column, beginning with how many pixels are not in it."""
    flat = np.concatenate([[False], mask.ravel(order="F"), [False]])
    edges = np.flatnonzero(flat[1:] != flat[:-1])
    bounds = np.concatenate([[0], edges, [mask.size]])
    counts: list[int] = np.diff(bounds).tolist()
    # The last run is empty where the mask reaches the last pixel.
    return counts[:-1] if len(counts) > 1 and counts[-1] == 0 else counts


def model_mask(item: Item) -> NDArray[np.bool_] | None:
    """The newest detection's mask at the picture's size; None if there is no map that can be read."""
    detection = item.state.detection
    if detection is None or item.row.map is None:
        return None
    crack_map = cv2.imread(str(item.row.map), cv2.IMREAD_GRAYSCALE)
    if crack_map is None:
        return None
    view = detection.body["view"]
    whole = np.zeros((item.row.height, item.row.width), np.bool_)
    x, y, w, h = within((view["x"], view["y"], view["w"], view["h"]), item.row.width, item.row.height)
    scaled = cv2.resize(crack_map, (w, h), interpolation=cv2.INTER_LINEAR)
    whole[y : y + h, x : x + w] = scaled >= 255 * detection.body["threshold"]
    return whole


def finding_mask(item: Item, finding: Finding, whole: NDArray[np.bool_] | None) -> NDArray[np.bool_]:
    """A finding's mask at the picture's size: by hand, else the model's within its box, else the box."""
    x, y, w, h = within(finding.box, item.row.width, item.row.height)
    mask = np.zeros((item.row.height, item.row.width), np.bool_)
    source = whole
    if finding.mask is not None:
        path = map_path(item.row.picture.parents[2], finding.mask)
        drawn = cv2.imread(str(path), cv2.IMREAD_GRAYSCALE)
        if drawn is not None:
            size = item.row.width, item.row.height
            by_hand: NDArray[np.bool_] = cv2.resize(drawn, size, interpolation=cv2.INTER_NEAREST) >= 128
            if not finding.by_hand:
                return by_hand
            source = by_hand
    part = source[y : y + h, x : x + w] if source is not None else None
    mask[y : y + h, x : x + w] = part if part is not None and part.any() else True
    return mask


def within(box: tuple[int, int, int, int], width: int, height: int) -> tuple[int, int, int, int]:
    """The part of a box that lies in the picture, at least one pixel."""
    x, y = min(max(box[0], 0), width - 1), min(max(box[1], 0), height - 1)
    return x, y, max(1, min(box[2], width - x)), max(1, min(box[3], height - y))
