"""How far a picture has moved, measured on the demo wall, where that is known."""

from __future__ import annotations

import dataclasses
from typing import Any

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
from crackinspector.gui.widgets import motion as module
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
    assert found is not None
    assert found[0] * WIDTH == pytest.approx(right, abs=5)
    assert found[1] * HEIGHT == pytest.approx(down, abs=5)
    assert motion.since(2, 2) == (0.0, 0.0)


def test_what_has_nothing_in_common_has_not_moved() -> None:
    motion = Motion()
    motion.put(frame(1, 0, 0))
    motion.put(frame(2, 420, 340))
    assert motion.since(1, 2) is None


def test_a_long_pan_adds_up_over_more_than_a_picture() -> None:
    motion = Motion()
    for step in range(100):
        motion.put(frame(step, 4 * step, 100 + 2 * step))
    found = motion.since(0, 99)
    assert found is not None
    assert found[0] * WIDTH == pytest.approx(-4 * 99, abs=12)
    assert found[1] * HEIGHT == pytest.approx(-2 * 99, abs=12)


def test_a_frame_that_is_forgotten_is_unknown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_KEPT", 3)
    motion = Motion()
    for number in range(1, 5):
        motion.put(frame(number, 180, 150))
    assert motion.since(1, 4) is None
    assert motion.since(2, 4) == pytest.approx((0.0, 0.0), abs=0.01)


@pytest.mark.parametrize("change", [{"source": "Another"}, {"turn": (0, True)}, {"turn": (180, False)}])
def test_another_source_or_another_turn_is_another_wall(change: dict[str, Any]) -> None:
    motion = Motion()
    motion.put(frame(1, 180, 150))
    motion.put(dataclasses.replace(frame(2, 180, 150), **change))
    assert motion.since(1, 2) is None


def test_another_size_is_another_wall() -> None:
    motion = Motion()
    motion.put(frame(1, 180, 150))
    motion.put(Frame(2, 0.0, 0.0, "Wall", frame(2, 180, 150).image[:200]))
    assert motion.since(1, 2) is None


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
