"""Two stand-ins for models, held against each other on a handful of pictures."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("tensorflow")

from numpy.typing import NDArray

from crackinspector.core.labels import Label
from crackinspector.training.dataset import Record
from crackinspector.training.library_comparison import Comparison, Figures, compare, write_comparison
from crackinspector.training.predictors import Prediction
from tests.training.conftest import save


def judge(words: Sequence[bool]) -> object:
    """A model that says this, picture after picture."""
    left = iter(words)

    def predict(pictures: Sequence[NDArray[np.uint8]]) -> list[Prediction]:
        said = [next(left) for _ in pictures]
        return [Prediction(Label.POSITIVE if word else Label.NEGATIVE, 0.5, None) for word in said]

    return predict


def test_models_that_differ_on_thousands_of_pictures_are_told_apart() -> None:
    nothing = Figures(None, None, None)
    found = Comparison(("old", "new"), 3000, 3000, nothing, nothing, 1000, 1500)
    assert 0 < found.chance < 1e-20
    even = Comparison(("old", "new"), 3000, 3000, nothing, nothing, 1100, 1100)
    assert even.chance == 1.0


def compared(tmp_path: Path, truths: Sequence[bool], old: Sequence[bool], new: Sequence[bool]) -> Comparison:
    save(tmp_path / "any.png", np.zeros((8, 8, 3), np.uint8))
    labels = [Label.POSITIVE if truth else Label.NEGATIVE for truth in truths]
    records = [Record(tmp_path / "any.png", "library x", label, "a") for label in labels]
    return compare(("classifier", "wall.tflite"), judge(old), judge(new), records)  # type: ignore[arg-type]


def test_figures_of_both_on_the_same_pictures(tmp_path: Path) -> None:
    truths = [True] * 40 + [False] * 10
    old = [True] * 20 + [False] * 20 + [True] * 5 + [False] * 5
    new = [True] * 36 + [False] * 4 + [True] * 1 + [False] * 9
    found = compared(tmp_path, truths, old, new)
    assert (found.cracked, found.crack_free, found.only_old, found.only_new) == (40, 10, 0, 20)
    assert found.old.recall is not None and found.new.recall is not None and found.new.balanced_accuracy is not None
    assert (found.old.recall.value, found.new.recall.value) == (0.5, 0.9)
    assert found.new.balanced_accuracy.value == pytest.approx((0.9 + 0.9) / 2)
    assert found.new.false_alarms is not None and found.new.false_alarms.value == pytest.approx(0.1)
    assert found.sentence.startswith(
        "The new model is better. They differ on 20 of 50 pictures, of which the new model"
    )
    write_comparison(found, tmp_path, None)
    values = json.loads((tmp_path / "comparison.json").read_text())
    assert (values["pictures"], values["old"]["model"], values["new"]["recall"]["value"]) == (50, "classifier", 0.9)
    text = (tmp_path / "comparison.md").read_text()
    assert "| recall | 0.500 (0.352 to 0.648) | 0.900 (0.769 to 0.960) |" in text


def test_few_pictures_do_not_tell_which_is_better(tmp_path: Path) -> None:
    found = compared(tmp_path, [True] * 4 + [False] * 4, [True] * 4 + [True] * 4, [True] * 4 + [False] * 4)
    assert found.only_new == 4
    assert found.sentence.startswith("Too few to tell which is better. They differ on 4 of 8 pictures")
    assert "chance alone would do as much in 12% of cases" in found.sentence
    same = compared(tmp_path, [True, False], [True, False], [True, False])
    assert same.chance == 1
    assert same.sentence == "Both say the same of all 2 pictures; these cannot tell which is better."


def test_a_worse_model_is_called_worse(tmp_path: Path) -> None:
    found = compared(tmp_path, [True] * 10 + [False] * 2, [True] * 10 + [False] * 2, [False] * 12)
    assert found.sentence.startswith("The old model is better.")


def test_a_test_without_cracks_says_half(tmp_path: Path) -> None:
    found = compared(tmp_path, [False] * 3, [True] * 3, [False] * 3)
    assert found.sentence == "The test has no cracked pictures: this says half at most."
    assert found.old.recall is None and found.old.balanced_accuracy is None
    assert found.values()["old"]["recall"] is None
    assert "| recall | – | – |" in found.to_markdown()
    assert compared(tmp_path, [], [], []).sentence == "There is no picture to judge by."
