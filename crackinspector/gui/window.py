"""The live application's window: the picture first, every other page in its place."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QPoint, QRect

from crackinspector.gui.actions import Actions
from crackinspector.gui.live.page import LivePage
from crackinspector.gui.paged_window import PagedWindow

LIVE = "live"


class Window(PagedWindow):
    """Begins with the live page.

    Attributes:
        actions_: everything that can be done here.
        live: the live page.
    """

    def __init__(self, shortcuts: Mapping[str, str]) -> None:
        super().__init__()
        self.actions_ = Actions(self, shortcuts)
        self.live = LivePage(self.actions_, self)
        self.set_first_page(LIVE, self.live)

    def toast_room(self) -> QRect:
        """The picture; of another page, the whole window."""
        picture = self.live.picture
        return QRect(picture.mapTo(self, QPoint(0, 0)), picture.size()) if self.page == LIVE else self.rect()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Keep the action for full screen in step with the window."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.WindowStateChange:
            self.actions_["full_screen"].setChecked(self.isFullScreen())
