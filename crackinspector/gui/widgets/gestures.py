"""Fingers on a picture: one moves it or taps it, two pinch it, two taps are a double tap."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QPointF
from PySide6.QtGui import QEventPoint, QGuiApplication, QTouchEvent

TAP_REACH = 24.0
"""How far a finger may slip within a tap, in device-independent pixels."""


@dataclass(frozen=True, slots=True)
class Hands:
    """What the fingers do, in device-independent pixels of the widget.

    Attributes:
        move: by how much what lies under the fingers is dragged.
        pinch: factor, and the point between the fingers.
        double_tap: where.
        tap: where; also the first of a double tap.
    """

    move: Callable[[QPointF], None]
    pinch: Callable[[float, QPointF], None]
    double_tap: Callable[[QPointF], None]
    tap: Callable[[QPointF], None]


class TouchReader:
    """Turns touch events into movement, pinches and double taps.

    The events are read as they are: with Qt's own pinch recogniser, a finger that stays after a pinch or a
    second one that joins a drag would move the picture twice.
    """

    def __init__(self, hands: Hands) -> None:
        self._hands = hands
        self._last_tap: tuple[int, QPointF] | None = None
        self._moved = False
        self._most_fingers = 0

    def begin(self) -> None:
        """The first finger came down."""
        self._moved = False
        self._most_fingers = 0

    def read(self, event: QTouchEvent) -> None:
        """A finger moved, joined or left."""
        points = [point for point in event.points() if point.state() != QEventPoint.State.Released]
        self._most_fingers = max(self._most_fingers, len(event.points()))
        old = [point for point in points if point.state() != QEventPoint.State.Pressed]
        if len(old) >= 2:
            self._pinch(old[0], old[1])
        elif len(old) == 1 and len(points) == 1:
            self._drag(old[0])
        if not points:
            self._end(event)

    def _drag(self, point: QEventPoint) -> None:
        if not self._moved:
            way = point.position() - point.pressPosition()
            if math.hypot(way.x(), way.y()) < TAP_REACH / 2 and self._most_fingers == 1:
                return
            self._moved = True
        self._hands.move(point.position() - point.lastPosition())

    def _pinch(self, one: QEventPoint, other: QEventPoint) -> None:
        self._moved = True
        before, now = other.lastPosition() - one.lastPosition(), other.position() - one.position()
        apart_before, apart = math.hypot(before.x(), before.y()), math.hypot(now.x(), now.y())
        middle_before = (one.lastPosition() + other.lastPosition()) / 2
        middle = (one.position() + other.position()) / 2
        self._hands.move(middle - middle_before)
        if apart_before > 1 and apart > 1:
            self._hands.pinch(apart / apart_before, middle)

    def _end(self, event: QTouchEvent) -> None:
        if self._moved or self._most_fingers > 1:
            self._last_tap = None
            return
        at = event.points()[0].position()
        if self._last_tap is not None:
            before, place = self._last_tap
            way = at - place
            soon = event.timestamp() - before <= QGuiApplication.styleHints().mouseDoubleClickInterval()
            if soon and math.hypot(way.x(), way.y()) <= 2 * TAP_REACH:
                self._last_tap = None
                self._hands.double_tap(at)
                return
        self._last_tap = event.timestamp(), at
        self._hands.tap(at)
