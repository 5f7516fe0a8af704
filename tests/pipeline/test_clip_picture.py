from __future__ import annotations

import dataclasses

import numpy as np
import pytest
from numpy.typing import NDArray

from crackinspector.core.frame import Frame
from crackinspector.core.labels import Label
from crackinspector.core.settings import ViewSettings
from crackinspector.pipeline.clip_picture import Shot, draw_shot
from tests.library import snapshots

FRAME = snapshots.frame(width=640, height=360)


def drawn(shot: Shot, **view: object) -> NDArray[np.uint8]:
    return draw_shot(shot, dataclasses.replace(ViewSettings(regions=False), **view))  # type: ignore[arg-type]


def shot_after(seconds: float, label: Label | None = None) -> Shot:
    """A shot whose detection is of a frame that is so much older."""
    detection = dataclasses.replace(snapshots.detection(FRAME), captured_at=FRAME.captured_at - seconds)
    return Shot(0, FRAME, detection, label)


def change(image: NDArray[np.uint8]) -> NDArray[np.int_]:
    """How much each pixel of the frame differs from what the camera saw."""
    changed: NDArray[np.int_] = np.abs(image[: FRAME.height].astype(int) - FRAME.image).max(axis=2)
    return changed


def test_the_map_lies_over_its_view_and_the_frame_stays_as_it_is() -> None:
    before = FRAME.image.copy()
    changed = change(drawn(shot_after(0)))
    assert np.array_equal(FRAME.image, before)
    assert changed[180, 340:].min() > 30
    assert not changed[:, :320].any()
    assert not changed[:140].any()


def test_an_old_map_fades_and_is_gone() -> None:
    strength = [int(change(drawn(shot_after(age))).sum()) for age in (0.0, 0.5, 0.75, 1.0, 9.0)]
    assert strength[0] == strength[1] > strength[2] > strength[3] == strength[4] == 0


def test_map_and_regions_are_drawn_as_the_settings_say() -> None:
    assert not change(drawn(shot_after(0), heat_map=False)).any()
    assert not change(drawn(shot_after(0), opacity=0.0)).any()
    assert change(drawn(shot_after(0), heat_map=False, regions=True)).any()
    inferno, viridis = drawn(shot_after(0)), drawn(shot_after(0), colour_map="viridis")
    assert not np.array_equal(inferno, viridis)


def test_the_bar_tells_the_steadied_label_by_shape_and_colour() -> None:
    bars = [drawn(shot_after(0, label))[FRAME.height :] for label in (None, *Label)]
    assert np.array_equal(bars[0], bars[list(Label).index(Label.POSITIVE) + 1])
    assert len({bar.tobytes() for bar in bars}) == len(Label)


def test_without_a_fresh_detection_the_bar_claims_nothing() -> None:
    nothing = drawn(Shot(0, FRAME))
    assert np.array_equal(nothing, drawn(shot_after(5)))
    assert np.array_equal(nothing[: FRAME.height], FRAME.image)


@pytest.mark.parametrize(("width", "height"), [(160, 120), (640, 480), (720, 1280), (4056, 3040)])
def test_every_shot_of_a_size_is_drawn_in_one_size(width: int, height: int) -> None:
    frame = Frame(1, 5.0, snapshots.MIDNIGHT, "A camera with a long name " * 5, np.zeros((height, width, 3), np.uint8))
    detection = snapshots.detection(frame)
    shots = [Shot(0, frame), *(Shot(0, frame, detection, label) for label in Label)]
    shapes = {drawn(shot).shape for shot in shots}
    assert len(shapes) == 1
    assert shapes.pop()[1] == width
