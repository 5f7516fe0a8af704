from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from crackinspector.core.labels import Label
from crackinspector.training import sampling
from crackinspector.training.dataset import Record, find_records
from crackinspector.training.picture_cache import PictureCache
from crackinspector.training.sampling import LABELS, Mixture, Sampler

POSITIVE = LABELS.index(Label.POSITIVE)


@pytest.fixture
def records(pictures: Path) -> list[Record]:
    return find_records([pictures])


def test_a_batch_depends_on_seed_and_number_alone(records: list[Record]) -> None:
    one, two = Sampler(records, 64, 4, seed=3), Sampler(records, 64, 4, seed=3)
    two.batch(0)
    assert np.array_equal(one.batch(5).images, two.batch(5).images)
    assert not np.array_equal(one.batch(5).images, one.batch(6).images)
    assert not np.array_equal(one.batch(5).images, Sampler(records, 64, 4, seed=4).batch(5).images)


def test_batches_come_in_order_from_the_number_asked_for(records: list[Record]) -> None:
    sampler = Sampler(records, 64, 2, seed=0)
    for number, batch in enumerate(islice(sampler.batches(7), 4), 7):
        assert np.array_equal(batch.images, sampler.batch(number).images)


def test_shapes_and_ranges(records: list[Record]) -> None:
    batch = Sampler(records, 64, 16, seed=1).batch(0)
    assert batch.images.shape == (16, 64, 64, 3) and batch.images.dtype == np.uint8
    assert batch.masks.shape == (16, 32, 32, 1)
    assert batch.masks.min() >= 0 and batch.masks.max() <= 1
    assert set(batch.labels) <= {0, 1, 2} and set(batch.mask_weights) <= {0.0, 1.0}


def test_what_each_kind_of_picture_teaches(records: list[Record]) -> None:
    sampler = Sampler(records, 64, 200, seed=2)
    batch = sampler.batch(0)
    cracked = batch.labels == POSITIVE
    has_pixels = batch.masks.reshape(200, -1).max(axis=1) > 0
    known = batch.mask_weights > 0
    assert not has_pixels[~known].any()
    # known pixels and a counted label never contradict each other
    counted = known & (batch.label_weights > 0)
    assert has_pixels[counted & cracked].all()
    assert not has_pixels[counted & ~cracked].any()
    assert (~known & cracked).any() and (known & cracked).any() and (known & ~cracked).any()


def test_without_generated_cracks_an_intact_picture_stays_intact(records: list[Record]) -> None:
    intact = [record for record in records if record.label is Label.NEGATIVE]
    plain = Sampler(intact, 64, 60, seed=0, mixture=Mixture(generated=0.0)).batch(0)
    assert set(plain.labels) == {LABELS.index(Label.NEGATIVE)} and plain.masks.max() == 0
    painted = Sampler(intact, 64, 60, seed=0, mixture=Mixture(generated=1.0)).batch(0)
    assert set(painted.labels) == {POSITIVE} and painted.masks.reshape(60, -1).max(axis=1).mean() > 0.8


@given(
    width=st.integers(50, 400),
    height=st.integers(50, 400),
    wider=st.floats(1.0, 1.9),
    x=st.floats(-0.5, 0.5),
    y=st.floats(-0.5, 0.5),
)
def test_the_widest_tilt_leaves_every_corner_of_the_picture_in_view(
    width: int, height: int, wider: float, x: float, y: float
) -> None:
    slack = (wider - 1) * np.array([x, y])
    tilt = sampling._tilt_within(width, height, wider, slack)
    for angle in (tilt, -tilt):
        turn = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
        for corner in ((-0.5, -0.5), (-0.5, 0.5), (0.5, -0.5), (0.5, 0.5)):
            seen = turn @ ((np.array(corner) - slack) * (width, height))
            assert (np.abs(seen) <= np.array([width, height]) * wider / 2 + 1e-6).all()


def test_large_labelled_pictures_are_kept_small_and_masks_stay_in_step(records: list[Record]) -> None:
    masked = next(record for record in records if record.mask is not None)
    assert sampling._picture(masked.path, 40).shape == (40, 40, 3)
    assert sampling._picture(masked.path).shape[:2] == (128, 128)
    assert masked.mask is not None and sampling._mask(masked.mask).shape == (128, 128)


def test_the_cache_holds_no_more_than_its_limit_and_forgets_the_oldest() -> None:
    cache = PictureCache(250)
    loaded: list[str] = []

    def load(name: str, size: int = 100) -> NDArray[np.uint8]:
        def make() -> NDArray[np.uint8]:
            loaded.append(name)
            return np.full(size, len(name), np.uint8)

        return cache.get(name, make)

    for name in ("a", "b", "a", "c", "a", "b"):
        load(name)
    assert loaded == ["a", "b", "c", "b"] and cache.held_bytes == 200
    assert load("huge", 300).size == 300
    assert cache.held_bytes == 200
    load("a")
    assert loaded[-1] == "huge"


def test_threads_share_the_cache() -> None:
    cache = PictureCache(500)

    def look(number: int) -> bool:
        value = number % 11
        return bool((cache.get(value, lambda: np.full(100, value, np.uint8)) == value).all())

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(look, range(3000)))
    assert cache.held_bytes == 500


def test_a_small_source_is_not_drowned(records: list[Record]) -> None:
    negatives = [record for record in records if record.label is Label.NEGATIVE]
    wall = [record for record in negatives if record.source == "wall"]
    floor = [record for record in negatives if record.source == "floor"][:1]
    drawn: Counter[bool] = Counter()
    batch = Sampler([*wall, *floor], 64, 300, seed=0, mixture=Mixture(generated=0, decoy=0)).batch(0)
    # floors are much darker than walls, and colour changes cannot hide that on average
    for image in batch.images:
        drawn[bool(image.mean() < 125)] += 1
    assert drawn[True] > 300 * 0.2
