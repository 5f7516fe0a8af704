"""The figure that counts: train on all sources but one, test on that one."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from crackinspector.core.errors import UsageError
from crackinspector.core.labels import Label
from crackinspector.training import report
from crackinspector.training.classifier import save_model, train_on, with_limits
from crackinspector.training.dataset import Record, find_records, spread
from crackinspector.training.evaluate import evaluate, write_report
from crackinspector.training.files import write_json, write_text
from crackinspector.training.metrics import balanced
from crackinspector.training.options import TrainOptions
from crackinspector.training.predictors import KerasPredictor
from crackinspector.training.prepare import without_leaks
from crackinspector.training.presets import Recipe
from crackinspector.training.splits import Split, read_groups, split_records

SETTING_FILE = "trial.json"

Trial = Callable[[Split, Sequence[Record], TrainOptions], dict[str, Any]]
"""Trains on a split, in the folder `options.out`, and evaluates on records that it was not trained on."""


def cross_source(
    options: TrainOptions,
    labels: Sequence[Label],
    trial: Trial,
    chosen: Sequence[str] | None = None,
    limit: int | None = None,
) -> dict[str, Any]:
    """Leaves out each of the `chosen` sources (None: all) in turn.

    Writes `cross-source.md` and `.json` into `options.out`. Each source's run lies in a folder of its own there. With
    `options.resume` finished ones of the same preset, limits, seed and leak check are kept, and an interrupted one
    goes on. At most `limit` pictures of a left-out
    source are judged. A source is left out of the table where the others lack one of the labels.

    Returns:
        `sources` with the figures of each left-out source, `headline` over them, and `skipped` with reasons.

    Raises:
        UsageError: fewer than two sources, or a run is there already and `options.resume` is not set.
        PictureError: a picture cannot be read.
    """
    records = [record for record in find_records(options.data) if record.label in labels]
    if options.groups is not None:
        records = read_groups(options.groups, records, options.data)
    sources = sorted({record.source for record in records})
    if len(sources) < 2:
        raise UsageError(f"A cross-source table needs at least two sources; found {', '.join(sources)}.")
    unknown = sorted(set(chosen or ()) - set(sources))
    if unknown:
        raise UsageError(f"There is no source {', '.join(unknown)}; the folders hold {', '.join(sources)}.")
    figures: dict[str, Any] = {}
    skipped: dict[str, str] = {}
    for source in chosen or sources:
        rest = [record for record in records if record.source != source]
        missing = [str(label) for label in labels if not any(r.label == label for r in rest)]
        if missing:
            skipped[source] = f"without it there is nothing to train on for {', '.join(missing)}"
            continue
        held_out = spread([record for record in records if record.source == source], limit)
        result = _leave_out(source, rest, held_out, trial, options, limit)
        figures[source] = {**result["sources"][source], "localisation": result["localisation"].get(source)}
    if not figures:
        raise UsageError("No source can be left out: " + "; ".join(f"{s}: {why}" for s, why in skipped.items()) + ".")
    table = {"preset": options.preset, "headline": balanced(figures), "sources": figures, "skipped": skipped}
    write_json(options.out / "cross-source.json", table)
    write_text(options.out / "cross-source.md", to_markdown(table))
    return table


def to_markdown(table: Mapping[str, Any]) -> str:
    """The table as a report."""
    rows = []
    for source, f in table["sources"].items():
        where = f["localisation"] or {}
        rows.append([source, f["cracked"], f["recall"], f["crack_free"], f["false_alarms"], f["f1"], where.get("f1")])
    parts = [
        f"# {table['preset']} on sources that it was not trained on\n",
        "Each row: trained on all other sources, tested on this one.\n",
        report.table(
            ["left-out source", "cracked", "recall", "crack-free", "false alarms", "F1", "map F1 within 2 px"], rows
        ),
        "",
        report.table(["figure", "value"], [[k.replace("_", " "), v] for k, v in table["headline"].items()]),
        "",
    ]
    parts += [f"- {source} was not left out: {reason}." for source, reason in table["skipped"].items()]
    return "\n".join(parts) + "\n"


def _leave_out(
    source: str,
    rest: Sequence[Record],
    held_out: Sequence[Record],
    trial: Trial,
    options: TrainOptions,
    limit: int | None,
) -> dict[str, Any]:
    out = options.out / re.sub(r"[^\w.-]+", "_", source)
    done = out / "evaluation.json"
    setting = {name: getattr(options, name) for name in ("preset", "batches", "epochs", "seed", "leaks")}
    setting["limit"] = limit
    if options.resume and done.exists() and _is_of(out / SETTING_FILE, setting):
        return dict(json.loads(done.read_text(encoding="utf-8")))
    split = split_records(rest, replace(options.plan, test=0.0, seed=options.plan.seed + options.seed))
    # Another source may hold the same views under other names.
    checked, _ = without_leaks(Split(split.train, split.val, tuple(held_out)), options.leaks)
    result = trial(checked, held_out, replace(options, out=out))
    write_report(out, f"{options.preset} on {source}, which it was not trained on", result)
    write_json(out / SETTING_FILE, setting)
    return result


def _is_of(path: Path, setting: Mapping[str, Any]) -> bool:
    """Whether a finished trial was made so."""
    try:
        return bool(json.loads(path.read_text(encoding="utf-8")) == setting)
    except (OSError, ValueError):
        return False


def classifier_trial(recipe: Recipe) -> Trial:
    """A trial of one of the recipes with an activation map."""

    def trial(split: Split, held_out: Sequence[Record], options: TrainOptions) -> dict[str, Any]:
        card, fitted, _ = train_on(split.train, split.val, with_limits(recipe, options), options, options.out)
        model = fitted.network.model
        save_model(model, card, options.out)
        return evaluate(KerasPredictor(model, card), held_out)

    return trial
