"""Frames, detections and snapshots to be kept."""

from __future__ import annotations

import numpy as np

from crackinspector.core.detection import Detection, Region, Timings
from crackinspector.core.frame import Frame, View
from crackinspector.core.labels import Label
from crackinspector.core.settings import Settings
from crackinspector.library.record import Snapshot

MIDNIGHT = 1_795_273_200.25
"""In Seoul, of 22 November 2026; in UTC it is still the 21st."""


def frame(number: int = 7, width: int = 64, height: int = 48, captured_at: float = 5.0) -> Frame:
    """A frame with soft colours, so that JPEG keeps them."""
    across, down = np.meshgrid(np.linspace(40, 200, width), np.linspace(60, 180, height))
    image = np.stack([across, down, (across + down) / 2], axis=-1).astype(np.uint8)
    image.setflags(write=False)
    return Frame(number, captured_at, MIDNIGHT + captured_at - 5, "Demo wall", image, "00:12.4")


def detection(of: Frame, label: Label = Label.POSITIVE) -> Detection:
    """A detection with a crack across the middle of its view, which is the frame's right half."""
    crack_map = np.zeros((24, 16), np.uint8)
    crack_map[11:13] = 255
    return Detection(
        frame_id=of.id,
        captured_at=of.captured_at,
        view=View(0.5, 0, 0.5, 1),
        width=of.width // 2,
        height=of.height,
        label=label,
        score=0.97,
        probabilities={"positive": 0.97, "negative": 0.02, "unknown": 0.01},
        regions=(Region(of.width // 2, of.height // 2 - 2, of.width // 2, 4, 0.9),),
        crack_map=crack_map,
        threshold=0.5,
        model="classifier",
        tiles=4,
        timings=Timings(0.001, 0.02, 0.003),
        model_sha256="ab" * 32,
    )


def snapshot(number: int = 7, settings: Settings | None = None) -> Snapshot:
    """A snapshot of a frame with a crack."""
    shown = frame(number)
    return Snapshot(
        shown,
        detection(shown),
        settings or Settings(),
        view=View(0.5, 0, 0.5, 1),
        steadied=Label.NEGATIVE,
    )
