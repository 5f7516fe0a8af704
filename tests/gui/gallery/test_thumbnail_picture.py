from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image

from crackinspector.core.errors import PictureError
from crackinspector.gui.gallery.thumbnail_cache import SIDE
from crackinspector.gui.gallery.thumbnail_picture import fitted, make_thumbnail, thumbnail_name
from tests.gui.gallery.pictures import row, with_map
from tests.sources.picture_files import encode, png, scene


def test_it_is_upright_and_small(tmp_path: Path) -> None:
    path = tmp_path / "picture.jpg"
    path.write_bytes(encode(Image.fromarray(scene(1280, 960)), "JPEG", 6))
    assert make_thumbnail(row(path), with_map=False).shape == (SIDE, SIDE * 3 // 4, 3)


def test_sixteen_bits_are_shown(tmp_path: Path) -> None:
    samples = np.linspace(0, 65535, 40 * 30, dtype=np.uint16).reshape(30, 40, 1)
    path = tmp_path / "picture.png"
    path.write_bytes(png(samples, 0, 16))
    made = make_thumbnail(row(path), with_map=False)
    assert made.shape == (30, 40, 3) and made[0].mean() < 20 and made[-1].mean() > 230


def test_a_picture_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    with pytest.raises(PictureError):
        make_thumbnail(row(tmp_path / "nowhere.jpg"), with_map=False)


def test_the_crack_map_lies_over_the_part_that_the_model_saw(tmp_path: Path) -> None:
    image = np.full((400, 800, 3), 100, np.uint8)
    crack_map = np.full((100, 100), 255, np.uint8)
    made = with_map(tmp_path / "library", image, crack_map, (400, 0, 400, 400))
    plain, mapped = (make_thumbnail(made, on) for on in (False, True))
    assert (mapped[:, : SIDE // 2] == plain[:, : SIDE // 2]).all()
    changed = np.abs(mapped[:, SIDE // 2 :].astype(int) - plain[:, SIDE // 2 :]).max(axis=2)
    assert (changed > 20).all()


def test_a_hairline_is_still_seen(tmp_path: Path) -> None:
    image = np.full((1600, 1600, 3), 100, np.uint8)
    crack_map = np.zeros((1600, 1600), np.uint8)
    crack_map[:, 801] = 255
    made = with_map(tmp_path / "library", image, crack_map, (0, 0, 1600, 1600))
    difference = make_thumbnail(made, True).astype(int) - make_thumbnail(made, False)
    assert (np.abs(difference).max(axis=(1, 2)) > 20).all()


def test_a_map_that_is_lost_is_left_out(tmp_path: Path) -> None:
    made = with_map(
        tmp_path / "library", np.full((40, 40, 3), 9, np.uint8), np.full((4, 4), 255, np.uint8), (0, 0, 40, 40)
    )
    assert made.map is not None
    made.map.unlink()
    assert (make_thumbnail(made, True) == make_thumbnail(made, False)).all()


def test_names_tell_what_is_drawn(tmp_path: Path) -> None:
    made = row(tmp_path / "p.jpg")
    mapped = row(tmp_path / "p.jpg", map=tmp_path / f"{64 * 'b'}.png")
    assert thumbnail_name(made, True) == thumbnail_name(mapped, False) == made.id
    assert thumbnail_name(mapped, True) == f"{made.id}-{16 * 'b'}"


@pytest.mark.parametrize(
    ("size", "expected"),
    [
        ((400, 300), (200, 150)),
        ((300, 300), (200, 150)),
        ((1600, 900), (200, 150)),
        ((300, 400), (112, 150)),
        ((1000, 100), (200, 20)),
        ((20, 15), (200, 150)),
    ],
)
def test_a_place_is_filled_where_little_is_lost(size: tuple[int, int], expected: tuple[int, int]) -> None:
    image = cv2.resize(scene(40, 30), size)
    made = fitted(np.asarray(image, np.uint8), (200, 150))
    assert made.shape[1::-1] == expected
