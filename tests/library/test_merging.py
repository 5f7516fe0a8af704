from __future__ import annotations

import hashlib
import json
import os
import resource
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crackinspector.core.errors import StorageError
from crackinspector.library import committing, events, verdicts
from crackinspector.library.checking import check
from crackinspector.library.events import Event, Verdict
from crackinspector.library.layout import picture_path, record_path
from crackinspector.library.merging import Merged, merge
from crackinspector.library.sidecar import MAX_BYTES, Sidecar
from crackinspector.library.store import Change, Library
from tests.library import makers

DECIDED = st.sampled_from([Verdict.CONFIRMED, Verdict.REJECTED, Verdict.UNSURE])
ACTIONS = st.lists(st.tuples(st.integers(0, 3), st.one_of(st.none(), DECIDED, st.just("bin"))), max_size=4)


def contents(folder: Path) -> dict[str, Sidecar]:
    with Library(folder, write=False) as library:
        names = [name for (name,) in library.connection.execute("SELECT id FROM snapshots")]
        return {name: library.sidecar(name) for name in names}


def merged(folder: Path, other: Path) -> list[Merged]:
    with Library(folder, create=True) as library:
        return list(merge(library, other))


def make(folder: Path, who: str, actions: list[tuple[int, object]]) -> Path:
    """A library in which somebody did something to some pictures."""
    with Library(folder, create=True) as library:
        names = {}
        for number, action in actions:
            (added,) = makers.fill(library, [number])
            names[number] = added.sidecar.facts.sha256
            if action is None:
                verdicts.undo(library, names[number], who)
            elif isinstance(action, Verdict):
                verdicts.decide(library, [names[number]], action, who)
            else:
                verdicts.put_into_bin(library, [names[number]], who)
    return folder


@settings(max_examples=6)
@given(ACTIONS, ACTIONS)
def test_whoever_merges_whom_the_same_comes_out(
    tmp_path_factory: pytest.TempPathFactory, ours: list[tuple[int, object]], theirs: list[tuple[int, object]]
) -> None:
    root = tmp_path_factory.mktemp("merge")
    a, b = make(root / "a", "ann", ours), make(root / "b", "bob", theirs)
    before_a, before_b = contents(a), contents(b)
    merged(root / "ab", a)
    merged(root / "ab", b)
    merged(root / "ba", b)
    merged(root / "ba", a)
    both = contents(root / "ab")
    assert both == contents(root / "ba")
    assert set(both) == {*before_a, *before_b}
    for before in (before_a, before_b):
        for name, sidecar in before.items():
            # No history loses a row.
            assert all(event in both[name].events for event in sidecar.events)
    files = makers.files(root / "ab")
    again = merged(root / "ab", b) + merged(root / "ab", a)
    assert not any(each.is_new or each.events or each.refused for each in again)
    assert makers.files(root / "ab") == files
    assert list(check(root / "ab")) == []
    # The other library stays as it was.
    assert contents(b) == before_b


@pytest.fixture
def other(tmp_path: Path) -> Path:
    """A library of two snapshots, with the names sorted."""
    with Library(tmp_path / "other", create=True) as library:
        makers.fill(library, range(2))
    return tmp_path / "other"


def names(folder: Path) -> list[str]:
    return sorted(path.stem for path in (folder / "records").rglob("*.json"))


def a_record_that_is_not_json(other: Path) -> None:
    record_path(other, names(other)[0]).write_bytes(b"\x00\xff{")


def a_record_nested_without_end(other: Path) -> None:
    record_path(other, names(other)[0]).write_bytes(b'{"events":' + b"[" * 200_000)


def a_record_that_is_too_long(other: Path) -> None:
    with record_path(other, names(other)[0]).open("ab") as file:
        file.truncate(MAX_BYTES + 1)


def a_record_of_another_picture(other: Path) -> None:
    one, two = names(other)
    record_path(other, one).write_bytes(record_path(other, two).read_bytes())


def a_record_that_leads_outside(other: Path) -> None:
    path = record_path(other, names(other)[0])
    values = json.loads(path.read_bytes())
    values["picture"]["suffix"] = "/../../../secret.jpg"
    path.write_text(json.dumps(values))


def a_forged_event(other: Path) -> None:
    path = record_path(other, names(other)[0])
    path.write_text(path.read_text().replace('"ann"', '"eve"'))


def a_record_that_is_a_link(other: Path) -> None:
    path = record_path(other, names(other)[0])
    path.rename(other.parent / "secret.json")
    path.symlink_to(other.parent / "secret.json")


def a_record_that_is_a_pipe(other: Path) -> None:
    path = record_path(other, names(other)[0])
    path.unlink()
    os.mkfifo(path)


def picture(other: Path) -> Path:
    name = names(other)[0]
    return picture_path(other, name, ".png")


def a_picture_that_is_a_link(other: Path) -> None:
    path = picture(other)
    path.rename(other.parent / "secret.png")
    path.symlink_to(other.parent / "secret.png")


def a_picture_in_a_folder_that_is_a_link(other: Path) -> None:
    path = picture(other)
    path.parent.rename(other.parent / "secrets")
    path.parent.symlink_to(other.parent / "secrets")


def a_picture_that_is_missing(other: Path) -> None:
    picture(other).unlink()


def a_picture_that_has_changed(other: Path) -> None:
    picture(other).write_bytes(makers.jpeg(99))


def a_map_that_has_changed(other: Path) -> None:
    for path in (other / "maps").rglob("*.png"):
        path.write_bytes(makers.png_map(99))
    record_path(other, names(other)[1]).unlink()


def forged(other: Path, content: bytes) -> None:
    """A record, whose digests are all right, of something that is no picture."""
    path = record_path(other, names(other)[0])
    values = json.loads(path.read_bytes())
    name = hashlib.sha256(content).hexdigest()
    values["picture"].update(sha256=name, bytes=len(content))
    to = picture_path(other, name, ".png")
    to.parent.mkdir(exist_ok=True)
    to.write_bytes(content)
    path.unlink()
    record = record_path(other, name)
    record.parent.mkdir(exist_ok=True)
    record.write_text(json.dumps(values))


def a_picture_that_is_none(other: Path) -> None:
    forged(other, b"#!/bin/sh\necho surprise\n")


def a_bomb(other: Path) -> None:
    header = b"\x00\x0f\x42\x40\x00\x0f\x42\x40\x08\x02\x00\x00\x00"
    chunk = b"IHDR" + header
    forged(other, b"\x89PNG\r\n\x1a\n\x00\x00\x00\x0d" + chunk + zlib.crc32(chunk).to_bytes(4, "big"))


HOSTILE = [
    a_record_that_is_not_json,
    a_record_nested_without_end,
    a_record_that_is_too_long,
    a_record_of_another_picture,
    a_record_that_leads_outside,
    a_forged_event,
    a_record_that_is_a_link,
    a_record_that_is_a_pipe,
    a_picture_that_is_a_link,
    a_picture_in_a_folder_that_is_a_link,
    a_picture_that_is_missing,
    a_picture_that_has_changed,
    a_map_that_has_changed,
    a_picture_that_is_none,
    a_bomb,
]


@pytest.mark.parametrize("trick", HOSTILE, ids=lambda trick: trick.__name__)
def test_what_is_wrong_is_left_out_and_told_and_the_rest_comes(
    tmp_path: Path, other: Path, trick: Callable[[Path], None]
) -> None:
    before = contents(other)
    trick(other)
    results = merged(tmp_path / "ours", other)
    refused = [each.refused for each in results if each.refused is not None]
    assert len(refused) == 1
    assert "was left out: " in refused[0]
    here = contents(tmp_path / "ours")
    # Two files that are one and the same trick spoil both.
    assert len(here) == len(results) - 1
    assert all(before[name] == sidecar for name, sidecar in here.items())
    assert list(check(tmp_path / "ours")) == []
    assert {path.name for path in tmp_path.iterdir()} <= {"ours", "other", "secret.json", "secret.png", "secrets"}


def test_folders_that_are_links_are_not_followed(tmp_path: Path, other: Path) -> None:
    (other / "records").rename(tmp_path / "elsewhere")
    (other / "records").symlink_to(tmp_path / "elsewhere")
    assert merged(tmp_path / "ours", other) == []


def test_names_that_are_no_names_are_told_one_by_one(tmp_path: Path, other: Path) -> None:
    shard = other / "records" / names(other)[0][:2]
    for number in range(2000):
        (shard / f"{number}.json").touch()
    results = merged(tmp_path / "ours", other)
    assert sum(each.refused is not None for each in results) == 2000
    assert len(contents(tmp_path / "ours")) == 2


@pytest.mark.slow
def test_a_million_entries_take_time_and_no_memory(tmp_path: Path, other: Path) -> None:
    shard = other / "records" / names(other)[0][:2]
    for number in range(1_000_000):
        (shard / f"{number}.json").touch()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with Library(tmp_path / "ours", create=True) as library:
        assert sum(each.refused is not None for each in merge(library, other)) == 1_000_000
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 50_000


def test_a_record_with_a_flood_of_events_is_left_out(tmp_path: Path, other: Path) -> None:
    record_path(other, names(other)[0]).write_bytes(b'{"events": [' + b"{}," * 1_000_000 + b"{}]}")
    assert sum(each.refused is not None for each in merged(tmp_path / "ours", other)) == 1


def test_what_is_missing_here_comes_back_by_a_merge(tmp_path: Path, other: Path) -> None:
    merged(tmp_path / "ours", other)
    name = names(other)[0]
    picture_path(tmp_path / "ours", name, ".png").unlink()
    assert len(list(check(tmp_path / "ours"))) == 1
    merged(tmp_path / "ours", other)
    assert list(check(tmp_path / "ours")) == []


def test_a_library_is_not_merged_with_itself(tmp_path: Path, other: Path) -> None:
    (tmp_path / "link").symlink_to(other)
    with pytest.raises(StorageError, match="is the library itself"):
        merged(other, tmp_path / "link")
    with pytest.raises(StorageError, match="there is no library"):
        merged(other, tmp_path / "nowhere")


def test_an_event_of_the_far_future_does_not_end_a_history_here(tmp_path: Path) -> None:
    make(tmp_path / "device", "ann", [(0, None), (1, None)])
    with Library(tmp_path / "device") as library:
        name = next(iter(contents(tmp_path / "device")))
        late = Event.of(events.note("eve", "late"), "2199-12-31T23:59:59.999999Z")
        library.commit([Change(name, events=(late,))])
    told = merged(tmp_path / "desk", tmp_path / "device")
    assert [each.refused is None for each in sorted(told, key=lambda each: each.id is None)] == [True, False]
    (refused,) = [each.refused for each in told if each.refused]
    assert "one of its events is dated 2199-12-31T23:59:59.999999Z, far in the future" in refused
    assert name not in contents(tmp_path / "desk")


def test_a_history_that_becomes_too_long_costs_no_other_snapshot(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(committing, "MAX_BYTES", 20_000)
    make(tmp_path / "device", "ann", [(0, None), (1, None)])
    merged(tmp_path / "desk", tmp_path / "device")
    first, second = contents(tmp_path / "desk")
    for name in ("device", "desk"):
        with Library(tmp_path / name) as library:
            # Each half of the history is short enough.
            verdicts.note(library, first, name * 2000, "ann")
            verdicts.note(library, second, name, "ann")
    told = {each.id: each for each in merged(tmp_path / "desk", tmp_path / "device")}
    assert "would be longer than" in str(told[first].refused)
    assert told[second].events == 1
    assert list(check(tmp_path / "desk")) == []
