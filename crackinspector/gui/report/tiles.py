"""Large figures beside each other."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor

from crackinspector.gui.report import setting
from crackinspector.gui.report.parts import Part, Press
from crackinspector.gui.report.sheet import ACCENT, CRACK, INK, MM, PT, QUIET, TINT, Style

_NAME = Style(7.6, colour=QUIET, leading=1.3)
_LARGEST, _LEAST = 20.0, 9.0
_SPACE = 3 * MM


def tiles(figures: Sequence[tuple[str, str, bool]], width: float, gap: float) -> Part:
    """Large figures: each a value, its name, and whether it speaks of cracks."""
    each = (width - _SPACE * (len(figures) - 1)) / len(figures)
    inner = each - 5 * MM
    line = _LARGEST * PT * 1.15
    height = line + max(setting.height_of(name, _NAME, inner) for _, name, _ in figures) + 6 * MM

    def paint(press: Press, at: QRectF) -> None:
        for number, (value, name, crack) in enumerate(figures):
            box = QRectF(at.left() + number * (each + _SPACE), at.top(), each, at.height())
            press.painter.fillRect(box, QColor(TINT))
            press.painter.fillRect(
                QRectF(box.left(), box.top(), 0.8 * MM, box.height()), QColor(CRACK if crack else ACCENT)
            )
            style = _fitting(value, inner, CRACK if crack else INK)
            corner = box.topLeft() + QPointF(3.2 * MM, 2.4 * MM)
            foot = line - style.points * PT * 1.15
            setting.draw(press.painter, value, style, corner + QPointF(0, foot), inner)
            setting.draw(press.painter, name, _NAME, corner + QPointF(0, line), inner)

    return Part(height, paint, gap)


def _fitting(value: str, width: float, colour: str) -> Style:
    """As large as the value has room."""
    style = Style(_LARGEST, strong=True, colour=colour, leading=1.15)
    share = width / max(1.0, setting.width_of(value, style))
    return (
        style if share >= 1 else Style(max(_LEAST, 0.98 * share * _LARGEST), strong=True, colour=colour, leading=1.15)
    )
