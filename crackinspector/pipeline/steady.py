"""A label that does not flicker: detections are averaged over a moment, and a change of mind takes a margin.

What is averaged is evidence, the logarithm of odds, so that one sure frame outweighs several doubtful ones. The label
changes when the mean passes its limit by the hysteresis, or has been past it for a while: what is on screen and the
score beside it never disagree for long.
"""

from __future__ import annotations

import math
import time
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from crackinspector.core.detection import Detection
from crackinspector.core.labels import Label, sureness
from crackinspector.pipeline.rates import GAP

HYSTERESIS: Final = 0.4
"""In logits: with a threshold of 50 % a crack appears at 60 % and goes at 40 %."""
_LIMIT: Final = 8.0


@dataclass(frozen=True, slots=True)
class Verdict:
    """The steadied word on what is in view.

    Attributes:
        label: the decision.
        score: crack likelihood, the mean of the evidence, 0..1.
        since: when this label began, in seconds of the steadier's clock.
        changed: whether it is another label than before; True for the first.
        delay_s: how long the label may lag behind a clear change, because of the steadying.
    """

    label: Label
    score: float
    since: float
    changed: bool
    delay_s: float

    @property
    def sureness(self) -> float | None:
        """How sure the model is of the label, as `sureness` says."""
        return sureness(self.label, self.score)


@dataclass(frozen=True, slots=True)
class _Sample:
    """One detection's evidence: for a crack apart from the threshold, for the score, and for no surface at all."""

    at: float
    crack: float
    score: float
    unknown: float


class Steadier:
    """Steadies detections. It belongs to one thread."""

    def __init__(self, delay: float = 0.4, threshold: float = 0.5, hysteresis: float = HYSTERESIS) -> None:
        """Begin with nothing seen.

        Args:
            delay: seconds that are averaged over, >= 0; a clear change shows after so long at most.
            threshold: 0..1, from which on a score is a crack.
            hysteresis: how far past the threshold a mean has to be, in logits, >= 0.
        """
        self._delay = delay
        self._threshold = threshold
        self._hysteresis = hysteresis
        self._samples: deque[_Sample] = deque()
        self._verdict: Verdict | None = None
        self._model = ""
        self._fresh = True
        self._crack, self._unknown = _Switch(), _Switch()

    def configure(self, delay: float, threshold: float) -> None:
        """Use another delay and threshold from now on; another threshold holds at once, without hysteresis."""
        self._fresh = self._fresh or threshold != self._threshold
        self._delay, self._threshold = delay, threshold

    def reset(self) -> None:
        """Forget everything, as for another source."""
        self._samples.clear()
        self._verdict = None
        self._fresh = True

    def add(self, detection: Detection, now: float | None = None) -> Verdict:
        """Take a detection into account.

        Args:
            detection: the newest; a gap of more than 5 seconds, or another model, begins anew.
            now: seconds of a clock that never jumps back, `time.monotonic()` if None.
        """
        now = time.monotonic() if now is None else now
        if self._samples and (now - self._samples[-1].at > GAP or detection.model != self._model):
            self.reset()
        self._model = detection.model
        self._samples.append(_evidence(detection, now))
        while self._samples[0].at < now - self._delay:
            self._samples.popleft()
        count = len(self._samples)
        limit = _logit(self._threshold)
        crack = sum(sample.crack - limit for sample in self._samples) / count
        unknown = sum(sample.unknown for sample in self._samples) / count
        score = sum(sample.score for sample in self._samples) / count
        patience = max(1.0, 2 * self._delay)
        cracked = self._crack.put(crack, self._hysteresis, now, patience, self._fresh)
        nothing = self._unknown.put(unknown, self._hysteresis, now, patience, self._fresh)
        self._fresh = False
        label = Label.POSITIVE if cracked else Label.UNKNOWN if nothing else Label.NEGATIVE
        changed = self._verdict is None or label is not self._verdict.label
        since = now if changed or self._verdict is None else self._verdict.since
        self._verdict = Verdict(label, 1 / (1 + math.exp(-score)), since, changed, now - self._samples[0].at)
        return self._verdict


class _Switch:
    """Yes from zero on, with hysteresis that gives way in time."""

    def __init__(self) -> None:
        self._on = False
        self._against_since: float | None = None

    def put(self, value: float, hysteresis: float, now: float, patience: float, fresh: bool) -> bool:
        wanted = value >= 0
        if fresh or wanted is self._on:
            self._on, self._against_since = wanted, None
            return self._on
        if self._against_since is None:
            self._against_since = now
        if abs(value) >= hysteresis or now - self._against_since >= patience:
            self._on, self._against_since = wanted, None
        return self._on


def _evidence(detection: Detection, now: float) -> _Sample:
    score = _logit(detection.score)
    limit = _logit(detection.threshold)
    crack = score
    if (crack >= limit) is not (detection.label is Label.POSITIVE):
        # without a calibrated card the likeliest label counts, which may be a crack below the threshold
        others = sorted(detection.probabilities.values())
        others.remove(detection.score)
        crack = _clipped(_log(detection.score) - _log(others[-1]))
    return _Sample(now, crack, score, _unknown(detection.probabilities, detection.score))


def _unknown(probabilities: Mapping[str, float], score: float) -> float:
    """Logit of `unknown` against the labels that are neither it nor the crack."""
    if Label.UNKNOWN not in probabilities:
        return -_LIMIT
    unknown = probabilities[Label.UNKNOWN]
    others = max(0.0, 1 - score - unknown)
    return _logit(unknown / (unknown + others)) if unknown + others > 0 else 0.0


def _logit(p: float) -> float:
    return _clipped(_log(p) - _log(1 - p))


def _log(p: float) -> float:
    return math.log(max(p, 1e-9))


def _clipped(evidence: float) -> float:
    return min(_LIMIT, max(-_LIMIT, evidence))
