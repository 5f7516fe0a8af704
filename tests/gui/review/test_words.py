from __future__ import annotations

import re
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from crackinspector.core.labels import Label
from crackinspector.gui.review.words import event_words, judged_words, local_time, meaning, stated
from crackinspector.library.events import Event, Kind, Verdict

POSITIVE, NEGATIVE, UNKNOWN = Label.POSITIVE, Label.NEGATIVE, Label.UNKNOWN


@pytest.mark.parametrize(
    ("verdict", "label", "says", "words"),
    [
        (Verdict.CONFIRMED, POSITIVE, POSITIVE, "there is a crack"),
        (Verdict.CONFIRMED, NEGATIVE, NEGATIVE, "there is no crack"),
        (Verdict.REJECTED, POSITIVE, NEGATIVE, "there is no crack"),
        (Verdict.REJECTED, NEGATIVE, POSITIVE, "there is a crack"),
        (Verdict.CONFIRMED, UNKNOWN, UNKNOWN, "it is no surface"),
        (Verdict.REJECTED, UNKNOWN, None, "it is a surface"),
        (Verdict.UNSURE, POSITIVE, None, "look again later"),
        (Verdict.CONFIRMED, None, None, "nothing to judge"),
    ],
)
def test_what_a_verdict_says_of_what_the_model_says(
    qapp: QApplication, verdict: Verdict, label: Label | None, says: Label | None, words: str
) -> None:
    assert (stated(verdict, label), meaning(verdict, label)) == (says, words)


def test_a_verdict_of_no_crack_differs_from_none(qapp: QApplication) -> None:
    assert judged_words(Verdict.CONFIRMED, "negative") == "Confirmed: there is no crack"
    assert judged_words("unreviewed", None) == "Unreviewed"
    assert judged_words(Verdict.UNSURE, "positive") == "Unsure"


def test_moments_are_told_to_the_minute() -> None:
    assert re.fullmatch(r"2026-11-2\d \d\d:\d\d", local_time("2026-11-21T12:00:00.000000Z"))
    assert local_time("some day") == "some day"


DETECTION: dict[str, Any] = {"label": "positive", "score": 0.914, "model": {"name": "classifier"}}
EVENTS: list[tuple[str, dict[str, Any], tuple[str, str]]] = [
    (Kind.IMPORT, {"name": "a\nb.jpg", "source": "Camera"}, ("Brought in from Camera", "a\\nb.jpg")),
    (Kind.PLACE, {"structure": "S", "element": "", "inspection": "2026"}, ("Placed at S \u203a 2026", "")),
    (Kind.DETECTION, DETECTION, ("classifier says: Crack 91\u202f%", "")),
    (Kind.DETECTION, {**DETECTION, "label": "negative", "score": 0.04}, ("classifier says: No crack 96\u202f%", "")),
    (Kind.DETECTION, {**DETECTION, "label": "unknown", "score": 0.01}, ("classifier says: Not a surface", "")),
    (
        Kind.VERDICT,
        {"verdict": "rejected", "of": "positive", "finding": "ab/1", "why": "a shadow"},
        ("Rejected: there is no crack, on a finding", "a shadow"),
    ),
    (
        Kind.VERDICT,
        {"verdict": "withdrawn", "of": None, "finding": None, "why": "", "undoes": "ab"},
        ("A verdict was taken back", ""),
    ),
    (Kind.TAG, {"tag": "wet"}, ("Tag put on: wet", "")),
    (Kind.UNTAG, {"tag": "wet"}, ("Tag taken off: wet", "")),
    (Kind.NOTE, {"text": ""}, ("Note: –", "")),
    (Kind.EDIT, {"finding": "ab/1"}, ("A finding was corrected by hand", "")),
    (Kind.EDIT, {"finding": None}, ("Findings were drawn by hand", "")),
    (Kind.BIN, {}, ("Put into the bin", "")),
    (Kind.RESTORE, {}, ("Taken out of the bin", "")),
    (Kind.DELETE, {"why": "private"}, ("Deleted for good", "private")),
    ("measure", {}, ("measure, by a newer version", "")),
]


@pytest.mark.parametrize(("kind", "body", "words"), EVENTS)
def test_every_event_is_told(qapp: QApplication, kind: str, body: dict[str, Any], words: tuple[str, str]) -> None:
    assert event_words(Event("", "", "ann", kind, body)) == words


def test_every_kind_of_event_is_among_them() -> None:
    assert {kind for kind, _, _ in EVENTS} >= set(Kind)
