"""Where cyclic garbage goes."""

from __future__ import annotations

import gc
import threading
import weakref
from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from crackinspector.gui.garbage import GuiGarbage


class Cycle(QWidget):
    """A widget that only the collector of cycles can free."""

    def __init__(self) -> None:
        super().__init__()
        self.itself = self


def make_garbage() -> None:
    kept = [[number] for number in range(20_000)]
    for item in kept:
        item.append(item)  # type: ignore[arg-type]


@pytest.fixture
def garbage(qtbot: QtBot) -> Iterator[GuiGarbage]:
    collector = GuiGarbage()
    yield collector
    collector.stop()


def test_widgets_die_in_the_gui_thread_alone(qtbot: QtBot, garbage: GuiGarbage) -> None:
    died_in: list[int] = []
    widget = Cycle()
    weakref.finalize(widget, lambda: died_in.append(threading.get_ident()))
    del widget
    worker = threading.Thread(target=make_garbage)
    worker.start()
    worker.join()
    assert died_in == []
    qtbot.waitUntil(lambda: bool(died_in), timeout=10_000)
    assert died_in == [threading.get_ident()]


def test_python_collects_again_afterwards(qtbot: QtBot) -> None:
    assert gc.isenabled()
    collector = GuiGarbage()
    assert not gc.isenabled()
    collector.stop()
    assert gc.isenabled()
