"""The model's thread: the newest frame in, its detection out, for as long as the program runs."""

from __future__ import annotations

import logging
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import replace
from typing import Final

from crackinspector.core.detection import Detection, Region
from crackinspector.core.frame import Frame
from crackinspector.core.mailbox import Mailbox
from crackinspector.inference.frames import FrameResult, Interrupted
from crackinspector.pipeline.live_model import LiveModel, load_live_model
from crackinspector.pipeline.model_slot import WATCH_SECONDS, ModelSlot
from crackinspector.pipeline.model_state import LookSettings, ModelPhase, ModelState
from crackinspector.pipeline.rates import Rates
from crackinspector.pipeline.restarts import Restarts

MOST_REQUESTS: Final = 8
"""Frames that may wait for `analyse_now`; a further one is answered with None at once."""

Found = tuple[Frame, Detection]
"""A frame and what was found in it."""
Done = Callable[[Detection | None], None]

__all__ = ["Done", "Found", "InferenceLoop", "LookSettings", "ModelPhase", "ModelState"]

logger = logging.getLogger(__name__)


class InferenceLoop:
    """Runs in a thread of its own by `run`; any thread may call the other methods."""

    def __init__(
        self,
        inbox: Mailbox[Frame],
        outbox: Mailbox[Found],
        rates: Rates,
        on_detection: Callable[[], None],
        on_state: Callable[[ModelState], None],
        *,
        look: LookSettings | None = None,
        model: str = "classifier",
        load: Callable[[str, int, Callable[[], bool]], LiveModel] = load_live_model,
        restarts: Callable[[], Restarts] = Restarts,
    ) -> None:
        """Load nothing before `run`.

        Args:
            inbox: where frames come from; the loop alone takes from it.
            outbox: where detections go, each with its frame.
            rates: counts inferred frames.
            on_detection: the outbox was empty and is not any more; called in the loop's thread.
            on_state: the model does otherwise than before; called in the loop's thread.
            look, model: to begin with.
            load: as `load_live_model`.
            restarts: makes the budget of failures; a new one for each model that is asked for.
        """
        self._inbox = inbox
        self._outbox = outbox
        self._rates = rates
        self._on_detection = on_detection
        self._load = load
        self._slot = ModelSlot(model, self._load_model, on_state, restarts)
        self._lock = threading.Lock()
        self._look = look or LookSettings()
        self._asked = model
        self._wanted: str | None = model
        self._requests: deque[tuple[Frame, LookSettings, Done]] = deque()
        self._held: Frame | None = None
        self._held_is_due = False
        self._attention = threading.Event()
        self._stopping = False
        self._busy_since: float | None = None
        self._next_at = 0.0

    def run(self) -> None:
        """Look at frames until `stop`; whatever fails is told by `on_state` and in the log."""
        while not self._stopping:
            try:
                self._step()
            except Interrupted:
                continue
            except Exception as error:
                self._busy_since = None
                self._slot.recover(error, self._look.threads)
                self._settle()
        with self._lock:
            requests, self._requests = self._requests, deque()
        for _, _, done in requests:
            self._answer(done, None)

    def stop(self) -> None:
        """End `run` after the tile that the model is at."""
        with self._lock:
            self._stopping = True
        self._call()

    def configure(self, look: LookSettings) -> None:
        """Look at further frames in another way."""
        with self._lock:
            if look.threads != self._look.threads:
                self._wanted = self._asked
            if look.most_fps != self._look.most_fps:
                self._next_at = 0.0
            self._held_is_due |= look != self._look
            self._look = look
        self._call()

    def change_model(self, name: str) -> None:
        """Load another model, or the same again; if that fails, the present one stays."""
        with self._lock:
            self._wanted = self._asked = name
        self._call()

    def hold(self, frame: Frame | None) -> None:
        """Look at this frame alone, now and whenever the look changes; None goes on with new frames."""
        with self._lock:
            self._held = frame
            self._held_is_due = True
        self._call()

    def analyse_now(self, frame: Frame, look: LookSettings, done: Done) -> None:
        """Look at this very frame before any other.

        Args:
            done: called in the loop's thread with the detection; with None where there is no model, it failed, the loop
                ended, or too many frames wait already (then in the caller's thread).
        """
        with self._lock:
            full = self._stopping or len(self._requests) >= MOST_REQUESTS
            if not full:
                self._requests.append((frame, look, done))
        if full:
            self._answer(done, None)
        else:
            self._call()

    @property
    def state(self) -> ModelState:
        """What was told last."""
        return self._slot.state

    @property
    def busy_since(self) -> float | None:
        """Since when the model has been at one frame, in seconds of `time.monotonic()`; None between frames."""
        return self._busy_since

    def _call(self) -> None:
        """The loop looks up from whatever it waits for."""
        self._attention.set()
        self._inbox.wake()

    def _step(self) -> None:
        self._attention.clear()
        with self._lock:
            if self._stopping:
                return
            wanted, self._wanted = self._wanted, None
            request = self._requests.popleft() if self._requests and wanted is None else None
            look = self._look
        if wanted is not None:
            self._slot.change(wanted, look.threads)
            self._settle()
            return
        if request is not None:
            self._serve(*request)
            return
        self._slot.watch()
        frame, model = self._next_frame(), self._slot.model
        if frame is None or model is None:
            return
        with self._lock:
            look, held = self._look, self._held
        if look.most_fps > 0:
            self._next_at = max(self._next_at + 1 / look.most_fps, time.monotonic())
        detection = self._detect(model, frame, look)
        if frame is not held:
            self._rates.inferred(time.monotonic() - frame.captured_at, detection.timings.invoke)
        self._outbox.put_and_tell((frame, detection), self._on_detection)

    def _load_model(self, name: str, threads: int) -> LiveModel:
        return self._load(name, threads, lambda: self._stopping)

    def _settle(self) -> None:
        """After a model was loaded or refused: what is held is due, and what is loaded again is what is in use."""
        state = self._slot.state
        with self._lock:
            self._held_is_due = True
            if state.refused and self._asked == state.asked:
                self._asked = state.choice

    def _next_frame(self) -> Frame | None:
        """The next frame to look at; None when there is none yet, or there is something else to do."""
        with self._lock:
            held, is_due, self._held_is_due = self._held, self._held_is_due, False
        if self._slot.model is None or (held is not None and not is_due):
            self._attention.wait(WATCH_SECONDS)
            return None
        if held is not None:
            return held
        pause = self._next_at - time.monotonic()
        if pause > 0:
            self._attention.wait(min(pause, WATCH_SECONDS))
            return None
        return self._inbox.wait(WATCH_SECONDS)

    def _detect(self, model: LiveModel, frame: Frame, look: LookSettings) -> Detection:
        left, top, right, bottom = look.view.pixels(frame.width, frame.height)
        self._busy_since = time.monotonic()
        found = model.analyzer.look(frame.image[top:bottom, left:right], look.detail, look.threshold)
        self._busy_since = None
        self._slot.looked(found, look.detail)
        return Detection(
            frame.id,
            frame.captured_at,
            look.view,
            right - left,
            bottom - top,
            found.label,
            found.score,
            found.probabilities,
            _moved(found, left, top),
            found.crack_map,
            look.threshold,
            self._slot.state.name,
            found.tiles,
            found.timings,
            model.analyzer.card.sha256,
        )

    def _serve(self, frame: Frame, look: LookSettings, done: Done) -> None:
        detection = None
        try:
            if self._slot.model is not None:
                detection = self._detect(self._slot.model, frame, look)
        finally:
            self._answer(done, detection)

    def _answer(self, done: Done, detection: Detection | None) -> None:
        try:
            done(detection)
        except Exception:
            logger.exception("the receiver of a detection failed")


def _moved(found: FrameResult, left: int, top: int) -> tuple[Region, ...]:
    if not left and not top:
        return found.regions
    return tuple(replace(region, x=region.x + left, y=region.y + top) for region in found.regions)
