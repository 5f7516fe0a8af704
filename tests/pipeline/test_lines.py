from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from crackinspector.core.errors import StorageError
from crackinspector.pipeline import lines
from crackinspector.pipeline.lines import LineWriter
from tests.library.full_disk import FullDisk
from tests.pipeline.makers import PATIENCE, Told, wait_until


class Pipe:
    """Stands in for standard output."""

    def __init__(self) -> None:
        self.reading, self.writing = os.pipe()

    def fileno(self) -> int:
        return self.writing

    def flush(self) -> None:
        pass


@pytest.fixture
def no_error() -> Iterator[Told[Exception]]:
    told: Told[Exception] = Told()
    yield told
    assert told.all == []


def test_lines_are_added_to_a_file_in_their_order(tmp_path: Path, no_error: Told[Exception]) -> None:
    path = tmp_path / "out.jsonl"
    path.write_text("before\n")
    writer = LineWriter(str(path), no_error)
    for number in range(100):
        writer.write(f"{number} Rißbild")
    writer.close(PATIENCE)
    assert path.read_text(encoding="utf-8") == "before\n" + "".join(f"{number} Rißbild\n" for number in range(100))
    assert writer.lost == 0


def test_a_reader_that_pauses_holds_nobody_up(monkeypatch: pytest.MonkeyPatch, no_error: Told[Exception]) -> None:
    monkeypatch.setattr(lines, "MOST_WAITING", 10)
    pipe = Pipe()
    monkeypatch.setattr("sys.stdout", pipe)
    writer = LineWriter(None, no_error)
    long = "x" * 100_000  # more than a pipe holds
    writer.write(long)
    assert wait_until(lambda: writer._writing)
    for number in range(50):
        writer.write(str(number))
    writer.close(0.01)
    assert writer.lost == 40
    os.close(pipe.writing)
    with os.fdopen(pipe.reading, "r") as reader:
        assert reader.read().split() == [long, *(str(number) for number in range(40, 50))]


def test_a_reader_that_went_away_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    pipe = Pipe()
    monkeypatch.setattr("sys.stdout", pipe)
    told: Told[Exception] = Told()
    writer = LineWriter("-", told)
    os.close(pipe.reading)
    writer.write("a")
    told.wait(lambda error: isinstance(error, BrokenPipeError))
    writer.close(PATIENCE)
    os.close(pipe.writing)


def test_a_full_disk_is_told_once_and_lines_come_again_when_there_is_room(tmp_path: Path) -> None:
    path = tmp_path / "out.jsonl"
    told: Told[Exception] = Told()
    writer = LineWriter(str(path), told)
    with FullDisk(4):
        for number in range(3):
            writer.write(f"line {number}")
        assert wait_until(lambda: writer.lost == 3)
    writer.write("at last")
    writer.close(PATIENCE)
    assert path.read_text() == "line\nat last\n"
    (error,) = told.all
    assert isinstance(error, StorageError) and "free some space" in str(error)


def test_a_file_that_cannot_be_opened_is_told_at_once(tmp_path: Path, no_error: Told[Exception]) -> None:
    with pytest.raises(StorageError, match="no-folder"):
        LineWriter(str(tmp_path / "no-folder" / "out.jsonl"), no_error)


def test_nothing_is_left_behind(tmp_path: Path, no_error: Told[Exception]) -> None:
    def count() -> int:
        return len(list(Path("/proc/self/fd").iterdir()))

    before, threads = count(), threading.active_count()
    for number in range(5):
        writer = LineWriter(str(tmp_path / str(number)), no_error)
        writer.write("a")
        writer.close(PATIENCE)
    assert wait_until(lambda: threading.active_count() == threads)
    assert count() == before
