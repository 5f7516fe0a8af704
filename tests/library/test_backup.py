from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from crackinspector.core.errors import StorageError
from crackinspector.library import backup, verdicts
from crackinspector.library.backup import back_up
from crackinspector.library.checking import check
from crackinspector.library.events import Verdict
from crackinspector.library.queries import Query, ids
from crackinspector.library.store import Library
from tests.library import makers
from tests.library.full_disk import FullDisk


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with Library(tmp_path / "lib", create=True) as library:
        makers.fill(library, range(3))
    return tmp_path / "lib"


def test_a_backup_is_a_library_of_its_own(folder: Path, tmp_path: Path) -> None:
    with Library(folder) as library:
        assert list(back_up(library, tmp_path / "to")) == []
    assert list(check(tmp_path / "to")) == []
    assert makers.files(tmp_path / "to") == makers.files(folder)


def test_a_second_backup_copies_what_has_come_since(folder: Path, tmp_path: Path) -> None:
    with Library(folder) as library:
        list(back_up(library, tmp_path / "to"))
        copied = {path: path.stat().st_mtime_ns for path in (tmp_path / "to" / "pictures").rglob("*.png")}
        (added,) = makers.fill(library, [7])
        verdicts.decide(library, [added.sidecar.facts.sha256], Verdict.UNSURE, "ann")
        assert list(back_up(library, tmp_path / "to")) == []
    assert all(path.stat().st_mtime_ns == at for path, at in copied.items())
    assert list(check(tmp_path / "to")) == []
    assert makers.files(tmp_path / "to") == makers.files(folder)


def test_it_is_of_one_moment_while_others_write(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    copy = backup._copy
    with Library(folder) as writer, Library(folder, write=False) as library:
        names = [row for (row,) in library.connection.execute("SELECT id FROM snapshots")]

        def meanwhile(source: Path, target: Path, digest: str) -> str | None:
            verdicts.decide(writer, names, Verdict.CONFIRMED, "ann")
            makers.fill(writer, [50])
            return copy(source, target, digest)

        monkeypatch.setattr(backup, "_copy", meanwhile)
        assert list(back_up(library, tmp_path / "to")) == []
    assert list(check(tmp_path / "to")) == []
    with Library(tmp_path / "to") as kept:
        assert len(ids(kept, Query())) == 3
        assert ids(kept, Query(verdicts=("confirmed",))) == []


def test_what_is_damaged_is_told_and_the_rest_is_copied(folder: Path, tmp_path: Path) -> None:
    picture = next((folder / "pictures").rglob("*.png"))
    picture.write_bytes(picture.read_bytes()[:-1] + b"x")
    next((folder / "maps").rglob("*.png")).unlink()
    with Library(folder) as library:
        told = sorted(back_up(library, tmp_path / "to"))
    assert len(told) == 2
    assert any("has changed; it was not copied" in sentence for sentence in told)
    assert len(list((tmp_path / "to" / "pictures").rglob("*.png"))) == 2


def test_a_full_disk_leaves_the_earlier_backup_whole(folder: Path, tmp_path: Path) -> None:
    with Library(folder) as library:
        list(back_up(library, tmp_path / "to"))
        makers.fill(library, [8, 9])
        with FullDisk(100), pytest.raises(StorageError, match=r"No space left .* free some space"):
            list(back_up(library, tmp_path / "to"))
    index = sqlite3.connect(tmp_path / "to" / "library.sqlite")
    assert index.execute("SELECT count(*) FROM snapshots").fetchone() == (3,)
    index.close()


@pytest.mark.parametrize("place", [".", "inside", ".."])
def test_it_does_not_go_into_the_library_nor_around_it(folder: Path, place: str) -> None:
    with Library(folder) as library, pytest.raises(StorageError, match="lie in one another"):
        list(back_up(library, folder / place))


def test_it_does_not_mix_with_other_files(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "to").mkdir()
    (tmp_path / "to" / "thesis.txt").touch()
    with Library(folder) as library, pytest.raises(StorageError, match="holds other files and is no backup"):
        list(back_up(library, tmp_path / "to"))
