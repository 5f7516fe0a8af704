"""How far two who label the same snapshots agree: counts, shares with their uncertainty, Cohen's kappa."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from crackinspector.core.labels import Label

_Z = 1.959963984540054
"""Of a normal distribution, 95 % lie within so many standard deviations."""


@dataclass(frozen=True, slots=True)
class Share:
    """A share with its 95 % confidence interval.

    Attributes:
        value, low, high: 0..1.
    """

    value: float
    low: float
    high: float

    @classmethod
    def of(cls, part: int, whole: int) -> Share | None:
        """`part` of `whole` with Wilson's score interval (1927); None of nothing."""
        if not whole:
            return None
        value, z2 = part / whole, _Z * _Z
        middle = (value + z2 / (2 * whole)) / (1 + z2 / whole)
        reach = _Z / (1 + z2 / whole) * math.sqrt(value * (1 - value) / whole + z2 / (4 * whole * whole))
        return cls(value, max(0.0, min(value, middle - reach)), min(1.0, max(value, middle + reach)))

    @classmethod
    def mean(cls, one: Share | None, other: Share | None) -> Share | None:
        """The mean of two independent shares; its interval is made of theirs (Zou and Donner 2008)."""
        if one is None or other is None:
            return None
        value = (one.value + other.value) / 2
        below = math.hypot(one.value - one.low, other.value - other.low) / 2
        above = math.hypot(one.high - one.value, other.high - other.value) / 2
        return cls(value, max(0.0, value - below), min(1.0, value + above))

    def values(self) -> dict[str, float]:
        """As a JSON object, rounded to six digits."""
        return {"value": round(self.value, 6), "low": round(self.low, 6), "high": round(self.high, 6)}


@dataclass(frozen=True, slots=True)
class Confusion:
    """How often what was said met what is true; for two people, the first says and the second is right.

    Attributes:
        counts: (said, true) -> how many; a pair that is missing never occurred.
    """

    counts: Mapping[tuple[Label, Label], int]

    def __getitem__(self, pair: tuple[Label, Label]) -> int:
        """How often (said, true) occurred."""
        return self.counts.get(pair, 0)

    @property
    def total(self) -> int:
        """How many were compared."""
        return sum(self.counts.values())

    @property
    def accuracy(self) -> Share | None:
        """Of all, those with the right one of the three labels."""
        return self._share(lambda said, true: said is true, lambda said, true: True)

    @property
    def precision(self) -> Share | None:
        """Of those that were called cracked, the cracked ones."""
        return self._share(lambda said, true: true is Label.POSITIVE, lambda said, true: said is Label.POSITIVE)

    @property
    def recall(self) -> Share | None:
        """Of the cracked ones, those that were called so."""
        return self._share(lambda said, true: said is Label.POSITIVE, lambda said, true: true is Label.POSITIVE)

    @property
    def false_alarms(self) -> Share | None:
        """Of those without a crack, those that were called cracked."""
        return self._share(lambda said, true: said is Label.POSITIVE, lambda said, true: true is not Label.POSITIVE)

    @property
    def balanced(self) -> Share | None:
        """The mean of recall and of what is left of 1 by false alarms: cracked or not, as if both were as frequent."""
        spared = self._share(
            lambda said, true: said is not Label.POSITIVE, lambda said, true: true is not Label.POSITIVE
        )
        return Share.mean(self.recall, spared)

    @property
    def kappa(self) -> float | None:
        """Cohen's: agreement beyond chance, 1 whole, 0 none; None where chance alone would always agree."""
        total = self.total
        if not total:
            return None
        agreed = sum(count for (said, true), count in self.counts.items() if said is true) / total
        chance = sum(
            sum(self[label, other] for other in Label) * sum(self[other, label] for other in Label) for label in Label
        ) / (total * total)
        return None if chance > 1 - 1e-12 else (agreed - chance) / (1 - chance)

    def values(self) -> dict[str, Any]:
        """As a JSON object: `counts` as true -> said -> n, and the figures, null where there is nothing to count."""
        shares = {name: getattr(self, name) for name in ("accuracy", "balanced", "precision", "recall", "false_alarms")}
        kappa = self.kappa
        return {
            "total": self.total,
            "counts": {true.value: {said.value: self[said, true] for said in Label} for true in Label},
            **{name: None if share is None else share.values() for name, share in shares.items()},
            "kappa": None if kappa is None else round(kappa, 6),
        }

    def _share(self, part: Callable[[Label, Label], bool], whole: Callable[[Label, Label], bool]) -> Share | None:
        among = {pair: count for pair, count in self.counts.items() if whole(*pair)}
        return Share.of(sum(count for pair, count in among.items() if part(*pair)), sum(among.values()))
