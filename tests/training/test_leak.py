from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from crackinspector.core.errors import UsageError
from crackinspector.core.labels import Label
from crackinspector.sources import cracks
from crackinspector.training.dataset import Record
from crackinspector.training.leak import fine_structure, likeness, mend, perceptual_hash
from crackinspector.training.prepare import without_leaks
from crackinspector.training.splits import Split


def surface(seed: int, side: int = 160) -> NDArray[np.uint8]:
    rng = np.random.default_rng(seed)
    shade = cv2.resize(rng.normal(140, 14, (6, 6, 3)).astype(np.float32), (side, side), interpolation=cv2.INTER_CUBIC)
    image = np.asarray(np.clip(shade + rng.normal(0, 5, (side, side, 1)), 0, 255), np.uint8)
    network = cracks.random_crack(rng, (side, side), 4.0)
    return cracks.paint(image, cracks.coverage(network, (side, side)), 0.8, 0.6, rng)


def saved(folder: Path, name: str, image: NDArray[np.uint8], quality: int = 95, source: str = "wall") -> Record:
    path = folder / f"{name}.jpg"
    assert cv2.imwrite(str(path), image, [cv2.IMWRITE_JPEG_QUALITY, quality])
    return Record(path, source, Label.POSITIVE, name)


def test_the_hash_survives_recompression_and_size_but_not_another_view() -> None:
    image = surface(1)
    _, data = cv2.imencode(".jpg", image, [cv2.IMWRITE_JPEG_QUALITY, 40])
    decoded = cv2.imdecode(data, cv2.IMREAD_COLOR)
    assert decoded is not None
    again = np.asarray(cv2.resize(decoded, (120, 120), interpolation=cv2.INTER_AREA), np.uint8)
    assert (perceptual_hash(image) ^ perceptual_hash(again)).bit_count() <= 6
    distances = [(perceptual_hash(image) ^ perceptual_hash(surface(n))).bit_count() for n in range(2, 12)]
    assert min(distances) > 12


def test_likeness_knows_a_shifted_view_and_a_bare_wall() -> None:
    image = surface(3, 200)
    assert likeness(fine_structure(image[:180, :180]), fine_structure(image[6:186, 9:189])) > 0.85
    assert likeness(fine_structure(image[:180, :180]), fine_structure(surface(4, 180))) < 0.6
    bare = np.full((64, 64, 3), 90, np.uint8)
    assert likeness(fine_structure(bare), fine_structure(bare)) == 0


def test_a_leak_is_found_and_moved_to_the_strictest_share(tmp_path: Path) -> None:
    train = [saved(tmp_path, f"{n:05d}", surface(n)) for n in range(20)]
    test = [saved(tmp_path, f"{n + 500:05d}", surface(n + 500)) for n in range(4)]
    val = [saved(tmp_path, f"{n + 900:05d}", surface(n + 900)) for n in range(4)]
    twin = saved(tmp_path, "00510", surface(10), quality=60)
    split, found = mend(Split(tuple(train), tuple(val), (*test, twin)))
    assert [{t.first.group, t.second.group} for t in found.twins] == [{"00010", "00510"}]
    # The twin and its two neighbours on either side are no longer trained on.
    assert found.moved == {("wall", f"{n:05d}"): "test" for n in range(8, 13)}
    assert not {r.group for r in split.train} & {f"{n:05d}" for n in range(8, 13)}
    assert len(split.test) == 10
    assert "00510.jpg" in found.to_markdown()
    assert mend(split)[1].twins == ()


def test_neighbours_that_move_may_have_twins_of_their_own(tmp_path: Path) -> None:
    train = [saved(tmp_path, f"{n:05d}", surface(n)) for n in range(12)]
    elsewhere = saved(tmp_path, "photo", surface(6), source="other")
    test = saved(tmp_path, "00700", surface(5))
    split, _ = mend(Split((*train, elsewhere), (), (test,)))
    assert elsewhere in split.test


def test_a_clean_split_stays_as_it_is(tmp_path: Path) -> None:
    records = [saved(tmp_path, f"{n:05d}", surface(n)) for n in range(6)]
    split = Split(tuple(records[:3]), tuple(records[3:5]), tuple(records[5:]))
    mended, found = mend(split)
    assert mended == split
    assert found.twins == ()


def test_leaks_are_mended_refused_or_left_as_asked(tmp_path: Path) -> None:
    train = [saved(tmp_path, f"{n:05d}", surface(n)) for n in range(6)]
    val = [saved(tmp_path, "00503", surface(3), quality=60)]
    split = Split(tuple(train), tuple(val), ())
    assert without_leaks(split, "ignore")[0] == split
    assert len(without_leaks(split, "mend")[0].train) < len(train)
    with pytest.raises(UsageError, match=r"same view .*00503"):
        without_leaks(split, "refuse")
