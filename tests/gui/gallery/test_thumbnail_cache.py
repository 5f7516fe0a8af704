from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest

from crackinspector.gui.gallery import thumbnail_cache as module
from crackinspector.gui.gallery.thumbnail_cache import SIDE, ThumbnailCache, cache_folder

NAME = "ab" + 62 * "0"
GREY = np.full((24, 32, 3), 128, np.uint8)


def files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_what_is_kept_is_read_again_by_another(tmp_path: Path) -> None:
    ThumbnailCache(tmp_path).write(NAME, GREY)
    kept = ThumbnailCache(tmp_path).read(NAME)
    assert kept is not None and np.abs(kept.astype(int) - GREY).max() < 4
    (file,) = files(tmp_path)
    assert file.name == f"{NAME}.jpg"


def test_what_was_never_kept_is_not_there(tmp_path: Path) -> None:
    assert ThumbnailCache(tmp_path).read(NAME) is None


@pytest.mark.parametrize("damage", [b"", b"not a picture", None])
def test_a_damaged_one_is_taken_away(tmp_path: Path, damage: bytes | None) -> None:
    cache = ThumbnailCache(tmp_path)
    cache.write(NAME, GREY)
    (file,) = files(tmp_path)
    file.write_bytes(file.read_bytes()[:-40] if damage is None else damage)
    assert cache.read(NAME) is None
    assert files(tmp_path) == []
    cache.write(NAME, GREY)
    assert cache.read(NAME) is not None


def test_one_that_is_too_large_is_none(tmp_path: Path) -> None:
    cache = ThumbnailCache(tmp_path)
    cache.write(NAME, np.zeros((SIDE + 1, 8, 3), np.uint8))
    assert cache.read(NAME) is None


def test_the_oldest_go_where_there_are_too_many(tmp_path: Path) -> None:
    cache = ThumbnailCache(tmp_path)
    names = [f"{number:064x}" for number in range(8)]
    for age, name in enumerate(names):
        cache.write(name, GREY)
        (file,) = (file for file in files(tmp_path) if file.stem == name)
        os.utime(file, (1_000_000 + age, 1_000_000 + age))
    size = file.stat().st_size
    ThumbnailCache(tmp_path, most_bytes=5 * size).trim()
    assert sorted(file.stem for file in files(tmp_path)) == names[4:]
    ThumbnailCache(tmp_path, most_bytes=5 * size).trim()
    assert len(files(tmp_path)) == 4


def test_each_run_tidies_up_once_and_again_after_many(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_WRITES", 10)
    cache = ThumbnailCache(tmp_path, most_bytes=2000)
    cache.write(f"{0:064x}", GREY)
    size = files(tmp_path)[0].stat().st_size
    counts = []
    for number in range(1, 24):
        cache.write(f"{number:064x}", GREY)
        cache.tidy()
        counts.append(len(files(tmp_path)))
    most = 2000 // size
    assert counts[0] == 2 and max(counts) == 12 and min(counts[11:]) <= most


def test_where_nothing_can_be_written_nothing_is_kept_and_nobody_stumbles(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file where the folder should be")
    cache = ThumbnailCache(tmp_path / "cache")
    cache.write(NAME, GREY)
    cache.write(NAME, GREY)
    assert cache.read(NAME) is None


def test_the_folder_is_where_caches_are(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert cache_folder() == tmp_path / "crackinspector" / "thumbnails"
    monkeypatch.setenv("XDG_CACHE_HOME", "relative")
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    assert cache_folder() == tmp_path / "home" / ".cache" / "crackinspector" / "thumbnails"
