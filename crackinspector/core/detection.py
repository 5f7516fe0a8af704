"""What a model says about one picture."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from crackinspector.core.labels import Label


@dataclass(frozen=True, slots=True)
class Region:
    """A connected part of the mask, as a box in picture pixels.

    Attributes:
        x, y: left and top edge, >= 0.
        w, h: size, >= 1.
        score: mean of the crack map over the region's mask, 0.5..1.
    """

    x: int
    y: int
    w: int
    h: int
    score: float


@dataclass(frozen=True, slots=True)
class Analysis:
    """The result for one picture.

    Attributes:
        width, height: size of the upright picture in pixels (EXIF orientation applied).
        label: the decision.
        score: crack likelihood of the whole picture, 0..1; with a calibrated model the label is positive from 0.5 on.
        probabilities: one value for each label, 0..1, summing to 1; their crack label's value is `score`.
        regions: connected parts of the mask, the largest first; none unless the label is positive.
        crack_map: (height, width) uint8, 255 = certainly crack, the mask is `crack_map >= 128`.
    """

    width: int
    height: int
    label: Label
    score: float
    probabilities: Mapping[str, float]
    regions: tuple[Region, ...]
    crack_map: NDArray[np.uint8] = field(repr=False)
