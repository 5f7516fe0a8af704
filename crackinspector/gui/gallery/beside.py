"""The list with its panel: beside it where the window is wide, in its place where it is narrow."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from crackinspector.gui.gallery.side import Side
from crackinspector.gui.look import current_look

_WIDE = 70
"""From so many heights of the normal type on, the panel lies beside the list."""
_PANEL = 23
"""Its width there, in the same."""
_ANY_WIDTH = 16_777_215


class Beside(QStackedWidget):
    """GUI thread only.

    Signals:
        turned(): the panel has come to lie beside the list, or in its place.
    """

    turned = Signal()

    def __init__(self, main: QWidget, middle: QHBoxLayout, panel: Side, parent: QWidget) -> None:
        """`main` is the page with the list; the row `middle` in it takes the panel at its left end."""
        super().__init__(parent)
        self._main, self._middle, self._panel = main, middle, panel
        self._wide = False
        self._open = True
        self.addWidget(main)
        self.addWidget(panel)

    @property
    def wide(self) -> bool:
        """Whether the panel lies beside the list."""
        return self._wide

    @property
    def instead(self) -> bool:
        """Whether the panel is shown in the place of the list."""
        return self.currentWidget() is self._panel

    def open_panel(self) -> None:
        """Show it."""
        self._open = True
        self._panel.show()
        if not self._wide:
            self.setCurrentWidget(self._panel)

    def toggle_filter(self) -> None:
        """Show the filter, or where it lies beside the list, hide it."""
        if self._wide and self._panel.isVisible() and self._panel.on_filter:
            self._open = False
            self._panel.hide()
        else:
            self.open_panel()
            self._panel.show_filter()

    @Slot()
    def close_panel(self) -> None:
        """Back to the list; what lies beside it stays."""
        if not self._wide:
            self.setCurrentWidget(self._main)
            self._main.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """There may be another amount of room."""
        super().resizeEvent(event)
        self.arrange()

    def arrange(self) -> None:
        """Lay the panel where there is room for it, as wide as the look's type asks for."""
        type_ = current_look().metrics.normal
        wide = self.width() >= _WIDE * type_
        if wide:
            self._panel.setFixedWidth(_PANEL * type_)
        if wide == self._wide:
            return
        self._wide = wide
        self._panel.set_beside(wide)
        if wide:
            self.removeWidget(self._panel)
            self._middle.insertWidget(0, self._panel)
            self._panel.setVisible(self._open)
        else:
            self._middle.removeWidget(self._panel)
            self._panel.setMinimumWidth(0)
            self._panel.setMaximumWidth(_ANY_WIDTH)
            self.addWidget(self._panel)
            self.setCurrentWidget(self._main)
        self.turned.emit()
