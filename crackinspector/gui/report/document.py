"""A report, composed and laid onto pages, each of which can be painted by itself."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter

from crackinspector.core.text import printable
from crackinspector.gui.report import setting
from crackinspector.gui.report.brief import Brief
from crackinspector.gui.report.chapters.cover import contents, cover
from crackinspector.gui.report.chapters.elements import elements
from crackinspector.gui.report.chapters.gaps import gaps
from crackinspector.gui.report.chapters.method import method
from crackinspector.gui.report.chapters.models import models
from crackinspector.gui.report.chapters.summary import summary
from crackinspector.gui.report.chapters.trail import trail
from crackinspector.gui.report.paging import Page, paged
from crackinspector.gui.report.parts import Mark, Press, hairline
from crackinspector.gui.report.pictures import Pictures
from crackinspector.gui.report.sheet import MM, QUIET, Style

_SMALL = Style(7.2, colour=QUIET, leading=1.3)
_MOST_BYTES = 40e6
"""What pictures may take of a PDF."""
_BYTES_PER_PIXEL = 0.6
"""Of a JPEG of rough concrete as Qt writes it."""
_AREA = 8.0
"""Square inches of a picture on paper."""
PRINT_DPI, LEAST_DPI = 300.0, 100.0


class Document:
    """A report on its pages. Any thread, one at a time.

    Attributes:
        brief: what it was composed from.
        marks: chapters and elements in their order.
    """

    def __init__(self, brief: Brief) -> None:
        """Compose it; reads no picture."""
        self.brief = brief
        front = cover(brief)
        chapters = (summary, elements, models, gaps, method, trail)
        rest = [part for compose in chapters for part in compose(brief)]
        named = [part.mark for part in rest if part.mark is not None]
        parts = [*front, *contents(brief, named), *rest]
        self._pages: list[Page] = paged(parts, brief.sheet.body.height())
        self._places: dict[str, tuple[int, float]] = {}
        self.marks: list[Mark] = []
        for number, page in enumerate(self._pages, 1):
            for placed in page:
                if placed.part.mark is not None:
                    self.marks.append(placed.part.mark)
                    self._places[placed.part.mark.key] = (number, placed.top)

    @property
    def count(self) -> int:
        """How many pages there are."""
        return len(self._pages)

    def page_of(self, key: str) -> int:
        """The number of the page, from 1, that a mark stands on."""
        return self._places[key][0]

    def top_of(self, key: str) -> float:
        """How far below the sheet's upper edge a mark stands, in units."""
        return self.brief.sheet.body.top() + self._places[key][1]

    def links(self) -> list[tuple[int, QRectF, str]]:
        """Where the contents lead to: page, rectangle on the sheet in units, and the mark's key."""
        body = self.brief.sheet.body
        return [
            (
                number,
                QRectF(body.left(), body.top() + placed.top, body.width(), placed.part.height),
                placed.part.leads_to,
            )
            for number, page in enumerate(self._pages, 1)
            for placed in page
            if placed.part.leads_to
        ]

    @property
    def print_dpi(self) -> float:
        """Pixels an inch for paper: as many as can be seen, fewer where that many pictures would take too much room."""
        room = _MOST_BYTES / max(1, len(self.brief.pictured)) / _BYTES_PER_PIXEL / _AREA
        return float(max(LEAST_DPI, min(PRINT_DPI, room**0.5)))

    def pictures(self, dpi: float) -> Pictures:
        """What the pages' pictures come from, for one thread and device."""
        return Pictures(self.brief.folder, dpi)

    def paint(self, painter: QPainter, number: int, pictures: Pictures) -> None:
        """Paint a page, from 1, at the painter's origin, one to one in the sheet's units."""
        body = self.brief.sheet.body
        press = Press(painter, pictures, self.page_of)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for placed in self._pages[number - 1]:
            at = QRectF(body.left(), body.top() + placed.top, body.width(), placed.part.height)
            placed.part.paint(press, at)
        if number > 1:
            self._header(painter)
        self._footer(painter, number)

    def _header(self, painter: QPainter) -> None:
        brief, body = self.brief, self.brief.sheet.body
        top = body.top() - 11 * MM
        half = body.width() / 2 - 3 * MM
        where = brief.words.place(brief.facts.structure)
        setting.draw(
            painter, setting.fitted(printable(brief.title), _SMALL, half), _SMALL, QPointF(body.left(), top), half
        )
        right = Qt.AlignmentFlag.AlignRight
        setting.draw(
            painter, setting.fitted(where, _SMALL, half), _SMALL, QPointF(body.right() - half, top), half, right
        )
        hairline(painter, body.left(), body.right(), top + 4.4 * MM)

    def _footer(self, painter: QPainter, number: int) -> None:
        brief, body = self.brief, self.brief.sheet.body
        translate = brief.words.translate
        top = body.bottom() + 8 * MM
        told = translate("report", "{date}  ·  library {library}, {fingerprint}").format(
            date=brief.options.date[:10], library=printable(brief.facts.library), fingerprint=brief.facts.fingerprint
        )
        of = translate("report", "Page {number} of {count}").format(number=number, count=self.count)
        room = body.width() - setting.width_of(of, _SMALL) - 6 * MM
        setting.draw(painter, setting.fitted(told, _SMALL, room), _SMALL, QPointF(body.left(), top), room)
        setting.draw(painter, of, _SMALL, QPointF(body.left(), top), body.width(), Qt.AlignmentFlag.AlignRight)
