"""A verdict as a large button: its sign and word, what it would say of this picture, and the key that does the same."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from crackinspector.core.labels import Label
from crackinspector.gui.gallery.marks import label_shade
from crackinspector.gui.look import current_look, font, pixmap
from crackinspector.gui.look.style import faint
from crackinspector.gui.widgets.drawing import draw_label_shape, draw_words, fitted_font

_ROOMY = 9
"""Width in heights of the normal type from which on the key is told: narrow screens are touched."""


class VerdictButton(QAbstractButton):
    """Checked while its verdict is the one that holds. GUI thread only."""

    def __init__(self, icon: str, key: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon, self._key_hint = icon, key
        self._meaning = ""
        self._says: Label | None = None
        self._holds = False
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def holds(self) -> bool:
        """Whether its verdict is the one that holds."""
        return self._holds

    @property
    def meaning(self) -> str:
        """What it would say."""
        return self._meaning

    def show_state(self, meaning: str, says: Label | None, holds: bool) -> None:
        """Say what it would say, with the shape of that label, and whether it is what holds."""
        self._meaning, self._says, self._holds = meaning, says, holds
        name = f"{self.text()}: {meaning}" if meaning else self.text()
        self.setAccessibleName(name)
        self.setToolTip(f"{name} ({self._key_hint})" if self._key_hint else name)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Sign and word above, meaning below; a frame and a lamp tell that it holds."""
        look = current_look()
        colours, metrics = look.colours, look.metrics
        unit = metrics.unit
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            face = QRectF(self.rect()).adjusted(1, 1, -1, -1)
            edge = QPen(QColor(colours.line), look.stroke(1))
            if self._holds:
                edge = QPen(QColor(colours.accent), look.stroke(2.5))
            elif look.dark:
                edge = QPen(Qt.PenStyle.NoPen)
            ground = colours.pressed if self.isDown() else colours.raised if self.isEnabled() else colours.panel
            painter.setPen(edge)
            painter.setBrush(QColor(ground))
            painter.drawRoundedRect(face, unit, unit)
            text = colours.text if self.isEnabled() else faint(look).name()
            left, right = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
            room = face.adjusted(1.5 * unit, 0, -1.5 * unit, 0)
            above, below = metrics.normal * 1.35, metrics.small * 1.3 if self._meaning else 0.0
            top = face.center().y() - (above + below) / 2
            side = round(metrics.normal * 1.25)
            ratio = self.devicePixelRatioF()
            sign = pixmap(self._icon, side, text, colours.stroke * 1.2, ratio)
            painter.drawPixmap(round(room.left()), round(top + (above - side) / 2), sign)
            line = QRectF(room.left() + side + unit, top, room.width() - side - unit, above)
            if self._key_hint and self.width() >= _ROOMY * metrics.normal:
                used = draw_words(painter, line, self._key_hint, font(metrics.small), colours.quiet, right)
                line.setRight(line.right() - used - unit)
            made = fitted_font(self.text(), metrics.normal, line.width(), metrics.small, strong=True)
            draw_words(painter, line, self.text(), made, text, left)
            if self._meaning:
                self._paint_meaning(painter, QRectF(room.left(), top + above, room.width(), below), text)
            if self.hasFocus():
                painter.setPen(QPen(QColor(colours.text), look.stroke(1.5)))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRoundedRect(face.adjusted(3, 3, -3, -3), unit - 2, unit - 2)

    def _paint_meaning(self, painter: QPainter, line: QRectF, text: str) -> None:
        look = current_look()
        colours, metrics = look.colours, look.metrics
        quiet = colours.quiet if self.isEnabled() else text
        if self._says is not None and self.isEnabled():
            side = metrics.small * 0.85
            shape = QRectF(line.left(), line.center().y() - side / 2, side, side)
            draw_label_shape(painter, self._says, shape, label_shade(self._says, look), look.stroke(1.5))
            line = line.adjusted(side + metrics.unit, 0, 0, 0)
        made = fitted_font(self._meaning, metrics.small, line.width(), round(metrics.small * 0.75))
        draw_words(painter, line, self._meaning, made, quiet, Qt.AlignmentFlag.AlignLeft)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """As high as a finger, or as its two lines."""
        metrics = current_look().metrics
        lines = round(metrics.normal * 1.35 + metrics.small * 1.3 + 2 * metrics.unit)
        return QSize(round(metrics.normal * 8), max(metrics.touch_px, lines))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Narrower, but never lower."""
        return QSize(max(current_look().metrics.touch_px, current_look().metrics.normal * 5), self.sizeHint().height())
