"""`train classifier`: folders of labelled pictures in, a network with scores and activation map out."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from crackinspector.core.labels import Label
from crackinspector.inference.card import InputSpec, MapSpec, ModelCard
from crackinspector.training import report
from crackinspector.training.backbones import backbone_named, find_weights
from crackinspector.training.calibration import map_offset
from crackinspector.training.dataset import Record, read_mask, read_picture
from crackinspector.training.evaluate import digest, evaluate, to_markdown, write_report
from crackinspector.training.examples import Example, examples_of
from crackinspector.training.files import replace_with, write_text
from crackinspector.training.fitting import STATE_FILE, Fit, fit
from crackinspector.training.networks import CamNetwork
from crackinspector.training.options import TrainOptions
from crackinspector.training.predictors import KerasPredictor
from crackinspector.training.prepare import prepare, refuse_other_run
from crackinspector.training.presets import Recipe
from crackinspector.training.provenance import training_data

log = logging.getLogger(__name__)

MODEL_FILE, CARD_FILE = "model.keras", "model.json"
CALIBRATION_PICTURES = 80


def train(options: TrainOptions, recipe: Recipe) -> dict[str, Any]:
    """Trains by a recipe, judges the result on the test share, and writes all of it into `options.out`.

    The folder then holds `model.keras` with its card `model.json`, `split.csv`, `report.md` with plots,
    `evaluation.json`, and TensorBoard logs in `logs`.

    Returns:
        The evaluation on the test share (on the validation share if there is no test share).

    Raises:
        UsageError, PictureError: as in `prepare` and `fit`.
    """
    refuse_other_run(options, STATE_FILE, MODEL_FILE)
    prepared = prepare(options, recipe.labels)
    split = prepared.split
    recipe = with_limits(recipe, options)
    if options.libraries and not options.data:
        # Nobody has to have taken pictures of anything else.
        there = {record.label for record in split.train}
        recipe = replace(recipe, labels=tuple(label for label in recipe.labels if label in there))
    card, fitted, training = train_on(split.train, split.val, recipe, options, options.out)
    held_out = split.test or split.val
    model = fitted.network.model
    result = evaluate(KerasPredictor(model, card), held_out)
    save_model(model, card, options.out)
    write_report(options.out, f"Test of {options.preset}", result)
    _write_training_report(options, recipe, fitted, result, f"{prepared.report}\n\n{training}")
    return result


def with_limits(recipe: Recipe, options: TrainOptions) -> Recipe:
    """The recipe with no phase longer than `options.epochs`."""
    if options.epochs is None:
        return recipe
    return replace(
        recipe,
        frozen_epochs=min(recipe.frozen_epochs, options.epochs),
        tuned_epochs=min(recipe.tuned_epochs, options.epochs),
    )


def train_on(
    train_records: Sequence[Record], val_records: Sequence[Record], recipe: Recipe, options: TrainOptions, out: Path
) -> tuple[ModelCard, Fit, str]:
    """Trains on given records and calibrates the map; returns the card (without digest), the fit and a note.

    Raises:
        UsageError, PictureError: as in `fit`.
    """
    backbone = backbone_named(recipe.backbone)
    weights = find_weights(options.weights, backbone, recipe.alpha, recipe.size)
    if weights.origin is None:
        log.warning("%s starts from random weights: expect far worse results than with trained ones.", backbone.name)
    examples = examples_of(train_records, recipe.crops)
    fitted = fit(
        examples,
        examples_of(val_records, recipe.crops),
        recipe,
        out,
        weights,
        options.seed,
        options.batches,
        options.resume,
    )
    card = _card(options.preset, recipe, weights.alpha, fitted.network, examples, train_records, options.data)
    card = _with_calibrated_map(card, fitted.network, val_records)
    counts = Counter(str(example.label) for example in examples)
    note = (
        f"{backbone.name}, width {weights.alpha} (asked for: {recipe.alpha}), from {weights}; trained on "
        f"{len(examples)} examples ({', '.join(f'{n} {label}' for label, n in sorted(counts.items()))})."
    )
    return card, fitted, note


def save_model(model: Any, card: ModelCard, out: Path) -> None:
    """Writes `model.keras` and its card; the card comes last and vouches for the model by its digest."""
    replace_with(out / MODEL_FILE, model.save)
    write_text(out / CARD_FILE, replace(card, sha256=digest(out / MODEL_FILE)).to_json())


def _card(
    preset: str,
    recipe: Recipe,
    alpha: float,
    network: CamNetwork,
    examples: Sequence[Example],
    records: Sequence[Record],
    folders: Sequence[Path],
) -> ModelCard:
    return ModelCard(
        name=preset,
        role="classifier",
        version="1",
        sha256="",
        labels=tuple(str(label) for label in recipe.labels),
        crack_label=str(Label.POSITIVE),
        input=InputSpec(recipe.size, recipe.size, *network.range, tile_px=_typical_side(examples)),
        scores_activation="softmax",
        map=MapSpec("class_activation", "NHWC"),
        description=f"{recipe.backbone} {alpha} with a class activation map, trained as {preset}.",
        training_data=training_data(records, folders),
        limits="Its map is as coarse as the backbone's last feature map and was never trained on masks.",
    )


def _typical_side(examples: Sequence[Example]) -> int:
    """Median side in pixels of what was squeezed into the input: the scale that the network learnt to see."""
    sides = []
    for example in examples[:: max(1, len(examples) // 60)]:
        if example.box is not None:
            sides.append((example.box[2] * example.box[3]) ** 0.5)
        else:
            height, width = read_picture(example.record.path).shape[:2]
            sides.append((height * width) ** 0.5)
    return max(1, round(float(np.median(sides))))


def _with_calibrated_map(card: ModelCard, network: CamNetwork, records: Sequence[Record]) -> ModelCard:
    masked = [record for record in records if record.mask is not None]
    predictor = KerasPredictor(network.model, card)
    logits, truths = [], []
    for record in masked[:: max(1, len(masked) // CALIBRATION_PICTURES)]:
        assert record.mask is not None
        truth = read_mask(record.mask)
        coarse = predictor.crack_logits(read_picture(record.path))
        height, width = truth.shape
        logits.append(np.asarray(cv2.resize(coarse, (width, height), interpolation=cv2.INTER_LINEAR), np.float32))
        truths.append(truth)
    offset = map_offset(logits, truths) if logits else 0.0
    return replace(card, map=MapSpec("class_activation", "NHWC", 1.0, offset))


def _write_training_report(
    options: TrainOptions, recipe: Recipe, fitted: Fit, result: dict[str, Any], preparation: str
) -> None:
    out = options.out
    parts = [f"# Training of {options.preset}\n", preparation, ""]
    if recipe.differs:
        parts += [f"Not as in the original: {recipe.differs}\n"]
    limits = [f"{name} {value}" for name in ("epochs", "batches") if (value := getattr(options, name)) is not None]
    if limits:
        parts += [f"Cut short by: {', '.join(limits)}.\n"]
    parts += ["## Recipe\n", report.table(["option", "value"], [[k, str(v)] for k, v in _fields(recipe)])]
    if fitted.history:
        report.plot_curves(out / "curves.png", fitted.history)
        names = ("epoch", "phase", "loss", "accuracy", "val_loss", "val_accuracy")
        rows = [[row[name] for name in names] for row in fitted.history]
        parts += ["\n## Course\n", "![Curves](curves.png)\n", report.table(names, rows)]
    write_text(out / "report.md", "\n".join([*parts, "\n# Test on held-out pictures\n", to_markdown(result)]))


def _fields(recipe: Recipe) -> list[tuple[str, Any]]:
    return [(name, value) for name, value in asdict(recipe).items() if name != "differs"]
