"""What every page but the live one looks like: a large way back, a title, and content that a finger can flick."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QScroller, QToolButton, QVBoxLayout, QWidget

from crackinspector.gui.look import current_look, icon

_WIDEST = 64
"""Width of a page's column in heights of the normal type, at most."""


class PageFrame(QWidget):
    """A page. GUI thread only.

    Signals:
        back: the person wants to go back, by the button or by Esc.
    """

    back = Signal()

    def __init__(self, title: str, parent: QWidget | None = None, *, wide: bool = False) -> None:
        """`wide`: use all of a wide window, instead of a column in its middle."""
        super().__init__(parent)
        self._wide = wide
        self._back = QToolButton()
        self._back.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._back.setAutoRaise(True)
        self._back.clicked.connect(self.back)
        self._title = QLabel(title)
        self._title.setProperty("role", "heading")
        self._header = QHBoxLayout()
        self._header.addWidget(self._back)
        self._header.addWidget(self._title, 1)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        QScroller.grabGesture(self._scroll.viewport(), QScroller.ScrollerGestureType.TouchGesture)
        self._layout = QVBoxLayout(self)
        self._layout.addLayout(self._header)
        self._layout.addWidget(self._scroll, 1)
        self.set_title(title)
        self._arrange()

    def set_title(self, title: str) -> None:
        """Name the page, in the language of the application."""
        self._title.setText(title)
        for part in (self, self._scroll):
            part.setAccessibleName(title)
        self._back.setText(self.tr("Back"))
        self._back.setAccessibleName(self.tr("Back"))

    def set_content(self, content: QWidget) -> None:
        """Put a widget below the header; it scrolls if it is higher than the page and is as wide as the page."""
        content.setObjectName("pageContent")
        self._scroll.setWidget(content)

    def add_to_header(self, widget: QWidget) -> None:
        """Add a control at the right end of the header."""
        self._header.addWidget(widget)

    def scroll_to(self, widget: QWidget) -> None:
        """Bring a part of the content into sight."""
        self._scroll.ensureWidgetVisible(widget)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Measure again in another look; say it in another language."""
        if event.type() == QEvent.Type.StyleChange:
            self._arrange()
        elif event.type() == QEvent.Type.LanguageChange:
            self.set_title(self._title.text())
        super().changeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Stay a column in the middle of a wide window: words and their control belong together."""
        super().resizeEvent(event)
        self._arrange()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Esc is the way back."""
        if event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Back):
            self.back.emit()
        else:
            super().keyPressEvent(event)

    def _arrange(self) -> None:
        look = current_look()
        unit, drawing = look.metrics.unit, look.metrics.icon
        self._back.setIcon(icon("back", look))
        self._back.setIconSize(QSize(drawing, drawing))
        self._back.setMinimumSize(2 * look.metrics.touch_px, look.metrics.touch_px)
        self._header.setSpacing(3 * unit)
        spare = 0 if self._wide else (self.width() - _WIDEST * look.metrics.normal) // 2
        side = max(2 * unit, spare)
        self._layout.setContentsMargins(side, 2 * unit, side, 0)
        self._layout.setSpacing(2 * unit)
