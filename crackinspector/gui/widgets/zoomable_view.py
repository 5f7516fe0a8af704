"""What shows a part of a picture: zoom and movement by touch, mouse, wheel and keys."""

from __future__ import annotations

import math

from PySide6.QtCore import QEvent, QObject, QPointF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QNativeGestureEvent, QTouchEvent, QWheelEvent
from PySide6.QtWidgets import QWidget

from crackinspector.core.frame import WHOLE, View
from crackinspector.gui.widgets.gestures import TAP_REACH, Hands, TouchReader
from crackinspector.gui.widgets.view_arithmetic import (
    MOST_ZOOM,
    Box,
    frame_point,
    letterbox,
    moved,
    view_around,
    zoom_of,
    zoomed,
)

CROP_ZOOM = 2.0
_STEP = math.sqrt(2)
_KEY_STEP = 0.1


class ZoomableView(QWidget):
    """Holds the view; what it shows is drawn by a subclass. GUI thread only.

    Signals:
        view_changed: the `View` that is now on screen.
    """

    view_changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view = WHOLE
        self._grabbed: QPointF | None = None
        self._pressed_at: QPointF | None = None
        self._fingers = TouchReader(Hands(self._move_by, self._zoom_by, self._double_tap, self._tap))
        self.setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)
        self.installEventFilter(self)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def frame_size(self) -> tuple[int, int] | None:
        """Width and height of the whole picture in its own pixels; None if there is none."""
        raise NotImplementedError

    @property
    def view(self) -> View:
        """The part of the frame on screen."""
        return self._view

    @property
    def zoom(self) -> float:
        """1 shows the whole frame, up to `most_zoom`."""
        return zoom_of(self._view)

    def most_zoom(self) -> float:
        """The nearest that this picture may be shown, >= 1."""
        return MOST_ZOOM

    def zoom_in(self) -> None:
        """One step nearer."""
        self._zoom_about_middle(_STEP)

    def zoom_out(self) -> None:
        """One step away."""
        self._zoom_about_middle(1 / _STEP)

    def toggle_crop(self) -> None:
        """From the whole frame to its middle half, from any crop back to the whole frame."""
        self.set_view(view_around(0.5, 0.5, CROP_ZOOM) if self._view == WHOLE else WHOLE)

    def reset_view(self) -> None:
        """Show the whole frame."""
        self.set_view(WHOLE)

    def set_view(self, view: View) -> None:
        """Show this part of the frame, or the nearest that has the frame's aspect and is not beyond `most_zoom`."""
        view = view_around(view.x + view.w / 2, view.y + view.h / 2, 1 / max(view.w, view.h), self.most_zoom())
        # Steps in and out again end at the whole frame, not beside it.
        view = WHOLE if view.w > 0.995 else view
        if view == self._view:
            return
        self._view = view
        self.update()
        self.view_changed.emit(view)

    def _zoom_about_middle(self, factor: float) -> None:
        view = self._view
        self.set_view(zoomed(view, factor, view.x + view.w / 2, view.y + view.h / 2, self.most_zoom()))

    def _zoom_by(self, factor: float, at: QPointF) -> None:
        self.set_view(zoomed(self._view, factor, *self._frame_point(at), self.most_zoom()))

    def _move_by(self, way: QPointF) -> None:
        box, ratio = self._box(), self.devicePixelRatioF()
        share = self._view.w
        self.set_view(moved(self._view, -way.x() * ratio / box.w * share, -way.y() * ratio / box.h * share))

    def _double_tap(self, at: QPointF) -> None:
        if self._view == WHOLE:
            self._zoom_by(CROP_ZOOM, at)
        else:
            self.set_view(WHOLE)

    def _tap(self, at: QPointF) -> None:
        """A finger or the pointer pressed and let go in one place; for subclasses."""

    def _frame_point(self, at: QPointF) -> tuple[float, float]:
        ratio = self.devicePixelRatioF()
        x, y = frame_point(at.x() * ratio, at.y() * ratio, self._view, self._box())
        return min(1.0, max(0.0, x)), min(1.0, max(0.0, y))

    def _box(self) -> Box:
        """Where the view is drawn, in device pixels."""
        ratio = self.devicePixelRatioF()
        width, height = max(1, round(self.width() * ratio)), max(1, round(self.height() * ratio))
        size = self.frame_size()
        return Box(0, 0, width, height) if size is None else letterbox(*size, width, height)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Touch and touch pad; the rest goes the usual way.

        No override of `event`: an exception that went through it while painting would lose PySide references, and with
        them the process.
        """
        return self._touched(event) if watched is self else super().eventFilter(watched, event)

    def _touched(self, event: QEvent) -> bool:
        """Deal with a touch; whether it was one of the picture's."""
        kind = event.type()
        if kind == QEvent.Type.TouchBegin and isinstance(event, QTouchEvent):
            if self.childAt(event.points()[0].position().toPoint()) is not None:
                # A button over the picture: refused here, the touch becomes a click there.
                event.ignore()
                return False
            self._fingers.begin()
            self._fingers.read(event)
            event.accept()
            return True
        if kind in (QEvent.Type.TouchUpdate, QEvent.Type.TouchEnd) and isinstance(event, QTouchEvent):
            self._fingers.read(event)
            event.accept()
            return True
        if kind == QEvent.Type.TouchCancel:
            self._fingers.begin()
            return True
        if isinstance(event, QNativeGestureEvent) and event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture:
            self._zoom_by(max(0.1, 1 + event.value()), event.position())
            return True
        return False

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Take hold of the picture."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._grabbed = self._pressed_at = event.position()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Move the picture."""
        if self._grabbed is not None:
            if self._pressed_at is not None and _apart(event.position(), self._pressed_at) > TAP_REACH / 4:
                self._pressed_at = None
            self._move_by(event.position() - self._grabbed)
            self._grabbed = event.position()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Let go."""
        pressed_at, self._grabbed, self._pressed_at = self._pressed_at, None, None
        if pressed_at is not None:
            self._tap(pressed_at)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """To the point, or back to the whole."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._double_tap(event.position())

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 - Qt's name
        """Zoom at the pointer."""
        turns = event.angleDelta().y() / 120
        if turns:
            self._zoom_by(_STEP**turns, event.position())
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Plus and minus, arrows, 0."""
        step = _KEY_STEP * self._view.w
        key = event.key()
        ways = {
            Qt.Key.Key_Left: (-step, 0.0),
            Qt.Key.Key_Right: (step, 0.0),
            Qt.Key.Key_Up: (0.0, -step),
            Qt.Key.Key_Down: (0.0, step),
        }
        if key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.zoom_in()
        elif key in (Qt.Key.Key_Minus, Qt.Key.Key_Underscore):
            self.zoom_out()
        elif key == Qt.Key.Key_0:
            self.reset_view()
        elif key in ways:
            self.set_view(moved(self._view, *ways[Qt.Key(key)]))
        else:
            super().keyPressEvent(event)


def _apart(one: QPointF, other: QPointF) -> float:
    return math.hypot(one.x() - other.x(), one.y() - other.y())
