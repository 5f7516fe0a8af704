"""From verdicts to a model that was held against the old one, with networks that are too small to learn anything."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

pytest.importorskip("tensorflow")

import tensorflow as tf

from crackinspector.cli import main
from crackinspector.inference.card import load_card
from crackinspector.training import crack_fit, crack_net, run_export
from crackinspector.training.library_comparison import CARD_ENTRY
from tests.training import library_maker
from tests.training.test_crack_net import SMALL

# Keras copies its variables in NumPy 1's manner.
pytestmark = pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return library_maker.make(tmp_path_factory.mktemp("libraries") / "lib")


def compared(out: Path, model: Path, said: str, against: str) -> None:
    """The comparison is printed, in the report and in the card."""
    values = json.loads((out / "comparison.json").read_text())
    assert values["pictures"] == values["cracked"] + values["crack_free"] > 0
    assert (values["old"]["model"], values["new"]["model"]) == (against, model.name)
    assert load_card(model.with_suffix(".json")).metrics[CARD_ENTRY] == values
    assert values["sentence"] in said
    assert f"old: {against}" in said
    assert "Split by structure" in said
    assert "that nobody decided on" in said


@pytest.mark.usefixtures("small_networks")
def test_a_library_alone_makes_a_model(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    # An untrained network's figures are chance, and so is what int8 does to them.
    monkeypatch.setattr(run_export, "MAX_LOSS", 1.0)
    recipe = ["--input", "64", "--frozen-epochs", "1", "--tuned-epochs", "0", "--batch", "8", "--batches", "2"]
    options = ["--from-library", str(folder), "--out", str(tmp_path), "--weights", "none", *recipe]
    assert main(["train", "classifier", *options]) == 0
    compared(tmp_path, tmp_path / "default.tflite", capsys.readouterr().out, "classifier")
    card = load_card(tmp_path / "default.json")
    # Nobody said of a picture that it is no surface.
    assert card.labels == ("negative", "positive")
    assert card.training_data[0]["origin"] == "verdicts in the library lib"
    report = (tmp_path / "report.md").read_text()
    assert "Split by structure" in report
    assert "that nobody decided on" in report


def test_a_library_and_pictures_make_a_shipped_model(
    folder: Path, pictures: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    recipe = replace(crack_net.RECIPES["shipped-light"], schedule=SMALL, walls=3)
    monkeypatch.setattr(crack_net, "RECIPES", {"shipped-light": recipe})
    monkeypatch.setattr(crack_net, "REPRESENTATIVE", 20)
    monkeypatch.setattr("crackinspector.training.generated.SIDE_PX", 96)
    monkeypatch.setattr(crack_net, "MAX_LOSS", 1.0)
    monkeypatch.setattr(crack_net, "CHECKED", 6)
    monkeypatch.setattr(crack_net, "CALIBRATED", 12)
    monkeypatch.setattr(crack_fit, "SETTLING_BATCHES", 2)
    tf.config.run_functions_eagerly(True)
    try:
        options = ["--preset", "shipped-light", "--weights", "none", "--leaks", "ignore", "--out", str(tmp_path)]
        given = ["--from-library", str(folder), "--data", str(pictures)]
        assert main(["train", "classifier", *given, *options]) == 0
    finally:
        tf.config.run_functions_eagerly(False)
    compared(tmp_path, tmp_path / "classifier-light.tflite", capsys.readouterr().out, "classifier-light")
    card = load_card(tmp_path / "classifier-light.json")
    assert {row["source"] for row in card.training_data} >= {"floor", "wall", "library lib"}
    assert "test share" in card.metrics


def test_an_old_model_that_is_not_there_is_told_before_anything_is_trained(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    given = ["--from-library", str(folder), "--against", "nowhere.tflite", "--out", str(tmp_path / "out")]
    assert main(["train", "classifier", *given]) == 2
    assert "there is no model nowhere.tflite" in capsys.readouterr().err
    assert not (tmp_path / "out").exists() or not any((tmp_path / "out").glob("*.keras"))


def test_without_pictures_there_is_nothing_to_train_on(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["train", "classifier", "--out", str(tmp_path)]) == 2
    assert "give folders of pictures with --data, or --from-library" in capsys.readouterr().err
