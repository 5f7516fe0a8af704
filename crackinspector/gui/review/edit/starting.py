"""What a correction begins with: what was drawn before, else what the model saw there, else nothing."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from crackinspector.core.frame import WHOLE, View
from crackinspector.gui.review.edit.drawing import MOST_PIXELS, Drawing, Part
from crackinspector.gui.review.loaded import Loaded
from crackinspector.gui.review.outline_layer import on_screen
from crackinspector.gui.widgets.view_arithmetic import Box
from crackinspector.library.state import Finding


def start_drawing(loaded: Loaded, key: str | None, most_pixels: int = MOST_PIXELS) -> Drawing:
    """The drawing that a person goes on with.

    Args:
        loaded: the snapshot.
        key: of the finding to correct; None, or one that is not there: an empty drawing for new findings.
        most_pixels: of the mask.
    """
    drawing = Drawing(loaded.row.width, loaded.row.height, most_pixels)
    finding = next((each for each in loaded.state.findings if each.key == key), None)
    if finding is None:
        return drawing
    mask = loaded.masks.get(finding.key)
    if mask is not None:
        height, width = drawing.mask.shape
        # Findings that were drawn together share a mask until one is corrected: only this one is to be.
        shared = _was_drawn_with(loaded, finding)
        part = _part(drawing, finding) if shared else Part(0, 0, width, height)
        _fill(drawing, mask, WHOLE, part, 128)
    elif loaded.detection is not None and not finding.by_hand:
        detection = loaded.detection
        _fill(drawing, detection.crack_map, detection.view, _part(drawing, finding), 255 * detection.threshold)
    return drawing


def _fill(drawing: Drawing, levels: NDArray[np.uint8], over: View, part: Part, least: float) -> None:
    height, width = drawing.mask.shape
    if (levels.shape, over) == ((height, width), WHOLE):
        pixels = part.of(levels)
    else:
        size = part.right - part.left, part.bottom - part.top
        place = View(part.left / width, part.top / height, size[0] / width, size[1] / height)
        pixels = on_screen(levels, over, place, Box(0, 0, *size))
    drawing.start_from(np.where(pixels >= least, np.uint8(255), np.uint8(0)), part)


def _part(drawing: Drawing, finding: Finding) -> Part:
    """The mask's pixels in a finding's box."""
    height, width = drawing.mask.shape
    across, down = drawing.scale
    left, top = min(width - 1, math.floor(finding.x * across)), min(height - 1, math.floor(finding.y * down))
    right = min(width, max(left + 1, math.ceil((finding.x + finding.w) * across)))
    bottom = min(height, max(top + 1, math.ceil((finding.y + finding.h) * down)))
    return Part(left, top, right, bottom)


def _was_drawn_with(loaded: Loaded, finding: Finding) -> bool:
    """Whether its mask is that of the drawing that it stems from."""
    event, _, _ = finding.key.partition("/")
    origin = next((each for each in loaded.sidecar.events if each.id == event), None)
    return origin is not None and origin.body.get("mask") == finding.mask
