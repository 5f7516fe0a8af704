"""A snapshot's way: the frame on screen, its own detection, the files, the word that they are safe."""

from __future__ import annotations

import dataclasses
import functools
import math
import threading
import time

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from crackinspector.core.detection import Detection
from crackinspector.core.errors import StorageError
from crackinspector.gui.workers.inference import InferenceWorker
from crackinspector.library.record import Snapshot
from crackinspector.pipeline.keeper import Keeper, Kept
from crackinspector.pipeline.model_state import LookSettings

PATIENCE_SECONDS = 3.0
"""A frame that the model has not answered for by then is kept without a detection."""


class _Order:
    """One snapshot on its way; whoever settles it first hands it on.

    Attributes:
        until: when it is kept without a detection, in seconds of `time.monotonic()`.
    """

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self.until = time.monotonic() + PATIENCE_SECONDS
        self._settled = threading.Lock()

    def settle(self) -> bool:
        return self._settled.acquire(blocking=False)


class Snapshots(QObject):
    """Takes snapshots; `take` belongs to the GUI thread.

    Signals:
        taken(str): one is on its way, with its reason; exactly one of the other signals follows.
        kept(object): a `Kept`, on the disk for good.
        failed(str): a sentence.
        unseen(str): after `kept`, name of a picture that the model did not answer for in time.
    """

    taken = Signal(str)
    kept = Signal(object)
    failed = Signal(str)
    unseen = Signal(str)

    def __init__(self, inference: InferenceWorker, keeper: Keeper, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._inference = inference
        self._keeper = keeper
        self._orders: list[_Order] = []
        self._patience = QTimer(self, singleShot=True)
        self._patience.timeout.connect(self._give_up_waiting)

    def take(self, snapshot: Snapshot, look: LookSettings) -> None:
        """Keep this snapshot, with the model's word on its very frame, looked at as `look` says."""
        order = _Order(dataclasses.replace(snapshot, detection=None))
        self._orders.append(order)
        self._wait()
        self.taken.emit(snapshot.reason)
        self._inference.analyse_now(snapshot.frame, look, functools.partial(self._hand_on, order))

    def keep(self, snapshot: Snapshot) -> None:
        """Keep this snapshot with the detection that it has."""
        self.taken.emit(snapshot.reason)
        self._pass_on(snapshot)

    def stop(self) -> None:
        """Keep what waits for the model as it is; for the program's end, before the keeper is stopped."""
        self._patience.stop()
        for order in self._orders:
            self._hand_on(order, None)
        self._orders.clear()

    def _wait(self) -> None:
        if self._orders and not self._patience.isActive():
            self._patience.start(max(0, math.ceil(1000 * (self._orders[0].until - time.monotonic()))))

    @Slot()
    def _give_up_waiting(self) -> None:
        while self._orders and self._orders[0].until <= time.monotonic():
            self._hand_on(self._orders.pop(0), None)
        self._wait()

    def _hand_on(self, order: _Order, detection: Detection | None) -> None:
        """Called in the inference thread, or in the GUI thread where that takes too long or has too much to do."""
        if order.settle():
            self._pass_on(dataclasses.replace(order.snapshot, detection=detection))

    def _pass_on(self, snapshot: Snapshot) -> None:
        done = functools.partial(self._done, is_seen=snapshot.detection is not None)
        if not self._keeper.keep(snapshot, done):
            self.failed.emit(self.tr("Too many snapshots at once: this one was not kept. Wait a moment."))

    def _done(self, result: Kept | StorageError, is_seen: bool) -> None:
        """Called in the keeper's thread."""
        if isinstance(result, Kept):
            self.kept.emit(result)
            if not is_seen:
                self.unseen.emit(result.path.name)
        else:
            self.failed.emit(str(result))
