from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

pytest.importorskip("tensorflow")

import keras
import tensorflow as tf

from crackinspector.cli import main
from crackinspector.core.errors import UsageError
from crackinspector.core.labels import Label
from crackinspector.inference.analyzer import Analyzer
from crackinspector.inference.levels import LevelResult
from crackinspector.inference.model import CrackModel
from crackinspector.inference.tiling import pyramid
from crackinspector.training import crack_fit, crack_net, prepare, run_export
from crackinspector.training.crack_calibration import (
    Seen,
    fit_decision,
    fit_map_offset,
    mask_shares,
    match_map_offset,
)
from crackinspector.training.crack_fit import Schedule, fit, rate_at
from crackinspector.training.crack_network import crack_network, deployed
from crackinspector.training.dataset import Record, find_records
from crackinspector.training.keras_tiles import KerasTiles
from crackinspector.training.options import TrainOptions
from crackinspector.training.predictors import KerasPredictor, TiledPredictor, open_predictor
from crackinspector.training.sampling import Sampler

# Keras reads its variables in a way that NumPy 2 warns about.
pytestmark = pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")

SMALL = Schedule(size=64, tile=64, coarse_size=32, coarse=0.5, batches=2, batch=4)


@pytest.fixture
def hasty(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A few steps cost less than tracing a graph for them."""
    monkeypatch.setattr(crack_fit, "SETTLING_BATCHES", 2)
    monkeypatch.setattr(crack_fit, "CHECKPOINT_EVERY", 1)
    tf.config.run_functions_eagerly(True)
    yield
    tf.config.run_functions_eagerly(False)


def test_the_rate_rises_then_falls() -> None:
    schedule = Schedule(batches=1000, rate=1e-3)
    rates = [rate_at(schedule, step) for step in range(1000)]
    peak = int(np.argmax(rates))
    assert 20 < peak < 40 and rates[peak] == pytest.approx(1e-3)
    assert rates[0] < 1e-4 and rates[-1] < 3e-5
    assert all(a >= b for a, b in zip(rates[peak:], rates[peak + 1 :], strict=False))


def test_the_deployed_network_gives_the_trained_ones_probabilities() -> None:
    trained = crack_network()
    images = np.random.default_rng(0).uniform(-1, 1, (2, 64, 64, 3)).astype(np.float32)
    raw = trained(images, training=False)
    sure = deployed(trained, 64)(images, training=False)
    assert sure["map"].shape == (2, 32, 32, 1)
    assert np.allclose(np.asarray(sure["scores"]).sum(axis=1), 1, atol=1e-5)
    assert np.allclose(1 / (1 + np.exp(-np.asarray(raw["map"]))), sure["map"], atol=1e-4)
    powers = np.exp(np.asarray(raw["scores"]))
    assert np.allclose(powers / powers.sum(axis=1, keepdims=True), sure["scores"], atol=1e-4)


def test_batch_norm_of_the_encoder_is_frozen_and_early_layers_do_not_train() -> None:
    model = crack_network(64)
    encoder = model.get_layer("encoder")
    assert not encoder.get_layer("block_1_expand").trainable
    assert encoder.get_layer("block_3_expand").trainable
    assert not any(layer.trainable for layer in encoder.layers if "BN" in layer.name)


def test_the_loss_falls_with_the_right_answer(pictures: Path) -> None:
    batch = crack_fit._tensors(Sampler(find_records([pictures]), 64, 12, seed=0).batch(0))
    labels, masks = np.asarray(batch["labels"]), np.asarray(batch["masks"])
    unknown_pixels = (np.asarray(batch["mask_weights"]) == 0)[:, None, None, None]
    right = {
        "scores": np.eye(3, dtype=np.float32)[labels] * 8,
        "map": np.where((masks > 0.5) | unknown_pixels, 8.0, -8.0).astype(np.float32),
    }
    wrong = {"scores": np.roll(right["scores"], 1, axis=1), "map": -right["map"]}
    good, bad = crack_fit.loss(right, batch), crack_fit.loss(wrong, batch)
    assert all(float(good[name]) < float(bad[name]) for name in good)


@pytest.mark.usefixtures("hasty")
def test_an_interrupted_training_goes_on_where_it_was(pictures: Path, tmp_path: Path) -> None:
    records = find_records([pictures])
    fit(records, tmp_path, replace(SMALL, batches=3), None)
    one = json.loads((tmp_path / "schedule.json").read_text())
    assert one["batches"] == 3 and (tmp_path / "network.weights.h5").is_file()
    with pytest.raises(UsageError, match="--resume"):
        fit(records, tmp_path, replace(SMALL, batches=3), None)
    steps: list[int] = []
    original = Sampler.batches

    def spy(self: Sampler, start: int = 0, threads: int = 2) -> object:
        steps.append(start)
        return original(self, start, threads)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Sampler, "batches", spy)
        fit(records, tmp_path, replace(SMALL, batches=4), None, resume=True)
        fit(records, tmp_path, replace(SMALL, batches=4), None, resume=True)
    assert steps == [3]


@pytest.mark.usefixtures("hasty")
def test_a_run_goes_on_only_as_it_was_begun(pictures: Path, tmp_path: Path) -> None:
    records = find_records([pictures])
    fit(records, tmp_path, SMALL, None)
    relabelled = [replace(records[0], label=Label.UNKNOWN, mask=None), *records[1:]]
    others: list[tuple[list[Record], Schedule, str]] = [
        (records, replace(SMALL, rate=1e-4), "schedule"),
        (records, replace(SMALL, batches=1), "batches"),
        (relabelled, SMALL, "pictures"),
    ]
    for chosen, schedule, reason in others:
        with pytest.raises(UsageError, match=reason):
            fit(chosen, tmp_path, schedule, None, resume=True)
    (tmp_path / "fingerprint.json").unlink()
    with pytest.raises(UsageError, match="cannot be read"):
        fit(records, tmp_path, SMALL, None, resume=True)


def seen(label: Label, source: str, fine: float, whole: float) -> Seen:
    level = pyramid(64, 64, 64)[0]
    levels = [
        LevelResult(level, np.zeros((32, 32), np.float16), np.array([[1 - p, p, 0]], np.float32)) for p in (fine, whole)
    ]
    return Seen(Record(Path("x.jpg"), source, label, "g"), 64, 64, levels, None)


def test_the_decision_follows_the_level_that_tells_cracked_from_intact() -> None:
    rng = np.random.default_rng(0)
    many = [seen(Label.POSITIVE, "a", rng.uniform(0.6, 0.9), rng.uniform(0.7, 1)) for _ in range(40)]
    many += [seen(Label.NEGATIVE, "b", rng.uniform(0.6, 0.9), rng.uniform(0, 0.3)) for _ in range(40)]
    weights = fit_decision(many, crack=1)
    assert weights["whole"] > 2 * abs(weights["fine"])


def test_every_source_weighs_the_same_in_the_decision() -> None:
    few = [seen(Label.POSITIVE, "a", 0.4, 0.4)] * 3 + [seen(Label.NEGATIVE, "c", 0.05, 0.05)] * 10
    weights = fit_decision([*few, *[seen(Label.POSITIVE, "b", 0.99, 0.99)] * 300], crack=1)
    logit = np.log(0.4 / 0.6)
    assert weights["bias"] + (weights["fine"] + weights["whole"]) * logit > 0


def test_the_offset_puts_the_mask_where_the_truth_is() -> None:
    level = pyramid(64, 64, 64)[0]
    truth = np.zeros((64, 64), bool)
    truth[24:40, :] = True
    logits = np.where(truth[::2, ::2], -1.0, -3.0).astype(np.float16)
    result = LevelResult(level, logits, np.ones((1, 3), np.float32))
    item = Seen(Record(Path("x.jpg"), "a", Label.POSITIVE, "g"), 64, 64, [result], truth)
    offset, figures = fit_map_offset([item])
    assert 1.0 <= offset <= 3.0 and figures["a"] == pytest.approx(1.0, abs=0.02)
    assert fit_map_offset([]) == (0.0, {})


def test_the_offset_serves_the_source_with_the_faintest_cracks() -> None:
    level = pyramid(64, 64, 64)[0]
    truth = np.zeros((64, 64), bool)
    truth[24:40, :] = True

    def item(source: str, crack: float, halo: float) -> Seen:
        logits = np.full((32, 32), -6.0, np.float16)
        logits[10:22] = halo
        logits[12:20] = crack
        result = LevelResult(level, logits, np.ones((1, 3), np.float32))
        return Seen(Record(Path("x.jpg"), source, Label.POSITIVE, "g"), 64, 64, [result], truth)

    clear, faint = item("clear", 3.0, -2.0), item("faint", -2.5, -6.0)
    assert fit_map_offset([clear])[0] < 2.0
    offset, figures = fit_map_offset([*[clear] * 9, faint])
    assert offset > 2.4 and figures["faint"] > 0.9 and figures["clear"] < 1.0


@given(st.floats(-1.0, 1.0), st.integers(0, 99))
def test_a_shifted_model_takes_over_the_size_of_the_mask(shift: float, seed: int) -> None:
    level = pyramid(64, 64, 64)[0]
    truth = np.ones((64, 64), bool)
    logits = np.random.default_rng(seed).normal(0, 1.5, (32, 32))

    def item(values: NDArray[np.float64]) -> Seen:
        result = LevelResult(level, values.astype(np.float16), np.ones((1, 3), np.float32))
        return Seen(Record(Path("x.jpg"), "a", Label.POSITIVE, "g"), 64, 64, [result], truth)

    shares = mask_shares([item(logits)], 0.5)
    offset = match_map_offset([item(logits - shift)], shares)
    assert offset == pytest.approx(0.5 + shift, abs=0.2)
    assert mask_shares([item(logits - shift)], offset)["a"] == pytest.approx(shares["a"], abs=0.04)
    assert match_map_offset([], {}) == 0.0


def test_a_missing_weight_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="mobilenet"):
        crack_net.encoder_weights(str(tmp_path), tmp_path)


def test_what_keras_downloads_is_kept_as_a_weight_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    original, asked = keras.applications.MobileNetV2, []

    def download(weights: str | None = None, **options: Any) -> Any:
        asked.append(weights)
        return original(weights=None, **options)

    with monkeypatch.context() as patch:
        patch.setattr(keras.applications, "MobileNetV2", download)
        path = crack_net.encoder_weights("imagenet", tmp_path)
        assert crack_net.encoder_weights("imagenet", tmp_path) == path
    assert asked == ["imagenet"] and path is not None
    one, two = (crack_network(64, path).get_layer("encoder").get_layer("Conv1") for _ in range(2))
    assert np.array_equal(one.get_weights()[0], two.get_weights()[0])


def test_a_failed_download_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(**options: Any) -> Any:
        raise Exception("URL fetch failure on https://example.org/w.h5: None -- no route to host")

    monkeypatch.setattr(keras.applications, "MobileNetV2", fail)
    with pytest.raises(UsageError, match=r"no route to host.*--weights FILE"):
        crack_net.encoder_weights("imagenet", tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.usefixtures("hasty")
def test_from_folders_to_a_model_that_analyses(pictures: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The whole recipe on a handful of pictures: what it learns is nothing, what it writes must be complete."""
    recipe = replace(crack_net.RECIPES["shipped-light"], schedule=SMALL, walls=3)
    monkeypatch.setattr(crack_net, "RECIPES", {"shipped-light": recipe})
    monkeypatch.setattr(crack_net, "REPRESENTATIVE", 20)
    monkeypatch.setattr("crackinspector.training.generated.SIDE_PX", 96)
    # an untrained network's figures are chance, and so is what int8 does to them
    monkeypatch.setattr(crack_net, "MAX_LOSS", 1.0)
    monkeypatch.setattr(crack_net, "CHECKED", 6)
    monkeypatch.setattr(crack_net, "CALIBRATED", 12)
    options = TrainOptions(data=(pictures,), out=tmp_path, preset="shipped-light", weights="none", leaks="ignore")
    calibrated_on: list[Sequence[Record]] = []

    class Watched(crack_net.Calibrator):
        def __init__(self, held_out: Sequence[Record]) -> None:
            calibrated_on.append(held_out)
            super().__init__(held_out)

    monkeypatch.setattr(crack_net, "Calibrator", Watched)
    exported = crack_net.train(options)
    model = CrackModel.load(exported.path, threads=1)
    assert model.card.map is not None and set(model.card.decision) == {"fine", "whole", "bias"}
    assert {row["source"] for row in model.card.training_data} >= {"floor", "wall"}
    assert "held-out pictures" in model.card.limits and "Most cracks missed: " in model.card.limits
    # The figures were measured before, with scales that the validation share alone gave.
    fitted = [sorted(record.path.name for record in records) for records in calibrated_on]
    records = find_records([pictures])
    shares = [prepare.read_share(tmp_path / "split.csv", records, name) for name in ("val", "test")]
    val, test = (sorted(record.path.name for record in share) for share in shares)
    assert fitted == [val, sorted(val + test)]
    analysis = Analyzer(model).analyze(np.full((100, 130, 3), 128, np.uint8))
    assert analysis.crack_map.shape == (100, 130)
    assert "floor" in (tmp_path / "evaluation.md").read_text()

    before = {path: path.read_bytes() for path in tmp_path.iterdir() if path.is_file()}
    with pytest.raises(UsageError, match="--resume"):
        crack_net.train(replace(options, seed=5))
    assert before == {path: path.read_bytes() for path in tmp_path.iterdir() if path.is_file()}

    predictor = open_predictor(tmp_path)
    assert isinstance(predictor, TiledPredictor)
    (prediction,) = predictor([np.full((100, 130, 3), 128, np.uint8)])
    assert prediction.crack_map is not None and prediction.crack_map.shape == (100, 130)
    assert isinstance(open_predictor(tmp_path, whole=True), KerasPredictor)

    monkeypatch.setattr(run_export, "MAX_LOSS", 1.0)
    run = str(tmp_path)
    data = ["--data", str(pictures)]
    assert main(["train", "evaluate", run, *data, "--out", str(tmp_path / "judged")]) == 0
    assert "judged by tiles" in (tmp_path / "judged" / "evaluation.md").read_text()
    out = tmp_path / "int8"
    assert main(["train", "export", run, *data, "--out", str(out), "--quantize", "int8", "--samples", "12"]) == 0
    assert set(CrackModel.load(out / "classifier.tflite", threads=1).card.decision) == {"fine", "whole", "bias"}
    assert "| int8 |" in (out / "classifier.md").read_text()


def test_a_keras_map_is_scaled_by_its_card(tmp_path: Path) -> None:
    network = deployed(crack_network(64), 64)
    card = crack_net.blank_card(crack_net.RECIPES["shipped-light"], SMALL, [], [])
    assert card.map is not None
    tile = np.random.default_rng(0).integers(0, 256, (64, 64, 3), dtype=np.uint8)
    plain = KerasTiles(network, card).run([tile]).maps
    shifted = KerasTiles(network, replace(card, map=replace(card.map, offset=2.0))).run([tile]).maps
    assert plain is not None and shifted is not None
    assert np.allclose(np.log(shifted / (1 - shifted)) - np.log(plain / (1 - plain)), 2.0, atol=1e-2)
