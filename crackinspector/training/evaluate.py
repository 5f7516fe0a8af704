"""Judges a model on labelled pictures, whatever it was trained with."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from tqdm import tqdm

from crackinspector.training import metrics, report
from crackinspector.training.dataset import Record, read_mask, read_picture
from crackinspector.training.examples import in_order
from crackinspector.training.files import write_json, write_text
from crackinspector.training.metrics import Judged, PixelCounts
from crackinspector.training.predictors import CHUNK, Predictor


def evaluate(predictor: Predictor, records: Sequence[Record], progress: bool = True) -> dict[str, Any]:
    """All figures for one model.

    Returns:
        `overall`, `headline` (`metrics.balanced`), `sources`, `confusion`, `calibration`, and `localisation` by source
        where pictures have masks and the model a map.

    Raises:
        PictureError: a picture or mask cannot be read.
        ModelError: the model fails.
    """
    judged: list[Judged] = []
    pixels: dict[str, PixelCounts] = {}
    pictures = in_order(records, lambda record: read_picture(record.path))
    with tqdm(total=len(records), unit="picture", disable=None if progress else True, leave=False) as bar:
        for start in range(0, len(records), CHUNK):
            chunk = records[start : start + CHUNK]
            predictions = predictor([next(pictures) for _ in chunk])
            for record, prediction in zip(chunk, predictions, strict=True):
                judged.append(Judged(record.source, record.label, prediction.label, prediction.score))
                if record.mask is not None and prediction.crack_map is not None:
                    truth = read_mask(record.mask)
                    found = prediction.crack_map
                    if truth.shape != found.shape:
                        size = truth.shape[1], truth.shape[0]
                        found = np.asarray(cv2.resize(found, size, interpolation=cv2.INTER_LINEAR), np.uint8)
                    pixels.setdefault(record.source, PixelCounts()).add(found, truth)
            bar.update(len(chunk))
    sources = metrics.by_source(judged)
    return {
        "pictures": len(judged),
        "overall": metrics.crack_figures(judged),
        "headline": metrics.balanced(sources),
        "sources": sources,
        "confusion": metrics.confusion(judged),
        "calibration": metrics.calibration(judged),
        "localisation": {source: counts.figures() for source, counts in sorted(pixels.items())},
    }


def check_figures(result: Mapping[str, Any]) -> dict[str, float]:
    """The figures of an evaluation that an export must not lose, each 0..1 and better when higher."""
    figures = {"accuracy": result["overall"]["accuracy"], "balanced": result["headline"]["balanced"]}
    figures["recall"] = result["overall"]["recall"]
    alarms = result["overall"]["false_alarms"]
    figures["no_false_alarms"] = None if alarms is None else 1 - alarms
    for source, counts in result["localisation"].items():
        figures[f"map_f1_{source}"] = counts["f1"]
    return {name: float(value) for name, value in figures.items() if value is not None}


def write_report(out: Path, title: str, result: Mapping[str, Any], preface: str = "") -> None:
    """Writes `evaluation.json`, `evaluation.md` and the plots into `out`."""
    write_json(out / "evaluation.json", result)
    report.plot_confusion(out / "confusion.png", result["confusion"])
    report.plot_calibration(out / "calibration.png", result["calibration"]["bins"], result["calibration"]["ece"])
    write_text(out / "evaluation.md", f"# {title}\n\n" + (preface + "\n\n" if preface else "") + to_markdown(result))


def to_markdown(result: Mapping[str, Any]) -> str:
    """The sections of a report on one evaluation; its plots are expected beside it."""
    headline, overall = result["headline"], result["overall"]
    headline_rows = [[name.replace("_", " "), value] for name, value in headline.items()]
    headline_rows += [[name, overall[name]] for name in ("accuracy", "precision", "recall", "f1")]
    source_rows = [
        [source, f["cracked"], f["recall"], f["crack_free"], f["false_alarms"], f["precision"], f["f1"]]
        for source, f in result["sources"].items()
    ]
    label_rows = [
        [source, label, g["pictures"], g["recall"], g["precision"], g["f1"]]
        for source, f in result["sources"].items()
        for label, g in f["labels"].items()
    ]
    counts = result["confusion"]
    parts = [
        f"{result['pictures']} pictures.\n",
        report.table(["figure", "value"], headline_rows),
        "\n## By source\n",
        report.table(
            ["source", "cracked", "recall", "crack-free", "false alarms", "precision", "F1"],
            source_rows,
        ),
        "\n## By source and label\n",
        report.table(["source", "label", "pictures", "recall", "precision", "F1"], label_rows),
        "\n## Confusion\n",
        report.table(["truth \\ predicted", *counts], [[truth, *row.values()] for truth, row in counts.items()]),
        "\n![Confusion matrix](confusion.png)\n",
        "## Calibration of the crack score\n",
        f"Expected calibration error {report.share(result['calibration']['ece'])}.\n",
        "![Calibration](calibration.png)\n",
    ]
    if result["localisation"]:
        rows = [
            [source, f["cracked_pictures"], f["precision"], f["recall"], f["f1"], f["f1_mean"], f["pointing"]]
            for source, f in result["localisation"].items()
        ]
        parts += [
            f"## Localisation, mask = map >= 0.5, within {metrics.TOLERANCE_PX} px\n",
            report.table(
                ["source", "cracked", "precision", "recall", "F1", "mean F1 of a picture", "pointing"],
                rows,
            ),
            "",
        ]
    return "\n".join(parts)


def digest(path: Path) -> str:
    """SHA-256 of a model file, in hexadecimal."""
    return hashlib.sha256(path.read_bytes()).hexdigest()
