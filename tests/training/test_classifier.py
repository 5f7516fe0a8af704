from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

pytest.importorskip("tensorflow")

import keras

from crackinspector.core.errors import ModelError, UsageError
from crackinspector.core.labels import Label
from crackinspector.inference.card import load_card
from crackinspector.training import fitting
from crackinspector.training.backbones import Weights
from crackinspector.training.classifier import train
from crackinspector.training.dataset import find_records
from crackinspector.training.evaluate import evaluate
from crackinspector.training.examples import class_weights, examples_of, train_batches
from crackinspector.training.fitting import fit
from crackinspector.training.options import TrainOptions
from crackinspector.training.predictors import KerasPredictor, open_predictor
from crackinspector.training.presets import ALL_LABELS, AUGMENTATIONS, Recipe
from crackinspector.training.run_export import export_run
from crackinspector.training.splits import Plan

# Keras copies its variables in NumPy 1's manner.
pytestmark = pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")

TINY = Recipe(size=64, frozen_epochs=1, tuned_epochs=3, tuned_rate=3e-3, train_from="conv_2", batch=8)
NO_WEIGHTS = Weights(None, 0.25)


@pytest.fixture(scope="module")
def run(small_networks: None, pictures: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("run")
    options = TrainOptions((pictures,), out, "default", weights="none", batches=9, plan=Plan(blocks=5))
    train(options, TINY)
    return out


def test_a_run_leaves_a_model_its_card_its_split_and_a_report(run: Path) -> None:
    card = load_card(run / "model.json")
    assert card.labels == ("negative", "positive", "unknown")
    assert (card.input.width, card.input.low, card.input.high) == (64, -1, 1)
    assert card.input.tile_px == 64
    assert {entry["source"] for entry in card.training_data} == {"floor", "masked", "wall"}
    text = (run / "report.md").read_text()
    for part in ("Leak check", "Shares, by contiguous blocks", "Cut short by: batches 9", "curves.png", "By source"):
        assert part in text
    for name in ("curves.png", "confusion.png", "calibration.png", "logs/train", "logs/validation"):
        assert (run / name).exists()
    history = json.loads((run / "history.json").read_text())
    assert [row["phase"] for row in history] == ["frozen", "tuned", "tuned", "tuned"]
    assert [row["epoch"] for row in history] == [1, 2, 3, 4]
    # Everyday scenes and bare walls: even the small network learns to tell some of them apart.
    assert history[-1]["val_loss"] < 0.97 * history[0]["val_loss"]


def test_the_saved_model_is_judged_as_the_trained_one_was(run: Path, pictures: Path) -> None:
    shares = [line.rsplit(",", 1) for line in (run / "split.csv").read_text().splitlines()[1:]]
    held_out = {Path(name.strip('"')) for name, share in shares if share == "test"}
    records = [r for r in find_records([pictures]) if r.path.resolve() in held_out]
    assert len(records) >= 6
    again = evaluate(open_predictor(run), records, progress=False)
    before = json.loads((run / "evaluation.json").read_text())
    assert again["confusion"] == before["confusion"]
    assert again["localisation"]["masked"] == pytest.approx(before["localisation"]["masked"], abs=1e-6)


def test_the_run_exports_and_both_runtimes_agree(run: Path, pictures: Path, tmp_path: Path) -> None:
    exported = export_run(run, find_records([pictures]), tmp_path, "tiny", "classifier", "float16", 20)
    card = load_card(tmp_path / "tiny.json")
    assert card.metrics["export"]["float16"] == pytest.approx(exported.figures)
    records = find_records([pictures])[::4]
    images = [np.asarray(keras.utils.load_img(r.path), np.uint8) for r in records]
    there, here = open_predictor(tmp_path / "tiny.tflite", whole=True)(images), open_predictor(run)(images)
    for a, b in zip(there, here, strict=True):
        assert a.score == pytest.approx(b.score, abs=2e-3)
        assert a.crack_map is not None
        assert b.crack_map is not None
        assert np.abs(a.crack_map.astype(int) - b.crack_map).max() <= 2


def test_a_folder_that_holds_a_run_is_not_overwritten(run: Path, pictures: Path) -> None:
    with pytest.raises(UsageError, match="--resume"):
        train(TrainOptions((pictures,), run, "default", weights="none"), TINY)


def test_a_damaged_network_is_told(run: Path, tmp_path: Path) -> None:
    (tmp_path / "model.json").write_text((run / "model.json").read_text())
    (tmp_path / "model.keras").write_bytes((run / "model.keras").read_bytes()[:5000])
    with pytest.raises(ModelError, match=r"model\.keras"):
        KerasPredictor.load(tmp_path / "model.keras")


def test_an_interrupted_run_goes_on_as_if_it_had_not_been(
    small_networks: None, pictures: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    examples = examples_of(find_records([pictures]), 1)
    recipe = replace(TINY, tuned_epochs=2, patience=9)
    arguments: dict[str, Any] = {"recipe": recipe, "weights": NO_WEIGHTS, "seed": 5, "batches": 2}
    whole = fit(examples, examples[::3], out=tmp_path / "whole", **arguments)

    original, done = fitting._Run._epoch, []

    def interrupted(self: Any, phase: Any, number: int) -> Any:
        if number == 2:
            raise KeyboardInterrupt
        done.append(number)
        return original(self, phase, number)

    monkeypatch.setattr(fitting._Run, "_epoch", interrupted)
    with pytest.raises(KeyboardInterrupt):
        fit(examples, examples[::3], out=tmp_path / "cut", **arguments)
    monkeypatch.setattr(fitting._Run, "_epoch", original)
    with pytest.raises(UsageError, match="other options or pictures"):
        fit(examples[1:], examples[::3], out=tmp_path / "cut", resume=True, **arguments)
    resumed = fit(examples, examples[::3], out=tmp_path / "cut", resume=True, **arguments)

    assert done == [0, 1]
    assert [row["epoch"] for row in resumed.history] == [1, 2, 3]
    for row, expected in zip(resumed.history, whole.history, strict=True):
        assert row["loss"] == pytest.approx(expected["loss"], rel=1e-4)
    for a, b in zip(resumed.network.model.get_weights(), whole.network.model.get_weights(), strict=True):
        np.testing.assert_allclose(a, b, rtol=1e-3, atol=1e-4)
    # And a complete run has nothing more to do.
    assert fit(examples, examples[::3], out=tmp_path / "cut", resume=True, **arguments).history == resumed.history


def test_an_epoch_depends_on_its_seed_alone(pictures: Path) -> None:
    examples = examples_of(find_records([pictures]), 2)

    def epoch(seed: tuple[int, int]) -> tuple[Any, Any]:
        batch = next(iter(train_batches(examples, ALL_LABELS, 32, (0, 1), 16, AUGMENTATIONS, seed)))
        return np.asarray(batch[0]), np.asarray(batch[1])

    first, labels = epoch((1, 2))
    again, _ = epoch((1, 2))
    other, other_labels = epoch((1, 3))
    np.testing.assert_array_equal(first, again)
    assert not np.array_equal(first, other)
    assert not np.array_equal(labels, other_labels)
    assert first.min() >= 0
    assert first.max() <= 1


def test_augmentation_moves_nothing_but_by_mirror(pictures: Path) -> None:
    records = [r for r in find_records([pictures]) if r.source == "floor"]
    examples = examples_of(records, 1)
    plain = {}
    for kinds in ((), ("flip_left_right", "flip_up_down")):
        data = train_batches(examples, ALL_LABELS, 32, (0, 255), 64, kinds, (0, 0))
        plain[kinds] = np.concatenate([np.asarray(batch[0]) for batch in data])
    mirrored = 0
    for before, after in zip(*plain.values(), strict=True):
        views = [before[:, :: (-1) ** i][:: (-1) ** j] for i in range(2) for j in range(2)]
        errors = [np.abs(view - after).max() for view in views]
        assert min(errors) < 0.01
        mirrored += int(np.argmin(errors) > 0)
    assert 10 < mirrored < len(examples)


def test_parts_of_a_picture_are_labelled_by_their_part_of_the_mask(pictures: Path) -> None:
    masked = [r for r in find_records([pictures]) if r.mask is not None]
    examples = examples_of(masked, 4)
    assert {e.label for e in examples} == {Label.POSITIVE, Label.NEGATIVE}
    assert all(e.box is not None and e.box[2:] == (32, 32) for e in examples)
    assert len({(e.record.path, e.box) for e in examples}) == len(examples) <= 16 * len(masked)


def test_class_weights_make_labels_count_alike(pictures: Path) -> None:
    examples = examples_of(find_records([pictures]), 1)
    weights = class_weights(examples, ALL_LABELS)
    sums = [sum(weights[i] for e in examples if e.label == label) for i, label in enumerate(ALL_LABELS)]
    assert sums == pytest.approx([len(examples) / 3] * 3)
    with pytest.raises(UsageError, match="unknown"):
        class_weights([e for e in examples if e.label is not Label.UNKNOWN], ALL_LABELS)
