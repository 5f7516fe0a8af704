"""Which page of the library leads to which; the same in the live application and at the desk."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QAction

from crackinspector.core.settings import Settings
from crackinspector.gui.actions import Actions
from crackinspector.gui.compare.page import ComparePage
from crackinspector.gui.gallery.page import GalleryPage
from crackinspector.gui.library.access import LibraryAccess
from crackinspector.gui.paged_window import PagedWindow
from crackinspector.gui.report.page import ReportPage
from crackinspector.gui.review.agreement_page import AgreementPage
from crackinspector.gui.review.page import ReviewPage
from crackinspector.gui.review.rerun import Rerun
from crackinspector.gui.review.rerun_page import RerunPage
from crackinspector.gui.settings.store import SettingsStore
from crackinspector.library.queries import Query, Row, rows

GALLERY, REVIEW, COMPARE, REPORT, AGREEMENT = "gallery", "review", "compare", "report", "agreement"
RERUN = "rerun"


class LibraryPages(QObject):
    """Makes the pages known to a window and ties them together. GUI thread only.

    Signals:
        add_pictures(): the person wants to bring pictures in.
    """

    add_pictures = Signal()

    def __init__(
        self,
        window: PagedWindow,
        access: LibraryAccess,
        store: SettingsStore,
        actions: Actions | None = None,
        parent: QObject | None = None,
    ) -> None:
        """With the live application's `actions` the gallery has a way back to it."""
        super().__init__(parent)
        self._window, self._access, self._store, self._actions = window, access, store, actions
        self._following: list[ReviewPage | ComparePage] = []
        self._stops: list[Callable[[float], bool]] = []
        self._gallery_page: GalleryPage | None = None
        self._taking = False
        self._unfinished: list[Callable[[], tuple[str, ...]]] = []
        for name, make in (
            (GALLERY, self._gallery),
            (REVIEW, self._review),
            (COMPARE, self._compare),
            (REPORT, self._report),
            (AGREEMENT, self._agreement),
            (RERUN, self._rerun),
        ):
            window.add_page(name, make)
        store.changed.connect(self._follow)

    def stop(self, seconds: float) -> bool:
        """End what the pages have at work; whether it has ended within that time."""
        return all([stop(seconds) for stop in self._stops])

    @property
    def unfinished(self) -> tuple[str, ...]:
        """Sentences of what was ended by `stop` before it was whole."""
        return tuple(sentence for tell in self._unfinished for sentence in tell())

    def set_taking(self, on: bool) -> None:
        """Say that snapshots are being taken into the library, or that no more of them come."""
        self._taking = on
        if self._gallery_page is not None:
            self._gallery_page.set_taking(on)

    def _gallery(self) -> GalleryPage:
        page = self._gallery_page = GalleryPage(self._access, self._actions)
        page.set_taking(self._taking)
        page.opened.connect(self.show_review)
        page.compare.connect(self.show_comparison)
        page.another_model.connect(self.ask_model)
        page.report.connect(self.show_report)
        page.agreement.connect(self.show_agreement)
        page.add_pictures.connect(self.add_pictures)
        self._stops.append(page.stop)
        self._unfinished.append(page.unfinished)
        return page

    def _let_follow(self, page: ReviewPage | ComparePage) -> None:
        self._following.append(page)
        _show_as_set(page, self._store.current)

    @Slot(object, str)
    def _follow(self, settings: Settings, key: str) -> None:
        for page in self._following:
            _show_as_set(page, settings, key)

    def _review(self) -> ReviewPage:
        page = ReviewPage(self._access)
        page.compare.connect(self.show_comparison)
        page.reinspect.connect(self.show_reinspection)
        self._let_follow(page)
        self._stops.append(page.stop)
        return page

    def _compare(self) -> ComparePage:
        page = ComparePage(self._access)
        self._let_follow(page)
        self._stops.append(page.session.stop)
        return page

    def _report(self) -> ReportPage:
        page = ReportPage(self._access)
        self._stops.append(page.close_down)
        return page

    def _agreement(self) -> AgreementPage:
        page = AgreementPage(self._access)
        page.opened.connect(self.show_query)
        return page

    def add_to_menu(self, actions: Sequence[QAction]) -> None:
        """Put what the window itself can do into the gallery's menu."""
        page = self._window.made_page(GALLERY)
        assert isinstance(page, GalleryPage)
        page.add_to_menu(actions)

    def _rerun(self) -> RerunPage:
        page = RerunPage(Rerun(self._access, self))
        self._stops.append(page.stop)
        return page

    @Slot(list, int)
    def show_review(self, numbers: list[int], index: int) -> None:
        """Review these snapshots, this one first."""
        page = self._window.made_page(REVIEW)
        assert isinstance(page, ReviewPage)
        self._window.show_page(REVIEW, over=True)
        page.review(numbers, index)

    @Slot(list)
    def show_comparison(self, numbers: Sequence[int]) -> None:
        """Two snapshots, or two models' words on one, side by side."""
        page = self._window.made_page(COMPARE)
        assert isinstance(page, ComparePage)
        self._window.show_page(COMPARE, over=True)
        page.compare(numbers[0], numbers[-1])

    @Slot(int)
    def show_reinspection(self, number: int) -> None:
        """What has changed since the inspection before."""
        page = self._window.made_page(COMPARE)
        assert isinstance(page, ComparePage)
        self._window.show_page(COMPARE, over=True)
        page.reinspect(number)

    @Slot(str)
    def show_report(self, structure: str) -> None:
        """The report on a structure."""
        page = self._window.made_page(REPORT)
        assert isinstance(page, ReportPage)
        self._window.show_page(REPORT, over=True)
        page.prepare(structure)

    @Slot(list)
    def ask_model(self, numbers: list[int]) -> None:
        """Ask which model is to look at these snapshots, once it is known which they are."""
        self._window.show_page(RERUN, over=True)
        self._access.read(lambda library: list(rows(library, numbers).values()), self._ask_model, key="rows to look at")

    @Slot(object)
    def _ask_model(self, found: list[Row]) -> None:
        page = self._window.made_page(RERUN)
        assert isinstance(page, RerunPage)
        page.ask(found)

    @Slot()
    def show_agreement(self) -> None:
        """How far model and people agree."""
        self._window.show_page(AGREEMENT, over=True)

    @Slot(object)
    def show_query(self, query: Query) -> None:
        """The gallery with another filter."""
        page = self._window.made_page(GALLERY)
        assert isinstance(page, GalleryPage)
        self._window.show_page(GALLERY)
        page.show_query(query)


def _show_as_set(page: ReviewPage | ComparePage, settings: Settings, key: str = "") -> None:
    """Let a page take a setting that has changed, or all of them."""
    if not key or key.startswith("view."):
        page.set_view_settings(settings.view)
    if isinstance(page, ComparePage) and key in ("", "interface.reduced_motion"):
        page.set_reduced_motion(settings.interface.reduced_motion)
