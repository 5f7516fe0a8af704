"""Fixes the shipped models' scales: where the mask begins and when a picture counts as cracked.

Both are fitted once, on held-out pictures seen as `crackinspector analyze` sees them, and written into the card. In
the decision every source weighs the same, so that the largest does not set the threshold for all. The mask's beginning
is set by the source that fares worst: the best level for clear cracks misses faint ones, and on surfaces that the model
never saw cracks are fainter to it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from crackinspector.core.labels import Label
from crackinspector.inference.analyzer import Analyzer
from crackinspector.inference.crackmap import crack_map
from crackinspector.inference.levels import LevelResult, TileModel, logit
from crackinspector.training.dataset import Record, read_mask, read_picture
from crackinspector.training.metrics import PixelCounts

OFFSETS = np.arange(-3.0, 4.01, 0.125)
FAR = 0.6
"""Every picture is also looked at as if from further away, at this share of its size."""
RIDGE = 1.0
"""Strength of the pull of the decision's weights towards equal weights of one in all."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A held-out picture and what the model said about it."""

    record: Record
    width: int
    height: int
    levels: Sequence[LevelResult]
    mask: NDArray[np.bool_] | None


def look_at(model: TileModel, records: Iterable[Record], scale: float = 1.0) -> list[Seen]:
    """Looks at pictures at `scale` times their size."""
    analyzer = Analyzer(model)
    seen = []
    for record in records:
        image = np.ascontiguousarray(read_picture(record.path)[..., ::-1])
        mask = read_mask(record.mask) if record.mask is not None else None
        if scale != 1.0:
            size = max(16, round(image.shape[1] * scale)), max(16, round(image.shape[0] * scale))
            image = np.asarray(cv2.resize(image, size, interpolation=cv2.INTER_AREA), np.uint8)
            mask = None
        height, width = image.shape[:2]
        seen.append(Seen(record, width, height, analyzer.look(image), mask))
    return seen


def fit_map_offset(seen: Sequence[Seen]) -> tuple[float, dict[str, float]]:
    """The offset under which the mask's F1 at 2 px is best on the source, among those with masks, where it is worst.

    Returns:
        The offset to be added to the model's own logits, and the F1 that each source reaches with it.
    """
    table: dict[str, NDArray[np.float64]] = {}
    for source, items in _with_cracks(seen).items():
        counts = [PixelCounts() for _ in OFFSETS]
        for item in items:
            assert item.mask is not None
            found = crack_map(item.levels, item.width, item.height)
            for offset, count in zip(OFFSETS, counts, strict=True):
                count.add(np.where(found >= _level(offset), np.uint8(255), np.uint8(0)), item.mask)
        table[source] = np.array([float(count.figures()["f1"] or 0) for count in counts])
    if not table:
        return 0.0, {}
    best = int(np.argmax(np.min(list(table.values()), axis=0)))
    return float(OFFSETS[best]), {source: round(float(f1s[best]), 4) for source, f1s in table.items()}


def mask_shares(seen: Sequence[Seen], offset: float = 0.0) -> dict[str, float]:
    """The share of pixels in the mask, 0..1, on each source's cracked pictures that have a true one."""
    return {source: float(shares[0]) for source, shares in _shares(seen, np.array([offset])).items()}


def match_map_offset(seen: Sequence[Seen], shares: Mapping[str, float]) -> float:
    """The offset under which masks are as large as `shares` says, as `mask_shares` gave them for another model.

    This is how a quantised model takes over the float model's scale. Fitted on its own it would land elsewhere by
    chance, for F1 is flat around its best, and what quantising costs could not be told from that.
    """
    found = _shares(seen, OFFSETS)
    if not found:
        return 0.0
    tiny = 1e-9
    apart = [np.abs(np.log((found[source] + tiny) / (share + tiny))) for source, share in shares.items()]
    return float(OFFSETS[int(np.argmin(np.sum(apart, axis=0)))])


def _shares(seen: Sequence[Seen], offsets: NDArray[np.float64]) -> dict[str, NDArray[np.float64]]:
    shares = {}
    for source, items in _with_cracks(seen).items():
        counts = np.zeros(256)
        for item in items:
            counts += np.bincount(crack_map(item.levels, item.width, item.height).ravel(), minlength=256)
        above = np.cumsum(counts[::-1])[::-1] / np.sum(counts)
        first = np.clip(np.ceil(_level(offsets)), 0, 255).astype(int)
        shares[source] = above[first]
    return shares


def _level(offset: NDArray[np.float64] | float) -> NDArray[np.float64]:
    """The map >= 128 after an offset is the map >= this before it."""
    return np.asarray(256 / (1 + np.exp(offset)))


def _with_cracks(seen: Sequence[Seen]) -> dict[str, list[Seen]]:
    """Cracked pictures with their true masks, by source."""
    sources: dict[str, list[Seen]] = {}
    for item in seen:
        if item.mask is not None and item.record.label is Label.POSITIVE:
            sources.setdefault(item.record.source, []).append(item)
    return sources


def fit_decision(seen: Sequence[Seen], crack: int) -> Mapping[str, float]:
    """Weights of `inference.decision`: logistic regression on the strongest tile of the finest and coarsest level.

    Every source's cracked and crack-free pictures weigh the same. Solved by Newton's method (iteratively reweighted
    least squares; Bishop 2006, "Pattern Recognition and Machine Learning", 4.3.3).
    """
    traits = np.array(
        [[logit(level.scores[:, crack].max()) for level in (item.levels[0], item.levels[-1])] for item in seen]
    )
    design = np.column_stack([traits, np.ones(len(traits))])
    truth = np.array([item.record.label is Label.POSITIVE for item in seen], np.float64)
    weight = np.zeros(len(seen))
    keys = [(item.record.source, item.record.label) for item in seen]
    for label in (0.0, 1.0):
        groups = {key for key, t in zip(keys, truth, strict=True) if t == label}
        for group in groups:
            members = np.array([key == group for key in keys])
            weight[members] = len(seen) / 2 / len(groups) / members.sum()
    prior = np.array([0.5, 0.5, 0.0])
    pull = np.diag([RIDGE, RIDGE, 0.01])
    w = prior.copy()
    for _ in range(100):
        p = 1 / (1 + np.exp(-design @ w))
        gradient = design.T @ (weight * (p - truth)) + pull @ (w - prior)
        curvature = (design * (weight * p * (1 - p))[:, None]).T @ design + pull
        step = np.linalg.solve(curvature, gradient)
        w = w - step
        if np.abs(step).max() < 1e-8:
            break
    return {"fine": round(float(w[0]), 4), "whole": round(float(w[1]), 4), "bias": round(float(w[2]), 4)}
