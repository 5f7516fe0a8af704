from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from crackinspector.gui.gallery import thumbnails as module
from crackinspector.gui.gallery.thumbnail_cache import ThumbnailCache
from crackinspector.gui.gallery.thumbnail_picture import make_thumbnail
from crackinspector.gui.gallery.thumbnails import Thumbnails, Trouble
from crackinspector.library.queries import Row
from tests.gui.gallery.pictures import row


@pytest.fixture
def made(qtbot: QtBot, tmp_path: Path) -> Iterator[Thumbnails]:
    thumbnails = Thumbnails(ThumbnailCache(tmp_path / "thumbnails"))
    yield thumbnails
    assert thumbnails.stop()
    thumbnails.deleteLater()


def picture(folder: Path, number: int) -> Row:
    """A picture whose grey is its number."""
    path = folder / f"{number}.png"
    path.write_bytes(cv2.imencode(".png", np.full((30, 40, 3), number, np.uint8))[1].tobytes())
    return row(path, number=number, id=f"{number:064x}")


def grey(image: object) -> int:
    assert isinstance(image, QImage)
    return image.pixelColor(2, 2).red()


def test_what_is_wanted_arrives_at_the_size_that_is_asked_for(made: Thumbnails, tmp_path: Path, qtbot: QtBot) -> None:
    one = picture(tmp_path, 100)
    made.set_room(20, 15)
    assert made.get(one) is None
    with qtbot.waitSignal(made.arrived) as arrived:
        made.want([one])
    image = made.get(one)
    assert arrived.args == [[100]] and isinstance(image, QImage)
    assert (image.width(), image.height(), grey(image)) == (20, 15, 100)


def test_another_size_is_made_anew_and_the_old_one_shown_until_then(
    made: Thumbnails, tmp_path: Path, qtbot: QtBot
) -> None:
    one = picture(tmp_path, 100)
    made.set_room(20, 15)
    with qtbot.waitSignal(made.arrived):
        made.want([one])
    made.set_room(8, 6)
    old = made.get(one)
    assert isinstance(old, QImage) and old.width() == 20
    with qtbot.waitSignal(made.arrived):
        made.want([one])
    new = made.get(one)
    assert isinstance(new, QImage) and new.width() == 8


def test_it_is_kept_on_disk(made: Thumbnails, tmp_path: Path, qtbot: QtBot) -> None:
    one = picture(tmp_path, 100)
    with qtbot.waitSignal(made.arrived):
        made.want([one])
    one.picture.unlink()
    other = Thumbnails(ThumbnailCache(tmp_path / "thumbnails"))
    with qtbot.waitSignal(other.arrived):
        other.want([one])
    assert grey(other.get(one)) == pytest.approx(100, abs=3)
    assert other.stop()


def test_a_missing_and_a_damaged_picture_say_so_until_they_are_tried_again(
    made: Thumbnails, tmp_path: Path, qtbot: QtBot
) -> None:
    missing, damaged = picture(tmp_path, 1), picture(tmp_path, 2)
    missing.picture.unlink()
    damaged.picture.write_bytes(b"\x89PNG nothing")
    made.want([missing, damaged])
    qtbot.waitUntil(lambda: None not in (made.get(missing), made.get(damaged)))
    assert (made.get(missing), made.get(damaged)) == (Trouble.MISSING, Trouble.DAMAGED)
    picture(tmp_path, 1)
    made.want([missing])
    assert made.get(missing) is Trouble.MISSING
    made.try_again()
    with qtbot.waitSignal(made.arrived):
        made.want([missing])
    assert grey(made.get(missing)) == 1


def test_what_is_scrolled_past_is_not_made(
    made: Thumbnails, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [picture(tmp_path, number) for number in range(1, 21)]
    hold, begun = threading.Event(), []

    def slow(row: Row, with_map: bool, plain: NDArray[np.uint8] | None = None) -> NDArray[np.uint8]:
        begun.append(row.number)
        assert hold.wait(10)
        return make_thumbnail(row, with_map, plain)

    monkeypatch.setattr(module, "make_thumbnail", slow)
    made.want(rows[:10])
    qtbot.waitUntil(lambda: bool(begun))
    made.want(rows[10:])
    early = list(begun)
    hold.set()
    qtbot.waitUntil(lambda: made.get(rows[-1]) is not None)
    assert set(begun) - set(early) == set(range(11, 21))
    assert all(made.get(each) is None for each in rows[:10] if each.number not in early)


def test_the_memory_is_bounded_and_the_newest_stay(tmp_path: Path, qtbot: QtBot) -> None:
    bytes_of_one = 4 * 20 * 15
    made = Thumbnails(None, most_bytes=3 * bytes_of_one)
    made.set_room(20, 15)
    rows = [picture(tmp_path, number) for number in range(1, 8)]
    for one in rows:
        with qtbot.waitSignal(made.arrived):
            made.want([one])
    assert [one.number for one in rows if made.get(one) is not None] == [5, 6, 7]
    assert made.stop()


def test_what_is_on_screen_is_kept_however_much_it_is(tmp_path: Path, qtbot: QtBot) -> None:
    made = Thumbnails(None, most_bytes=3 * 4 * 20 * 15)
    made.set_room(20, 15)
    rows = [picture(tmp_path, number) for number in range(1, 8)]
    made.want(rows)
    qtbot.waitUntil(lambda: all(made.get(one) is not None for one in rows))
    other = picture(tmp_path, 9)
    with qtbot.waitSignal(made.arrived):
        made.want([other])
    assert [one.number for one in (*rows, other) if made.get(one) is not None] == [6, 7, 9]
    assert made.stop()


def test_nothing_is_made_after_the_end(made: Thumbnails, tmp_path: Path, qtbot: QtBot) -> None:
    made.want([picture(tmp_path, number) for number in range(1, 60)])
    assert made.stop()
    assert made.get(picture(tmp_path, 59)) is None


def test_the_cache_is_tidied_when_there_is_nothing_else_to_do(
    made: Thumbnails, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = threading.Event()
    monkeypatch.setattr(ThumbnailCache, "tidy", lambda cache: done.set())
    with qtbot.waitSignal(made.arrived):
        made.want([picture(tmp_path, 7)])
    assert done.wait(5)
