from __future__ import annotations

import dataclasses
import json
import shutil
from pathlib import Path

import pytest

from crackinspector.gui.models.catalogue import figures, list_models, models_folder, overall, read_entry
from crackinspector.inference.card import load_card
from crackinspector.inference.shipped import SHIPPED_MODELS, resolve_model

MODELS = Path(__file__).parents[2] / "models"


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    models_folder().mkdir(parents=True)
    return models_folder()


def test_the_shipped_models_come_first_with_their_cards() -> None:
    entries = list_models()
    assert [entry.choice for entry in entries] == list(SHIPPED_MODELS)
    assert all(entry.shipped and entry.card and entry.size > 100_000 and not entry.problem for entry in entries)


def test_one_s_own_and_recent_models_follow_without_doubles(own_folder: Path) -> None:
    shutil.copy(MODELS / "int8.tflite", own_folder / "mine.tflite")
    recent = str(MODELS / "float32.tflite")
    entries = list_models([recent, recent, "classifier", str(own_folder / "mine.tflite")])
    assert [entry.path.stem for entry in entries[len(SHIPPED_MODELS) :]] == ["mine", "float32"]
    assert entries[-1].choice == recent
    assert entries[-1].card is None


def test_what_is_wrong_with_a_file_is_said_in_its_entry(tmp_path: Path) -> None:
    path = tmp_path / "m.tflite"
    assert "m.tflite cannot be read" in read_entry(path).problem
    shutil.copy(resolve_model("classifier"), path)
    card = resolve_model("classifier").with_suffix(".json").read_text(encoding="utf-8")
    path.with_suffix(".json").write_text(card, encoding="utf-8")
    assert read_entry(path).problem == ""
    path.write_bytes(path.read_bytes() + b"x")
    assert "not the model that its card describes" in read_entry(path).problem
    path.with_suffix(".json").write_text("{", encoding="utf-8")
    assert "not valid JSON" in read_entry(path).problem


def test_the_figures_of_a_card_are_its_figures() -> None:
    path = resolve_model("classifier").with_suffix(".json")
    table = {row.source: row for row in figures(load_card(path))}
    told = json.loads(path.read_text(encoding="utf-8"))["metrics"]["test share"]["sources"]
    assert set(table) == set(told)
    for source, row in told.items():
        assert table[source].recall == row.get("recall")
        assert table[source].false_alarms == row.get("false_alarms")
    found, alarms = overall(load_card(path))
    weights = [(row["recall"], row["cracked"]) for row in told.values() if "recall" in row]
    assert found == pytest.approx(sum(a * b for a, b in weights) / sum(b for _, b in weights))
    assert alarms is not None
    assert 0 <= alarms < 0.1


@pytest.mark.parametrize(
    "metrics", [{}, {"test": 3}, {"test": {"sources": []}}, {"test": {"sources": {"a": 1, "b": {"recall": "high"}}}}]
)
def test_figures_in_an_unknown_form_are_left_out(metrics: dict[str, object]) -> None:
    card = dataclasses.replace(load_card(resolve_model("classifier").with_suffix(".json")), metrics=metrics)
    assert figures(card) == []
    assert overall(card) == (None, None)
