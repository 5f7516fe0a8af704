"""The camera's thread: frames from a supervised source into mailboxes, for as long as the program runs."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from typing import Final, Protocol

from crackinspector.core.frame import Frame
from crackinspector.core.mailbox import Mailbox
from crackinspector.core.settings import CameraSettings
from crackinspector.pipeline.rates import Rates
from crackinspector.pipeline.restarts import Restarts
from crackinspector.sources.source import SourceState
from crackinspector.sources.steady_feed import SourceStatus

POLL_SECONDS: Final = 0.1
"""How long a change of source or camera may wait while no picture comes."""
_PAUSE: Final = 0.5

logger = logging.getLogger(__name__)


class Inlet(Protocol):
    """What takes frames: a mailbox, or what has its own way of keeping a few."""

    def put(self, item: Frame, /) -> bool:
        """Take a frame without waiting for anything; whether nothing was waiting there before."""


class FeedLike(Protocol):
    """What a `sources.steady_feed.Feed` is to the loop; all of it belongs to the loop's thread."""

    @property
    def status(self) -> SourceStatus:
        """How it is doing."""

    def poll(self, timeout: float) -> Frame | None:
        """The newest frame, after waiting for one for `timeout` seconds at most."""

    def set_camera(self, key: str, camera: CameraSettings) -> None:
        """Turn, mirror and control the source of this key this way."""

    def retry(self) -> None:
        """Open it again, whatever happened before."""

    def close(self) -> None:
        """Let go of it within half a second."""


OpenFeed = Callable[[threading.Event], FeedLike]
"""Makes a feed that wakes up from its pauses as soon as the event is set."""


class CameraLoop:
    """Runs in a thread of its own by `run`; any thread may call the other methods."""

    def __init__(
        self,
        open_feed: OpenFeed,
        boxes: tuple[Mailbox[Frame], *tuple[Inlet, ...]],
        rates: Rates,
        on_frame: Callable[[], None],
        on_status: Callable[[SourceStatus], None],
        restarts: Callable[[], Restarts] = Restarts,
    ) -> None:
        """Open nothing before `run`.

        Args:
            open_feed: makes the first feed.
            boxes: get every frame; one that is overwritten in the first counts as dropped.
            rates: counts captured and dropped frames.
            on_frame: the first box was empty and is not any more; called in the loop's thread.
            on_status: the source does otherwise than before; called in the loop's thread.
            restarts: makes the budget of failures; a new one when a person has it tried again.
        """
        self._shown, self._others = boxes[0], boxes[1:]
        self._rates = rates
        self._on_frame = on_frame
        self._on_status = on_status
        self._new_budget = restarts
        self._restarts = restarts()
        self._lock = threading.Lock()
        self._open_feed = open_feed
        self._wake = threading.Event()
        self._stopping = False
        self._retry = False
        # What was set since the present `open_feed` came, and for which sources the present feed has not heard of it.
        self._cameras: dict[str, CameraSettings] = {}
        self._unheard: set[str] = set()
        self._told: SourceStatus | None = None

    def run(self) -> None:
        """Feed the boxes until `stop`; whatever fails is told by `on_status` and in the log."""
        while (begun := self._begin()) is not None:
            open_feed, wake = begun
            try:
                self._serve(open_feed, wake)
            except Exception as error:
                self._recover(error, wake)

    def stop(self) -> None:
        """End `run`, within about half a second whatever the source does."""
        with self._lock:
            self._stopping = True
            self._wake.set()

    def change(self, open_feed: OpenFeed) -> None:
        """Close the source and open another one, with the settings that `open_feed` knows."""
        with self._lock:
            self._open_feed = open_feed
            self._cameras.clear()
            self._unheard.clear()
            self._wake.set()

    def set_camera(self, key: str, camera: CameraSettings) -> None:
        """Turn, mirror and control the source of this key this way, whether it is the present one or the next."""
        with self._lock:
            self._cameras[key] = camera
            self._unheard.add(key)

    def retry(self) -> None:
        """Open the source again, whatever happened before."""
        with self._lock:
            self._retry = True

    def _begin(self) -> tuple[OpenFeed, threading.Event] | None:
        """The feed to open and the event that ends it; None at the end of all."""
        with self._lock:
            if self._stopping:
                return None
            self._wake = threading.Event()
            self._retry = False
            self._unheard = set(self._cameras)
            return self._open_feed, self._wake

    def _serve(self, open_feed: OpenFeed, wake: threading.Event) -> None:
        feed = open_feed(wake)
        try:
            self._tell(feed.status)
            while not wake.is_set():
                self._instruct(feed)
                frame = feed.poll(POLL_SECONDS)
                if wake.is_set():
                    break
                if feed.status is not self._told:
                    self._tell(feed.status)
                if frame is not None:
                    self._pass_on(frame)
        finally:
            feed.close()

    def _instruct(self, feed: FeedLike) -> None:
        with self._lock:
            cameras = {key: self._cameras[key] for key in self._unheard}
            self._unheard.clear()
            retry, self._retry = self._retry, False
        for key, camera in cameras.items():
            feed.set_camera(key, camera)
        if retry:
            feed.retry()

    def _pass_on(self, frame: Frame) -> None:
        self._rates.captured()
        for box in self._others:
            box.put(frame)
        if not self._shown.put_and_tell(frame, self._on_frame):
            self._rates.dropped()

    def _tell(self, status: SourceStatus) -> None:
        self._told = status
        self._on_status(status)

    def _recover(self, error: Exception, wake: threading.Event) -> None:
        """Go on after a pause, or, after too many failures, when a person asks for it."""
        logger.exception("the camera loop failed")
        allowed = self._restarts.failed()
        reason = f"{type(error).__name__}: {error}"
        if allowed:
            self._report(SourceState.OFFLINE, f"the camera's worker failed and starts again ({reason})")
            wake.wait(_PAUSE)
            return
        self._report(
            SourceState.FAILED, f"the camera's worker has failed too often and was stopped ({reason}); try again"
        )
        while not wake.wait(POLL_SECONDS):
            with self._lock:
                if self._retry:
                    break
        self._restarts = self._new_budget()

    def _report(self, state: SourceState, sentence: str) -> None:
        info = None if self._told is None else self._told.info
        retry_at = time.monotonic() + _PAUSE if state is SourceState.OFFLINE else None
        try:
            self._tell(SourceStatus(state, sentence, info, time.monotonic(), retry_at))
        except Exception:
            logger.exception("the source's state could not be told")
