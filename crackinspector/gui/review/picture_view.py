"""A snapshot's picture, from the whole of it down to its pixels, with everything that was found in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from crackinspector.core.detection import Detection
from crackinspector.core.frame import WHOLE, View
from crackinspector.core.settings import ViewSettings
from crackinspector.gui.look import Dressed, current_look, font
from crackinspector.gui.review.finding_marks import Mark, draw_marks, mark_at, marks_of, marks_of_detection
from crackinspector.gui.review.loaded import Loaded
from crackinspector.gui.review.outline_layer import OutlineLayer
from crackinspector.gui.review.picture_part import PicturePart
from crackinspector.gui.review.swipe_handle import SwipeHandle
from crackinspector.gui.widgets.map_layer import MapLayer
from crackinspector.gui.widgets.view_arithmetic import Box, frame_point, placed, view_around
from crackinspector.gui.widgets.zoomable_view import CROP_ZOOM, ZoomableView

MOST_SCREEN_PIXELS = 8.0
"""Of the screen for one of the picture, at most."""
_FINDING_SHARE = 0.45
"""Of the screen that a finding takes up when it is zoomed to."""
_FINDING_PIXELS = 2.0
"""Screen pixels for one of the picture up to which a finding is zoomed to."""
_NO_MASKS: Mapping[str, NDArray[np.uint8]] = {}


class PictureView(Dressed, ZoomableView):
    """Shows a `Loaded`. GUI thread only.

    A zoomed picture fills the widget, whatever its aspect: the view, which has the picture's aspect, is what lies in
    the letterbox, and what the picture has beside it is shown there too.

    Signals:
        painted: number of a snapshot, after its picture was painted for the first time.
        finding_tapped: key of the finding whose box was tapped.
        swipe_changed: where a person put the line between before and after, 0..1 of the width.
    """

    painted = Signal(int)
    finding_tapped = Signal(str)
    swipe_changed = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._loaded: Loaded | None = None
        self._detection: Detection | None = None
        self._marks: Sequence[Mark] = ()
        self._settings = ViewSettings()
        self._threshold: float | None = None
        self._swipe: float | None = None
        self._chosen: str | None = None
        self._bare = False
        self._message = ""
        self._part, self._heat, self._outlines = PicturePart(), MapLayer(), OutlineLayer()
        self._handle = SwipeHandle(self)
        self._handle.moved.connect(self._swiped)
        self._painted: Loaded | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(160, 120)
        self._retranslate()

    @property
    def loaded(self) -> Loaded | None:
        """The snapshot that is shown."""
        return self._loaded

    @property
    def swiping(self) -> bool:
        """Whether there is a line between before and after."""
        return self._swipe is not None

    def show_picture(self, loaded: Loaded | None) -> None:
        """Show a snapshot whole; the same one with another state stays zoomed as it is. None shows the message."""
        same = loaded is not None and self._loaded is not None and loaded.row.id == self._loaded.row.id
        self._loaded = loaded
        self._detection = None if loaded is None else loaded.detection
        self._marks = [] if loaded is None else marks_of(loaded.state, loaded.row.width, loaded.row.height)
        if self._chosen is not None and self._chosen not in {mark.key for mark in self._marks}:
            self._chosen = None
        if not same:
            self._chosen = None
            self.reset_view()
        self.update()

    def set_detection(self, detection: Detection | None) -> None:
        """Show what another detection found instead; None: the newest again."""
        loaded = self._loaded
        if loaded is None:
            return
        width, height = loaded.row.width, loaded.row.height
        newest = detection is None or detection is loaded.detection
        self._detection = loaded.detection if detection is None else detection
        self._marks = (
            marks_of(loaded.state, width, height)
            if newest or detection is None
            else marks_of_detection(detection, width, height)
        )
        self.update()

    def set_view_settings(self, settings: ViewSettings) -> None:
        """What is laid over the picture: map, opacity, colours, findings."""
        self._settings = settings
        self.update()

    def set_threshold(self, threshold: float | None) -> None:
        """Outline the map where it reaches this, 0..1; None: no outline."""
        self._threshold = threshold
        self.update()

    def set_swipe(self, share: float | None) -> None:
        """Left of this share, 0..1, of the width nothing lies over the picture; None: there is no such line."""
        self._swipe = None if share is None else min(1.0, max(0.0, share))
        self._handle.setVisible(self._swipe is not None and not self._bare)
        if self._swipe is not None:
            self._handle.put(self._swipe)
        self.update()

    def set_bare(self, on: bool) -> None:
        """Show the picture alone, whatever else is set: somebody draws on it."""
        self._bare = on
        self._handle.setVisible(self._swipe is not None and not on)
        self.update()

    def highlight(self, key: str | None) -> None:
        """Draw this finding so that it is seen before the others; None: none."""
        self._chosen = key
        self.update()

    def zoom_to(self, key: str) -> None:
        """Show a finding large, in the middle, with some of the wall around it."""
        size = self.frame_size()
        mark = next((mark for mark in self._marks if mark.key == key), None)
        if mark is None or size is None:
            return
        part, box = mark.part, self._box()
        most = max(1.0, _FINDING_PIXELS * size[0] / box.w)
        zoom = min(most, _FINDING_SHARE / max(part.w, part.h, 1e-6))
        self.set_view(view_around(part.x + part.w / 2, part.y + part.h / 2, zoom, self.most_zoom()))

    def set_message(self, text: str) -> None:
        """The sentence that stands where no picture is."""
        self._message = text
        self.update()

    def to_picture(self, at: QPointF) -> QPointF:
        """The point of the picture in its pixels, which may lie beside it, that is shown at a point of the widget."""
        width, height = self.frame_size() or (1, 1)
        ratio = self.devicePixelRatioF()
        x, y = frame_point(at.x() * ratio, at.y() * ratio, self._view, self._box())
        return QPointF(x * width, y * height)

    def to_widget(self, at: QPointF) -> QPointF:
        """Where in the widget a point of the picture, in its pixels, is shown."""
        width, height = self.frame_size() or (1, 1)
        ratio = self.devicePixelRatioF()
        place = placed(View(at.x() / width, at.y() / height, 0, 0), self._view, self._box())
        return QPointF(place.x / ratio, place.y / ratio)

    def frame_size(self) -> tuple[int, int] | None:
        """Of the picture, even where it is shown from fewer pixels."""
        return None if self._loaded is None else (self._loaded.row.width, self._loaded.row.height)

    def most_zoom(self) -> float:
        """Until a pixel of the picture covers eight of the screen."""
        size = self.frame_size()
        return 1.0 if size is None else max(1.0, MOST_SCREEN_PIXELS * size[0] / self._box().w)

    def toggle_crop(self) -> None:
        """From the whole picture to its own pixels, and back."""
        self._double_tap(QPointF(self.rect().center()))

    def _double_tap(self, at: QPointF) -> None:
        """To the picture's own pixels, at least twice as large, or back to the whole."""
        size = self.frame_size()
        if size is None or self._view != WHOLE:
            self.reset_view()
        else:
            self._zoom_by(max(CROP_ZOOM, size[0] / self._box().w), at)

    def _tap(self, at: QPointF) -> None:
        size = self.frame_size()
        if size is None or not self._settings.regions:
            return
        point = self.to_picture(at)
        hit = mark_at(self._marks, point.x() / size[0], point.y() / size[1])
        if hit is not None and hit.key:
            self.finding_tapped.emit(hit.key)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """The visible part of the picture, and right of the line everything that lies over it."""
        loaded, ratio, look = self._loaded, self.devicePixelRatioF(), current_look()
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), QColor(look.colours.ground))
            if loaded is None:
                self._paint_message(painter)
                return
            painter.scale(1 / ratio, 1 / ratio)
            view, box = self._seen()
            place = QRect(int(box.x), int(box.y), int(box.w), int(box.h))
            painter.setClipRect(place)
            painter.drawImage(*self._part.image(loaded.levels, view, box))
            if self._swipe is not None:
                before = round(self._swipe * self.width() * ratio)
                painter.setClipRect(place.intersected(QRect(before, 0, place.right() + 1, place.bottom() + 1)))
            if not self._bare:
                self._paint_found(painter, loaded, view, box, ratio)
        if loaded is not self._painted:
            self._painted = loaded
            self.painted.emit(loaded.row.number)

    def _paint_found(self, painter: QPainter, loaded: Loaded, view: View, box: Box, ratio: float) -> None:
        look, detection = current_look(), self._detection
        line = max(1.0, look.stroke(1.5) * ratio)
        size = loaded.row.width, loaded.row.height
        if detection is not None and self._settings.heat_map:
            heat = ViewSettings(True, self._settings.opacity, self._settings.colour_map, regions=False)
            if (drawn := self._heat.picture(detection, size, view, box, heat, line)) is not None:
                painter.drawImage(*drawn)
        masks = loaded.masks if self._settings.regions else _NO_MASKS
        accent = QColor(look.colours.accent)
        outlined = self._outlines.picture(detection, self._threshold, masks, view, box, line, accent)
        if outlined is not None:
            painter.drawImage(*outlined)
        if self._settings.regions:
            draw_marks(painter, self._marks, self._chosen, view, box, look, ratio)

    def _seen(self) -> tuple[View, Box]:
        """The part of the picture in the widget, and its place there in whole device pixels."""
        ratio, letterbox = self.devicePixelRatioF(), self._box()
        whole = placed(WHOLE, self._view, letterbox)
        room = QRectF(0, 0, round(self.width() * ratio), round(self.height() * ratio))
        place = QRectF(whole.x, whole.y, whole.w, whole.h).intersected(room).toAlignedRect()
        box = Box(place.x(), place.y(), max(1, place.width()), max(1, place.height()))
        x, y = frame_point(box.x, box.y, self._view, letterbox)
        right, bottom = frame_point(box.x + box.w, box.y + box.h, self._view, letterbox)
        return View(x, y, right - x, bottom - y), box

    def _paint_message(self, painter: QPainter) -> None:
        look = current_look()
        painter.setFont(font(look.metrics.normal))
        painter.setPen(QColor(look.colours.quiet))
        unit = 4 * look.metrics.unit
        room = self.rect().adjusted(unit, unit, -unit, -unit)
        painter.drawText(room, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, self._message)

    @Slot(float)
    def _swiped(self, share: float) -> None:
        self.set_swipe(share)
        self.swipe_changed.emit(share)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """The line stays at its share."""
        super().resizeEvent(event)
        if self._swipe is not None:
            self._handle.put(self._swipe)

    def _retranslate(self) -> None:
        self.setAccessibleName(self.tr("Picture"))
        self.setAccessibleDescription(self.tr("Zoom with plus and minus, 0 shows all"))

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Large."""
        return QSize(960, 720)
