"""A snapshot with everything that a page shows of it, decoded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from crackinspector.core.detection import Detection
from crackinspector.library.queries import Row
from crackinspector.library.sidecar import Sidecar
from crackinspector.library.state import State


@dataclass(frozen=True, slots=True, eq=False)
class Loaded:
    """One snapshot, ready to be shown; its arrays are never written to.

    Attributes:
        row: as the gallery shows it.
        sidecar: all that ever happened to it.
        state: what that adds up to.
        levels: (h, w, 3) uint8 BGR, upright; the picture, then each half as wide and high as the one before.
        detection: the newest, with its crack map, its view, and regions in pixels of the picture; None if no model has
            looked.
        masks: key of a finding -> (h, w) uint8 over the whole picture, drawn by hand; >= 128 is crack.
        notices: sentences about what of it cannot be shown, such as a crack map that is gone.
    """

    row: Row
    sidecar: Sidecar
    state: State
    levels: tuple[NDArray[np.uint8], ...]
    detection: Detection | None
    masks: Mapping[str, NDArray[np.uint8]]
    notices: tuple[str, ...] = ()
