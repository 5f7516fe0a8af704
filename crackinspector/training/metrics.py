"""The figures of an evaluation. Plain arithmetic: no model, no file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from crackinspector.core.labels import Label

TOLERANCE_PX = 2
CALIBRATION_BINS = 10


@dataclass(frozen=True, slots=True)
class Judged:
    """One picture and what was said about it.

    Attributes:
        truth, predicted: labels.
        score: crack likelihood, 0..1.
    """

    source: str
    truth: Label
    predicted: Label
    score: float


@dataclass(slots=True)
class PixelCounts:
    """Sums over pictures with a mask, for precision and recall with a tolerance.

    A predicted pixel is right within `TOLERANCE_PX` of the true mask, a true pixel is found within as much of the
    predicted one. The pointing game (Zhang et al. 2016, "Top-down Neural Attention by Excitation Backprop") asks
    whether the map's highest pixel lies on a crack, here with the same tolerance.
    """

    predicted: int = 0
    right: int = 0
    true: int = 0
    found: int = 0
    pointed: int = 0
    cracked: int = 0
    f1s: list[float] = field(default_factory=list)

    def add(self, crack_map: NDArray[np.uint8], truth: NDArray[np.bool_]) -> None:
        """Counts one picture: its (h, w) uint8 map, mask = map >= 128, and its (h, w) bool truth."""
        mask = crack_map >= 128
        near_truth, near_mask = dilated(truth), dilated(mask)
        predicted, true = int(mask.sum()), int(truth.sum())
        right, found = int((mask & near_truth).sum()), int((truth & near_mask).sum())
        self.predicted += predicted
        self.right += right
        self.true += true
        self.found += found
        if true:
            self.cracked += 1
            # Of equally high pixels the first would favour the upper left; their share on the crack favours none.
            self.pointed += bool(near_truth[crack_map == crack_map.max()].mean() >= 0.5)
            self.f1s.append(f1(ratio(right, predicted), ratio(found, true)))

    def figures(self) -> dict[str, float | None]:
        """`precision`, `recall` and `f1` over all pixels, `f1_mean` over cracked pictures, `pointing`, `pictures`."""
        precision, recall = ratio(self.right, self.predicted), ratio(self.found, self.true)
        return {
            "cracked_pictures": self.cracked,
            "precision": precision,
            "recall": recall,
            "f1": f1(precision, recall) if self.true else None,
            "f1_mean": float(np.mean(self.f1s)) if self.f1s else None,
            "pointing": ratio(self.pointed, self.cracked),
        }


def dilated(mask: NDArray[np.bool_], reach: int = TOLERANCE_PX) -> NDArray[np.bool_]:
    """Pixels within `reach` pixels (Euclidean) of the mask."""
    offsets = np.arange(-reach, reach + 1)
    disc = (offsets[:, None] ** 2 + offsets**2 <= reach**2).astype(np.uint8)
    return np.asarray(cv2.dilate(mask.astype(np.uint8), disc, borderType=cv2.BORDER_CONSTANT, borderValue=0) > 0)


def ratio(part: float, whole: float) -> float | None:
    """Part / whole, or None where there is nothing to divide."""
    return part / whole if whole else None


def f1(precision: float | None, recall: float | None) -> float:
    """Harmonic mean; 0 where either is 0 or undefined."""
    if not precision or not recall:
        return 0.0
    return 2 * precision * recall / (precision + recall)


def confusion(judged: Iterable[Judged]) -> dict[str, dict[str, int]]:
    """Counts as truth -> predicted -> n, over all three labels."""
    table = {str(truth): {str(predicted): 0 for predicted in Label} for truth in Label}
    for item in judged:
        table[item.truth][item.predicted] += 1
    return table


def crack_figures(judged: Sequence[Judged]) -> dict[str, Any]:
    """Precision, recall, F1 and false alarms of crack against everything else, and the recall of every label."""
    cracked = [item for item in judged if item.truth is Label.POSITIVE]
    free = [item for item in judged if item.truth is not Label.POSITIVE]
    hits = sum(item.predicted is Label.POSITIVE for item in cracked)
    alarms = sum(item.predicted is Label.POSITIVE for item in free)
    precision, recall = ratio(hits, hits + alarms), ratio(hits, len(cracked))
    labels = {}
    for label in Label:
        members = [item for item in judged if item.truth is label]
        if members:
            right = sum(item.predicted is label for item in members)
            said = sum(item.predicted is label for item in judged)
            labels[str(label)] = {
                "pictures": len(members),
                "recall": right / len(members),
                "precision": ratio(right, said),
                "f1": f1(ratio(right, said), right / len(members)),
            }
    return {
        "pictures": len(judged),
        "cracked": len(cracked),
        "crack_free": len(free),
        "precision": precision,
        "recall": recall,
        "f1": f1(precision, recall) if cracked else None,
        "false_alarms": ratio(alarms, len(free)),
        "accuracy": ratio(sum(item.predicted is item.truth for item in judged), len(judged)),
        "labels": labels,
    }


def by_source(judged: Sequence[Judged]) -> dict[str, dict[str, Any]]:
    """`crack_figures` for every source."""
    sources = sorted({item.source for item in judged})
    return {source: crack_figures([item for item in judged if item.source == source]) for source in sources}


def balanced(sources: Mapping[str, Mapping[str, Any]]) -> dict[str, float | None]:
    """The headline: (mean recall over crack sources + 1 - mean false alarms over crack-free sources) / 2.

    A source counts on the first side if it has cracked pictures and on the second if it has crack-free ones. Where a
    side is empty, the figures that need it are None.
    """
    recalls = [figures["recall"] for figures in sources.values() if figures["cracked"]]
    alarms = [figures["false_alarms"] for figures in sources.values() if figures["crack_free"]]
    recall = float(np.mean(recalls)) if recalls else None
    alarm = float(np.mean(alarms)) if alarms else None
    both = (recall + 1 - alarm) / 2 if recall is not None and alarm is not None else None
    return {
        "balanced": both,
        "mean_recall": recall,
        "mean_false_alarms": alarm,
        "worst_recall": min(recalls, default=None),
        "worst_false_alarms": max(alarms, default=None),
    }


def calibration(judged: Sequence[Judged], bins: int = CALIBRATION_BINS) -> dict[str, Any]:
    """Reliability of the crack score and its expected calibration error (Guo et al. 2017, equation 3).

    Returns:
        `ece`, and `bins` with `low`, `high`, `pictures`, mean `score` and `cracked` share of those that hold any.
    """
    scores = np.array([item.score for item in judged], np.float64)
    truth = np.array([item.truth is Label.POSITIVE for item in judged], np.float64)
    place = np.minimum((scores * bins).astype(int), bins - 1)
    rows, error = [], 0.0
    for index in range(bins):
        members = place == index
        number = int(members.sum())
        if number:
            score, cracked = float(scores[members].mean()), float(truth[members].mean())
            error += number / len(judged) * abs(score - cracked)
            rows.append(
                {
                    "low": index / bins,
                    "high": (index + 1) / bins,
                    "pictures": number,
                    "score": score,
                    "cracked": cracked,
                }
            )
    return {"ece": error if judged else None, "bins": rows}
