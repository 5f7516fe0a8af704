from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crackinspector.library.durable import make_folder, replace_file, storage_error, sync_folder, write_synced
from tests.library.full_disk import FullDisk

CONTENT = b"0123456789" * 3


@given(st.integers(0, len(CONTENT) - 1))
def test_a_full_disk_leaves_nothing_of_a_new_file(tmp_path_factory: pytest.TempPathFactory, room: int) -> None:
    folder = tmp_path_factory.mktemp("disk")
    with FullDisk(room), pytest.raises(OSError, match="No space left"):
        write_synced(folder / "a", CONTENT)
    assert list(folder.iterdir()) == []


@given(st.integers(0, len(CONTENT) - 1))
def test_a_full_disk_leaves_the_old_file(tmp_path_factory: pytest.TempPathFactory, room: int) -> None:
    folder = tmp_path_factory.mktemp("disk")
    (folder / "a").write_bytes(b"old")
    with FullDisk(room), pytest.raises(OSError, match="No space left"):
        replace_file(folder / "a", CONTENT)
    assert [(path.name, path.read_bytes()) for path in folder.iterdir()] == [("a", b"old")]


def test_a_disk_that_takes_a_file_bit_by_bit_gets_all_of_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write = os.write
    monkeypatch.setattr(os, "write", lambda descriptor, content: write(descriptor, bytes(content[:7])))
    write_synced(tmp_path / "new", CONTENT)
    replace_file(tmp_path / "replaced", CONTENT)
    assert (tmp_path / "new").read_bytes() == (tmp_path / "replaced").read_bytes() == CONTENT


def test_a_new_file_never_takes_the_place_of_another(tmp_path: Path) -> None:
    write_synced(tmp_path / "a", b"first")
    with pytest.raises(FileExistsError):
        write_synced(tmp_path / "a", b"second")
    assert (tmp_path / "a").read_bytes() == b"first"


def test_content_is_on_the_disk_before_its_name_and_the_name_before_the_return(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps: list[str] = []
    fsync, replace = os.fsync, Path.replace

    def noted_fsync(descriptor: int) -> None:
        steps.append("folder" if os.path.isdir(f"/proc/self/fd/{descriptor}") else "content")  # noqa: PTH112
        fsync(descriptor)

    def noted_replace(part: Path, path: Path) -> Path:
        steps.append("name")
        return replace(part, path)

    monkeypatch.setattr(os, "fsync", noted_fsync)
    monkeypatch.setattr(Path, "replace", noted_replace)
    replace_file(tmp_path / "a", CONTENT)
    assert steps == ["content", "name", "folder"]


def test_folders_are_made_as_deep_as_needed(tmp_path: Path) -> None:
    make_folder(tmp_path / "a" / "b" / "c")
    make_folder(tmp_path / "a" / "b" / "c")
    assert (tmp_path / "a" / "b" / "c").is_dir()


@pytest.mark.parametrize("below", ["file", "file/deeper", "file/deeper/still"])
def test_a_file_where_a_folder_is_needed_has_its_sentence(tmp_path: Path, below: str) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(OSError) as caught:
        make_folder(tmp_path / below)
    said = str(storage_error(tmp_path / below, caught.value))
    assert said.endswith("there is a file where a folder is needed; choose another place")


def test_a_file_system_that_cannot_sync_a_folder_is_used_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(descriptor: int) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(os, "fsync", refuse)
    code = errno.EINVAL
    sync_folder(tmp_path)
    code = errno.EIO
    with pytest.raises(OSError, match="Input/output"):
        sync_folder(tmp_path)
