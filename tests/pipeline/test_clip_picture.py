from __future__ import annotations

import dataclasses

import numpy as np
import pytest
from numpy.typing import NDArray

from crackinspector.core.frame import Frame
from crackinspector.core.labels import Label
from crackinspector.core.settings import ViewSettings
from crackinspector.pipeline import clip_picture
from crackinspector.pipeline.clip_picture import Shot, draw_shot
from crackinspector.pipeline.steady import Verdict
from tests.library import snapshots

FRAME = snapshots.frame(width=640, height=360)


def drawn(shot: Shot, **view: object) -> NDArray[np.uint8]:
    return draw_shot(shot, dataclasses.replace(ViewSettings(regions=False), **view))  # type: ignore[arg-type]


def verdict_of(label: Label | None, score: float = 0.97) -> Verdict | None:
    return None if label is None else Verdict(label, score, 0.0, False, 0.4)


def shot_after(seconds: float, label: Label | None = None, score: float = 0.97) -> Shot:
    """A shot whose detection is of a frame that is so much older."""
    detection = dataclasses.replace(snapshots.detection(FRAME), captured_at=FRAME.captured_at - seconds)
    return Shot(0, FRAME, detection, verdict_of(label, score))


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


def test_where_results_come_seldom_the_map_stays_for_longer_if_it_is_known_where() -> None:
    slow = dataclasses.replace(shot_after(1.5), whole_until=2.0)
    assert not change(drawn(slow)).any()
    here = change(drawn(dataclasses.replace(slow, moved=(0.0, 0.0))))
    assert np.array_equal(here, change(drawn(shot_after(0))))


@pytest.mark.parametrize("moved", [(-0.2, 0.25), (0.3, 0.0), (0.0, -0.45), (0.9, 0.9), (-1.5, 0.0)])
def test_map_and_regions_are_drawn_where_the_crack_is_now(moved: tuple[float, float]) -> None:
    at_first = change(drawn(shot_after(0)))
    now = change(drawn(dataclasses.replace(shot_after(0), moved=moved)))
    right, down = round(moved[0] * FRAME.width), round(moved[1] * FRAME.height)
    height, width = at_first.shape
    expected = np.zeros_like(at_first, dtype=bool)
    for y, x in np.argwhere(at_first > 30):
        if 0 <= y + down < height and 0 <= x + right < width:
            expected[y + down, x + right] = True
    assert ((now > 30) != expected).mean() < 0.01
    assert drawn(dataclasses.replace(shot_after(0), moved=moved), regions=True).shape == (360 + 46, 640, 3)


def test_the_bar_says_how_sure_its_word_is(monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    bar = clip_picture._bar

    def noted(*words: object) -> NDArray[np.uint8]:
        said.append(str(words[3]))
        return bar(*words)

    monkeypatch.setattr(clip_picture, "_bar", noted)
    for label, score in ((Label.POSITIVE, 0.97), (Label.NEGATIVE, 0.03), (Label.UNKNOWN, 0.03), (None, 0.5)):
        drawn(shot_after(0, label, score))
    assert said == ["97 %", "97 %", "", "97 %"]


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
    shots = [Shot(0, frame), *(Shot(0, frame, detection, verdict_of(label)) for label in Label)]
    shapes = {drawn(shot).shape for shot in shots}
    assert len(shapes) == 1
    assert shapes.pop()[1] == width
