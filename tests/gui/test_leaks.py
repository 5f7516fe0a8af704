"""What changes again and again leaves nothing behind: threads, descriptors, objects of Qt, memory."""

from __future__ import annotations

import gc
import threading
import weakref
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from crackinspector.core.detection import Detection
from crackinspector.core.frame import Frame
from crackinspector.pipeline.stats import resident_mb
from crackinspector.pipeline.steady import Verdict
from crackinspector.sources.demo_camera import DemoCamera
from crackinspector.sources.source import FrameSource
from tests.gui.running import Live, Script, running, settings_for

NOISE_MB = 40.0
"""What allocators keep, by which memory may differ; frames, which are 2 MB each, are counted one by one."""
MOST_ARRAYS = 16
"""On their way at any moment: in mailboxes, on screen, at the model, in the hands of a worker."""


def entries(folder: str) -> int:
    return sum(1 for _ in Path(folder).iterdir())


class Arrays:
    """The pictures and crack maps that the window was given, as long as anyone holds them.

    Weak references, since a look at all objects would hold the model's own arrays, which its runtime forbids.
    """

    def __init__(self, live: Live) -> None:
        self._known: list[weakref.ref[NDArray[np.uint8]]] = []
        live.session.frame.connect(self._frame)
        live.session.detection.connect(self._detection)

    def _frame(self, frame: Frame) -> None:
        self._known.append(weakref.ref(frame.image))

    def _detection(self, detection: Detection | None, verdict: Verdict | None) -> None:
        if detection is not None:
            self._known.append(weakref.ref(detection.crack_map))

    def few_are_held(self, live: Live) -> bool:
        """Whether few of very many are still there, but for what the test itself has noted."""
        live.detections.clear()
        held = sum(known() is not None for known in self._known)
        return held <= MOST_ARRAYS < len(self._known) / 3


class Count:
    """Threads, descriptors, Qt's objects by their class, and memory, at one moment."""

    def __init__(self, live: Live) -> None:
        for _ in range(2):
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
            gc.collect()
        self.threads = entries("/proc/self/task")
        self.python_threads = threading.active_count()
        self.descriptors = entries("/proc/self/fd")
        found = live.application.findChildren(QObject) + live.window.findChildren(QObject)
        self.objects = Counter(item.metaObject().className() for item in found)
        self.tops = Counter(type(widget).__name__ for widget in QApplication.topLevelWidgets())
        self.memory = resident_mb()

    def assert_same(self, later: Count) -> None:
        assert later.objects == self.objects
        assert later.tops == self.tops
        assert later.python_threads <= self.python_threads
        assert later.threads <= self.threads
        assert later.descriptors <= self.descriptors
        assert later.memory - self.memory < NOISE_MB


def settled(live: Live, count: Callable[[], Count], before: Count) -> Count:
    """A count once threads that end by themselves have ended, and files that are being written are closed."""
    live.wait(lambda: entries("/proc/self/task") <= before.threads and entries("/proc/self/fd") <= before.descriptors)
    return count()


def test_a_hundred_changes_of_source(qtbot: QtBot, tmp_path: Path) -> None:
    made: list[FrameSource] = []
    opened: list[str] = []

    def opener(name: str, *rest: object) -> FrameSource:
        opened.append(name)
        made.append(DemoCamera() if name == "demo" else Script(name))
        return made[-1]

    with running(qtbot, settings_for(tmp_path, keeping__clip_before=0), opener) as live:
        live.wait_ready()
        arrays = Arrays(live)

        def change(times: int) -> None:
            for number in range(times):
                opened.clear()
                live.store.set("source.name", "demo" if number % 2 else f"camera {number}")
                live.wait(lambda: opened)

        change(30)
        before = Count(live)
        change(100)
        live.wait_streaming()
        before.assert_same(settled(live, lambda: Count(live), before))
        live.wait(lambda: arrays.few_are_held(live))
        scripts = [source for source in made if isinstance(source, Script)]
        assert all(source.closed >= source.opened for source in scripts[:-1])
        live.wait_detection()


def test_thirty_changes_of_theme_and_language(qtbot: QtBot, tmp_path: Path) -> None:
    with running(qtbot, settings_for(tmp_path, keeping__clip_before=0)) as live:
        live.wait_ready()
        arrays = Arrays(live)
        live.window.show_page("settings")

        def change(times: int) -> None:
            for number in range(times):
                live.store.set("interface.theme", ("sunlight", "dark")[number % 2])
                live.store.set("interface.language", ("ko", "en")[number % 2])
                live.wait_captured(1)

        change(4)
        before = Count(live)
        change(30)
        before.assert_same(settled(live, lambda: Count(live), before))
        live.wait(lambda: arrays.few_are_held(live))


def test_snapshots_clips_and_frozen_pictures(qtbot: QtBot, tmp_path: Path) -> None:
    with running(qtbot, settings_for(tmp_path, keeping__clip_before=0)) as live:
        live.wait_ready()
        arrays = Arrays(live)

        def work(times: int) -> None:
            for _ in range(times):
                for name in ("freeze", "snapshot", "record"):
                    live.window.actions_[name].trigger()
                live.wait(lambda: live.window.actions_["record"].isChecked())
                live.wait_captured(5)
                live.said.clear()
                for name in ("freeze", "record"):
                    live.window.actions_[name].trigger()
                live.wait_said("Kept as")

        work(2)
        before = Count(live)
        work(10)
        before.assert_same(settled(live, lambda: Count(live), before))
        live.wait(lambda: arrays.few_are_held(live))
