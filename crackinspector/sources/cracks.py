"""Generated cracks of known course and width, drawn into real or generated surfaces.

A crack is a polyline with a width at every vertex. Its course comes from midpoint displacement (Fournier, Fussell and
Carpenter 1982, "Computer rendering of stochastic models"), its width from a smooth random profile that tapers to the
tips. The truth is exact: the mask holds the pixels whose centre lies within half a width of the course.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

SUBPIXEL_BITS = 4
SUPERSAMPLING = 4
BAND_ROWS = 512
FILL_GROWTH = 0.5
"""How far OpenCV fills beyond a polygon's outline, in pixels of the canvas."""
ROUND_END = np.linspace(-np.pi / 2, np.pi / 2, 5)


@dataclass(frozen=True, slots=True)
class Crack:
    """One crack.

    Attributes:
        course: (n, 2) float64, x and y in pixels.
        width: (n,) float64, full width in pixels at each vertex.
    """

    course: NDArray[np.float64]
    width: NDArray[np.float64]

    @property
    def length(self) -> float:
        """Length of the course in pixels."""
        return float(np.hypot(*np.diff(self.course, axis=0).T).sum())


def midpoint_course(
    rng: np.random.Generator,
    start: tuple[float, float],
    end: tuple[float, float],
    roughness: float,
    step: float = 3.0,
) -> NDArray[np.float64]:
    """A crack's course from `start` to `end` as (n, 2) float64.

    Args:
        roughness: displacement at the first level as a share of the distance; each level halves it (times 1.1, which
            keeps the fine jaggedness of real cracks). 0 is a straight line, 0.2 a strongly wandering crack.
        step: spacing in pixels below which no vertex is added.
    """
    points = np.array([start, end], dtype=np.float64)
    distance = float(np.hypot(*(points[1] - points[0])))
    spread = roughness * distance
    while distance > step:
        middle = (points[:-1] + points[1:]) / 2
        along = np.diff(points, axis=0)
        normal = np.stack([-along[:, 1], along[:, 0]], axis=1)
        normal /= np.maximum(np.hypot(*normal.T), 1e-9)[:, None]
        middle += normal * rng.normal(0.0, spread / 2, len(middle))[:, None]
        merged = np.empty((len(points) + len(middle), 2))
        merged[0::2], merged[1::2] = points, middle
        points, spread, distance = merged, spread * 0.55, distance / 2
    return points


def width_profile(rng: np.random.Generator, n: int, width: float, variation: float = 0.35) -> NDArray[np.float64]:
    """Full widths in pixels for `n` vertices: `width` on average, wandering by `variation`, tapered at both tips."""
    knots = rng.normal(0.0, variation, max(4, n // 8))
    wander = np.interp(np.linspace(0, len(knots) - 1, n), np.arange(len(knots)), knots)
    tip = np.clip(np.minimum(np.arange(n), np.arange(n)[::-1]) / max(1.0, 0.12 * n), 0.25, 1.0)
    return np.asarray(width * np.exp(wander) * tip, dtype=np.float64)


def random_crack(
    rng: np.random.Generator, shape: tuple[int, int], width: float, roughness: float = 0.12
) -> list[Crack]:
    """A crack across a (height, width) picture with up to three branches, the stem first."""
    height, breadth = shape
    angle = rng.uniform(0, np.pi)
    direction = np.array([np.cos(angle), np.sin(angle)])
    centre = np.array([rng.uniform(0.25, 0.75) * breadth, rng.uniform(0.25, 0.75) * height])
    reach = rng.uniform(0.35, 0.9) * max(height, breadth)
    start, end = centre - direction * reach * rng.uniform(0.4, 1), centre + direction * reach * rng.uniform(0.4, 1)
    stem = midpoint_course(rng, tuple(start), tuple(end), roughness)
    cracks = [Crack(stem, width_profile(rng, len(stem), width))]
    for _ in range(int(rng.choice([0, 0, 1, 1, 2, 3]))):
        origin = stem[int(rng.uniform(0.2, 0.8) * len(stem))]
        turn = angle + rng.choice([-1, 1]) * rng.uniform(0.4, 1.2)
        tip = origin + np.array([np.cos(turn), np.sin(turn)]) * rng.uniform(0.15, 0.5) * reach
        course = midpoint_course(rng, tuple(origin), tuple(tip), roughness)
        cracks.append(Crack(course, width_profile(rng, len(course), width * rng.uniform(0.4, 0.9))))
    return cracks


def coverage(cracks: list[Crack], shape: tuple[int, int]) -> NDArray[np.float32]:
    """Share of each pixel that lies inside a crack, (height, width) float32, 0..1, by 4 x 4 supersampling.

    Only the cracks' bounding box is drawn, in bands, so that a crack in a picture of any size costs what its own
    extent costs.
    """
    height, width = shape
    cover = np.zeros((height, width), np.float32)
    left, top, right, bottom = _extent(cracks, shape)
    if right <= left:
        return cover
    for row in range(top, bottom, BAND_ROWS):
        rows = min(BAND_ROWS, bottom - row)
        fine = np.zeros((rows * SUPERSAMPLING, (right - left) * SUPERSAMPLING), np.uint8)
        _draw(fine, cracks, SUPERSAMPLING, (left, row))
        band = cv2.resize(fine, (right - left, rows), interpolation=cv2.INTER_AREA)
        np.multiply(band, np.float32(1 / 255), out=cover[row : row + rows, left:right])
    return cover


def mask_of(cracks: list[Crack], shape: tuple[int, int], margin: float = 0.0) -> NDArray[np.uint8]:
    """Pixels at least half inside a crack grown by `margin` pixels on each side, (height, width) uint8, 0 or 255."""
    grown = [Crack(crack.course, crack.width + 2 * margin) for crack in cracks]
    return np.where(coverage(grown, shape) >= 0.5, np.uint8(255), np.uint8(0))


def _extent(cracks: list[Crack], shape: tuple[int, int]) -> tuple[int, int, int, int]:
    """Left, top, right, bottom in pixels of the part of the picture that the cracks can touch; empty if none."""
    if not cracks:
        return 0, 0, 0, 0
    low = np.min([(crack.course - crack.width.max() / 2).min(axis=0) for crack in cracks], axis=0)
    high = np.max([(crack.course + crack.width.max() / 2).max(axis=0) for crack in cracks], axis=0)
    left, top = np.clip(np.floor(low) - 1, 0, shape[::-1]).astype(int)
    right, bottom = np.clip(np.ceil(high) + 2, 0, shape[::-1]).astype(int)
    return int(left), int(top), int(max(left, right)), int(max(top, bottom))


def _draw(canvas: NDArray[np.uint8], cracks: list[Crack], scale: int, origin: tuple[int, int]) -> None:
    """Fills every segment as a polygon with round ends; lines of OpenCV have only odd widths and bulge at vertices."""
    for crack in cracks:
        # A vertex names the centre of a pixel, hence the halves.
        points = (crack.course - origin + 0.5) * scale - 0.5
        radius = np.maximum(crack.width / 2 * scale - FILL_GROWTH, 0.0)[:, None, None]
        along = np.diff(points, axis=0)
        angle = np.arctan2(along[:, 1], along[:, 0])[:, None] + ROUND_END
        rim = np.stack([np.cos(angle), np.sin(angle)], axis=2)
        tail = points[:-1, None] - rim * radius[:-1]
        head = points[1:, None] + rim * radius[1:]
        outlines = np.round(np.concatenate([head, tail], axis=1) * (1 << SUBPIXEL_BITS)).astype(np.int32)
        for outline in outlines:
            cv2.fillConvexPoly(canvas, outline, 255, cv2.LINE_8, SUBPIXEL_BITS)


def paint(
    image: NDArray[np.uint8], cover: NDArray[np.float32], darkness: float, blur: float, rng: np.random.Generator
) -> NDArray[np.uint8]:
    """Draws a crack into a surface and returns a new (height, width, 3) uint8 picture.

    Args:
        cover: share of each pixel inside the crack, as from `coverage`.
        darkness: how much of the surface's light the crack takes, 0..1; it varies by about a fifth along the crack.
        blur: standard deviation in pixels of the lens that looks at it.
    """
    height, width = cover.shape
    coarse = rng.uniform(0.75, 1.0, (max(2, height // 6), max(2, width // 6))).astype(np.float32)
    grain = cv2.resize(coarse, (width, height))
    shade = cover * grain * np.float32(darkness)
    if blur > 0:
        shade = np.asarray(cv2.GaussianBlur(shade, (0, 0), blur), np.float32)
    return np.asarray(np.clip(image * (1 - shade[..., None]), 0, 255), np.uint8)
