from __future__ import annotations

import dataclasses
import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from crackinspector.core.errors import StorageError
from crackinspector.core.settings import Settings
from crackinspector.library.claims import part_of
from crackinspector.library.record import Snapshot, read_snapshot
from crackinspector.pipeline import keeper as module
from crackinspector.pipeline.keeper import MOST_WAITING, Keeper, Kept
from tests.library import snapshots


class Running:
    """A keeper in a thread, a slow disk, and the answers."""

    def __init__(self, keeper: Keeper) -> None:
        self.keeper = keeper
        self.thread = threading.Thread(target=keeper.run)
        self.answers: list[Kept | StorageError] = []
        self.threads: set[threading.Thread] = set()
        self.answered = threading.Semaphore(0)

    def done(self, result: Kept | StorageError) -> None:
        self.answers.append(result)
        self.threads.add(threading.current_thread())
        self.answered.release()

    def wait(self, count: int) -> None:
        for _ in range(count):
            assert self.answered.acquire(timeout=20)


@pytest.fixture
def running() -> Iterator[Running]:
    one = Running(Keeper())
    yield one
    one.keeper.stop()
    if one.thread.ident is not None:
        one.thread.join(20)
        assert not one.thread.is_alive()


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch) -> Iterator[Disk]:
    one = Disk()
    monkeypatch.setattr(module, "write_snapshot", one.write)
    yield one
    one.free.set()


class Disk:
    """A disk that is busy until it is `free`."""

    def __init__(self) -> None:
        self.free = threading.Event()
        self.asked = threading.Event()

    def write(self, folder: Path, snapshot: Snapshot) -> Path:
        self.asked.set()
        assert self.free.wait(20)
        return folder / str(snapshot.frame.id)


def into(folder: Path) -> Settings:
    return Settings().changed("keeping.folder", str(folder))


def test_a_snapshot_is_told_by_its_thread_once_it_is_there(tmp_path: Path, running: Running) -> None:
    assert running.keeper.keep(snapshots.snapshot(3, into(tmp_path)), running.done)
    assert running.keeper.waiting == 1
    running.thread.start()
    running.wait(1)
    kept = running.answers[0]
    assert isinstance(kept, Kept)
    assert read_snapshot(kept.path).frame_id == 3
    assert running.threads == {running.thread}


def test_what_a_screen_tells_of_it_comes_with_it(
    tmp_path: Path, running: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "space_left", lambda folder: {tmp_path: 5, folder: 7}[folder])
    running.thread.start()
    snapshot = dataclasses.replace(snapshots.snapshot(1, into(tmp_path)), frame=snapshots.frame(1, 1200, 300))
    running.keeper.keep(dataclasses.replace(snapshot, detection=None), running.done)
    running.wait(1)
    kept = running.answers[0]
    assert isinstance(kept, Kept)
    assert kept.space_left == 7  # where the picture lies, a folder of its day
    assert kept.thumbnail.shape == (120, 480, 3)
    image = snapshot.frame.image
    assert np.abs(kept.thumbnail.mean(axis=(0, 1)) - image.mean(axis=(0, 1))).max() < 2


def test_what_cannot_be_kept_is_told_and_the_next_one_is_kept(tmp_path: Path, running: Running) -> None:
    (tmp_path / "file").write_bytes(b"")
    running.thread.start()
    running.keeper.keep(snapshots.snapshot(1, into(tmp_path / "file")), running.done)
    running.keeper.keep(snapshots.snapshot(2, into(tmp_path)), running.done)
    running.wait(2)
    first, second = running.answers
    assert isinstance(first, StorageError)
    assert "there is a file where a folder is needed" in str(first)
    assert isinstance(second, Kept)


def test_a_defect_has_a_sentence_too(
    running: Running, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(folder: Path, snapshot: Snapshot) -> Path:
        raise ZeroDivisionError("division by zero")

    monkeypatch.setattr(module, "write_snapshot", broken)
    running.thread.start()
    running.keeper.keep(snapshots.snapshot(), running.done)
    running.wait(1)
    assert "not kept (ZeroDivisionError: division by zero); the log has the details" in str(running.answers[0])
    assert "Traceback" in caplog.text


def test_a_receiver_that_fails_does_not_end_the_thread(
    tmp_path: Path, running: Running, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(result: Kept | StorageError) -> None:
        raise RuntimeError("gone")

    running.thread.start()
    running.keeper.keep(snapshots.snapshot(1, into(tmp_path)), broken)
    running.keeper.keep(snapshots.snapshot(2, into(tmp_path)), running.done)
    running.wait(1)
    assert isinstance(running.answers[0], Kept)
    assert "the receiver of a snapshot failed" in caplog.text


def test_more_than_a_few_are_refused_at_once(running: Running, disk: Disk) -> None:
    running.thread.start()
    assert running.keeper.keep(snapshots.snapshot(0), running.done)
    assert disk.asked.wait(20)
    taken = [running.keeper.keep(snapshots.snapshot(number), running.done) for number in range(1, 20)]
    assert taken == [True] * MOST_WAITING + [False] * (19 - MOST_WAITING)
    disk.free.set()
    running.wait(1 + MOST_WAITING)
    assert [answer.path.name for answer in running.answers if isinstance(answer, Kept)] == [
        str(number) for number in range(1 + MOST_WAITING)
    ]


def test_stopping_keeps_what_waits(tmp_path: Path, running: Running) -> None:
    for number in range(1, 4):
        running.keeper.keep(snapshots.snapshot(number, into(tmp_path)), running.done)
    running.keeper.stop(within=20)
    running.thread.start()
    running.thread.join(20)
    assert len(running.answers) == len(list(tmp_path.rglob("*.jpg"))) == 3
    assert running.keeper.waiting == 0
    assert not running.keeper.keep(snapshots.snapshot(9, into(tmp_path)), running.done)


def test_a_disk_that_is_too_slow_at_the_end_does_not_hold_it_up_and_is_told(running: Running, disk: Disk) -> None:
    running.thread.start()
    for number in range(3):
        running.keeper.keep(snapshots.snapshot(number), running.done)
    assert disk.asked.wait(20)
    running.keeper.stop(within=0)
    assert running.keeper.waiting == 3
    disk.free.set()
    running.thread.join(20)
    assert isinstance(running.answers[0], Kept)
    assert ["the program was ending" in str(answer) for answer in running.answers] == [False, True, True]
    assert running.keeper.waiting == 0


def test_what_a_killed_program_left_is_finished_first(tmp_path: Path) -> None:
    killed = Running(Keeper())
    killed.keeper.keep(snapshots.snapshot(1, into(tmp_path)), killed.done)
    killed.keeper.stop(within=20)
    killed.keeper.run()
    kept = killed.answers[0]
    assert isinstance(kept, Kept)
    record = kept.path.with_suffix(".json")
    record.rename(part_of(record))
    again = Keeper(tmp_path)
    again.stop()
    again.run()
    assert record.is_file()
