"""Where the parts of the review lie: the picture, the panel beside or below it, a filmstrip where there is room."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from crackinspector.gui.gallery.filmstrip import Filmstrip
from crackinspector.gui.live.page import PORTRAIT_BELOW
from crackinspector.gui.look import current_look
from crackinspector.gui.review.edit.bar import EditBar
from crackinspector.gui.review.panel import ReviewPanel
from crackinspector.gui.review.picture_view import PictureView
from crackinspector.gui.widgets import Toast

_STRIP_FROM = 20
"""Height of the page in fingers from which on there is a filmstrip: a desk has room for it."""
_ANY = (1 << 24) - 1
"""As much as Qt takes for a size."""


class ReviewBody(QWidget):
    """GUI thread only.

    Attributes:
        toast: what went wrong, over the foot of the picture.
    """

    def __init__(
        self, picture: PictureView, bar: EditBar, strip: Filmstrip, panel: ReviewPanel, parent: QWidget
    ) -> None:
        """`bar` is shown and hidden by its owner."""
        super().__init__(parent)
        self._picture, self._bar, self._strip, self._panel = picture, bar, strip, panel
        self._editing = False
        self._left = QVBoxLayout()
        self._left.setContentsMargins(0, 0, 0, 0)
        self._left.setSpacing(0)
        self._left.addWidget(picture, 1)
        self._left.addWidget(strip)
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._columns.setContentsMargins(0, 0, 0, 0)
        self._columns.setSpacing(0)
        self._columns.addLayout(self._left, 1)
        self._columns.addWidget(panel)
        self._columns.addWidget(bar)
        self.toast = Toast(self)
        self._arrange()

    @property
    def strip_shown(self) -> bool:
        """Whether there is room for the filmstrip."""
        return not self._strip.isHidden()

    def set_editing(self, on: bool) -> None:
        """Make room for drawing."""
        self._editing = on
        self._panel.setVisible(not on)
        self._arrange()

    def say(self, sentence: str) -> None:
        """Something went wrong; it is said until it is closed."""
        self.toast.show_message(sentence, error=True)
        self._place_toast()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Beside each other or below each other, by its own shape."""
        super().resizeEvent(event)
        self._arrange()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Follow the look."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._arrange()

    def _arrange(self) -> None:
        portrait = self.width() < PORTRAIT_BELOW * self.height()
        directions, metrics, panel = QBoxLayout.Direction, current_look().metrics, self._panel
        self._columns.setDirection(directions.TopToBottom if portrait else directions.LeftToRight)
        panel.arrange(portrait)
        roomy = not portrait and self.height() >= _STRIP_FROM * metrics.touch_px
        self._strip.setVisible(roomy and not self._editing)
        if portrait:
            panel.setMinimumWidth(0)
            panel.setMaximumWidth(_ANY)
            panel.setFixedHeight(max(panel.minimumSizeHint().height(), round(0.47 * self.height())))
            self._bar.setMinimumWidth(0)
            self._bar.setMaximumWidth(_ANY)
            self._bar.fit(self.width())
        else:
            panel.setMinimumHeight(0)
            panel.setMaximumHeight(_ANY)
            most = min(round(0.3 * self.width()), 28 * metrics.normal)
            panel.setFixedWidth(max(round(3.4 * metrics.touch_px), most))
            # In the panel's place, so that the picture hardly moves when somebody begins to draw.
            beside = max(panel.maximumWidth(), self._bar.narrow_width())
            self._bar.setFixedWidth(beside)
            self._bar.fit(beside)
        self._place_toast()

    def _place_toast(self) -> None:
        margin = 2 * current_look().metrics.unit
        room = QRect(self._picture.mapTo(self, self._picture.rect().topLeft()), self._picture.size())
        width = min(room.width() - 2 * margin, 60 * current_look().metrics.normal)
        height = max(self.toast.sizeHint().height(), self.toast.heightForWidth(width))
        left = room.left() + (room.width() - width) // 2
        self.toast.setGeometry(left, room.bottom() - margin - height, width, height)
        self.toast.raise_()
