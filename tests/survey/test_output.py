from __future__ import annotations

import errno
import fcntl
import json
import os
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crackinspector.core.errors import UsageError
from crackinspector.survey.output import (
    JsonLines,
    cannot_write,
    json_line,
    output_names,
    part_name,
    remove_part,
    write_atomic,
)

names = st.builds(
    lambda folder, stem, suffix: Path(folder) / (stem + suffix),
    st.sampled_from(["", "a", "a/b"]),
    st.sampled_from(["wall", "wall-2", "wall-3", "wall.old", "Wall", "-2", "Mauer Ü", "\udcff"]),
    st.sampled_from([".jpg", ".png", ".JPG", ""]),
)


@given(st.lists(names, max_size=30))
def test_output_names_are_distinct_and_the_first_keeps_its_stem(relatives: list[Path]) -> None:
    given_names = output_names(relatives, ".png")
    assert len(set(given_names)) == len(relatives)
    plain = [relative.parent / (relative.stem + ".png") for relative in relatives]
    for wanted in plain:
        assert given_names[plain.index(wanted)] == wanted
    assert [name.parent for name in given_names] == [relative.parent for relative in relatives]


def test_numbers_do_not_take_the_name_of_another_picture() -> None:
    relatives = [Path(name) for name in ("a.jpg", "a.png", "a.bmp", "a-2.jpg")]
    assert [str(name) for name in output_names(relatives, ".png")] == ["a.png", "a-3.png", "a-4.png", "a-2.png"]


@given(st.binary(min_size=1).filter(lambda raw: b"\0" not in raw))
def test_any_file_name_survives_the_way_through_json(raw: bytes) -> None:
    line = json_line({"path": os.fsdecode(raw)})
    assert line.isascii()
    assert line.count(b"\n") == 1
    assert line.endswith(b"\n")
    assert os.fsencode(json.loads(line)["path"]) == raw


def test_write_atomic_makes_folders_and_replaces(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b.png"
    write_atomic(path, b"old")
    write_atomic(path, b"new")
    assert path.read_bytes() == b"new"
    assert [entry.name for entry in path.parent.iterdir()] == ["b.png"]


def test_a_failed_write_names_the_file_and_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "taken.png").mkdir()
    with pytest.raises(UsageError, match=r"taken\.png"):
        write_atomic(tmp_path / "taken.png", b"x")
    assert [entry.name for entry in tmp_path.iterdir()] == ["taken.png"]


def test_an_interrupted_write_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.png"
    write_atomic(path, b"old")

    def interrupted(self: Path, target: Path) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "replace", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write_atomic(path, b"new")
    assert path.read_bytes() == b"old"
    assert [entry.name for entry in tmp_path.iterdir()] == ["a.png"]


def test_remove_part_removes_what_a_killed_process_left(tmp_path: Path) -> None:
    (tmp_path / part_name(4711)).write_bytes(b"half")
    remove_part(tmp_path / "a.png", 4711)
    remove_part(tmp_path / "missing" / "a.png", 4711)
    assert list(tmp_path.iterdir()) == []


def test_json_lines_appear_under_their_name_when_complete(tmp_path: Path) -> None:
    target = tmp_path / "new" / "out.jsonl"
    lines = JsonLines(str(target))
    lines.write({"a": 1})
    assert not target.exists()
    assert target.with_name("out.jsonl.partial").read_bytes() == b'{"a": 1}\n'
    lines.write({"a": 2})
    lines.commit()
    assert target.read_bytes() == b'{"a": 1}\n{"a": 2}\n'
    assert [entry.name for entry in target.parent.iterdir()] == ["out.jsonl"]


@pytest.mark.parametrize("written", [0, 1])
def test_abandoned_json_lines_keep_the_old_file(tmp_path: Path, written: int) -> None:
    target = tmp_path / "out.jsonl"
    target.write_text("old")
    lines = JsonLines(str(target))
    for number in range(written):
        lines.write({"n": number})
    kept = lines.abandon()
    assert target.read_text() == "old"
    assert (kept is not None) == bool(written)
    assert len(list(tmp_path.iterdir())) == 1 + written


@pytest.mark.parametrize("end", [JsonLines.commit, JsonLines.abandon])
def test_one_run_at_a_time_writes_a_file(tmp_path: Path, end: Callable[[JsonLines], object]) -> None:
    target = tmp_path / "out.jsonl"
    (tmp_path / "link.jsonl").symlink_to(target)
    first = JsonLines(str(target))
    first.write({"run": 1})
    for name in ("out.jsonl", "link.jsonl"):
        with pytest.raises(UsageError, match=rf"another run is writing .*{name}; wait for it or choose another file$"):
            JsonLines(str(tmp_path / name))
    assert (tmp_path / "out.jsonl.partial").read_bytes() == b'{"run": 1}\n'
    end(first)
    second = JsonLines(str(target))
    second.write({"run": 2})
    second.commit()
    assert target.read_bytes() == b'{"run": 2}\n'
    assert not (tmp_path / "out.jsonl.partial").exists()


def test_what_a_killed_run_left_is_taken_over(tmp_path: Path) -> None:
    (tmp_path / "out.jsonl.partial").write_bytes(b'{"run": 1}\n{"ru')
    lines = JsonLines(str(tmp_path / "out.jsonl"))
    lines.write({})
    lines.commit()
    assert (tmp_path / "out.jsonl").read_bytes() == b"{}\n"


@pytest.mark.parametrize("written", [0, 1])
def test_a_run_that_ends_while_the_next_one_waits_for_the_lock_keeps_its_lines(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, written: int
) -> None:
    target = tmp_path / "out.jsonl"
    first = JsonLines(str(target))
    flock = fcntl.flock

    def after_the_first_ended(descriptor: int, operation: int) -> None:
        monkeypatch.undo()
        if written:
            first.write({"run": 1})
            first.commit()
        else:
            first.abandon()
        flock(descriptor, operation)

    monkeypatch.setattr(fcntl, "flock", after_the_first_ended)
    second = JsonLines(str(target))
    second.write({"run": 2})
    assert not written or target.read_bytes() == b'{"run": 1}\n'
    with pytest.raises(UsageError, match="another run is writing"):
        JsonLines(str(target))
    second.commit()
    assert target.read_bytes() == b'{"run": 2}\n'


@pytest.mark.parametrize("without", [errno.ENOLCK, errno.ENOTSUP, errno.ENOSYS])
def test_a_file_system_without_locks_is_written_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, without: int
) -> None:
    def refuse(descriptor: int, operation: int) -> None:
        raise OSError(without, os.strerror(without))

    monkeypatch.setattr(fcntl, "flock", refuse)
    lines = JsonLines(str(tmp_path / "out.jsonl"))
    lines.commit()
    assert (tmp_path / "out.jsonl").read_bytes() == b""


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "link.jsonl").symlink_to(tmp_path / "real.jsonl")
    lines = JsonLines(str(tmp_path / "link.jsonl"))
    lines.write({})
    lines.commit()
    assert (tmp_path / "link.jsonl").is_symlink()
    assert (tmp_path / "real.jsonl").read_bytes() == b"{}\n"


def test_pipes_are_written_directly(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    read: list[bytes] = []
    reader = threading.Thread(target=lambda: read.append(pipe.read_bytes()))
    reader.start()
    lines = JsonLines(str(pipe))
    lines.write({"n": 1})
    lines.commit()
    reader.join(10)
    assert read == [b'{"n": 1}\n']


@pytest.fixture
def full_device() -> Iterator[str]:
    if not Path("/dev/full").exists():
        pytest.skip("no /dev/full on this system")
    yield "/dev/full"


def test_a_full_disk_gives_a_sentence(full_device: str) -> None:
    lines = JsonLines(full_device)
    with pytest.raises(UsageError, match=r"/dev/full: No space left"):
        lines.write({})
    lines.abandon()


@pytest.mark.parametrize(
    ("target", "reason"),
    [
        ("folder", "it is a folder; choose another place"),
        ("file/out.jsonl", "there is a file where a folder is needed; choose another place"),
        ("file/deeper/out.jsonl", "there is a file where a folder is needed; choose another place"),
    ],
)
def test_an_impossible_json_file_gives_a_sentence(tmp_path: Path, target: str, reason: str) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").write_text("")
    with pytest.raises(UsageError, match=f"cannot write .*: {reason}$"):
        JsonLines(str(tmp_path / target))


@pytest.mark.parametrize(
    ("code", "remedy"),
    [
        (errno.ENOSPC, "free some space"),
        (errno.EDQUOT, "free some space"),
        (errno.EACCES, "check the permissions"),
        (errno.EROFS, "choose another place"),
    ],
)
def test_what_to_do_fits_what_went_wrong(code: int, remedy: str) -> None:
    said = str(cannot_write("out/a.png", OSError(code, os.strerror(code))))
    assert said.startswith(f"cannot write out/a.png: {os.strerror(code)}; {remedy}")
    assert ("space or" in said) == (remedy == "free some space")
