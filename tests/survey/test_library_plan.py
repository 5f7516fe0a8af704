"""What an import takes, and what it does not even look into."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from crackinspector.library.layout import PICTURES
from crackinspector.library.store import Library
from crackinspector.survey.library_plan import plan_import
from tests.library import makers


@pytest.mark.parametrize("own", [True, False], ids=["its own library", "another library"])
def test_a_library_among_the_pictures_is_not_walked_through(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, own: bool
) -> None:
    kept, library = tmp_path / "kept", tmp_path / "kept" / "library"
    with Library(library, create=True) as opened:
        makers.fill(opened, range(3))
    (kept / "2026-11-21").mkdir()
    (kept / "2026-11-21" / "wall.png").write_bytes(makers.jpeg(4))
    listed: list[Path] = []
    scan = os.scandir

    def scandir(path: Path) -> object:
        listed.append(Path(path))
        return scan(path)

    monkeypatch.setattr(os, "scandir", scandir)
    tasks, passed_over = plan_import([str(kept)], library if own else tmp_path / "elsewhere")
    assert ([task.name for task in tasks], passed_over) == (["2026-11-21/wall.png"], 0)
    assert not [folder for folder in listed if folder.is_relative_to(library)]
    # By its name as little as by its folder.
    (picture,) = list((library / PICTURES).rglob("*.png"))[:1]
    tasks, _ = plan_import([str(kept), str(picture)], library if own else tmp_path / "elsewhere")
    assert [task.name for task in tasks] == ["2026-11-21/wall.png"]


def test_a_live_snapshot_has_one_name_however_it_is_given(tmp_path: Path) -> None:
    day = tmp_path / "kept" / "2026-11-21"
    day.mkdir(parents=True)
    for name in ("201234-063_positive.jpg", "201234-063_positive.json", "DSC0042.jpg"):
        (day / name).touch()
    names = [
        {task.name for task in plan_import([str(given)], tmp_path / "library")[0]}
        for given in (day.parent, day, day / "201234-063_positive.jpg")
    ]
    live = "2026-11-21/201234-063_positive.jpg"
    assert names == [{live, "2026-11-21/DSC0042.jpg"}, {live, "DSC0042.jpg"}, {live}]
