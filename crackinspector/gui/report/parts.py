"""What pages are made of: parts, each of which stays whole."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from crackinspector.gui.report import setting
from crackinspector.gui.report.marks import MARK, MARKED, draw_mark
from crackinspector.gui.report.sheet import BODY, LINE, MM, PT, QUIET, Style

if TYPE_CHECKING:
    from crackinspector.gui.report.pictures import Pictures

_LINES_TOGETHER = 6


@dataclass(frozen=True, slots=True)
class Press:
    """What a part is painted with.

    Attributes:
        painter: in units, its origin the sheet's corner.
        pictures: where pictures come from.
        page_of: the number of the page, from 1, that a mark stands on.
    """

    painter: QPainter
    pictures: Pictures
    page_of: Callable[[str], int]


@dataclass(frozen=True, slots=True)
class Mark:
    """A place in the report that the contents and the bookmarks name.

    Attributes:
        key: its own.
        title: as it is shown.
        level: 0 for a chapter, 1 for what is in it.
    """

    key: str
    title: str
    level: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """Something that stays whole.

    Attributes:
        height: in units.
        paint: paints it into a rectangle of that height.
        gap: room above it, which is left out at the top of a page.
        keep: it stands on the same page as the beginning of the next part.
        fresh: it begins a page.
        head: what is painted above it where it begins a page other than its first: the header of a table.
        mark: the place that it is.
        leads_to: the key of the mark that it names, or empty.
    """

    height: float
    paint: Callable[[Press, QRectF], None]
    gap: float = 0.0
    keep: bool = False
    fresh: bool = False
    head: Part | None = None
    mark: Mark | None = None
    leads_to: str = ""


def text(
    words: str,
    width: float,
    style: Style = BODY,
    *,
    gap: float = 2.2 * MM,
    keep: bool = False,
    fresh: bool = False,
    mark: Mark | None = None,
) -> list[Part]:
    """A paragraph; a long one may be split between its lines."""
    lines = setting.lines_of(words, style, width)
    if len(lines) <= _LINES_TOGETHER + 2:
        return [_words(words, width, style, gap, keep, fresh, mark)]
    # No line stands alone at the foot or at the head of a page.
    cuts = [*range(0, len(lines) - 2, _LINES_TOGETHER), len(lines)]
    if cuts[-1] - cuts[-2] < 2:
        del cuts[-2]
    pieces = ["".join(lines[begin:end]) for begin, end in itertools.pairwise(cuts)]
    return [
        _words(piece, width, style, gap if number == 0 else 0.0, keep and number == len(pieces) - 1, False, None)
        for number, piece in enumerate(pieces)
    ]


def _words(words: str, width: float, style: Style, gap: float, keep: bool, fresh: bool, mark: Mark | None) -> Part:
    def paint(press: Press, at: QRectF) -> None:
        setting.draw(press.painter, words, style, at.topLeft(), at.width())

    return Part(setting.height_of(words, style, width), paint, gap, keep, fresh, mark=mark)


def hairline(painter: QPainter, left: float, right: float, y: float, points: float = 0.5) -> None:
    """A grey line."""
    painter.setPen(QPen(QColor(LINE), points * PT, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
    painter.drawLine(QPointF(left, y), QPointF(right, y))


def pair(
    name: str, value: str, width: float, first: float, style: Style, *, gap: float = 1 * MM, mark: str = ""
) -> Part:
    """A quiet name and its value beside it, which begins at the share `first` of the width.

    `mark` is a verdict whose shape is drawn before the value.
    """
    left = width * first
    shape = MARKED if mark else 0.0
    quiet = replace(style, colour=QUIET)

    def paint(press: Press, at: QRectF) -> None:
        setting.draw(press.painter, name, quiet, at.topLeft(), left - 2 * MM)
        if mark:
            middle = at.top() + style.points * PT * style.leading / 2
            draw_mark(press.painter, mark, QPointF(at.left() + left + MARK / 2, middle), MARK)
        setting.draw(press.painter, value, style, at.topLeft() + QPointF(left + shape, 0), width - left - shape)

    height = max(setting.height_of(name, quiet, left - 2 * MM), setting.height_of(value, style, width - left - shape))
    return Part(height, paint, gap, keep=True)
