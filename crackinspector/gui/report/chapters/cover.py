"""The cover, and the table of contents behind it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor

import crackinspector
from crackinspector.core.text import printable
from crackinspector.gui.report import setting
from crackinspector.gui.report.brief import Brief
from crackinspector.gui.report.chapters.common import chapter
from crackinspector.gui.report.parts import Mark, Part, Press, hairline
from crackinspector.gui.report.picture_parts import draw_image, paint_filling
from crackinspector.gui.report.sheet import ACCENT, BODY, MM, PT, QUIET, SUBTITLE, TITLE, Style

_NAME = Style(9.5, colour=QUIET)
_LOGO = 52 * MM, 20 * MM


def cover(brief: Brief) -> list[Part]:
    """The first page."""
    words, facts = brief.words, brief.facts
    translate = words.translate
    where = words.place(facts.structure)
    when = words.inspections(facts)
    rows = [
        (translate("report", "Structure"), where),
        (translate("report", "Inspection"), words.some([words.place(name) for name in facts.inspections], 12)),
        (translate("report", "Pictures taken"), words.period(facts)),
        (translate("report", "Report of"), brief.options.date[:10]),
        (translate("report", "Inspector"), printable(brief.options.inspector.strip())),
        (translate("report", "Library"), f"{printable(facts.library)}, {facts.fingerprint}"),
        (translate("report", "Made by"), f"crackinspector {crackinspector.__version__}"),
    ]
    rows = [row for row in rows if row[1]]
    width, height = brief.width, brief.sheet.body.height()

    def paint(press: Press, at: QRectF) -> None:
        painter, top = press.painter, at.top()
        if brief.logo is not None:
            size = brief.logo.size().scaled(round(_LOGO[0]), round(_LOGO[1]), Qt.AspectRatioMode.KeepAspectRatio)
            draw_image(painter, QRectF(at.right() - size.width(), top, size.width(), size.height()), brief.logo)
            top += 14 * MM
        top += 12 * MM
        painter.fillRect(QRectF(at.left(), top, 22 * MM, 1.6 * MM), QColor(ACCENT))
        top += 7 * MM
        top += setting.draw(painter, printable(brief.title), TITLE, QPointF(at.left(), top), width)
        top += 2 * MM + setting.draw(painter, f"{where} · {when}"[:300], SUBTITLE, QPointF(at.left(), top), width)
        name = max(setting.width_of(each, _NAME) for each, _ in rows) + 6 * MM
        heights = [setting.height_of(value, BODY, width - name) + 1.6 * MM for _, value in rows]
        foot = at.bottom() - sum(heights)
        _paint_picture(press, QRectF(at.left(), top + 8 * MM, width, foot - top - 18 * MM), brief)
        for (each, value), line in zip(rows, heights, strict=True):
            hairline(painter, at.left(), at.right(), foot)
            setting.draw(painter, each, _NAME, QPointF(at.left(), foot + 0.8 * MM), name)
            setting.draw(painter, value, BODY, QPointF(at.left() + name, foot + 0.8 * MM), width - name)
            foot += line

    return [Part(height, paint, fresh=True, mark=Mark("cover", translate("report", "Cover")))]


def _paint_picture(press: Press, room: QRectF, brief: Brief) -> None:
    chosen = brief.cover_picture
    if chosen is None or room.height() < 20 * MM:
        return
    _, seen = chosen
    box = QRectF(room.left(), room.top(), room.width(), min(room.height(), room.width() * 0.8))
    image = press.pictures.of(seen, room.width()).image
    if image is not None:
        paint_filling(press.painter, box, image)


def contents(brief: Brief, marks: Sequence[Mark]) -> list[Part]:
    """The table of contents; page numbers are known when it is painted."""
    title = brief.words.translate("report", "Contents")
    parts = chapter(brief, "contents", title)
    return parts + [_entry(brief, mark) for mark in marks]


def _entry(brief: Brief, mark: Mark) -> Part:
    style = Style(9.5, strong=mark.level == 0)
    indent = mark.level * 6 * MM
    room = brief.width - indent - 14 * MM
    shown = setting.fitted(mark.title, style, room)

    def paint(press: Press, at: QRectF) -> None:
        setting.draw(press.painter, shown, style, at.topLeft() + QPointF(indent, 0), at.width())
        right = Qt.AlignmentFlag.AlignRight
        number = str(press.page_of(mark.key))
        setting.draw(press.painter, number, style, QPointF(at.right() - 12 * MM, at.top()), 12 * MM, right)
        begin = at.left() + indent + setting.width_of(shown, style) + 2 * MM
        end = at.right() - setting.width_of(number, style) - 2 * MM
        if end > begin:
            hairline(press.painter, begin, end, at.top() + style.points * PT * 1.05, 0.35)

    gap = 3.2 * MM if mark.level == 0 else 0.8 * MM
    return Part(style.points * PT * style.leading, paint, gap, leads_to=mark.key)
