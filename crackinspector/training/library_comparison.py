"""The old model against the new one, on those structures of a library that the new one has not learnt from."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from crackinspector.core.labels import Label
from crackinspector.inference.card import card_path, load_card
from crackinspector.library.confusion import Share
from crackinspector.training import report
from crackinspector.training.dataset import Record, read_picture
from crackinspector.training.examples import in_order
from crackinspector.training.files import write_json, write_text
from crackinspector.training.predictors import CHUNK, Predictor

CARD_ENTRY = "old model against new"
FILE = "comparison"
_CHANCE = 0.05
"""A difference that chance makes in more cases than this tells nothing."""


@dataclass(frozen=True, slots=True)
class Figures:
    """How a model did; None where there was nothing to do it on.

    Attributes:
        balanced_accuracy: mean of `recall` and 1 - `false_alarms`.
        recall: of the cracked pictures, those called so.
        false_alarms: of the others, those called cracked.
    """

    balanced_accuracy: Share | None
    recall: Share | None
    false_alarms: Share | None

    def values(self) -> dict[str, Any]:
        """As a JSON object, each figure with its 95 % interval."""
        found = {name: getattr(self, name) for name in ("balanced_accuracy", "recall", "false_alarms")}
        return {name: None if share is None else share.values() for name, share in found.items()}


@dataclass(frozen=True, slots=True)
class Comparison:
    """What came of it.

    Attributes:
        names: of the old model and the new one.
        cracked, crack_free: pictures that both were shown.
        old, new: their figures.
        only_old, only_new: pictures on which that one alone was right.
        told: what the library gave, and how it was split.
    """

    names: tuple[str, str]
    cracked: int
    crack_free: int
    old: Figures
    new: Figures
    only_old: int
    only_new: int
    told: tuple[str, ...] = ()

    @property
    def chance(self) -> float:
        """How often two equally good models would differ at least so unevenly: McNemar's test (1947), exact."""
        differ, fewer = self.only_old + self.only_new, min(self.only_old, self.only_new)
        tail = sum(math.comb(differ, count) for count in range(fewer + 1))
        # Of whole numbers, for either of them may be larger than any float.
        return float(min(1.0, 2 * tail / 2**differ))

    @property
    def sentence(self) -> str:
        """What the figures are worth."""
        total, differ = self.cracked + self.crack_free, self.only_old + self.only_new
        if not total:
            return "There is no picture to judge by."
        if not self.cracked or not self.crack_free:
            return (
                f"The test has no {'cracked' if not self.cracked else 'crack-free'} pictures: this says half at most."
            )
        if not differ:
            return f"Both say the same of all {total} pictures; these cannot tell which is better."
        told = f"They differ on {differ} of {total} pictures, of which the new model is right on {self.only_new}"
        if self.chance >= _CHANCE:
            return (
                f"Too few to tell which is better. {told}; chance alone would do as much in {self.chance:.0%} of cases."
            )
        return f"The {'new' if self.only_new > self.only_old else 'old'} model is better. {told}."

    def values(self) -> dict[str, Any]:
        """As a JSON object."""
        return {
            "pictures": self.cracked + self.crack_free,
            "cracked": self.cracked,
            "crack_free": self.crack_free,
            "old": {"model": self.names[0], **self.old.values()},
            "new": {"model": self.names[1], **self.new.values()},
            "only_old_right": self.only_old,
            "only_new_right": self.only_new,
            "chance": round(self.chance, 6),
            "sentence": self.sentence,
            "library": list(self.told),
        }

    def to_markdown(self) -> str:
        """A table and the sentence."""
        rows = [
            [name.replace("_", " "), _shown(getattr(self.old, name)), _shown(getattr(self.new, name))]
            for name in ("balanced_accuracy", "recall", "false_alarms")
        ]
        table = report.table(["figure", f"old: {self.names[0]}", f"new: {self.names[1]}"], rows)
        pictures = (
            f"{self.cracked} cracked and {self.crack_free} crack-free pictures of structures held out for the test."
        )
        return "\n\n".join((*self.told, pictures, table, self.sentence)) + "\n"


def compare(names: tuple[str, str], old: Predictor, new: Predictor, records: Sequence[Record]) -> Comparison:
    """Show both models the same pictures. Raises PictureError and ModelError."""
    truths = [record.label is Label.POSITIVE for record in records]
    before, now = _said(old, records), _said(new, records)
    return Comparison(
        names,
        sum(truths),
        len(truths) - sum(truths),
        _figures(before, truths),
        _figures(now, truths),
        only_old=sum(a == truth != b for a, b, truth in zip(before, now, truths, strict=True)),
        only_new=sum(a != truth == b for a, b, truth in zip(before, now, truths, strict=True)),
    )


def write_comparison(comparison: Comparison, out: Path, model: Path | None) -> None:
    """Write `comparison.json` and `comparison.md` into `out`, and the figures into a model file's card, if given."""
    write_json(out / f"{FILE}.json", comparison.values())
    write_text(out / f"{FILE}.md", f"# Old model against new\n\n{comparison.to_markdown()}")
    if model is not None:
        card = load_card(card_path(model))
        metrics = {**card.metrics, CARD_ENTRY: comparison.values()}
        write_text(card_path(model), replace(card, metrics=metrics).to_json())


def _said(predictor: Predictor, records: Sequence[Record]) -> list[bool]:
    """Whether the model calls each picture cracked."""
    pictures = in_order(records, lambda record: read_picture(record.path))
    said: list[bool] = []
    for start in range(0, len(records), CHUNK):
        predictions = predictor([next(pictures) for _ in records[start : start + CHUNK]])
        said += [prediction.label is Label.POSITIVE for prediction in predictions]
    return said


def _figures(said: Sequence[bool], truths: Sequence[bool]) -> Figures:
    cracked, free = sum(truths), len(truths) - sum(truths)
    hits = sum(word and truth for word, truth in zip(said, truths, strict=True))
    alarms = sum(word and not truth for word, truth in zip(said, truths, strict=True))
    recall, quiet = Share.of(hits, cracked), Share.of(free - alarms, free)
    return Figures(Share.mean(recall, quiet), recall, Share.of(alarms, free))


def _shown(share: Share | None) -> str:
    return "–" if share is None else f"{share.value:.3f} ({share.low:.3f} to {share.high:.3f})"
