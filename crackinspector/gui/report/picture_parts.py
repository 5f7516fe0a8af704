"""Parts with pictures: one beside its crack map, and rows of small ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QLinearGradient, QPainter, QPen

from crackinspector.core.colours import map_colours, map_opacity
from crackinspector.gui.report import setting
from crackinspector.gui.report.marks import MARK, MARKED, draw_mark
from crackinspector.gui.report.parts import Part, Press, pair
from crackinspector.gui.report.pictures import MAP_COLOURS, MAP_OPACITY, Shown
from crackinspector.gui.report.sheet import CAPTION, CELL, HEAD, INK, LINE, MM, PAPER, PT, QUIET, TINT, Style
from crackinspector.library.report_facts import Seen, Sized

_GAP = 4 * MM
_HIGHEST = 0.3665
"""Of a picture, as a share of the width: as high as two of 4:3 beside each other."""
_LEAST_BESIDE, _LEAST_CAPTION = 34 * MM, 12 * MM
_PANORAMA = 2.1
_NUMBER = Style(6.6, strong=True)
_SCALE, _SCALE_SHARE = 26 * MM, 0.48


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that is known of a snapshot; `mark` is a verdict whose shape is drawn before it, or empty."""

    name: str
    value: str
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Captions:
    """What stands below a picture, and below it with its map; and what stands in the place of one that is missing."""

    plain: str
    mapped: str
    missing: str


def twin(
    seen: Seen, drawn: Sequence[Sized], names: Sequence[str], captions: Captions, rows: Sequence[Fact], width: float
) -> list[Part]:
    """A picture, and beside it the same with its crack map and findings; what is known of it beside or below.

    Args:
        seen: the snapshot.
        drawn, names: findings, and what they are called.
        captions: below the pictures.
        rows: what is known of it.
        width: of all of it.
    """
    ratio = seen.row.width / seen.row.height
    stacked = ratio > _PANORAMA
    # What is portrait is not much higher than a landscape one.
    shown = min(width if stacked else (width - _GAP) / 2, _HIGHEST * width * ratio)
    height = shown / ratio
    scale = min(_SCALE, _SCALE_SHARE * shown)
    caption = max(
        setting.height_of(captions.plain, CAPTION, shown),
        setting.height_of(captions.mapped, CAPTION, max(shown - scale - 2 * MM, _LEAST_CAPTION)),
    )
    each = height + 1.2 * MM + caption
    room = width - 2 * (shown + _GAP)
    beside = not stacked and room >= _LEAST_BESIDE and _height_beside(rows, room) <= each

    def paint(press: Press, at: QRectF) -> None:
        picture = press.pictures.of(seen, shown)
        step = QPointF(0, each + 2.5 * MM) if stacked else QPointF(shown + _GAP, 0)
        for corner, words, mapped in (
            (at.topLeft(), captions.plain, False),
            (at.topLeft() + step, captions.mapped, True),
        ):
            box = QRectF(corner.x(), corner.y(), shown, height)
            paint_picture(press.painter, box, picture, captions.missing, mapped=mapped)
            below = QPointF(corner.x(), box.bottom() + 1.2 * MM)
            if mapped and picture.image is not None:
                paint_findings(press.painter, box, seen, drawn, names)
                paint_scale(press.painter, QPointF(box.right() - scale, below.y()), scale, threshold_of(seen))
            setting.draw(
                press.painter, words, CAPTION, below, max(shown - scale - 2 * MM, _LEAST_CAPTION) if mapped else shown
            )
        if beside:
            _paint_beside(press, at.topLeft() + QPointF(2 * (shown + _GAP), 0), rows, room)

    parts = [Part(2 * each + 2.5 * MM if stacked else each, paint, 2 * MM, keep=True)]
    if not beside:
        parts += [
            pair(row.name, row.value, width, 0.12, CELL, gap=0.6 * MM if number else 2 * MM, mark=row.mark)
            for number, row in enumerate(rows)
        ]
    return parts


def _height_beside(rows: Sequence[Fact], width: float) -> float:
    room = width - MARKED
    return sum(
        setting.height_of(row.name, HEAD, width) + setting.height_of(row.value, CELL, room) + 2 * MM for row in rows
    )


def _paint_beside(press: Press, at: QPointF, rows: Sequence[Fact], width: float) -> None:
    """Names above their values."""
    top = at.y()
    for row in rows:
        shape = MARKED if row.mark else 0.0
        top += setting.draw(press.painter, row.name, HEAD, QPointF(at.x(), top), width)
        if row.mark:
            middle = top + CELL.points * PT * CELL.leading / 2
            draw_mark(press.painter, row.mark, QPointF(at.x() + MARK / 2, middle), MARK)
        top += setting.draw(press.painter, row.value, CELL, QPointF(at.x() + shape, top), width - shape) + 2 * MM


def small(row: Sequence[tuple[Seen, str, str]], columns: int, width: float, missing: str) -> Part:
    """Small pictures beside each other, each with a caption of its name and of what is known of it."""
    frame = (width - _GAP * (columns - 1)) / columns
    height = frame * 0.75
    line = _NUMBER.points * PT * _NUMBER.leading
    captions = [line + setting.height_of(words, CAPTION, frame) for _, _, words in row]

    def paint(press: Press, at: QRectF) -> None:
        for number, (seen, name, words) in enumerate(row):
            ratio = seen.row.width / seen.row.height
            shown_width = min(frame, height * ratio)
            left = at.left() + number * (frame + _GAP)
            press.painter.fillRect(QRectF(left, at.top(), frame, height), TINT)
            box = QRectF(
                left + (frame - shown_width) / 2,
                at.top() + (height - shown_width / ratio) / 2,
                shown_width,
                shown_width / ratio,
            )
            paint_picture(press.painter, box, press.pictures.of(seen, shown_width), missing, mapped=True)
            below = QPointF(left, at.top() + height + 1 * MM)
            setting.draw(press.painter, setting.fitted(name, _NUMBER, frame), _NUMBER, below, frame)
            setting.draw(press.painter, words, CAPTION, below + QPointF(0, line), frame)

    return Part(height + 1 * MM + max(captions), paint, 3 * MM)


def paint_picture(painter: QPainter, box: QRectF, shown: Shown, missing: str, *, mapped: bool) -> None:
    """A picture that fills the box; where it cannot be read, an empty frame that says so."""
    if shown.image is None:
        painter.fillRect(box, QColor(TINT))
        painter.setPen(QPen(QColor(LINE), 0.75 * PT, Qt.PenStyle.DashLine))
        painter.drawRect(box)
        room = box.adjusted(3 * MM, 3 * MM, -3 * MM, -3 * MM)
        setting.draw(painter, missing, CAPTION, room.topLeft(), room.width())
        return
    draw_image(painter, box, shown.image)
    if mapped and shown.overlay is not None:
        draw_image(painter, box, shown.overlay)


def paint_filling(painter: QPainter, box: QRectF, image: QImage) -> None:
    """The middle of an image, so much of it that the box is filled."""
    ratio = min(image.width() / box.width(), image.height() / box.height())
    width, height = box.width() * ratio, box.height() * ratio
    middle = QRectF((image.width() - width) / 2, (image.height() - height) / 2, width, height).toRect()
    draw_image(painter, box, image.copy(middle))


def draw_image(painter: QPainter, box: QRectF, image: QImage) -> None:
    """An image that fills the box."""
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.drawImage(box, image, QRectF(image.rect()))


def paint_findings(painter: QPainter, box: QRectF, seen: Seen, drawn: Sequence[Sized], names: Sequence[str]) -> None:
    """Outlines of findings with their names."""
    scale = box.width() / seen.row.width
    margin, plate = 0.6 * MM, _NUMBER.points * PT * 1.3
    taken: list[QRectF] = []
    painter.save()
    painter.setClipRect(box)
    for sized, name in sorted(zip(drawn, names, strict=True), key=lambda each: -each[0].extent):
        found = sized.finding
        outline = QRectF(box.left() + found.x * scale, box.top() + found.y * scale, found.w * scale, found.h * scale)
        outline = outline.adjusted(-margin, -margin, margin, margin) & box.adjusted(margin, margin, -margin, -margin)
        for colour, points in ((INK, 1.6), (PAPER, 0.7)):
            painter.setPen(
                QPen(
                    QColor(colour),
                    points * PT,
                    Qt.PenStyle.SolidLine,
                    Qt.PenCapStyle.SquareCap,
                    Qt.PenJoinStyle.MiterJoin,
                )
            )
            painter.drawRect(outline)
        tag = _free(
            QRectF(outline.left(), outline.top() - plate, setting.width_of(name, _NUMBER) + 1.4 * MM, plate),
            outline,
            box,
            taken,
        )
        taken.append(tag)
        painter.fillRect(tag, QColor(PAPER))
        painter.setPen(QPen(QColor(INK), 0.45 * PT))
        painter.drawRect(tag)
        setting.draw(painter, name, _NUMBER, tag.topLeft() + QPointF(0.7 * MM, 0), tag.width())
    painter.restore()


def _free(tag: QRectF, outline: QRectF, box: QRectF, taken: Sequence[QRectF]) -> QRectF:
    """Where a plate of that size covers no other one: at a corner of its outline, if there is such a place."""
    corners = [
        (outline.left(), outline.top() - tag.height()),
        (outline.left(), outline.bottom()),
        (outline.right() - tag.width(), outline.top() - tag.height()),
        (outline.right() - tag.width(), outline.bottom()),
        (outline.left(), outline.top()),
        (outline.right() - tag.width(), outline.bottom() - tag.height()),
    ]
    places = []
    for left, top in corners:
        left = min(max(left, box.left()), box.right() - tag.width())
        top = min(max(top, box.top()), box.bottom() - tag.height())
        places.append(QRectF(left, top, tag.width(), tag.height()))
    return next((place for place in places if not any(place.intersects(other) for other in taken)), places[0])


def threshold_of(seen: Seen) -> float:
    """The value of the crack map from which on it is a crack."""
    return 0.5 if seen.state.detection is None else float(seen.state.detection.body["threshold"])


def paint_scale(painter: QPainter, at: QPointF, width: float, threshold: float = 0.5) -> None:
    """The colours of the crack map from 0 to 1 as they look over grey, with a tick where the mask begins."""
    letters = Style(6.6, colour=QUIET)
    digit = setting.width_of("0", letters)
    bar = QRectF(at.x() + digit + 0.8 * MM, at.y() + 0.7 * MM, width - 2 * digit - 1.6 * MM, 1.9 * MM)
    shades = QLinearGradient(bar.topLeft(), bar.topRight())
    colours, opacity = map_colours(MAP_COLOURS), map_opacity()
    for level in range(0, 256, 15):
        blue, green, red = (
            round(150 + MAP_OPACITY * float(opacity[level]) * (float(value) - 150)) for value in colours[level]
        )
        shades.setColorAt(level / 255, QColor(red, green, blue))
    painter.fillRect(bar, shades)
    painter.setPen(QPen(QColor(INK), 0.6 * PT))
    tick = bar.left() + threshold * bar.width()
    painter.drawLine(QPointF(tick, bar.top() - 0.4 * MM), QPointF(tick, bar.bottom() + 0.4 * MM))
    setting.draw(painter, "0", letters, QPointF(at.x(), at.y() + 0.1 * MM), 2 * digit)
    setting.draw(painter, "1", letters, QPointF(bar.right() + 0.8 * MM, at.y() + 0.1 * MM), 2 * digit)
