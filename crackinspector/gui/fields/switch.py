"""A switch: on or off, told by place, shape and word."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Slot
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget

from crackinspector.gui.fields.field import Field
from crackinspector.gui.look import current_look, font
from crackinspector.gui.widgets.drawing import draw_words


class Switch(Field):
    """A field for a bool."""

    compact = True

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lever = _Lever(self)
        self._lever.clicked.connect(self._flipped)
        self.setFocusProxy(self._lever)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addStretch(1)
        layout.addWidget(self._lever)
        self._retranslate()

    def show_value(self, value: object) -> None:
        """Stand at on or off."""
        self._lever.setChecked(bool(value))

    def _retranslate(self) -> None:
        """The words beside the lever."""
        self._lever.set_words(self.tr("On"), self.tr("Off"))

    def _restyle(self) -> None:
        """A new size."""
        self._lever.updateGeometry()

    @Slot(bool)
    def _flipped(self, on: bool) -> None:
        self.edited.emit(on)


class _Lever(QAbstractButton):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._words = ("", "")

    def set_words(self, on: str, off: str) -> None:
        self._words = (on, off)
        self.updateGeometry()
        self.update()

    def _bar(self) -> QSize:
        normal = current_look().metrics.normal
        return QSize(round(3.2 * normal), round(1.7 * normal))

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        metrics = current_look().metrics
        word = max(QFontMetricsF(font(metrics.normal)).horizontalAdvance(word) for word in self._words)
        bar = self._bar()
        return QSize(round(word) + bar.width() + 5 * metrics.unit, max(metrics.touch_px, bar.height()))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        look = current_look()
        colours, metrics, size = look.colours, look.metrics, self._bar()
        on = self.isChecked()
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            bar = QRectF(
                self.width() - size.width() - metrics.unit,
                (self.height() - size.height()) / 2,
                size.width(),
                size.height(),
            )
            words = QRectF(0, 0, bar.left() - 2 * metrics.unit, self.height())
            word = self._words[0] if on else self._words[1]
            draw_words(painter, words, word, font(metrics.normal), colours.text, Qt.AlignmentFlag.AlignRight)
            painter.setPen(QPen(QColor(colours.accent if on else colours.line), look.stroke(1.5)))
            painter.setBrush(QColor(colours.accent if on else colours.raised))
            painter.drawRoundedRect(bar, bar.height() / 2, bar.height() / 2)
            knob = bar.height() - look.stroke(6)
            inset = (bar.height() - knob) / 2
            left = bar.right() - inset - knob if on else bar.left() + inset
            disc = QRectF(left, bar.top() + inset, knob, knob)
            painter.setPen(QPen(QColor(colours.on_accent if on else colours.quiet), look.stroke(2)))
            painter.setBrush(QColor(colours.on_accent) if on else Qt.BrushStyle.NoBrush)
            painter.drawEllipse(disc)
            if on:
                painter.setPen(
                    QPen(QColor(colours.accent), look.stroke(2), Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap)
                )
                painter.drawPolyline(
                    [
                        disc.topLeft() + QPointF(x * knob, y * knob)
                        for x, y in ((0.27, 0.52), (0.44, 0.69), (0.74, 0.35))
                    ]
                )
            if self.hasFocus():
                painter.setPen(QPen(QColor(colours.text), look.stroke(1.5)))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                ring = look.stroke(3)
                painter.drawRoundedRect(bar.adjusted(-ring, -ring, ring, ring), bar.height(), bar.height())
