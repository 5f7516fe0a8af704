"""No test of the window leaves a thread, a running timer or a window behind."""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator

import pytest
import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from crackinspector.gui.look import Look, Metrics, apply_look, style


def _running_timers() -> set[QTimer]:
    timers = (found for found in gc.get_objects() if isinstance(found, QTimer))
    return {timer for timer in timers if shiboken6.isValid(timer) and timer.isActive()}


def _threads() -> set[threading.Thread]:
    """All threads; a dummy is what Python keeps of a QThread that has logged something, long after its end."""
    return {thread for thread in threading.enumerate() if not isinstance(thread, threading._DummyThread)}


def _windows() -> set[QWidget]:
    return set(QApplication.topLevelWidgets())


@pytest.fixture(autouse=True)
def nothing_left(qapp: QApplication) -> Iterator[None]:
    threads, timers, windows = _threads(), _running_timers(), _windows()
    yield
    gc.collect()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    qapp.processEvents()
    assert _threads() - threads == set()
    assert [timer.parent() for timer in _running_timers() - timers] == []
    assert [window.objectName() or type(window).__name__ for window in _windows() - windows] == []


@pytest.fixture
def look(qapp: QApplication) -> Iterator[Look]:
    """The dark look of the device's screen, 1280x720 at 293 pixels an inch; undone after the test."""
    applied = Look("dark", Metrics.of(293 / 25.4, 127, 720))
    apply_look(qapp, applied)
    yield applied
    style._applied = None
    qapp.setStyleSheet("")
