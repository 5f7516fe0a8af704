"""A source under supervision: opened again when it is lost, watched for stalling, its pictures turned upright."""

from __future__ import annotations

import itertools
import logging
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from crackinspector.core.errors import SourceError
from crackinspector.core.frame import Frame
from crackinspector.core.settings import CameraSettings
from crackinspector.sources.freezing import Freezing
from crackinspector.sources.pace import SYSTEM_CLOCK, Clock
from crackinspector.sources.source import EndOfSource, FrameSource, NoSuchSourceError, Picture, SourceInfo, SourceState
from crackinspector.sources.turning import turned

FIRST_PICTURE_SECONDS = 5.0
STALL_SECONDS, STALL_FRAMES = 2.0, 5
"""No picture for the longer of the two, and the source is stalled."""
FROZEN_SECONDS = 3.0
STALLED_RESTART, FILE_RESTART, FROZEN_RESTART = 5.0, 60.0, 12.0
"""How long it may stay so before it is opened again. A giant picture takes its time to decode, and a still scene in a
compressed stream freezes for a while, too, so that a frozen source is never given up."""
PAUSES = (0.5, 1.0, 2.0, 4.0, 8.0, 16.0, 30.0)
"""Seconds before the first and each further attempt to open it again; the last holds for all that follow."""
MOST_FAILURES = 10
HEALTHY_SECONDS = 10.0
"""After so long without trouble earlier failures are forgotten."""
SLOW_SHARE, SLOW_SECONDS = 0.7, 3.0
"""A camera is called slow below this share of what it promised, measured over that time."""

_FRAME_IDS = itertools.count(1)
_BRIEF = {
    SourceState.STARTING: "waiting for the first picture",
    SourceState.STREAMING: "",
    SourceState.ENDED: "the end was reached",
}

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class SourceStatus:
    """How the feed is doing.

    Attributes:
        state: what it is in.
        sentence: why, for people; empty where there is nothing to say.
        info: what is or was open, None before the first success.
        since: when it came into this state, in seconds of `time.monotonic()`.
        retry_at: when it will be opened again, on the same clock; None unless it is offline.
    """

    state: SourceState
    sentence: str
    info: SourceInfo | None
    since: float
    retry_at: float | None = None


class Feed:
    """Frames from a source that may fail at any time.

    Everything belongs to one thread, the camera's; only `status` may be read by others. Nothing here raises: what goes
    wrong is in `status` and in the log.
    """

    def __init__(
        self,
        make: Callable[[], FrameSource],
        cameras: Mapping[str, CameraSettings] | None = None,
        stop: threading.Event | None = None,
        *,
        clock: Clock = SYSTEM_CLOCK,
        ids: Iterator[int] = _FRAME_IDS,
    ) -> None:
        """Nothing is opened before the first `poll`.

        Args:
            make: gives the source, not opened yet; called until it has given one, which is then kept, so that "auto"
                does not turn from a lost camera to the demo wall.
            cameras: settings by source key, as in `Settings.cameras`; a source that is missing there has the default.
            stop: wakes the feed from its pauses; it gives no frame after that.
            ids: where frames get their ids from; by default one sequence for the whole program.
        """
        self._make = make
        self._cameras = dict(cameras or {})
        self._stop = stop or threading.Event()
        self._clock = clock
        self._ids = ids
        self._source: FrameSource | None = None
        self._is_open = False
        self._closed = False
        self._failures = self._frozen_restarts = 0
        self._camera = CameraSettings()
        self._opened_at = self._last_at = 0.0
        self._freezing = Freezing(0.0)
        self._count, self._counted_from = 0, 0.0
        self._status = SourceStatus(SourceState.STARTING, "opening", None, clock.now())

    @property
    def status(self) -> SourceStatus:
        """How it is doing; any thread may ask."""
        return self._status

    def poll(self, timeout: float) -> Frame | None:
        """The newest frame, after waiting for one for about `timeout` seconds at most.

        Opening a source can take its seconds, unless it watches the same stop event.
        """
        if self._closed or self._stop.is_set():
            return None
        if self._status.state in (SourceState.FAILED, SourceState.ENDED):
            self._clock.wait(self._stop, timeout)
            return None
        if not self._is_open and not (self._is_due(timeout) and self._open()):
            return None
        assert self._source is not None
        try:
            picture = self._source.read(timeout)
        except EndOfSource:
            self._let_go()
            self._enter(SourceState.ENDED)
            return None
        except Exception as error:
            self._lose(error)
            return None
        now = self._clock.now()
        if picture is None:
            self._watch(now)
            return None
        if self._is_frozen(picture, now):
            return None
        return self._frame(picture, now)

    def set_camera(self, key: str, camera: CameraSettings) -> None:
        """Turn, mirror and control the source of this key this way: from the next frame on, or when it is opened."""
        self._cameras[key] = camera
        info = self._status.info
        if info is None or info.key != key:
            return
        before, self._camera = self._camera, camera
        if self._is_open and camera.controls != before.controls:
            self._control(camera.controls)

    def retry(self) -> None:
        """Forget earlier failures and open the source at the next `poll`; a source that is open is opened again."""
        if self._closed:
            return
        self._let_go()
        self._failures = self._frozen_restarts = 0
        self._enter(SourceState.STARTING, "opening")

    def close(self) -> None:
        """Let go of the source for good; closing twice does nothing."""
        self._closed = True
        self._let_go()

    def _is_due(self, timeout: float) -> bool:
        """Waits out the pause before an attempt, `timeout` at most; whether it is over."""
        retry_at = self._status.retry_at
        if retry_at is None:
            return True
        wait = retry_at - self._clock.now()
        if wait > 0:
            self._clock.wait(self._stop, min(wait, timeout))
        return wait <= timeout and not self._stop.is_set()

    def _open(self) -> bool:
        self._enter(SourceState.STARTING, "opening")
        try:
            if self._source is None:
                self._source = self._make()
            info = self._source.open()
        except Exception as error:
            self._lose(error)
            return False
        if self._stop.is_set():
            self._let_go()
            return False
        self._is_open = True
        self._camera = self._cameras.get(info.key, CameraSettings())
        self._opened_at = self._last_at = self._counted_from = self._clock.now()
        self._freezing, self._count = Freezing(self._opened_at), 0
        self._status = replace(self._status, info=info)
        self._enter(SourceState.STARTING)
        return not self._camera.controls or self._control(self._camera.controls)

    def _control(self, values: Mapping[str, float]) -> bool:
        assert self._source is not None
        try:
            self._source.set_controls(values)
        except Exception as error:
            self._lose(error)
            return False
        return True

    def _lose(self, error: Exception) -> None:
        """The source is gone, by its own word or by ours."""
        if self._stop.is_set():
            self._let_go()
            return
        if isinstance(error, SourceError):
            logger.warning("%s", error)
            sentence = str(error)
        else:
            logger.error("a source failed in a way that it must not", exc_info=error)
            sentence = f"it failed unexpectedly ({type(error).__name__}: {error}); the log has the details"
        self._let_go()
        self._failures += 1
        if self._failures >= MOST_FAILURES or isinstance(error, NoSuchSourceError):
            self._enter(SourceState.FAILED, sentence)
        else:
            self._pause(self._failures, sentence)

    def _pause(self, times: int, sentence: str) -> None:
        """Open it again after a pause, for the so manyth time."""
        self._enter(SourceState.OFFLINE, sentence, self._clock.now() + PAUSES[min(times, len(PAUSES)) - 1])

    def _let_go(self) -> None:
        self._is_open = False
        if self._source is None:
            return
        try:
            self._source.close()
        except Exception:
            logger.exception("a source could not be closed")

    def _enter(self, state: SourceState, sentence: str | None = None, retry_at: float | None = None) -> None:
        old = self._status
        sentence = _BRIEF[state] if sentence is None else sentence
        if (state, sentence, retry_at) == (old.state, old.sentence, old.retry_at):
            return  # whoever follows the status is told of each new object
        since = old.since if state is old.state else self._clock.now()
        self._status = SourceStatus(state, sentence, old.info, since, retry_at)

    def _watch(self, now: float) -> None:
        """No picture came: at first that is nothing, then a stall, then a loss."""
        info = self._status.info
        assert info is not None
        if self._status.state is SourceState.STARTING:
            limit = FIRST_PICTURE_SECONDS
        else:
            limit = max(STALL_SECONDS, STALL_FRAMES / info.fps if info.fps > 0 else FIRST_PICTURE_SECONDS)
        silent = now - self._last_at
        if self._status.state is not SourceState.STALLED:
            if silent >= limit:
                self._enter(SourceState.STALLED, f"no picture has come for {silent:.0f} s")
        elif now - max(self._status.since, self._last_at) >= (STALLED_RESTART if info.live else FILE_RESTART):
            hint = "check its plug and cable" if info.live else "check the disk or network that it is on"
            self._lose(SourceError(f"{info.name} has given no picture for {silent:.0f} s; {hint}"))

    def _is_frozen(self, picture: Picture, now: float) -> bool:
        """Whether a camera's picture stands still; it is not passed on, and the camera started again in the end."""
        info = self._status.info
        assert info is not None
        self._last_at = now
        if not info.live:
            return False
        frozen = self._freezing.seconds(picture.image, now)
        if frozen < FROZEN_SECONDS:
            return False
        if frozen < FROZEN_SECONDS + FROZEN_RESTART:
            self._enter(SourceState.STALLED, f"the picture is frozen: the same one has come for {FROZEN_SECONDS:.0f} s")
            return True
        sentence = f"the picture of {info.name} is frozen; it is started again"
        logger.warning("%s", sentence)
        self._let_go()
        self._frozen_restarts += 1
        self._pause(self._frozen_restarts, sentence)
        return True

    def _frame(self, picture: Picture, now: float) -> Frame:
        info = self._status.info
        assert info is not None
        if self._status.state is not SourceState.STREAMING:
            self._enter(SourceState.STREAMING)
            self._count, self._counted_from = 0, now
        if now - self._opened_at >= HEALTHY_SECONDS:
            self._failures = self._frozen_restarts = 0
        self._measure(info, now)
        taken_at = self._clock.wall() - (now - picture.captured_at)
        image = turned(picture.image, self._camera)
        turn = self._camera.rotation, self._camera.mirror
        return Frame(next(self._ids), picture.captured_at, taken_at, info.name, image, picture.position, turn)

    def _measure(self, info: SourceInfo, now: float) -> None:
        """Say so when a camera is much slower than it promised."""
        self._count += 1
        passed = now - self._counted_from
        if passed < SLOW_SECONDS:
            return
        rate = (self._count - 1) / passed
        slow = info.live and rate < SLOW_SHARE * info.fps
        sentence = f"slower than promised: {rate:.0f} of {info.fps:.0f} pictures a second" if slow else ""
        if sentence != self._status.sentence:
            self._enter(SourceState.STREAMING, sentence)
        self._count, self._counted_from = 1, now
