"""`train export`: the network of a training run as a LiteRT model, checked on what the run held out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from crackinspector.core.errors import UsageError
from crackinspector.inference.card import ModelCard, load_card
from crackinspector.training import crack_net, report
from crackinspector.training.classifier import CARD_FILE, MODEL_FILE
from crackinspector.training.dataset import Record, read_picture, spread
from crackinspector.training.evaluate import check_figures, evaluate
from crackinspector.training.examples import pixels_to_input, to_square
from crackinspector.training.export import MAX_LOSS, Exported, export_model
from crackinspector.training.files import write_text
from crackinspector.training.keras_tiles import load_network
from crackinspector.training.predictors import has_tile_decision, open_predictor
from crackinspector.training.prepare import SPLIT_FILE, read_share


def export_run(
    run: Path, pictures: Sequence[Record], out: Path, name: str, role: str, quantize: str, samples: int
) -> Exported:
    """Exports the network in `run`, which was trained on some of `pictures` (`dataset.find_records`).

    int8 learns its ranges from pictures of the training share; the figures that must not fall are measured on the
    test share (on the validation share if there is no test share): on whole pictures, or for the shipped presets in
    tiles, with scales that are fitted on the validation share. A report is written beside the model.

    Raises:
        UsageError: `run` is no training run, these are not its pictures, or the model loses too much.
        ModelError: the network cannot be read.
    """
    path = run / MODEL_FILE
    if not path.is_file():
        raise UsageError(f"{run} is not the folder of a training run: it has no {MODEL_FILE}.")
    card = load_card(run / CARD_FILE)
    model = load_network(path)
    records = [record for record in pictures if record.label in card.labels]
    training = read_share(run / SPLIT_FILE, records, "train")
    try:
        held_out = read_share(run / SPLIT_FILE, records, "test")
    except UsageError:
        held_out = read_share(run / SPLIT_FILE, records, "val")

    tiled = has_tile_decision(card)
    if tiled:
        calibrate = crack_net.Calibrator(read_share(run / SPLIT_FILE, records, "val"))
        held_out = spread(held_out, crack_net.CHECKED)
        shown = crack_net.representative(training, card.input.width, card.input.tile_px, samples)
    else:
        shown = _representative(training, card, samples)

    def check(candidate: Path) -> Mapping[str, float]:
        if tiled:
            calibrate(candidate)
        return check_figures(evaluate(open_predictor(candidate, whole=not tiled), held_out))

    card = replace(card, role=role)
    exported = export_model(model, out, name, card, shown, check, quantize, max_loss=MAX_LOSS)
    _write_report(exported, quantize, f"{len(held_out)} held-out pictures, {'in tiles' if tiled else 'each whole'}")
    return exported


def _write_report(exported: Exported, quantize: str, judged: str) -> None:
    rows = [[name, value, exported.figures[name]] for name, value in exported.float_figures.items()]
    text = f"# Export of {exported.path.name}\n\nJudged on {judged}.\n\n"
    write_text(exported.path.with_suffix(".md"), text + report.table(["figure", "float32", quantize], rows) + "\n")


def _representative(records: Sequence[Record], card: ModelCard, samples: int) -> Iterator[NDArray[np.float32]]:
    """Evenly spread over the sources and labels, in which the records are sorted."""
    step = max(1.0, len(records) / samples)
    for i in range(min(samples, len(records))):
        square = to_square(read_picture(records[int(i * step)].path), card.input.width).astype(np.float32)
        yield np.asarray(pixels_to_input(square, (card.input.low, card.input.high)), np.float32)
