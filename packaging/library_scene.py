"""A library for the pictures in docs/: generated walls and the example photographs, looked at by the shipped model."""

from __future__ import annotations

import datetime
import shutil
from itertools import product
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from crackinspector.core.labels import Label
from crackinspector.inference.shipped import shipped_folder
from crackinspector.library import queries, verdicts
from crackinspector.library.events import Verdict
from crackinspector.library.queries import Query, Sort
from crackinspector.library.store import Library
from crackinspector.sources.cracks import mask_of
from crackinspector.sources.demo_wall import demo_wall
from crackinspector.survey.library_import import ImportOptions, import_pictures

STRUCTURE = "Han viaduct"
EARLIER, LATER = "2025 autumn", "2026 autumn"
PEOPLE = ("A. Kim", "J. Weber")
WALL, CROP = (2400, 1600), (800, 600)
WALLS = 4
MANY, BAYS, BAY_CROP = "Retaining wall", 4, (400, 300)
"""A second structure, so that there are thousands."""
_LEAST_CRACK_PX = 150
"""Less of a crack at the edge of a picture nobody would call one."""


Seen = tuple[NDArray[np.uint8], NDArray[np.uint8]]
"""(h, w, 3) uint8 BGR, and the cracks in it: (h, w) uint8, 255 = crack."""


def make_library(folder: Path, work: Path) -> None:
    """Make the library in `folder`; `work` is an empty folder for the pictures on their way there."""
    cracked = set()
    for number in range(WALLS):
        element = f"Pier {number + 1}"
        for inspection, seen in zip((EARLIER, LATER), _seen_twice(number), strict=True):
            pictures = work / f"{number}-{inspection}"
            names = _write_crops(seen, pictures, 2025 if inspection == EARLIER else 2026, CROP, (400, 500))
            cracked |= {(element, inspection, name) for name in names}
            _bring_in(folder, pictures, STRUCTURE, element, inspection)
    for number in range(BAYS):
        pictures = work / f"bay {number + 1}"
        wall = demo_wall(60 + number, *WALL, cracks=6)
        _write_crops((wall.image, wall.mask), pictures, 2024, BAY_CROP, (80, 65))
        _bring_in(folder, pictures, MANY, f"Bay {number + 1}", "2024 spring")
    examples = work / "photographs"
    shutil.copytree(shipped_folder("resources") / "examples", examples)
    _bring_in(folder, examples, STRUCTURE, "Abutment west", LATER)
    _decide(folder, cracked)


def _seen_twice(number: int) -> tuple[Seen, Seen]:
    """A wall in one year and in the next, when it has one more crack and the camera stands elsewhere."""
    wall = demo_wall(40 + number, *WALL, cracks=4)
    newest = mask_of([wall.cracks[-1]], wall.image.shape[:2])
    around = cv2.dilate(newest, np.ones((9, 9), np.uint8))
    before = cv2.inpaint(wall.image, around, 7, cv2.INPAINT_TELEA)
    height, width = wall.image.shape[:2]
    corners = np.array([(0, 0), (width, 0), (width, height), (0, height)], np.float32)
    moved = corners + np.array([(18, 12), (-9, 20), (14, -16), (-12, 8)], np.float32)
    stance = cv2.getPerspectiveTransform(corners, moved)
    after = cv2.warpPerspective(wall.image, stance, (width, height), borderMode=cv2.BORDER_REFLECT)
    cracks = cv2.warpPerspective(wall.mask, stance, (width, height))
    earlier = np.asarray(before, np.uint8), np.asarray(np.where(around > 0, 0, wall.mask), np.uint8)
    return earlier, (np.asarray(after, np.uint8), np.asarray(cracks, np.uint8))


def _write_crops(seen: Seen, folder: Path, year: int, size: tuple[int, int], step: tuple[int, int]) -> set[str]:
    """Overlapping parts of a wall, with the time of the inspection in each file; the names of those with a crack."""
    from PIL import Image

    folder.mkdir(parents=True)
    image, mask = seen
    cracked = set()
    moment = datetime.datetime(year, 10, 12, 9, 30)
    height, width = image.shape[:2]
    rows, columns = range(0, height - size[1] + 1, step[1]), range(0, width - size[0] + 1, step[0])
    for number, (y, x) in enumerate(product(rows, columns)):
        picture = Image.fromarray(cv2.cvtColor(image[y : y + size[1], x : x + size[0]], cv2.COLOR_BGR2RGB))
        taken = (moment + datetime.timedelta(minutes=number)).strftime("%Y:%m:%d %H:%M:%S")
        exif = picture.getexif()
        exif.get_ifd(0x8769)[0x9003] = taken
        exif[0x0132] = taken
        name = f"IMG_{number:04}.jpg"
        picture.save(folder / name, quality=90, exif=exif)
        if np.count_nonzero(mask[y : y + size[1], x : x + size[0]]) > _LEAST_CRACK_PX:
            cracked.add(name)
    return cracked


def _bring_in(library: Path, pictures: Path, structure: str, element: str, inspection: str) -> None:
    import_pictures(
        ImportOptions(
            (str(pictures),), library, structure, element, inspection, PEOPLE[0], "classifier-light", quiet=True
        )
    )


def _decide(folder: Path, cracked: set[tuple[str, str, str]]) -> None:
    """What people say is true; some say nothing, are unsure, or disagree at first."""
    with Library(folder) as library:
        numbers = queries.ids(library, Query(structure=STRUCTURE, sort=Sort.SCORE))
        rows = queries.rows(library, numbers)
        for place, number in enumerate(numbers):
            row = rows[number]
            if place % 5 == 4 or row.label == Label.UNKNOWN:
                continue
            has_crack = (row.element, row.inspection, row.name) in cracked or row.name.startswith("positive/")
            right = has_crack == (row.label == Label.POSITIVE)
            decided = Verdict.CONFIRMED if right else Verdict.UNSURE if place % 4 == 0 else Verdict.REJECTED
            if place % 7 == 0:
                first = Verdict.REJECTED if place % 21 == 0 else decided
                verdicts.decide(library, [row.id], first, PEOPLE[1 - place % 2])
            verdicts.decide(library, [row.id], decided, PEOPLE[place % 2])
        likeliest = [rows[number].id for number in numbers[:4]]
        verdicts.tag(library, likeliest, "measure", PEOPLE[0])
        verdicts.note(library, likeliest[0], "Runs from the bearing downwards; measure with the gauge.", PEOPLE[0])
