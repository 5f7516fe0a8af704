"""The camera worker: the thread that owns the source of frames."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event

from PySide6.QtCore import QObject, Signal

from crackinspector.core.frame import Frame
from crackinspector.core.mailbox import Mailbox
from crackinspector.core.settings import CameraSettings
from crackinspector.gui.workers.thread import LoopThread
from crackinspector.pipeline.camera_loop import CameraLoop, FeedLike, Inlet
from crackinspector.pipeline.rates import Rates


class CameraWorker(LoopThread):
    """Puts every frame into each of its boxes.

    Signals:
        frame_ready(): the first box was empty and has a frame now; its reader takes whatever is newest.
        status_changed(object): a `SourceStatus`.
    """

    frame_ready = Signal()
    status_changed = Signal(object)

    def __init__(
        self,
        open_feed: Callable[[Event], FeedLike],
        boxes: tuple[Mailbox[Frame], *tuple[Inlet, ...]],
        rates: Rates,
        parent: QObject | None = None,
    ) -> None:
        self._camera = CameraLoop(open_feed, boxes, rates, self._tell_frame, self._tell_status)
        super().__init__("camera", self._camera, parent)

    def _tell_frame(self) -> None:
        self.frame_ready.emit()

    def _tell_status(self, status: object) -> None:
        self.status_changed.emit(status)

    def change(self, open_feed: Callable[[Event], FeedLike]) -> None:
        """Read from another source from now on."""
        self._camera.change(open_feed)

    def set_camera(self, key: str, camera: CameraSettings) -> None:
        """Rotation, mirror and controls of the source of this key."""
        self._camera.set_camera(key, camera)

    def retry(self) -> None:
        """Try again now, also after the source was given up."""
        self._camera.retry()
