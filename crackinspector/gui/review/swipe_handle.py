"""The line between before and after on a picture, wide enough to be grabbed with gloves."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from crackinspector.gui.look import Dressed, current_look

_STEP = 0.02


class SwipeHandle(Dressed, QWidget):
    """Lies over the whole height of its parent. GUI thread only.

    Signals:
        moved(float): where a person put it, as a share of the parent's width.
    """

    moved = Signal(float)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._over = parent
        self._share = 0.5
        self._held: float | None = None
        self.setCursor(Qt.CursorShape.SplitHCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._retranslate()
        self.hide()

    def put(self, share: float) -> None:
        """Show it at a share, 0..1, of the parent's width; also to be called when that has another size."""
        self._share = min(1.0, max(0.0, share))
        width = current_look().metrics.touch_px
        self.setGeometry(round(self._share * self._over.width() - width / 2), 0, width, self._over.height())
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """A line with a knob that points both ways."""
        look = current_look()
        middle = self.width() / 2
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            for colour, width in ((QColor(0, 0, 0, 140), look.stroke(4)), (QColor(255, 255, 255), look.stroke(2))):
                painter.setPen(QPen(colour, width))
                painter.drawLine(QPointF(middle, 0), QPointF(middle, self.height()))
            side = min(self.width(), look.metrics.touch_px) * 0.72
            knob = QRectF(middle - side / 2, (self.height() - side) / 2, side, side)
            painter.setBrush(look.plate())
            painter.setPen(QPen(QColor(look.colours.accent if self.hasFocus() else "#ffffff"), look.stroke(2)))
            painter.drawEllipse(knob)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(look.colours.on_plate))
            for way in (-1, 1):
                tip, base, half = middle + way * side * 0.34, middle + way * side * 0.12, side * 0.16
                y = knob.center().y()
                painter.drawPolygon(QPolygonF([QPointF(tip, y), QPointF(base, y - half), QPointF(base, y + half)]))

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Take hold, wherever on it."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._held = event.position().x() - self.width() / 2

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Follow."""
        if self._held is not None:
            at = self.mapToParent(event.position()).x() - self._held
            self._tell(at / max(1, self._over.width()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Let go."""
        self._held = None

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Arrows move it."""
        ways = {Qt.Key.Key_Left: -_STEP, Qt.Key.Key_Right: _STEP}
        if event.key() in ways:
            self._tell(self._share + ways[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    def _tell(self, share: float) -> None:
        self.moved.emit(min(1.0, max(0.0, share)))

    def _retranslate(self) -> None:
        self.setAccessibleName(self.tr("Line between without and with heat map"))

    def _restyle(self) -> None:
        if self.isVisible():
            self.put(self._share)
