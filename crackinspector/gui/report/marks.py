"""The shapes of verdicts, which say the same as their words without colour."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from crackinspector.gui.report.sheet import INK, MM, QUIET
from crackinspector.library.events import Verdict
from crackinspector.library.state import UNREVIEWED

MARK = 2.1 * MM
"""Side of a verdict's shape."""
MARKED = MARK + 1.2 * MM
"""What it takes of a line, with the gap behind it."""


def draw_mark(painter: QPainter, verdict: str, centre: QPointF, side: float) -> None:
    """The shape of a verdict: a tick, a cross, a question mark's circle half filled, an empty ring."""
    radius = side / 2
    box = QRectF(centre.x() - radius, centre.y() - radius, side, side)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    pen = QPen(QColor(INK), side * 0.13, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if verdict == Verdict.CONFIRMED:
        points = [QPointF(-0.42, 0.05), QPointF(-0.1, 0.36), QPointF(0.46, -0.36)]
        painter.drawPolyline([centre + point * side for point in points])
    elif verdict == Verdict.REJECTED:
        for end in (QPointF(0.34, 0.34), QPointF(0.34, -0.34)):
            painter.drawLine(centre - end * side, centre + end * side)
    elif verdict == Verdict.UNSURE:
        painter.drawEllipse(box.adjusted(radius * 0.13, radius * 0.13, -radius * 0.13, -radius * 0.13))
        painter.setBrush(QColor(INK))
        painter.drawPie(box.adjusted(radius * 0.13, radius * 0.13, -radius * 0.13, -radius * 0.13), 90 * 16, 180 * 16)
    elif verdict == UNREVIEWED:
        painter.setPen(QPen(QColor(QUIET), side * 0.1))
        painter.drawEllipse(box.adjusted(radius * 0.13, radius * 0.13, -radius * 0.13, -radius * 0.13))
    painter.restore()
