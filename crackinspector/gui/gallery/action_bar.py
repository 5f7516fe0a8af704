"""What can be done to the chosen snapshots: a row of buttons, two where the screen is narrow."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QToolButton, QWidget

from crackinspector.gui.look import Dressed, current_look, icon
from crackinspector.gui.widgets.named import tell_names

DEEDS = ("confirmed", "rejected", "unsure", "tag", "place", "compare", "model", "bin")
_IN_BIN = ("restore",)
_ICONS = {
    **{"confirmed": "check", "rejected": "close", "unsure": "help", "tag": "tag"},
    **{"place": "place", "compare": "compare", "model": "model", "bin": "bin", "restore": "restore"},
}
_WRITES = frozenset(_ICONS) - {"compare"}


class ActionBar(Dressed, QWidget):
    """Buttons for the chosen. GUI thread only.

    Signals:
        wanted(str): one of `DEEDS`, or `restore`.
    """

    wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._binned = self._read_only = self._wide = False
        self._count = 0
        self._buttons = {name: QToolButton(self) for name in _ICONS}
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        for button in self._buttons.values():
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        tell_names(self._buttons, self.wanted, self)
        self._retranslate()
        self._restyle()

    def show_state(self, count: int, *, binned: bool, read_only: bool, wide: bool) -> None:
        """Which buttons there are, and which can be pressed."""
        self._count, self._read_only = count, read_only
        if (binned, wide) != (self._binned, self._wide):
            self._binned, self._wide = binned, wide
            self._restyle()
        for name, button in self._buttons.items():
            enough = count == 2 if name == "compare" else count > 0
            button.setEnabled(enough and not (read_only and name in _WRITES))

    def hasHeightForWidth(self) -> bool:  # noqa: N802 - Qt's name
        """One row, or two."""
        return True

    def heightForWidth(self, width: int) -> int:  # noqa: N802 - Qt's name
        """Of as many rows as it takes."""
        rows = -(-len(self._names) // self._columns_in(width))
        gap = current_look().metrics.unit
        return rows * (max(self._buttons[name].sizeHint().height() for name in self._names) + gap)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """One row."""
        return QSize(self._widest * len(self._names), self.heightForWidth(16_777_215))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Two buttons wide."""
        return QSize(2 * self._widest, self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """As many beside each other as fit."""
        super().resizeEvent(event)
        self._arrange()

    @property
    def _names(self) -> tuple[str, ...]:
        return _IN_BIN if self._binned else DEEDS

    @property
    def _widest(self) -> int:
        return max(self._buttons[name].sizeHint().width() for name in self._names)

    def _columns_in(self, width: int) -> int:
        """As many as fit, the rows about equally long."""
        count, gap = len(self._names), current_look().metrics.unit
        room = max(1, (width + gap) // (self._widest + gap))
        return -(-count // -(-count // min(count, room)))

    def _arrange(self) -> None:
        """By hand: a grid cannot say how high it is for a width."""
        names, gap = self._names, current_look().metrics.unit
        for name in set(self._buttons) - set(names):
            self._buttons[name].hide()
        columns = self._columns_in(self.width())
        height = max(self._buttons[name].sizeHint().height() for name in names)
        for begin in range(0, len(names), columns):
            row = names[begin : begin + columns]
            # On a desk they need not be as wide as the window.
            across = self._widest + 4 * gap if self._wide else (self.width() + gap) // len(row) - gap
            for column, name in enumerate(row):
                top = begin // columns * (height + gap)
                self._buttons[name].setGeometry(column * (across + gap), top, across, height)
                self._buttons[name].show()

    def _retranslate(self) -> None:
        for name, word, tip in (
            ("confirmed", self.tr("Confirm"), self.tr("The model is right (C)")),
            ("rejected", self.tr("Reject"), self.tr("The model is wrong (R)")),
            ("unsure", self.tr("Unsure"), self.tr("It cannot be told from the picture (U)")),
            ("tag", self.tr("Tag"), self.tr("Put a tag on, or take one off")),
            ("place", self.tr("Place"), self.tr("Say where they belong")),
            ("compare", self.tr("Compare"), self.tr("Two side by side")),
            ("model", self.tr("Model"), self.tr("Let another model look at them")),
            ("bin", self.tr("Bin"), self.tr("Into the bin, from which they can come back (Delete)")),
            ("restore", self.tr("Restore"), self.tr("Out of the bin again")),
        ):
            button = self._buttons[name]
            button.setText(word)
            button.setAccessibleName(word)
            button.setToolTip(tip)
        self._arrange()
        self.updateGeometry()

    def _restyle(self) -> None:
        look = current_look()
        unit, side = look.metrics.unit, look.metrics.icon
        style = Qt.ToolButtonStyle
        for name, button in self._buttons.items():
            button.setIcon(icon(_ICONS[name], look))
            button.setIconSize(QSize(side, side))
            button.setToolButtonStyle(style.ToolButtonTextBesideIcon if self._wide else style.ToolButtonTextUnderIcon)
            button.setStyleSheet(f"QToolButton {{ padding: {unit}px {2 * unit if self._wide else unit}px; }}")
        self._arrange()
        self.updateGeometry()
