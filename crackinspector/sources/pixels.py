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


def to_bgr(raw: NDArray[np.uint8] | NDArray[np.uint16], colour: Colour, *, alpha: bool) -> NDArray[np.uint8]:
    """Convert decoded samples to BGR.

    Args:
        raw: (h, w, bands) uint8 or uint16. Grey uses band 0, rgb bands 0 to 2, cmyk bands 0 to 3 (255 = full ink).
        colour: what the first bands are.
        alpha: whether the band after them is (unassociated) alpha; further bands are ignored.

    Returns:
        (h, w, 3) uint8, C-contiguous, writable, not sharing memory with `raw`. 16-bit samples keep their high byte: a
        fixed scale, so that the same surface looks the same in every picture.
    """
    inks = {"grey": 1, "rgb": 3, "cmyk": 4}[colour]
    wanted = raw[:, :, : inks + int(alpha)]
    samples = (wanted >> 8).astype(np.uint8) if wanted.dtype == np.uint16 else np.ascontiguousarray(wanted, np.uint8)
    base = np.ascontiguousarray(samples[:, :, :inks])
    if colour == "grey":
        bgr = cv2.cvtColor(base, cv2.COLOR_GRAY2BGR)
    elif colour == "rgb":
        bgr = cv2.cvtColor(base, cv2.COLOR_RGB2BGR)
    else:
        bgr = _cmyk_to_bgr(base)
    result = cast("NDArray[np.uint8]", bgr)
    return _over_backdrop(result, samples[:, :, inks]) if alpha else result


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
