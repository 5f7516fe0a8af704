"""From what a decoder gives (grey, colour, CMYK, 8 or 16 bits, alpha) to BGR uint8."""

from __future__ import annotations

from typing import Literal, cast

import cv2
import numpy as np
from numpy.typing import NDArray

Colour = Literal["grey", "rgb", "cmyk"]

BACKDROP = 128
"""Grey level that shows through transparent pixels. Half-way between black and white, the step against any surface is
the smallest that one constant can give, and never a dark line; black or whatever lies under alpha 0 would look like
a crack or a shadow along every transparent border."""


DEPTHS = (8, 10, 12, 14, 16)
"""Bits of the sensors and programs whose samples are found in 16-bit files."""


def depth_of(largest: int) -> int:
    """The least of `DEPTHS` that holds samples up to `largest` (0..65535).

    A camera of 12 bits that stores its samples as they are makes a 16-bit file whose high bytes are 15 at most: nearly
    black, with no crack to be seen. The file does not say so, but its largest sample does. Only these steps are taken,
    rather than the picture stretched to its own range, so that pictures of one camera are mostly brightened alike; one
    whose brightest sample crosses a step is not.
    """
    return next(depth for depth in DEPTHS if largest < 1 << depth)


def to_bgr(
    raw: NDArray[np.uint8] | NDArray[np.uint16], colour: Colour, *, alpha: bool, depth: int = 16
) -> NDArray[np.uint8]:
    """Convert decoded samples to BGR.

    Args:
        raw: (h, w, bands) uint8 or uint16. Grey uses band 0, rgb bands 0 to 2, cmyk bands 0 to 3 (255 = full ink).
        colour: what the first bands are.
        alpha: whether the band after them is (unassociated) alpha, always of the full depth; further bands are ignored.
        depth: bits that the colours of uint16 samples have, 8..16.

    Returns:
        (h, w, 3) uint8, C-contiguous, writable, not sharing memory with `raw`. Of samples with more than 8 bits the
        upper 8 are kept.
    """
    inks = {"grey": 1, "rgb": 3, "cmyk": 4}[colour]
    base = _upper_bits(raw[:, :, :inks], depth)
    if colour == "grey":
        bgr = cv2.cvtColor(base, cv2.COLOR_GRAY2BGR)
    elif colour == "rgb":
        bgr = cv2.cvtColor(base, cv2.COLOR_RGB2BGR)
    else:
        bgr = _cmyk_to_bgr(base)
    result = cast("NDArray[np.uint8]", bgr)
    return _over_backdrop(result, _upper_bits(raw[:, :, inks], 16)) if alpha else result


def _upper_bits(samples: NDArray[np.uint8] | NDArray[np.uint16], depth: int) -> NDArray[np.uint8]:
    if samples.dtype == np.uint16:
        return (samples >> (depth - 8)).astype(np.uint8)
    return np.ascontiguousarray(samples, np.uint8)


def _cmyk_to_bgr(cmyk: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Each colour is what its ink and the black ink let through: (1 - c)(1 - k); no ICC profile is applied."""
    light = (255 - cmyk).astype(np.uint16)
    # 255 * 255 + 127 still fits 16 bits
    bgr = (light[:, :, 2::-1] * light[:, :, 3:] + 127) // 255
    return np.ascontiguousarray(bgr.astype(np.uint8))


def _over_backdrop(bgr: NDArray[np.uint8], alpha: NDArray[np.uint8]) -> NDArray[np.uint8]:
    if int(alpha.min(initial=255)) == 255:
        return bgr
    opacity = alpha.astype(np.uint16)[:, :, None]
    return ((bgr * opacity + BACKDROP * (255 - opacity) + 127) // 255).astype(np.uint8)
