from __future__ import annotations

import json
from pathlib import Path

import cv2
import numpy as np
import pytest

from crackinspector.core.errors import SourceError
from crackinspector.core.shipped import shipped_folder
from crackinspector.sources.demo_camera import HEIGHT, LAP_SECONDS, WIDTH, DemoCamera, truth
from crackinspector.sources.demo_wall import demo_wall
from crackinspector.sources.pictures import open_picture
from crackinspector.sources.source import Picture
from tests.sources.clocks import FakeClock
from tests.sources.make_demo_resource import MADE_FROM

FOLDER = shipped_folder("resources") / "demo"


def pictures_at(*times: float) -> list[Picture]:
    """What the camera shows at these times after it was opened."""
    clock = FakeClock()
    camera = DemoCamera(30, clock)
    camera.open()
    start = clock.now()
    found = []
    for moment in times:
        clock.time = start + moment
        picture = camera.read(0)
        assert picture is not None
        found.append(picture)
    return found


def test_it_is_a_live_source_of_pictures_at_the_promised_rate() -> None:
    camera = DemoCamera(25, FakeClock())
    info = camera.open()
    assert (info.key, info.width, info.height, info.fps, info.live) == ("demo", WIDTH, HEIGHT, 25, True)
    pictures = [camera.read(1) for _ in range(50)]
    times = [picture.captured_at for picture in pictures if picture is not None]
    assert np.diff(times) == pytest.approx(1 / 25)
    assert camera.read(0.01) is None


def test_pictures_are_the_readers_own_and_of_the_right_kind() -> None:
    first, second = pictures_at(0, 0.1)
    assert first.image.shape == (HEIGHT, WIDTH, 3)
    assert first.image.dtype == np.uint8
    assert first.image.flags.owndata
    assert first.image.flags.c_contiguous
    assert not np.shares_memory(first.image, second.image)


def test_the_same_time_shows_the_same_picture() -> None:
    one, other = pictures_at(3.3)[0], pictures_at(1, 2, 3.3)[2]
    np.testing.assert_array_equal(one.image, other.image)
    assert one.position == other.position


def test_the_course_is_closed_and_smooth() -> None:
    clock = FakeClock()
    camera = DemoCamera(1, clock)
    camera.open()
    pictures = [camera.read(1) for _ in range(int(LAP_SECONDS) + 1)]
    places = np.array([[int(part) for part in picture.position.split(", ")] for picture in pictures if picture])
    assert len(places) == LAP_SECONDS + 1
    np.testing.assert_array_equal(places[0], places[-1])
    # a tenth of the picture in a second
    assert np.abs(np.diff(places, axis=0)).max() < WIDTH / 10
    assert (places.min(axis=0) < [5, 5]).all()
    assert (places.max(axis=0) > [2230, 770]).all()


def test_the_same_spot_has_other_noise_in_the_next_picture() -> None:
    one, other = pictures_at(LAP_SECONDS * 0.38, LAP_SECONDS * 0.38 + 1 / 30)
    assert (one.position, other.position) == ("0, 390", "0, 388")
    apart = one.image[:-2].astype(int) - other.image[2:]
    assert 1.5 < apart.std() < 4


def test_the_truth_lies_on_the_cracks_of_its_picture() -> None:
    picture = pictures_at(0)[0]
    found = truth(picture.position)
    assert found.mask.shape == picture.image.shape[:2]
    light = cv2.cvtColor(picture.image, cv2.COLOR_BGR2GRAY)
    around = cv2.dilate(found.mask, np.ones((25, 25), np.uint8)) > 0
    assert light[found.mask > 0].mean() < 0.6 * light[around & (found.mask == 0)].mean()
    x, y, w, h = found.boxes[0]
    assert found.mask[y : y + h, x : x + w].any(axis=1).all()
    inside = np.zeros_like(found.mask)
    for x, y, w, h in found.boxes:
        inside[y : y + h, x : x + w] = 255
    assert not (found.mask & ~inside).any()


def test_the_course_shows_cracks_and_intact_wall() -> None:
    shown = [bool(truth(picture.position).mask.any()) for picture in pictures_at(*range(0, int(LAP_SECONDS), 2))]
    assert shown[0]
    assert shown.count(True) >= 10
    assert shown.count(False) >= 6


def test_a_position_off_the_wall_is_refused() -> None:
    for position in ("-1, 0", "5000, 0", "0, 781"):
        with pytest.raises(ValueError, match="not on the demo wall"):
            truth(position)


def test_the_shipped_wall_is_the_generated_one() -> None:
    assert json.loads((FOLDER / "wall.json").read_text()) == MADE_FROM
    wall = demo_wall(**MADE_FROM)
    shipped = open_picture(FOLDER / "wall.jpg").pixels()
    mask = open_picture(FOLDER / "wall-mask.png").pixels()[..., 0]
    # JPEG and other versions of the libraries shift a little, no more
    assert np.abs(shipped.astype(np.int16) - wall.image).mean() < 4
    assert np.count_nonzero(mask != wall.mask) < 0.01 * np.count_nonzero(mask)
    assert sum(path.stat().st_size for path in FOLDER.iterdir()) < 1_600_000


def test_it_opens_again_after_it_was_closed() -> None:
    camera = DemoCamera(30, FakeClock())
    for _ in range(2):
        camera.open()
        assert camera.read(0) is not None
        camera.close()
        camera.close()
        with pytest.raises(SourceError, match="closed"):
            camera.read(0)


def test_a_missing_wall_is_said_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("crackinspector.sources.demo_camera.shipped_folder", lambda name: tmp_path)
    with pytest.raises(SourceError, match=r"missing from this installation: .*wall\.jpg"):
        DemoCamera().open()
