"""The demo wall: a picture of concrete, brickwork and plaster with cracks of known course and width.

Everything comes from a seed, so the application can be tried, shown and tested without a camera and without data. One
pixel is about one millimetre of wall.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Literal, TypeAlias, get_args

import cv2
import numpy as np
from numpy.typing import NDArray

from crackinspector.core.errors import UsageError
from crackinspector.sources import wall_marks, wall_textures
from crackinspector.sources.cracks import Crack, mask_of, midpoint_course, random_crack, width_profile
from crackinspector.sources.wall_fields import Surface, relief

SurfaceName: TypeAlias = Literal["mixed", "concrete", "brick", "plaster"]
Material: TypeAlias = Literal["concrete", "brick", "plaster"]

SMALLEST_SIDE, LARGEST_SIDE, MOST_MEGAPIXELS, MOST_CRACKS = 64, 32_000, 200, 500
COLUMN_PX = 1150
WIDTHS_PX = (1.2, 8.0)
THINNEST_PX = 0.9
COURSE_THINNING = 12
SLENDERNESS = 60
BAND_ROWS = 256
LENS_BLUR_PX = 0.45
JOINT_CLEARANCE_PX = 16


@dataclass(frozen=True)
class DemoWall:
    """A generated wall and the truth about it.

    Attributes:
        image: (h, w, 3) uint8 BGR.
        mask: (h, w) uint8, 255 where a pixel is at least half inside a crack, else 0.
        cracks: every crack, in wall pixels; a crack's branches follow it as cracks of their own, so there can be more
            of them than were asked for.
        seed: what it was made from, together with its size.
    """

    image: NDArray[np.uint8]
    mask: NDArray[np.uint8]
    cracks: tuple[Crack, ...]
    seed: int


@dataclass(frozen=True, slots=True)
class _Section:
    """A rectangle of the wall in one material; `foot` if it stands on the ground."""

    material: Material
    x: int
    y: int
    width: int
    height: int
    foot: bool


def demo_wall(
    seed: int, width: int = 1280, height: int = 720, cracks: int = 3, surface: SurfaceName = "mixed"
) -> DemoWall:
    """Makes a wall; the same arguments always give the same wall. Takes about half a second for a megapixel.

    Args:
        seed: any integer from 0 on.
        width, height: size in pixels, 64 to 32,000 each, 200 megapixels at most.
        cracks: how many cracks, not counting their branches, each from 1.2 to 8 pixels wide on average, the short ones
            narrow.
        surface: "mixed" shows several materials where there is room for them.

    Raises:
        UsageError: an argument is out of range.
    """
    _check(seed, width, height, cracks, surface)
    rng = np.random.default_rng((seed, width, height))
    look = wall_textures.palette(rng)
    angle = rng.uniform(0.15, 0.85) * np.pi
    strength = rng.uniform(0.12, 0.22)
    light = float(strength * np.cos(angle)), float(strength * np.sin(angle))
    sections = _layout(rng, width, height, surface)
    placed = _place_cracks(rng, sections, look.bond, cracks, min(width, height))
    image = np.empty((height, width, 3), np.uint8)
    for section, found in zip(sections, placed, strict=True):
        piece = _render(rng, section, look, found, light)
        image[section.y : section.y + section.height, section.x : section.x + section.width] = piece
    for section in sections:
        if section.y > 0:
            wall_marks.ledge(rng, image, section.y, slice(section.x, section.x + section.width))
    for across in sorted({section.x for section in sections if section.x > 0}):
        wall_marks.joint(rng, image, across, float(rng.uniform(9, 14)), light[0] > 0)
    _look_at(rng, image)
    everything = [crack for found in placed for crack in found]
    return DemoWall(image, mask_of(everything, (height, width)), tuple(everything), seed)


def _check(seed: int, width: int, height: int, cracks: int, surface: str) -> None:
    if seed < 0:
        raise UsageError(f"The demo wall's seed is {seed}; give a whole number from 0 on.")
    if not (SMALLEST_SIDE <= width <= LARGEST_SIDE and SMALLEST_SIDE <= height <= LARGEST_SIDE):
        raise UsageError(
            f"A demo wall of {width} x {height} pixels cannot be made; "
            f"give a width and a height from {SMALLEST_SIDE} to {LARGEST_SIDE}."
        )
    if width * height > MOST_MEGAPIXELS * 1_000_000:
        raise UsageError(
            f"A demo wall of {width} x {height} pixels is too large; give one of at most {MOST_MEGAPIXELS} megapixels."
        )
    if not 0 <= cracks <= MOST_CRACKS:
        raise UsageError(f"A demo wall cannot have {cracks} cracks; give a number from 0 to {MOST_CRACKS}.")
    if surface not in get_args(SurfaceName):
        raise UsageError(f"There is no demo wall of '{surface}'; choose one of {', '.join(get_args(SurfaceName))}.")


def _layout(rng: np.random.Generator, width: int, height: int, surface: SurfaceName) -> list[_Section]:
    """Columns between expansion joints, one material for all or, in a mixed wall, in turn over a common plinth."""
    mixed = surface == "mixed"
    columns = max(1, round(width / COLUMN_PX))
    if mixed and width > 900:
        columns = max(2, columns)
    cuts = (np.arange(1, columns) + rng.uniform(-0.22, 0.22, columns - 1)) * width / columns
    edges = [0, *(int(cut) for cut in cuts), width]
    plinth = height
    if mixed and height >= 480 and (height >= 900 or columns == 1):
        plinth = height - int(min(rng.uniform(0.28, 0.42) * height, rng.uniform(400, 800)))
    upper, lower = _materials(rng, surface, columns, plinth < height)
    sections = []
    for material, (left, right) in zip(upper, pairwise(edges), strict=True):
        sections.append(_Section(material, left, 0, right - left, plinth, foot=lower is None))
        if lower is not None:
            sections.append(_Section(lower, left, plinth, right - left, height - plinth, foot=True))
    return sections


def _materials(
    rng: np.random.Generator, surface: SurfaceName, columns: int, plinth: bool
) -> tuple[list[Material], Material | None]:
    """The columns' materials and the plinth's; a mixed wall with room for two shows concrete and brick."""
    if surface != "mixed":
        return [surface] * columns, None
    lower: Material | None = None
    if plinth:
        lower = "brick" if rng.random() < 0.5 else "concrete"
        upper: list[Material] = ["concrete" if lower == "brick" else "brick", "plaster"]
    else:
        upper = ["concrete", "brick"] if columns == 2 else ["concrete", "brick", "plaster"]
    # One column over a plinth takes the first of `upper`, so that concrete and brick are both there.
    turn = 0 if plinth and columns == 1 else int(rng.integers(len(upper)))
    return [upper[(turn + i) % len(upper)] for i in range(columns)], lower


def _place_cracks(
    rng: np.random.Generator, sections: list[_Section], bond: wall_textures.Bond, count: int, shorter_side: int
) -> list[list[Crack]]:
    """Cracks for each section, in wall pixels, spread over the sections by their size and kept within them."""
    placed: list[list[Crack]] = [[] for _ in sections]
    areas = np.array([section.width * section.height for section in sections], float)
    load = np.zeros(len(sections))
    widest = min(WIDTHS_PX[1], max(WIDTHS_PX[0], shorter_side / 40))
    for _ in range(count):
        here = int(np.argmin((load + rng.uniform(0.2, 1, len(sections))) / areas))
        load[here] += 1
        section = sections[here]
        width = float(np.exp(rng.uniform(np.log(WIDTHS_PX[0]), np.log(widest))))
        trials: list[list[Crack]] = [_draw_crack(rng, section, bond, width) for _ in range(3)]
        # Of several courses the one farthest from its neighbours: real cracks seldom cross.
        neighbours = placed[here]
        apart = [_distance(trial, neighbours) for trial in trials]
        neighbours.extend(trials[int(np.argmax(apart))])
    return placed


def _draw_crack(rng: np.random.Generator, section: _Section, bond: wall_textures.Bond, width: float) -> list[Crack]:
    """A crack with its branches within a section."""
    found: list[Crack] = []
    while not found:
        if section.material == "brick" and rng.random() < 0.6:
            drawn = _stepped(rng, section, bond, width)
        else:
            roughness = float(rng.uniform(0.05, 0.16))
            corner = np.array([section.x, section.y])
            drawn = random_crack(rng, (section.height, section.width), width, roughness)
            drawn = [Crack(crack.course + corner, crack.width) for crack in drawn]
        found = _within(rng, drawn, section)
    # An open crack is long: a short one of the same width would be a gouge.
    narrow = min(1.0, max(WIDTHS_PX[0], found[0].length / SLENDERNESS) / float(found[0].width.mean()))
    return [Crack(crack.course, np.maximum(crack.width * narrow, THINNEST_PX)) for crack in found]


def _distance(cracks: list[Crack], others: list[Crack]) -> float:
    """The smallest distance in pixels between two sets of cracks, to about thirty pixels."""
    if not others:
        return 0.0
    ours, theirs = (np.concatenate([crack.course[::COURSE_THINNING] for crack in group]) for group in (cracks, others))
    return float(np.sqrt(np.square(ours[:, None] - theirs[None]).sum(axis=2).min()))


def _within(rng: np.random.Generator, cracks: list[Crack], section: _Section) -> list[Crack]:
    """The longest stretch of each crack that lies in the section, clear of the joints around it."""
    clear_x = min(JOINT_CLEARANCE_PX, section.width / 8) if section.x > 0 else 0.0
    clear_y = min(JOINT_CLEARANCE_PX, section.height / 8) if section.y > 0 else 0.0
    low = np.array([section.x + clear_x, section.y + clear_y])
    high = np.array([section.x + section.width - 1 - clear_x, section.y + section.height - 1 - clear_y])
    kept = []
    for crack in cracks:
        inside = np.concatenate([[False], ((crack.course >= low) & (crack.course <= high)).all(axis=1), [False]])
        turns = np.flatnonzero(np.diff(inside.astype(np.int8)))
        runs = list(zip(turns[0::2], turns[1::2], strict=True))
        first, last = max(runs, key=lambda run: int(run[1] - run[0]), default=(0, 0))
        if last - first >= 6:
            kept.append(_ragged(rng, Crack(crack.course[first:last], crack.width[first:last])))
        elif crack is cracks[0]:
            return []
    return kept


def _ragged(rng: np.random.Generator, crack: Crack) -> Crack:
    """The crack with a broken edge: course and width jump a little from vertex to vertex."""
    jump = np.minimum(0.9, 0.1 * crack.width)[:, None]
    width = crack.width * np.exp(rng.normal(0, 0.13, len(crack.width)))
    return Crack(
        crack.course + rng.normal(0, 1, crack.course.shape) * jump, np.clip(width, THINNEST_PX, 1.3 * WIDTHS_PX[1])
    )


def _stepped(rng: np.random.Generator, section: _Section, bond: wall_textures.Bond, width: float) -> list[Crack]:
    """A crack that climbs down the brickwork through its joints and here and there through a brick."""
    course = int(np.ceil((section.y + rng.uniform(0, 0.35) * section.height) / bond.course))
    last = (section.y + section.height * rng.uniform(0.65, 1.0)) / bond.course
    side = 1 if rng.random() < 0.5 else -1
    x = bond.head_joint(course, section.x + section.width * (0.5 - side * rng.uniform(0.05, 0.35)))
    corners = [(x, course * bond.course)]
    while course < last:
        corners.append((x, (course + 1) * bond.course))
        course += 1
        if rng.random() > 0.2:
            x = bond.head_joint(course, x + side * bond.unit * 0.5)
            corners.append((x, course * bond.course))
        else:
            x += rng.normal(0, 6)
    stray = bond.joint * 0.16
    knots = np.array(corners) + rng.normal(0, stray, (len(corners), 2))
    legs = [
        midpoint_course(rng, (float(a[0]), float(a[1])), (float(b[0]), float(b[1])), 0.05)[:-1]
        for a, b in pairwise(knots)
    ]
    path = np.concatenate([*legs, knots[-1:]])
    return [Crack(path, width_profile(rng, len(path), width))]


def _render(
    rng: np.random.Generator,
    section: _Section,
    look: wall_textures.Palette,
    cracks: list[Crack],
    light: tuple[float, float],
) -> NDArray[np.uint8]:
    """One section under light from the side, (h, w, 3) uint8 BGR."""
    shape, origin = (section.height, section.width), (section.x, section.y)
    surface: Surface
    if section.material == "brick":
        surface = wall_textures.brickwork(rng, shape, look, origin)
    elif section.material == "plaster":
        surface = wall_textures.plaster(rng, shape, look, origin)
    else:
        surface = wall_textures.concrete(rng, shape, look.concrete)
    wall_marks.weather(rng, surface, section.foot)
    wall_marks.open_cracks(rng, surface, [Crack(crack.course - origin, crack.width) for crack in cracks], light)
    surface.tone(relief(surface.height, light))
    planes = [np.clip(plane * 255, 0, 255).astype(np.uint8) for plane in surface.planes]
    return np.asarray(cv2.merge(planes), np.uint8)


def _look_at(rng: np.random.Generator, image: NDArray[np.uint8]) -> None:
    """Light, lens and sensor, in place; in bands, so that a large wall needs little more memory than its picture."""
    height, width = image.shape[:2]
    grid = wall_marks.light_map(rng, (height, width))
    cv2.GaussianBlur(image, (0, 0), LENS_BLUR_PX, dst=image)
    step_x, step_y = (grid.shape[1] - 1) / max(1, width - 1), (grid.shape[0] - 1) / max(1, height - 1)
    for top in range(0, height, BAND_ROWS):
        band = image[top : top + BAND_ROWS]
        place = np.array([[step_x, 0, 0], [0, step_y, top * step_y]])
        light = cv2.warpAffine(
            grid,
            place,
            (width, band.shape[0]),
            flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
            borderMode=cv2.BORDER_REPLICATE,
        )
        lit = band * light
        lit += rng.standard_normal(band.shape, np.float32) * np.float32(1.8)
        image[top : top + BAND_ROWS] = np.clip(lit, 0, 255).astype(np.uint8)
