"""Parts below each other where there is room, behind tabs where there is not."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QScroller,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from crackinspector.gui.look import current_look

_ROOMY = 11
"""Height in fingers from which on all parts are shown at once."""


class Sections(QWidget):
    """Scrolls what is shown. GUI thread only."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tabs = QWidget(self)
        self._row = QHBoxLayout(self._tabs)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._group = QButtonGroup(self)
        self._group.idClicked.connect(self._turn)
        self._buttons: list[QToolButton] = []
        self._headings: list[QLabel] = []
        self._parts: list[QWidget] = []
        self._shown = 0
        self._roomy: bool | None = None
        self._content = QWidget()
        self._content.setObjectName("pageContent")
        self._column = QVBoxLayout(self._content)
        self._column.addStretch(1)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidget(self._content)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        QScroller.grabGesture(self._scroll.viewport(), QScroller.ScrollerGestureType.TouchGesture)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._tabs)
        layout.addWidget(self._scroll, 1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)

    def add(self, part: QWidget) -> None:
        """Add a part below the others; `set_titles` names it."""
        button, heading = QToolButton(self._tabs), QLabel()
        button.setCheckable(True)
        button.setChecked(not self._buttons)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        heading.setProperty("role", "section")
        self._group.addButton(button, len(self._buttons))
        self._row.addWidget(button, 1)
        for widget in (heading, part):
            self._column.insertWidget(self._column.count() - 1, widget)
        self._buttons.append(button)
        self._headings.append(heading)
        self._parts.append(part)
        self._arrange()

    def set_titles(self, *titles: str) -> None:
        """Name the parts, in their order."""
        for title, button, heading in zip(titles, self._buttons, self._headings, strict=True):
            button.setText(title)
            heading.setText(title)

    def reveal(self, part: QWidget, room: QRect) -> None:
        """Bring a place within a widget of a shown part into sight."""
        if part.isVisibleTo(self._content):
            at = part.mapTo(self._content, room.center())
            self._scroll.ensureVisible(0, at.y(), 0, room.height() // 2)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Tabs where the place is low."""
        super().resizeEvent(event)
        self._arrange()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Follow the look."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._roomy = None
            self._arrange()

    @Slot(int)
    def _turn(self, index: int) -> None:
        self._shown = index
        self._buttons[index].setChecked(True)
        self._show()

    def _arrange(self) -> None:
        metrics = current_look().metrics
        roomy = self.height() >= _ROOMY * metrics.touch_px
        if roomy != self._roomy:
            self._roomy = roomy
            unit = metrics.unit
            # It scrolls: it can be as low as what a finger needs to do so.
            self._scroll.setMinimumHeight(metrics.touch_px // 2)
            self._row.setSpacing(unit // 2)
            self._column.setSpacing(unit)
            self._column.setContentsMargins(0, unit, unit if roomy else 0, unit)
            sheet = (
                f"QToolButton {{ padding: 0 {unit // 2}px; font-size: {metrics.small}px; }}"
                f"QToolButton:checked {{ background: {current_look().colours.pressed}; }}"
            )
            if sheet != self._tabs.styleSheet():  # setting it is a change of style again
                self._tabs.setStyleSheet(sheet)
        self._show()

    def _show(self) -> None:
        roomy = bool(self._roomy)
        self._tabs.setVisible(not roomy)
        for index, (heading, part) in enumerate(zip(self._headings, self._parts, strict=True)):
            heading.setVisible(roomy)
            part.setVisible(roomy or index == self._shown)
