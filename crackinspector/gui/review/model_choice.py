"""A model to choose from, as a card that is touched."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QLabel, QSizePolicy, QVBoxLayout, QWidget

from crackinspector.core.text import printable
from crackinspector.gui.look import Dressed, current_look
from crackinspector.gui.models.catalogue import ROLES, ModelEntry
from crackinspector.gui.sentences import translated
from crackinspector.gui.widgets.drawing import draw_card


class ModelChoice(Dressed, QAbstractButton):
    """Name and purpose of a model; one of several is checked. GUI thread only."""

    def __init__(self, entry: ModelEntry, looked_last: bool, parent: QWidget | None = None) -> None:
        """`looked_last`: this model was the last to look at all that is asked about."""
        super().__init__(parent)
        self.entry, self._looked_last = entry, looked_last
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setEnabled(not entry.problem)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self._name, self._about = QLabel(self), QLabel(self)
        self._name.setProperty("role", "section")
        self._about.setProperty("role", "quiet")
        self._column = QVBoxLayout(self)
        for label in (self._name, self._about):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            self._column.addWidget(label)
        self._retranslate()
        self._restyle()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """A card; the chosen one has a frame and a bar at its side."""
        look = current_look()
        colours, unit = look.colours, look.metrics.unit
        face = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        with QPainter(self) as painter:
            draw_card(painter, face, colours.pressed if self.isDown() else colours.raised, look)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            if self.isChecked():
                painter.setPen(QPen(QColor(colours.accent), look.stroke(2)))
                painter.drawRoundedRect(face, unit, unit)
                bar = QRectF(face.left() + unit, face.top() + 2 * unit, unit * 0.6, face.height() - 4 * unit)
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(QColor(colours.accent))
                painter.drawRoundedRect(bar, bar.width() / 2, bar.width() / 2)
            if self.hasFocus():
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.setPen(QPen(QColor(colours.text), look.stroke(1.5)))
                painter.drawRoundedRect(face.adjusted(3, 3, -3, -3), unit - 2, unit - 2)

    def _retranslate(self) -> None:
        entry = self.entry
        name = printable(entry.card.name) if entry.card is not None else printable(entry.path.stem)
        if entry.problem:
            about = translated(entry.problem)
        elif entry.shipped:
            about = QCoreApplication.translate("models", ROLES[entry.choice])
        else:
            about = printable(entry.card.description) if entry.card is not None else printable(entry.path)
        if self._looked_last:
            about = self.tr("It was the last to look at these.") + " " + about
        self._name.setText(name)
        self._about.setText(about)
        self.setAccessibleName(name)
        self.setAccessibleDescription(about)

    def _restyle(self) -> None:
        metrics = current_look().metrics
        self._column.setContentsMargins(3 * metrics.unit, 2 * metrics.unit, 2 * metrics.unit, 2 * metrics.unit)
        self._column.setSpacing(metrics.unit // 2)
        self.setMinimumHeight(metrics.touch_px)
