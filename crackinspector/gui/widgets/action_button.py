"""A button that shows an action: icon over word, with the key that does the same."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QAction, QColor, QFontMetricsF, QIcon, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolButton, QWidget

from crackinspector.gui.look import current_look, font
from crackinspector.gui.look.style import faint
from crackinspector.gui.widgets.drawing import draw_words, fitted_font


class ActionButton(QToolButton):
    """Follows its QAction in everything: text, icon, tooltip, checked, enabled. GUI thread only."""

    def __init__(self, action: QAction, key_hint: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._key_hint = key_hint
        self.setDefaultAction(action)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        action.changed.connect(self._name)
        self._name()

    def _name(self) -> None:
        self.setAccessibleName(self.text().replace("&", ""))
        # Why it cannot be pressed is worth more than its key.
        self.setAccessibleDescription(self._key_hint if self._key_hint and self.isEnabled() else self.toolTip())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Face, icon, word and badge; a lamp below and a frame around tell that it is on."""
        look = current_look()
        colours, metrics = look.colours, look.metrics
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            on, radius = self.isChecked(), float(metrics.unit)
            face = QRectF(self.rect()).adjusted(1, 1, -1, -1)
            ground = colours.pressed if self.isDown() else colours.raised
            edge = QPen(QColor(colours.accent), look.stroke(2)) if on else QPen(QColor(colours.line), look.stroke(1))
            if not on and look.dark:
                edge = QPen(Qt.PenStyle.NoPen)
            painter.setPen(edge)
            painter.setBrush(QColor(ground if self.isEnabled() else colours.panel))
            painter.drawRoundedRect(face, radius, radius)
            text = colours.text if self.isEnabled() else faint(look).name()
            word = self.text().replace("&", "")
            room = face.width() - 2 * metrics.unit
            made = fitted_font(word, metrics.small, room, round(metrics.small * 0.7), strong=on)
            height, icon = metrics.small * 1.3, metrics.icon
            lamp = max(3.0, look.stroke(metrics.unit * 0.45))
            top = face.top() + (face.height() - icon - metrics.unit / 2 - height) / 2
            mode = QIcon.Mode.Normal if self.isEnabled() else QIcon.Mode.Disabled
            at = QRect(round(face.center().x() - icon / 2), round(top), icon, icon)
            self.icon().paint(painter, at, Qt.AlignmentFlag.AlignCenter, mode)
            line = QRectF(face.left() + metrics.unit, top + icon + metrics.unit / 2, room, height)
            draw_words(painter, line, word, made, text, Qt.AlignmentFlag.AlignHCenter)
            if on:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(QColor(colours.accent))
                width = face.width() * 0.36
                rest = QRectF(face.center().x() - width / 2, face.bottom() - 2.2 * lamp, width, lamp)
                painter.drawRoundedRect(rest, lamp / 2, lamp / 2)
            if self._key_hint:
                self._paint_badge(painter, face, text)
            if self.hasFocus():
                painter.setPen(QPen(QColor(colours.text), look.stroke(1.5)))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRoundedRect(face.adjusted(3, 3, -3, -3), radius - 2, radius - 2)

    def _paint_badge(self, painter: QPainter, face: QRectF, colour: str) -> None:
        look = current_look()
        unit, made = look.metrics.unit, font(round(look.metrics.small * 0.78), strong=True)
        size = QFontMetricsF(made)
        badge = QRectF(face.left() + unit * 0.8, face.top() + unit * 0.8, 0, size.height() * 0.98)
        badge.setWidth(max(badge.height(), size.horizontalAdvance(self._key_hint) + unit))
        painter.setPen(QPen(QColor(look.colours.quiet), look.stroke(1)))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(badge, unit * 0.4, unit * 0.4)
        draw_words(painter, badge, self._key_hint, made, colour, Qt.AlignmentFlag.AlignHCenter)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """As large as a finger, and wide enough for most words."""
        metrics = current_look().metrics
        height = max(metrics.touch_px, round(metrics.icon + metrics.small * 1.3 + 3 * metrics.unit))
        return QSize(max(height, round(metrics.small * 6.5)), height)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Never smaller than a finger."""
        return QSize(current_look().metrics.touch_px, self.sizeHint().height())
