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
from crackinspector.core.errors import CrackInspectorError
from crackinspector.core.frame import Frame
from crackinspector.core.mailbox import Mailbox
from crackinspector.inference.frames import FrameResult, Interrupted
from crackinspector.pipeline.live_model import LiveModel, file_signature, load_live_model
from crackinspector.pipeline.model_state import LookSettings, ModelPhase, ModelState
from crackinspector.pipeline.rates import Rates
from crackinspector.pipeline.restarts import Restarts

MOST_REQUESTS: Final = 8
"""Frames that may wait for `analyse_now`; a further one is answered with None at once."""
_WATCH_SECONDS: Final = 2.0
_HEALTHY_SECONDS: Final = 10.0
"""After so long without another failure the last one is not told any more."""

Done = Callable[[Detection | None], None]

__all__ = ["Done", "InferenceLoop", "LookSettings", "ModelPhase", "ModelState"]

logger = logging.getLogger(__name__)


class InferenceLoop:
    """Runs in a thread of its own by `run`; any thread may call the other methods.

    Attributes:
        seen: the frame of the newest detection; for `on_detection`, which is called before there is another one.
    """

    def __init__(
        self,
        inbox: Mailbox[Frame],
        outbox: Mailbox[Detection],
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
            outbox: where detections go.
            rates: counts inferred frames.
            on_detection: the outbox was empty and is not any more; called in the loop's thread.
            on_state: the model does otherwise than before; called in the loop's thread.
            look, model: to begin with.
            load: as `load_live_model`.
            restarts: makes the budget of failures; a new one for each model that is asked for.
        """
        self.seen: Frame | None = None
        self._inbox = inbox
        self._outbox = outbox
        self._rates = rates
        self._on_detection = on_detection
        self._on_state = on_state
        self._load = load
        self._new_budget = restarts
        self._restarts = restarts()
        self._lock = threading.Lock()
        self._look = look or LookSettings()
        self._asked = model
        self._wanted: str | None = model
        self._requests: deque[tuple[Frame, LookSettings, Done]] = deque()
        self._held: Frame | None = None
        self._held_is_due = False
        self._attention = threading.Event()
        self._stopping = False
        self._model: LiveModel | None = None
        self._state = ModelState(ModelPhase.LOADING, model)
        self._busy_since: float | None = None
        self._next_at = 0.0
        self._watch_at = 0.0
        self._healthy_at: float | None = None
        self._replaced = False

    def run(self) -> None:
        """Look at frames until `stop`; whatever fails is told by `on_state` and in the log."""
        while not self._stopping:
            try:
                self._step()
            except Interrupted:
                continue
            except Exception as error:
                self._busy_since = None
                self._recover(error)
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
            self._held_is_due = look != self._look
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
        return self._state

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
            self._change(wanted, look.threads)
            return
        if request is not None:
            self._serve(*request)
            return
        self._watch()
        frame = self._next_frame()
        if frame is None:
            return
        with self._lock:
            look, held = self._look, self._held
        if look.most_fps > 0:
            self._next_at = max(self._next_at + 1 / look.most_fps, time.monotonic())
        detection = self._detect(frame, look)
        if self._healthy_at is not None and time.monotonic() >= self._healthy_at:
            self._healthy_at = None
            self._tell(replace(self._state, sentence=""))
        if frame is not held:
            self._rates.inferred(time.monotonic() - frame.captured_at, detection.timings.invoke)
        self.seen = frame
        self._outbox.put_and_tell(detection, self._on_detection)

    def _next_frame(self) -> Frame | None:
        """The next frame to look at; None when there is none yet, or there is something else to do."""
        with self._lock:
            held, is_due, self._held_is_due = self._held, self._held_is_due, False
        if not self._is_usable or (held is not None and not is_due):
            self._attention.wait(_WATCH_SECONDS)
            return None
        if held is not None:
            return held
        pause = self._next_at - time.monotonic()
        if pause > 0:
            self._attention.wait(min(pause, _WATCH_SECONDS))
            return None
        return self._inbox.wait(_WATCH_SECONDS)

    @property
    def _is_usable(self) -> bool:
        return self._model is not None and self._state.phase is ModelPhase.READY

    def _detect(self, frame: Frame, look: LookSettings) -> Detection:
        assert self._model is not None
        left, top, right, bottom = look.view.pixels(frame.width, frame.height)
        self._busy_since = time.monotonic()
        found = self._model.analyzer.look(frame.image[top:bottom, left:right], look.detail, look.threshold)
        self._busy_since = None
        if (found.tiles, found.levels, look.detail) != (self._state.tiles, self._state.levels, self._state.detail):
            self._tell(replace(self._state, tiles=found.tiles, levels=found.levels, detail=look.detail))
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
            self._state.name,
            found.tiles,
            found.timings,
        )

    def _serve(self, frame: Frame, look: LookSettings, done: Done) -> None:
        detection = None
        try:
            if self._is_usable:
                detection = self._detect(frame, look)
        finally:
            self._answer(done, detection)

    def _answer(self, done: Done, detection: Detection | None) -> None:
        try:
            done(detection)
        except Exception:
            logger.exception("the receiver of a detection failed")

    def _change(self, name: str, threads: int) -> None:
        self._restarts = self._new_budget()
        before = self._model if self._state.phase is ModelPhase.READY else None
        self._tell(replace(self._state, phase=ModelPhase.LOADING, asked=name, sentence=""))
        try:
            self._use(name, threads)
        except Interrupted:
            raise
        except Exception as error:
            sentence = _reason(error, name)
            if before is None:
                self._model = None
                self._tell(ModelState(ModelPhase.FAILED, name, sentence))
                return
            self._model = before
            sentence = f"{sentence.rstrip('.')}; {self._state.name} stays in use."
            self._tell(replace(self._state, phase=ModelPhase.READY, asked=name, sentence=sentence))

    def _use(self, name: str, threads: int, sentence: str = "") -> None:
        model = self._load(name, threads, lambda: self._stopping)
        self._model = model
        self._replaced = False
        self._held_is_due = True
        self._healthy_at = time.monotonic() + _HEALTHY_SECONDS if sentence else None
        card = model.analyzer.card
        self._tell(
            ModelState(
                ModelPhase.READY,
                name,
                sentence,
                card.name or model.path.stem,
                model.path,
                card,
                1000 * model.analyzer.tile_seconds,
                model.runtime,
            )
        )

    def _watch(self) -> None:
        """Notice that the model's file is another one now; the loaded content stays in use."""
        now = time.monotonic()
        if self._model is None or self._replaced or now < self._watch_at:
            return
        self._watch_at = now + _WATCH_SECONDS
        signature = file_signature(self._model.path)
        if signature == self._model.signature:
            return
        self._replaced = True
        self._healthy_at = None
        gone = signature[0] is None
        how = "is gone" if gone else "or its card was replaced"
        help = "put it back before the next start" if gone else "choose it again to use the new one"
        sentence = f"{self._model.path} {how}; what was loaded stays in use, {help}."
        self._tell(replace(self._state, sentence=sentence))

    def _recover(self, error: Exception) -> None:
        """Load the model again after a failure, or stop after too many."""
        if not isinstance(error, CrackInspectorError):
            logger.error("the inference loop failed", exc_info=error)
        else:
            logger.warning("%s", error)
        reason = _reason(error, self._state.name)
        try:
            if self._restarts.failed():
                loaded_again = f"A frame could not be looked at, the model was loaded again: {reason}"
                self._use(self._state.asked, self._look.threads, loaded_again)
                return
        except Exception as another:
            reason = _reason(another, self._state.name)
            logger.warning("the model could not be loaded again: %s", another)
        stopped = f"Detection was stopped after too many failures; choose the model again or another one: {reason}"
        self._model = None
        try:
            self._tell(replace(self._state, phase=ModelPhase.FAILED, sentence=stopped))
        except Exception:
            logger.exception("the model's state could not be told")

    def _tell(self, state: ModelState) -> None:
        self._state = state
        self._on_state(state)


def _moved(found: FrameResult, left: int, top: int) -> tuple[Region, ...]:
    if not left and not top:
        return found.regions
    return tuple(replace(region, x=region.x + left, y=region.y + top) for region in found.regions)


def _reason(error: Exception, name: str) -> str:
    if isinstance(error, CrackInspectorError):
        return str(error)
    return f"{name or 'the model'} failed unexpectedly ({type(error).__name__}: {error}); the log has the details."
