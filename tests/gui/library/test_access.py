from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from crackinspector.core.errors import StorageError
from crackinspector.gui.library import access as module
from crackinspector.gui.library.access import LibraryAccess
from crackinspector.library import queries, verdicts
from crackinspector.library.events import Verdict
from crackinspector.library.queries import Query
from crackinspector.library.store import Library
from tests.library.makers import fill

Open = Callable[..., LibraryAccess]


class Heard(QObject):
    """Takes answers, and notes in which thread."""

    def __init__(self) -> None:
        super().__init__()
        self.results: list[object] = []
        self.sentences: list[str] = []
        self.threads: set[int] = set()

    def done(self, result: object) -> None:
        self.threads.add(threading.get_ident())
        self.results.append(result)

    def failed(self, sentence: str) -> None:
        self.threads.add(threading.get_ident())
        self.sentences.append(sentence)


@pytest.fixture
def open_access(tmp_path: Path, qtbot: QtBot) -> Iterator[Open]:
    made: list[LibraryAccess] = []

    def open_(folder: Path = tmp_path / "library", create: bool = False) -> LibraryAccess:
        made.append(LibraryAccess(folder, "ann", create=create))
        return made[-1]

    yield open_
    for access in made:
        assert access.close()
        access.deleteLater()


@pytest.fixture
def library(tmp_path: Path) -> Path:
    make(tmp_path / "library", 5)
    return tmp_path / "library"


def make(folder: Path, count: int) -> None:
    with Library(folder, create=True) as library:
        fill(library, range(count))


def numbers(library: Library) -> list[int]:
    return queries.ids(library, Query())


def test_what_is_read_and_written_comes_back_in_the_gui_thread(library: Path, open_access: Open, qtbot: QtBot) -> None:
    access, heard = open_access(), Heard()
    access.read(numbers, heard.done)
    qtbot.waitUntil(lambda: len(heard.results) == 1)
    assert access.state is not None and access.state.folder == library
    assert access.read_only is False
    (found,) = heard.results
    assert isinstance(found, list) and len(found) == 5
    with qtbot.waitSignal(access.changed):
        access.write(lambda opened: verdicts.decide(opened, _ids(opened), Verdict.CONFIRMED, access.who), heard.done)
    qtbot.waitUntil(lambda: len(heard.results) == 2)
    assert heard.threads == {threading.get_ident()}
    with Library(library) as opened:
        assert [row.verdict for row in queries.rows(opened, numbers(opened)).values()] == 5 * ["confirmed"]


def _ids(library: Library) -> list[str]:
    return [row.id for row in queries.rows(library, numbers(library)).values()]


def test_work_is_done_in_other_threads_one_for_reading_one_for_writing(
    library: Path, open_access: Open, qtbot: QtBot
) -> None:
    access, heard = open_access(), Heard()
    for ask in (access.read, access.write):
        ask(lambda opened: threading.current_thread().name, heard.done)
    qtbot.waitUntil(lambda: len(heard.results) == 2)
    assert set(heard.results) == {"library reading", "library writing"}


def test_what_another_program_writes_is_noticed(library: Path, open_access: Open, qtbot: QtBot) -> None:
    access = open_access()
    with qtbot.waitSignal(access.opened):
        pass
    with qtbot.waitSignal(access.changed, timeout=10_000), Library(library) as other:
        verdicts.note(other, _ids(other)[0], "seen from below", "bob")


def test_of_those_that_wait_only_the_newest_of_a_key_is_answered(
    library: Path, open_access: Open, qtbot: QtBot
) -> None:
    access, heard = open_access(), Heard()
    for number in range(5):
        access.read(lambda opened, number=number: number, heard.done, key="a")  # type: ignore[misc]
    access.read(lambda opened: "other", heard.done, key="b")
    qtbot.waitUntil(lambda: "other" in heard.results)
    assert heard.results == [4, "other"]


def test_a_cancelled_request_is_not_answered(library: Path, open_access: Open, qtbot: QtBot) -> None:
    access, heard = open_access(), Heard()
    access.read(lambda opened: "cancelled", heard.done).cancel()
    access.read(lambda opened: "kept", heard.done)
    qtbot.waitUntil(lambda: bool(heard.results))
    assert heard.results == ["kept"]


def test_who_is_gone_is_not_called(library: Path, open_access: Open, qtbot: QtBot) -> None:
    access, gone, heard = open_access(), Heard(), Heard()
    access.read(lambda opened: 1, gone.done)
    gone.deleteLater()
    qtbot.wait(0)
    access.read(lambda opened: 2, heard.done)
    qtbot.waitUntil(lambda: heard.results == [2])
    assert gone.results == []


def test_failures_are_sentences_for_whoever_asked_or_for_everybody(
    library: Path, open_access: Open, qtbot: QtBot
) -> None:
    def refuse(opened: Library) -> None:
        raise StorageError("the disk is full; free some space")

    def break_(opened: Library) -> None:
        raise ZeroDivisionError("by zero")

    access, heard = open_access(), Heard()
    access.write(refuse, None, heard.failed)
    access.read(break_, heard.done, heard.failed)
    qtbot.waitUntil(lambda: len(heard.sentences) == 2)
    assert set(heard.sentences) == {"the disk is full; free some space", "ZeroDivisionError: by zero"}
    with qtbot.waitSignal(access.said) as said:
        access.write(refuse)
    assert said.args == ["the disk is full; free some space"]
    access.read(numbers, heard.done)
    qtbot.waitUntil(lambda: bool(heard.results))


def test_a_library_that_is_not_there_is_refused_and_can_be_tried_again(
    tmp_path: Path, open_access: Open, qtbot: QtBot
) -> None:
    access, heard = open_access(), Heard()
    with qtbot.waitSignal(access.failed) as failed:
        access.read(numbers, heard.done)
    assert "there is no library" in failed.args[0] and access.trouble == failed.args[0]
    make(tmp_path / "library", 2)
    with qtbot.waitSignal(access.opened):
        access.retry()
    access.read(numbers, heard.done)
    qtbot.waitUntil(lambda: bool(heard.results))


def test_one_is_made_where_that_is_wanted(tmp_path: Path, open_access: Open, qtbot: QtBot) -> None:
    access, heard = open_access(create=True), Heard()
    access.read(numbers, heard.done)
    qtbot.waitUntil(lambda: heard.results == [[]])
    assert (tmp_path / "library" / "library.json").is_file()


def test_what_was_asked_to_be_written_is_written_before_the_end(library: Path, open_access: Open, qtbot: QtBot) -> None:
    access = open_access()
    with qtbot.waitSignal(access.opened):
        pass
    for number in range(10):
        access.write(lambda opened, number=number: verdicts.note(opened, _ids(opened)[0], f"note {number}", "ann"))  # type: ignore[misc]
    assert access.unwritten > 0
    assert access.close()
    with Library(library) as opened:
        assert queries.rows(opened, numbers(opened))[numbers(opened)[0]].note == "note 9"


FULL = "cannot write to the card: no space left on device; free some space"


def refuse_full(opened: Library) -> None:
    raise StorageError(FULL)


def test_the_end_tells_of_a_last_write_that_failed(library: Path, qtbot: QtBot) -> None:
    access, heard = LibraryAccess(library, "ann"), Heard()
    with qtbot.waitSignal(access.opened):
        pass
    access.write(refuse_full, None, heard.failed)
    access.write(numbers, heard.done)
    assert not access.close()
    assert access.unkept == (FULL,)
    qtbot.waitUntil(lambda: bool(heard.results))
    assert heard.sentences == [FULL]
    # Whoever heard it has no window any more that could say so.
    assert not access.close() and access.unkept == (FULL,)


def test_what_a_person_was_told_of_is_not_told_again_at_the_end(library: Path, qtbot: QtBot) -> None:
    access, heard = LibraryAccess(library, "ann"), Heard()
    access.write(refuse_full, None, heard.failed)
    qtbot.waitUntil(lambda: heard.sentences == [FULL])
    assert access.close() and not access.unkept


def test_what_comes_after_the_end_is_answered_and_told(library: Path, qtbot: QtBot) -> None:
    access, heard = LibraryAccess(library, "ann"), Heard()
    assert access.close()
    access.write(numbers, heard.done, heard.failed)
    access.read(numbers, heard.done, heard.failed)
    access.write(numbers, heard.done, heard.failed)
    qtbot.waitUntil(lambda: len(heard.sentences) == 2)
    assert heard.results == [] and "closed before it could be written" in heard.sentences[0]
    assert not access.close() and access.unkept == (heard.sentences[0],)


@pytest.mark.parametrize("opening", ["to read", "to write"])
def test_every_write_is_answered_if_the_library_cannot_be_opened(
    library: Path, opening: str, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = threading.Event()

    class Refusing(Library):
        def __init__(self, folder: Path, *, write: bool = True, create: bool = False) -> None:
            if write == (opening == "to write"):
                raise StorageError("the card is gone; put it back")
            super().__init__(folder, write=write, create=create)

    monkeypatch.setattr(module, "Library", Refusing)
    access, heard = LibraryAccess(library, "ann"), Heard()
    access.write(lambda opened: held.wait(10), heard.done, heard.failed)
    for _ in range(4):
        access.write(numbers, heard.done, heard.failed)
    with qtbot.waitSignal(access.failed):
        pass
    held.set()
    access.write(numbers, heard.done, heard.failed)
    qtbot.waitUntil(lambda: len(heard.results) + len(heard.sentences) == 6)
    # The first may have begun before that was known.
    assert set(heard.sentences) == {"the card is gone; put it back"} and len(heard.sentences) >= 5
    monkeypatch.undo()
    access.retry()
    access.write(numbers, heard.done, heard.failed)
    qtbot.waitUntil(lambda: len(heard.results) + len(heard.sentences) == 7)
    assert isinstance(heard.results[-1], list)
    assert access.close()


def test_the_end_waits_as_long_as_something_gets_done_and_says_what_does_not(library: Path, qtbot: QtBot) -> None:
    access, heard, go = LibraryAccess(library, "ann"), Heard(), threading.Event()
    for _ in range(8):
        access.write(lambda opened: time.sleep(0.1), heard.done)
    access.write(lambda opened: go.wait(30), heard.done)
    assert not access.close(0.5)
    assert access.unkept == ("the last verdicts could not be written in time",)
    assert access.unwritten == 0
    go.set()
    assert access.close() and not access.unkept
