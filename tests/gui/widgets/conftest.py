"""A frame, a detection and a picture view on a pinned canvas."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from crackinspector.core.detection import Detection, Region, Timings
from crackinspector.core.frame import WHOLE, Frame, View
from crackinspector.core.labels import Label
from crackinspector.gui.look import Look
from crackinspector.gui.widgets import FrameView

WIDTH, HEIGHT = 320, 240


def pixels(widget: QWidget) -> NDArray[np.uint8]:
    """What a widget looks like, (h, w, 3) uint8 BGR."""
    image = widget.grab().toImage().convertToFormat(QImage.Format.Format_BGR888)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    return rows[:, : 3 * image.width()].reshape(image.height(), image.width(), 3).copy()


def make_frame(number: int = 1, width: int = WIDTH, height: int = HEIGHT, captured_at: float = 100.0) -> Frame:
    """Blue grows to the right and green downwards; red is the frame's number."""
    image = np.zeros((height, width, 3), np.uint8)
    image[..., 0] = np.linspace(0, 250, width).astype(np.uint8)
    image[..., 1] = np.linspace(0, 250, height).astype(np.uint8)[:, None]
    image[..., 2] = number
    image.setflags(write=False)
    return Frame(number, captured_at, 0.0, "Test", image)


def make_detection(
    crack_map: NDArray[np.uint8],
    number: int = 1,
    view: View = WHOLE,
    regions: tuple[Region, ...] = (),
    captured_at: float = 100.0,
) -> Detection:
    """A positive detection with this map."""
    return Detection(
        frame_id=number,
        captured_at=captured_at,
        view=view,
        width=round(view.w * WIDTH),
        height=round(view.h * HEIGHT),
        label=Label.POSITIVE,
        score=0.9,
        probabilities={},
        regions=regions,
        crack_map=crack_map,
        threshold=0.5,
        model="test",
        tiles=1,
        timings=Timings(0, 0, 0),
    )


@dataclass
class Clock:
    """A clock that goes when it is told to."""

    now: float = 100.0

    def __call__(self) -> float:
        return self.now


@dataclass
class Shown:
    """A picture view on screen, its clock, and what it said."""

    view: FrameView
    clock: Clock
    painted: list[int] = field(default_factory=list)
    detections: list[int] = field(default_factory=list)
    views: list[View] = field(default_factory=list)


@pytest.fixture
def shown(qtbot: QtBot, look: Look) -> Shown:
    clock = Clock()
    view = FrameView(clock=clock)
    qtbot.addWidget(view)
    view.resize(WIDTH, HEIGHT)
    shown = Shown(view, clock)
    keep: list[tuple[object, Callable[..., object]]] = [
        (view.painted, shown.painted.append),
        (view.detection_painted, shown.detections.append),
        (view.view_changed, shown.views.append),
    ]
    for signal, slot in keep:
        signal.connect(slot)  # type: ignore[attr-defined]
    view.show()
    qtbot.waitExposed(view)
    return shown
