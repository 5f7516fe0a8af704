"""Boxes with numbers around findings: what the list beside the picture speaks of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from crackinspector.core.detection import Detection
from crackinspector.core.frame import View
from crackinspector.gui.look import Look, font
from crackinspector.gui.widgets.view_arithmetic import Box, placed
from crackinspector.library.events import Verdict
from crackinspector.library.state import UNREVIEWED, State

MOST_DRAWN = 400
"""Beyond this many boxes nobody sees a wall any more; the chosen one is drawn all the same."""
_HALO = QColor(0, 0, 0, 150)
_LINE = QColor(255, 255, 255)


@dataclass(frozen=True, slots=True)
class Mark:
    """A finding on the picture.

    Attributes:
        key: the finding's.
        number: what it is called, from 1.
        part: its box in shares of the picture.
        verdict: one of `Verdict`, or `UNREVIEWED`.
    """

    key: str
    number: int
    part: View
    verdict: str


def marks_of(state: State, width: int, height: int) -> list[Mark]:
    """The marks of a snapshot's findings, in their order; of a picture of that size in pixels."""
    return [
        Mark(each.key, number, _part(each.box, width, height), each.judged.verdict)
        for number, each in enumerate(state.findings, 1)
    ]


def marks_of_detection(detection: Detection, width: int, height: int) -> list[Mark]:
    """The marks of a detection that is not the newest: nobody has decided on its regions here."""
    return [
        Mark("", number, _part((each.x, each.y, each.w, each.h), width, height), UNREVIEWED)
        for number, each in enumerate(detection.regions, 1)
    ]


def mark_at(marks: Sequence[Mark], x: float, y: float) -> Mark | None:
    """The smallest mark around a point in shares of the picture."""
    hit = [
        mark
        for mark in marks
        if mark.part.x <= x <= mark.part.x + mark.part.w and mark.part.y <= y <= mark.part.y + mark.part.h
    ]
    return min(hit, key=lambda mark: mark.part.w * mark.part.h, default=None)


def draw_marks(
    painter: QPainter, marks: Sequence[Mark], chosen: str | None, view: View, box: Box, look: Look, ratio: float
) -> None:
    """Draw marks in device pixels: the chosen one in the accent, rejected ones dashed, each with its number.

    Args:
        painter: at one unit a device pixel.
        marks: which.
        chosen: the key of the highlighted one.
        view, box: the part of the picture on screen and its place.
        look: colours and sizes.
        ratio: device pixels in a device-independent one.
    """
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    line = max(1.0, look.stroke(1.5) * ratio)
    seen = QRectF(box.x, box.y, box.w, box.h)
    shown = [mark for mark in marks[:MOST_DRAWN] if mark.key != chosen or not chosen]
    # Last, so that it lies over the others.
    shown += [mark for mark in marks if chosen and mark.key == chosen]
    for mark in shown:
        at = placed(mark.part, view, box)
        outline = QRectF(at.x, at.y, at.w, at.h).adjusted(*(2.5 * line * sign for sign in (-1, -1, 1, 1)))
        if outline.intersects(seen):
            _draw(painter, mark, outline, seen, chosen == mark.key != "", look, line, ratio)


def _draw(
    painter: QPainter, mark: Mark, outline: QRectF, seen: QRectF, chosen: bool, look: Look, line: float, ratio: float
) -> None:
    shade = QColor(look.colours.accent) if chosen and look.dark else _LINE
    width = 2 * line if chosen else line
    painter.setBrush(Qt.BrushStyle.NoBrush)
    style = Qt.PenStyle.DashLine if mark.verdict == Verdict.REJECTED else Qt.PenStyle.SolidLine
    for pen in (QPen(_HALO, width + 1.4 * line), QPen(shade, width, style)):
        painter.setPen(pen)
        painter.drawRoundedRect(outline, 4 * line, 4 * line)
    made = font(round(look.metrics.small * ratio * (0.95 if chosen else 0.82)), strong=True)
    text = f"{mark.number}{sign(mark.verdict)}"
    size = QFontMetricsF(made)
    pad = 0.35 * size.height()
    plate = QRectF(0, 0, max(size.height(), size.horizontalAdvance(text) + 2 * pad), size.height())
    # On the upper left corner; inside the screen even where the corner is not.
    plate.moveBottomLeft(QPointF(outline.left(), outline.top() + line))
    plate.moveLeft(min(max(plate.left(), seen.left()), seen.right() - plate.width()))
    plate.moveTop(min(max(plate.top(), seen.top()), seen.bottom() - plate.height()))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(look.colours.accent) if chosen else QColor(0, 0, 0, 190))
    painter.drawRoundedRect(plate, 3 * line, 3 * line)
    painter.setFont(made)
    painter.setPen(QColor(look.colours.on_accent) if chosen else _LINE)
    painter.drawText(plate, Qt.AlignmentFlag.AlignCenter, text)


def sign(verdict: str) -> str:
    """A verdict beside a number: a tick, a cross, a question mark, or nothing."""
    signs = {Verdict.CONFIRMED: " \N{CHECK MARK}", Verdict.REJECTED: " \N{MULTIPLICATION X}", Verdict.UNSURE: " ?"}
    return signs.get(Verdict(verdict), "") if verdict != UNREVIEWED else ""


def _part(box: tuple[int, int, int, int], width: int, height: int) -> View:
    x, y, w, h = box
    return View(x / width, y / height, w / width, h / height)
