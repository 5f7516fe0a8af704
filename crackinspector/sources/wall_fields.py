"""Random fields and relief shading from which the demo wall's surfaces are made.

A surface is built as three colour planes and a height, both at the picture's size; light from one side then turns the
height into bright and dark flanks, which is what the eye takes for roughness.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TypeAlias

import cv2
import numpy as np
from numpy.typing import NDArray

Field: TypeAlias = NDArray[np.float32]
Colour: TypeAlias = tuple[float, float, float]
"""Blue, green, red; 1 is white."""

LATTICE_BLUR, LATTICE_DENSITY = 0.8, 1.5
"""White noise on a bare lattice shows its rows and columns; blurred on a denser one it looks the same every way."""
RELIEF_LIMITS = (-0.6, 0.4)
"""How much light a flank can lose and gain, as a share."""


@dataclass(slots=True)
class Surface:
    """A piece of wall before light falls on it; it is changed in place while it is built.

    Attributes:
        planes: blue, green and red, each (h, w) float32, 1 is white.
        height: (h, w) float32, towards the viewer, in pixels.
    """

    planes: list[Field]
    height: Field

    @property
    def shape(self) -> tuple[int, int]:
        """Height and width in pixels."""
        return self.height.shape[0], self.height.shape[1]

    def tone(self, gain: Field) -> None:
        """Multiplies all planes by `gain`, (h, w)."""
        for plane in self.planes:
            plane *= gain

    def blend(self, share: Field, colour: Colour) -> None:
        """Moves all planes towards `colour` by `share`, (h, w) 0..1."""
        for plane, value in zip(self.planes, colour, strict=True):
            plane += share * (np.float32(value) - plane)

    def part(self, rows: slice, columns: slice) -> Surface:
        """A window into this surface; changes to it are changes here."""
        return Surface([plane[rows, columns] for plane in self.planes], self.height[rows, columns])


def painted(tone: Field, colour: Colour, height: Field) -> Surface:
    """A surface of one colour whose brightness is `tone`, (h, w)."""
    return Surface([tone * np.float32(value) for value in colour], height)


def fractal(
    rng: np.random.Generator,
    shape: tuple[int, int],
    scale: float,
    octaves: int = 4,
    stretch: tuple[float, float] = (1.0, 1.0),
    persistence: float = 0.55,
) -> Field:
    """Value noise summed over octaves, (h, w) float32, mean 0, standard deviation about 1.

    Args:
        scale: size in pixels of the largest blobs; every octave halves it.
        stretch: how many times longer the blobs are, downwards and across.
        persistence: strength of an octave against the one before; 0.5 is smooth, 0.7 crisp-edged.
    """
    field: Field | None = None
    power = 0.0
    for octave in range(octaves):
        strength = persistence**octave
        rows, columns = (
            min(full, max(2, math.ceil(full * LATTICE_DENSITY * 2**octave / (scale * factor))))
            for full, factor in zip(shape, stretch, strict=True)
        )
        layer = grain(rng, (rows, columns), LATTICE_BLUR) * np.float32(strength)
        if field is not None:
            layer += cv2.resize(field, (columns, rows), interpolation=cv2.INTER_CUBIC)
        field, power = layer, power + strength**2
    assert field is not None
    full_size = cv2.resize(field, (shape[1], shape[0]), interpolation=cv2.INTER_CUBIC)
    return np.asarray(full_size * np.float32(1 / math.sqrt(power)), np.float32)


def grain(rng: np.random.Generator, shape: tuple[int, int], size: float) -> Field:
    """Noise blurred to specks of `size` pixels (standard deviation), (h, w) float32, mean 0, standard deviation 1."""
    white = rng.standard_normal(shape, np.float32)
    if size <= 0:
        return white
    # Blurring white noise by s leaves a standard deviation of 1 / (2 s sqrt(pi)) once s passes half a pixel.
    return np.asarray(cv2.GaussianBlur(white, (0, 0), size) * np.float32(2 * size * math.sqrt(math.pi)), np.float32)


def wander(rng: np.random.Generator, n: int, scale: float, octaves: int = 3) -> Field:
    """A one-dimensional `fractal` of `n` values."""
    return fractal(rng, (n, 2), scale, octaves, stretch=(1.0, 1e6))[:, 0]


def smoothstep(field: Field, low: float, high: float) -> Field:
    """0 below `low`, 1 above `high`, smooth between; `low` may be the larger one."""
    share = np.clip((field - np.float32(low)) * np.float32(1 / (high - low)), 0, 1)
    return np.asarray(share * share * (3 - 2 * share), np.float32)


def relief(height: Field, light: tuple[float, float]) -> Field:
    """The gain that `light` gives to each pixel of a surface of this height, (h, w) float32 around 1.

    Args:
        light: rightwards and downwards components of the direction that the light travels in; its length is the
            contrast of a slope of 1.
    """
    across, down = light
    # A slope that rises in the direction of travel faces the light.
    kernel = np.array([[0, -down, 0], [-across, 0, across], [0, down, 0]], np.float32) / 2
    slope = cv2.filter2D(height, cv2.CV_32F, kernel, borderType=cv2.BORDER_REPLICATE)
    return np.asarray(1 + np.clip(slope, *RELIEF_LIMITS), np.float32)
