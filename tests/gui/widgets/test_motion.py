"""How far a picture has moved, measured on the demo wall, where that is known."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from pytestqt.qtbot import QtBot

from crackinspector.core.detection import Detection, Timings
from crackinspector.core.frame import WHOLE, Frame
from crackinspector.core.labels import Label
from crackinspector.core.settings import ViewSettings
from crackinspector.gui.look import Look
from crackinspector.gui.widgets import FrameView
from crackinspector.gui.widgets.motion import Motion
from crackinspector.sources.demo_wall import demo_wall

WIDTH, HEIGHT = 480, 360
WALL = demo_wall(3, 900, 700).image
NOISE = np.random.default_rng(0)


def frame(number: int, x: int, y: int, source: str = "Wall") -> Frame:
    part = WALL[y : y + HEIGHT, x : x + WIDTH].astype(np.int16) + NOISE.integers(-6, 7, (HEIGHT, WIDTH, 3))
    return Frame(number, 0.0, 0.0, source, np.clip(part, 0, 255).astype(np.uint8))


@given(st.integers(-90, 90), st.integers(-70, 70))
def test_a_pan_is_measured_to_a_few_pixels(right: int, down: int) -> None:
    motion = Motion()
    motion.put(frame(1, 200, 150))
    motion.put(frame(2, 200 - right, 150 - down))
    found = motion.since(1, 2)
    assert found[0] * WIDTH == pytest.approx(right, abs=5)
    assert found[1] * HEIGHT == pytest.approx(down, abs=5)
    assert motion.since(2, 2) == (0.0, 0.0)


def test_what_has_nothing_in_common_has_not_moved() -> None:
    motion = Motion()
    motion.put(frame(1, 0, 0))
    motion.put(frame(2, 420, 340))
    assert motion.since(1, 2) == (0.0, 0.0)


def test_a_frame_that_is_forgotten_or_of_another_source_is_unknown() -> None:
    motion = Motion()
    motion.put(frame(1, 200, 150))
    for number in range(2, 60):
        motion.put(frame(number, 180, 150))
    assert motion.since(1, 59) == (0.0, 0.0)
    assert motion.since(58, 59) == pytest.approx((0.0, 0.0), abs=0.01)
    motion.put(frame(60, 160, 150, "Another"))
    assert motion.since(59, 60) == (0.0, 0.0)


def painted(view: FrameView) -> NDArray[np.uint8]:
    image = view.grab().toImage()
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine() // 4, 4)
    return rows[:, : image.width(), :3].copy()


def test_the_map_stays_on_the_wall_while_the_camera_pans(qtbot: QtBot, look: Look) -> None:
    view = FrameView(clock=lambda: 0.1)
    qtbot.addWidget(view)
    view.resize(WIDTH, HEIGHT)
    view.set_view_settings(ViewSettings(opacity=1.0, regions=False))
    crack_map = np.zeros((HEIGHT // 2, WIDTH // 2), np.uint8)
    crack_map[80:100, 100:140] = 255
    timings = Timings(0, 0, 0)
    for number, x, y in ((1, 200, 150), (2, 200 - 40, 150 + 20)):
        view.motion.put(frame(number, x, y))
    view.show_frame(frame(1, 200, 150))
    bare = painted(view)
    view.show_detection(
        Detection(1, 0.0, WHOLE, WIDTH, HEIGHT, Label.POSITIVE, 1.0, {}, (), crack_map, 0.5, "model", 1, timings)
    )
    before = np.argwhere((painted(view) != bare).any(axis=2)).mean(axis=0)
    view.show_detection(None)
    view.show_frame(frame(2, 200 - 40, 150 + 20))
    bare = painted(view)
    view.show_detection(
        Detection(1, 0.0, WHOLE, WIDTH, HEIGHT, Label.POSITIVE, 1.0, {}, (), crack_map, 0.5, "model", 1, timings)
    )
    after = np.argwhere((painted(view) != bare).any(axis=2)).mean(axis=0)
    assert after - before == pytest.approx([-20, 40], abs=3)
