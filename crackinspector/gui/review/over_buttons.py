"""Buttons and words that lie over the picture."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from crackinspector.gui.look import current_look, font, pixmap
from crackinspector.gui.look.style import faint
from crackinspector.gui.widgets.drawing import draw_words
from crackinspector.gui.widgets.plate import Plate

_FAINT = 0.55


class OverButton(QAbstractButton):
    """An icon on a plate, as large as a finger. GUI thread only."""

    def __init__(self, icon: str, parent: QWidget | None = None, *, faint: bool = False) -> None:
        """`faint` lets the picture be seen through it: for buttons in the middle of it."""
        super().__init__(parent)
        self._icon, self._faint = icon, faint
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def name(self, name: str) -> None:
        """Say what it does."""
        self.setAccessibleName(name)
        self.setToolTip(name)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """The plate and the icon."""
        look = current_look()
        colours, metrics = look.colours, look.metrics
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(QColor(colours.accent), look.stroke(2)) if self.hasFocus() else Qt.PenStyle.NoPen)
            ground = look.plate()
            if self._faint:
                ground.setAlphaF(_FAINT * ground.alphaF())
            painter.setBrush(QColor(colours.pressed) if self.isDown() else ground)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), metrics.unit, metrics.unit)
            side = metrics.icon
            shade = colours.on_plate if self.isEnabled() else faint(look).name()
            drawn = pixmap(self._icon, side, shade, colours.stroke, self.devicePixelRatioF())
            painter.drawPixmap(round((self.width() - side) / 2), round((self.height() - side) / 2), drawn)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """As large as a finger."""
        side = current_look().metrics.touch_px
        return QSize(side, side)


class OverWords(Plate):
    """A line of words on a plate, shortened where there is no room. Touches go through it. GUI thread only."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = self._icon = ""
        self._strong = False
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.hide()

    @property
    def text(self) -> str:
        """What it says."""
        return self._text

    def say(self, text: str, icon: str = "", *, strong: bool = False) -> None:
        """Say something, with an icon before it; nothing takes the plate away."""
        if (text, icon, strong) != (self._text, self._icon, self._strong):
            self._text, self._icon, self._strong = text, icon, strong
            self.setAccessibleName(text)
            self.redraw()
        self.setVisible(bool(text))

    def draw(self, painter: QPainter) -> None:
        """The plate, the icon and the words."""
        colours, metrics = self.look.colours, self.look.metrics
        room = QRectF(self.rect())
        self.draw_plate(painter, room)
        line = room.adjusted(1.5 * metrics.unit, 0, -1.5 * metrics.unit, 0)
        if self._icon:
            side = round(metrics.normal * 1.3)
            sign = pixmap(self._icon, side, colours.on_plate, colours.stroke, self.devicePixelRatioF())
            painter.drawPixmap(round(line.left()), round(line.center().y() - side / 2), sign)
            line.setLeft(line.left() + side + metrics.unit)
        left = Qt.AlignmentFlag.AlignLeft
        draw_words(painter, line, self._text, font(metrics.normal, strong=self._strong), colours.on_plate, left)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """As long as the words."""
        metrics = self.look.metrics
        width = QFontMetricsF(font(metrics.normal, strong=self._strong)).horizontalAdvance(self._text)
        icon = round(metrics.normal * 1.3) + metrics.unit if self._icon else 0
        return QSize(round(width) + icon + 3 * metrics.unit + 2, round(2.1 * metrics.normal))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """A few letters."""
        return QSize(4 * self.look.metrics.normal, self.sizeHint().height())
