from __future__ import annotations

import json
from pathlib import Path

import pytest

from crackinspector.cli import main
from crackinspector.library.layout import INDEX
from crackinspector.library.store import Library
from tests.library import makers

Said = pytest.CaptureFixture[str]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with Library(tmp_path / "lib", create=True) as library:
        makers.fill(library, range(3))
    return tmp_path / "lib"


@pytest.mark.parametrize("named", [["--library"], []])
def test_info_tells_what_a_library_holds(folder: Path, named: list[str], capsys: Said) -> None:
    assert main(["library", "info", *named, str(folder), "--json"]) == 0
    held = json.loads(capsys.readouterr().out)
    assert (held["snapshots"], held["findings"], held["verdicts"]) == (3, 2, 0)
    assert held["bytes"] > 0
    assert main(["library", "info", *named, str(folder)]) == 0
    assert "snapshots   3 (1 negative, 2 positive)" in capsys.readouterr().out


def test_check_ends_with_what_it_found(folder: Path, capsys: Said) -> None:
    assert main(["library", "check", str(folder)]) == 0
    assert capsys.readouterr().out == f"{folder}: all is well\n"
    (folder / INDEX).unlink()
    assert main(["library", "info", str(folder)]) == 2
    assert "check --repair" in capsys.readouterr().err
    assert main(["library", "check", str(folder)]) == 1
    assert main(["library", "check", str(folder), "--repair"]) == 0
    assert "made of 3 records" in capsys.readouterr().out
    next((folder / "pictures").rglob("*.png")).unlink()
    assert main(["library", "check", str(folder), "--repair"]) == 1


def test_export_takes_what_is_asked_for(folder: Path, tmp_path: Path, capsys: Said) -> None:
    to = ["--format", "json", "--out", str(tmp_path / "out.json")]
    assert main(["library", "export", "--library", str(folder), *to, "--label", "positive", "--since", "2026-11"]) == 0
    assert capsys.readouterr().out == f"{tmp_path / 'out.json'}: 2 snapshots\n"
    assert len(json.loads((tmp_path / "out.json").read_text())) == 2


def test_backup_and_merge_tell_how_they_went(folder: Path, tmp_path: Path, capsys: Said) -> None:
    assert main(["library", "backup", str(tmp_path / "to"), "--library", str(folder)]) == 0
    assert "the backup is whole" in capsys.readouterr().out
    for added, present in ((3, 0), (0, 3)):
        assert main(["library", "merge", str(tmp_path / "to"), "--library", str(tmp_path / "desk")]) == 0
        assert f"{added} added, 0 completed, {present} there already, 0 left out" in capsys.readouterr().out
    next((tmp_path / "to" / "pictures").rglob("*.png")).unlink()
    assert main(["library", "merge", str(tmp_path / "to"), "--library", str(tmp_path / "other")]) == 1
    assert "was left out" in capsys.readouterr().err


@pytest.mark.parametrize("command", [["info"], ["check"], ["export", "--format", "csv", "--out", "x"], ["backup", "x"]])
def test_where_there_is_no_library_it_is_said(tmp_path: Path, command: list[str], capsys: Said) -> None:
    assert main(["library", *command, "--library", str(tmp_path / "nowhere")]) == 2
    assert f"there is no library in {tmp_path / 'nowhere'}" in capsys.readouterr().err
    assert not (tmp_path / "nowhere").exists()
