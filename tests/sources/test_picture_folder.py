from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest

from crackinspector.core.errors import SourceError
from crackinspector.sources import pictures
from crackinspector.sources.picture_folder import MOST_PIXELS, PictureFolder, read_bounded
from crackinspector.sources.source import EndOfSource
from tests.sources.clocks import FakeClock


def write(path: Path, shade: int, width: int = 20, height: int = 10) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    cv2.imwrite(str(path), np.full((height, width, 3), shade, np.uint8))
    return path


def positions(source: PictureFolder, count: int) -> list[str]:
    return [picture.position for _ in range(count) if (picture := source.read(5)) is not None]


def test_pictures_come_in_natural_order_again_and_again(tmp_path: Path) -> None:
    for name in ("b10.png", "b2.png", "sub/a.png"):
        write(tmp_path / name, 9)
    (tmp_path / "notes.txt").write_text("no picture")
    clock = FakeClock()
    source = PictureFolder(tmp_path, 2, clock=clock)
    info = source.open()
    assert (info.fps, info.live, info.width) == (0.5, False, 0)
    assert positions(source, 4) == ["b2.png", "b10.png", "sub/a.png", "b2.png"]
    assert clock.now() == 1006


def test_a_late_reader_misses_none(tmp_path: Path) -> None:
    for name in ("1.png", "2.png", "3.png"):
        write(tmp_path / name, 9)
    clock = FakeClock()
    source = PictureFolder(tmp_path, clock=clock)
    source.open()
    seen = []
    for _ in range(3):
        clock.time += 10
        seen += positions(source, 1)
    assert seen == ["1.png", "2.png", "3.png"]


def test_the_last_one_stays_for_its_time_before_the_end(tmp_path: Path) -> None:
    write(tmp_path / "1.png", 1)
    write(tmp_path / "2.png", 2)
    clock = FakeClock()
    source = PictureFolder(tmp_path, repeat=False, clock=clock)
    source.open()
    assert positions(source, 2) == ["1.png", "2.png"]
    assert source.read(0.5) is None
    with pytest.raises(EndOfSource):
        source.read(5)
    assert clock.now() == 1002


@pytest.mark.parametrize("repeat", [True, False])
def test_a_damaged_picture_is_passed_over_and_logged(
    repeat: bool, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    write(tmp_path / "1.png", 1)
    (tmp_path / "2.png").write_bytes(b"not a picture at all")
    source = PictureFolder(tmp_path, repeat=repeat, clock=FakeClock())
    source.open()
    assert positions(source, 1) == ["1.png"]
    if repeat:
        assert positions(source, 1) == ["1.png"]
    else:
        with pytest.raises(EndOfSource):
            source.read(5)
    assert "2.png" in caplog.text


def test_a_folder_without_a_readable_picture_is_an_error(tmp_path: Path) -> None:
    for name in ("1.png", "2.png"):
        (tmp_path / name).write_bytes(b"not a picture at all")
    source = PictureFolder(tmp_path, clock=FakeClock())
    source.open()
    with pytest.raises(SourceError, match="none of the pictures"):
        source.read(1)


def test_an_empty_folder_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="there is no picture in"):
        PictureFolder(tmp_path).open()


def test_a_single_picture_is_decoded_once_and_shown_again(tmp_path: Path) -> None:
    path = write(tmp_path / "wall.png", 77)
    source = PictureFolder(path, clock=FakeClock())
    source.open()
    first, second = source.read(1), source.read(1)
    assert first is not None and second is not None
    assert second.image is first.image
    assert second.captured_at > first.captured_at
    assert (first.image == 77).all()


def test_a_single_damaged_picture_says_what_is_wrong_with_it(tmp_path: Path) -> None:
    path = tmp_path / "wall.png"
    path.write_bytes(b"")
    source = PictureFolder(path, clock=FakeClock())
    source.open()
    with pytest.raises(SourceError, match=r"wall\.png: the file is empty"):
        source.read(1)


def test_a_large_picture_is_shrunk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "large.png"
    across = np.linspace(0, 255, 900).astype(np.uint8)
    cv2.imwrite(str(path), np.broadcast_to(across[None, :, None], (1100, 900, 3)).copy())
    assert read_bounded(path).shape == (1100, 900, 3)
    monkeypatch.setattr(pictures, "LARGE_PIXELS", 500_000)
    monkeypatch.setattr("crackinspector.sources.picture_folder.MOST_PIXELS", 120_000)
    image = read_bounded(path)
    assert image.shape == (1100 // 3, 900 // 3, 3)
    assert np.abs(image[100, :, 0].astype(int) - across[1::3]).max() <= 1
    assert MOST_PIXELS > 8_000_000
