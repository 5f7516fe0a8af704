"""What a training run is told, whichever network it trains."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from crackinspector.training.splits import Plan


@dataclass(frozen=True, slots=True)
class TrainOptions:
    """The options of `crackinspector train classifier` that every preset understands.

    Attributes:
        data: folders of labelled pictures.
        out: folder that the run is written to.
        preset: name of the recipe.
        epochs: epochs at most in each phase, or None for the preset's; where a preset counts in steps it is ignored.
        batches: optimiser steps at most (in each epoch, or in all where a preset counts in steps), or None.
        seed: of everything that is drawn.
        resume: go on with the run in `out`.
        weights: a weight file, a folder of them, `imagenet` or `none`.
        groups: a CSV file of path,group lines, or None.
        plan: how the pictures are split.
        libraries: folders of libraries whose verdicts are learnt from.
        leaks: what to do about pictures of one view in several shares: `mend`, `refuse` or `ignore`.
    """

    data: tuple[Path, ...]
    out: Path
    preset: str
    epochs: int | None = None
    batches: int | None = None
    seed: int = 0
    resume: bool = False
    weights: str = "imagenet"
    groups: Path | None = None
    plan: Plan = field(default_factory=Plan)
    leaks: str = "mend"
    libraries: tuple[Path, ...] = ()
