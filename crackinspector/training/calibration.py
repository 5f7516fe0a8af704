"""Fixes a map's scale once, on validation pictures, so that its mask is the map >= 0.5 for every picture."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from crackinspector.training.metrics import PixelCounts

CANDIDATES = 25


def map_offset(logits: Sequence[NDArray[np.float32]], truths: Sequence[NDArray[np.bool_]]) -> float:
    """The offset under which sigmoid(logit + offset) >= 0.5 has the highest F1 with tolerance.

    Args:
        logits: crack logits, (h, w) each, of validation pictures that were not trained on.
        truths: their masks, (h, w) bool each.

    Returns:
        The offset; 0 where there is no picture with a crack.
    """
    if not any(truth.any() for truth in truths):
        return 0.0
    values = np.concatenate([logit.ravel()[::7] for logit in logits])
    candidates = np.unique(np.quantile(values, np.linspace(0.5, 0.995, CANDIDATES)))
    scores = []
    for threshold in candidates:
        counts = PixelCounts()
        for logit, truth in zip(logits, truths, strict=True):
            counts.add(np.where(logit >= threshold, np.uint8(255), np.uint8(0)), truth)
        scores.append(counts.figures()["f1"] or 0.0)
    return -float(candidates[int(np.argmax(scores))])
