"""The window: the live page and the pages that take its place, one way back, words over everything."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, Signal, Slot
from PySide6.QtGui import QCloseEvent, QResizeEvent
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from crackinspector.gui.actions import Actions
from crackinspector.gui.live.page import LivePage
from crackinspector.gui.look import current_look
from crackinspector.gui.widgets import Keypad, PageFrame, Toast

LIVE = "live"


class Window(QMainWindow):
    """Shows one page at a time; pages but the live one are made when they are first asked for.

    Signals:
        closing(): the person closes the window; the application decides what that means.
        page_changed(str): another page is shown.

    Attributes:
        actions_: everything that can be done here.
        live: the live page.
        toast: words over the page, such as that a snapshot is safe.
    """

    closing = Signal()
    page_changed = Signal(str)

    def __init__(self, shortcuts: Mapping[str, str]) -> None:
        super().__init__()
        self.setWindowTitle("crackinspector")
        self.actions_ = Actions(self, shortcuts)
        self._pages = QStackedWidget(self)
        self._makers: dict[str, Callable[[], PageFrame]] = {}
        self._made: dict[str, QWidget] = {}
        self.live = LivePage(self.actions_, self)
        self._made[LIVE] = self.live
        self._pages.addWidget(self.live)
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

    def add_page(self, name: str, make: Callable[[], PageFrame]) -> None:
        """Make a page known."""
        self._makers[name] = make

    @property
    def page(self) -> str:
        """The name of the page that is shown."""
        return next(name for name, page in self._made.items() if page is self._pages.currentWidget())

    def show_page(self, name: str) -> None:
        """Show a page, making it if needed."""
        if name not in self._made:
            page = self._makers[name]()
            page.back.connect(self.show_live)
            self._made[name] = page
            self._pages.addWidget(page)
        self._pages.setCurrentWidget(self._made[name])
        self._made[name].setFocus(Qt.FocusReason.OtherFocusReason)
        self.page_changed.emit(name)

    @Slot()
    def show_live(self) -> None:
        """Back to the picture."""
        self.show_page(LIVE)

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

    def _place_toast(self) -> None:
        """At the foot of the picture, as wide as it; of another page, of the whole window."""
        picture = self.live.picture
        over = self._pages.currentWidget() is self.live
        room = QRect(picture.mapTo(self, QPoint(0, 0)), picture.size()) if over else self.rect()
        margin = 2 * current_look().metrics.unit
        width = min(room.width() - 2 * margin, 60 * current_look().metrics.normal)
        height = max(self.toast.sizeHint().height(), self.toast.heightForWidth(width))
        self.toast.setGeometry(
            room.left() + (room.width() - width) // 2, room.bottom() - margin - height, width, height
        )
        self.toast.raise_()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Keep the action for full screen in step with the window."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.WindowStateChange:
            self.actions_["full_screen"].setChecked(self.isFullScreen())
