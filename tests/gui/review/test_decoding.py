from __future__ import annotations

import dataclasses
from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image

from crackinspector.core.errors import PictureError
from crackinspector.gui.review.decoding import decode, pyramid, read_detection
from crackinspector.gui.review.loaded import Loaded
from crackinspector.library import queries
from crackinspector.library.events import Draft, Kind
from crackinspector.library.facts import read_facts
from crackinspector.library.state import state_of
from crackinspector.library.store import Change, Library
from tests.gui.review.conftest import HEIGHT, WIDTH, load, numbers_in, wall


def test_each_level_is_half_of_the_one_before() -> None:
    levels = pyramid(wall(0, 1001, 300))
    assert [level.shape[:2] for level in levels] == [(300, 1001), (150, 501), (75, 251)]
    assert np.abs(levels[1].astype(int) - levels[0][::2, ::2]).max() <= 2
    assert len(pyramid(np.zeros((1, 1, 3), np.uint8))) == 1


def load_file(folder: Path, picture: Path, most_pixels: int) -> Loaded:
    """A picture in a new library, decoded."""
    with Library(folder, create=True) as library:
        facts = read_facts(picture)
        staged = library.run / f"{facts.sha256}.test"
        staged.write_bytes(picture.read_bytes())
        made = [Draft(Kind.IMPORT, "ann", {"name": picture.name, "source": "", "taken": None})]
        library.commit([Change(facts.sha256, lambda known: made, facts=facts, picture=staged)])
        sidecar = library.sidecar(facts.sha256)
        number = queries.find(library, facts.sha256)
        assert number is not None
        row = queries.rows(library, [number])[number]
    return decode(folder, row, sidecar, state_of(sidecar.facts, sidecar.events), most_pixels)


@pytest.mark.parametrize("orientation", [1, 6])
def test_a_reduced_picture_is_upright_and_lies_where_the_whole_one_does(tmp_path: Path, orientation: int) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    Image.fromarray(wall()[..., ::-1].copy()).save(tmp_path / "wall.png", exif=exif)
    whole = load_file(tmp_path / "whole", tmp_path / "wall.png", WIDTH * HEIGHT)
    reduced = load_file(tmp_path / "reduced", tmp_path / "wall.png", WIDTH * HEIGHT // 3)
    upright = (WIDTH, HEIGHT) if orientation == 6 else (HEIGHT, WIDTH)
    assert whole.levels[0].shape[:2] == upright
    assert reduced.levels[0].shape[:2] == (upright[0] // 2, upright[1] // 2)
    wanted = cv2.resize(whole.levels[0], upright[::-1], interpolation=cv2.INTER_AREA)[::2, ::2]
    assert np.abs(reduced.levels[0].astype(int) - wanted).max() <= 2


def test_a_picture_without_a_model_has_no_detection(tmp_path: Path) -> None:
    Image.fromarray(wall()).save(tmp_path / "wall.jpg")
    loaded = load_file(tmp_path / "library", tmp_path / "wall.jpg", 10**9)
    assert loaded.detection is None and not loaded.masks and not loaded.notices


def test_what_a_model_said_is_read_with_its_map_over_its_view(folder: Path) -> None:
    loaded = load(folder, numbers_in(folder)[0])
    event = loaded.state.detection
    assert event is not None
    body = {**event.body, "view": {"x": 160, "y": 120, "w": 320, "h": 240}}
    detection = read_detection(folder, dataclasses.replace(event, body=body), loaded.sidecar.facts)
    assert (detection.view.x, detection.view.y, detection.view.w, detection.view.h) == (0.25, 0.25, 0.5, 0.5)
    assert detection.crack_map.shape == (48, 64) and detection.model == "stand-in"
    bare = read_detection(folder, dataclasses.replace(event, body={**body, "map": None}), loaded.sidecar.facts)
    assert bare.crack_map.max() == 0
    gone = dataclasses.replace(event, body={**body, "map": "ab" * 32})
    with pytest.raises(PictureError, match="backup"):
        read_detection(folder, gone, loaded.sidecar.facts)
