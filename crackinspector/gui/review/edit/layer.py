"""The tools that a finding is corrected with, over the picture."""

from __future__ import annotations

import math
from enum import Enum, auto

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QObject, QPointF, QRect, QRectF, Qt, Signal, Slot
from PySide6.QtGui import (
    QColor,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
)

from crackinspector.gui.look import THEMES, Dressed, current_look
from crackinspector.gui.review.edit.drawing import Drawing, Part
from crackinspector.gui.review.edit.overlay import EDGE, DrawingOverlay
from crackinspector.gui.review.edit.starting import start_drawing
from crackinspector.gui.review.edit.surface import Surface
from crackinspector.gui.review.loaded import Loaded
from crackinspector.gui.review.picture_view import PictureView
from crackinspector.gui.widgets.gestures import TAP_REACH

WIDTHS = (1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64, 96, 128)
"""Of the brush, the eraser and lines, in pixels of the picture."""
_WIDTH_SHARE = 1 / 400
"""Of the picture's longer side, that a brush has at first."""

_BRIGHT = QColor(THEMES["dark"].accent)
"""In every theme: cracks are dark."""


class Tool(Enum):
    """What a finger does."""

    BRUSH = auto()
    ERASER = auto()
    LINE = auto()


class EditLayer(Dressed, Surface):
    """Lies over a `PictureView`, hidden until `begin`. GUI thread only.

    With the line, each tap is a point; a double tap or Enter ends it, Esc takes the last point back.

    Signals:
        changed: strokes, points, tool or width are others.
    """

    changed = Signal()

    def __init__(self, view: PictureView) -> None:
        super().__init__(view)
        self._drawing = Drawing(1, 1)
        self._overlay = DrawingOverlay()
        self._tool, self._width = Tool.BRUSH, 0
        self._points: list[QPointF] = []
        self._at: QPointF | None = None
        self._last_tap: tuple[int, QPointF] | None = None
        view.view_changed.connect(self._redraw)
        self.hide()

    @property
    def tool(self) -> Tool:
        """What a finger does."""
        return self._tool

    @property
    def tip_width(self) -> int:
        """Of strokes, in pixels of the picture."""
        return self._width

    @property
    def points(self) -> int:
        """Of the line that is not ended yet."""
        return len(self._points)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is drawn."""
        return self._drawing.is_empty and not self._points

    @property
    def is_changed(self) -> bool:
        """Whether there is anything that was not there in the beginning, points included."""
        return self._drawing.is_changed or bool(self._points)

    @property
    def can_undo(self) -> bool:
        """Whether there is a point or a stroke to take back."""
        return bool(self._points) or self._drawing.can_undo

    @property
    def can_redo(self) -> bool:
        """Whether there is a stroke that was taken back."""
        return not self._points and self._drawing.can_redo

    def begin(self, loaded: Loaded, key: str | None) -> None:
        """Correct a finding, or with None draw new ones; from what was drawn, else what the model saw, else nothing."""
        self._drop()
        self._drawing = start_drawing(loaded, key)
        if not self._width:
            wanted = max(loaded.row.width, loaded.row.height) * _WIDTH_SHARE
            self._width = min(WIDTHS, key=lambda width: abs(math.log(width / max(1.0, wanted))))
        self._view.set_bare(True)
        self.setGeometry(self._view.rect())
        self.show()
        self.raise_()
        self.setFocus()
        self._retranslate()
        self._redraw()
        self.changed.emit()

    def end(self) -> None:
        """Show the picture alone again; what was drawn is gone."""
        self._drop()
        self._drawing = Drawing(1, 1)
        self._view.set_bare(False)
        self.hide()

    def drawn_mask(self) -> NDArray[np.uint8]:
        """What is drawn, with the line as far as it goes: (h, w) uint8 over the whole picture, 255 is crack."""
        self.end_line()
        return self._drawing.mask.copy()

    def set_tool(self, tool: Tool) -> None:
        """Choose; a line that was not ended is ended."""
        if tool is not self._tool:
            self.end_line()
            self._tool = tool
            self._redraw()
            self.changed.emit()

    def set_width(self, width: int) -> None:
        """Of strokes, in pixels of the picture, >= 1; of the line that is not ended, too."""
        self._width = width
        self._redraw()
        self.changed.emit()

    def step_width(self, steps: int) -> None:
        """Go up in `WIDTHS`, or down."""
        nearest = min(range(len(WIDTHS)), key=lambda index: abs(WIDTHS[index] - self._width))
        self.set_width(WIDTHS[min(len(WIDTHS) - 1, max(0, nearest + steps))])

    def undo(self) -> None:
        """Take the last point or stroke back."""
        if self._points:
            self._points.pop()
            self._redraw()
            self.changed.emit()
        else:
            self._show(self._drawing.undo())

    def redo(self) -> None:
        """Draw again what was taken back last."""
        if not self._points:
            self._show(self._drawing.redo())

    def end_line(self) -> None:
        """Draw the line through its points; without any, nothing happens."""
        points, self._points = self._points, []
        if points:
            self._drawing.begin(False, self._width)
            self._drawing.extend([(point.x(), point.y()) for point in points])
            self._drawing.end()
            self._redraw()
            self.changed.emit()

    def press(self, at: QPointF) -> None:
        """A stroke begins; a point is set when the finger goes up."""
        if self._tool is not Tool.LINE:
            self._drawing.begin(self._tool is Tool.ERASER, self._width)
            self.drag(at)

    def drag(self, at: QPointF) -> None:
        """The stroke goes on."""
        if self._tool is not Tool.LINE:
            point = self._view.to_picture(at)
            self._update_part(self._drawing.extend([(point.x(), point.y())]))

    def release(self, at: QPointF, time: int) -> None:
        """The stroke ends, a point is set, or the line ends."""
        if self._tool is not Tool.LINE:
            self._drawing.end()
        elif self._is_second_tap(at, time):
            self.end_line()
            return
        else:
            self._points.append(self._view.to_picture(at))
            self._redraw()
        self.changed.emit()

    def take_back(self) -> None:
        """The stroke was not meant."""
        self._update_part(self._drawing.cancel())

    def hover(self, at: QPointF | None) -> None:
        """Show where the tip is, and how wide."""
        for place in (self._at, at):
            if place is not None:
                self.update(self._tip_place(place))
        self._at = at

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """What is drawn, within what is to be painted; the line's points; the tip."""
        ratio = self.devicePixelRatioF()
        origin, step = self._view.to_picture(QPointF(0, 0)), self.picture_step()
        with QPainter(self) as painter:
            part = QRectF(event.rect())
            pixels = QRectF(part.topLeft() * ratio, part.size() * ratio).toAlignedRect()
            image = self._overlay.image(self._drawing, origin, (step[0] / ratio, step[1] / ratio), pixels, _BRIGHT)
            if image is not None:
                painter.save()
                painter.scale(1 / ratio, 1 / ratio)
                painter.drawImage(pixels.topLeft(), image)
                painter.restore()
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            if self._points:
                self._paint_line(painter)
            if self._at is not None:
                self._paint_tip(painter)

    def _paint_line(self, painter: QPainter) -> None:
        look = current_look()
        corners = [self._view.to_widget(point) for point in self._points]
        to = [self._at] if self._at is not None else []
        width, line = max(2.0, self._on_screen(self._width)), QPolygonF([*corners, *to])
        colour = QColor(_BRIGHT)
        colour.setAlphaF(0.75)
        for shade, wide in ((QColor(0, 0, 0, 120), width + look.stroke(2)), (colour, width)):
            pen = QPen(shade, wide, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
            painter.setPen(pen)
            painter.drawPolyline(line)
        for index, corner in enumerate(corners):
            last = index == len(corners) - 1
            painter.setPen(QPen(QColor(0, 0, 0, 180), look.stroke(1.5)))
            painter.setBrush(QColor(_BRIGHT if last else "#ffffff"))
            reach = look.metrics.unit * (0.7 if last else 0.5)
            painter.drawEllipse(corner, reach, reach)
        painter.setBrush(Qt.BrushStyle.NoBrush)

    def _paint_tip(self, painter: QPainter) -> None:
        assert self._at is not None
        look, reach = current_look(), max(2.0, self._on_screen(self._width) / 2)
        dashed = Qt.PenStyle.DashLine if self._tool is Tool.ERASER else Qt.PenStyle.SolidLine
        for pen in (QPen(QColor(0, 0, 0, 150), look.stroke(3)), QPen(QColor("#ffffff"), look.stroke(1.3), dashed)):
            painter.setPen(pen)
            painter.drawEllipse(self._at, reach, reach)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Keys that are ours while this is in front."""
        override = watched is self and event.type() == QEvent.Type.ShortcutOverride
        if override and isinstance(event, QKeyEvent) and self._means(event):
            # Not the page's shortcuts.
            event.accept()
            return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Undo and redo, the line's Enter and Esc, B, E and L for tools, brackets for the width."""
        if not self._means(event):
            super().keyPressEvent(event)
            return
        key = event.key()
        tools = {Qt.Key.Key_B: Tool.BRUSH, Qt.Key.Key_E: Tool.ERASER, Qt.Key.Key_L: Tool.LINE}
        if key in tools:
            self.set_tool(tools[Qt.Key(key)])
        elif key in (Qt.Key.Key_BracketLeft, Qt.Key.Key_BracketRight):
            self.step_width(1 if key == Qt.Key.Key_BracketRight else -1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.end_line()
        elif event.matches(QKeySequence.StandardKey.Redo):
            self.redo()
        else:
            self.undo()

    def _means(self, event: QKeyEvent) -> bool:
        """Whether a key does something here."""
        key = event.key()
        if any(event.matches(which) for which in (QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo)):
            return True
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier & ~Qt.KeyboardModifier.ShiftModifier:
            return False
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape):
            return bool(self._points)
        return key in (Qt.Key.Key_B, Qt.Key.Key_E, Qt.Key.Key_L, Qt.Key.Key_BracketLeft, Qt.Key.Key_BracketRight)

    def _is_second_tap(self, at: QPointF, time: int) -> bool:
        last, self._last_tap = self._last_tap, (time, at)
        if last is None or not self._points:
            return False
        way, soon = at - last[1], time - last[0] <= QGuiApplication.styleHints().mouseDoubleClickInterval()
        if soon and math.hypot(way.x(), way.y()) <= TAP_REACH:
            self._last_tap = None
            return True
        return False

    def _drop(self) -> None:
        """Nothing has begun, nothing is held."""
        self.let_go()
        self._points, self._last_tap, self._at = [], None, None

    def _show(self, part: Part | None) -> None:
        if part is not None:
            self._update_part(part)
            self.changed.emit()

    def _update_part(self, part: Part | None) -> None:
        """Have that part of the mask painted, and nothing else."""
        if part is None:
            return
        across, down = self._drawing.scale
        corners = [
            self._view.to_widget(QPointF(x / across, y / down))
            for x, y in ((part.left, part.top), (part.right, part.bottom))
        ]
        # A pixel of a smaller level covers several of the mask.
        room = EDGE + 2 + math.ceil(2 / min(self.picture_step()))
        self.update(QRectF(*corners).toAlignedRect().adjusted(-room, -room, room, room))

    def _tip_place(self, at: QPointF) -> QRect:
        """What is painted otherwise when the tip goes there: the tip, and the line's end that follows it."""
        reach = max(2.0, self._on_screen(self._width) / 2) + 4
        place = QRectF(at, at)
        if self._points:
            last = self._view.to_widget(self._points[-1])
            place = QPolygonF([at, last]).boundingRect()
        return place.adjusted(-reach, -reach, reach, reach).toAlignedRect()

    def _on_screen(self, length: float) -> float:
        return length / self.picture_step()[0]

    @Slot()
    def _redraw(self) -> None:
        if self.isVisible():
            self.update()

    def _retranslate(self) -> None:
        self.setAccessibleName(self.tr("Drawing over the picture"))
