"""Labelled pictures in folders, as a list of records.

Three layouts are understood, at any depth below the folder that is given, and may be mixed:

- `<source>/<label>/*.jpg`, the labels being `negative`, `positive` and `unknown` (upper or lower case);
- `<label>/*.jpg`, the source then being named after the folder itself;
- `<source>/<split>/{images,masks}`, a mask of the same stem for every picture: a picture with crack pixels is positive.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from crackinspector.core.errors import PictureError, UsageError
from crackinspector.core.labels import Label
from crackinspector.core.natural import natural_key
from crackinspector.core.text import printable
from crackinspector.sources.finding import PICTURE_SUFFIXES
from crackinspector.sources.pictures import open_picture

MASK_THRESHOLD = 128

# How a file's stem names the photograph or place that it was cut from. The first pattern that fits decides.
_GROUP_PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        r"^(\d{8}_\d{6})(?:_\d+)+$",  # a camera's time stamp before the crop: 20160222_080850_1281_361
        r"^(.+?)(?:_\d+){4}$",  # a photo's name before its crop box: 9S6A2783_485_963_3019_3865
        r"^(\d+)(?:_\d+)*$",  # a number and its variants: 00123, 00123_1
        r"^(.*[^\W\d_]_?\d+)(?:_\d+)+$",  # a place and its tiles: concrete_wall_12_3
    )
)


@dataclass(frozen=True, slots=True)
class Record:
    """One labelled picture.

    Attributes:
        path: the picture.
        source: the collection that it belongs to.
        label: what it shows.
        group: the photograph or place that it was cut from; pictures of one group never part in a split.
        mask: its mask (same size, >= 128 is crack), or None.
        folder_split: the split that its folder is named after (`train`, `val`, `test`), or None.
    """

    path: Path
    source: str
    label: Label
    group: str
    mask: Path | None = None
    folder_split: str | None = None

    @property
    def key(self) -> tuple[str, str]:
        """Source and group: what splits and the leak check move as one."""
        return self.source, self.group


def find_records(folders: Sequence[Path]) -> list[Record]:
    """All labelled pictures below `folders`, sorted by source, label and path.

    Raises:
        UsageError: a folder is missing or holds no labelled picture, or a picture lacks its mask.
        PictureError: a mask cannot be read.
    """
    found: dict[Path, list[Record]] = {}
    for folder in folders:
        if not folder.is_dir():
            raise UsageError(f"{folder} is not a folder; give a folder of labelled pictures.")
        before = len(found)
        for directory in _directories(folder):
            records = _read_directory(directory, folder)
            if records:
                found[directory] = records
        if len(found) == before:
            raise UsageError(
                f"No labelled pictures below {folder}; expected <source>/<label>/*.jpg or <label>/*.jpg with the "
                f"labels {', '.join(Label)}, or <source>/<split>/images with masks beside it."
            )
    records = [record for group in _with_distinct_sources(found) for record in group]
    return sorted(records, key=lambda r: (r.source, r.label, natural_key(r.path.name), str(r.path)))


def group_of(stem: str) -> str:
    """The photograph or place that a file's stem names; the stem itself where nothing is known about it."""
    for pattern in _GROUP_PATTERNS:
        match = pattern.match(stem)
        if match:
            return match[1]
    return stem


def read_picture(path: Path) -> NDArray[np.uint8]:
    """Decodes a picture to (height, width, 3) uint8 RGB, upright by its EXIF orientation.

    By the reader that `analyze` uses, so that a network is trained on what it will be shown: transparency, CMYK and
    16 bits are read in the same way, and a picture that is not all there is refused.

    Raises:
        PictureError: the file cannot be read as a picture, or is damaged.
    """
    return np.asarray(cv2.cvtColor(open_picture(path).pixels(), cv2.COLOR_BGR2RGB), np.uint8)


def read_mask(path: Path) -> NDArray[np.bool_]:
    """Decodes a mask to (height, width) bool, True where it is crack.

    Not by `open_picture`, which shows grey through transparent pixels: so much of it would count as crack.

    Raises:
        PictureError: the file cannot be read as a picture.
    """
    # imdecode on bytes: imread cannot open every name on every system.
    try:
        data = np.fromfile(path, np.uint8)
        mask = cv2.imdecode(data, cv2.IMREAD_GRAYSCALE) if data.size else None
    except (OSError, cv2.error) as error:
        raise PictureError(f"cannot read the mask {printable(path)}: {error}") from error
    if mask is None:
        raise PictureError(f"cannot read the mask {printable(path)}: it is no picture; remove or replace it")
    return np.asarray(mask >= MASK_THRESHOLD)


def spread(records: Sequence[Record], most: int | None) -> list[Record]:
    """At most `most` records, taken at even distances; all of them for None."""
    if most is None or len(records) <= most:
        return list(records)
    return [records[i * len(records) // most] for i in range(most)]


def summary(records: Iterable[Record]) -> str:
    """Counts by source and label, one line for each source."""
    counts: dict[str, Counter[str]] = {}
    for record in records:
        counts.setdefault(record.source, Counter())[str(record.label)] += 1
    return "\n".join(
        f"{source}: " + ", ".join(f"{number} {label}" for label, number in sorted(by_label.items()))
        for source, by_label in sorted(counts.items())
    )


def _directories(folder: Path) -> list[Path]:
    return [folder, *sorted(path for path in folder.rglob("*") if path.is_dir())]


def _pictures(directory: Path) -> list[Path]:
    return sorted(path for path in directory.iterdir() if path.suffix.lower() in PICTURE_SUFFIXES and path.is_file())


def _read_directory(directory: Path, root: Path) -> list[Record]:
    """The records of a label folder or of a folder with `images` and `masks`; none for any other folder."""
    if directory.name.lower() in set(Label) and directory != root:
        label = Label(directory.name.lower())
        return [Record(path, _name(directory.parent), label, group_of(path.stem)) for path in _pictures(directory)]
    if (directory / "images").is_dir() and (directory / "masks").is_dir():
        return _read_segmentation(directory, root)
    return []


def _read_segmentation(directory: Path, root: Path) -> list[Record]:
    is_split = directory != root and directory.name.lower() in {"train", "val", "valid", "validation", "test"}
    split = {"valid": "val", "validation": "val"}.get(directory.name.lower(), directory.name.lower())
    source = _name(directory.parent if is_split else directory)
    masks = {path.stem: path for path in _pictures(directory / "masks")}
    pictures = _pictures(directory / "images")
    orphans = [path for path in pictures if path.stem not in masks]
    if orphans:
        raise UsageError(f"{orphans[0]} has no mask of the same stem in {directory / 'masks'}; add it or remove both.")

    def record(path: Path) -> Record:
        mask = masks[path.stem]
        label = Label.POSITIVE if bool(read_mask(mask).any()) else Label.NEGATIVE
        return Record(path, source, label, group_of(path.stem), mask, split if is_split else None)

    with ThreadPoolExecutor() as pool:
        return list(pool.map(record, pictures))


def _name(directory: Path) -> str:
    return directory.resolve().name


def _with_distinct_sources(found: dict[Path, list[Record]]) -> list[list[Record]]:
    """Two folders of the same name in different places are two sources: both then carry their parent's name."""
    homes: dict[str, set[Path]] = {}
    for directory, records in found.items():
        homes.setdefault(records[0].source, set()).add(_home(directory, records[0].source))
    result = []
    for directory, records in found.items():
        source = records[0].source
        if len(homes[source]) > 1:
            name = f"{_name(_home(directory, source).parent)}/{source}"
            records = [Record(r.path, name, r.label, r.group, r.mask, r.folder_split) for r in records]
        result.append(records)
    return result


def _home(directory: Path, source: str) -> Path:
    resolved = directory.resolve()
    return resolved if resolved.name == source else resolved.parent
