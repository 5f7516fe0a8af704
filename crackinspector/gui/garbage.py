"""Python's cyclic garbage, collected in the GUI thread alone.

Python collects it in whatever thread happens to allocate next. A widget that dies in a worker's thread takes the
process with it, so collection is switched off there and done here, at leisure, which also spares the workers its
pauses.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer, Slot

INTERVAL_MS = 500


class GuiGarbage(QObject):
    """Collects from its making until `stop`; one at a time, made and stopped in the GUI thread."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._was_enabled = gc.isenabled()
        gc.disable()
        self._timer = QTimer(self, interval=INTERVAL_MS)
        self._timer.timeout.connect(self._collect)
        self._timer.start()

    def stop(self) -> None:
        """Leave collection to Python again; the other threads have ended."""
        self._timer.stop()
        if self._was_enabled:
            gc.enable()

    @Slot()
    def _collect(self) -> None:
        """The oldest generation that is due, as Python would: the youngest often, the oldest seldom."""
        for generation in (2, 1, 0):
            if gc.get_count()[generation] > gc.get_threshold()[generation]:
                gc.collect(generation)
                return
