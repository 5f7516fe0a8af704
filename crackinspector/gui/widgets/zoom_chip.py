"""Minus, the zoom, plus: over the picture, each as large as a finger."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QWidget

from crackinspector.gui.look import Dressed, current_look, font, pixmap
from crackinspector.gui.look.style import faint
from crackinspector.gui.widgets.drawing import draw_words
from crackinspector.gui.widgets.view_arithmetic import MOST_ZOOM


class ZoomChip(Dressed, QWidget):
    """Three buttons on one plate. GUI thread only.

    Signals:
        zoom_out, zoom_in: minus or plus was pressed.
        reset: the number was pressed.
    """

    zoom_out = Signal()
    zoom_in = Signal()
    reset = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._minus = _Key("minus", self)
        self._value = _Key("", self)
        self._plus = _Key("plus", self)
        self._minus.clicked.connect(self.zoom_out)
        self._value.clicked.connect(self.reset)
        self._plus.clicked.connect(self.zoom_in)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for key in (self._minus, self._value, self._plus):
            layout.addWidget(key)
        self._retranslate()
        self.show_zoom(1.0)

    def show_zoom(self, zoom: float, most: float = MOST_ZOOM) -> None:
        """The zoom in words; the end of the range, 1 to `most`, takes the button away that leads beyond."""
        self._value.setText(self.tr("{0}×").format(f"{zoom:.1f}"))
        self._minus.setEnabled(zoom > 1.001)
        self._plus.setEnabled(zoom < most - 0.001)

    def _retranslate(self) -> None:
        self._minus.name(self.tr("Zoom out"))
        self._value.name(self.tr("Show all"))
        self._plus.name(self.tr("Zoom in"))


class _Key(QAbstractButton):
    """A third of the plate: an icon or a text. The finger may hit below the plate, too."""

    def __init__(self, icon: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._icon = icon
        self._key: object = None
        self._drawn = QPixmap()
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def name(self, name: str) -> None:
        """Say what it does."""
        self.setAccessibleName(name)
        self.setToolTip(name)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Copy what was drawn; it is drawn when it has changed, not for every picture below it."""
        ratio = self.devicePixelRatioF()
        key = current_look(), self.size(), ratio, self.text(), self.isDown(), self.isEnabled(), self.hasFocus()
        if key != self._key:
            self._key = key
            self._drawn = QPixmap((self.size().toSizeF() * ratio).toSize())
            self._drawn.setDevicePixelRatio(ratio)
            self._drawn.fill(Qt.GlobalColor.transparent)
            with QPainter(self._drawn) as inner:
                self._draw(inner)
        with QPainter(self) as painter:
            painter.drawPixmap(0, 0, self._drawn)

    def _draw(self, painter: QPainter) -> None:
        """The piece of plate, and what stands on it."""
        look = current_look()
        colours, metrics = look.colours, look.metrics
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        room = self._plate()
        ground = QColor(colours.pressed) if self.isDown() else look.plate()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ground)
        radius, over = metrics.unit, metrics.unit + 2.0
        painter.setClipRect(room)
        # Only the plate's outer corners are round.
        long = room.adjusted(0 if self._icon == "minus" else -over, 0, 0 if self._icon == "plus" else over, 0)
        painter.drawRoundedRect(long, radius, radius)
        if not look.dark:
            half = look.stroke(1) / 2
            painter.setPen(QPen(QColor(colours.line), look.stroke(1)))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(long.adjusted(half, half, -half, -half), radius, radius)
        colour = colours.on_plate if self.isEnabled() else faint(look).name()
        if self._icon:
            side = metrics.icon
            picture = pixmap(self._icon, side, colour, colours.stroke * 1.2, self.devicePixelRatioF())
            painter.drawPixmap(round(room.center().x() - side / 2), round(room.center().y() - side / 2), picture)
        else:
            made = font(metrics.normal, strong=True)
            draw_words(painter, room, self.text(), made, colour, Qt.AlignmentFlag.AlignHCenter)
        if self.hasFocus():
            painter.setPen(QPen(QColor(colours.accent), look.stroke(2)))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(room.adjusted(2, 2, -2, -2), radius, radius)

    def _plate(self) -> QRectF:
        metrics = current_look().metrics
        height = min(float(self.height()), metrics.normal * 2.4)
        return QRectF(0, 0, self.width(), height)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """A finger's size."""
        metrics = current_look().metrics
        return QSize(max(metrics.touch_px, round(metrics.normal * 2.6)), max(metrics.touch_px, metrics.normal * 2))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Never smaller."""
        return self.sizeHint()
