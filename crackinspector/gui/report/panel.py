"""Beside the pages: the fields, what there is to say, and the buttons."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QScroller,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from crackinspector.gui.look import Dressed, current_look, icon
from crackinspector.gui.report.form import Form


class Panel(Dressed, QWidget):
    """As high as there is room, since the fields scroll; its buttons can be lent elsewhere. GUI thread only.

    Signals:
        save(), save_as(), print(), stop(): the person wants it.
    """

    save = Signal()
    save_as = Signal()
    print = Signal()
    stop = Signal()

    def __init__(self, form: Form, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._scroller = QScrollArea()
        self._scroller.setWidgetResizable(True)
        self._scroller.setFrameShape(QFrame.Shape.NoFrame)
        self._scroller.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        QScroller.grabGesture(self._scroller.viewport(), QScroller.ScrollerGestureType.TouchGesture)
        holder = QWidget()
        holder.setObjectName("pageContent")
        above = QVBoxLayout(holder)
        above.setContentsMargins(0, 0, 0, 0)
        above.addWidget(form)
        above.addStretch(1)
        self._scroller.setWidget(holder)
        self._words = QLabel()
        self._words.setWordWrap(True)
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self._save, self._save_as, self._print, self._stop = (QPushButton(self) for _ in range(4))
        self._save.setProperty("role", "primary")
        self._foot, self._lent = QWidget(self), False
        self._buttons = QGridLayout(self._foot)
        for button, wanted in (
            (self._save, self.save),
            (self._save_as, self.save_as),
            (self._print, self.print),
            (self._stop, self.stop),
        ):
            button.setAutoDefault(False)
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            button.clicked.connect(wanted)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(self._scroller, 1)
        self._column.addWidget(self._words)
        self._column.addWidget(self._foot)
        self._retranslate()
        self._restyle()
        self.show_state(busy=False, ready=False, printer=False)

    @property
    def told(self) -> str:
        """What is said."""
        return self._words.text()

    @property
    def least_width(self) -> int:
        """Two buttons beside each other."""
        widths = sorted(each.sizeHint().width() for each in (self._save, self._save_as, self._print))
        return widths[-1] + widths[-2] + self._buttons.horizontalSpacing()

    def hasHeightForWidth(self) -> bool:  # noqa: N802 - Qt's name
        """Words that wrap would make it so, and then as high as all the fields."""
        return False

    def say(self, sentence: str, warning: bool = False) -> None:
        """Say something, in the language of the application."""
        self._words.setProperty("role", "warning" if warning else "")
        self._words.style().unpolish(self._words)
        self._words.style().polish(self._words)
        self._words.setText(sentence)
        self._words.setAccessibleName(sentence)
        self._words.setVisible(bool(sentence))

    def show_state(self, *, busy: bool, ready: bool, printer: bool) -> None:
        """Which buttons there are, and whether they can be pressed.

        Args:
            busy: a report is being written or printed, which can be stopped.
            ready: there is a report.
            printer: there is a printer.
        """
        for button in (self._save, self._save_as, self._print):
            button.setVisible(not busy and (printer or button is not self._print))
            button.setEnabled(ready)
        self._stop.setVisible(busy)
        self._place_buttons()

    def lend_buttons(self, row: QHBoxLayout | None) -> None:
        """Put the buttons there, so that the fields have their room; None: back to the foot."""
        if (row is not None) == self._lent:
            return
        self._lent = row is not None
        (row or self._column).addWidget(self._foot)
        self._restyle()

    def set_room(self, width: int, height: int) -> None:
        """As wide as this, and no higher than this."""
        self.setFixedWidth(width)
        self.setMaximumHeight(height)
        self._place_buttons()

    def _place_buttons(self) -> None:
        """Beside each other, or the most important one above the others where that is too wide."""
        shown = [each for each in (self._save, self._save_as, self._print, self._stop) if not each.isHidden()]
        gap = self._buttons.horizontalSpacing()
        fits = self._lent or sum(each.sizeHint().width() + gap for each in shown) - gap <= self.maximumWidth()
        rows = [shown] if fits or len(shown) < 3 else [shown[:1], shown[1:]]
        for row, buttons in enumerate(rows):
            for column, button in enumerate(buttons):
                span = len(rows[-1]) if row == 0 and len(rows) > 1 else 1
                self._buttons.addWidget(button, row, column, 1, span)

    def _retranslate(self) -> None:
        self._save.setText(self.tr("Save PDF"))
        self._save_as.setText(self.tr("Save as…"))
        self._print.setText(self.tr("Print…"))
        self._stop.setText(self.tr("Stop"))

    def _restyle(self) -> None:
        look = current_look()
        unit, side = look.metrics.unit, QSize(look.metrics.icon, look.metrics.icon)
        self._column.setSpacing(2 * unit)
        self._column.setContentsMargins(0, 0, 0, 2 * unit)
        self._buttons.setSpacing(unit)
        self._buttons.setContentsMargins(0, 0, 0, 0)
        for button, name, colour in (
            (self._save, "report", look.colours.on_accent),
            (self._save_as, "folder", ""),
            (self._print, "print", ""),
            (self._stop, "stop", ""),
        ):
            button.setIcon(icon(name, look, colour))
            button.setIconSize(side)
