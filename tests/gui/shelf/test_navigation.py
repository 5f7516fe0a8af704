from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from crackinspector.core.settings import Settings
from crackinspector.gui.gallery.page import GalleryPage
from crackinspector.gui.library.access import LibraryAccess
from crackinspector.gui.look import Look
from crackinspector.gui.paged_window import PagedWindow
from crackinspector.gui.review.page import ReviewPage
from crackinspector.gui.settings.store import SettingsStore
from crackinspector.gui.shelf.navigation import AGREEMENT, COMPARE, GALLERY, RERUN, REVIEW, LibraryPages
from crackinspector.library import verdicts
from crackinspector.library.events import Verdict
from crackinspector.library.queries import Query, ids, rows
from crackinspector.library.store import Library
from tests.library import makers


class Desk:
    """A window with a library's pages, and the numbers of its four snapshots."""

    def __init__(self, folder: Path, qtbot: QtBot) -> None:
        with Library(folder, create=True) as library:
            makers.fill(library, range(4))
            self.numbers = ids(library, Query())
            names = [row.id for row in rows(library, self.numbers).values()]
            verdicts.decide(library, names[:2], Verdict.CONFIRMED, "ann")
        self.access = LibraryAccess(folder, "ann")
        self.store = SettingsStore(Settings())
        self.window = PagedWindow()
        qtbot.addWidget(self.window)
        self.window.resize(1280, 720)
        self.pages = LibraryPages(self.window, self.access, self.store)
        self.window.begin_at(GALLERY)
        self.window.show()

    @property
    def words(self) -> str:
        page = self.window.made_page(self.window.page)
        return "\n".join(label.text() for label in page.findChildren(QLabel))


@pytest.fixture
def desk(tmp_path: Path, look: Look, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    made = Desk(tmp_path / "library", qtbot)
    yield made
    assert made.pages.stop(30.0)
    assert made.access.close()


def test_chosen_snapshots_can_be_looked_at_by_another_model(desk: Desk, qtbot: QtBot) -> None:
    gallery = desk.window.made_page(GALLERY)
    assert isinstance(gallery, GalleryPage)
    gallery.another_model.emit(desk.numbers[:3])
    assert desk.window.page == RERUN
    qtbot.waitUntil(lambda: "3 snapshots." in desk.words)
    desk.window.made_page(RERUN).back.emit()  # type: ignore[attr-defined]
    assert desk.window.page == GALLERY


def test_a_figure_opens_its_snapshots_in_the_gallery(desk: Desk, qtbot: QtBot) -> None:
    gallery = desk.window.made_page(GALLERY)
    assert isinstance(gallery, GalleryPage)
    gallery.agreement.emit()
    assert desk.window.page == AGREEMENT
    qtbot.waitUntil(lambda: "People say of 2 snapshots" in desk.words)
    asked = Query(truths=("positive",), model=("stand-in", "cd" * 32))
    desk.window.made_page(AGREEMENT).opened.emit(asked)  # type: ignore[attr-defined]
    assert desk.window.page == GALLERY
    assert gallery.query == asked
    qtbot.waitUntil(lambda: len(gallery.model.numbers) == 1)


def test_a_review_that_is_open_follows_the_settings_of_the_picture(desk: Desk) -> None:
    review = desk.window.made_page(REVIEW)
    assert isinstance(review, ReviewPage)
    desk.store.set("view.opacity", 0.25)
    desk.store.set("view.colour_map", "viridis")
    assert review.panel.controls.opacity.value == 0.25
    assert review.panel.controls.settings.colour_map == "viridis"
    review.panel.controls.opacity.set_value(0.5)
    desk.store.set("interface.reduced_motion", True)
    desk.window.made_page(COMPARE)
    assert review.panel.controls.opacity.value == 0.5
