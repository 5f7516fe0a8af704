"""What a model says about one picture, or about one frame of the live pipeline."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from crackinspector.core.frame import View
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


@dataclass(frozen=True, slots=True)
class Timings:
    """Where the time of one detection went, in seconds: before, in and after the runtime."""

    prepare: float
    invoke: float
    finish: float


@dataclass(frozen=True, slots=True)
class Detection:
    """The result for one frame; what a label and a crack map on screen belong to.

    Attributes:
        frame_id: the frame that was looked at.
        captured_at: that frame's, in seconds of `time.monotonic()`.
        view: the part of the frame that the model saw.
        width, height: size of that part in the frame's pixels.
        label: the decision at `threshold`, on this frame alone.
        score: crack likelihood of the view, 0..1.
        probabilities: one value for each label, 0..1, summing to 1.
        regions: connected parts of the mask in pixels of the whole frame, the largest first; none unless positive.
        crack_map: (h, w) uint8 over the view, usually smaller than it, 255 = certainly crack; the model's class
            activation map on its calibrated scale, so that the mask is the map >= 255 * threshold.
        threshold: 0..1, from which on a score is a crack and a map value belongs to the mask.
        model: name of the model.
        tiles: how many tiles the model looked at.
        timings: where the time went.
        model_sha256: of the model's file; empty = unknown.
    """

    frame_id: int
    captured_at: float
    view: View
    width: int
    height: int
    label: Label
    score: float
    probabilities: Mapping[str, float]
    regions: tuple[Region, ...]
    crack_map: NDArray[np.uint8] = field(repr=False)
    threshold: float
    model: str
    tiles: int
    timings: Timings
    model_sha256: str = ""
