"""The buttons of a correction by hand."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QAction, QActionGroup, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from crackinspector.gui.look import Dressed, current_look, icon
from crackinspector.gui.review.edit.layer import WIDTHS, EditLayer, Tool
from crackinspector.gui.widgets import ActionButton

_ICONS = {
    "brush": "brush",
    "eraser": "eraser",
    "line": "polyline",
    "thinner": "minus",
    "thicker": "plus",
    "undo": "undo",
    "redo": "redo",
    "end": "end-line",
    "discard": "close",
    "save": "check",
}
_ROWS: Mapping[int, tuple[str, ...]] = {
    11: ("brush eraser line end thinner width thicker undo redo discard save",),
    6: ("brush eraser line end undo redo", "thinner width thicker discard discard save"),
    4: ("brush eraser line end", "thinner width width thicker", "undo redo discard save"),
    3: ("brush eraser line", "thinner width thicker", "undo redo end", "discard save save"),
    2: ("brush eraser", "line end", "width width", "thinner thicker", "undo redo", "discard save"),
}
"""What stands where, by how many finger-wide columns there are; what is named twice is twice as wide."""
_TOOLS = {"brush": Tool.BRUSH, "eraser": Tool.ERASER, "line": Tool.LINE}


class EditBar(Dressed, QWidget):
    """Tools, width, undo, redo, save and discard of an `EditLayer`, in as many rows as its width asks for.

    GUI thread only.

    Signals:
        save: what is drawn is to be kept.
        discard: it is not, and nothing is lost by that or the person has agreed.
    """

    save = Signal()
    discard = Signal()

    def __init__(self, layer: EditLayer, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._layer = layer
        self._columns = 0
        self._actions = {name: QAction(self) for name in _ICONS}
        group = QActionGroup(self)
        for name in _TOOLS:
            self._actions[name].setCheckable(True)
            group.addAction(self._actions[name])
        for name, method in (
            ("brush", self._take_brush),
            ("eraser", self._take_eraser),
            ("line", self._take_line),
            ("thinner", self._go_thinner),
            ("thicker", self._go_thicker),
            ("undo", self._undo),
            ("redo", self._redo),
            ("end", self._end_line),
            ("discard", self._ask),
            ("save", self.save.emit),
        ):
            self._actions[name].triggered.connect(method)
        hints = {"brush": "B", "eraser": "E", "line": "L"}
        self._buttons = {name: ActionButton(action, hints.get(name, "")) for name, action in self._actions.items()}
        for button in self._buttons.values():
            # The keys stay with the picture.
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._width = QLabel()
        self._width.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._width.setProperty("role", "section")
        self._tools, self._asking = QWidget(self), QWidget(self)
        self._grid = QGridLayout(self._tools)
        self._make_question()
        # No stack of pages: a bar is as high as what it shows.
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._tools)
        column.addWidget(self._asking)
        self._ask_now(False)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        layer.changed.connect(self._follow)
        self._retranslate()
        self._restyle()

    @staticmethod
    def narrow_width() -> int:
        """How wide it is with three buttons in a row, for a place beside the picture."""
        return 3 * _cell() + current_look().metrics.unit

    @Slot()
    def ask_to_discard(self) -> None:
        """What the button for it does: at once if nothing would be lost, else after a question."""
        self._ask()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Use the width."""
        super().resizeEvent(event)
        self.fit(self.width())

    def _make_question(self) -> None:
        self._question = QLabel()
        self._question.setWordWrap(True)
        self._question.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._stay, self._leave = QPushButton(), QPushButton()
        self._stay.clicked.connect(self._go_on)
        self._leave.clicked.connect(self._give_up)
        self._answers = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._answers.addWidget(self._stay, 1)
        self._answers.addWidget(self._leave, 1)
        column = QVBoxLayout(self._asking)
        column.addWidget(self._question)
        column.addLayout(self._answers)

    def _ask_now(self, on: bool) -> None:
        self._tools.setVisible(not on)
        self._asking.setVisible(on)

    @Slot()
    def _follow(self) -> None:
        """Show what the layer is ready for."""
        layer, actions = self._layer, self._actions
        for name, tool in _TOOLS.items():
            actions[name].setChecked(layer.tool is tool)
        actions["thinner"].setEnabled(layer.tip_width > WIDTHS[0])
        actions["thicker"].setEnabled(layer.tip_width < WIDTHS[-1])
        actions["undo"].setEnabled(layer.can_undo)
        actions["redo"].setEnabled(layer.can_redo)
        actions["end"].setEnabled(layer.points > 1)
        actions["save"].setEnabled(layer.is_changed and not layer.is_empty)
        rejected = self.tr("Nothing is drawn. To say that there is no crack, reject the finding.")
        actions["save"].setToolTip(rejected if layer.is_empty else "")
        self._width.setText(self.tr("{width} px").format(width=layer.tip_width))
        self._width.setAccessibleName(self.tr("Width of the tip: {width} pixels").format(width=layer.tip_width))

    @Slot()
    def _take_brush(self) -> None:
        self._layer.set_tool(Tool.BRUSH)

    @Slot()
    def _take_eraser(self) -> None:
        self._layer.set_tool(Tool.ERASER)

    @Slot()
    def _take_line(self) -> None:
        self._layer.set_tool(Tool.LINE)

    @Slot()
    def _go_thinner(self) -> None:
        self._layer.step_width(-1)

    @Slot()
    def _go_thicker(self) -> None:
        self._layer.step_width(1)

    @Slot()
    def _undo(self) -> None:
        self._layer.undo()

    @Slot()
    def _redo(self) -> None:
        self._layer.redo()

    @Slot()
    def _end_line(self) -> None:
        self._layer.end_line()

    @Slot()
    def _ask(self) -> None:
        if self._layer.is_changed:
            self._ask_now(True)
            self._stay.setFocus()
        else:
            self.discard.emit()

    @Slot()
    def _go_on(self) -> None:
        self._ask_now(False)
        self._layer.setFocus()

    @Slot()
    def _give_up(self) -> None:
        self._ask_now(False)
        self.discard.emit()

    def fit(self, width: int) -> None:
        """Have as many rows as this width asks for; also before it is shown, so that no other room is made for it."""
        metrics = current_look().metrics
        room = (width - metrics.unit) // _cell()
        directions = QBoxLayout.Direction
        needed = self._stay.sizeHint().width() + self._leave.sizeHint().width() + 6 * metrics.unit
        self._answers.setDirection(directions.TopToBottom if needed > width else directions.LeftToRight)
        columns = max((count for count in _ROWS if count <= room), default=2)
        if columns == self._columns:
            return
        self._columns = columns
        parts: dict[str, QWidget] = {**self._buttons, "width": self._width}
        for part in parts.values():
            self._grid.removeWidget(part)
        for column in range(max(_ROWS)):
            self._grid.setColumnStretch(column, int(column < columns))
        for number, row in enumerate(_ROWS[columns]):
            names = row.split()
            for name in dict.fromkeys(names):
                self._grid.addWidget(parts[name], number, names.index(name), 1, names.count(name))

    def _retranslate(self) -> None:
        words = {
            "brush": self.tr("Brush"),
            "eraser": self.tr("Eraser"),
            "line": self.tr("Line"),
            "thinner": self.tr("Thinner"),
            "thicker": self.tr("Thicker"),
            "undo": self.tr("Undo"),
            "redo": self.tr("Redo"),
            "end": self.tr("End line"),
            "discard": self.tr("Discard"),
            "save": self.tr("Save"),
        }
        for name, word in words.items():
            self._actions[name].setText(word)
        self._question.setText(self.tr("What you have drawn is not saved. Discard it?"))
        self._stay.setText(self.tr("Keep drawing"))
        self._leave.setText(self.tr("Discard it"))
        self.setAccessibleName(self.tr("Correction by hand"))
        self._follow()

    def _restyle(self) -> None:
        look = current_look()
        for name, action in self._actions.items():
            action.setIcon(icon(_ICONS[name], look))
        self._grid.setContentsMargins(*[look.metrics.unit] * 4)
        self._grid.setSpacing(look.metrics.unit)
        self._columns = 0
        self.fit(self.width())


def _cell() -> int:
    """A button's width with the gap beside it; the style sheet gives it no less."""
    metrics = current_look().metrics
    return metrics.touch_px + 5 * metrics.unit
