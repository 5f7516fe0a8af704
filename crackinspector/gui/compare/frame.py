"""Where everything of a comparison is on the page: beside each other where it is wide, below each other where high."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLabel, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from crackinspector.gui.compare.change_layer import ChangeLayer
from crackinspector.gui.compare.foot import Foot
from crackinspector.gui.compare.marking import Side
from crackinspector.gui.compare.mode_bar import ModeBar
from crackinspector.gui.compare.panel import ChangePanel
from crackinspector.gui.compare.side import SidePane
from crackinspector.gui.look import current_look, icon

_LEAST_TOUCHES = 9
"""In a window that is narrower than so many fingers the modes have no room beside the title."""
_ANY = 16_777_215


class CompareFrame(QWidget):
    """The widgets of the page. GUI thread only.

    Signals:
        back(): the person wants to go back.

    Attributes:
        modes: the ways to compare.
        sides: the two pictures, the left or upper one first.
        layer: the changes over the second.
        panel: the changes in words.
        foot: a sentence below, with buttons.
    """

    back = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._back = QToolButton(self)
        self._back.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._back.setAutoRaise(True)
        self._back.clicked.connect(self.back)
        self._title = QLabel(self)
        self._title.setProperty("role", "heading")
        self._title.setTextFormat(Qt.TextFormat.PlainText)
        self._title.setWordWrap(True)
        # A long name must not make the window wider than the screen.
        self._title.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.modes = ModeBar(self)
        self.sides = (SidePane(Side.LEFT, self), SidePane(Side.RIGHT, self))
        self._rule = QFrame(self)
        self.layer = ChangeLayer(self.sides[1].view)
        self.panel = ChangePanel(self)
        self.foot = Foot(self)
        self._header = QHBoxLayout()
        self._header.addWidget(self._back)
        self._header.addWidget(self._title, 1)
        self._body = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._body.setSpacing(0)
        for part, stretch in ((self.sides[0], 1), (self._rule, 0), (self.sides[1], 1), (self.panel, 0)):
            self._body.addWidget(part, stretch)
        self._column = QVBoxLayout(self)
        self._column.setSpacing(0)
        self._column.addLayout(self._header)
        self._column.addLayout(self._body, 1)
        self._column.addWidget(self.foot)
        self._modes_row = QHBoxLayout()
        self._column.addLayout(self._modes_row)
        self.panel.hide()

    def set_title(self, title: str) -> None:
        """Say what is compared."""
        self._title.setText(title)

    def show_one(self, one: bool) -> None:
        """Show the second picture alone, or both."""
        self.sides[0].setVisible(not one)
        self._rule.setVisible(not one)

    def name_back(self) -> None:
        """Say the way back in the language of the application."""
        self._back.setText(self.tr("Back"))
        self._back.setAccessibleName(self.tr("Back"))

    def restyle(self) -> None:
        """Take the sizes of the look."""
        look = current_look()
        unit, drawing = look.metrics.unit, look.metrics.icon
        self._back.setIcon(icon("back", look))
        self._back.setIconSize(QSize(drawing, drawing))
        self._back.setMinimumSize(2 * look.metrics.touch_px, look.metrics.touch_px)
        self._header.setContentsMargins(unit, unit, unit, unit)
        self._header.setSpacing(2 * unit)
        self._modes_row.setContentsMargins(unit, unit, unit, unit)
        self._column.setContentsMargins(0, 0, 0, 0)
        line = max(2, round(look.stroke(2)))
        self._rule.setStyleSheet(f"background: {look.colours.line};")
        self._rule.setMinimumSize(line, line)
        self.panel.restyle()

    def arrange(self) -> None:
        """Beside each other where the page is wide, one below the other where it is high."""
        upright = self.height() > self.width() or self.width() < _LEAST_TOUCHES * current_look().metrics.touch_px
        ways = QBoxLayout.Direction
        self._body.setDirection(ways.TopToBottom if upright else ways.LeftToRight)
        (self._modes_row if upright else self._header).addWidget(self.modes)
        metrics = current_look().metrics
        if upright:
            self.panel.setFixedHeight(round(0.36 * self.height()))
            self.panel.setMinimumWidth(0)
            self.panel.setMaximumWidth(_ANY)
        else:
            self.panel.setFixedWidth(min(round(0.4 * self.width()), 19 * metrics.normal))
            self.panel.setMinimumHeight(0)
            self.panel.setMaximumHeight(_ANY)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Turn with the screen."""
        super().resizeEvent(event)
        self.arrange()

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Small enough to be turned, whatever way it stands now."""
        least, most = super().minimumSizeHint(), (_LEAST_TOUCHES - 3) * current_look().metrics.touch_px
        return QSize(min(least.width(), most), min(least.height(), most))
