"""Fingers and pointer over a picture that is drawn on: one draws, two fingers or another button move what is below."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPointF, Qt
from PySide6.QtGui import QEventPoint, QMouseEvent, QTouchEvent
from PySide6.QtWidgets import QWidget

from crackinspector.gui.review.picture_view import PictureView
from crackinspector.gui.widgets.gestures import Hands, TouchReader
from crackinspector.gui.widgets.view_arithmetic import moved, zoomed


class Surface(QWidget):
    """Covers a `PictureView`; what is drawn is the subclass's. GUI thread only."""

    def __init__(self, view: PictureView) -> None:
        super().__init__(view)
        self._view = view
        self._pressed = self._moves = False
        self._grabbed: QPointF | None = None
        self._fingers = TouchReader(Hands(self._move, self._pinch, self._nothing, self._nothing))
        self.setMouseTracking(True)
        self.setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.installEventFilter(self)
        view.installEventFilter(self)

    def press(self, at: QPointF) -> None:
        """A finger or the left button came down."""
        raise NotImplementedError

    def drag(self, at: QPointF) -> None:
        """It moves while it is down."""
        raise NotImplementedError

    def release(self, at: QPointF, time: int) -> None:
        """It went up, at a time in milliseconds."""
        raise NotImplementedError

    def take_back(self) -> None:
        """What has begun with the press was not meant."""
        raise NotImplementedError

    def hover(self, at: QPointF | None) -> None:
        """Where finger or pointer are, down or not; None: nowhere."""
        raise NotImplementedError

    def let_go(self) -> None:
        """Forget what is held."""
        self._grabbed = None
        self._pressed = self._moves = False

    def picture_step(self) -> tuple[float, float]:
        """Pixels of the picture for one of the widget, across and down."""
        way = self._view.to_picture(QPointF(100, 100)) - self._view.to_picture(QPointF(0, 0))
        return way.x() / 100, way.y() / 100

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Touches, and the size of the view."""
        if watched is self._view:
            if event.type() == QEvent.Type.Resize:
                self.setGeometry(self._view.rect())
            return False
        if isinstance(event, QTouchEvent):
            self._touched(event)
            event.accept()
            return True
        return super().eventFilter(watched, event)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Draw; or with another button, take hold of the picture."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._begin(event.position())
        else:
            self._grabbed = event.position()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """As any other press."""
        self.mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Draw on, move the picture, or show where the tip is."""
        if self._grabbed is not None:
            self._move(event.position() - self._grabbed)
            self._grabbed = event.position()
        self._go_on(event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """A stroke or a point is done."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._finish(event.position(), event.timestamp())
        else:
            self._grabbed = None

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """The tip is nowhere."""
        self.hover(None)
        super().leaveEvent(event)

    def _touched(self, event: QTouchEvent) -> None:
        kind, points = event.type(), event.points()
        if kind == QEvent.Type.TouchCancel:
            self._cancel()
            self._moves = False
            return
        if kind == QEvent.Type.TouchBegin:
            self._fingers.begin()
            self._moves = False
        if len(points) > 1 and not self._moves:
            # A second finger: it was not to be a stroke.
            self._cancel()
            self._moves = True
        if self._moves:
            self._fingers.read(event)
            return
        at = points[0].position()
        match points[0].state():
            case QEventPoint.State.Pressed:
                self._begin(at)
            case QEventPoint.State.Updated:
                self._go_on(at)
            case QEventPoint.State.Released:
                self._finish(at, event.timestamp())
                self.hover(None)

    def _begin(self, at: QPointF) -> None:
        self._pressed = True
        self.hover(at)
        self.press(at)

    def _go_on(self, at: QPointF) -> None:
        self.hover(at)
        if self._pressed:
            self.drag(at)

    def _finish(self, at: QPointF, time: int) -> None:
        if self._pressed:
            self._pressed = False
            self.release(at, time)

    def _cancel(self) -> None:
        if self._pressed:
            self._pressed = False
            self.take_back()
        self.hover(None)

    def _move(self, way: QPointF) -> None:
        """Move the picture below."""
        size = self._view.frame_size()
        if size is not None:
            across, down = self.picture_step()
            shares = -way.x() * across / size[0], -way.y() * down / size[1]
            self._view.set_view(moved(self._view.view, *shares))

    def _pinch(self, factor: float, at: QPointF) -> None:
        """Zoom the picture below."""
        size, view, point = self._view.frame_size(), self._view, self._view.to_picture(at)
        if size is not None:
            x, y = min(1.0, max(0.0, point.x() / size[0])), min(1.0, max(0.0, point.y() / size[1]))
            view.set_view(zoomed(view.view, factor, x, y, view.most_zoom()))

    def _nothing(self, at: QPointF) -> None:
        """Taps of two fingers."""
