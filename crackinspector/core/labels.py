"""The three labels that a picture, frame or tile can have."""

from __future__ import annotations

from enum import StrEnum


class Label(StrEnum):
    """What a picture shows; the values are those of the JSON output and of training folders."""

    NEGATIVE = "negative"
    POSITIVE = "positive"
    UNKNOWN = "unknown"


def sureness(label: Label | None, score: float) -> float | None:
    """How sure the model is of the word that is shown, 0..1; None for what is no surface, where nothing is measured.

    Args:
        label: the word; None before there is any.
        score: the crack likelihood, 0..1.
    """
    if label is None or label is Label.UNKNOWN:
        return None
    return score if label is Label.POSITIVE else 1 - score
