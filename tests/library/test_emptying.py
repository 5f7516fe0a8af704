from __future__ import annotations

import errno
import functools
import json
import os
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from crackinspector.core.errors import StorageError
from crackinspector.library import clearing, committing, events, verdicts
from crackinspector.library.backup import back_up
from crackinspector.library.checking import check
from crackinspector.library.counting import counts
from crackinspector.library.emptying import delete, in_bin
from crackinspector.library.events import Draft, Event, Kind
from crackinspector.library.layout import INDEX, map_path, picture_path, record_path
from crackinspector.library.merging import Merged, merge
from crackinspector.library.queries import Query, ids
from crackinspector.library.sidecar import Sidecar
from crackinspector.library.store import Change, Library
from crackinspector.library.tombstones import Tombstone, parse_record, read_record
from tests.library import makers
from tests.library.full_disk import FullDisk
from tests.library.power import LOST_POWER, Power, in_child


def problems(folder: Path, repair: bool = False) -> list[str]:
    return [problem.sentence for problem in check(folder, repair)]


def filled(folder: Path, count: int = 3, binned: int = 1) -> list[str]:
    """A library, the first snapshots of which are in the bin; the names."""
    with Library(folder, create=True) as library:
        names = [each.sidecar.id for each in makers.fill(library, range(count))]
        verdicts.put_into_bin(library, names[:binned], "ann")
    return names


def emptied(folder: Path, why: str = "blurred") -> list[Tombstone]:
    with Library(folder) as library:
        return list(delete(library, [each.id for each in in_bin(library)], "bob", why))


def test_what_is_deleted_leaves_who_when_and_why(tmp_path: Path) -> None:
    names = filled(tmp_path / "lib")
    with Library(tmp_path / "lib") as library:
        digests = [str(library.sidecar(name).events[1].body["map"]) for name in names]
    (grave,) = emptied(tmp_path / "lib")
    assert (grave.id, grave.deletion.who, grave.deletion.body["why"]) == (names[0], "bob", "blurred")
    assert grave.sentence == f"was deleted on {grave.deletion.at[:10]} by bob (blurred)"
    record = record_path(tmp_path / "lib", names[0])
    assert read_record(record) == grave
    assert record.stat().st_size < 1000
    there = [picture_path(tmp_path / "lib", name, ".png").exists() for name in names]
    assert there == [map_path(tmp_path / "lib", digest).exists() for digest in digests] == [False, True, True]
    assert problems(tmp_path / "lib") == []
    with Library(tmp_path / "lib", write=False) as library:
        assert library.tombstone(names[0]) == grave
        assert library.tombstone(names[1]) is None
        held = counts(library)
        assert (held.snapshots, held.binned, held.deleted) == (2, 0, 1)
        assert len(ids(library, Query(text="wall"))) == 2
        with pytest.raises(StorageError, match="has no snapshot"):
            library.sidecar(names[0])


def test_only_what_is_in_the_bin_is_deleted(tmp_path: Path) -> None:
    names = filled(tmp_path / "lib", binned=2)
    with Library(tmp_path / "lib") as library:
        assert [each.id for each in in_bin(library)] == names[:2]
        assert [(each.name, each.who) for each in in_bin(library)] == [("wall0.png", "ann"), ("wall1.png", "ann")]
        assert in_bin(library, timedelta(days=1)) == []
        verdicts.put_into_bin(library, names[1:2], "ann", away=False)
        gone = list(delete(library, [*names, "ab" * 32, names[0]], "bob"))
        assert [each.id for each in gone] == names[:1]
        assert in_bin(library) == []
        assert counts(library).snapshots == 2


def test_a_map_that_another_snapshot_has_as_well_stays(tmp_path: Path) -> None:
    names = filled(tmp_path / "lib", count=2)
    with Library(tmp_path / "lib") as library:
        digest = str(library.sidecar(names[0]).events[1].body["map"])
        library.commit(
            [Change(names[1], lambda known: [Draft(Kind.DETECTION, "ann", makers.detection(0.2, crack_map=digest))])]
        )
        library.commit([Change(names[1], lambda known: [Draft(Kind.DETECTION, "ann", makers.detection(0.3))])])
    assert len(emptied(tmp_path / "lib")) == 1
    assert map_path(tmp_path / "lib", digest).exists()
    assert problems(tmp_path / "lib") == []


def test_what_was_deleted_comes_back_only_when_somebody_says_so(tmp_path: Path) -> None:
    names = filled(tmp_path / "lib")
    emptied(tmp_path / "lib")
    with Library(tmp_path / "lib") as library:
        with pytest.raises(StorageError, match=r"was deleted on .* by bob \(blurred\); .* --again"):
            makers.fill(library, [0])
        with pytest.raises(StorageError, match="was deleted on"):
            verdicts.note(library, names[0], "too late", "ann")
        new = makers.change(library, 0)
        (back,) = library.commit([replace(new, again="cid")])
        assert back.is_new
        assert [each.kind for each in back.sidecar.events] == ["delete", "restore", "import", "detection"]
        assert [each.who for each in back.sidecar.events[:2]] == ["bob", "cid"]
        assert library.tombstone(names[0]) is None
        assert counts(library).snapshots == 3
        verdicts.put_into_bin(library, names[:1], "ann")
    assert problems(tmp_path / "lib") == []
    (grave,) = emptied(tmp_path / "lib", "again")
    # Nobody forgets that it was there twice.
    assert [each.kind for each in grave.events] == ["delete", "restore", "delete"]
    assert problems(tmp_path / "lib") == []


def delete_without_power(folder: Path, name: str, steps: int, seed: int | None) -> None:
    """Empty the bin; the power fails after so many steps, or at the end."""
    library = Library(folder)
    power = Power(steps, seed, [])
    power.install()
    list(delete(library, [name], "bob"))
    library.close()
    power.fail(0)


@pytest.mark.parametrize("seed", [None, 1, 3, 4])
def test_power_may_fail_at_every_step_of_a_deletion(tmp_path: Path, seed: int | None) -> None:
    steps, outcomes = 0, set()
    while True:
        folder = tmp_path / str(steps)
        names = filled(folder, count=2)
        status = in_child(functools.partial(delete_without_power, folder, names[0], steps, seed))
        assert status in (0, LOST_POWER)
        with Library(folder) as library:
            grave, there = library.tombstone(names[0]), {each.id for each in in_bin(library)}
            files = sum(1 for kind in ("pictures", "maps") for path in (folder / kind).rglob("*.png"))
            # Whole, with all its history, or gone with all its files: nothing in between.
            assert (grave is None, there, files) in ((True, {names[0]}, 4), (False, set(), 2))
            if grave is None:
                assert len(library.sidecar(names[0]).events) == 3
            assert len(library.sidecar(names[1]).events) == 2
        assert problems(folder) == []
        outcomes.add(grave is None)
        if status == 0:
            assert grave is not None
            break
        steps += 1
    assert steps > 5
    assert outcomes == {True, False}


@pytest.mark.parametrize("room", [0, 300])
def test_on_a_full_disk_nothing_is_deleted(tmp_path: Path, room: int) -> None:
    filled(tmp_path / "lib", binned=2)
    before = {name: data for name, data in makers.files(tmp_path / "lib").items() if "incoming" not in name}
    with Library(tmp_path / "lib") as library, FullDisk(room), pytest.raises(StorageError, match="No space left"):
        list(delete(library, [each.id for each in in_bin(library)], "bob"))
    assert {name: data for name, data in makers.files(tmp_path / "lib").items() if "incoming" not in name} == before
    assert problems(tmp_path / "lib") == []
    assert len(emptied(tmp_path / "lib")) == 2


def test_a_removal_that_was_not_finished_is_not_taken_up_if_it_was_restored(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = filled(tmp_path / "lib", count=1)
    library = Library(tmp_path / "lib")
    found = library.sidecar(names[0])
    last = Event.of(events.deleted("bob"), "2026-11-21T10:00:00.000000Z")
    grave = Tombstone(names[0], ".png", (), (last,))
    committing.stage(library.run, {names[0]: grave}, {})
    verdicts.put_into_bin(library, names, "ann", away=False)
    assert library._run is not None
    library._run.keep()
    library._run = None
    library.close()
    with Library(tmp_path / "lib") as library:
        assert library.sidecar(names[0]).events[:-1] == found.events
    assert problems(tmp_path / "lib") == []


def test_files_that_cannot_be_removed_are_told_and_removed_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = filled(tmp_path / "lib")

    def refused(path: Path, missing_ok: bool = False) -> None:
        raise PermissionError(13, "Permission denied")

    with monkeypatch.context() as patched:
        patched.setattr(Path, "unlink", refused)
        with pytest.raises(StorageError, match="Permission denied"):
            emptied(tmp_path / "lib")
        with Library(tmp_path / "lib") as library:
            assert library.tombstone(names[0]) is not None
            assert "pictures that were deleted are still there" in " ".join(library.notices)
    Library(tmp_path / "lib").close()
    assert not picture_path(tmp_path / "lib", names[0], ".png").exists()
    assert problems(tmp_path / "lib") == []


def no_names_for_records(path: Path, to: Any) -> Path:
    """In the place of `Path.replace`: step 4 fails."""
    if "records" in Path(to).parts:
        raise OSError(errno.EIO, os.strerror(errno.EIO))
    path.rename(to)
    return Path(to)


def whole_or_gone(folder: Path, names: list[str]) -> None:
    """Each is there with its picture, or its tombstone lies among the records, whatever the index says."""
    for name in names:
        is_buried = isinstance(read_record(record_path(folder, name)), Tombstone)
        assert is_buried or picture_path(folder, name, ".png").exists()


def test_a_picture_does_not_go_before_its_tombstone_lies_among_the_records(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = filled(tmp_path / "lib", count=3, binned=2)
    library = Library(tmp_path / "lib")
    with monkeypatch.context() as patched, pytest.raises(StorageError, match="Input/output error"):
        patched.setattr(Path, "replace", no_names_for_records)
        list(delete(library, names[:1], "bob"))
    assert [each.id for each in delete(library, names[1:2], "bob")] == names[1:2]
    whole_or_gone(tmp_path / "lib", names)
    assert [picture_path(tmp_path / "lib", name, ".png").exists() for name in names] == [True, False, True]
    library.close()
    with Library(tmp_path / "lib") as library:
        assert library.notices == ["finished one snapshot that a program had begun which was ended"]
    assert [picture_path(tmp_path / "lib", name, ".png").exists() for name in names] == [False, False, True]
    assert problems(tmp_path / "lib") == []


def test_a_removal_that_cannot_be_finished_is_tried_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    names = filled(tmp_path / "lib")
    with monkeypatch.context() as patched, pytest.raises(StorageError, match="Input/output error"):
        patched.setattr(Path, "replace", no_names_for_records)
        emptied(tmp_path / "lib")
    for _ in range(2):
        with FullDisk(0), Library(tmp_path / "lib") as library:
            (notice,) = library.notices
            assert "what a program had begun could not be finished and is tried again later: " in notice
            assert "No space left" in notice
        whole_or_gone(tmp_path / "lib", names)
    with Library(tmp_path / "lib") as library:
        assert library.notices == ["finished one snapshot that a program had begun which was ended"]
        assert library.tombstone(names[0]) is not None
    assert not picture_path(tmp_path / "lib", names[0], ".png").exists()
    assert not any((tmp_path / "lib" / "incoming").iterdir())
    assert problems(tmp_path / "lib") == []


def test_what_was_begun_for_a_snapshot_that_was_deleted_since_is_let_go(tmp_path: Path) -> None:
    names = filled(tmp_path / "lib")
    library = Library(tmp_path / "lib")
    begun = makers.change(library, 0)
    committing.stage(library.run, {names[0]: library.sidecar(names[0])}, {})
    assert begun.picture is not None
    assert begun.picture.parent == library.run
    assert library._run is not None
    library._run.keep()
    library._run = None
    assert len(list(delete(library, names[:1], "bob"))) == 1
    library.close()
    with Library(tmp_path / "lib") as library:
        assert library.notices == []
        assert library.tombstone(names[0]) is not None
    assert not any((tmp_path / "lib" / "incoming").iterdir())


def lose_index(folder: Path, name: str) -> None:
    (folder / INDEX).unlink()


def lose_tombstone(folder: Path, name: str) -> None:
    record_path(folder, name).unlink()


def spoil_tombstone(folder: Path, name: str) -> None:
    record_path(folder, name).write_text("{")


def forge_tombstone(folder: Path, name: str) -> None:
    path = record_path(folder, name)
    path.write_text(path.read_text().replace('"bob"', '"eve"'))


def forget_in_index(folder: Path, name: str) -> None:
    with Library(folder) as library:
        library.connection.execute("DELETE FROM deleted")


@pytest.mark.parametrize("damage", [lose_index, lose_tombstone, spoil_tombstone, forge_tombstone, forget_in_index])
def test_index_and_tombstone_mend_each_other(tmp_path: Path, damage: Callable[[Path, str], None]) -> None:
    names = filled(tmp_path / "lib")
    (grave,) = emptied(tmp_path / "lib")
    damage(tmp_path / "lib", names[0])
    assert problems(tmp_path / "lib") != []
    assert all(problem.mended for problem in check(tmp_path / "lib", repair=True))
    assert problems(tmp_path / "lib") == []
    with Library(tmp_path / "lib") as library:
        assert library.tombstone(names[0]) == grave
        assert counts(library).snapshots == 2


def test_a_picture_that_is_left_of_a_deleted_snapshot_is_put_away_and_not_taken_in(tmp_path: Path) -> None:
    names = filled(tmp_path / "lib")
    emptied(tmp_path / "lib")
    left = picture_path(tmp_path / "lib", names[0], ".png")
    left.write_bytes(makers.jpeg(0))
    (sentence,) = problems(tmp_path / "lib")
    assert str(left) in sentence
    assert all(problem.mended for problem in check(tmp_path / "lib", repair=True))
    assert [path.read_bytes() for path in (tmp_path / "lib" / "bin").rglob("*.png")] == [makers.jpeg(0)]
    with Library(tmp_path / "lib") as library:
        assert library.tombstone(names[0]) is not None


def merged(folder: Path, other: Path, again: str | None = None) -> list[Merged]:
    with Library(folder, create=True) as library:
        return list(merge(library, other, again))


def test_a_merge_does_not_bring_back_what_was_deleted_here(tmp_path: Path) -> None:
    names = filled(tmp_path / "device")
    merged(tmp_path / "desk", tmp_path / "device")
    emptied(tmp_path / "desk")
    with Library(tmp_path / "device") as library:
        verdicts.put_into_bin(library, names[:1], "ann", away=False)
        verdicts.note(library, names[0], "looked at once more", "ann")
    (told,) = [each for each in merged(tmp_path / "desk", tmp_path / "device") if each.deleted]
    assert told.note is not None
    assert "was deleted on" in told.note
    assert "--again brings it back" in told.note
    assert problems(tmp_path / "desk") == []
    back = [each for each in merged(tmp_path / "desk", tmp_path / "device", again="cid") if each.is_new]
    assert [each.id for each in back] == names[:1]
    with Library(tmp_path / "desk") as library:
        assert [each.kind for each in library.sidecar(names[0]).events] == [
            *("import", "detection", "bin", "delete", "restore", "note", "restore")
        ]
    assert problems(tmp_path / "desk") == []
    # The device takes the desk's history over, and stays as it is besides.
    merged(tmp_path / "device", tmp_path / "desk")
    assert problems(tmp_path / "device") == []


def test_what_was_deleted_there_stays_here_and_is_known_where_it_never_was(tmp_path: Path) -> None:
    names = filled(tmp_path / "device")
    merged(tmp_path / "desk", tmp_path / "device")
    (grave,) = emptied(tmp_path / "device")
    (told,) = [each for each in merged(tmp_path / "desk", tmp_path / "device") if each.note]
    assert told.note is not None
    assert told.note.endswith("in the other library; it is kept here")
    with Library(tmp_path / "desk") as library:
        assert isinstance(library.sidecar(names[0]), Sidecar)
    for count in (1, 0):
        assert sum(each.events for each in merged(tmp_path / "new", tmp_path / "device") if each.deleted) == count
    with Library(tmp_path / "new") as library:
        assert library.tombstone(names[0]) == grave
    assert {each.id for each in merged(tmp_path / "new", tmp_path / "desk") if each.deleted} == {names[0]}
    assert problems(tmp_path / "new") == problems(tmp_path / "desk") == []


def test_a_backup_has_the_tombstones_and_loses_the_pictures(tmp_path: Path) -> None:
    names = filled(tmp_path / "lib")
    for _ in range(2):
        with Library(tmp_path / "lib") as library:
            assert list(back_up(library, tmp_path / "to")) == []
        assert problems(tmp_path / "to") == []
        emptied(tmp_path / "lib")
    assert not picture_path(tmp_path / "to", names[0], ".png").exists()
    with Library(tmp_path / "to", write=False) as library:
        assert library.tombstone(names[0]) is not None


@pytest.mark.parametrize(
    "change",
    [
        {"suffix": ".sh"},
        {"sha256": "../../secret"},
        {"maps": ["../x"]},
        {"maps": 3},
        {"format": 9},
        {"events": []},
        {"events": [{"kind": "delete"}]},
        {"picture": None},
    ],
)
def test_a_tombstone_that_is_none_is_refused(change: dict[str, object]) -> None:
    event = Event.of(events.deleted("bob"), "2026-11-21T10:00:00.000000Z")
    good = Tombstone("ab" * 32, ".png", (), (event,))
    assert parse_record(good.content()) == good
    values = json.loads(good.content())
    for name, value in change.items():
        (values["picture"] if name in ("suffix", "sha256") else values)[name] = value
    with pytest.raises(ValueError, match=r"."):
        parse_record(json.dumps(values).encode())


def test_many_are_removed_in_groups(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("crackinspector.library.emptying._GROUP", 2)
    monkeypatch.setattr(clearing, "_GROUP", 1)
    filled(tmp_path / "lib", count=6, binned=5)
    assert len(emptied(tmp_path / "lib")) == 5
    assert problems(tmp_path / "lib") == []
    left = sqlite3.connect(tmp_path / "lib" / INDEX)
    assert left.execute("SELECT count(*) FROM deleted WHERE NOT cleared").fetchone() == (0,)
    left.close()
