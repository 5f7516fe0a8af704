"""How long what was found in a frame is drawn over the frames that follow."""

from __future__ import annotations

from typing import Final

from crackinspector.core.detection import Detection

WHOLE_SECONDS: Final = 0.5
"""Age up to which it is drawn whole where results come often; where they do not, how late the next one may be."""
FADE_SECONDS: Final = 0.5


class Freshness:
    """Follows the detections that are shown. It belongs to one thread."""

    def __init__(self) -> None:
        self._captured_at: float | None = None
        self._interval: float | None = None

    def whole_until(self, detection: Detection, now: float) -> float:
        """Take the newest detection into account, and say up to which age it is drawn whole.

        Results that come seldom, since a slow device looks closely, would be gone before the next one: they stay until
        that is half a second late.

        Args:
            detection: another one than before, or the same again.
            now: when it is shown, on the clock of `Detection.captured_at`.

        Returns:
            seconds from its capture on, 0.5 or more.
        """
        latency = max(0.0, now - detection.captured_at)
        interval = latency if self._captured_at is None else detection.captured_at - self._captured_at
        # one pause alone, such as a frozen picture, is no pace
        usual = interval if self._interval is None else min(interval, self._interval)
        self._captured_at, self._interval = detection.captured_at, interval
        due = latency + max(0.0, usual)
        return WHOLE_SECONDS if due <= WHOLE_SECONDS else due + WHOLE_SECONDS


def strength(age: float, whole_until: float) -> float:
    """How much of a detection of that age is still drawn, 0..1."""
    return min(1.0, max(0.0, (whole_until + FADE_SECONDS - age) / FADE_SECONDS))
