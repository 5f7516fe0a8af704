"""Written reports: Markdown with plots beside it."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from crackinspector.training.files import replace_with


def share(value: float | None, digits: int = 3) -> str:
    """A figure for a table; a dash where there is none."""
    return "–" if value is None else f"{value:.{digits}f}"


def table(header: Sequence[str], rows: Sequence[Sequence[Any]]) -> str:
    """A Markdown table; floats with three digits."""
    lines = ["| " + " | ".join(header) + " |", "|" + "---|" * len(header)]
    for row in rows:
        cells = [share(cell) if cell is None or isinstance(cell, float) else str(cell) for cell in row]
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines)


def plot_curves(path: Path, history: Sequence[Mapping[str, Any]]) -> None:
    """Loss and accuracy of training and validation over the epochs, a line where a phase ends."""
    figure, axes = _figure(1, 2, (10, 3.6))
    epochs = [row["epoch"] for row in history]
    for axis, name in zip(axes, ("loss", "accuracy"), strict=True):
        axis.plot(epochs, [row[name] for row in history], marker="o", markersize=3, label="training")
        axis.plot(epochs, [row[f"val_{name}"] for row in history], marker="o", markersize=3, label="validation")
        for before, after in itertools.pairwise(history):
            if before["phase"] != after["phase"]:
                axis.axvline(before["epoch"] + 0.5, color="grey", linestyle=":")
        axis.set_xlabel("epoch")
        axis.set_ylabel(name)
        axis.legend()
    _save(path, figure)


def plot_confusion(path: Path, counts: Mapping[str, Mapping[str, int]]) -> None:
    """A confusion matrix, truth in rows, shaded by the share of each row."""
    labels = list(counts)
    values = np.array([[counts[t][p] for p in labels] for t in labels], float)
    shares = values / np.maximum(values.sum(axis=1, keepdims=True), 1)
    figure, axis = _figure(1, 1, (4.2, 3.8))
    axis.imshow(shares, cmap="Blues", vmin=0, vmax=1)
    axis.set_xticks(range(len(labels)), labels)
    axis.set_yticks(range(len(labels)), labels)
    axis.set_xlabel("predicted")
    axis.set_ylabel("truth")
    for row, column in np.ndindex(*values.shape):
        colour = "white" if shares[row, column] > 0.5 else "black"
        axis.text(column, row, f"{values[row, column]:.0f}", ha="center", va="center", color=colour)
    _save(path, figure)


def plot_calibration(path: Path, bins: Sequence[Mapping[str, float]], error: float | None) -> None:
    """The share of cracked pictures over the crack score; the diagonal is perfect calibration."""
    figure, axis = _figure(1, 1, (4.2, 3.8))
    axis.plot([0, 1], [0, 1], color="grey", linestyle=":")
    axis.plot([row["score"] for row in bins], [row["cracked"] for row in bins], marker="o")
    axis.set_xlabel("crack score")
    axis.set_ylabel("share that is cracked")
    axis.set_title(f"expected calibration error {share(error)}")
    _save(path, figure)


def plot_ranking(path: Path, names: Sequence[str], values: Sequence[float], what: str) -> None:
    """Horizontal bars, the best on top."""
    figure, axis = _figure(1, 1, (7, 1 + 0.26 * len(names)))
    axis.barh(list(names)[::-1], list(values)[::-1])
    axis.set_xlim(0, 1)
    axis.set_xlabel(what)
    _save(path, figure)


def _figure(rows: int, columns: int, size: tuple[float, float]) -> tuple[Any, Any]:
    # The Figure class itself instead of pyplot: no global state, no display, safe in any thread.
    from matplotlib.figure import Figure

    figure = Figure(figsize=size, layout="constrained")
    return figure, figure.subplots(rows, columns)


def _save(path: Path, figure: Any) -> None:
    replace_with(path, lambda temporary: figure.savefig(temporary, dpi=110))
