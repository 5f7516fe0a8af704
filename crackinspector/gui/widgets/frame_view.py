"""The picture: the newest frame, edge to edge, with the crack map and regions of a recent detection over it."""

from __future__ import annotations

import math
import time
from collections.abc import Callable

import cv2
import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QImage,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from crackinspector.core.detection import Detection
from crackinspector.core.frame import Frame
from crackinspector.core.settings import ViewSettings
from crackinspector.gui.look import Dressed, current_look, font
from crackinspector.gui.widgets.map_layer import MapLayer
from crackinspector.gui.widgets.motion import Motion
from crackinspector.gui.widgets.view_arithmetic import Box
from crackinspector.gui.widgets.zoomable_view import ZoomableView
from crackinspector.pipeline.freshness import WHOLE_SECONDS, Freshness, strength

_FADE_TICK_MS = 50


class FrameView(Dressed, ZoomableView):
    """Shows frames and detections. GUI thread only.

    Signals:
        painted: id of a frame, after it was painted for the first time.
        detection_painted: id of a detection's frame, after its map and regions were on screen for the first time.

    Attributes:
        motion: takes every frame in the camera's thread, so that the map of an earlier one is drawn where its content
            is now.
    """

    painted = Signal(int)
    detection_painted = Signal(int)

    def __init__(self, parent: QWidget | None = None, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__(parent)
        self._clock = clock
        self._frame: Frame | None = None
        self._detection: Detection | None = None
        self._settings = ViewSettings()
        self._reduced_motion = False
        self._frozen = False
        self._placeholder = ""
        self._layer = MapLayer()
        self.motion = Motion()
        self._freshness = Freshness()
        self._whole_until = WHOLE_SECONDS
        self._shown: tuple[QImage, NDArray[np.uint8]] | None = None
        self._shown_key: object = None
        # The first frame of those in a row that show the same place of a file.
        self._first_id = 0
        self._painted_id = self._painted_detection_id = 0
        self._fade = QTimer(self, singleShot=True)
        self._fade.timeout.connect(self.update)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(160, 120)
        self._by_keyboard = False
        self._retranslate()

    def frame_size(self) -> tuple[int, int] | None:
        """Of the newest frame."""
        return None if self._frame is None else (self._frame.width, self._frame.height)

    def show_frame(self, frame: Frame) -> None:
        """Show this frame from the next paint on; its array is kept, not copied.

        A detection of another scene than this frame's is gone.
        """
        old, self._frame = self._frame, frame
        if old is not None and old.scene != frame.scene:
            self._detection = None
            self._first_id = frame.id
        elif old is None or not frame.position or (old.source, old.position) != (frame.source, frame.position):
            self._first_id = frame.id
        self.update()

    def show_detection(self, detection: Detection | None) -> None:
        """Lay this detection's map and regions over the frames until it is too old; None takes them away."""
        self._detection = detection
        if detection is not None:
            self._whole_until = self._freshness.whole_until(detection, self._clock())
        self.update()

    def set_view_settings(self, settings: ViewSettings) -> None:
        """What is laid over the picture: map, opacity, colours, regions."""
        self._settings = settings
        self.update()

    def set_reduced_motion(self, on: bool) -> None:
        """Let old detections vanish at once instead of fading."""
        self._reduced_motion = on
        self.update()

    def set_frozen(self, on: bool) -> None:
        """While the picture stands still, its own detection does not age."""
        self._frozen = on
        self.update()

    def set_placeholder(self, text: str) -> None:
        """The sentence that stands where no frame is."""
        self._placeholder = text
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint frame and detection; both are prepared once and only copied to the screen afterwards."""
        look, frame, box, ratio = current_look(), self._frame, self._box(), self.devicePixelRatioF()
        with QPainter(self) as painter:
            if frame is None:
                painter.fillRect(self.rect(), QColor(look.colours.ground))
                self._paint_placeholder(painter)
                if self._by_keyboard:
                    self._paint_focus(painter)
                return
            painter.save()
            painter.scale(1 / ratio, 1 / ratio)
            place = QRect(int(box.x), int(box.y), int(box.w), int(box.h))
            self._paint_bars(painter, place)
            painter.setClipRect(place)
            self._paint_frame(painter, frame, box)
            detection = self._detection
            moved = None if detection is None else self.motion.since(detection.frame_id, frame.id)
            seen = self._strength(detection, moved is not None)
            if detection is not None and seen > 0:
                line = max(1.0, look.stroke(1.5) * ratio)
                drawn = self._layer.picture(
                    detection, (frame.width, frame.height), self._view, box, self._settings, line
                )
                if drawn is not None:
                    at, picture = drawn
                    painter.setOpacity(seen)
                    painter.drawImage(at + self._on_screen(moved or (0.0, 0.0), box), picture)
            painter.restore()
            if self._by_keyboard:
                self._paint_focus(painter)
        self._report(frame, detection)

    def _paint_bars(self, painter: QPainter, place: QRect) -> None:
        """The ground beside the picture, in device pixels; below it would only be painted over."""
        ratio, ground = self.devicePixelRatioF(), QColor(current_look().colours.ground)
        width, height = math.ceil(self.width() * ratio), math.ceil(self.height() * ratio)
        for bar in (
            QRect(0, 0, width, place.top()),
            QRect(0, place.bottom() + 1, width, height - place.bottom() - 1),
            QRect(0, place.top(), place.left(), place.height()),
            QRect(place.right() + 1, place.top(), width - place.right() - 1, place.height()),
        ):
            if not bar.isEmpty():
                painter.fillRect(bar, ground)

    def _paint_focus(self, painter: QPainter) -> None:
        """A frame for those who came here by keyboard; fingers see where they are."""
        look = current_look()
        width = look.stroke(3)
        painter.setPen(QPen(QColor(look.colours.accent), width))
        painter.drawRect(QRectF(self.rect()).adjusted(width / 2, width / 2, -width / 2, -width / 2))

    def _paint_placeholder(self, painter: QPainter) -> None:
        look = current_look()
        painter.setFont(font(look.metrics.normal))
        painter.setPen(QColor(look.colours.quiet))
        room = self.rect().adjusted(*(4 * look.metrics.unit * sign for sign in (1, 1, -1, -1)))
        painter.drawText(room, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, self._placeholder)

    def _paint_frame(self, painter: QPainter, frame: Frame, box: Box) -> None:
        """The visible part at the screen's own pixels: one resize for each frame and view."""
        key = (frame.id, frame.source, self._view, box)
        view = self._view
        scale_x, scale_y = box.w / (view.w * frame.width), box.h / (view.h * frame.height)
        # Whole pixels around the view, drawn shifted by what they are too many: a zoomed picture moves smoothly.
        left, top = math.floor(view.x * frame.width), math.floor(view.y * frame.height)
        right = min(frame.width, math.ceil((view.x + view.w) * frame.width))
        bottom = min(frame.height, math.ceil((view.y + view.h) * frame.height))
        if self._shown is None or key != self._shown_key:
            part = frame.image[top:bottom, left:right]
            width, height = max(1, round((right - left) * scale_x)), max(1, round((bottom - top) * scale_y))
            if (width, height) != (right - left, bottom - top):
                shrinks = width * 2 <= right - left
                part = cv2.resize(
                    part, (width, height), interpolation=cv2.INTER_AREA if shrinks else cv2.INTER_LINEAR
                ).astype(np.uint8, copy=False)
            part = np.ascontiguousarray(part)
            image = QImage(part.data, width, height, part.strides[0], QImage.Format.Format_BGR888)
            self._shown, self._shown_key = (image, part), key
        shift_x, shift_y = (view.x * frame.width - left) * scale_x, (view.y * frame.height - top) * scale_y
        painter.drawImage(QPoint(round(box.x - shift_x), round(box.y - shift_y)), self._shown[0])

    def _on_screen(self, moved: tuple[float, float], box: Box) -> QPoint:
        """A way in shares of the frame as one in device pixels."""
        right, down = moved
        return QPoint(round(right * box.w / self._view.w), round(down * box.h / self._view.h))

    def _strength(self, detection: Detection | None, is_followed: bool) -> float:
        """How much of the detection is still seen, 0..1; sets the timer for its next change.

        An old one is drawn only where it is known to belong.
        """
        self._fade.stop()
        if detection is None:
            return 0.0
        if self._frozen or self._is_of_this_file_picture(detection):
            return 1.0
        age = self._clock() - detection.captured_at
        whole_until = self._whole_until if is_followed else WHOLE_SECONDS
        if age < whole_until:
            self._fade.start(math.ceil(1000 * (whole_until - age)))
            return 1.0
        left = 0.0 if self._reduced_motion else strength(age, whole_until)
        if left > 0:
            self._fade.start(_FADE_TICK_MS)
        return left

    def _is_of_this_file_picture(self, detection: Detection) -> bool:
        """A picture of a file does not change, so neither does what was found in it; a camera's does all the time."""
        return self._frame is not None and bool(self._frame.position) and detection.frame_id >= self._first_id

    def _report(self, frame: Frame, detection: Detection | None) -> None:
        if frame.id != self._painted_id:
            self._painted_id = frame.id
            self.painted.emit(frame.id)
        if detection is not None and detection.frame_id != self._painted_detection_id:
            self._painted_detection_id = detection.frame_id
            self.detection_painted.emit(detection.frame_id)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Show where the keys go."""
        self._by_keyboard = event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """They go elsewhere."""
        self._by_keyboard = False
        super().focusOutEvent(event)

    def _retranslate(self) -> None:
        self.setAccessibleName(self.tr("Picture"))
        self.setAccessibleDescription(self.tr("Zoom with plus and minus, move with the arrow keys, 0 shows all"))

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """The demo wall's frames, unscaled."""
        return QSize(960, 720)
