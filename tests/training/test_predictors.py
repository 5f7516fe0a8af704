from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from crackinspector.core.labels import Label
from crackinspector.inference.card import InputSpec, ModelCard
from crackinspector.training.predictors import KerasPredictor, has_tile_decision

OWN = ModelCard(
    name="own",
    role="classifier",
    version="1",
    sha256="",
    labels=("sound", "broken", "unknown"),
    crack_label="broken",
    input=InputSpec(8, 8, 0.0, 1.0, tile_px=8),
    scores_activation="softmax",
    map=None,
)


class Answers:
    """A network that gives the same scores for every picture."""

    def __init__(self, *scores: float) -> None:
        self._scores = scores

    def predict_on_batch(self, images: NDArray[np.float32]) -> dict[str, Any]:
        return {"scores": np.tile(np.array(self._scores, np.float32), (len(images), 1))}


@pytest.mark.parametrize(
    ("scores", "label"),
    [
        ((0.7, 0.2, 0.1), Label.NEGATIVE),
        ((0.2, 0.7, 0.1), Label.POSITIVE),
        ((0.2, 0.1, 0.7), Label.UNKNOWN),
    ],
)
def test_labels_of_a_cards_own_are_read_by_their_meaning(scores: tuple[float, ...], label: Label) -> None:
    (found,) = KerasPredictor(Answers(*scores), OWN)([np.zeros((20, 30, 3), np.uint8)])
    assert (found.label, found.crack_map) == (label, None)
    assert found.score == pytest.approx(scores[1])


def test_only_cards_with_all_weights_of_the_decision_are_judged_in_tiles() -> None:
    assert not has_tile_decision(OWN)
    assert not has_tile_decision(replace(OWN, decision={"fine": 0.5, "bias": 0.0}))
    assert has_tile_decision(replace(OWN, decision={"fine": 0.5, "whole": 0.5, "bias": 0.0}))
