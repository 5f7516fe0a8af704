"""What weather and light do to the demo wall: runs of water, efflorescence, algae, joints, cast shadow, and cracks."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from crackinspector.sources.cracks import Crack, coverage
from crackinspector.sources.wall_fields import Colour, Field, Surface, fractal, grain, relief, smoothstep, wander

LIGHT_STEP = 8
"""The light over the whole wall is computed on a grid this many pixels apart."""
CRACK_DARK: Colour = (0.065, 0.07, 0.076)
HALO_PX = 24


def weather(rng: np.random.Generator, surface: Surface, foot: bool) -> None:
    """Stains a surface: some of runs of dirty water from its top, efflorescence, and algae or damp at its `foot`."""
    height, breadth = surface.shape
    down = np.linspace(0, height, height, dtype=np.float32)[:, None]
    if rng.random() < 0.75:
        _runs(rng, surface, down)
    if rng.random() < 0.6:
        blotches = smoothstep(fractal(rng, surface.shape, 190, 7, persistence=0.62), 0.75, 1.7)
        bloom = blotches * (0.6 + 0.25 * grain(rng, surface.shape, 1.2))
        if rng.random() < 0.5:
            bloom *= smoothstep(down + 40 * fractal(rng, (height, breadth), 120, 3), 0.3 * height, 0.9 * height)
        surface.blend(np.asarray(np.clip(float(rng.uniform(0.2, 0.5)) * bloom, 0, 1), np.float32), (0.80, 0.82, 0.82))
    if foot and rng.random() < 0.5:
        rise = float(rng.uniform(0.06, 0.2)) * min(height, 900)
        line = height - rise * (0.9 + 0.3 * wander(rng, breadth, 60, 6)[None])
        line = line + 0.35 * rise * fractal(rng, surface.shape, 60, 6, stretch=(1.6, 1.0), persistence=0.7)
        damp = smoothstep(np.asarray(down - line, np.float32), -0.5 * rise, 0.8 * rise)
        green = rng.random() < 0.5
        texture = np.clip(0.8 + 0.25 * fractal(rng, surface.shape, 14, 4), 0, 1)
        colour = (0.17, 0.22, 0.19) if green else (0.26, 0.29, 0.31)
        surface.blend(np.asarray(damp * texture * (0.6 if green else 0.45), np.float32), colour)


def _runs(rng: np.random.Generator, surface: Surface, down: Field) -> None:
    """Streaks that water left on its way down: fine threads in broad bands, each ending at its own height."""
    height, breadth = surface.shape
    bands = smoothstep(wander(rng, breadth, 170, 4), 0.0, 1.3)[None]
    end = float(rng.uniform(0.35, 1.0)) * height * (1 + 0.35 * wander(rng, breadth, 16, 3)[None])
    fade = smoothstep(np.asarray(down / np.maximum(end, 1), np.float32), 1.0, 0.15)
    threads = 0.7 + 0.4 * fractal(rng, surface.shape, 9, 3, stretch=(60.0, 1.0))
    share = np.clip(bands * fade * threads, 0, 1) * np.float32(rng.uniform(0.15, 0.45))
    surface.blend(np.asarray(share, np.float32), (0.21, 0.24, 0.26) if rng.random() < 0.8 else (0.17, 0.26, 0.36))


def open_cracks(rng: np.random.Generator, surface: Surface, cracks: list[Crack], light: tuple[float, float]) -> None:
    """Cuts cracks, in this surface's own coordinates, into colour and height: dark inside, chipped at the edge."""
    height, breadth = surface.shape
    for crack in cracks:
        low = np.floor(crack.course.min(axis=0)).astype(int) - HALO_PX
        high = np.ceil(crack.course.max(axis=0)).astype(int) + HALO_PX
        left, top = (int(value) for value in np.clip(low, 0, (breadth, height)))
        right, bottom = (int(value) for value in np.clip(high, 0, (breadth, height)))
        if right > left and bottom > top:
            part = surface.part(slice(top, bottom), slice(left, right))
            _open(rng, part, Crack(crack.course - (left, top), crack.width), light)


def _open(rng: np.random.Generator, part: Surface, crack: Crack, light: tuple[float, float]) -> None:
    cover = coverage([crack], part.shape)
    chipped = coverage([Crack(crack.course, crack.width + 1.5 + 0.5 * crack.width)], part.shape) - cover
    chips = chipped * smoothstep(fractal(rng, part.shape, 7, 3), 0.1, 0.9)
    part.tone(np.asarray(1 + 0.1 * chips, np.float32))
    halo = np.asarray(cv2.GaussianBlur(cover, (0, 0), 5.0), np.float32)
    part.tone(np.asarray(1 - float(rng.uniform(0.1, 0.5)) * halo, np.float32))
    # A wide crack is deep and takes more of the light; dust fills stretches of any.
    depth = np.asarray(cv2.GaussianBlur(cover, (0, 0), 1.6), np.float32)
    dust = np.clip(0.93 + 0.09 * fractal(rng, part.shape, 24, 3), 0.7, 1)
    # The flank that faces the light shows as a paler rim inside an open crack.
    flank = np.clip(relief(-depth, (light[0] * 9, light[1] * 9)) - 1, 0, 0.4)
    share = cover * (np.clip(0.66 + 0.34 * depth, 0, 0.95) * dust - flank)
    part.blend(np.asarray(share, np.float32), CRACK_DARK)
    part.height -= np.asarray(2.6 * cv2.GaussianBlur(cover, (0, 0), 0.9) + 0.8 * chips, np.float32)


def joint(rng: np.random.Generator, image: NDArray[np.uint8], across: int, width: float, lit_from_left: bool) -> None:
    """Draws an upright expansion joint into an image in place: a groove with sealant, one flank in shadow."""
    height, breadth = image.shape[:2]
    left, right = max(0, int(across - 2 * width)), min(breadth, int(across + 2 * width) + 1)
    strip = image[:, left:right].astype(np.float32)
    shape = strip.shape[0], strip.shape[1]
    position = np.arange(left, right, dtype=np.float32)[None] - np.float32(across)
    ragged = 0.5 * fractal(rng, shape, 30, 5, persistence=0.7) + (1.2 * wander(rng, height, 400))[:, None]
    offset = np.asarray((position + ragged) * (1 if lit_from_left else -1), np.float32)
    half = width / 2
    groove = smoothstep(np.abs(offset), half + 0.7, half - 0.7)
    sealant = 84 * (1 + 0.05 * grain(rng, shape, 1.0) + 0.12 * fractal(rng, shape, 60, 4, stretch=(4.0, 1.0)))
    # Rounded like a bead of sealant: dark under the flank that the light passes, brighter at the other.
    sealant = sealant * (1 - 0.62 * smoothstep(offset, half * 0.1, -half) + 0.12 * smoothstep(offset, 0, half))
    arris = (
        np.exp(-np.square((offset - half - 0.8) / 1.1)) * 0.14 - np.exp(-np.square((offset + half + 0.8) / 1.3)) * 0.1
    )
    strip *= (1 + arris)[..., None]
    strip += groove[..., None] * (sealant[..., None] * np.array([0.98, 1.0, 1.01], np.float32) - strip)
    image[:, left:right] = np.clip(strip, 0, 255).astype(np.uint8)


def ledge(rng: np.random.Generator, image: NDArray[np.uint8], down: int, columns: slice) -> None:
    """Draws the shadow under a step in the wall, whose upper part stands out, in place."""
    rows = slice(max(0, down - 3), min(image.shape[0], down + 30))
    strip = image[rows, columns].astype(np.float32)
    shape = strip.shape[0], strip.shape[1]
    below = np.arange(rows.start, rows.stop, dtype=np.float32)[:, None] - np.float32(down)
    offset = np.asarray(below + 0.8 * fractal(rng, shape, 40, 5, (1.0, 1.0), 0.65), np.float32)
    shadow = 0.62 * smoothstep(offset, -0.6, 0.8) * smoothstep(offset, 17, 7)
    edge = 0.16 * smoothstep(offset, -3, -1.2) * smoothstep(offset, 0.2, -0.8)
    strip *= (1 - shadow + edge)[..., None]
    image[rows, columns] = np.clip(strip, 0, 255).astype(np.uint8)


def light_map(rng: np.random.Generator, shape: tuple[int, int]) -> Field:
    """Light over the wall on a grid of `LIGHT_STEP` pixels, (h', w', 3) float32 gains for blue, green and red.

    A gradient, fall-off towards the corners, and on most walls a cast shadow: a straight edge, a pole or foliage.
    """
    rows, columns = (max(2, -(-side // LIGHT_STEP)) for side in shape)
    y, x = np.mgrid[:rows, :columns].astype(np.float32)
    across, down = x / max(1, columns - 1) - 0.5, y / max(1, rows - 1) - 0.5
    angle = rng.uniform(0, 2 * np.pi)
    light = 1 + float(rng.uniform(0.05, 0.3)) * (across * np.float32(np.cos(angle)) + down * np.float32(np.sin(angle)))
    light = np.asarray(light * (1 - 0.22 * (across**2 + down**2)), np.float32)
    shade = np.zeros((rows, columns), np.float32)
    kind = rng.choice(["none", "edge", "pole", "leaves"], p=[0.3, 0.35, 0.13, 0.22])
    lean = rng.uniform(-0.6, 0.6)
    if kind == "edge":
        offset = down * rows + np.float32(lean) * (across * columns) + np.float32(rng.uniform(0.15, 0.4)) * rows
        shade = smoothstep(np.asarray(offset * LIGHT_STEP, np.float32), 11, -11)
    elif kind == "pole":
        offset = across * columns - np.float32(lean) * (down * rows) - np.float32(rng.uniform(-0.4, 0.4)) * columns
        half = float(rng.uniform(12, 35))
        shade = smoothstep(np.asarray(np.abs(offset) * LIGHT_STEP, np.float32), half + 12, half - 8)
    elif kind == "leaves":
        blobs = fractal(rng, (rows, columns), 9, 4, persistence=0.6)
        reach = smoothstep(np.asarray(down + across * np.float32(np.sign(lean)), np.float32), 0.0, -0.5)
        shade = smoothstep(blobs + 3.0 * reach, 2.2, 2.8)
    # Shade is lit by the sky alone and so a little blue.
    deep = float(rng.uniform(0.25, 0.5))
    gains = [light * (1 - np.float32(deep * share) * shade) for share in (0.95, 0.985, 1.0)]
    return np.asarray(np.stack(gains, axis=2), np.float32)
