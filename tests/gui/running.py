"""The whole application in a test: started, looked at, worked by hand, taken down."""

from __future__ import annotations

import contextlib
import dataclasses
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any
from unittest import mock

import numpy as np
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from crackinspector.core.detection import Detection
from crackinspector.core.frame import Frame
from crackinspector.core.settings import Settings
from crackinspector.gui import i18n
from crackinspector.gui.app import Application
from crackinspector.gui.desk import Desk
from crackinspector.gui.live.session import OpenSource
from crackinspector.gui.look import style
from crackinspector.pipeline.model_state import ModelPhase, ModelState
from crackinspector.pipeline.options import LiveOptions
from crackinspector.pipeline.steady import Verdict
from crackinspector.sources.catalogue import open_source
from crackinspector.sources.source import FrameSource, Picture, SourceInfo, SourceState
from crackinspector.sources.steady_feed import SourceStatus

PATIENCE_MS = 30_000
"""Nothing here takes long; what has not happened by then never will."""


class Script:
    """A camera that does what a test tells it, from any thread; it can be opened again and again."""

    def __init__(self, name: str = "Script", size: tuple[int, int] = (240, 180)) -> None:
        self.name = name
        self.image = np.full((size[1], size[0], 3), 128, np.uint8)
        self.image[: size[1] // 4] = 40  # an even picture may be a covered lens, and is not called frozen
        self.error: Exception | None = None
        self.error_at_open: Exception | None = None
        self.still = False
        self.silent = False
        self.opened = self.closed = self.read_count = 0
        self._pause = threading.Event()

    def open(self) -> SourceInfo:
        self.opened += 1
        if self.error_at_open is not None:
            raise self.error_at_open
        height, width = self.image.shape[:2]
        return SourceInfo(f"script-{self.name}", self.name, width, height, 0.0, live=True)

    def read(self, timeout: float) -> Picture | None:
        self._pause.wait(0.01)
        if self.error is not None:
            raise self.error
        if self.silent:
            self._pause.wait(timeout)
            return None
        self.read_count += 1
        image = self.image.copy()
        if not self.still:
            image[3::29, 5::31] = self.read_count % 256
        return Picture(image, time.monotonic(), str(self.read_count))

    def set_controls(self, values: Mapping[str, float]) -> None:
        """There are none."""

    def close(self) -> None:
        self.closed += 1


@dataclasses.dataclass
class Live:
    """An application that runs, and everything that it has told so far."""

    application: Application
    qtbot: QtBot
    frames: list[Frame] = dataclasses.field(default_factory=list)
    detections: list[tuple[Detection, Verdict]] = dataclasses.field(default_factory=list)
    statuses: list[SourceStatus] = dataclasses.field(default_factory=list)
    models: list[ModelState] = dataclasses.field(default_factory=list)
    said: list[str] = dataclasses.field(default_factory=list)
    said_in: list[int] = dataclasses.field(default_factory=list)
    order: list[str] = dataclasses.field(default_factory=list)

    def __post_init__(self) -> None:
        self.window = self.application.window
        self.page = self.window.live
        self.picture = self.page.picture
        self.session = self.application.session
        self.store = self.application.store
        session = self.session
        session.frame.connect(self._frame)
        session.detection.connect(self._detection)
        session.status.connect(self.statuses.append)
        session.model.connect(self._model)
        self.picture.painted.connect(self._painted)
        self.window.toast.show_message = self._noted(self.window.toast.show_message)  # type: ignore[method-assign]
        self.page.banner.show_trouble = self._noted(self.page.banner.show_trouble)  # type: ignore[method-assign]

    def _noted(self, show: Callable[..., None]) -> Callable[..., None]:
        """The same, and what is said is noted."""

        def showing(text: str, *rest: Any, **named: Any) -> None:
            if text:
                self.said.append(text)
                self.said_in.append(threading.get_ident())
            show(text, *rest, **named)

        return showing

    def _frame(self, frame: Frame) -> None:
        self.frames = [*self.frames[-3:], frame]

    def _detection(self, detection: Detection | None, verdict: Verdict | None) -> None:
        if detection is not None and verdict is not None:
            self.detections.append((detection, verdict))

    def _model(self, state: ModelState) -> None:
        self.models.append(state)
        self.order.append(f"model {state.phase}")

    def _painted(self, frame_id: int) -> None:
        if "painted" not in self.order:
            self.order.append("painted")

    @property
    def chip(self) -> str:
        """What the state chip says."""
        return self.page.state.accessibleDescription()

    @property
    def verdict(self) -> str:
        """What the verdict panel says."""
        return self.page.panel.verdict.accessibleName()

    def wait(self, condition: Callable[[], object]) -> None:
        """Let the application work until something is true."""
        self.qtbot.waitUntil(lambda: bool(condition()), timeout=PATIENCE_MS)

    def wait_streaming(self) -> None:
        self.wait(lambda: self.state is SourceState.STREAMING and self.session.newest is not None)

    def wait_ready(self) -> None:
        self.wait_streaming()
        self.wait(lambda: self.models and self.models[-1].phase is ModelPhase.READY)

    def wait_detection(self, wanted: Callable[[Detection, Verdict], object] = lambda *_: True) -> Detection:
        """The next detection from now on that is as wanted."""
        start = len(self.detections)
        self.wait(lambda: any(wanted(*told) for told in self.detections[start:]))
        return next(told[0] for told in self.detections[start:] if wanted(*told))

    def wait_said(self, part: str) -> str:
        """The first sentence with that in it, since the start."""
        self.wait(lambda: any(part in sentence for sentence in self.said))
        return next(sentence for sentence in self.said if part in sentence)

    def wait_captured(self, count: int) -> None:
        """That many frames more."""
        start = self.session.rates.snapshot().captured
        self.wait(lambda: self.session.rates.snapshot().captured >= start + count)

    def wait_painted(self, count: int) -> None:
        """That many frames more, on screen."""
        start = self.session.rates.snapshot().painted
        self.wait(lambda: self.session.rates.snapshot().painted >= start + count)

    @property
    def state(self) -> SourceState | None:
        return self.statuses[-1].state if self.statuses else None


def settings_for(folder: Path, **changes: object) -> Settings:
    """Settings of a device in a test: its files go to a folder, double underscores in the names are dots."""
    settings = Settings().changed("keeping.folder", str(folder / "kept")).changed("source.name", "demo")
    settings = settings.changed("interface.pixels_per_inch", 120).changed("interface.language", "en")
    for key, value in changes.items():
        settings = settings.changed(key.replace("__", "."), value)
    return settings


@contextlib.contextmanager
def running(
    qtbot: QtBot,
    settings: Settings,
    opener: OpenSource = open_source,
    options: LiveOptions | None = None,
    save: Callable[[Settings], None] | None = None,
    size: tuple[int, int] = (960, 540),
) -> Iterator[Live]:
    """The application, on screen and at work; closed and taken apart at the end."""
    qapp = QApplication.instance()
    assert isinstance(qapp, QApplication)
    application = Application(qapp, settings, options or LiveOptions(size=size), save=save, opener=opener)
    live = Live(application, qtbot)
    left_behind: list[int] = []
    ending = mock.patch("os._exit", side_effect=left_behind.append)
    ending.start()
    try:
        bring_up(qtbot, application)
        yield live
    finally:
        application.close()
        # Loads that were given up end by themselves.
        for thread in threading.enumerate():
            if thread.name == "model loading":
                thread.join(PATIENCE_MS / 1000)
        take_apart(qapp, application)
        ending.stop()
    assert left_behind == [], "threads did not end in time"


def bring_up(qtbot: QtBot, application: Application | Desk) -> None:
    """Start it, until its window takes the keys."""
    with qtbot.waitExposed(application.window):
        application.start()
    application.window.activateWindow()
    qtbot.waitUntil(application.window.isActiveWindow, timeout=PATIENCE_MS)


def take_apart(qapp: QApplication, application: Application | Desk) -> None:
    """Undo what only the end of a process undoes: widgets, translators, the look."""
    application.window.deleteLater()
    application.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    i18n.install(qapp, "en")
    style._applied = None
    qapp.setStyleSheet("")


def one_source(source: FrameSource) -> OpenSource:
    """Opens this one, whatever is asked for."""
    return lambda name, settings, stop: source


def press(live: Live, key: Qt.Key) -> None:
    """A key of the keyboard or of the device, pressed and let go."""
    QTest.keyClick(live.window, key)
