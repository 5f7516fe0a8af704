"""Tables, whose header is repeated on every page that they reach."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor

from crackinspector.gui.report import setting
from crackinspector.gui.report.marks import MARK, MARKED, draw_mark
from crackinspector.gui.report.parts import Part, Press, hairline
from crackinspector.gui.report.sheet import CELL, HEAD, MM, PT, TINT, Style

LEFT, RIGHT = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
_PAD = 1.3 * MM
_MOST = 700
"""Characters of a cell; the library has all of them."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its title, its share of the width, and where its text stands."""

    title: str
    share: float
    align: Qt.AlignmentFlag = LEFT


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell.

    Attributes:
        text: what it says.
        mark: a verdict whose shape is drawn before it, or empty.
        strong: as the row's name.
    """

    text: str
    mark: str = ""
    strong: bool = False


def table(
    columns: Sequence[Column],
    rows: Sequence[Sequence[Cell | str]],
    width: float,
    *,
    style: Style = CELL,
    gap: float = 2.2 * MM,
    total: bool = False,
) -> list[Part]:
    """A table.

    Args:
        columns: from left to right.
        rows: a cell for each column, texts for plain ones.
        width: of all of it.
        style: of the cells.
        gap: room above it.
        total: the last row is the sum of the others.
    """
    whole = sum(column.share for column in columns)
    widths = [width * column.share / whole for column in columns]
    head = _row(columns, [Cell(column.title) for column in columns], widths, HEAD, ruled=1.0)
    made = [Part(head.height, head.paint, gap, keep=True)]
    for number, row in enumerate(rows):
        cells = [each if isinstance(each, Cell) else Cell(each) for each in row]
        last = number == len(rows) - 1
        line = _row(columns, cells, widths, style, ruled=0.35, tinted=total and last)
        # Neither the first row nor the last stands alone.
        keep = (number == 0 and len(rows) > 1) or number == len(rows) - 2
        made.append(Part(line.height, line.paint, keep=keep, head=head))
    return made


def _rooms(columns: Sequence[Column], widths: Sequence[float]) -> list[tuple[float, float]]:
    """Where the text of each column begins, from its left edge, and how wide it may be."""
    rooms = []
    for number, (column, width) in enumerate(zip(columns, widths, strict=True)):
        # Text that follows figures stands clear of them.
        behind = number > 0 and columns[number - 1].align == RIGHT and column.align == LEFT
        left = _PAD + (2.5 * MM if behind else 0)
        rooms.append((left, width - left - _PAD))
    return rooms


def _row(
    columns: Sequence[Column],
    cells: Sequence[Cell],
    widths: Sequence[float],
    style: Style,
    *,
    ruled: float,
    tinted: bool = False,
) -> Part:
    cells = [_cut(cell) for cell in cells]
    styles = [
        Style(style.points, strong=True, colour=style.colour, leading=style.leading) if cell.strong or tinted else style
        for cell in cells
    ]
    places = [
        (left + _shape(cell), room - _shape(cell))
        for (left, room), cell in zip(_rooms(columns, widths), cells, strict=True)
    ]
    each = zip(cells, styles, places, strict=True)
    height = max(setting.height_of(cell.text, made, room) for cell, made, (_, room) in each) + 1.6 * MM

    def paint(press: Press, at: QRectF) -> None:
        if tinted:
            press.painter.fillRect(at, QColor(TINT))
        edge = at.left()
        for column, cell, made, width, (left, room) in zip(columns, cells, styles, widths, places, strict=True):
            corner = QPointF(edge + left, at.top() + 0.8 * MM)
            if cell.mark:
                middle = corner.y() + made.points * PT * made.leading / 2
                draw_mark(press.painter, cell.mark, QPointF(corner.x() - _shape(cell) + MARK / 2, middle), MARK)
            setting.draw(press.painter, cell.text, made, corner, room, column.align)
            edge += width
        hairline(press.painter, at.left(), edge, at.bottom(), ruled)

    return Part(height, paint)


def _shape(cell: Cell) -> float:
    return MARKED if cell.mark else 0.0


def _cut(cell: Cell) -> Cell:
    return cell if len(cell.text) <= _MOST else Cell(cell.text[:_MOST] + "…", cell.mark, cell.strong)
