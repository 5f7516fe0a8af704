"""A snapshot on disk: the full picture, its crack map, and the JSON record that says what they are.

    2026-11-21/163012-123_positive.jpg         the whole frame, at its own size, with the time in its EXIF
    2026-11-21/163012-123_positive.map.png     the crack map as the model gave it, 8-bit grey: smaller than the frame,
                                               and over its view alone, whose place the record tells
    2026-11-21/163012-123_positive.json        the record (`library.record`), whose appearance is the acknowledgement

All three are written under hidden names and are on the disk before the first gets its name; the record comes last. A
program killed in between has its files finished, or removed, by `recover`.
"""

from __future__ import annotations

import hashlib
import logging
import os
import re
from datetime import datetime
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

import crackinspector
from crackinspector.core.errors import StorageError
from crackinspector.library.claims import abandoned, claim, finished, part_of
from crackinspector.library.durable import make_folder, remove, storage_error, sync_folder, write_all, write_synced
from crackinspector.library.record import Kept, Snapshot, read_kept, record_of

PICTURE, MAP, RECORD = ".jpg", ".map.png", ".json"
DAY = re.compile(r"\d{4}-\d\d-\d\d")
_log = logging.getLogger(__name__)


def write_snapshot(folder: Path, snapshot: Snapshot) -> Path:
    """Keep a snapshot in a folder for its day; returns the path of its picture once everything is on the disk.

    Takes as long as the disk does, so not in the GUI thread. Never overwrites anything.

    Raises:
        StorageError: it cannot be kept; nothing of it stays behind.
    """
    taken = datetime.fromtimestamp(snapshot.frame.taken_at).astimezone()
    label = "unseen" if snapshot.detection is None else snapshot.detection.label.value
    day = folder / day_name(taken)
    contents = {PICTURE: encode_picture(snapshot.frame.image, snapshot.settings.keeping.jpeg_quality, taken)}
    if snapshot.detection is not None:
        contents[MAP] = _encode_map(snapshot.detection.crack_map)
    try:
        make_folder(day)
        stem, descriptor = claim(day, f"{time_name(taken)}_{label}", (PICTURE, MAP, RECORD))
        try:
            _write_files(day, stem, descriptor, contents, snapshot, taken)
        finally:
            os.close(descriptor)
    except OSError as error:
        raise storage_error(day, error) from error
    return day / (stem + PICTURE)


def _write_files(
    day: Path, stem: str, descriptor: int, contents: dict[str, bytes], snapshot: Snapshot, taken: datetime
) -> None:
    kept = {suffix: Kept(stem + suffix, hashlib.sha256(content).hexdigest()) for suffix, content in contents.items()}
    record = record_of(snapshot, taken, kept[PICTURE], kept.get(MAP))
    names = [day / (stem + suffix) for suffix in (*contents, RECORD)]
    try:
        for suffix, content in contents.items():
            write_synced(part_of(day / (stem + suffix)), content)
        write_all(descriptor, record)
        os.fsync(descriptor)
        for name in names:
            part_of(name).rename(name)
        sync_folder(day)
    except BaseException:
        # The record first, so that there is at no moment one without its pictures.
        for name in reversed(names):
            remove(name)
            remove(part_of(name))
        raise


def recover(folder: Path) -> list[Path]:
    """Finish or remove what a killed program left half-written; returns the pictures of the finished snapshots.

    What other programs are writing at this moment is left alone, and so is everything that has its name. Any thread.
    """
    recovered = []
    for day in days(folder):
        for part in sorted(day.glob(f".*{RECORD}.part")):
            try:
                with abandoned(part) as descriptor:
                    if descriptor is not None and _finish(part):
                        recovered.append(finished(part).with_suffix(PICTURE))
            except OSError as error:
                _log.warning("%s cannot be recovered: %s", part, error)
    return recovered


def _finish(part: Path) -> bool:
    record = finished(part)
    files = [record.with_name(record.stem + suffix) for suffix in (PICTURE, MAP)]
    try:
        kept = [(record.with_name(entry.name), entry.sha256) for entry in read_kept(part)]
        whole = all(_has_content(file, sha256) or _has_content(part_of(file), sha256) for file, sha256 in kept)
    except StorageError:
        whole = False
    if not whole or record.exists():
        for file in files:
            remove(part_of(file))
        remove(part)
        return False
    for file, _ in kept:
        if not file.exists():
            part_of(file).rename(file)
    part.rename(record)
    sync_folder(record.parent)
    return True


def _has_content(path: Path, sha256: str) -> bool:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == sha256
    except FileNotFoundError:
        return False


def days(folder: Path) -> list[Path]:
    """The folders of single days in a folder, the oldest first; none where there is no folder."""
    try:
        return sorted(path for path in folder.iterdir() if DAY.fullmatch(path.name) and path.is_dir())
    except OSError:
        return []


def day_name(taken: datetime) -> str:
    """The day folder's name for a moment in local time."""
    return f"{taken:%Y-%m-%d}"


def time_name(taken: datetime) -> str:
    """The beginning of a file's name for a moment in local time, to the millisecond."""
    return f"{taken:%H%M%S}-{taken.microsecond // 1000:03d}"


def encode_picture(image: NDArray[np.uint8], quality: int, taken: datetime) -> bytes:
    """A picture, (h, w, 3) uint8 BGR, as a JPEG file's content with full colour resolution and the time as EXIF."""
    options = [cv2.IMWRITE_JPEG_QUALITY, quality]
    options += [cv2.IMWRITE_JPEG_SAMPLING_FACTOR, cv2.IMWRITE_JPEG_SAMPLING_FACTOR_444]
    jpeg = cv2.imencode(".jpg", image, options)[1].tobytes()
    exif = _exif(taken)
    return jpeg[:2] + b"\xff\xe1" + (len(exif) + 2).to_bytes(2, "big") + exif + jpeg[2:]


def _exif(taken: datetime) -> bytes:
    exif = Image.Exif()
    moment = f"{taken:%Y:%m:%d %H:%M:%S}"
    exif[0x0131] = f"crackinspector {crackinspector.__version__}"
    exif[0x0132] = moment
    details = exif.get_ifd(0x8769)
    details[0x9003] = moment
    offset = f"{taken:%z}"
    details[0x9011] = f"{offset[:3]}:{offset[3:5]}"
    details[0x9291] = f"{taken.microsecond // 1000:03d}"
    return exif.tobytes()


def _encode_map(crack_map: NDArray[np.uint8]) -> bytes:
    return cv2.imencode(".png", crack_map)[1].tobytes()
