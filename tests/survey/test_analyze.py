from __future__ import annotations

import shutil
from collections.abc import Callable
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
    tasks = plan(options(tmp_path / "in", alone, maps=tmp_path / "m", overlays=tmp_path / "o"))
    assert [task.map_file for task in tasks] == [tmp_path / "m" / name for name in ("b.png", "sub/a.png", "c.png")]
    assert [task.overlay_file for task in tasks] == [tmp_path / "o" / name for name in ("b.jpg", "sub/a.jpg", "c.jpg")]


def test_pictures_of_one_name_do_not_overwrite_each_other(write_picture: WritePicture, tmp_path: Path) -> None:
    write_picture("one/a.bmp")
    write_picture("one/a.png")
    write_picture("two/a.png")
    tasks = plan(options(tmp_path / "one", tmp_path / "two", maps=tmp_path / "m"))
    assert [(str(task.path.relative_to(tmp_path)), task.map_file) for task in tasks] == [
        ("one/a.bmp", tmp_path / "m" / "a.png"),
        ("one/a.png", tmp_path / "m" / "a-2.png"),
        ("two/a.png", tmp_path / "m" / "a-3.png"),
    ]


def test_no_outputs_are_planned_that_nobody_asked_for(write_picture: WritePicture, tmp_path: Path) -> None:
    (task,) = plan(options(write_picture("a.png")))
    assert (task.map_file, task.overlay_file) == (None, None)


def test_what_an_earlier_run_wrote_is_not_analysed(write_picture: WritePicture, tmp_path: Path) -> None:
    write_picture("in/a.png")
    write_picture("in/maps/a.png")
    write_picture("in/overlays/deep/a.png")
    first = options(tmp_path / "in", maps=tmp_path / "in" / "maps", overlays=tmp_path / "in" / "overlays")
    assert [task.path for task in plan(first)] == [tmp_path / "in" / "a.png"]


@pytest.mark.parametrize("place", [Path.absolute, lambda folder: folder / ".." / folder.name])
def test_a_map_never_replaces_a_picture(
    write_picture: WritePicture, tmp_path: Path, place: Callable[[Path], Path]
) -> None:
    picture = write_picture("in/a.png")
    with pytest.raises(UsageError, match="would replace a picture"):
        plan(options(picture.parent, maps=place(picture.parent)))


def test_a_missing_path_is_a_task_whose_error_is_told_later(write_picture: WritePicture, tmp_path: Path) -> None:
    tasks = plan(options(tmp_path / "no.jpg", write_picture("a.png")))
    assert [task.path.name for task in tasks] == ["no.jpg", "a.png"]


def test_nothing_to_do_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no pictures in"):
        plan(options(tmp_path))


def test_an_output_folder_that_cannot_be_made_is_an_error(write_picture: WritePicture, tmp_path: Path) -> None:
    picture = write_picture("a.png")
    shutil.copy(picture, tmp_path / "file")
    with pytest.raises(UsageError, match="cannot write"):
        plan(options(picture, overlays=tmp_path / "file" / "overlays"))
