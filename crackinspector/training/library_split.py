"""Which pictures of a library are learnt from, and which are kept to judge by: never two of one structure in both."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from crackinspector.core.errors import UsageError
from crackinspector.core.labels import Label
from crackinspector.training.splits import SPLITS, Plan

_DRAWS = 3000
_BLOCKS = 20


@dataclass(frozen=True, slots=True)
class Placed:
    """A picture, by its name, with its label and the place that it shows."""

    id: str
    label: Label
    structure: str
    element: str
    inspection: str


@dataclass(frozen=True, slots=True)
class Deal:
    """Who goes where.

    Attributes:
        shares: the picture's name -> `train`, `val` or `test`.
        told: how they were dealt, for the report.
    """

    shares: Mapping[str, str]
    told: str


def deal(pictures: Sequence[Placed], plan: Plan, seed: int) -> Deal:
    """Deal whole structures to the shares; where they are too few, whole elements, inspections, or runs of pictures.

    They are enough if each share gets pictures of each label that there is, of cracked and crack-free ones.

    Args:
        pictures: in the order in which they were taken.
        plan: how large validation and test should be.
        seed: of the draw.

    Raises:
        UsageError: there are too few pictures for three shares.
    """
    levels: list[tuple[str, Callable[[int, Placed], tuple[str, ...]]]] = [
        ("structure", lambda number, picture: (picture.structure,)),
        ("element", lambda number, picture: (picture.structure, picture.element)),
        ("inspection", lambda number, picture: (picture.structure, picture.element, picture.inspection)),
        ("run of pictures", lambda number, picture: (f"run {number * _BLOCKS // len(pictures) + 1}",)),
    ]
    passed: list[str] = []
    for level, key in levels:
        units: dict[tuple[str, ...], list[Placed]] = {}
        for number, picture in enumerate(pictures):
            units.setdefault(key(number, picture), []).append(picture)
        drawn = _draw([Counter(picture.label for picture in unit) for unit in units.values()], plan, seed)
        if drawn is not None:
            shares = {p.id: share for unit, share in zip(units.values(), drawn, strict=True) for p in unit}
            return Deal(shares, _told(level, passed, list(units), drawn))
        passed.append(f"{len(units)} {level}{'' if len(units) == 1 else 's'}")
    raise UsageError(
        f"{len(pictures)} pictures that people decided on cannot be dealt to training, validation and test so that "
        "each has cracked and crack-free ones; decide on more, or add sources with --data."
    )


def _draw(units: Sequence[Counter[Label]], plan: Plan, seed: int) -> list[str] | None:
    """A share for each unit: the best of many draws; None if no draw gives each share some of each label."""
    labels = [label for label in (Label.POSITIVE, Label.NEGATIVE) if any(unit[label] for unit in units)]
    if len(units) < len(SPLITS) or not labels:
        return None
    counts = np.array([[unit[label] for label in labels] for unit in units], np.float64)
    wanted = np.array([1 - plan.val - plan.test, plan.val, plan.test])
    chance = np.random.default_rng((seed, len(units)))
    drawn = chance.choice(len(SPLITS), size=(_DRAWS, len(units)), p=wanted)
    held = np.stack([(drawn == share).astype(np.float64) @ counts for share in range(len(SPLITS))], axis=1)
    off = np.abs(held / counts.sum(axis=0) - wanted[:, None]).sum(axis=(1, 2))
    off[(held == 0).any(axis=(1, 2))] = np.inf
    best = int(np.argmin(off))
    return None if np.isinf(off[best]) else [SPLITS[share] for share in drawn[best]]


def _told(level: str, passed: Sequence[str], units: Sequence[tuple[str, ...]], shares: Sequence[str]) -> str:
    said = f"Split by {level}"
    if passed:
        said += f", for {', '.join(passed)} cannot give each share cracked and crack-free pictures"
    if level == "run of pictures":
        said += "; other runs show the same structures, so that the figures say little about any other"
    if level == "run of pictures":
        return f"{said}."
    listed = []
    for share in SPLITS:
        names = sorted(" / ".join(unit) or "no name" for unit, at in zip(units, shares, strict=True) if at == share)
        listed.append(f"{share}: {', '.join(names[:8])}{f' and {len(names) - 8} more' if len(names) > 8 else ''}")
    return f"{said}. {'; '.join(listed)}."
