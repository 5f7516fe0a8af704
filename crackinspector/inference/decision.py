"""The label of a whole picture from the scores of its tiles.

A crack in one tile makes a cracked picture, but with many tiles a false alarm in one of them becomes likely. So the
picture's score is a logistic function of two numbers: the strongest tile of
the finest level (a hairline shows there alone) and the strongest tile of the coarsest one (its context tells a joint or
a fold from a crack). The weights come with the model's card, fitted on pictures that the model was not trained on; one
that is looked at on a single level has one strongest tile, which then stands for both.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from crackinspector.core.labels import Label
from crackinspector.inference.card import ModelCard
from crackinspector.inference.levels import LevelResult, logit

FEW_LEVELS = 3
"""Without a card a picture of up to so many levels is judged as a whole, as its model's makers did."""


def decide(card: ModelCard, levels: Sequence[LevelResult]) -> dict[str, float]:
    """Probability of each of the model's labels, in the card's order, summing to 1.

    The crack label's is the score of the picture. The others share the rest as the coarsest level's tiles do on
    average; a positive decision is a score >= 0.5.
    """
    crack = card.crack_index
    fine, whole = (level.scores[:, crack].max() for level in (levels[0], levels[-1]))
    context = levels[-1].scores.mean(axis=0, dtype=np.float64)
    if card.decision:
        total = (
            card.decision.get("bias", 0.0)
            + card.decision.get("fine", 0.5) * float(logit(fine))
            + card.decision.get("whole", 0.5) * float(logit(whole))
        )
        score = float(1 / (1 + np.exp(-total)))
    elif len(levels) <= FEW_LEVELS:
        score = float(levels[-1].scores[int(np.argmax(levels[-1].scores[:, crack])), crack])
    else:
        score = float(max(level.scores[:, crack].max() for level in levels))
    others = np.delete(context, crack)
    shares = others / others.sum() if others.sum() > 0 else np.full(len(others), 1 / len(others))
    probabilities = np.insert(shares * (1 - score), crack, score)
    return dict(zip(card.labels, (float(p) for p in probabilities), strict=True))


def label_of(card: ModelCard, probabilities: Mapping[str, float], threshold: float = 0.5) -> Label:
    """The decision.

    With a calibrated card the picture is positive from a score of `threshold` on; without one the likeliest label wins,
    as in the model's own framework, and another threshold than 0.5 weighs the crack label against the others. A label
    that is neither the crack's nor `unknown` is an intact surface.
    """
    if card.decision:
        rest = {name: p for name, p in probabilities.items() if name != card.crack_label}
        cracked = probabilities[card.crack_label] >= threshold
        likeliest = card.crack_label if cracked else max(rest, key=lambda name: rest[name])
    else:
        weights = {name: 1 - threshold if name == card.crack_label else threshold for name in probabilities}
        likeliest = max(probabilities, key=lambda name: probabilities[name] * weights[name])
    if likeliest == card.crack_label:
        return Label.POSITIVE
    return Label.UNKNOWN if likeliest == Label.UNKNOWN else Label.NEGATIVE
