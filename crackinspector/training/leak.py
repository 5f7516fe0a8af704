"""Finds pictures of the same view that a split has put on both sides.

First a perceptual hash (DCT hash after Zauner 2010, "Implementation and Benchmarking of Perceptual Image Hash
Functions") proposes pairs, then a second look confirms them: the normalised correlation of the two pictures' fine
structure at the best shift. Bare walls share their broad shading, and with it much of their hash, without being the
same wall; and two crops of one photograph may lie a few pixels apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from crackinspector.core.natural import natural_key
from crackinspector.training.dataset import Record, read_picture
from crackinspector.training.splits import SPLITS, Split, reassign

HASH_SIDE = 8
MAX_DISTANCE = 12
MIN_CORRELATION = 0.85
DETAIL_SIDE = 64
MAX_SHIFT = 8
REACH = 2

# How many bits of each 16-bit number are set; NumPy counts bits itself only from 2.0 on.
_ONES = np.array([number.bit_count() for number in range(1 << 16)], np.uint8)


@dataclass(frozen=True, slots=True)
class Twin:
    """Two pictures that show the same view.

    Attributes:
        distance: bits in which their hashes differ, of 64.
        correlation: of their fine structure at the best shift, -1..1.
    """

    first: Record
    second: Record
    distance: int
    correlation: float


@dataclass(frozen=True, slots=True)
class LeakReport:
    """What the check found and what became of it.

    Attributes:
        twins: confirmed pairs of different groups that lay in different shares.
        moved: groups (source, group) taken out of the share that they were in, with the share where they are now.
        candidates: pairs that the hash alone proposed.
    """

    twins: tuple[Twin, ...]
    moved: dict[tuple[str, str], str]
    candidates: int

    def to_markdown(self, limit: int = 20) -> str:
        """A section for a report: the count, and the first pairs as a table."""
        lines = [
            f"{self.candidates} pairs across shares look alike by their hash, {len(self.twins)} of them show the same "
            f"view; {len(self.moved)} groups were moved for it."
        ]
        if self.twins:
            lines += ["", "| picture | and | bits | correlation |", "|---|---|---|---|"]
            lines += [
                f"| {_short(t.first)} | {_short(t.second)} | {t.distance} | {t.correlation:.2f} |"
                for t in self.twins[:limit]
            ]
            if len(self.twins) > limit:
                lines.append(f"\n{len(self.twins) - limit} more.")
        return "\n".join(lines)


def perceptual_hash(rgb: NDArray[np.uint8]) -> int:
    """64-bit DCT hash of an (h, w, 3) uint8 picture."""
    grey = cv2.cvtColor(rgb, cv2.COLOR_RGB2GRAY)
    small = cv2.resize(grey, (4 * HASH_SIDE, 4 * HASH_SIDE), interpolation=cv2.INTER_AREA)
    low = cv2.dct(small.astype(np.float32))[:HASH_SIDE, :HASH_SIDE].ravel()
    # The constant term is the brightness, which is not part of the view.
    bits = low > np.median(low[1:])
    bits[0] = False
    return int.from_bytes(np.packbits(bits).tobytes(), "big")


def fine_structure(rgb: NDArray[np.uint8]) -> NDArray[np.float32]:
    """The picture without its broad shading, (64, 64) float32."""
    grey = cv2.cvtColor(rgb, cv2.COLOR_RGB2GRAY)
    small = cv2.resize(grey, (DETAIL_SIDE, DETAIL_SIDE), interpolation=cv2.INTER_AREA).astype(np.float32)
    return np.asarray(small - cv2.GaussianBlur(small, (0, 0), 4), np.float32)


def likeness(first: NDArray[np.float32], second: NDArray[np.float32]) -> float:
    """Normalised correlation, -1..1, of two fine structures at the best shift of up to 8 of their 64 pixels."""
    core = second[MAX_SHIFT:-MAX_SHIFT, MAX_SHIFT:-MAX_SHIFT]
    if first.std() < 1e-3 or core.std() < 1e-3:
        return 0.0
    return float(np.nan_to_num(cv2.matchTemplate(first, core, cv2.TM_CCOEFF_NORMED)).max())


def find_twins(
    records: Sequence[Record], max_distance: int = MAX_DISTANCE, min_correlation: float = MIN_CORRELATION
) -> tuple[list[Twin], int]:
    """Confirmed twins among pictures of different groups, the likest first, and how many pairs the hash proposed.

    Raises:
        PictureError: a picture cannot be read.
    """

    def look(record: Record) -> tuple[int, NDArray[np.float32]]:
        picture = read_picture(record.path)
        return perceptual_hash(picture), fine_structure(picture)

    with ThreadPoolExecutor() as pool:
        looks = list(pool.map(look, records))
    hashes = np.array([value for value, _ in looks], np.uint64)
    keys: dict[tuple[str, str], int] = {}
    groups = np.array([keys.setdefault(record.key, len(keys)) for record in records], np.int64)
    twins, candidates = [], 0
    for i in range(len(records) - 1):
        distances = _ONES[(hashes[i + 1 :] ^ hashes[i]).view(np.uint16)].reshape(-1, 4).sum(axis=1)
        near = np.flatnonzero((distances <= max_distance) & (groups[i + 1 :] != groups[i]))
        for j in near.tolist():
            candidates += 1
            correlation = likeness(looks[i][1], looks[i + 1 + j][1])
            if correlation >= min_correlation:
                twins.append(Twin(records[i], records[i + 1 + j], int(distances[j]), correlation))
    twins.sort(key=lambda twin: (-twin.correlation, str(twin.first.path), str(twin.second.path)))
    return twins, candidates


def mend(
    split: Split, max_distance: int = MAX_DISTANCE, min_correlation: float = MIN_CORRELATION
) -> tuple[Split, LeakReport]:
    """The split without leaks: groups that share a view, directly or by way of others, come into one share.

    That is the strictest share in which any of them was (test before val before train), so that nothing which is
    tested on is trained on. Where groups are plain numbers, the two neighbours on either side go along: they show the
    same wall as the twin, even where they are not twins themselves.

    Raises:
        PictureError: a picture cannot be read.
    """
    before = {record.key: name for name in SPLITS for record in split[name]}
    twins, candidates = find_twins([r for name in SPLITS for r in split[name]], max_distance, min_correlation)
    leaks = [twin for twin in twins if before[twin.first.key] != before[twin.second.key]]
    shares = dict(before)
    numbers = _numbered_groups(shares)
    # Neighbours that go along may have twins of their own, so repeat; shares only grow stricter, so it ends.
    while any(shares[twin.first.key] != shares[twin.second.key] for twin in twins):
        for twin in twins:
            first, second = shares[twin.first.key], shares[twin.second.key]
            if first != second:
                looser = twin.first.key if SPLITS.index(first) < SPLITS.index(second) else twin.second.key
                for key in _with_neighbours(looser, numbers):
                    shares[key] = max(shares[key], first, second, key=SPLITS.index)
    moved = {key: share for key, share in shares.items() if share != before[key]}
    return reassign(split, moved), LeakReport(tuple(leaks), moved, candidates)


def _numbered_groups(keys: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    numbers: dict[str, list[str]] = {}
    for source, group in keys:
        if group.isdigit():
            numbers.setdefault(source, []).append(group)
    return {source: sorted(groups, key=natural_key) for source, groups in numbers.items()}


def _with_neighbours(key: tuple[str, str], numbers: Mapping[str, list[str]]) -> list[tuple[str, str]]:
    source, group = key
    if not group.isdigit():
        return [key]
    place = numbers[source].index(group)
    return [(source, neighbour) for neighbour in numbers[source][max(0, place - REACH) : place + REACH + 1]]


def _short(record: Record) -> str:
    return f"{record.source}/{record.label}/{record.path.name}"
