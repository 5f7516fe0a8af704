"""Shows two pictures in one place in turn."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal, Slot

RATES = (0.25, 0.5, 1.0, 2.0, 3.0)
"""Turns of both pictures in a second; faster ones can harm people with epilepsy."""


class Blinker(QObject):
    """GUI thread only.

    Signals:
        turned(bool): whether the earlier picture is to be shown now.
    """

    turned = Signal(bool)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.earlier = False
        self.still = False
        self._rate = RATES.index(1.0)
        self._running = self._held = False
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.turn)

    @property
    def rate(self) -> float:
        """Turns in a second."""
        return RATES[self._rate]

    @property
    def moving(self) -> bool:
        """Whether it turns by itself."""
        return self._timer.isActive()

    def set_running(self, running: bool) -> None:
        """Begin with the later picture, or end."""
        self._running, self._held = running, False
        self.earlier = False
        self._arrange()

    @property
    def held(self) -> bool:
        """Whether it stands where it is."""
        return self._held

    def set_held(self, held: bool) -> None:
        """Stand where it is, or go on."""
        self._held = held
        self._arrange()

    def set_still(self, still: bool) -> None:
        """Turn only when asked to."""
        self.still = still
        self._arrange()

    def hurry(self, steps: int) -> None:
        """Faster or slower."""
        self._rate = max(0, min(len(RATES) - 1, self._rate + steps))
        self.set_held(False)

    @Slot()
    def turn(self) -> None:
        """Show the other one."""
        self.earlier = not self.earlier
        self.turned.emit(self.earlier)

    def _arrange(self) -> None:
        if self._running and not self.still and not self._held:
            self._timer.start(round(500 / self.rate))
        else:
            self._timer.stop()
