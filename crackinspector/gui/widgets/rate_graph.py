"""The rates of the last half minute, each with its number: is anything held up, and where?"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable
from typing import Protocol

import numpy as np
import pyqtgraph
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from crackinspector.gui.look import font
from crackinspector.gui.widgets.drawing import DrawnWidget, draw_card, draw_words

_SECONDS = 30.0
_LEAST_GAP = 0.25
_LEAST_TOP = 10.0


class Rates(Protocol):
    """What the graph is told: pictures a second, counted apart."""

    @property
    def captured_fps(self) -> float: ...
    @property
    def inferred_fps(self) -> float: ...
    @property
    def painted_fps(self) -> float: ...
    @property
    def dropped_fps(self) -> float: ...


class RateGraph(DrawnWidget):
    """Four curves with their names and numbers, and the latency. GUI thread only."""

    def __init__(self, parent: QWidget | None = None, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__(parent)
        self._clock = clock
        self._points: deque[tuple[float, float, float, float, float]] = deque()
        self._latency: float | None = None
        self._plot = pyqtgraph.GraphicsView(self, background=None)
        self._plot.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._plot.viewport().setAutoFillBackground(False)
        self._plot.setStyleSheet("background: transparent; border: none;")
        for part in (self._plot, self._plot.viewport()):
            part.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._plot.setAntialiasing(False)
        self._box = pyqtgraph.ViewBox(enableMouse=False, enableMenu=False, defaultPadding=0)
        self._box.setXRange(-_SECONDS, 0)
        self._box.setYRange(0, _LEAST_TOP)
        self._plot.setCentralItem(self._box)
        self._curves = [pyqtgraph.PlotCurveItem(antialias=False, connect="finite") for _ in range(4)]
        for curve in self._curves:
            self._box.addItem(curve)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._restyle()
        self._name()

    def add(self, rates: Rates) -> None:
        """Add the rates of now; what comes sooner than a quarter of a second after the last is left out."""
        now = self._clock()
        if self._points and now - self._points[-1][0] < _LEAST_GAP:
            return
        self._points.append((now, rates.captured_fps, rates.painted_fps, rates.inferred_fps, rates.dropped_fps))
        while self._points[0][0] < now - _SECONDS:
            self._points.popleft()
        values = np.array(self._points)
        self._box.setYRange(0, max(_LEAST_TOP, 1.3 * float(values[:, 1:].max())))
        for column, curve in enumerate(self._curves, start=1):
            curve.setData(values[:, 0] - now, values[:, column])
        self._name()
        self.update()

    def set_latency(self, milliseconds: float | None) -> None:
        """Time from capture to the painted label; None if nothing was painted yet."""
        self._latency = milliseconds
        self.update()

    def clear(self) -> None:
        """Forget the past, as after a change of the source."""
        self._points.clear()
        for curve in self._curves:
            curve.setData([], [])
        self._box.setYRange(0, _LEAST_TOP)
        self._latency = None
        self.update()

    def _series(self) -> list[tuple[str, str, Qt.PenStyle]]:
        """Name, colour and kind of line of each curve."""
        colours = self.look.colours
        return [
            (self.tr("captured"), colours.quiet, Qt.PenStyle.SolidLine),
            (self.tr("painted"), colours.text, Qt.PenStyle.SolidLine),
            (self.tr("inferred"), colours.accent, Qt.PenStyle.SolidLine),
            (self.tr("dropped"), colours.quiet, Qt.PenStyle.DotLine),
        ]

    def _name(self) -> None:
        self.setAccessibleName(self.tr("Pictures a second"))
        if self._points:
            words = zip(self._series(), self._points[-1][1:], strict=True)
            self.setAccessibleDescription(", ".join(f"{entry[0]} {value:.1f}" for entry, value in words))

    def _restyle(self) -> None:
        for curve, (_, colour, style) in zip(self._curves, self._series(), strict=True):
            # Wider or smoothed lines cost more than the rest of the panel.
            curve.setPen(pyqtgraph.mkPen(colour, width=1, style=style))
        self._place()

    def _place(self) -> None:
        plot = self._plot_room()
        self._plot.setGeometry(plot.toAlignedRect())

    def _card(self) -> QRectF:
        """No higher than its curves look well in; the rest of a long column stays empty."""
        return QRectF(0, 0, self.width(), min(float(self.height()), max(0.62 * self.width(), self.sizeHint().height())))

    def _column(self) -> float:
        return min(self.width() * 0.56, 9.0 * self.look.metrics.small)

    def _plot_room(self) -> QRectF:
        unit = self.look.metrics.unit
        plot = self._card().adjusted(2 * unit, unit, -self._column() - 2 * unit, -unit)
        return QRectF(plot.topLeft(), plot.size().expandedTo(QSizeF(1, 1)))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """The grid behind the curves, and a row for each of them at its side."""
        look, plot = self.look, self._plot_room()
        colours, metrics = look.colours, look.metrics
        with QPainter(self) as painter:
            draw_card(painter, self._card(), colours.panel, look)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
            painter.setPen(QPen(QColor(colours.pressed if look.dark else colours.line), 1))
            painter.drawLine(plot.bottomLeft(), plot.bottomRight())
            painter.setPen(QPen(QColor(colours.pressed), 1))
            top = self._box.viewRange()[1][1]
            step = 10 if top <= 40 else 20 if top <= 80 else 50
            for value in range(step, int(top) + 1, step):
                y = round(plot.bottom() - value / top * plot.height()) + 0.5
                painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y))
            unit = QRectF(plot.left(), plot.top(), plot.width(), metrics.small)
            made = font(round(0.8 * metrics.small))
            draw_words(painter, unit, self.tr("frames/s"), made, colours.quiet, Qt.AlignmentFlag.AlignLeft)
            left = plot.right() + 2 * metrics.unit
            self._paint_rows(painter, QRectF(left, plot.top(), self.width() - left - 2 * metrics.unit, plot.height()))

    def _rows(self) -> list[tuple[str, str, QPen]]:
        """Name, number and line of each curve, then the latency, which has none."""
        width = max(2.0, self.look.stroke(2))
        numbers = [f"{number:.1f}" for number in self._points[-1][1:]] if self._points else ["–"] * 4
        rows = [
            (name, number, QPen(QColor(colour), width, style))
            for (name, colour, style), number in zip(self._series(), numbers, strict=True)
        ]
        latency = "–" if self._latency is None else self.tr("{0} ms").format(round(self._latency))
        return [*rows, (self.tr("latency"), latency, QPen(Qt.PenStyle.NoPen))]

    def _paint_rows(self, painter: QPainter, room: QRectF) -> None:
        """One below the other, all in the largest type that fits the tightest of them."""
        colours, small = self.look.colours, self.look.metrics.small
        rows = self._rows()
        height = min(room.height() / len(rows), 1.8 * small)
        words, figures = QFontMetricsF(font(small)), QFontMetricsF(font(small, strong=True))
        longest = max(words.horizontalAdvance(name) + figures.horizontalAdvance(number) for name, number, _ in rows)
        sample = 1.2 * small
        size = int(small * min(1.0, (room.width() - sample - small / 3) / longest, height / (1.1 * small)))
        for index, (name, number, pen) in enumerate(rows):
            row = QRectF(room.left(), room.top() + index * height, room.width(), height)
            painter.setPen(pen)
            painter.drawLine(QPointF(row.left(), row.center().y()), QPointF(row.left() + 0.8 * small, row.center().y()))
            draw_words(painter, row, number, font(size, strong=True), colours.text, Qt.AlignmentFlag.AlignRight)
            row.setLeft(row.left() + sample)
            draw_words(painter, row, name, font(size), colours.quiet, Qt.AlignmentFlag.AlignLeft)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Keep the curves in their place."""
        self._place()
        super().resizeEvent(event)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Take on another look or language."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.LanguageChange):
            self._restyle()
            self._name()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Five rows of small type."""
        metrics = self.look.metrics
        return QSize(16 * metrics.small, round(6 * metrics.small + 2 * metrics.unit))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """As little as can still be read."""
        metrics = self.look.metrics
        return QSize(10 * metrics.small, round(4.5 * metrics.small + 2 * metrics.unit))
