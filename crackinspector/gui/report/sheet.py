"""Paper, colours and type of a report.

All lengths are in units of 1/1440 inch: fine enough that text is laid out the same for the printer, the PDF and the
screen, whose painters scale it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPageSize

PER_INCH = 1440
PT = PER_INCH / 72
MM = PER_INCH / 25.4

INK, QUIET, LINE, TINT = "#14181d", "#5a646e", "#c5ccd2", "#f2f5f7"
ACCENT, CRACK, PAPER = "#00506f", "#a30d04", "#ffffff"

PAPERS: Mapping[str, QPageSize.PageSizeId] = {"A4": QPageSize.PageSizeId.A4, "Letter": QPageSize.PageSizeId.Letter}


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of paper, upright.

    Attributes:
        paper: one of `PAPERS`.
        width, height: in units.
    """

    paper: str
    width: float
    height: float

    @classmethod
    def of(cls, paper: str) -> Sheet:
        """The sheet of that name."""
        size = QPageSize.size(PAPERS[paper], QPageSize.Unit.Point)
        return cls(paper, size.width() * PT, size.height() * PT)

    @property
    def page_size(self) -> QPageSize:
        """As Qt's devices are told."""
        return QPageSize(PAPERS[self.paper])

    @property
    def body(self) -> QRectF:
        """Where the parts of a page lie: between header and footer."""
        side, top, bottom = 20 * MM, 25 * MM, 22 * MM
        return QRectF(side, top, self.width - 2 * side, self.height - top - bottom)


@dataclass(frozen=True, slots=True)
class Style:
    """How words look.

    Attributes:
        points: size of the type.
        strong: semi-bold.
        colour: of the letters.
        leading: distance of lines as a multiple of the size.
    """

    points: float
    strong: bool = False
    colour: str = INK
    leading: float = 1.42


TITLE = Style(30, strong=True, leading=1.18)
SUBTITLE = Style(15, colour=QUIET, leading=1.3)
CHAPTER = Style(18, strong=True, leading=1.25)
SECTION = Style(12, strong=True, leading=1.3)
SUBSECTION = Style(9.5, strong=True, leading=1.3)
BODY = Style(9.5)
CELL = Style(8.2, leading=1.32)
HEAD = Style(7.2, strong=True, colour=QUIET, leading=1.25)
CAPTION = Style(7.6, colour=QUIET, leading=1.3)
TINY = Style(6.8, leading=1.3)
