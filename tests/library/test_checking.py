from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from crackinspector.core.errors import StorageError
from crackinspector.library import checking, committing, sidecar, verdicts
from crackinspector.library.checking import check
from crackinspector.library.events import Verdict
from crackinspector.library.identity import read_identity
from crackinspector.library.layout import INDEX, MARKER
from crackinspector.library.queries import Query, ids
from crackinspector.library.store import Library
from tests.library import makers


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A library of four snapshots, the first of which has been judged."""
    with Library(tmp_path / "lib", create=True) as library:
        added = makers.fill(library, range(4))
        verdicts.decide(library, [added[0].sidecar.facts.sha256], Verdict.CONFIRMED, "ann", why="seen")
    return tmp_path / "lib"


def told(folder: Path, repair: bool = False) -> list[str]:
    return [problem.sentence for problem in check(folder, repair)]


def contents(folder: Path) -> list[object]:
    with Library(folder, write=False) as library:
        names = sorted(name for (name,) in library.connection.execute("SELECT id FROM snapshots"))
        return [library.sidecar(name) for name in names]


def first(folder: Path, kind: str) -> Path:
    return sorted(path for path in (folder / kind).rglob("*") if path.is_file())[0]


def lose_index(folder: Path) -> None:
    (folder / INDEX).unlink()


def scribble_over_index(folder: Path) -> None:
    pages = bytearray((folder / INDEX).read_bytes())
    pages[4096 * 4 : 4096 * 20] = b"\xa5" * 4096 * 16
    (folder / INDEX).write_bytes(pages)


def cut_index_short(folder: Path) -> None:
    content = (folder / INDEX).read_bytes()
    (folder / INDEX).write_bytes(content[: len(content) // 2])


def lose_record(folder: Path) -> None:
    first(folder, "records").unlink()


def record_that_is_not_json(folder: Path) -> None:
    first(folder, "records").write_text('{"format": 1, "kind": ')


def record_with_a_forged_verdict(folder: Path) -> None:
    for path in (folder / "records").rglob("*.json"):
        path.write_text(path.read_text().replace('"confirmed"', '"rejected"'))


def row_that_is_gone(folder: Path) -> None:
    with Library(folder) as library:
        library.connection.execute("DELETE FROM snapshots WHERE number = 2")


def row_that_says_something_else(folder: Path) -> None:
    with Library(folder) as library:
        library.connection.execute("UPDATE snapshots SET verdict = 'rejected', score = 0.123 WHERE number = 1")


def event_that_the_index_lost(folder: Path) -> None:
    with Library(folder) as library:
        library.connection.execute("DELETE FROM events WHERE kind = 'verdict'")


def strange_files(folder: Path) -> None:
    (folder / "pictures" / "readme.txt").write_text("hello")
    (folder / "records" / "zz").mkdir()
    (folder / "maps" / first(folder, "maps").parent.name / "x.png").write_bytes(b"")


MENDABLE = [
    lose_index,
    scribble_over_index,
    cut_index_short,
    lose_record,
    record_that_is_not_json,
    record_with_a_forged_verdict,
    row_that_is_gone,
    row_that_says_something_else,
    event_that_the_index_lost,
    strange_files,
]


@pytest.mark.parametrize("damage", MENDABLE, ids=lambda damage: damage.__name__)
def test_what_can_be_mended_is_mended_and_nothing_is_lost(folder: Path, damage: Callable[[Path], None]) -> None:
    before = contents(folder)
    assert told(folder) == []
    damage(folder)
    found = list(check(folder))
    assert found
    assert not any(problem.mended for problem in found)
    mended = list(check(folder, repair=True))
    assert mended
    assert all(problem.mended for problem in mended)
    assert told(folder) == []
    assert contents(folder) == before


def lose_picture(folder: Path) -> None:
    first(folder, "pictures").unlink()


def change_picture(folder: Path) -> None:
    path = first(folder, "pictures")
    content = bytearray(path.read_bytes())
    content[-20] ^= 1
    path.write_bytes(content)


def lose_map(folder: Path) -> None:
    first(folder, "maps").unlink()


def link_instead_of_a_picture(folder: Path) -> None:
    path = first(folder, "pictures")
    path.rename(folder.parent / "moved.png")
    path.symlink_to(folder.parent / "moved.png")


@pytest.mark.parametrize("damage", [lose_picture, change_picture, lose_map, link_instead_of_a_picture])
def test_what_cannot_be_made_again_is_told_every_time(folder: Path, damage: Callable[[Path], None]) -> None:
    before = contents(folder)
    damage(folder)
    for repair in (False, True, False):
        (sentence,) = told(folder, repair)
        assert "is missing; restore it" in sentence or "has changed; restore it" in sentence
    assert contents(folder) == before


def test_a_lost_picture_comes_back_with_the_next_import_of_it(folder: Path) -> None:
    lose_picture(folder)
    with Library(folder) as library:
        assert not any(each.is_new for each in makers.fill(library, range(4)))
    assert told(folder) == []


def test_a_picture_without_a_record_is_given_one(folder: Path) -> None:
    before = contents(folder)
    path = first(folder, "records")
    picture = next((folder / "pictures").rglob(f"{path.stem}.*"))
    path.unlink()
    with Library(folder) as library:
        library.connection.execute("DELETE FROM snapshots WHERE id = ?", (path.stem,))
    # Its map is spoken of by nobody now.
    assert sorted(sentence.split(" speaks of ")[0] for sentence in told(folder)) == ["no record", "no record"]
    assert all(problem.mended for problem in check(folder, repair=True))
    assert told(folder) == []
    assert picture.is_file()
    assert len(contents(folder)) == len(before)


def test_a_file_that_is_no_picture_is_put_away_and_not_removed(folder: Path) -> None:
    stranger = folder / "pictures" / "ab" / ("ab" * 32 + ".jpg")
    stranger.parent.mkdir(exist_ok=True)
    stranger.write_bytes(b"precious")
    assert all(problem.mended for problem in check(folder, repair=True))
    assert [path.read_bytes() for path in (folder / "bin").rglob("*.jpg")] == [b"precious"]
    assert told(folder) == []


def test_everything_but_the_records_may_be_lost(folder: Path) -> None:
    before = contents(folder)
    for path in folder.iterdir():
        if path.name not in ("records", "pictures", "maps", "library.json"):
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    (problem,) = check(folder, repair=True)
    assert problem.sentence.endswith("is lost; a new one was made of 4 records")
    assert contents(folder) == before
    with Library(folder) as library:
        assert len(ids(library, Query(verdicts=("confirmed",), text="seen"))) == 1


def test_what_is_no_library_is_said_to_be_none(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="there is no library"):
        list(check(tmp_path))


def test_a_history_that_is_too_long_for_a_record_is_told_and_the_check_goes_on(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Library(folder) as library:
        name = library.connection.execute("SELECT id FROM snapshots").fetchone()[0]
        # As an earlier program did.
        with monkeypatch.context() as patched:
            patched.setattr(committing, "MAX_BYTES", 10**9)
            verdicts.note(library, name, "x" * 90_000, "ann")
    first(folder, "pictures").unlink()
    for module in (checking, committing, sidecar):
        monkeypatch.setattr(module, "MAX_BYTES", 50_000)
    (record, gone) = sorted(told(folder, repair=True), key=lambda sentence: "missing" in sentence)
    assert "is damaged, and what the index says is longer than 50000 bytes; restore it from a backup" in record
    assert gone.endswith("is missing; restore it from a backup")


@pytest.mark.parametrize("content", [b"garbage", b"[]", b"{}", b""])
def test_a_library_that_does_not_say_that_it_is_one_is_told_and_mended(folder: Path, content: bytes) -> None:
    before = read_identity(folder)
    (folder / MARKER).write_bytes(content)
    (sentence,) = told(folder)
    assert sentence.startswith(f"{folder / MARKER} is damaged; ")
    assert (folder / MARKER).read_bytes() == content
    assert [problem.mended for problem in check(folder, repair=True)] == [True]
    assert read_identity(folder).id not in ("", before.id)
    assert told(folder) == []


def test_that_a_library_can_only_be_read_is_no_problem(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    access = os.access
    monkeypatch.setattr(os, "access", lambda path, mode: mode != os.W_OK and access(path, mode))
    (notice,) = check(folder)
    assert notice.is_notice
    assert "nothing can be written to" in notice.sentence
