"""What is wrong for as long as it is wrong: a sentence over the picture, and a button where something can be done."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QAccessible, QAccessibleEvent, QAction, QPainter, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from crackinspector.gui.look import current_look, font, pixmap
from crackinspector.gui.widgets.plate import Plate

_WIDEST = 30
"""Width in heights of the normal type, at most: longer lines are hard to read."""


class Banner(QWidget):
    """Standing trouble; messages that come and go are a `Toast`. GUI thread only.

    It takes all the room that it is given and lays its plate in the middle of it.
    """

    def __init__(self, remedy: QAction, parent: QWidget | None = None) -> None:
        """`remedy` is what the button does; its words follow the action's."""
        super().__init__(parent)
        self._plate = _Plate(remedy, self)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self.hide()

    @property
    def sentence(self) -> str:
        """What it says; empty while nothing is wrong."""
        return self._plate.words.text()

    def show_trouble(self, sentence: str, *, remedy: bool = False) -> None:
        """Say what is wrong, with or without the button; an empty sentence takes the banner away."""
        told = self.sentence
        self._plate.button.setVisible(remedy)
        self._plate.words.setText(sentence)
        self.setAccessibleName(sentence)
        self.setVisible(bool(sentence))
        self._place()
        if sentence and sentence != told:
            QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Keep to the middle."""
        super().resizeEvent(event)
        self._place()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Other sizes need other room."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.LanguageChange):
            self._plate.restyle()
            self._place()

    def _place(self) -> None:
        metrics = current_look().metrics
        width = min(self.width() - 2 * metrics.unit, _WIDEST * metrics.normal)
        height = min(self.height(), self._plate.heightForWidth(width))
        self._plate.setGeometry((self.width() - width) // 2, (self.height() - height) // 2, width, height)


class _Plate(Plate):
    """The plate with its sign, words and button."""

    def __init__(self, remedy: QAction, parent: QWidget) -> None:
        super().__init__(parent)
        self._remedy = remedy
        self._sign, self.words, self.button = QLabel(self), QLabel(self), QPushButton(self)
        self.words.setWordWrap(True)
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.button.setProperty("role", "primary")
        self.button.setAutoDefault(False)
        self.button.clicked.connect(remedy.trigger)
        remedy.changed.connect(self.retranslate)
        self._row, self._column = QHBoxLayout(), QVBoxLayout(self)
        self._row.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        self._row.addWidget(self.words, 1)
        self._column.addLayout(self._row, 1)
        self._column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignRight)
        self.retranslate()
        self.restyle()

    def draw(self, painter: QPainter) -> None:
        """Nothing but the plate; the rest are widgets on it."""
        self.draw_plate(painter, QRectF(self.rect()))

    def retranslate(self) -> None:
        """The button says what its action says."""
        self.button.setText(self._remedy.iconText())
        self.button.setToolTip(self._remedy.toolTip())
        self.button.setAccessibleName(self._remedy.iconText())

    def restyle(self) -> None:
        """Take the sizes and colours of the look."""
        look = current_look()
        colours, metrics, ratio = look.colours, look.metrics, self.devicePixelRatioF()
        self._sign.setPixmap(pixmap("warning", metrics.icon, colours.on_plate, colours.stroke, ratio))
        self.words.setFont(font(metrics.normal))
        self.button.setIcon(pixmap("retry", metrics.icon, colours.on_accent, colours.stroke, ratio))
        self.button.setIconSize(QSize(metrics.icon, metrics.icon))
        self.button.setMinimumWidth(3 * metrics.touch_px)
        unit = metrics.unit
        self._row.setSpacing(2 * unit)
        self._column.setSpacing(2 * unit)
        self._column.setContentsMargins(3 * unit, 3 * unit, 3 * unit, 3 * unit)
