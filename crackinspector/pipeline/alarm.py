"""When a crack that is in view becomes an alarm."""

from __future__ import annotations

from crackinspector.core.labels import Label
from crackinspector.pipeline.steady import Verdict


class Alarm:
    """Watches verdicts. It belongs to one thread."""

    def __init__(self, hold: float, pause: float) -> None:
        """A crack seen for `hold` seconds is an alarm, and after `pause` seconds another one.

        One that stays in view gives an alarm after each pause; without a pause it gives one alone.
        """
        self._hold = hold
        self._pause = pause
        self._last: float | None = None

    def configure(self, hold: float, pause: float) -> None:
        """Use other times from now on."""
        self._hold, self._pause = hold, pause

    def update(self, verdict: Verdict, now: float) -> bool:
        """Whether there is an alarm at this moment, on the clock of `Verdict.since`."""
        if verdict.label is not Label.POSITIVE or now - verdict.since < self._hold:
            return False
        if self._last is not None:
            same_crack = self._last >= verdict.since
            if now - self._last < self._pause or (same_crack and not self._pause):
                return False
        self._last = now
        return True
