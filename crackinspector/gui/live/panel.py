"""The panel beside the picture: verdict, rates, sliders and the four buttons, as a column or below the picture."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from crackinspector.core.settings import RULES
from crackinspector.gui.actions import Actions
from crackinspector.gui.look import Dressed, current_look
from crackinspector.gui.widgets import ActionButton, RateGraph, TouchSlider, VerdictPanel

BUTTONS = (("heat_map", "F1"), ("crop", "F2"), ("snapshot", "F3"), ("more", ""))
"""Action -> what is printed on the reTerminal's button for it."""


class Panel(Dressed, QWidget):
    """Everything on the live page but the picture.

    Attributes:
        verdict, graph, opacity, threshold: its parts.
    """

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.verdict = VerdictPanel(self)
        self.graph = RateGraph(self)
        self.opacity = TouchSlider("", self)
        rule = RULES["detection.threshold"]
        self.threshold = TouchSlider("", self, least=rule.least, most=rule.most, step=rule.step)
        self._buttons = [ActionButton(actions[name], key, self) for name, key in BUTTONS]
        self._portrait: bool | None = None
        self._graph_wanted = True
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._grid = QGridLayout(self)
        self._retranslate()
        self.arrange(portrait=False)

    def arrange(self, portrait: bool) -> None:
        """Be a column beside the picture, or lie below it; to be called whenever the window has another size."""
        # A column is as wide as a share of the window.
        self.updateGeometry()
        if portrait == self._portrait:
            return
        self._portrait = portrait
        for row in range(self._grid.rowCount()):
            self._grid.setRowStretch(row, 0)
        parts: list[QWidget] = [self.verdict, self.graph, self.opacity, self.threshold, *self._buttons]
        for part in parts:
            self._grid.removeWidget(part)
        if portrait:
            self._grid.addWidget(self.verdict, 0, 0, 1, 2)
            self._grid.addWidget(self.graph, 0, 2, 1, 2)
            self._grid.addWidget(self.opacity, 1, 0, 1, 4)
            self._grid.addWidget(self.threshold, 2, 0, 1, 4)
            for column, button in enumerate(self._buttons):
                self._grid.addWidget(button, 3, column)
        else:
            self._grid.addWidget(self.verdict, 0, 0, 1, 2)
            self._grid.addWidget(self.graph, 1, 0, 1, 2)
            self._grid.addWidget(self.opacity, 2, 0, 1, 2)
            self._grid.addWidget(self.threshold, 3, 0, 1, 2)
            for index, button in enumerate(self._buttons):
                self._grid.addWidget(button, 4 + index // 2, index % 2)
            self._grid.setRowStretch(1, 1)
        self._restyle()

    def show_graph(self, wanted: bool) -> None:
        """Show the rate graph where there is room for it, or not at all."""
        self._graph_wanted = wanted
        self._fit_graph()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """In a column, wide enough for two buttons."""
        hint = super().sizeHint()
        return hint if self._portrait else QSize(self._column_width(), hint.height())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Leave the graph out where it would squeeze what a finger has to hit."""
        super().resizeEvent(event)
        self._fit_graph()

    def _fit_graph(self) -> None:
        others = [self.verdict, self.opacity, self.threshold]
        needed = sum(part.minimumSizeHint().height() for part in others)
        needed += 2 * self._buttons[0].minimumSizeHint().height() + 7 * self._grid.spacing()
        room = self._portrait or self.height() - needed >= self.graph.minimumSizeHint().height()
        self.graph.setVisible(self._graph_wanted and bool(room))

    def _column_width(self) -> int:
        metrics = current_look().metrics
        most = self.window().width() // 3
        return max(2 * metrics.touch_px + 3 * metrics.unit, min(most, round(self.window().width() * 0.25)))

    def _restyle(self) -> None:
        unit = current_look().metrics.unit
        self._grid.setContentsMargins(unit, unit, unit, unit)
        self._grid.setSpacing(unit)
        fixed, grows = QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred
        self.setSizePolicy(*((grows, fixed) if self._portrait else (fixed, grows)))
        self._fit_graph()
        self.updateGeometry()

    def _retranslate(self) -> None:
        self.opacity.set_title(self.tr("Opacity"))
        self.threshold.set_title(self.tr("Threshold"))
