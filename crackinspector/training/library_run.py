"""What follows a training on a library: the model is exported and held against the one that was there before."""

from __future__ import annotations

import logging
from dataclasses import replace
from pathlib import Path

from crackinspector.core.errors import UsageError
from crackinspector.inference.shipped import SHIPPED_MODELS, resolve_model
from crackinspector.training.dataset import Record
from crackinspector.training.library_comparison import Comparison, compare, write_comparison
from crackinspector.training.library_records import is_cutting, is_from_library
from crackinspector.training.options import TrainOptions
from crackinspector.training.predictors import open_predictor
from crackinspector.training.prepare import SPLIT_FILE, find_all, read_share
from crackinspector.training.run_export import export_run

log = logging.getLogger(__name__)

SAMPLES = 200


def old_model(options: TrainOptions, against: str | None) -> tuple[str, Path]:
    """Name and file of the model that the new one is held against: a shipped role or a file. Raises UsageError."""
    name = against or f"classifier{'-light' if options.preset == 'shipped-light' else ''}"
    path = resolve_model(name)
    return (name if name in SHIPPED_MODELS else path.name), path


def against_old(options: TrainOptions, exported: Path | None, old: tuple[str, Path]) -> Comparison:
    """Export the network in `options.out` if that is not done yet, and judge old and new on the library's test share.

    Args:
        options: of the run.
        exported: the new model, or None.
        old: what `old_model` gave.

    Raises:
        UsageError: the library is not what it was when the training began.
        ModelError: a model cannot be used.
    """
    records, told = find_all(options)
    model = exported or _exported(options, records)
    theirs = [record for record in records if is_from_library(record) and not is_cutting(record)]
    # A preset that is not shipped sees whole pictures, as it learnt to.
    new = open_predictor(model or options.out, whole=exported is None)
    found = compare(
        (old[0], (model or options.out).name),
        open_predictor(old[1]),
        new,
        read_share(options.out / SPLIT_FILE, theirs, "test"),
    )
    found = replace(found, told=told)
    write_comparison(found, options.out, model)
    return found


def _exported(options: TrainOptions, records: list[Record]) -> Path | None:
    """The network as a LiteRT model beside it: int8, or float16 where int8 loses too much; None if both do."""
    for form in ("int8", "float16"):
        try:
            return export_run(options.out, records, options.out, options.preset, "classifier", form, SAMPLES).path
        except UsageError as error:
            log.warning("%s", error)
    return None
