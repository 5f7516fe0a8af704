from __future__ import annotations

import re
from pathlib import Path

import pytest

from crackinspector.core.errors import UsageError
from crackinspector.inference import shipped
from crackinspector.inference.shipped import DEFAULT_MODEL, SHIPPED_MODELS, resolve_model

ROOT = Path(__file__).resolve().parents[2]


def test_roles_mean_shipped_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shipped, "shipped_folder", lambda name: tmp_path / name)
    with pytest.raises(UsageError, match="missing from this installation"):
        resolve_model(DEFAULT_MODEL)
    (tmp_path / "models").mkdir()
    for role in SHIPPED_MODELS:
        (tmp_path / "models" / f"{role}.tflite").touch()
        assert resolve_model(role) == tmp_path / "models" / f"{role}.tflite"


def test_a_file_is_taken_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "my model"
    path.touch()
    assert resolve_model(str(path)) == path


@pytest.mark.parametrize(
    ("model", "sentence"),
    [("nonsense", "no model nonsense"), (".", "is a folder"), ("segmentation", "no segmentation")],
)
def test_anything_else_lists_the_names(model: str, sentence: str) -> None:
    with pytest.raises(UsageError, match=re.escape(sentence)) as caught:
        resolve_model(model)
    assert all(name in str(caught.value) for name in SHIPPED_MODELS)
