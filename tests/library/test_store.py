from __future__ import annotations

import errno
import functools
import os
import shutil
import sqlite3
import threading
from pathlib import Path
from typing import Any

import pytest

from crackinspector.core.errors import StorageError
from crackinspector.core.labels import Label
from crackinspector.library import committing, database, durable, events, index, staging, verdicts
from crackinspector.library.checking import check
from crackinspector.library.committing import Committed, SnapshotError, kept_or_refused
from crackinspector.library.counting import counts
from crackinspector.library.database import DamagedIndexError
from crackinspector.library.events import Event, Verdict
from crackinspector.library.layout import INDEX, record_path
from crackinspector.library.queries import Query, Sort, ids, rows
from crackinspector.library.schema import MIGRATIONS, migrate, version_of
from crackinspector.library.store import Change, Library
from tests.library import makers
from tests.library.full_disk import FullDisk
from tests.library.power import LOST_POWER, Power, in_child


def problems(folder: Path) -> list[str]:
    return [problem.sentence for problem in check(folder)]


def test_what_is_committed_is_there_for_the_next_program(tmp_path: Path) -> None:
    with Library(tmp_path / "lib", create=True) as library:
        added = makers.fill(library, range(3))
        assert [each.is_new for each in added] == [True] * 3
        assert [each.is_new for each in makers.fill(library, range(3))] == [False] * 3
    with Library(tmp_path / "lib", write=False) as library:
        assert len(ids(library, Query())) == 3
        for each in added:
            assert library.sidecar(each.sidecar.facts.sha256) == each.sidecar
    assert problems(tmp_path / "lib") == []
    assert not any((tmp_path / "lib" / "incoming").iterdir())


def commit_without_power(folder: Path, name: str, steps: int, seed: int | None) -> None:
    """Commit a new snapshot and a note to another; the power fails after so many steps, or at the end."""
    library = Library(folder)
    new = makers.change(library, steps + 1)
    again = Change(name, lambda known: [events.note("ann", f"step {steps}")])
    assert new.picture is not None
    power = Power(steps, seed, [new.picture, *new.maps.values()])
    power.install()
    library.commit([new, again])
    library.close()
    power.fail(0)


@pytest.mark.parametrize("seed", [None, 1, 3, 4])
def test_power_may_fail_at_every_step(tmp_path: Path, seed: int | None) -> None:
    folder = tmp_path / "lib"
    with Library(folder, create=True) as library:
        (first,) = makers.fill(library, [0])
    name = first.sidecar.facts.sha256
    steps, there = 0, {"wall0.png"}
    while True:
        status = in_child(functools.partial(commit_without_power, folder, name, steps, seed))
        assert status in (0, LOST_POWER)
        with Library(folder) as library:
            history = library.sidecar(name).events
            # Of what was not acknowledged each snapshot is whole or is not there; what was there before is there.
            assert history[:2] == first.sidecar.events
            names = {row.name for row in rows(library, ids(library, Query())).values()}
            assert names >= there
            there = names
        assert problems(folder) == []
        if status == 0:
            assert f"wall{steps + 1}.png" in there
            assert history[-1].body["text"] == f"step {steps}"
            break
        steps += 1
    assert steps > 10


@pytest.mark.parametrize("room", [0, 100, 400, 1200, 1800])
def test_a_full_disk_keeps_what_was_there_and_nothing_of_the_rest(tmp_path: Path, room: int) -> None:
    with Library(tmp_path / "lib", create=True) as library:
        makers.fill(library, [0])
        before = makers.files(tmp_path / "lib")
        waiting = [makers.change(library, 1), makers.change(library, 2)]
        with FullDisk(room), pytest.raises(StorageError, match="No space left"):
            library.commit(waiting)
        makers.fill(library, [])
        assert {name: data for name, data in makers.files(tmp_path / "lib").items() if "incoming" not in name} == before
        assert len(ids(library, Query())) == 1
        assert [each.is_new for each in makers.fill(library, [1, 2])] == [True, True]
    assert problems(tmp_path / "lib") == []


def test_an_index_that_finds_the_disk_full_takes_the_files_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(connection: sqlite3.Connection, sidecar: object) -> int:
        error = sqlite3.OperationalError("database or disk is full")
        error.sqlite_errorcode = sqlite3.SQLITE_FULL
        raise error

    with Library(tmp_path / "lib", create=True) as library:
        makers.fill(library, [0])
        before = makers.files(tmp_path / "lib")
        with monkeypatch.context() as patched, pytest.raises(StorageError, match="no space left on device; free some"):
            patched.setattr(index, "write", full)
            makers.fill(library, [1])
        assert {name: data for name, data in makers.files(tmp_path / "lib").items() if "incoming" not in name} == before
        makers.fill(library, [1])
    assert problems(tmp_path / "lib") == []


def test_records_that_cannot_get_their_names_get_them_later(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    replace = Path.replace

    def refused(path: Path, to: Any) -> Path:
        if "records" in Path(to).parts:
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        return replace(path, to)

    library = Library(tmp_path / "lib", create=True)
    with monkeypatch.context() as patched, pytest.raises(StorageError, match="Input/output error"):
        patched.setattr(Path, "replace", refused)
        makers.fill(library, [0])
    library.close()
    with Library(tmp_path / "lib") as library:
        assert library.notices == ["finished one snapshot that a program had begun which was ended"]
        assert len(ids(library, Query())) == 1
    assert problems(tmp_path / "lib") == []


def test_two_writers_take_turns(tmp_path: Path) -> None:
    folder = tmp_path / "lib"
    Library(folder, create=True).close()
    failures: list[BaseException] = []

    def write(start: int) -> None:
        try:
            with Library(folder) as library:
                for number in range(start, start + 10):
                    makers.fill(library, [number, 100])
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=write, args=(start,)) for start in (0, 50)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    with Library(folder) as library:
        assert len(ids(library, Query())) == 21
        (shared,) = makers.fill(library, [100])
        # Whoever came second found it there.
        assert len(shared.sidecar.events) == 2
    assert problems(folder) == []


def test_a_folder_that_looked_abandoned_before_it_was_locked_is_made_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    swept: list[Path] = []

    def swept_once(folder: Path) -> None:
        durable.sync_folder(folder)
        if folder.name == "incoming" and not swept:
            for run in staging.abandoned_runs(folder.parent):
                swept.append(run)
                shutil.rmtree(run)

    monkeypatch.setattr(staging, "sync_folder", swept_once)
    with Library(tmp_path / "lib", create=True) as library:
        makers.fill(library, [0])
        assert len(swept) == 1
        assert library.run not in swept
    assert problems(tmp_path / "lib") == []


def test_a_second_writer_waits_and_then_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(staging, "BUSY_SECONDS", 0.05)
    with Library(tmp_path / "lib", create=True) as one, Library(tmp_path / "lib") as other:
        with (
            staging.writing(one.folder),
            pytest.raises(StorageError, match=r"another program is writing .* wait for it"),
        ):
            makers.fill(other, [0])
        makers.fill(other, [0])
        assert one.changes() == 1


def test_readers_see_the_library_as_it_was_while_somebody_writes(tmp_path: Path) -> None:
    with Library(tmp_path / "lib", create=True) as writer, Library(tmp_path / "lib", write=False) as reader:
        makers.fill(writer, [0])
        version = reader.changes()
        with staging.writing(writer.folder):
            writer.connection.execute("BEGIN IMMEDIATE")
            writer.connection.execute("DELETE FROM snapshots")
            assert len(ids(reader, Query())) == 1
            writer.connection.execute("ROLLBACK")
        makers.fill(writer, [1])
        assert reader.changes() > version


def test_an_unwritable_folder_is_opened_to_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    writer = Library(tmp_path / "lib", create=True)
    makers.fill(writer, [0])
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    # While the writer lives, what it wrote last lies in the log beside the index.
    for _ in range(2):
        with Library(tmp_path / "lib") as library:
            assert library.read_only
            assert len(ids(library, Query())) == 1
            assert library.notices == [f"nothing can be written to {tmp_path / 'lib'}: it is open to be read"]
            with pytest.raises(StorageError, match=r"nothing can be written to .* open the copy"):
                makers.fill(library, [1])
        writer.close()
    with pytest.raises(StorageError):
        makers.fill(Library(tmp_path / "lib", write=False), [1])


def test_on_a_network_file_system_there_is_no_shared_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Library(tmp_path / "lib", create=True) as library:
        makers.fill(library, [0])
        assert library.connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    monkeypatch.setattr(database, "file_system", lambda folder: "nfs4")
    with Library(tmp_path / "lib") as library:
        assert library.connection.execute("PRAGMA journal_mode").fetchone() == ("truncate",)
        assert "lies on a network file system (nfs4): the index is kept with a rollback journal" in library.notices[0]
        makers.fill(library, [1])
        assert len(ids(library, Query())) == 2
        assert not (tmp_path / "lib" / (INDEX + "-wal")).exists()


def test_a_lost_index_is_told_and_never_replaced_by_an_empty_one(tmp_path: Path) -> None:
    with Library(tmp_path / "lib", create=True) as library:
        makers.fill(library, [0])
    (tmp_path / "lib" / INDEX).unlink()
    for write in (True, False):
        with pytest.raises(DamagedIndexError, match="has no index; `crackinspector library check --repair"):
            Library(tmp_path / "lib", write=write, create=True)


def test_a_damaged_index_is_told(tmp_path: Path) -> None:
    with Library(tmp_path / "lib", create=True) as library:
        makers.fill(library, [0])
    (tmp_path / "lib" / INDEX).write_bytes(b"not a database " * 1000)
    with pytest.raises(DamagedIndexError, match=r"is damaged .* check --repair"):
        Library(tmp_path / "lib")


def test_an_index_of_a_newer_program_is_left_alone(tmp_path: Path) -> None:
    with Library(tmp_path / "lib", create=True) as library:
        library.connection.execute("PRAGMA user_version = 99")
    for write in (True, False):
        with pytest.raises(StorageError, match="written by a newer crackinspector; update"):
            Library(tmp_path / "lib", write=write)


def test_a_migration_keeps_the_index_as_it_was(tmp_path: Path) -> None:
    with Library(tmp_path / "lib", create=True) as library:
        makers.fill(library, [0])
        script = "ALTER TABLE snapshots ADD COLUMN colour TEXT;"
        told = migrate(library.connection, library.folder, (*MIGRATIONS, script))
        kept = tmp_path / "lib" / "backups" / f"library-{len(MIGRATIONS)}.sqlite"
        assert told == [f"the index was brought to version {len(MIGRATIONS) + 1}; as it was, it is kept in {kept}"]
        assert version_of(library.connection) == len(MIGRATIONS) + 1
    before = sqlite3.connect(kept)
    assert before.execute("SELECT count(*) FROM snapshots").fetchone() == (1,)
    assert version_of(before) == len(MIGRATIONS)
    before.close()


def tables(folder: Path) -> set[tuple[object, ...]]:
    with Library(folder) as library:
        return set(library.connection.execute("SELECT type, name, sql FROM sqlite_master"))


def made_old(folder: Path) -> None:
    """Make the index of a library what the first program would have made of it."""
    with Library(folder) as library:
        for later in ("by_name", "by_label", "by_truth", "verdicts_of"):
            library.connection.execute(f"DROP INDEX {later}")
        for later in ("deleted_files", "deleted", "said", "models"):
            library.connection.execute(f"DROP TABLE {later}")
        for column in ("exif_latitude", "exif_longitude"):
            library.connection.execute(f"ALTER TABLE snapshots DROP COLUMN {column}")
        library.connection.execute("PRAGMA user_version = 1")


def test_many_who_open_an_old_index_bring_it_up_to_date_once(tmp_path: Path) -> None:
    with Library(tmp_path / "lib", create=True) as library:
        makers.fill(library, range(3))
    made_old(tmp_path / "lib")
    told: list[object] = []

    def read(number: int) -> None:
        try:
            with Library(tmp_path / "lib", write=number % 2 == 0) as library:
                told.append((counts(library).snapshots, len(library.notices)))
        except StorageError as error:
            told.append(error)

    threads = [threading.Thread(target=read, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    # Each step is told by whoever took it.
    assert sorted(told, key=str) == [*[(3, 0)] * 7, (3, len(MIGRATIONS) - 1)]


@pytest.mark.parametrize("opened", ["to write", "to read", "where nothing can be written"])
def test_an_index_of_the_first_program_becomes_one_of_ours(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, opened: str
) -> None:
    folder = tmp_path / "lib"
    with Library(folder, create=True) as library:
        makers.fill(library, range(3))
    made_old(folder)
    kept = folder / "backups" / "library-1.sqlite"
    with monkeypatch.context() as patched:
        if opened == "where nothing can be written":
            patched.setattr(os, "access", lambda path, mode: False)
        with Library(folder, write=opened == "to write") as library:
            assert len(ids(library, Query(sort=Sort.NAME))) == 3
            assert counts(library).snapshots == 3
            assert kept.exists() == (opened != "where nothing can be written")
            assert any("as it was, it is kept" in notice for notice in library.notices) == kept.exists()
    Library(tmp_path / "new", create=True).close()
    assert tables(folder) == tables(tmp_path / "new")
    assert not (tmp_path / "new" / "backups").exists()
    before = sqlite3.connect(kept)
    assert version_of(before) == 1
    before.close()
    assert problems(folder) == []


def test_an_index_of_the_first_program_knows_afterwards_what_each_model_said_last(tmp_path: Path) -> None:
    folder, odd, plain = tmp_path / "lib", ("mod\udc80", "ab" * 32), ("stand-in", "cd" * 32)
    with Library(folder, create=True) as library:
        name = makers.fill(library, [0])[0].sidecar.id
        for label, model in (("negative", odd), ("positive", odd), ("unknown", plain)):
            body = {**makers.detection(0.5, label), "model": {"name": model[0], "sha256": model[1]}}
            library.commit(
                [Change(name, functools.partial(drafts_of, events.Draft(events.Kind.DETECTION, "ann", body)))]
            )
    made_old(folder)
    with Library(folder) as library:
        for model, said in ((odd, "positive"), (plain, "unknown")):
            found = {label for label in Label if ids(library, Query(model=model, labels=(label,)))}
            assert found == {said}


def drafts_of(draft: events.Draft, known: object) -> list[events.Draft]:
    return [draft]


def test_an_index_that_nobody_has_written_to_is_a_lost_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Library(tmp_path / "lib", create=True) as library:
        makers.fill(library, [0])
    (tmp_path / "lib" / INDEX).write_bytes(b"")
    for _ in range(2):
        with pytest.raises(DamagedIndexError, match="has no index"):
            Library(tmp_path / "lib", write=False)
        monkeypatch.setattr(os, "access", lambda path, mode: False)


def test_a_migration_that_fails_changes_nothing(tmp_path: Path) -> None:
    with Library(tmp_path / "lib", create=True) as library:
        script = "CREATE TABLE more (x);\nALTER TABLE nowhere ADD COLUMN x TEXT;"
        with pytest.raises(sqlite3.OperationalError, match="nowhere"):
            migrate(library.connection, library.folder, (*MIGRATIONS, script))
        assert version_of(library.connection) == len(MIGRATIONS)
        assert library.connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'more'").fetchone() is None


def test_a_folder_with_other_files_does_not_become_a_library(tmp_path: Path) -> None:
    (tmp_path / "holiday.jpg").write_bytes(b"")
    with pytest.raises(StorageError, match="holds other files and is no library; give an empty or a new folder"):
        Library(tmp_path, create=True)
    with pytest.raises(StorageError, match="there is no library in"):
        Library(tmp_path / "elsewhere")
    assert [path.name for path in tmp_path.iterdir()] == ["holiday.jpg"]


def test_a_memory_card_with_its_litter_does(tmp_path: Path) -> None:
    (tmp_path / "System Volume Information").mkdir()
    (tmp_path / ".Trash-1000").mkdir()
    Library(tmp_path, create=True).close()


def test_a_record_that_somebody_damaged_does_not_spoil_the_next_verdict(tmp_path: Path) -> None:
    with Library(tmp_path / "lib", create=True) as library:
        (added,) = makers.fill(library, [0])
        name = added.sidecar.facts.sha256
        record_path(library.folder, name).write_text("{")
        library.commit([Change(name, lambda known: [events.note("ann", "wet")])])
    assert problems(tmp_path / "lib") == []
    with Library(tmp_path / "lib") as library:
        assert [event.kind for event in library.sidecar(name).events] == ["import", "detection", "note"]


@pytest.mark.parametrize("another", ["nothing", "an empty folder", "another library"])
def test_a_card_that_was_taken_out_is_told_and_nothing_is_written_elsewhere(tmp_path: Path, another: str) -> None:
    library = Library(tmp_path / "card", create=True)
    makers.fill(library, [0])
    waiting = makers.change(library, 1)
    (tmp_path / "card").rename(tmp_path / "pocket")
    if another == "an empty folder":
        (tmp_path / "card").mkdir()
    elif another == "another library":
        Library(tmp_path / "card", create=True).close()
    before = {path: path.is_dir() or path.read_bytes() for path in tmp_path.rglob("*")}
    for work in (lambda: library.commit([waiting]), lambda: library.bury(lambda connection: []), lambda: library.run):
        with pytest.raises(StorageError, match="is not there any more, or is another folder now; put its disk or card"):
            work()
    assert {path: path.is_dir() or path.read_bytes() for path in tmp_path.rglob("*")} == before
    library.close()
    if another != "nothing":
        shutil.rmtree(tmp_path / "card")
    (tmp_path / "pocket").rename(tmp_path / "card")
    with Library(tmp_path / "card") as library:
        assert len(ids(library, Query())) == 1
    assert problems(tmp_path / "card") == []


def test_a_record_that_nobody_would_read_again_is_not_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(committing, "MAX_BYTES", 10_000)
    with Library(tmp_path / "lib", create=True) as library:
        first, second = (each.sidecar.id for each in makers.fill(library, range(2)))
        verdicts.decide(library, [first], Verdict.CONFIRMED, "ann")
        before = makers.files(tmp_path / "lib")
        long = Change(first, lambda known: [events.note("ann", "wet" * 3000)])
        with pytest.raises(SnapshotError, match=rf"the history of {first} would be longer than 10000 bytes"):
            library.commit([long])
        assert makers.files(tmp_path / "lib") == before
        told, kept = kept_or_refused(library.commit, [long, Change(second, lambda known: [events.note("ann", "wet")])])
        assert isinstance(told, SnapshotError)
        assert isinstance(kept, Committed)
        assert kept.sidecar.events[-1].body["text"] == "wet"
    assert problems(tmp_path / "lib") == []


def test_what_comes_last_in_the_history_may_be_dated_in_the_future(tmp_path: Path) -> None:
    with Library(tmp_path / "lib", create=True) as library:
        names = [each.sidecar.id for each in makers.fill(library, range(2))]
        for name, at in zip(names, ("2199-12-31T23:59:59.999999Z", "2299-12-31T23:59:59.999999Z"), strict=True):
            library.commit([Change(name, events=(Event.of(events.note("ann", "late"), at),))])
        (judged,) = verdicts.decide(library, names[:1], Verdict.CONFIRMED, "ann")
        assert judged.events[0].at == "2200-01-01T00:00:00.000000Z"
        with pytest.raises(StorageError, match=r"has an event that is dated 2299.*, so nothing can follow; restore it"):
            verdicts.decide(library, names[1:], Verdict.CONFIRMED, "ann")
    assert problems(tmp_path / "lib") == []
