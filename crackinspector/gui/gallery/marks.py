"""The shapes of labels and verdicts, small: beside words, and in a thumbnail's corner."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap

from crackinspector.core.labels import Label
from crackinspector.gui.look import Look, icon
from crackinspector.gui.widgets.drawing import draw_label_shape
from crackinspector.library.events import Verdict
from crackinspector.library.state import UNREVIEWED

VERDICT_ICONS: Mapping[str, str] = {
    UNREVIEWED: "unreviewed",
    Verdict.CONFIRMED: "check",
    Verdict.REJECTED: "close",
    Verdict.UNSURE: "help",
}
_LIGHT_ALARM = "#ff5548"
"""On a dark ground the alarm's red is too dark for so small a shape."""


def label_shade(label: Label | None, look: Look) -> str:
    """The colour of a label's shape; red is for cracks alone."""
    if label is Label.POSITIVE:
        return _LIGHT_ALARM if look.dark else look.colours.alarm
    return look.colours.calm if label is Label.NEGATIVE else look.colours.quiet


def label_icon(label: Label | None, look: Look) -> QIcon:
    """A label's shape as a button has it."""
    side = 2 * look.metrics.normal
    picture = QPixmap(side, side)
    picture.fill(Qt.GlobalColor.transparent)
    with QPainter(picture) as painter:
        room = picture.rect().toRectF().adjusted(2, 2, -2, -2)
        draw_label_shape(painter, label, room, label_shade(label, look), look.stroke(3))
    return QIcon(picture)


def verdict_icon(verdict: str, look: Look) -> QIcon:
    """A verdict's sign as a button has it."""
    return icon(VERDICT_ICONS[verdict], look)
