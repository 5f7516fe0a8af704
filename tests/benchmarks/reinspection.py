"""How often two pictures of one wall are laid over each other rightly, and whether others ever are.

    python -m tests.benchmarks.reinspection [--pairs N] [--seed N] [--data DIR] [--processes N]

Half of the pairs are two pictures of one generated wall: up to 30 degrees of tilt each, up to twice the scale, a turn
of up to 15 degrees, other light, noise, blur, now and then a new crack, a stain or a repair. The others cannot be laid
over each other: other walls, other parts of one brick bond, mirrored, patterns that repeat, one date printed on both.
Right is what is off by no more than a hundredth of the picture's diagonal anywhere in the common part. As many again as
a quarter of the pairs are of walls of which a part stands back, with cracks that have not changed: right is what tells
of no change, wherever the pictures are laid. With --data,
parts of real photographs as well, whose place in the photograph their names tell.
"""

from __future__ import annotations

import argparse
import re
import statistics
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import lru_cache, partial
from itertools import combinations
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from crackinspector.sources.cracks import coverage, mask_of, paint, random_crack
from crackinspector.sources.demo_wall import SurfaceName, demo_wall
from crackinspector.survey.reinspection.alignment import align
from crackinspector.survey.reinspection.changes import Inspected, Kind, changes
from crackinspector.survey.reinspection.homography import Homography, area_of, overlap_outline
from tests.survey.reinspection.walls import SIZE, camera, largest_error, picture

WALL = (1900, 1300)
SURFACES: tuple[SurfaceName, ...] = ("mixed", "concrete", "brick", "plaster")
OTHERS = ("other wall", "other wall of the kind", "other part of the bond", "mirrored", "repeats", "same date on both")
LIMIT = 0.01
"""Of the picture's diagonal."""
LEAST_OVERLAP = 0.15
"""Pairs that have less in common are nobody's to find; to refuse them is right."""
Image = NDArray[np.uint8]


@dataclass(frozen=True)
class Pair:
    """Two pictures, and the homography from the first to the second; None if there is none.

    Or else what was found in each, nothing of which has changed.
    """

    kind: str
    first: Image
    second: Image
    true: Homography | None
    found: tuple[Inspected, Inspected] | None = None


@dataclass(frozen=True)
class Outcome:
    """What became of a pair: right, untrusted or wrong; how far off it was in pixels, how long it took in seconds."""

    kind: str
    outcome: str
    error: float
    told: float
    seconds: float


@lru_cache(maxsize=4)
def wall(seed: int, surface: SurfaceName) -> Image:
    """One of a few walls."""
    return demo_wall(seed, *WALL, 3, surface).image


def changed(image: Image, rng: np.random.Generator) -> Image:
    """The wall some years later."""
    shape = image.shape[0], image.shape[1]
    if rng.random() < 0.6:
        image = paint(image, coverage(random_crack(rng, shape, 4.0), shape), 0.7, 0.5, rng)
    if rng.random() < 0.4:
        image = image.copy()
        x, y = (int(rng.uniform(0.2, 0.6) * side) for side in (WALL[0], WALL[1]))
        patch = image[y : y + 260, x : x + 340]
        patch[:] = np.clip(0.35 * patch + 0.65 * np.array(rng.uniform(90, 190, 3)), 0, 255).astype(np.uint8)
    return image


def pose(rng: np.random.Generator) -> Homography:
    """A camera before a wall."""
    return camera(
        WALL,
        rng,
        tilt=rng.uniform(0, 30),
        turn=rng.uniform(-15, 15),
        scale=float(np.exp(rng.uniform(np.log(0.8), np.log(1.6)))),
        shift=(rng.uniform(-0.08, 0.08), rng.uniform(-0.08, 0.08)),
    )


def shot(image: Image, where: Homography, rng: np.random.Generator) -> Image:
    """A picture in some light."""
    found = picture(image, where, rng, light=rng.uniform(0.1, 0.5), noise=rng.uniform(1, 8))
    if rng.random() < 0.4:
        found = np.asarray(cv2.GaussianBlur(found, (0, 0), rng.uniform(0.4, 1.3)), np.uint8)
    quality = int(rng.uniform(60, 96))
    return np.asarray(cv2.imdecode(cv2.imencode(".jpg", found, [cv2.IMWRITE_JPEG_QUALITY, quality])[1], 1), np.uint8)


def generated(number: int, seed: int) -> Pair:
    """The pair of that number; every second one cannot be laid over each other."""
    rng = np.random.default_rng((seed, number))
    which = seed * 1000 + number // 8
    surface = SURFACES[number // 2 % 4]
    image, first, second = wall(which, surface), pose(rng), pose(rng)
    before = shot(image, first, rng)
    if number % 2 == 0:
        after = shot(changed(image, rng), second, rng)
        return Pair(surface, before, after, second @ np.linalg.inv(first))
    kind = OTHERS[number // 2 % len(OTHERS)]
    if kind == "other wall":
        return Pair(kind, before, shot(wall(which, SURFACES[(number // 2 + 1) % 4]), second, rng), None)
    if kind == "other wall of the kind":
        return Pair(kind, before, shot(wall(which + 500, surface), second, rng), None)
    if kind == "other part of the bond":
        bond = demo_wall(which, 2 * WALL[0], 800, 2, "brick").image
        left, right = bond[:720, :1280], bond[:720, 1700:2980]
        return Pair(kind, shot(left, np.eye(3), rng), shot(right, np.eye(3), rng), None)
    if kind == "mirrored":
        return Pair(kind, before, np.ascontiguousarray(shot(image, second, rng)[:, ::-1]), None)
    if kind == "repeats":
        unit = image[200 : 200 + int(rng.uniform(90, 240)), 300 : 300 + int(rng.uniform(120, 300))]
        pattern = np.tile(unit, (1 + 900 // unit.shape[0] + 1, 1 + 1500 // unit.shape[1] + 1, 1))
        moved = pattern[unit.shape[0] // 3 :][:720, unit.shape[1] // 3 :][:, :1280]
        return Pair(kind, shot(pattern[:720, :1280], np.eye(3), rng), shot(moved, np.eye(3), rng), None)
    after = shot(wall(which + 500, surface), second, rng)
    return Pair(kind, dated(before), dated(after), None)


def in_two_planes(number: int, seed: int) -> Pair:
    """A wall of which a part stands back: in the second picture, that part lies beside its place."""
    rng = np.random.default_rng((seed, 7, number))
    wanted = (0.1, 0.2, 0.33, 0.45)[number % 4]
    image = wall(seed * 1000 + number // 8, SURFACES[number // 4 % 4])
    shape = image.shape[0], image.shape[1]
    cracks = [crack for _ in range(5) for crack in random_crack(rng, shape, 4.0)]
    mask = mask_of(cracks, shape, 1.5)
    image = paint(image, coverage(cracks, shape), 0.8, 0.5, rng)
    first, second = pose(rng), pose(rng)
    turn, far = rng.uniform(0, 2 * np.pi), rng.choice([6.0, 12.0, 18.0, 30.0])
    back = np.array([[1, 0, far * np.cos(turn)], [0, 1, far * np.sin(turn)], [0, 0, 1]]) @ second
    behind = np.zeros(shape, np.uint8)
    behind[:, int(shape[1] * (0.9 - wanted)) :] = 255
    there = cv2.warpPerspective(behind, back, SIZE) > 127
    light = rng.bit_generator.state
    near = shot(image, second, rng)
    rng.bit_generator.state = light
    after = np.where(there[..., None], shot(image, back, rng), near)
    before_map, near_map, far_map = (cv2.warpPerspective(mask, where, SIZE) for where in (first, second, back))
    maps = inspected(np.asarray(before_map, np.uint8)), inspected(np.where(there, far_map, near_map))
    return Pair(f"{wanted:.0%} in another plane", shot(image, first, rng), after, None, maps)


def inspected(mask: Image) -> Inspected:
    """What a model that is never wrong finds."""
    half = cv2.resize(mask, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    return Inspected(*SIZE, np.asarray(half, np.uint8), (0, 0, *SIZE), 128)


def dated(image: Image) -> Image:
    """With date and place printed on it, as cameras do."""
    font = cv2.FONT_HERSHEY_SIMPLEX
    for words, at in (("2026-11-21 12:30:11", (20, SIZE[1] - 20)), ("CAM 01  PIER 3", (900, 50))):
        cv2.putText(image, words, at, font, 1.2, (255, 255, 255), 3)
    return image


def photographed(data: Path, most: int) -> Iterator[tuple[Path, Path, Homography]]:
    """Parts of one photograph each, and how they lie over each other."""
    parts: dict[str, list[tuple[Path, int, int, int, int]]] = defaultdict(list)
    for path in sorted((data / "segmentation" / "rissbilder" / "train" / "images").glob("*.jpg")):
        if name := re.fullmatch(r"(\w+?)_(\d+)_(\d+)_(\d+)_(\d+)", path.stem):
            top, left, height, width = (int(side) for side in name.groups()[1:])
            parts[name[1]].append((path, top, left, height, width))
    pairs = [pair for group in parts.values() for pair in combinations(group, 2)]
    for one, other in pairs[:: max(1, len(pairs) // max(1, most))][:most]:
        cuts = []
        for _, top, left, height, width in (one, other):
            across, down = 448 / width, 448 / height
            cuts.append(np.array([[across, 0, -left * across], [0, down, -top * down], [0, 0, 1]]))
        yield one[0], other[0], cuts[1] @ np.linalg.inv(cuts[0])


def judge(pair: Pair) -> Outcome:
    """Lay the pictures over each other and look how that went."""
    begin = time.perf_counter()
    found = align(pair.first, pair.second)
    seconds = time.perf_counter() - begin
    height, width = pair.second.shape[:2]
    if not found.trusted or found.homography is None:
        return Outcome(pair.kind, "untrusted", 0.0, 0.0, seconds)
    if pair.found is not None:
        kinds = {change.kind for change in changes(*pair.found, found).cracks}
        return Outcome(pair.kind, "wrong" if kinds - {Kind.UNCHANGED, Kind.OUTSIDE} else "right", 0.0, 0.0, seconds)
    error = float("inf") if pair.true is None else largest_error(found.homography, pair.true, (width, height))
    outcome = "right" if error <= LIMIT * np.hypot(width, height) else "wrong"
    return Outcome(pair.kind, outcome, error, found.rms_px, seconds)


def judge_generated(number: int, seed: int) -> Outcome:
    """In a process of its own."""
    cv2.setNumThreads(1)
    return judge(generated(number, seed))


def judge_in_two_planes(number: int, seed: int) -> Outcome:
    """In a process of its own."""
    cv2.setNumThreads(1)
    return judge(in_two_planes(number, seed))


def judge_photographed(pair: tuple[Path, Path, Homography]) -> Outcome:
    """In a process of its own."""
    cv2.setNumThreads(1)
    first, second = (np.asarray(cv2.imread(str(path)), np.uint8) for path in pair[:2])
    size = 448, 448
    touch = area_of(overlap_outline(pair[2], size, size)) / (448 * 448) >= LEAST_OVERLAP
    return judge(Pair(f"photographs, {'overlapping' if touch else 'hardly touching'}", first, second, pair[2]))


def tell(outcomes: list[Outcome]) -> None:
    """Print how many of each kind went how."""
    kinds: dict[str, Counter[str]] = defaultdict(Counter)
    for each in outcomes:
        kinds[each.kind][each.outcome] += 1
    print(f"{'':<32}{'pairs':>7}{'right':>7}{'untrusted':>11}{'wrong':>7}")
    for kind, counts in kinds.items():
        print(f"{kind:<32}{sum(counts.values()):>7}{counts['right']:>7}{counts['untrusted']:>11}{counts['wrong']:>7}")
    right = [each for each in outcomes if each.outcome == "right" and each.told]
    if right:
        errors = sorted(each.error for each in right)
        print(f"largest error of a right one: median {statistics.median(errors):.2f} px, worst {errors[-1]:.2f} px")
        print(f"told rms: median {statistics.median(each.told for each in right):.2f} px")
    print(f"{statistics.median(each.seconds for each in outcomes):.2f} s a pair (median, one thread)")
    print(f"wrong: {sum(each.outcome == 'wrong' for each in outcomes)} of {len(outcomes)}; goal 0")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pairs", type=int, default=96)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--data", type=Path, help="the folder with `segmentation/`")
    parser.add_argument("--processes", type=int, default=2)
    options = parser.parse_args()
    with ProcessPoolExecutor(options.processes) as pool:
        outcomes = list(pool.map(partial(judge_generated, seed=options.seed), range(options.pairs), chunksize=8))
        parts = range(options.pairs // 4)
        outcomes += pool.map(partial(judge_in_two_planes, seed=options.seed), parts, chunksize=4)
        if options.data is not None:
            outcomes += pool.map(judge_photographed, photographed(options.data, options.pairs), chunksize=8)
    tell(outcomes)


if __name__ == "__main__":
    main()
