"""What the inference loop is doing, and what it is asked to do."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from crackinspector.core.frame import WHOLE, View
from crackinspector.inference.card import ModelCard


class ModelPhase(StrEnum):
    """How the inference loop is doing."""

    LOADING = "loading"
    READY = "ready"
    FAILED = "failed"
    """There is no model, or it was stopped; only a person can help."""


@dataclass(frozen=True, slots=True)
class LookSettings:
    """How frames are looked at.

    Attributes:
        view: the part of each frame that the model sees.
        threshold: 0..1, from which on a score is a crack.
        detail: `auto`, `fast`, `fine` or `full`; see `inference.frames`.
        most_fps: frames a second at most; 0 sets no limit.
        threads: for one invoke; 0 measures which number is fastest and leaves one processor to the rest. Another
            number loads the model again.
    """

    view: View = WHOLE
    threshold: float = 0.5
    detail: str = "auto"
    most_fps: float = 0.0
    threads: int = 0


@dataclass(frozen=True, slots=True)
class ModelState:
    """The loop's model.

    Attributes:
        phase: see `ModelPhase`.
        asked: the model that was asked for last, as `--model` takes it.
        sentence: what a person should know; empty where all is well. A model that is ready may have one too: another
            one could not be loaded and this one stays, its file was replaced, or a frame failed.
        choice: the model in use, as `--model` takes it, empty if there is none; another one than `asked` is loading or
            was refused.
        name: of the model in use, empty if there is none.
        path, card: of the model in use, None if there is none.
        invoke_ms: what one tile takes in the runtime, as measured while warming up; 0 if there is no model.
        runtime: such as `LiteRT 2.1.1, XNNPACK, 1 thread`.
        detail: as set; tiles, levels: what that came to for the last frame, 0 before the first.
        replaced: its file is another one now, which is not in use before it is asked for again.
    """

    phase: ModelPhase
    asked: str
    sentence: str = ""
    choice: str = ""
    name: str = ""
    path: Path | None = None
    card: ModelCard | None = field(default=None, repr=False)
    invoke_ms: float = 0.0
    runtime: str = ""
    detail: str = "auto"
    tiles: int = 0
    levels: int = 0
    replaced: bool = False

    @property
    def refused(self) -> bool:
        """Whether what was asked for could not be had and another model stays in use."""
        return self.phase is ModelPhase.READY and self.asked != self.choice
