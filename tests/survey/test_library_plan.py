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
