"""The inference worker: the thread that owns the interpreter and gives class activation maps."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from crackinspector.core.detection import Detection
from crackinspector.core.frame import Frame
from crackinspector.core.mailbox import Mailbox
from crackinspector.gui.workers.thread import LoopThread
from crackinspector.pipeline.inference_loop import Found, InferenceLoop
from crackinspector.pipeline.model_state import LookSettings
from crackinspector.pipeline.rates import Rates


class InferenceWorker(LoopThread):
    """Looks at the newest frame of its inbox again and again.

    Signals:
        detection_ready(): the outbox was empty and has a detection now, with the frame's crack map.
        state_changed(object): a `ModelState`.
    """

    detection_ready = Signal()
    state_changed = Signal(object)

    def __init__(
        self,
        inbox: Mailbox[Frame],
        outbox: Mailbox[Found],
        rates: Rates,
        model: str,
        look: LookSettings,
        parent: QObject | None = None,
    ) -> None:
        self._inference = InferenceLoop(
            inbox, outbox, rates, self._tell_detection, self._tell_state, look=look, model=model
        )
        super().__init__("inference", self._inference, parent)

    def _tell_detection(self) -> None:
        self.detection_ready.emit()

    def _tell_state(self, state: object) -> None:
        self.state_changed.emit(state)

    def configure(self, look: LookSettings) -> None:
        """What the model sees and how closely, from the next frame on."""
        self._inference.configure(look)

    def hold(self, frame: Frame | None) -> None:
        """Look at this frame alone, again whenever something is asked otherwise; None goes on with the newest."""
        self._inference.hold(frame)

    def change_model(self, name: str) -> None:
        """Load another model; the present one goes on until that is ready."""
        self._inference.change_model(name)

    def analyse_now(self, frame: Frame, look: LookSettings, done: Callable[[Detection | None], None]) -> None:
        """Look at this very frame next; `done` is called in this worker's thread."""
        self._inference.analyse_now(frame, look, done)
