"""A slider for gloves: the whole of it is the handle."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QSlider, QVBoxLayout, QWidget

from crackinspector.core.text import percent
from crackinspector.gui.look import current_look, font
from crackinspector.gui.widgets.drawing import draw_card, draw_words, fitted_font

_STEPS = 1000


class TouchSlider(QWidget):
    """A titled slider for a share. GUI thread only.

    Signals:
        changed: the value, whenever a person changes it; `set_value` is silent.
    """

    changed = Signal(float)

    def __init__(
        self,
        title: str,
        parent: QWidget | None = None,
        *,
        least: float = 0.0,
        most: float = 1.0,
        step: float = 0.01,
    ) -> None:
        super().__init__(parent)
        self._step = step
        self._bar = _Bar(title, round(least * _STEPS), round(most * _STEPS), round(step * _STEPS), self)
        self._bar.valueChanged.connect(self._tell)
        self.setFocusProxy(self._bar)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._bar)

    @property
    def value(self) -> float:
        """The share, 0..1, within the slider's range."""
        return self._bar.value() / _STEPS

    def set_value(self, value: float) -> None:
        """Show a value without telling anyone."""
        self._bar.blockSignals(True)
        self._bar.setValue(round(value * _STEPS))
        self._bar.blockSignals(False)
        self._bar.update()

    def set_title(self, title: str) -> None:
        """What is set here, in the language of the application."""
        self._bar.set_title(title)

    def _tell(self, value: int) -> None:
        self.changed.emit(value / _STEPS)


class _Bar(QSlider):
    """Draws title, value and groove; takes the value from where the finger is."""

    def __init__(self, title: str, least: int, most: int, step: int, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setRange(least, most)
        self.setSingleStep(step)
        self.setPageStep(10 * step if 10 * step < most - least else step)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._title = ""
        self.set_title(title)

    def set_title(self, title: str) -> None:
        """Name it, for eyes and for screen readers."""
        self._title = title
        self.setAccessibleName(title)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Title and value above the groove, which fills up to a knob."""
        look = current_look()
        colours, metrics = look.colours, look.metrics
        with QPainter(self) as painter:
            draw_card(painter, QRectF(self.rect()), colours.panel, look)
            words, groove = self._title_room(), self._groove()
            value = percent(self.value() / _STEPS)
            strong = font(metrics.normal, strong=True)
            used = draw_words(painter, words, value, strong, colours.text, Qt.AlignmentFlag.AlignRight)
            words.setRight(words.right() - used - metrics.unit)
            made = fitted_font(self._title, metrics.small, words.width(), round(metrics.small * 0.75))
            draw_words(painter, words, self._title, made, colours.quiet, Qt.AlignmentFlag.AlignLeft)
            shade = QColor(colours.accent if self.isEnabled() else colours.line)
            radius = groove.height() / 2
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colours.pressed if look.dark else colours.raised))
            painter.drawRoundedRect(groove, radius, radius)
            knob = self._knob()
            full = QRectF(groove.topLeft(), QPointF(knob.center().x(), groove.bottom()))
            painter.setBrush(shade)
            painter.drawRoundedRect(full, radius, radius)
            if not look.dark:
                painter.setPen(QPen(QColor(colours.line), look.stroke(1)))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRoundedRect(groove, radius, radius)
            painter.setPen(QPen(QColor(colours.panel), look.stroke(2)))
            painter.setBrush(QColor(colours.text) if self.isEnabled() else shade)
            painter.drawEllipse(knob)
            if self.hasFocus():
                painter.setPen(QPen(QColor(colours.text), look.stroke(1.5)))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                ring = look.stroke(2.5)
                painter.drawEllipse(knob.adjusted(-ring, -ring, ring, ring))

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Take hold anywhere."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.setSliderDown(True)
            self._follow(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Follow the finger."""
        if self.isSliderDown():
            self._follow(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Let go."""
        self.setSliderDown(False)

    def _follow(self, event: QMouseEvent) -> None:
        groove = self._groove()
        reach = self._knob_side() / 2
        share = (event.position().x() - groove.left() - reach) / max(1.0, groove.width() - 2 * reach)
        steps = round(share * (self.maximum() - self.minimum()) / self.singleStep())
        self.setValue(self.minimum() + steps * self.singleStep())
        event.accept()

    def _margin(self) -> float:
        return 2.0 * current_look().metrics.unit

    def _knob_side(self) -> float:
        return current_look().metrics.normal * 1.1

    def _title_room(self) -> QRectF:
        metrics, margin = current_look().metrics, self._margin()
        line = metrics.normal * 1.3
        top = (self.height() - line - self._knob_side() - metrics.unit / 2) / 2
        return QRectF(margin, top, self.width() - 2 * margin, line)

    def _groove(self) -> QRectF:
        metrics, words = current_look().metrics, self._title_room()
        height = metrics.normal * 0.42
        middle = words.bottom() + metrics.unit / 2 + self._knob_side() / 2
        return QRectF(words.left(), middle - height / 2, words.width(), height)

    def _knob(self) -> QRectF:
        groove, side = self._groove(), self._knob_side()
        share = (self.value() - self.minimum()) / (self.maximum() - self.minimum())
        x = groove.left() + share * (groove.width() - side)
        return QRectF(x, groove.center().y() - side / 2, side, side)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """At least as high as a finger."""
        metrics = current_look().metrics
        return QSize(10 * metrics.normal, max(metrics.touch_px, round(metrics.normal * 2.4 + metrics.unit * 1.5)))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Narrow, but never lower."""
        return QSize(6 * current_look().metrics.normal, self.sizeHint().height())
