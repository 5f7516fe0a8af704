from __future__ import annotations

from pathlib import Path

import pytest

from crackinspector.core.shipped import shipped_folder

ROOT = Path(__file__).resolve().parents[2]


def test_the_checkout_is_used_where_nothing_is_packaged() -> None:
    assert shipped_folder("models") == ROOT / "models"
    assert (shipped_folder("resources") / "examples").is_dir()


def test_the_package_comes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "pkg" / "_data" / "models").mkdir(parents=True)
    monkeypatch.setattr("importlib.resources.files", lambda name: tmp_path / "pkg")
    assert shipped_folder("models") == tmp_path / "pkg" / "_data" / "models"
    assert shipped_folder("resources") == tmp_path / "resources"
