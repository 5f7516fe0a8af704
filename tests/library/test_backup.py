from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

import pytest

from crackinspector.core.errors import StorageError
from crackinspector.library import backup, verdicts
from crackinspector.library.backup import back_up
from crackinspector.library.checking import check
from crackinspector.library.emptying import delete
from crackinspector.library.events import Verdict
from crackinspector.library.identity import Identity, read_identity
from crackinspector.library.layout import INDEX, MARKER, RECORDS
from crackinspector.library.merging import merge
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


def everything(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file() and path.name != "library.lock"}


@pytest.mark.parametrize("mark", ["its own", "that of an older program", "none", "that of a copy by hand"])
def test_another_library_is_left_alone(folder: Path, tmp_path: Path, mark: str) -> None:
    if mark == "that of a copy by hand":
        shutil.copytree(folder, tmp_path / "other")
    else:
        with Library(tmp_path / "other", create=True) as other:
            verdicts.decide(other, [each.sidecar.id for each in makers.fill(other, range(5))], Verdict.UNSURE, "bob")
    marker = tmp_path / "other" / MARKER
    if mark == "that of an older program":
        marker.write_text('{"kind": "crackinspector library", "format": 1}')
    elif mark == "none":
        marker.unlink()
    before = everything(tmp_path / "other")
    with Library(folder) as library, pytest.raises(StorageError, match=r"a library that is no backup of .*; choose an"):
        list(back_up(library, tmp_path / "other"))
    assert everything(tmp_path / "other") == before


def test_a_backup_of_another_library_is_left_alone(folder: Path, tmp_path: Path) -> None:
    with Library(tmp_path / "other", create=True) as other:
        makers.fill(other, range(2))
        list(back_up(other, tmp_path / "to"))
    with Library(folder) as library, pytest.raises(StorageError, match="no backup of"):
        list(back_up(library, tmp_path / "to"))
    with Library(tmp_path / "to") as kept:
        assert len(ids(kept, Query())) == 2


def test_a_library_of_an_older_program_gets_a_name(folder: Path, tmp_path: Path) -> None:
    (folder / MARKER).write_text('{"kind": "crackinspector library", "format": 1, "colour": "blue"}')
    for _ in range(2):
        with Library(folder, write=False) as library:
            assert list(back_up(library, tmp_path / "to")) == []
    name = read_identity(folder).id
    assert (len(name), read_identity(folder).backup) == (32, False)
    assert read_identity(tmp_path / "to") == Identity(name, backup=True)
    assert "blue" in (folder / MARKER).read_text()


@pytest.mark.parametrize("what", ["a verdict", "a picture", "a tombstone"])
def test_what_was_done_in_a_backup_is_taken_over_before_it_is_replaced(folder: Path, tmp_path: Path, what: str) -> None:
    with Library(folder) as library:
        list(back_up(library, tmp_path / "to"))
        name = makers.change(library, 0).id
    with Library(tmp_path / "to") as kept:
        if what == "a verdict":
            verdicts.decide(kept, [name], Verdict.REJECTED, "bob")
        else:
            (added,) = makers.fill(kept, [20])
        if what == "a tombstone":
            verdicts.put_into_bin(kept, [added.sidecar.id], "bob")
            assert len(list(delete(kept, [added.sidecar.id], "bob"))) == 1
    before = everything(tmp_path / "to")
    with Library(folder) as library:
        with pytest.raises(
            StorageError, match=r"holds 1 snapshot with what .* does not know; .* library merge .*again"
        ):
            list(back_up(library, tmp_path / "to"))
        assert everything(tmp_path / "to").items() >= {p: c for p, c in before.items() if INDEX not in p.name}.items()
        list(merge(library, tmp_path / "to"))
        assert list(back_up(library, tmp_path / "to")) == []
        if what == "a verdict":
            assert library.sidecar(name).events[-1].body["verdict"] == "rejected"
    assert list(check(tmp_path / "to")) == list(check(folder)) == []
    assert makers.files(tmp_path / "to") == makers.files(folder)


def test_who_has_the_backup_open_sees_the_new_one_and_decides_in_it(folder: Path, tmp_path: Path) -> None:
    with Library(folder) as library:
        list(back_up(library, tmp_path / "to"))
        with Library(tmp_path / "to") as kept:
            noticed = kept.changes()
            (added,) = makers.fill(library, [7])
            assert list(back_up(library, tmp_path / "to")) == []
            assert kept.changes() > noticed
            verdicts.decide(kept, [added.sidecar.id], Verdict.UNSURE, "bob")
            assert kept.sidecar(added.sidecar.id).events[-1].who == "bob"
    assert list(check(tmp_path / "to")) == []


def test_nobody_writes_to_a_backup_while_it_is_made(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("crackinspector.library.staging.BUSY_SECONDS", 0.05)
    copy, refused = backup._copy, []
    with Library(folder) as library:
        list(back_up(library, tmp_path / "to"))
        makers.fill(library, [7])
        with Library(tmp_path / "to") as kept:
            name = library.connection.execute("SELECT id FROM snapshots").fetchone()[0]

            def meanwhile(source: Path, target: Path, digest: str) -> str | None:
                with pytest.raises(StorageError, match="another program is writing to"):
                    verdicts.decide(kept, [name], Verdict.UNSURE, "bob")
                refused.append(digest)
                return copy(source, target, digest)

            monkeypatch.setattr(backup, "_copy", meanwhile)
            assert list(back_up(library, tmp_path / "to")) == []
    assert refused
    assert list(check(tmp_path / "to")) == []


def test_a_first_backup_that_was_ended_is_gone_on_with(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def ended(library: Library, to: Path, copy: sqlite3.Connection) -> object:
        yield from files(library, to, copy)
        raise OSError(5, "Input/output error")

    files = backup._files
    with Library(folder) as library:
        with monkeypatch.context() as patched, pytest.raises(StorageError, match="Input/output error"):
            patched.setattr(backup, "_files", ended)
            list(back_up(library, tmp_path / "to"))
        for suffix in ("", "-wal", "-shm"):
            (tmp_path / "to" / (INDEX + suffix)).unlink(missing_ok=True)
        assert (tmp_path / "to" / RECORDS).is_dir()
        assert list(back_up(library, tmp_path / "to")) == []
    assert list(check(tmp_path / "to")) == []


def test_what_was_done_in_a_backup_is_known_without_its_index(folder: Path, tmp_path: Path) -> None:
    with Library(folder) as library:
        list(back_up(library, tmp_path / "to"))
        with Library(tmp_path / "to") as kept:
            verdicts.decide(kept, [makers.change(library, 0).id], Verdict.REJECTED, "bob")
        (tmp_path / "to" / INDEX).unlink()
        with pytest.raises(StorageError, match="holds 1 snapshot with what"):
            list(back_up(library, tmp_path / "to"))
