"""The library's pages as pictures, at the desk's window on the library of `library_scene`."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import library_scene
import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from waiting import grabbed, pause, wait

from crackinspector.core.settings import Settings
from crackinspector.gui.compare.mode_bar import Mode
from crackinspector.gui.compare.page import ComparePage
from crackinspector.gui.desk import Desk
from crackinspector.gui.gallery.page import GalleryPage
from crackinspector.gui.report.page import ReportPage
from crackinspector.gui.review.page import ReviewPage
from crackinspector.library import queries
from crackinspector.library.queries import Query, Sort
from crackinspector.library.store import Library
from crackinspector.pipeline.options import ReviewOptions

FORMS = {"landscape": ((1280, 720), 293), "portrait": ((720, 1280), 293), "desk": ((1600, 1000), 96)}
"""Name -> size of the window and pixels per inch: the reTerminal lying and upright, and a desk."""


class Scene:
    """A window on a library, and the steps to each of its pages."""

    def __init__(self, desk: Desk, library: Path) -> None:
        self._desk, self._window, self._pages = desk, desk.window, desk.shelf.pages
        if library.name == "empty":
            return
        with Library(library, write=False) as opened:
            place = Query(structure=library_scene.STRUCTURE, inspection=library_scene.LATER)
            (self._changed,) = queries.ids(opened, dataclasses.replace(place, element="Pier 4", text="IMG_0008"))
            self._cracked = queries.ids(
                opened, dataclasses.replace(place, element="Pier 1", labels=("positive",), sort=Sort.SCORE)
            )

    def empty(self) -> None:
        """The gallery of a library without pictures."""
        wait(lambda: self._desk.shelf.access.state is not None)

    def gallery(self) -> None:
        """All of thousands, scrolled a little way down."""
        page = self._gallery()
        page.view.show_position(len(page.model.numbers) // 2)

    def filter(self) -> None:
        """What the gallery can be filtered by."""
        page = self._gallery()
        page.show_query(Query(labels=("positive",), verdicts=("unreviewed",), structure=library_scene.STRUCTURE))
        QTest.keyClick(page, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)

    def choosing(self) -> None:
        """Some are chosen."""
        page = self._gallery()
        page.show_query(Query(structure=library_scene.STRUCTURE))
        pause(1)
        page.view.set_choosing(True)
        for position in (1, 2, 4):
            flag = page.view.selectionModel().SelectionFlag.Select
            page.view.selectionModel().select(page.model.index(position), flag)

    def review(self) -> None:
        """A snapshot with its findings."""
        self._review()

    def edit(self) -> None:
        """A finding is corrected."""
        page = self._review()
        loaded = page.picture.loaded
        assert loaded is not None
        page.editing.begin(loaded, loaded.state.findings[0].key)

    def beside(self) -> None:
        """Two years beside each other."""
        self._compare(Qt.Key.Key_1)

    def changes(self) -> None:
        """What has changed since the year before."""
        self._compare(Qt.Key.Key_3)

    def agreement(self) -> None:
        """Model against people."""
        self._gallery()
        self._pages.show_agreement()

    def report(self) -> None:
        """The report before it is printed."""
        self._gallery()
        self._pages.show_report(library_scene.STRUCTURE)
        page = self._window.made_page("report")
        assert isinstance(page, ReportPage)
        wait(lambda: page.document is not None)

    def importing(self) -> None:
        """Pictures are brought in."""
        self._gallery()
        self._desk.shelf.show_import()

    def _gallery(self) -> GalleryPage:
        page = self._window.made_page("gallery")
        assert isinstance(page, GalleryPage)
        wait(lambda: len(page.model.numbers) > 0)
        return page

    def _review(self) -> ReviewPage:
        self._gallery()
        self._pages.show_review(self._cracked, 1)
        page = self._window.made_page("review")
        assert isinstance(page, ReviewPage)
        wait(lambda: page.picture.loaded is not None)
        return page

    def _compare(self, mode: Qt.Key) -> None:
        self._gallery()
        self._pages.show_reinspection(self._changed)
        page = self._window.made_page("compare")
        assert isinstance(page, ComparePage)
        wait(lambda: page.modes.is_possible(Mode.CHANGES))
        QTest.keyClick(page, mode)


PAGES: dict[str, Callable[[Scene], None]] = {
    "gallery": Scene.gallery,
    "gallery-empty": Scene.empty,
    "filter": Scene.filter,
    "choosing": Scene.choosing,
    "review": Scene.review,
    "edit": Scene.edit,
    "beside": Scene.beside,
    "changes": Scene.changes,
    "agreement": Scene.agreement,
    "report": Scene.report,
    "import": Scene.importing,
}


def page_picture(qt: QApplication, page: str, form: str, theme: str, language: str, home: Path) -> NDArray[np.uint8]:
    """One page as (h, w, 3) uint8 RGB; `home` holds the libraries `full` and `empty`."""
    size, per_inch = FORMS[form]
    library = home / ("empty" if page == "gallery-empty" else "full")
    with _desk(qt, size, per_inch, theme, language, library) as desk:
        PAGES[page](Scene(desk, library))
        pause(1.5)
        return grabbed(desk.window)


def make_libraries(home: Path) -> None:
    """The libraries that the pages are taken of."""
    (home / "work").mkdir()
    library_scene.make_library(home / "full", home / "work")
    Library(home / "empty", create=True).close()


@contextmanager
def _desk(
    qt: QApplication, size: tuple[int, int], per_inch: int, theme: str, language: str, library: Path
) -> Iterator[Desk]:
    interface = dataclasses.replace(
        Settings().interface, theme=theme, language=language, pixels_per_inch=per_inch, reduced_motion=True
    )
    settings = dataclasses.replace(Settings(), interface=interface)
    desk = Desk(qt, settings, ReviewOptions(size=size), library, library_scene.PEOPLE[0])
    desk.start()
    try:
        yield desk
    finally:
        desk.close()
        desk.window.deleteLater()
        desk.deleteLater()
        pause(0.1)
