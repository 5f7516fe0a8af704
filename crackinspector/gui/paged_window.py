"""A window that shows one page at a time, with a keypad below and words over everything."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, cast

from PySide6.QtCore import QEvent, QObject, QRect, Qt, Signal, SignalInstance, Slot
from PySide6.QtGui import QCloseEvent, QResizeEvent
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from crackinspector.gui.look import current_look
from crackinspector.gui.widgets import Keypad, Toast


class Page(Protocol):
    """What every page but the first one has."""

    back: SignalInstance


class PagedWindow(QMainWindow):
    """Its first page is always there; the others are made when they are first asked for. GUI thread only.

    Signals:
        closing(): the person closes the window; the application decides what that means.
        page_changed(str): another page is shown.

    Attributes:
        toast: words over the page, such as that a snapshot is safe.
    """

    closing = Signal()
    page_changed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setWindowTitle("crackinspector")
        self._pages = QStackedWidget(self)
        self._makers: dict[str, Callable[[], QWidget]] = {}
        self._made: dict[str, QWidget] = {}
        self._way: list[str] = []
        centre = QWidget(self)
        column = QVBoxLayout(centre)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._pages, 1)
        column.addWidget(Keypad(self.isFullScreen, centre))
        self.setCentralWidget(centre)
        self.toast = Toast(self)
        self._may_close = False
        self.setMinimumSize(320, 240)
        self.installEventFilter(self)

    def set_first_page(self, name: str, page: QWidget) -> None:
        """The page that all ways back end at; to be called once, before any other is shown."""
        self._made[name] = page
        self._pages.addWidget(page)
        self._way = [name]

    def add_page(self, name: str, make: Callable[[], QWidget]) -> None:
        """Make a page known; what `make` returns is a `Page`."""
        self._makers[name] = make

    def begin_at(self, name: str) -> None:
        """As `set_first_page`, with a page that was made known."""
        self.made_page(name)
        self._way = [name]

    @property
    def page(self) -> str:
        """The name of the page that is shown."""
        return self._way[-1]

    def made_page(self, name: str) -> QWidget:
        """A page, made if needed, shown or not."""
        if name not in self._made:
            page = self._makers[name]()
            cast(Page, page).back.connect(self.go_back)
            self._made[name] = page
            self._pages.addWidget(page)
        return self._made[name]

    def show_page(self, name: str, *, over: bool = False) -> None:
        """Show a page; the way back leads to the first one, with `over` to the one that is shown now."""
        if name in self._way:
            self._way = self._way[: self._way.index(name) + 1]
        else:
            self._way = [*(self._way if over else self._way[:1]), name]
        page = self.made_page(name)
        if self._pages.currentWidget() is not page:
            # What it said belongs to the page that goes, and would lie over a button of the one that comes.
            self.toast.pass_by()
        self._pages.setCurrentWidget(page)
        page.setFocus(Qt.FocusReason.OtherFocusReason)
        self.page_changed.emit(name)

    @Slot()
    def go_back(self) -> None:
        """Show the page from which the one that is shown was opened."""
        if len(self._way) > 1:
            self.show_page(self._way[-2])

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        """Leave the end to the application, which takes everything down in order."""
        if self._may_close:
            super().closeEvent(event)
            return
        event.ignore()
        self.closing.emit()

    def close_for_good(self) -> None:
        """Close; the application has taken everything down."""
        self._may_close = True
        self.close()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Keep the words in their place."""
        super().resizeEvent(event)
        self._place_toast()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """The words over the page need more or less room.

        No override of `event`: an exception that went through it while a part was painted would lose PySide references,
        and with them the process.
        """
        if watched is self and event.type() == QEvent.Type.LayoutRequest:
            self._place_toast()
        return super().eventFilter(watched, event)

    def toast_room(self) -> QRect:
        """The part of the window that words may lie over."""
        return self.rect()

    def _place_toast(self) -> None:
        """At the foot of its room."""
        room = self.toast_room()
        margin = 2 * current_look().metrics.unit
        width = min(room.width() - 2 * margin, 60 * current_look().metrics.normal)
        height = max(self.toast.sizeHint().height(), self.toast.heightForWidth(width))
        self.toast.setGeometry(
            room.left() + (room.width() - width) // 2, room.bottom() - margin - height, width, height
        )
        self.toast.raise_()
