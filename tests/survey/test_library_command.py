from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from crackinspector.cli import main
from crackinspector.library import verdicts
from crackinspector.library.emptying import in_bin
from crackinspector.library.events import Verdict
from crackinspector.library.layout import INDEX
from crackinspector.library.store import Library
from crackinspector.library.verdicts import put_into_bin
from crackinspector.survey import library_bin
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


@pytest.mark.parametrize(
    "command", [["info"], ["check"], ["export", "--format", "csv", "--out", "x"], ["backup", "--out", "x"]]
)
def test_where_there_is_no_library_it_is_said(tmp_path: Path, command: list[str], capsys: Said) -> None:
    assert main(["library", *command, "--library", str(tmp_path / "nowhere")]) == 2
    assert f"there is no library in {tmp_path / 'nowhere'}" in capsys.readouterr().err
    assert not (tmp_path / "nowhere").exists()


def put_away(folder: Path, count: int = 2) -> list[str]:
    with Library(folder) as library:
        names = [each.sidecar.id for each in makers.fill(library, range(count))]
        put_into_bin(library, names, "ann")
    return names


def test_the_bin_is_listed_and_emptied(folder: Path, capsys: Said) -> None:
    names = put_away(folder)
    assert main(["library", "bin", "list", "--library", str(folder), "--json"]) == 0
    listed = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [(each["id"], each["who"]) for each in listed] == [(name, "ann") for name in names]
    assert main(["library", "bin", "list", "--library", str(folder), "--older-than", "1"]) == 0
    assert capsys.readouterr().out == "0 snapshots in the bin, 0 bytes of pictures\n"
    assert main(["library", "bin", "empty", "--library", str(folder), "--older-than", "1", "--yes"]) == 0
    assert capsys.readouterr().out == "0 deleted for good\n"
    # Nobody can be asked here.
    assert main(["library", "bin", "empty", "--library", str(folder)]) == 2
    assert "give --yes" in capsys.readouterr().err
    assert main(["library", "bin", "empty", "--library", str(folder), "--yes", "--who", "bob"]) == 0
    assert capsys.readouterr().out == "2 deleted for good\n"
    assert main(["library", "check", str(folder)]) == 0
    with Library(folder, write=False) as library:
        grave = library.tombstone(names[0])
    assert grave is not None
    assert grave.deletion.who == "bob"


@pytest.mark.parametrize(("answer", "deleted"), [("y", True), ("", False), ("no", False)])
def test_who_is_there_is_asked(
    folder: Path, capsys: Said, monkeypatch: pytest.MonkeyPatch, answer: str, deleted: bool
) -> None:
    put_away(folder)
    monkeypatch.setattr("sys.stdin", type("Terminal", (), {"isatty": lambda self: True})())
    monkeypatch.setattr("builtins.input", lambda question: answer)
    assert main(["library", "bin", "empty", "--library", str(folder)]) == (0 if deleted else 1)
    assert ("2 deleted for good" if deleted else "nothing was deleted") in capsys.readouterr().out


def test_snapshots_come_back_from_the_bin(folder: Path, capsys: Said) -> None:
    names = put_away(folder)
    restore = ["library", "bin", "restore", "--library", str(folder)]
    assert main([*restore, names[0][:10]]) == 0
    assert main([*restore, names[0][:10]]) == 2
    assert "names no single snapshot in the bin" in capsys.readouterr().err
    assert main([*restore]) == 2
    assert main([*restore, "--all"]) == 0
    assert capsys.readouterr().out == "1 restored\n"
    with Library(folder, write=False) as library:
        assert in_bin(library) == []


def test_a_merge_brings_back_what_was_deleted_if_told_to(folder: Path, tmp_path: Path, capsys: Said) -> None:
    merge = ["library", "merge", str(folder), "--library", str(tmp_path / "desk")]
    assert main(merge) == 0
    put_away(tmp_path / "desk")
    assert main(["library", "bin", "empty", "--library", str(tmp_path / "desk"), "--yes"]) == 0
    capsys.readouterr()
    assert main(merge) == 0
    said = capsys.readouterr()
    assert "0 added, 0 completed, 1 there already, 0 left out, 2 deleted" in said.out
    assert said.err.count("--again brings it back") == 2
    assert main([*merge, "--again"]) == 0
    assert "2 added, 0 completed, 1 there already" in capsys.readouterr().out


EXPORT = ("library", "export", "--format")


@pytest.mark.parametrize("form", ["coco", "yolo", "folders"])
def test_what_an_export_leaves_out_is_told_and_shows_in_the_status(
    folder: Path, tmp_path: Path, form: str, capsys: Said
) -> None:
    with Library(folder) as library:
        verdicts.decide(library, [each.sidecar.id for each in makers.fill(library, range(3))], Verdict.CONFIRMED, "ann")
    next((folder / "pictures").rglob("*.png")).write_bytes(makers.jpeg(7))
    assert main([*EXPORT, form, str(folder), "--out", str(tmp_path / "out")]) == 1
    said = capsys.readouterr()
    of = "2 of 3 snapshots" + (" that people have decided on" if form == "folders" else "")
    assert said.out == f"{tmp_path / 'out'}: {of}\n"
    assert said.err.startswith("crackinspector: the picture wall") and "has changed since it was kept" in said.err


def test_geojson_tells_how_many_have_a_position(folder: Path, tmp_path: Path, capsys: Said) -> None:
    assert main([*EXPORT, "geojson", str(folder), "--out", str(tmp_path / "out.geojson")]) == 0
    assert capsys.readouterr().out == f"{tmp_path / 'out.geojson'}: 0 of 3 snapshots with a position\n"


@pytest.mark.parametrize("day", ["yesterday", "2026-99-99", "21/11/2026", "2026-3-1", "", "2026-11-21T25:00"])
@pytest.mark.parametrize("option", ["--since", "--until"])
def test_what_is_no_date_is_refused(folder: Path, tmp_path: Path, option: str, day: str, capsys: Said) -> None:
    with pytest.raises(SystemExit) as ended:
        main([*EXPORT, "csv", str(folder), "--out", str(tmp_path / "out"), option, day])
    assert ended.value.code == 2
    assert "is not a date; write it like 2026-11-21" in capsys.readouterr().err


@pytest.mark.parametrize("day", ["2026", "2026-11", "2026-11-21", "2026-11-21T16:30", "2026-11-21T16:30:59"])
def test_dates_are_years_months_days_and_moments(folder: Path, tmp_path: Path, day: str) -> None:
    assert main([*EXPORT, "csv", str(folder), "--out", str(tmp_path / "out"), "--since", day]) == 0


def test_a_place_that_nothing_belongs_to_is_told_with_those_that_are_there(
    folder: Path, tmp_path: Path, capsys: Said
) -> None:
    to = [*EXPORT, "csv", str(folder), "--out", str(tmp_path / "out")]
    assert main([*to, "--structure", "Nope"]) == 2
    assert 'has no snapshots of a structure "Nope"; nor of any other' in capsys.readouterr().err
    with Library(folder) as library:
        verdicts.place(
            library, [each.sidecar.id for each in makers.fill(library, range(2))], "Bridge", "Pier", "", "ann"
        )
    assert main([*to, "--structure", "Nope"]) == 2
    assert 'has no snapshots of a structure "Nope"; it has some of "Bridge"' in capsys.readouterr().err
    assert main([*to, "--structure", "Bridge", "--element", "Arch"]) == 2
    assert 'of an element "Arch"; it has some of "Pier"' in capsys.readouterr().err
    assert not (tmp_path / "out").exists()
    assert main([*to, "--structure", "Bridge", "--element", "Pier", "--inspection", ""]) == 0
    assert capsys.readouterr().out.endswith("out: 2 snapshots\n")


def test_commands_mean_the_library_and_the_person_of_the_settings(
    folder: Path, no_settings: Path, tmp_path: Path, capsys: Said
) -> None:
    (no_settings / "crackinspector").mkdir()
    settings = no_settings / "crackinspector" / "settings.toml"
    settings.write_text(f'[library]\nfolder = "{folder}"\nreviewer = "Kim"\n')
    assert main(["library", "info"]) == 0
    assert capsys.readouterr().out.startswith(f"{folder}\n")
    with Library(folder) as library:
        names = [name for (name,) in library.connection.execute("SELECT id FROM snapshots ORDER BY number")]
        put_into_bin(library, names, "ann")
    assert main(["library", "bin", "restore", names[0]]) == 0
    assert main(["library", "bin", "restore", names[1], "--who", "Lee"]) == 0
    with Library(folder, write=False) as library:
        assert [library.sidecar(name).events[-1].who for name in names[:2]] == ["Kim", "Lee"]
    (folder.parent / "shots").mkdir()
    folder.rename(folder.parent / "shots" / "library")
    settings.write_text(f'[keeping]\nfolder = "{folder.parent / "shots"}"\n[library]\nreviewer = 3\n')
    capsys.readouterr()
    assert main(["library", "info"]) == 0
    said = capsys.readouterr()
    assert said.out.startswith(f"{folder.parent / 'shots' / 'library'}\n")
    assert said.err.count("library.reviewer") == 1


def test_every_command_takes_the_library_as_an_argument(folder: Path, tmp_path: Path, capsys: Said) -> None:
    copy, desk = str(tmp_path / "copy"), str(tmp_path / "desk")
    assert main(["library", "backup", str(folder), "--out", copy]) == 0
    assert main(["library", "merge", copy, desk]) == 0
    names = put_away(tmp_path / "desk")
    capsys.readouterr()
    assert main(["library", "bin", "list", desk]) == 0
    assert f"{names[0]}  " in capsys.readouterr().out
    assert main(["library", "bin", "empty", desk, "--yes"]) == 0
    assert capsys.readouterr().out == "2 deleted for good\n"
    assert main(["library", "compare", names[0][:12], names[1][:12], str(folder)]) == 1
    assert main(["library", "info", desk, "--library", str(folder)]) == 2
    assert f"there are two libraries, {desk} and {folder}" in capsys.readouterr().err
    assert main(["library", "backup"]) == 2
    assert "--out" in capsys.readouterr().err


def test_a_merge_names_what_it_brings(folder: Path, tmp_path: Path, capsys: Said) -> None:
    assert main(["library", "merge", str(folder), str(tmp_path / "desk")]) == 0
    lines = capsys.readouterr().out.splitlines()[:-1]
    assert sorted(line.split()[2] for line in lines) == ["wall0.png", "wall1.png", "wall2.png"]
    assert {len(line.split()[1]) for line in lines} == {12}


def test_one_missing_file_is_one(folder: Path, tmp_path: Path, capsys: Said) -> None:
    next((folder / "pictures").rglob("*.png")).unlink()
    assert main(["library", "backup", str(folder), "--out", str(tmp_path / "copy")]) == 1
    assert capsys.readouterr().out.endswith("1 file is missing\n")


def test_the_bin_tells_small_sizes_too(folder: Path, capsys: Said) -> None:
    put_away(folder)
    assert main(["library", "bin", "list", str(folder)]) == 0
    last = capsys.readouterr().out.splitlines()[-1]
    assert last.startswith("2 snapshots in the bin, ") and last.endswith(" bytes of pictures")
    assert [library_bin._size(count) for count in (1, 999, 1000, 999_949, 999_950, 12_345_678)] == [
        *("1 byte", "999 bytes", "1.0 kB", "999.9 kB", "1.0 MB", "12.3 MB")
    ]


def test_a_notice_is_not_counted_as_mended(folder: Path, capsys: Said, monkeypatch: pytest.MonkeyPatch) -> None:
    access = os.access
    monkeypatch.setattr(os, "access", lambda path, mode: mode != os.W_OK and access(path, mode))
    assert main(["library", "check", str(folder)]) == 0
    notice, last = capsys.readouterr().out.splitlines()
    assert "nothing can be written to" in notice
    assert last == f"{folder}: all is well"
