"""Draws a snapshot's cell: thumbnail, what the model says, what a person decided, what it is called.

A cell is drawn once and then copied: forty of them cost a frame two milliseconds. What is new is drawn as long as the
frame has time for it, the rest by the frames after it, so that no flick through a library ever stutters.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QPainter, QPainterPath, QPen, QPixmap
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from crackinspector.core.labels import Label
from crackinspector.gui.gallery.marks import VERDICT_ICONS, label_shade
from crackinspector.gui.gallery.model import ROW
from crackinspector.gui.gallery.thumbnails import Thumbnails, Trouble
from crackinspector.gui.gallery.words import (
    findings_words,
    foot_words,
    found_word,
    snapshot_label,
    verdict_name,
)
from crackinspector.gui.labels import sureness_words
from crackinspector.gui.look import Look, current_look, font, pixmap
from crackinspector.gui.widgets.drawing import draw_label_shape, draw_words, fitted_font
from crackinspector.library.events import Verdict
from crackinspector.library.queries import Row
from crackinspector.library.state import UNREVIEWED

BUDGET_S = 0.004
"""How long a frame draws cells that are not there yet."""
MOST_BYTES = 32_000_000
_SIGN_STROKE = 1.3
_LEFT, _RIGHT = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight


@dataclass(frozen=True, slots=True)
class CellState:
    """How a cell stands in its list.

    Attributes:
        chosen: it is one of the chosen.
        current: the keyboard is at it.
        choosing: all show whether they are chosen.
    """

    chosen: bool = False
    current: bool = False
    choosing: bool = False


class SnapshotDelegate(QStyledItemDelegate):
    """Draws cells for views that call `begin` and `draw`, and for any other view by `paint`. GUI thread only.

    Attributes:
        unfinished: whether the frame had no time for all of its cells.
    """

    def __init__(self, thumbnails: Thumbnails, parent: QWidget, *, brief: bool = False) -> None:
        """`brief`: only thumbnail and shapes."""
        super().__init__(parent)
        self._thumbnails, self._brief, self._widget = thumbnails, brief, parent
        self._drawn: OrderedDict[int, _Drawn] = OrderedDict()
        self._blank: QPixmap | None = None
        self._size = QSize()
        self._bytes = 0
        self._deadline = 0.0
        # The numbers of the frame before, and of this one.
        self._before: set[int] = set()
        self._now: set[int] = set()
        self._is_warm = False
        self.unfinished = False

    def foot(self) -> int:
        """Height of what stands below the picture."""
        metrics = current_look().metrics
        line = round(metrics.small * 1.35)
        return line + metrics.unit if self._brief else round(metrics.normal * 1.35) + line + round(1.5 * metrics.unit)

    def picture_size(self, cell: QSize) -> QSize:
        """Of the place of the thumbnail in a cell."""
        return QSize(cell.width(), max(1, cell.height() - self.foot()))

    def forget(self) -> None:
        """Draw everything anew."""
        self._drawn.clear()
        self._blank = None
        self._bytes = 0
        self._is_warm = False

    def begin(self) -> None:
        """A frame begins."""
        if not self._is_warm:
            self._warm()
        self._before, self._now = self._now, set()
        self._deadline = time.perf_counter() + BUDGET_S
        self.unfinished = False

    def draw(self, painter: QPainter, place: QRect, row: Row | None, state: CellState) -> None:
        """Draw one cell; `row` is None until it has come."""
        if place.size() != self._size:
            self.forget()
            self._size = place.size()
        if row is not None:
            self._now.add(row.number)
        painter.drawPixmap(place.topLeft(), self._blank_cell() if row is None else self._cell(row))
        if state.chosen or state.current:
            self._draw_frame(painter, place, state)
        if state.choosing:
            self._draw_mark(painter, place, state.chosen)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw one cell of a view that knows nothing of frames."""
        flags = QStyle.StateFlag
        chosen, current = (bool(option.state & flag) for flag in (flags.State_Selected, flags.State_HasFocus))
        self.begin()
        self.draw(painter, option.rect, index.data(ROW), CellState(chosen, current))

    def sizeHint(  # noqa: N802 - Qt's name
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """As large as the cells were last; a view of its own decides that."""
        return self._size

    def _warm(self) -> None:
        """Read the drawings of verdicts now: in the middle of a flick, a file would be a stutter."""
        self._is_warm = True
        look, ratio = current_look(), self._widget.devicePixelRatioF()
        side = _sign_side(look)
        for drawing in VERDICT_ICONS.values():
            for shade in (look.colours.plate, look.colours.on_plate):
                pixmap(drawing, side, shade, _SIGN_STROKE, ratio)

    def _cell(self, row: Row) -> QPixmap:
        thumbnail = self._thumbnails.get(row)
        drawn = self._drawn.get(row.number)
        if drawn is not None and drawn.row is row and drawn.thumbnail is thumbnail:
            self._drawn.move_to_end(row.number)
            return drawn.pixmap
        if time.perf_counter() > self._deadline:
            # The one that is out of date is better than none.
            self.unfinished = True
            return self._blank_cell() if drawn is None else drawn.pixmap
        if drawn is not None and thumbnail is None and drawn.thumbnail is not None:
            # Its picture was let go; it was there, and will be again.
            thumbnail = drawn.thumbnail
            if drawn.row is row:
                return drawn.pixmap
        picture = self._new_pixmap()
        with QPainter(picture) as painter:
            self._draw_cell(painter, row, thumbnail)
        self._keep(row.number, _Drawn(picture, row, thumbnail))
        return picture

    def _keep(self, number: int, drawn: _Drawn) -> None:
        size = 4 * drawn.pixmap.width() * drawn.pixmap.height()
        if self._drawn.pop(number, None) is None:
            self._bytes += size
        self._drawn[number] = drawn
        while self._bytes > MOST_BYTES:
            oldest = next(iter(self._drawn))
            # What is on screen stays, however much it is: else every frame would draw all of it anew.
            if oldest in self._now or oldest in self._before:
                break
            del self._drawn[oldest]
            self._bytes -= size

    def _new_pixmap(self) -> QPixmap:
        ratio = self._widget.devicePixelRatioF()
        picture = QPixmap((self._size.toSizeF() * ratio).toSize())
        picture.setDevicePixelRatio(ratio)
        picture.fill(QColor(current_look().colours.ground))
        return picture

    def _blank_cell(self) -> QPixmap:
        if self._blank is None:
            self._blank = self._new_pixmap()
            with QPainter(self._blank) as painter:
                self._draw_ground(painter, current_look())
        return self._blank

    def _draw_ground(self, painter: QPainter, look: Look) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(look.colours.panel))
        painter.drawRoundedRect(QRectF(QPoint(0, 0), self._size), look.metrics.unit, look.metrics.unit)

    def _draw_cell(self, painter: QPainter, row: Row, thumbnail: QImage | Trouble | None) -> None:
        look = current_look()
        self._draw_ground(painter, look)
        room = QRectF(QPoint(0, 0), self.picture_size(self._size))
        radius = float(look.metrics.unit)
        clip = QPainterPath()
        clip.addRoundedRect(room.adjusted(0, 0, 0, radius), radius, radius)
        painter.setClipPath(clip)
        painter.setClipRect(room, Qt.ClipOperation.IntersectClip)
        painter.fillRect(room, QColor(look.colours.raised))
        if isinstance(thumbnail, QImage):
            self._draw_image(painter, room, thumbnail)
        elif thumbnail is not None:
            self._draw_trouble(painter, room, thumbnail, look)
        painter.setClipping(False)
        self._draw_verdict(painter, room, row.verdict, look)
        words = QRectF(0, room.bottom(), self._size.width(), self._size.height() - room.height())
        self._draw_words(painter, words.adjusted(1.5 * radius, 0.5 * radius, -1.5 * radius, -0.5 * radius), row, look)

    def _draw_image(self, painter: QPainter, room: QRectF, image: QImage) -> None:
        ratio = self._widget.devicePixelRatioF()
        size = image.size().toSizeF() / ratio
        # One made for another size is stretched until its better comes.
        if (
            size.width() > room.width() + 1
            or size.height() > room.height() + 1
            or (size.width() < room.width() - 1 and size.height() < room.height() - 1)
        ):
            size.scale(room.size(), Qt.AspectRatioMode.KeepAspectRatio)
        at = QRectF(room.topLeft(), size)
        at.moveCenter(room.center())
        painter.drawImage(QRect(at.topLeft().toPoint(), at.size().toSize()), image)

    def _draw_trouble(self, painter: QPainter, room: QRectF, trouble: Trouble, look: Look) -> None:
        words = self.tr("Picture is missing") if trouble is Trouble.MISSING else self.tr("Picture is damaged")
        colours, metrics = look.colours, look.metrics
        side = metrics.icon
        made = fitted_font(words, metrics.small, room.width() - 2 * metrics.unit, round(metrics.small * 0.7))
        top = room.center().y() - (side + metrics.small * 1.5) / 2
        drawing = "no-picture" if trouble is Trouble.MISSING else "warning"
        shown = pixmap(drawing, side, colours.quiet, colours.stroke, self._widget.devicePixelRatioF())
        painter.drawPixmap(round(room.center().x() - side / 2), round(top), shown)
        line = QRectF(room.left(), top + side + metrics.small * 0.2, room.width(), metrics.small * 1.3)
        draw_words(painter, line, words, made, colours.quiet, Qt.AlignmentFlag.AlignHCenter)

    def _draw_verdict(self, painter: QPainter, room: QRectF, verdict: str, look: Look) -> None:
        """A plate in the corner; who has not decided yet leaves none."""
        if verdict == UNREVIEWED or verdict not in VERDICT_ICONS:
            return
        metrics, colours = look.metrics, look.colours
        side = _sign_side(look)
        word = "" if self._brief else verdict_name(verdict)
        made = font(round(metrics.small * 0.92), strong=True)
        width = side + 1.2 * metrics.unit
        if word:
            width += QFontMetricsF(made).horizontalAdvance(word) + 0.8 * metrics.unit
        plate = QRectF(0, 0, min(width, room.width() - metrics.unit), side + 0.8 * metrics.unit)
        plate.moveBottomLeft(room.bottomLeft() + QPoint(metrics.unit, -metrics.unit).toPointF() / 2)
        confirmed = verdict == Verdict.CONFIRMED
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.on_plate) if confirmed else look.plate())
        painter.drawRoundedRect(plate, plate.height() / 2, plate.height() / 2)
        shade = colours.plate if confirmed else colours.on_plate
        drawn = pixmap(VERDICT_ICONS[verdict], side, shade, _SIGN_STROKE, self._widget.devicePixelRatioF())
        at = QPoint(round(plate.left() + 0.6 * metrics.unit), round(plate.center().y() - side / 2))
        painter.drawPixmap(at, drawn)
        if word:
            plate.setLeft(at.x() + side + 0.4 * metrics.unit)
            draw_words(painter, plate, word, made, shade, _LEFT)

    def _draw_words(self, painter: QPainter, room: QRectF, row: Row, look: Look) -> None:
        """What the model says, how sure it is; below it the name and how many cracks there are."""
        colours, metrics = look.colours, look.metrics
        label = snapshot_label(row)
        height = metrics.small if self._brief else metrics.normal
        first = QRectF(room.left(), room.top(), room.width(), height * 1.35)
        if sure := sureness_words(row.label, row.score):
            made = font(height, strong=True)
            used = draw_words(painter, first, sure, made, colours.text, _RIGHT)
            first.setRight(first.right() - used - metrics.unit)
        side = height * 0.82
        shape = QRectF(first.left(), first.center().y() - side / 2, side, side)
        draw_label_shape(painter, label, shape, label_shade(label, look), look.stroke(1.5))
        first.setLeft(shape.right() + 0.8 * metrics.unit)
        if self._brief:
            return
        word = found_word(row.label)
        strong = label is Label.POSITIVE
        made = fitted_font(word, metrics.normal, first.width(), round(metrics.small * 0.8), strong=strong)
        draw_words(painter, first, word, made, colours.text if label else colours.quiet, _LEFT)
        second = QRectF(room.left(), room.bottom() - metrics.small * 1.35, room.width(), metrics.small * 1.35)
        small = font(round(metrics.small * 0.95))
        if row.findings:
            count = findings_words(row.findings)
            if QFontMetricsF(small).horizontalAdvance(count) < 0.5 * second.width():
                second.setRight(second.right() - draw_words(painter, second, count, small, colours.quiet, _RIGHT))
                second.setRight(second.right() - metrics.unit)
        words, elide = foot_words(row)
        told = QFontMetricsF(small).elidedText(words, elide, second.width())
        draw_words(painter, second, told, small, colours.quiet, _LEFT)

    def _draw_frame(self, painter: QPainter, place: QRect, state: CellState) -> None:
        look = current_look()
        colour, width = (look.colours.accent, 3.0) if state.chosen else (look.colours.text, 1.5)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(colour), look.stroke(width)))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        inset = width / 2
        painter.drawRoundedRect(
            QRectF(place).adjusted(inset, inset, -inset, -inset), look.metrics.unit, look.metrics.unit
        )

    def _draw_mark(self, painter: QPainter, place: QRect, chosen: bool) -> None:
        look = current_look()
        colours, side = look.colours, look.metrics.icon
        room = QRectF(0, 0, side, side)
        room.moveTopRight(QRectF(place).topRight() + QPoint(-look.metrics.unit, look.metrics.unit).toPointF())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(colours.on_plate), look.stroke(2)))
        painter.setBrush(QColor(colours.accent) if chosen else look.plate())
        painter.drawEllipse(room)
        if chosen:
            inner = round(side * 0.7)
            drawn = pixmap("check", inner, colours.on_accent, 1.4, self._widget.devicePixelRatioF())
            painter.drawPixmap(
                QPoint(round(room.center().x() - inner / 2), round(room.center().y() - inner / 2)), drawn
            )


def _sign_side(look: Look) -> int:
    return round(look.metrics.small * 1.15)


@dataclass(frozen=True, slots=True)
class _Drawn:
    pixmap: QPixmap
    row: Row
    thumbnail: QImage | Trouble | None
