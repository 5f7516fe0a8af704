from __future__ import annotations

import os
from collections import namedtuple
from pathlib import Path

import pytest

from crackinspector.core.errors import StorageError
from crackinspector.library.places import keeping_folder, space_left


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    (tmp_path / ".config").mkdir()
    (tmp_path / "Bilder").mkdir()
    return tmp_path


def test_without_a_pictures_folder_snapshots_go_home(home: Path) -> None:
    assert keeping_folder() == home / "crackinspector"


@pytest.mark.parametrize(
    ("line", "folder"),
    [
        ('XDG_PICTURES_DIR="$HOME/Bilder"', "Bilder"),
        ('# comment\nXDG_MUSIC_DIR="$HOME/Musik"\nXDG_PICTURES_DIR="$HOME/Bilder"\n', "Bilder"),
        ('XDG_PICTURES_DIR="$HOME/"', ""),
        ('XDG_PICTURES_DIR="$HOME"', ""),
        ('XDG_PICTURES_DIR="$HOME/gone"', ""),
        ('XDG_PICTURES_DIR="relative"', ""),
        ("XDG_PICTURES_DIR=", ""),
    ],
)
def test_snapshots_go_to_the_desktops_pictures(home: Path, line: str, folder: str) -> None:
    (home / ".config" / "user-dirs.dirs").write_text(line)
    assert keeping_folder() == home / folder / "crackinspector"


def test_the_configuration_may_lie_elsewhere(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (home / "etc").mkdir()
    (home / "etc" / "user-dirs.dirs").write_text(f'XDG_PICTURES_DIR="{home}/Bilder"')
    monkeypatch.setenv("XDG_CONFIG_HOME", str(home / "etc"))
    assert keeping_folder() == home / "Bilder" / "crackinspector"


def test_a_chosen_folder_is_taken_as_it_is(home: Path) -> None:
    assert keeping_folder("/srv/walls") == Path("/srv/walls")
    assert keeping_folder("~/walls") == home / "walls"


def test_a_user_without_a_home_is_asked_to_choose(monkeypatch: pytest.MonkeyPatch) -> None:
    def homeless() -> Path:
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.setattr(Path, "home", homeless)
    with pytest.raises(StorageError, match="no home folder to keep snapshots in; choose a folder in the settings"):
        keeping_folder()


def test_room_is_that_of_the_folder_that_will_hold_the_new_one(tmp_path: Path) -> None:
    at = os.statvfs(tmp_path)
    left = space_left(tmp_path / "not" / "yet" / "there")
    assert left is not None
    assert abs(left - at.f_bavail * at.f_frsize) < 10**9


def test_blocks_are_told_as_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answer = namedtuple("answer", "f_bavail f_frsize f_blocks")
    monkeypatch.setattr(os, "statvfs", lambda path: answer(30, 4096, 10**9))
    assert space_left(tmp_path) == 30 * 4096


def test_a_file_system_that_does_not_tell_is_not_called_full() -> None:
    assert space_left(Path("/proc")) is None
