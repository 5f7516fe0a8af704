"""The line icons: SVG files on a grid of 24, drawn in one colour and one weight."""

from __future__ import annotations

import functools
import re

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from crackinspector.core.shipped import shipped_folder
from crackinspector.gui.look.theme import Look

_WIDTH = re.compile(r'stroke-width="([\d.]+)"')


@functools.lru_cache(maxsize=512)
def pixmap(name: str, side: int, colour: str, stroke: float = 1.0, ratio: float = 1.0) -> QPixmap:
    """An icon as a picture; GUI thread only.

    Args:
        name: of a file below resources/icons, without its ending.
        side: width and height in device-independent pixels.
        colour: #rrggbb.
        stroke: factor on the width of its lines.
        ratio: device pixels in a device-independent one.

    Raises:
        FileNotFoundError: there is no such icon, which is a defect.
    """
    picture = QPixmap(_shape(name, round(side * ratio), stroke))
    with QPainter(picture) as painter:
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceIn)
        painter.fillRect(picture.rect(), QColor(colour))
    picture.setDevicePixelRatio(ratio)
    return picture


@functools.lru_cache(maxsize=256)
def _shape(name: str, side: int, stroke: float) -> QPixmap:
    """An icon's lines in black; reading and drawing a file costs more than colouring it."""
    text = (shipped_folder("resources") / "icons" / f"{name}.svg").read_text(encoding="utf-8")
    text = text.replace("currentColor", "#000000")
    text = _WIDTH.sub(lambda found: f'stroke-width="{float(found[1]) * stroke:g}"', text)
    picture = QPixmap(side, side)
    picture.fill(Qt.GlobalColor.transparent)
    with QPainter(picture) as painter:
        QSvgRenderer(QByteArray(text.encode())).render(painter)
    return picture


def icon(name: str, look: Look, colour: str = "") -> QIcon:
    """An icon in the look's text colour, or in another #rrggbb; faint while disabled, in its own on the accent."""
    colours, side = look.colours, look.metrics.icon
    made = QIcon()
    for ratio in sorted({1.0, *(screen.devicePixelRatio() for screen in QGuiApplication.screens())}):
        for mode, shade in (
            (QIcon.Mode.Normal, colour or colours.text),
            (QIcon.Mode.Disabled, colours.line),
            (QIcon.Mode.Selected, colours.on_accent),
        ):
            made.addPixmap(pixmap(name, side, shade, colours.stroke, ratio), mode)
    return made
