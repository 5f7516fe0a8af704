from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from crackinspector.gui.library.access import LibraryAccess
from crackinspector.gui.review import loader as module
from crackinspector.gui.review.budget import Budget
from crackinspector.gui.review.decoding import decode
from crackinspector.gui.review.loaded import Loaded
from crackinspector.gui.review.loader import PictureLoader
from crackinspector.library import queries, verdicts
from crackinspector.library.events import Verdict
from crackinspector.library.layout import map_path
from crackinspector.library.store import Library
from tests.gui.review.conftest import HEIGHT, WIDTH, Shelf, load, wall

LEVELS = 4 * WIDTH * HEIGHT
"""Bytes of a picture with its halves, nearly."""


@pytest.fixture
def loader(shelf: Shelf) -> Iterator[PictureLoader]:
    loader = PictureLoader(shelf.access)
    yield loader
    assert loader.stop()


def test_what_is_wanted_is_there_as_it_is_on_the_disk(loader: PictureLoader, shelf: Shelf, qtbot: QtBot) -> None:
    first, second = shelf.numbers[:2]
    assert loader.get(first) is None
    loader.want([first, second])
    qtbot.waitUntil(lambda: loader.get(first) is not None and loader.get(second) is not None)
    loaded = loader.get(first)
    assert loaded is not None
    assert (loaded.levels[0] == wall(0)).all()
    assert [level.shape[:2] for level in loaded.levels] == [(480, 640), (240, 320), (120, 160)]
    assert loaded.detection is not None and loaded.detection.crack_map.shape == (48, 64)
    assert loaded.state.name == "wall0.png"
    assert [finding.box for finding in loaded.state.findings] == [(80, 200, 200, 80), (400, 60, 100, 60)]


def test_the_first_is_decoded_first(
    loader: PictureLoader, shelf: Shelf, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_THREADS", 1)
    order: list[int] = []
    loader.loaded.connect(lambda loaded: order.append(loaded.row.number))
    wanted = [shelf.numbers[2], shelf.numbers[4], shelf.numbers[0]]
    loader.want(wanted)
    qtbot.waitUntil(lambda: len(order) == 3)
    assert order == wanted


def test_what_is_not_wanted_any_more_is_not_decoded(
    loader: PictureLoader, shelf: Shelf, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_THREADS", 1)
    going, go, seen = threading.Event(), threading.Event(), []

    def held(folder: Path, row: queries.Row, *rest: object) -> Loaded:
        seen.append(row.number)
        going.set()
        assert go.wait(10)
        return decode(folder, row, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(module, "decode", held)
    first, *others, last = shelf.numbers
    loader.want([first, *others])
    qtbot.waitUntil(going.is_set)
    loader.want([last])
    qtbot.wait(50)
    go.set()
    qtbot.waitUntil(lambda: loader.get(last) is not None)
    assert seen == [first, last]


def test_memory_is_bounded_and_the_first_is_kept(shelf: Shelf, qtbot: QtBot) -> None:
    loader = PictureLoader(shelf.access, Budget(round(2.5 * LEVELS)))
    numbers = shelf.numbers
    loader.want(numbers[:2])
    qtbot.waitUntil(lambda: None not in (loader.get(numbers[0]), loader.get(numbers[1])))
    loader.want([numbers[2], numbers[1], numbers[3]])
    qtbot.waitUntil(lambda: loader.get(numbers[2]) is not None)
    qtbot.wait(50)
    assert loader.get(numbers[0]) is None and loader.get(numbers[3]) is None
    assert loader.get(numbers[1]) is not None
    assert loader.stop()


def test_two_loaders_share_the_memory_and_one_at_rest_leaves_it_to_the_other(shelf: Shelf, qtbot: QtBot) -> None:
    budget = Budget(round(3.5 * LEVELS))
    first, second = PictureLoader(shelf.access, budget), PictureLoader(shelf.access, budget)
    numbers = shelf.numbers
    first.want(numbers[:3])
    qtbot.waitUntil(lambda: all(first.get(number) for number in numbers[:3]))
    second.want(numbers[3:5])
    qtbot.waitUntil(lambda: second.get(numbers[3]) is not None)
    qtbot.wait(50)
    assert second.get(numbers[4]) is None
    first.rest(numbers[1:2])
    assert [first.get(number) is not None for number in numbers[:3]] == [False, True, False]
    second.want(numbers[3:5])
    qtbot.waitUntil(lambda: second.get(numbers[4]) is not None)
    assert first.held + second.held <= budget.most
    first.want(numbers[:3])
    qtbot.waitUntil(lambda: first.get(numbers[0]) is not None)
    assert first.held + second.held <= budget.most
    assert first.stop() and second.stop()


def test_a_picture_beyond_the_bound_is_shown_from_fewer_pixels(shelf: Shelf, qtbot: QtBot) -> None:
    loader = PictureLoader(shelf.access, Budget(LEVELS // 8))
    loader.want(shelf.numbers[:1])
    qtbot.waitUntil(lambda: loader.get(shelf.numbers[0]) is not None)
    loaded = loader.get(shelf.numbers[0])
    assert loaded is not None and loaded.levels[0].shape == (HEIGHT // 4, WIDTH // 4, 3)
    means = wall(0).reshape(HEIGHT // 4, 4, WIDTH // 4, 4, 3).mean(axis=(1, 3))
    assert np.abs(loaded.levels[0] - means).max() <= 1
    assert loader.stop()


@pytest.mark.parametrize("harm", ["gone", "changed", "cut"])
def test_a_picture_that_is_gone_or_another_is_told_and_the_others_come(
    loader: PictureLoader, shelf: Shelf, qtbot: QtBot, harm: str
) -> None:
    first, second = shelf.numbers[:2]
    with Library(shelf.folder, write=False) as library:
        picture = queries.rows(library, [first])[first].picture
    content = picture.read_bytes()
    if harm == "gone":
        picture.unlink()
    else:
        picture.write_bytes(content[:-1] + b"?" if harm == "changed" else content[:-5])
    with qtbot.waitSignal(loader.failed) as told:
        loader.want([first, second])
    assert told.args is not None and told.args[0] == first
    assert ("is gone" if harm == "gone" else "has changed") in told.args[1]
    assert "wall0.png" in told.args[1] and "backup" in told.args[1]
    assert loader.trouble(first) == told.args[1]
    qtbot.waitUntil(lambda: loader.get(second) is not None)
    picture.write_bytes(content)
    loader.forget(first)
    qtbot.waitUntil(lambda: loader.get(first) is not None)
    assert loader.trouble(first) == ""


def test_a_crack_map_that_is_gone_is_noticed_and_the_picture_is_shown(
    loader: PictureLoader, shelf: Shelf, qtbot: QtBot
) -> None:
    first = shelf.numbers[0]
    with Library(shelf.folder, write=False) as library:
        crack_map = queries.rows(library, [first])[first].map
    assert crack_map is not None
    crack_map.write_bytes(b"not a map")
    loader.want([first])
    qtbot.waitUntil(lambda: loader.get(first) is not None)
    loaded = loader.get(first)
    assert loaded is not None and loaded.detection is not None
    assert loaded.detection.crack_map.max() == 0
    assert len(loaded.notices) == 1 and "is damaged" in loaded.notices[0]


def test_a_snapshot_that_is_not_there_is_told(loader: PictureLoader, shelf: Shelf, qtbot: QtBot) -> None:
    with qtbot.waitSignal(loader.failed):
        loader.want([99_999])
    assert "not in the library" in loader.trouble(99_999)


def test_a_verdict_by_anybody_comes_without_decoding_again(loader: PictureLoader, shelf: Shelf, qtbot: QtBot) -> None:
    first = shelf.numbers[0]
    loader.want([first])
    qtbot.waitUntil(lambda: loader.get(first) is not None)
    before = loader.get(first)
    assert before is not None
    name = before.row.id
    shelf.access.write(lambda library: verdicts.decide(library, [name], Verdict.CONFIRMED, "ann"))
    qtbot.waitUntil(lambda: getattr(loader.get(first), "state", before.state).judged.verdict == Verdict.CONFIRMED)
    after = loader.get(first)
    assert after is not None and after.levels is before.levels and after.detection is before.detection
    assert after.row.verdict_who == "ann"


def test_a_mask_by_hand_comes_without_decoding_the_picture_again(
    loader: PictureLoader, shelf: Shelf, qtbot: QtBot
) -> None:
    first = shelf.numbers[0]
    loader.want([first])
    qtbot.waitUntil(lambda: loader.get(first) is not None)
    before = loader.get(first)
    assert before is not None
    name, key = before.row.id, before.state.findings[0].key
    mask = np.zeros((HEIGHT, WIDTH), np.uint8)
    mask[210:260, 90:150] = 255
    shelf.access.write(lambda library: verdicts.draw(library, name, mask, "ann", key))
    qtbot.waitUntil(lambda: key in getattr(loader.get(first), "masks", {}))
    after = loader.get(first)
    assert after is not None and after.levels is before.levels
    assert (after.masks[key] == mask).all()


def test_a_mask_that_is_gone_is_noticed(shelf: Shelf) -> None:
    first = shelf.numbers[0]
    loaded = load(shelf.folder, first)
    mask = np.zeros((HEIGHT, WIDTH), np.uint8)
    mask[5, 5] = 255
    with Library(shelf.folder) as library:
        verdicts.draw(library, loaded.row.id, mask, "ann")
    drawn = load(shelf.folder, first)
    digest = drawn.state.findings[-1].mask
    assert digest is not None and len(drawn.masks) == 1
    map_path(shelf.folder, digest).unlink()
    again = load(shelf.folder, first)
    assert not again.masks and len(again.notices) == 1


def test_nothing_is_asked_of_a_library_that_cannot_be_opened(tmp_path: Path, qtbot: QtBot) -> None:
    access = LibraryAccess(tmp_path / "nothing", "ben")
    loader = PictureLoader(access)
    loader.want([1])
    qtbot.waitUntil(lambda: bool(access.trouble))
    assert loader.get(1) is None
    assert loader.stop() and access.close()
