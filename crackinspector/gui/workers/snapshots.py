"""A snapshot's way: the frame on screen, its own detection, the files, the word that they are safe."""

from __future__ import annotations

import dataclasses
import functools
import threading
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from crackinspector.core.detection import Detection
from crackinspector.core.errors import StorageError
from crackinspector.gui.workers.inference import InferenceWorker
from crackinspector.library.record import Snapshot
from crackinspector.pipeline.keeper import Keeper
from crackinspector.pipeline.model_state import LookSettings

PATIENCE_MS = 3000
"""A frame that the model has not answered for by then is kept without a detection."""


class _Order:
    """One snapshot on its way; whoever settles it first hands it on."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self._settled = threading.Lock()

    def settle(self) -> bool:
        return self._settled.acquire(blocking=False)


class Snapshots(QObject):
    """Takes snapshots; `take` belongs to the GUI thread.

    Signals:
        kept(object): the picture's Path, on the disk for good.
        failed(str): a sentence.
    """

    kept = Signal(object)
    failed = Signal(str)

    def __init__(self, inference: InferenceWorker, keeper: Keeper, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._inference = inference
        self._keeper = keeper
        self._orders: list[_Order] = []

    def take(self, snapshot: Snapshot, look: LookSettings) -> None:
        """Keep this snapshot, with the model's word on its very frame, looked at as `look` says."""
        order = _Order(dataclasses.replace(snapshot, detection=None))
        self._orders.append(order)
        QTimer.singleShot(PATIENCE_MS, self, self._give_up_waiting)
        self._inference.analyse_now(snapshot.frame, look, functools.partial(self._hand_on, order))

    @Slot()
    def _give_up_waiting(self) -> None:
        self._hand_on(self._orders.pop(0), None)

    def _hand_on(self, order: _Order, detection: Detection | None) -> None:
        """Called in the inference thread, or in the GUI thread where that takes too long or has too much to do."""
        if not order.settle():
            return
        if not self._keeper.keep(dataclasses.replace(order.snapshot, detection=detection), self._done):
            self.failed.emit(self.tr("Too many snapshots at once: this one was not kept. Wait a moment."))

    def _done(self, result: Path | StorageError) -> None:
        """Called in the keeper's thread."""
        if isinstance(result, Path):
            self.kept.emit(result)
        else:
            self.failed.emit(str(result))
