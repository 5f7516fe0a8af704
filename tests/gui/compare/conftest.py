"""A library of two inspections of one wall, of which it is known what has changed, and a page that compares them."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtWidgets import QMainWindow
from pytestqt.qtbot import QtBot

from crackinspector.gui.compare.page import ComparePage
from crackinspector.gui.library.access import LibraryAccess
from crackinspector.gui.look import Look
from crackinspector.library.queries import find
from crackinspector.library.store import Library
from crackinspector.sources.demo_wall import demo_wall
from tests.survey.reinspection.inspections import keep, two_inspections

PATIENCE_MS = 30_000


@dataclass
class Bench:
    """A page in front of a library, with the numbers of its snapshots."""

    folder: Path
    access: LibraryAccess
    window: QMainWindow
    page: ComparePage
    earlier: int
    later: int
    elsewhere: int
    wait: Callable[[Callable[[], object]], None]

    def compare(self, left: int, right: int) -> None:
        """Compare, and wait until that is done."""
        self.page.compare(left, right)
        self.finish()

    def finish(self) -> None:
        """Wait for the comparison."""
        self.wait(lambda: self.page.session.result)


@pytest.fixture(scope="session")
def walls(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str, str, str]:
    """The folder and the names of: the earlier snapshot, the later one, one of another wall."""
    folder = tmp_path_factory.mktemp("walls") / "library"
    earlier, later = two_inspections(folder)
    other = demo_wall(8, 640, 360, 2, "brick")
    with Library(folder) as library:
        elsewhere = keep(library, other.image, other.mask, "2026 autumn", "2026-11-21T12:00:00", element="pier 4")
    return folder, earlier, later, elsewhere


@pytest.fixture
def bench(walls: tuple[Path, str, str, str], tmp_path: Path, look: Look, qtbot: QtBot) -> Iterator[Bench]:
    folder = tmp_path / "library"
    shutil.copytree(walls[0], folder)
    with Library(folder, write=False) as library:
        earlier, later, elsewhere = (find(library, name) or 0 for name in walls[1:])

    def wait(condition: Callable[[], object]) -> None:
        qtbot.waitUntil(lambda: bool(condition()), timeout=PATIENCE_MS)

    access = LibraryAccess(folder, "ben")
    wait(lambda: access.state)
    page = ComparePage(access)
    window = QMainWindow()
    qtbot.addWidget(window)
    window.setCentralWidget(page)
    window.resize(1280, 720)
    window.show()
    yield Bench(folder, access, window, page, earlier, later, elsewhere, wait)
    window.hide()
    assert page.session.stop(10.0)
    assert access.close()
