"""One finger on a list: it flicks, taps, or stays.

The events are read as they are. With Qt's own gesture, what becomes of a touch before it is a flick reaches the list as
a mouse that chooses and drags.
"""

from __future__ import annotations

import math

from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QEventPoint, QTouchEvent
from PySide6.QtWidgets import QScroller, QScrollerProperties, QWidget

from crackinspector.gui.look import current_look

HOLD_MS = 450
_REACH_MM = 2.0
"""A finger that moves no farther is still where it was."""
_Input = QScroller.Input


class Finger(QObject):
    """Scrolls the viewport of a scroll area with momentum. GUI thread only.

    Signals:
        tapped(QPoint): where, in pixels of the viewport.
        held(QPoint): where a finger stays; what it does then is no tap.
    """

    tapped = Signal(QPoint)
    held = Signal(QPoint)

    def __init__(self, viewport: QWidget, parent: QObject) -> None:
        super().__init__(parent)
        viewport.setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)
        self._scroller = QScroller.scroller(viewport)
        self._scroller.setScrollerProperties(_properties())
        self._down: QPointF | None = None
        self._at_rest = True
        self._hold = QTimer(self, singleShot=True, interval=HOLD_MS)
        self._hold.timeout.connect(self._stay)

    def read(self, event: QTouchEvent) -> bool:
        """Deal with a touch event of the viewport; always taken."""
        point = event.points()[0] if event.points() else None
        kind, moment = event.type(), event.timestamp()
        event.accept()
        if kind == QEvent.Type.TouchCancel or point is None:
            self._end()
            self._scroller.stop()
        elif kind == QEvent.Type.TouchBegin:
            self._begin(point, moment)
        elif kind == QEvent.Type.TouchUpdate:
            self._move(event, point, moment)
        elif kind == QEvent.Type.TouchEnd:
            tapped = self._down
            self._end()
            self._scroller.handleInput(_Input.InputRelease, point.position(), moment)
            if tapped is not None and self._at_rest:
                self.tapped.emit(tapped.toPoint())
        return True

    def _begin(self, point: QEventPoint, moment: int) -> None:
        # A finger that stops a flick does not mean what happens to be below it.
        self._at_rest = self._scroller.state() == QScroller.State.Inactive
        self._down = point.position()
        self._scroller.handleInput(_Input.InputPress, point.position(), moment)
        if self._at_rest:
            self._hold.start()

    def _move(self, event: QTouchEvent, point: QEventPoint, moment: int) -> None:
        if self._down is not None:
            way = point.position() - self._down
            reach = _REACH_MM * current_look().metrics.px_per_mm
            if math.hypot(way.x(), way.y()) > reach or len(event.points()) > 1:
                self._end()
        self._scroller.handleInput(_Input.InputMove, point.position(), moment)

    def _end(self) -> None:
        self._down = None
        self._hold.stop()

    @Slot()
    def _stay(self) -> None:
        if self._down is not None:
            at, self._down = self._down, None
            self.held.emit(at.toPoint())


def _properties() -> QScrollerProperties:
    properties = QScrollerProperties()
    metric = QScrollerProperties.ScrollMetric
    never = QScrollerProperties.OvershootPolicy.OvershootAlwaysOff
    values: dict[QScrollerProperties.ScrollMetric, object] = {
        metric.FrameRate: QScrollerProperties.FrameRates.Fps60,
        metric.VerticalOvershootPolicy: never,
        metric.HorizontalOvershootPolicy: never,
        metric.DragStartDistance: _REACH_MM / 1000,
        # Metres a second: several flicks one after the other go through thousands.
        metric.MaximumVelocity: 1.5,
        metric.AcceleratingFlickMaximumTime: 0.6,
        metric.AcceleratingFlickSpeedupFactor: 3.0,
    }
    for name, value in values.items():
        properties.setScrollMetric(name, value)
    return properties
