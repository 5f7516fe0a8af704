"""The demo wall's materials: board-marked or panelled concrete, brickwork, and plaster that comes off brickwork.

One pixel is about one millimetre, so a wall shows more of itself when it is larger, not larger bricks.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from crackinspector.sources.wall_fields import Colour, Field, Surface, fractal, grain, painted, smoothstep, wander

SUBPIXEL_BITS = 4


@dataclass(frozen=True, slots=True)
class Bond:
    """Running bond: bed joints lie at multiples of `course`, head joints at multiples of `unit`, shifted by half a
    unit in every other course. All in pixels."""

    unit: float
    course: float
    joint: float

    def head_joint(self, course: int, x: float) -> float:
        """The x of the head joint nearest to `x` in a course."""
        shift = self.unit / 2 * (course % 2)
        return round((x - shift) / self.unit) * self.unit + shift


@dataclass(frozen=True, slots=True)
class Palette:
    """What all parts of one wall have in common."""

    concrete: Colour
    brick: Colour
    mortar: Colour
    plaster: Colour
    bond: Bond


CONCRETES: tuple[Colour, ...] = ((0.58, 0.59, 0.59), (0.50, 0.53, 0.55), (0.62, 0.60, 0.57), (0.55, 0.60, 0.62))
BRICKS: tuple[Colour, ...] = ((0.29, 0.34, 0.55), (0.34, 0.43, 0.63), (0.25, 0.28, 0.43), (0.38, 0.47, 0.59))
PLASTERS: tuple[Colour, ...] = (
    (0.60, 0.70, 0.76),
    (0.72, 0.74, 0.75),
    (0.45, 0.63, 0.73),
    (0.64, 0.62, 0.56),
    (0.52, 0.57, 0.68),
)


def palette(rng: np.random.Generator) -> Palette:
    """Colours and brick sizes for one wall."""

    def shade(colours: tuple[Colour, ...]) -> Colour:
        blue, green, red = np.array(colours[int(rng.integers(len(colours)))]) * rng.normal(1, 0.05)
        return float(blue), float(green), float(red)

    size = float(rng.uniform(0.85, 1.2))
    mortar = float(rng.uniform(0.50, 0.68))
    bond = Bond(unit=245 * size, course=76 * size, joint=float(rng.uniform(9, 13)) * size)
    return Palette(shade(CONCRETES), shade(BRICKS), (mortar * 0.94, mortar * 0.98, mortar), shade(PLASTERS), bond)


def concrete(rng: np.random.Generator, shape: tuple[int, int], colour: Colour) -> Surface:
    """Cast concrete with aggregate and pores, and the marks of boards or of panels with tie holes."""
    tone = 1 + 0.06 * fractal(rng, shape, 420, 5)
    tone += float(rng.uniform(0.03, 0.06)) * fractal(rng, shape, 70, 7, stretch=(1.5, 1.0), persistence=0.78)
    tone += 0.022 * fractal(rng, shape, 9, 3, stretch=(5.0, 1.0))
    skin = smoothstep(fractal(rng, shape, 150, 8, persistence=0.72), 0.25, 0.65)
    tone += float(rng.uniform(0.03, 0.09)) * skin
    fine, coarse = grain(rng, shape, 0.6), grain(rng, shape, 1.5)
    tone += 0.022 * fine
    tone -= 0.22 * smoothstep(grain(rng, shape, 1.0), 2.6, 3.4)
    height = 0.10 * fine + 0.16 * coarse + 0.15 * grain(rng, shape, 4.0)
    surface = painted(np.asarray(tone, np.float32), colour, np.asarray(height, np.float32))
    if rng.random() < 0.5:
        _boards(rng, surface, upright=bool(rng.random() < 0.6))
    else:
        _panels(rng, surface)
    _pores(rng, surface, float(rng.uniform(0.25, 1.0)))
    return surface


def _boards(rng: np.random.Generator, surface: Surface, upright: bool) -> None:
    """Marks of sawn boards: each its own tone and level, with wood grain, and a thin fin where two met."""
    planes = [plane if upright else plane.T for plane in surface.planes]
    view = Surface(planes, surface.height if upright else surface.height.T)
    breadth = view.shape[1]
    width = float(rng.uniform(90, 190))
    seams = np.cumsum(width * rng.uniform(0.94, 1.06, int(breadth / width) + 3)) - rng.uniform(0, width)
    board = np.searchsorted(seams, np.arange(breadth))
    level = rng.normal(0, 0.45, len(seams) + 1)[board].astype(np.float32)
    tones = rng.normal(1, 0.022, len(seams) + 1)[board].astype(np.float32)
    wood = fractal(rng, view.shape, 7, 3, stretch=(45.0, 1.0))
    view.tone(np.asarray(tones + 0.014 * wood, np.float32))
    view.height += level + 0.22 * wood
    for seam in seams[(seams > 0) & (seams < breadth)]:
        _seam(rng, view, float(seam), fin=float(rng.uniform(0.2, 1.3)))


def _seam(rng: np.random.Generator, view: Surface, across: float, fin: float) -> None:
    """A raised line down `view` at `across`, broken here and there and a little darker than its surroundings."""
    length, breadth = view.shape
    left, right = max(0, int(across) - 8), min(breadth, int(across) + 9)
    course = across + 0.9 * wander(rng, length, 160)
    strength = smoothstep(wander(rng, length, 70), -0.9, 0.4)
    offset = np.arange(left, right, dtype=np.float32)[None] - course[:, None]
    profile = np.exp(-np.square(offset / np.float32(rng.uniform(0.9, 1.6)))) * strength[:, None]
    strip = view.part(slice(0, length), slice(left, right))
    strip.tone(np.asarray(1 - float(rng.uniform(0.05, 0.25)) * profile, np.float32))
    strip.height += np.asarray(fin * profile, np.float32)


def _panels(rng: np.random.Generator, surface: Surface) -> None:
    """Marks of large smooth panels: few seams and a grid of tie holes."""
    height, breadth = surface.shape
    pitch_x, pitch_y = rng.uniform(330, 560, 2)
    first_x, first_y = rng.uniform(0.15, 0.75) * pitch_x, rng.uniform(0.15, 0.75) * pitch_y
    for across in np.arange(first_x + pitch_x / 2, breadth, 2 * pitch_x):
        _seam(rng, surface, float(across), fin=float(rng.uniform(0.3, 1.0)))
    turned = Surface([plane.T for plane in surface.planes], surface.height.T)
    for down in np.arange(first_y + pitch_y / 2, height, 2 * pitch_y):
        _seam(rng, turned, float(down), fin=float(rng.uniform(0.3, 1.0)))
    radius = float(rng.uniform(9, 13))
    for x in np.arange(first_x, breadth, pitch_x):
        for y in np.arange(first_y, height, pitch_y):
            _tie_hole(rng, surface, x + rng.normal(0, 2), y + rng.normal(0, 2), radius)


def _tie_hole(rng: np.random.Generator, surface: Surface, x: float, y: float, radius: float) -> None:
    """A conical recess with a mortar plug, and sometimes a rusty run below it."""
    height, breadth = surface.shape
    reach = int(radius * 2)
    run = int(rng.uniform(60, 320)) if rng.random() < 0.45 else 0
    top, bottom = max(0, int(y) - reach), min(height, int(y) + reach + run)
    left, right = max(0, int(x) - reach), min(breadth, int(x) + reach + 1)
    if bottom - top < 4 or right - left < 4:
        return
    part = surface.part(slice(top, bottom), slice(left, right))
    down, across = np.mgrid[top:bottom, left:right].astype(np.float32)
    down, across = down - np.float32(y), across - np.float32(x)
    distance = np.hypot(across, down) + 0.6 * fractal(rng, part.shape, 8, 2)
    if run:
        sway = 2.5 * wander(rng, bottom - top, 90)[:, None]
        body = np.exp(-np.square((across - sway) / (radius * 0.55))) * smoothstep(down, 0, radius)
        fade = body * smoothstep(down, run, 0.1 * run) * (0.75 + 0.25 * fractal(rng, part.shape, 5, 2, (12.0, 1.0)))
        part.blend(np.asarray(np.clip(0.35 * fade, 0, 1), np.float32), (0.20, 0.30, 0.42))
    recess = smoothstep(distance, radius, radius * 0.82)
    part.height -= 3.2 * recess
    part.tone(np.asarray(1 - float(rng.uniform(0.12, 0.4)) * recess, np.float32))
    if rng.random() < 0.4:
        part.blend(smoothstep(distance, radius * 0.42, radius * 0.25), (0.09, 0.10, 0.10))


def _pores(rng: np.random.Generator, surface: Surface, density: float) -> None:
    """Bugholes: round air voids, mostly of one to six pixels, in clusters."""
    height, breadth = surface.shape
    canvas = np.zeros((height, breadth), np.uint8)
    clusters = fractal(rng, (max(2, height // 24), max(2, breadth // 24)), 8, 3)
    unit = 1 << SUBPIXEL_BITS
    tries = int(height * breadth / 900 * density)
    xs, ys = rng.uniform(0, breadth, tries), rng.uniform(0, height, tries)
    radii = np.minimum(np.exp(rng.normal(-0.05, 0.6, tries)), 6.5)
    dense = clusters[(ys / height * clusters.shape[0]).astype(int), (xs / breadth * clusters.shape[1]).astype(int)]
    for x, y, radius in zip(xs[dense > 0.2], ys[dense > 0.2], radii[dense > 0.2], strict=True):
        centre = round(x * unit), round(y * unit)
        depth = int(min(255, 110 + 40 * radius))
        axes = round(radius * unit), round(radius * rng.uniform(0.65, 1.0) * unit)
        cv2.ellipse(
            canvas, centre, axes, float(rng.uniform(0, 180)), 0, 360, depth, -1, cv2.LINE_AA, shift=SUBPIXEL_BITS
        )
    void = canvas.astype(np.float32) * np.float32(1 / 255)
    surface.tone(np.asarray(1 - 0.55 * void, np.float32))
    surface.height -= cv2.GaussianBlur(void, (0, 0), 0.8) * np.float32(2.6)


def brickwork(rng: np.random.Generator, shape: tuple[int, int], look: Palette, origin: tuple[int, int]) -> Surface:
    """Running bond whose courses line up across the wall; `origin` is this piece's x and y on it."""
    height, breadth = shape
    bond = look.bond
    bend = (1.6 * fractal(rng, shape, 70, 5, persistence=0.62), 1.4 * fractal(rng, shape, 60, 5, persistence=0.62))
    x = np.arange(origin[0], origin[0] + breadth, dtype=np.float32)[None] + bend[0]
    y = np.arange(origin[1], origin[1] + height, dtype=np.float32)[:, None] + bend[1]
    course = np.floor(y / np.float32(bond.course)).astype(np.int32)
    x += (course & 1).astype(np.float32) * np.float32(-bond.unit / 2)
    column = np.floor(x / np.float32(bond.unit)).astype(np.int32)
    # Each brick is laid a little off, so joints are not all alike.
    which = (course * 7919 + column * 104729) % 1021
    across = x - (column.astype(np.float32) + 0.5) * np.float32(bond.unit) + rng.normal(0, 1.3, 1021)[which]
    down = y - (course.astype(np.float32) + 0.5) * np.float32(bond.course) + rng.normal(0, 0.8, 1021)[which]
    inset_x = (bond.unit - bond.joint) / 2 - np.abs(across)
    inset_y = (bond.course - bond.joint) / 2 - np.abs(down)
    # Rounded corners: the usual distance to a box, of radius 6.
    corner = np.hypot(np.minimum(inset_x - 6, 0), np.minimum(inset_y - 6, 0))
    inside = np.asarray(np.minimum(np.minimum(inset_x, inset_y), 6 - corner), np.float32)
    return _bricks(rng, inside, which, look)


def _bricks(rng: np.random.Generator, inside: Field, which: NDArray[np.int32], look: Palette) -> Surface:
    """Colours and heights of brickwork; `inside` is the distance in pixels from a brick's edge, negative in joints."""
    shape = inside.shape[0], inside.shape[1]
    fine, coarse = grain(rng, shape, 0.6), grain(rng, shape, 2.0)
    crumbs = fractal(rng, shape, 16, 4, persistence=0.75)
    patch = fractal(rng, shape, 70, 5, persistence=0.65)
    brightness = np.exp(rng.normal(0, 0.09, 1021)).astype(np.float32)
    hue = rng.normal(0, 0.07, 1021).astype(np.float32)
    burnt = rng.random(1021) < 0.07
    brightness[burnt] *= 0.68
    gain = brightness[which] * (1 + 0.06 * patch + 0.045 * fine + 0.05 * crumbs)
    body = Surface(
        [
            gain * (np.float32(value) * (1 + np.float32(lean) * hue[which]))
            for value, lean in zip(look.brick, (-1.0, -0.3, 0.7), strict=True)
        ],
        np.zeros(shape, np.float32),
    )
    pits = smoothstep(crumbs + 0.5 * grain(rng, shape, 1.2), 1.75, 2.4)
    body.tone(np.asarray(1 - 0.35 * pits, np.float32))
    body.blend(np.asarray(0.3 * smoothstep(patch + 0.4 * crumbs, 1.2, 2.0), np.float32), look.mortar)
    sand = grain(rng, shape, 1.1)
    bed = 1 + 0.05 * fine + 0.05 * sand + 0.08 * fractal(rng, shape, 220, 6, persistence=0.65)
    # Mortar smeared over the arrises makes the edge of a brick irregular.
    stone = smoothstep(inside + 0.8 * crumbs + 0.6 * patch, -0.8, 0.9)
    for plane, value in zip(body.planes, look.mortar, strict=True):
        mortar = bed * np.float32(value)
        plane -= mortar
        plane *= stone
        plane += mortar
    dirt = np.exp(-np.square((inside + 1.5) / 2.2)) * np.float32(0.20)
    body.tone(np.asarray(1 - dirt, np.float32))
    face = smoothstep(inside + 1.3 * crumbs, -2.5, 3.5)
    body.height = np.asarray(
        2.8 * face - 0.9 * pits + 0.12 * fine + 0.15 * coarse + 0.5 * crumbs + 0.3 * sand * (1 - face), np.float32
    )
    return body


def plaster(rng: np.random.Generator, shape: tuple[int, int], look: Palette, origin: tuple[int, int]) -> Surface:
    """Painted rough plaster with trowel waves and pimples; now and then a patch has come off the bricks behind."""
    rough = float(rng.uniform(0.25, 1.0))
    waves = fractal(rng, shape, 90, 4, stretch=(1.0, 1.8))
    sand, lumps = grain(rng, shape, 1.3), grain(rng, shape, 2.8)
    tone = 1 + 0.03 * fractal(rng, shape, 500, 4) + 0.012 * waves + 0.012 * grain(rng, shape, 0.7)
    tone += 0.025 * smoothstep(fractal(rng, shape, 200, 6, persistence=0.65), 0.2, 0.9)
    pimples = smoothstep(grain(rng, shape, 3.2), 2.6, 3.6)
    height = rough * (0.34 * sand + 1.1 * lumps) + 3.0 * waves + 2.2 * pimples
    surface = painted(np.asarray(tone, np.float32), look.plaster, np.asarray(height, np.float32))
    if min(shape) >= 200 and rng.random() < 0.6:
        _spall(rng, surface, look, origin)
    return surface


def _spall(rng: np.random.Generator, surface: Surface, look: Palette, origin: tuple[int, int]) -> None:
    """A patch without plaster: brickwork behind a broken edge that throws a shadow."""
    height, breadth = surface.shape
    radius = float(rng.uniform(0.14, 0.3)) * min(height, breadth, 900)
    x, y = rng.uniform(0.1, 0.9) * breadth, rng.uniform(0.2, 1.0) * height
    rows = slice(max(0, int(y - 2 * radius)), min(height, int(y + 2 * radius)))
    columns = slice(max(0, int(x - 2.4 * radius)), min(breadth, int(x + 2.4 * radius)))
    part = surface.part(rows, columns)
    if min(part.shape) < 40:
        return
    down, across = np.mgrid[rows, columns].astype(np.float32)
    distance = np.hypot((across - np.float32(x)) / 1.3, down - np.float32(y))
    edge = radius - distance + 0.33 * radius * fractal(rng, part.shape, radius * 0.8, 6, persistence=0.58)
    edge = np.asarray(edge, np.float32)
    bricks = brickwork(rng, part.shape, look, (origin[0] + columns.start, origin[1] + rows.start))
    bare = smoothstep(edge, -0.7, 0.9)
    # The broken flank of the plaster shows its grey body between paint and brick.
    part.blend(smoothstep(edge, -7, -2), (0.58, 0.62, 0.64))
    for plane, brick in zip(part.planes, bricks.planes, strict=True):
        plane += bare * (brick * np.float32(0.88) - plane)
    part.height += smoothstep(edge, -9, 1) * (bricks.height - part.height - np.float32(7))
