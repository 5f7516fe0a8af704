from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from crackinspector.gui.labels import sureness_words
from crackinspector.gui.report.wording import Wording


@pytest.mark.parametrize(
    ("label", "score", "words"),
    [
        ("positive", 0.91, "91\u202f%"),
        ("negative", 0.04, "96\u202f%"),
        ("negative", 0.002, "99\u202f%"),
        ("positive", 0.998, "99\u202f%"),
        ("positive", 1.0, "100\u202f%"),
        ("unknown", 0.01, ""),
        ("of a newer version", 0.5, ""),
        (None, None, ""),
    ],
)
def test_beside_a_label_stands_how_sure_the_model_is_of_it(
    qapp: QApplication, label: str | None, score: float | None, words: str
) -> None:
    assert sureness_words(label, score) == words
    assert Wording("en").said(label, score).endswith(words)
