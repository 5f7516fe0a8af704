from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from crackinspector.core.errors import UsageError
from crackinspector.survey.analyze import AnalyzeOptions, plan
from tests.survey.conftest import WritePicture


def options(*paths: Path, maps: Path | None = None, overlays: Path | None = None) -> AnalyzeOptions:
    return AnalyzeOptions(tuple(map(str, paths)), "classifier", maps=maps, overlays=overlays)


def test_outputs_lie_below_the_pictures_relative_folder(write_picture: WritePicture, tmp_path: Path) -> None:
    write_picture("in/b.png")
    write_picture("in/sub/a.png")
    alone = write_picture("alone/c.png")
    tasks = plan(options(tmp_path / "in", alone, maps=tmp_path / "m", overlays=tmp_path / "o")).tasks
    assert [task.map_file for task in tasks] == [tmp_path / "m" / name for name in ("b.png", "sub/a.png", "c.png")]
    assert [task.overlay_file for task in tasks] == [tmp_path / "o" / name for name in ("b.jpg", "sub/a.jpg", "c.jpg")]


def test_pictures_of_one_name_do_not_overwrite_each_other(write_picture: WritePicture, tmp_path: Path) -> None:
    write_picture("one/a.bmp")
    write_picture("one/a.png")
    write_picture("two/a.png")
    tasks = plan(options(tmp_path / "one", tmp_path / "two", maps=tmp_path / "m")).tasks
    assert [(str(task.path.relative_to(tmp_path)), task.map_file) for task in tasks] == [
        ("one/a.bmp", tmp_path / "m" / "a.png"),
        ("one/a.png", tmp_path / "m" / "a-2.png"),
        ("two/a.png", tmp_path / "m" / "a-3.png"),
    ]


def test_no_outputs_are_planned_that_nobody_asked_for(write_picture: WritePicture, tmp_path: Path) -> None:
    (task,) = plan(options(write_picture("a.png"))).tasks
    assert (task.map_file, task.overlay_file) == (None, None)


def test_what_an_earlier_run_wrote_is_not_analysed(write_picture: WritePicture, tmp_path: Path) -> None:
    write_picture("in/a.png")
    write_picture("in/maps/a.png")
    write_picture("in/overlays/deep/a.png")
    first = options(tmp_path / "in", maps=tmp_path / "in" / "maps", overlays=tmp_path / "in" / "overlays")
    assert [task.path for task in plan(first).tasks] == [tmp_path / "in" / "a.png"]


@pytest.mark.parametrize("place", [Path.absolute, lambda folder: folder / ".." / folder.name])
def test_a_map_never_replaces_a_picture(
    write_picture: WritePicture, tmp_path: Path, place: Callable[[Path], Path]
) -> None:
    picture = write_picture("in/a.png")
    with pytest.raises(UsageError, match="would replace a picture"):
        plan(options(picture.parent, maps=place(picture.parent)))


def test_a_missing_path_is_a_task_whose_error_is_told_later(write_picture: WritePicture, tmp_path: Path) -> None:
    tasks = plan(options(tmp_path / "no.jpg", write_picture("a.png"))).tasks
    assert [task.path.name for task in tasks] == ["no.jpg", "a.png"]


def test_nothing_to_do_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"no pictures in [^;]*$"):
        plan(options(tmp_path))
    (tmp_path / "scan.pdf").touch()
    with pytest.raises(UsageError, match=r"no pictures in .*; 1 other file passed over, name one"):
        plan(options(tmp_path))


def test_other_files_are_counted_without_what_was_written_here(write_picture: WritePicture, tmp_path: Path) -> None:
    write_picture("in/a.png")
    given = write_picture("in/scan.dat")
    for name in ("notes.txt", "sub/raw.cr2", "maps/old.txt", "r.jsonl", "r.jsonl.partial", "other.jsonl", "Thumbs.db"):
        (tmp_path / "in" / name).parent.mkdir(exist_ok=True)
        (tmp_path / "in" / name).touch()
    told = options(tmp_path / "in", given, tmp_path / "in", maps=tmp_path / "in" / "maps")
    results = str(tmp_path / "in" / "r.jsonl")
    assert plan(replace(told, json=results)).passed_over == len(["notes.txt", "raw.cr2", "other.jsonl"])
    assert plan(replace(told, json="-", maps=None)).passed_over == len(["r.jsonl", "r.jsonl.partial", "old.txt"]) + 3


def test_an_output_folder_that_cannot_be_made_is_an_error(write_picture: WritePicture, tmp_path: Path) -> None:
    picture = write_picture("a.png")
    shutil.copy(picture, tmp_path / "file")
    with pytest.raises(UsageError, match="cannot write"):
        plan(options(picture, overlays=tmp_path / "file" / "overlays"))
