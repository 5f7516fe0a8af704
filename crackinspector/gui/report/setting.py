"""Sets words in lines. Any thread, with a QGuiApplication."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QTextLayout, QTextOption

from crackinspector.gui.look.fonts import font
from crackinspector.gui.report.sheet import PT, Style

_LEFT = Qt.AlignmentFlag.AlignLeft
_BASELINE = 0.78
"""How far down its line the letters stand, as a share of its height."""


def type_of(style: Style) -> QFont:
    """The font of a style; made anew each time, since two threads must not share one."""
    made = font(round(style.points * PT), strong=style.strong)
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return made


def height_of(text: str, style: Style, width: float) -> float:
    """How high the text stands in a column of that width."""
    return _lines(text, style, width, _LEFT).lineCount() * style.points * PT * style.leading


def width_of(text: str, style: Style) -> float:
    """How wide the text is on one line."""
    return QFontMetricsF(type_of(style)).horizontalAdvance(text)


def draw(
    painter: QPainter,
    text: str,
    style: Style,
    at: QPointF,
    width: float,
    align: Qt.AlignmentFlag = _LEFT,
) -> float:
    """Draw text from the corner `at` on, in lines of that width; returns its height."""
    layout = _lines(text, style, width, align)
    painter.setPen(QColor(style.colour))
    layout.draw(painter, at)
    return layout.lineCount() * style.points * PT * style.leading


def lines_of(text: str, style: Style, width: float) -> list[str]:
    """The text cut into the lines that it is set in."""
    layout = _lines(text, style, width, _LEFT)
    units = text.encode("utf-16-le", "replace")
    lines = [layout.lineAt(number) for number in range(layout.lineCount())]
    spans = [(2 * line.textStart(), 2 * (line.textStart() + line.textLength())) for line in lines]
    return [units[begin:end].decode("utf-16-le") for begin, end in spans]


def fitted(text: str, style: Style, width: float) -> str:
    """The text with an ellipsis in the middle where it is too wide for one line."""
    return QFontMetricsF(type_of(style)).elidedText(text, Qt.TextElideMode.ElideMiddle, width)


def _lines(text: str, style: Style, width: float, align: Qt.AlignmentFlag) -> QTextLayout:
    option = QTextOption(align)
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout = QTextLayout(text, type_of(style))
    layout.setTextOption(option)
    height = style.points * PT * style.leading
    layout.beginLayout()
    while (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        # Every line is as high as the style says, whatever fallback font stands in it.
        top = (layout.lineCount() - 1) * height
        line.setPosition(QPointF(0, top + _BASELINE * height - line.ascent()))
    layout.endLayout()
    return layout
