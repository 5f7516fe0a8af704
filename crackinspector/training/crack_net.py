"""The recipe of the shipped models, from folders to a LiteRT file with its card."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import count, islice
from pathlib import Path
from typing import Any

import keras
import numpy as np
from numpy.typing import NDArray

from crackinspector.core.errors import UsageError
from crackinspector.core.labels import Label
from crackinspector.inference.card import InputSpec, MapSpec, ModelCard, card_path, load_card
from crackinspector.inference.levels import TileModel
from crackinspector.inference.model import CrackModel
from crackinspector.training.classifier import MODEL_FILE, save_model
from crackinspector.training.crack_calibration import (
    FAR,
    fit_decision,
    fit_map_offset,
    look_at,
    mask_shares,
    match_map_offset,
)
from crackinspector.training.crack_fit import CHECKPOINTS, Schedule, fit
from crackinspector.training.crack_network import deployed
from crackinspector.training.dataset import Record, find_records, spread
from crackinspector.training.evaluate import check_figures, evaluate, write_report
from crackinspector.training.export import MAX_LOSS, Exported, export_model
from crackinspector.training.files import replace_with, write_text
from crackinspector.training.generated import write_walls
from crackinspector.training.keras_tiles import KerasTiles
from crackinspector.training.options import TrainOptions
from crackinspector.training.predictors import TiledPredictor, open_predictor
from crackinspector.training.prepare import prepare, refuse_other_run
from crackinspector.training.provenance import training_data
from crackinspector.training.sampling import LABELS, Sampler
from crackinspector.training.splits import Split

WEIGHTS = "mobilenet_v2_1.0_160_imagenet_notop.weights.h5"
REPRESENTATIVE = 300
CALIBRATED = 2500
"""Held-out pictures that the scales are fitted on, at most."""
CHECKED = 2500
"""Held-out pictures that the int8 model has to hold its ground on against float, at most."""


@dataclass(frozen=True, slots=True)
class CrackRecipe:
    """How a shipped model is made.

    Attributes:
        name: of the model file, and its role.
        walls: generated walls that join the training share.
    """

    name: str
    schedule: Schedule
    walls: int = 150
    description: str = ""


RECIPES: Mapping[str, CrackRecipe] = {
    "shipped": CrackRecipe(
        "classifier",
        Schedule(),
        description="MobileNetV2 encoder with a label head and a pixel head, trained on labels everywhere and on "
        "masks where they exist.",
    ),
    "shipped-light": CrackRecipe(
        "classifier-light",
        Schedule(size=160, tile=224, coarse_size=160, batches=1500, batch=32),
        description="The same network as `classifier` at a smaller input that shows more of the picture, coarser: two "
        "fifths of the work for each tile, and fewer tiles.",
    ),
}


def train(options: TrainOptions) -> Exported:
    """Trains, calibrates, exports and reports one of the shipped models.

    The run's folder receives the split, checkpoints, TensorBoard logs, the float network `model.keras` and
    `<name>.tflite`, each with its calibrated card, and `evaluation.md` with the figures of the test share, measured
    with scales from the validation share. Afterwards the scales of `<name>.tflite` are fitted once more, on both
    shares: each alone has few pictures of the small sources. Interrupted, the same command with `resume` goes on.

    Raises:
        UsageError: no usable pictures, no weight file, a run is there already and `resume` is not set, or the int8
            model loses too much.
    """
    refuse_other_run(options, f"{CHECKPOINTS}/checkpoint", MODEL_FILE)
    recipe, schedule = _recipe(options)
    split = prepare(options).split
    network, card = _trained(split, recipe, schedule, options, options.out)
    test = split.test or split.val
    calibrate = Calibrator(split.val)
    checked: list[Path] = []

    def check(path: Path) -> Mapping[str, float]:
        calibrated = calibrate(path)
        if not checked:
            # The first is float32: the same network as Keras's, with the same scales.
            save_model(network, calibrated, options.out)
        checked.append(path)
        return check_figures(evaluate(open_predictor(path), spread(test, CHECKED), progress=False))

    samples = representative(split.train, schedule.size, schedule.tile)
    exported = export_model(network, options.out, recipe.name, card, samples, check, max_loss=MAX_LOSS)
    result = evaluate(open_predictor(exported.path), test)
    note_figures(exported.path, result)
    if split.test:
        Calibrator([*split.val, *split.test])(exported.path)
    losses = "\n".join(f"- {name}: {loss:+.4f}" for name, loss in exported.losses.items())
    preface = "The int8 model on the test share, its scales fitted on the validation share. It lost against float:"
    write_report(options.out, recipe.name, result, f"{preface}\n\n{losses}")
    return exported


def trial(split: Split, held_out: Sequence[Record], options: TrainOptions) -> dict[str, Any]:
    """Trains and calibrates on a split and evaluates the float network on records of a source that it never saw."""
    recipe, schedule = _recipe(options)
    # the walls are the same for every source that is left out
    network, card = _trained(split, recipe, schedule, options, options.out.parent)
    calibrated = Calibrator(split.val).fitted(KerasTiles(network, card))
    return evaluate(TiledPredictor(KerasTiles(network, calibrated)), held_out)


def _recipe(options: TrainOptions) -> tuple[CrackRecipe, Schedule]:
    recipe = RECIPES[options.preset]
    schedule = replace(recipe.schedule, seed=options.seed)
    return recipe, schedule if options.batches is None else replace(schedule, batches=options.batches)


def _trained(
    split: Split, recipe: CrackRecipe, schedule: Schedule, options: TrainOptions, shared: Path
) -> tuple[keras.Model, ModelCard]:
    """The deployed network and its card, not yet calibrated; `shared` is the folder of what several runs can use."""
    walls = find_records([write_walls(shared / "walls", recipe.walls, options.seed)])
    training = [*split.train, *walls]
    weights = encoder_weights(options.weights, shared)
    model = fit(training, options.out, schedule, weights, options.resume)
    network = deployed(model, schedule.size)
    return network, blank_card(recipe, schedule, training, options.data)


def encoder_weights(choice: str, folder: Path) -> Path | None:
    """The weight file that `--weights` names: a file, a folder of them, `imagenet` or `none`.

    Args:
        folder: where what Keras downloads for `imagenet` is written as a file of this name; found there, it is taken.

    Raises:
        UsageError: there is no such file, or the download failed.
    """
    if choice == "none":
        return None
    if choice == "imagenet":
        path = folder / WEIGHTS
        if not path.is_file():
            replace_with(path, _downloaded().save_weights)
        return path
    path = Path(choice)
    path = path / WEIGHTS if path.is_dir() else path
    if not path.is_file():
        raise UsageError(f"There is no weight file {path}; give --weights a MobileNetV2 file or the folder of one.")
    return path


def _downloaded() -> keras.Model:
    try:
        return keras.applications.MobileNetV2(input_shape=(160, 160, 3), include_top=False, weights="imagenet")
    # Keras raises a bare Exception where there is no network, and h5py others where a download was cut short.
    except Exception as error:
        reason = str(error).strip().split("\n")[0]
        raise UsageError(
            f"Keras could not download the weights of MobileNetV2: {reason}. Give --weights FILE with a copy of "
            f"{WEIGHTS}, or --weights none to start from random ones."
        ) from error


def blank_card(
    recipe: CrackRecipe, schedule: Schedule, training: Sequence[Record], folders: Sequence[Path]
) -> ModelCard:
    """The card before calibration."""
    return ModelCard(
        name=recipe.name,
        role=recipe.name,
        version="1",
        sha256="",
        labels=tuple(str(label) for label in LABELS),
        crack_label=str(Label.POSITIVE),
        input=InputSpec(schedule.size, schedule.size, -1.0, 1.0, schedule.tile),
        scores_activation="softmax",
        map=MapSpec("crack_probability", "NHWC"),
        description=recipe.description,
        training_data=training_data(training, folders),
    )


class Calibrator:
    """Fits the scales of a model on held-out pictures, and then those of its quantised forms to match.

    Each file has scales of its own: 8 bits shift its logits a little, and the same way for all pictures.
    """

    def __init__(self, held_out: Sequence[Record]) -> None:
        self._held_out = spread(held_out, CALIBRATED)
        self._shares: Mapping[str, float] | None = None

    def __call__(self, path: Path) -> ModelCard:
        """Writes the scales into the card of the model file `path` and returns that card."""
        card = self.fitted(CrackModel.load(path))
        write_text(card_path(path), card.to_json())
        return card

    def fitted(self, model: TileModel) -> ModelCard:
        """The model's card with the map's offset and the decision's weights; the first model sets the mask's size."""
        card = model.card
        assert card.map is not None
        near = look_at(model, self._held_out)
        if self._shares is None:
            offset, _ = fit_map_offset(near)
            self._shares = mask_shares(near, offset)
        else:
            offset = match_map_offset(near, self._shares)
        decision = fit_decision([*near, *look_at(model, self._held_out, FAR)], card.crack_index)
        return replace(card, map=replace(card.map, offset=card.map.offset + offset), decision=decision)


def note_figures(path: Path, result: Mapping[str, Any]) -> None:
    """Writes the figures of an evaluation into a model's card: the headline, and for each source what concerns it."""
    card = load_card(card_path(path))
    sources: dict[str, dict[str, float]] = {}
    for source, figures in result["sources"].items():
        found = {name: figures[name] for name in ("cracked", "recall", "crack_free", "false_alarms")}
        found["map_f1_within_2_px"] = result["localisation"].get(source, {}).get("f1")
        sources[source] = {name: round(value, 4) for name, value in found.items() if value is not None}
    headline = {name: round(value, 4) for name, value in result["headline"].items() if value is not None}
    found_with = "scales from the validation share alone"
    metrics = {**card.metrics, "test share": {"with": found_with, "headline": headline, "sources": sources}}
    write_text(card_path(path), replace(card, metrics=metrics, limits=_limits(result["sources"])).to_json())


def _limits(sources: Mapping[str, Any]) -> str:
    told = ["Its figures are of held-out pictures of the sources that it was trained on; others fare worse."]
    missed = {source: 1 - figures["recall"] for source, figures in sources.items() if figures["recall"] is not None}
    alarms = {s: figures["false_alarms"] for s, figures in sources.items() if figures["false_alarms"] is not None}
    for found, what, counted in ((missed, "cracks missed", "cracked"), (alarms, "false alarms", "crack_free")):
        if found:
            worst = max(found, key=lambda source: found[source])
            told.append(f"Most {what}: {worst}, {found[worst]:.0%} of {sources[worst][counted]} pictures.")
    return " ".join(told)


def representative(
    training: Sequence[Record], size: int, tile: int, most: int | None = None
) -> Iterator[NDArray[np.float32]]:
    """Training samples as the network takes them, from which int8 learns its ranges; `REPRESENTATIVE` for None."""
    sampler = Sampler(training, size, 10, seed=0, zoom=tile / size)
    images = (image for number in count() for image in sampler.batch(number).images)
    for image in islice(images, REPRESENTATIVE if most is None else most):
        yield image.astype(np.float32) / 127.5 - 1
