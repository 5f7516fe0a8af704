"""The inference loop's model: loaded, exchanged, loaded again after a failure, and its file watched."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Final

from crackinspector.core.errors import CrackInspectorError
from crackinspector.inference.frames import FrameResult, Interrupted
from crackinspector.pipeline.live_model import LiveModel, file_signature
from crackinspector.pipeline.model_state import ModelPhase, ModelState
from crackinspector.pipeline.restarts import Restarts

WATCH_SECONDS: Final = 2.0
HEALTHY_SECONDS: Final = 10.0
"""After so long without another failure the last one is not told any more."""

Load = Callable[[str, int], LiveModel]
"""Loads and warms a model by its name, for so many threads."""

logger = logging.getLogger(__name__)


class ModelSlot:
    """Holds at most one model. All of it belongs to the loop's thread; `state` may be read by others.

    Attributes:
        state: what was told last.
    """

    def __init__(
        self, asked: str, load: Load, on_state: Callable[[ModelState], None], restarts: Callable[[], Restarts]
    ) -> None:
        """Load nothing yet.

        Args:
            asked: the first model's name.
            load: raises what is told as the reason; `Interrupted` is passed on.
            on_state: the model does otherwise than before.
            restarts: makes the budget of failures; a new one for each model that is asked for.
        """
        self.state = ModelState(ModelPhase.LOADING, asked)
        self._load = load
        self._on_state = on_state
        self._new_budget = restarts
        self._restarts = restarts()
        self._model: LiveModel | None = None
        self._watch_at = 0.0
        self._healthy_at: float | None = None
        self._changed_on_disk = False

    @property
    def model(self) -> LiveModel | None:
        """The model to look with; None while there is none that works."""
        return self._model if self.state.phase is ModelPhase.READY else None

    def change(self, name: str, threads: int) -> None:
        """Load another model, or the same again; if that fails, the present one stays."""
        self._restarts = self._new_budget()
        before = self.model
        self._tell(replace(self.state, phase=ModelPhase.LOADING, asked=name, sentence=""))
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
            sentence = f"{sentence.rstrip('.')}; {self.state.name} stays in use."
            self._tell(replace(self.state, phase=ModelPhase.READY, asked=name, sentence=sentence))

    def looked(self, found: FrameResult, detail: str) -> None:
        """A frame was looked at without a failure."""
        if (found.tiles, found.levels, detail) != (self.state.tiles, self.state.levels, self.state.detail):
            self._tell(replace(self.state, tiles=found.tiles, levels=found.levels, detail=detail))
        if self._healthy_at is not None and time.monotonic() >= self._healthy_at:
            self._healthy_at = None
            self._tell(replace(self.state, sentence=""))

    def watch(self) -> None:
        """Notice that the model's file is another one now; the loaded content stays in use."""
        now = time.monotonic()
        if self._model is None or self._changed_on_disk or now < self._watch_at:
            return
        self._watch_at = now + WATCH_SECONDS
        signature = file_signature(self._model.path)
        if signature == self._model.signature:
            return
        self._changed_on_disk = True
        self._healthy_at = None
        gone = signature[0] is None
        how = "is gone" if gone else "or its card was replaced"
        help = "put it back before the next start" if gone else "choose it again to use the new one"
        sentence = f"{self._model.path} {how}; what was loaded stays in use, {help}."
        self._tell(replace(self.state, sentence=sentence, replaced=not gone))

    def recover(self, error: Exception, threads: int) -> None:
        """Load the model again after a failure, or stop after too many."""
        if not isinstance(error, CrackInspectorError):
            logger.error("the inference loop failed", exc_info=error)
        else:
            logger.warning("%s", error)
        reason = _reason(error, self.state.name)
        name = self.state.choice or self.state.asked
        try:
            if self._restarts.failed():
                self._use(name, threads, f"A frame could not be looked at, the model was loaded again: {reason}")
                return
        except Exception as another:
            reason = _reason(another, self.state.name)
            logger.warning("the model could not be loaded again: %s", another)
        stopped = f"Detection was stopped after too many failures; choose the model again or another one: {reason}"
        self._model = None
        try:
            self._tell(ModelState(ModelPhase.FAILED, name, stopped))
        except Exception:
            logger.exception("the model's state could not be told")

    def _use(self, name: str, threads: int, sentence: str = "") -> None:
        model = self._load(name, threads)
        self._model = model
        self._changed_on_disk = False
        self._healthy_at = time.monotonic() + HEALTHY_SECONDS if sentence else None
        card = model.analyzer.card
        self._tell(
            ModelState(
                ModelPhase.READY,
                name,
                sentence,
                name,
                card.name or model.path.stem,
                model.path,
                card,
                1000 * model.analyzer.tile_seconds,
                model.runtime,
            )
        )

    def _tell(self, state: ModelState) -> None:
        self.state = state
        self._on_state(state)


def _reason(error: Exception, name: str) -> str:
    if isinstance(error, CrackInspectorError):
        return str(error)
    return f"{name or 'the model'} failed unexpectedly ({type(error).__name__}: {error}); the log has the details."
