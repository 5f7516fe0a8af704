"""How the recording of a clip is doing."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path


class ClipPhase(StrEnum):
    """What the recorder is doing."""

    IDLE = "idle"
    RECORDING = "recording"
    FINISHING = "finishing"
    """The clip has ended, its last pictures are being written."""
    FAILED = "failed"
    """The last clip is missing or too short; `ClipState.sentence` says why. The next one may be started."""


@dataclass(frozen=True, slots=True)
class ClipState:
    """What the recorder is doing, and what became of the newest clip.

    Attributes:
        phase: what it is doing.
        reason: who started the clip; empty before the first.
        seconds: since the clip was started, without what is from before; stays once it has ended.
        path: of its file once it has its name, of the last one if there are several.
        sentence: what went wrong, for people; empty if nothing did.
        dropped: frames that are missing in it since the disk or the processor was too slow.
    """

    phase: ClipPhase = ClipPhase.IDLE
    reason: str = ""
    seconds: float = 0.0
    path: Path | None = None
    sentence: str = ""
    dropped: int = 0
