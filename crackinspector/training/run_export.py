"""`train export`: the network of a training run as a LiteRT model, checked on what the run held out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from crackinspector.core.errors import ModelError, UsageError
from crackinspector.inference.card import ModelCard, load_card
from crackinspector.training.classifier import CARD_FILE, MODEL_FILE
from crackinspector.training.dataset import Record, find_records, read_picture
from crackinspector.training.evaluate import check_figures, evaluate
from crackinspector.training.examples import pixels_to_input, to_square
from crackinspector.training.export import Exported, export_model
from crackinspector.training.predictors import WholePredictor
from crackinspector.training.prepare import SPLIT_FILE, read_share


def export_run(
    run: Path, data: Sequence[Path], out: Path, name: str, role: str, quantize: str, samples: int
) -> Exported:
    """Exports the network in `run`, whose pictures lie below `data`.

    int8 learns its ranges from pictures of the training share; the figures that must not fall are measured on the
    test share (on the validation share if there is no test share), on whole pictures.

    Raises:
        UsageError: `run` is no training run, `data` are not its pictures, or the model loses too much.
        ModelError: the network cannot be read.
    """
    import keras

    path = run / MODEL_FILE
    if not path.is_file():
        raise UsageError(f"{run} is not the folder of a training run: it has no {MODEL_FILE}.")
    card = load_card(run / CARD_FILE)
    try:
        model = keras.models.load_model(path, compile=False)
    # Keras raises a different exception for each way in which an archive can be damaged.
    except Exception as error:
        raise ModelError(f"The network {path} cannot be read: {error}") from error
    records = [record for record in find_records(data) if record.label in card.labels]
    training = read_share(run / SPLIT_FILE, records, "train")
    try:
        held_out = read_share(run / SPLIT_FILE, records, "test")
    except UsageError:
        held_out = read_share(run / SPLIT_FILE, records, "val")

    def check(candidate: Path) -> Mapping[str, float]:
        return check_figures(evaluate(WholePredictor(candidate), held_out))

    return export_model(
        model, out, name, replace(card, role=role), _representative(training, card, samples), check, quantize
    )


def _representative(records: Sequence[Record], card: ModelCard, samples: int) -> Iterator[NDArray[np.float32]]:
    """Evenly spread over the sources and labels, in which the records are sorted."""
    step = max(1.0, len(records) / samples)
    for i in range(min(samples, len(records))):
        square = to_square(read_picture(records[int(i * step)].path), card.input.width).astype(np.float32)
        yield np.asarray(pixels_to_input(square, (card.input.low, card.input.high)), np.float32)
