"""The gallery's head: the way back, what is shown, how many, and what can be done with the list."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QMenu, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from crackinspector.gui.gallery.exporter import form_words
from crackinspector.gui.gallery.words import counted
from crackinspector.gui.look import Dressed, current_look, icon
from crackinspector.gui.widgets.named import tell_names
from crackinspector.library.forms import FORMS

_TWO_ROWS = 44
"""Narrower than so many heights of the normal type, the buttons have a row of their own."""
_MENU = ("bin", "report", "agreement", "add")


class Header(Dressed, QWidget):
    """GUI thread only.

    Signals:
        back(): the way back; while snapshots are being chosen, the person is done with that.
        wanted(str): `filter`, `map`, `choose`, `all`, or one of the menu's entries: `bin` (in the bin, the way out of
            it), `report`, `agreement`, `add`.
        export_wanted(str): one of `library.forms.FORMS`.
    """

    back = Signal()
    wanted = Signal(str)
    export_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._has_back = True
        self._choosing = self._binned = self._read_only = self._taking = False
        self._restrictions = 0
        self._total: int | None = None
        self._chosen = 0
        self._back = QToolButton(self)
        self._back.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._back.clicked.connect(self.back)
        self._title, self._count = QLabel(self), QLabel(self)
        self._title.setProperty("role", "heading")
        self._count.setProperty("role", "quiet")
        self._buttons = {name: QToolButton(self) for name in ("all", "map", "filter", "choose", "more")}
        for button in self._buttons.values():
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            button.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        tell_names({name: button for name, button in self._buttons.items() if name != "more"}, self.wanted, self)
        self._buttons["map"].setCheckable(True)
        self._menu = QMenu(self)
        self._entries = {name: QAction(self) for name in _MENU}
        self._menu.addActions(list(self._entries.values()))
        tell_names(self._entries, self.wanted, self)
        self._exports = self._menu.addMenu("")
        self._forms = {form: QAction(self) for form in FORMS}
        self._exports.addActions(list(self._forms.values()))
        tell_names(self._forms, self.export_wanted, self)
        self._buttons["more"].setMenu(self._menu)
        self._buttons["more"].setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        words = QVBoxLayout()
        words.setSpacing(0)
        for label in (self._title, self._count):
            words.addWidget(label)
        self._first, self._row = QHBoxLayout(), QHBoxLayout()
        self._first.addWidget(self._back)
        self._first.addLayout(words, 1)
        for button in self._buttons.values():
            self._row.addWidget(button)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.addLayout(self._first, 0, 0)
        self._grid.setColumnStretch(0, 1)
        self._two_rows: bool | None = None
        self._retranslate()
        self._restyle()

    @property
    def title(self) -> str:
        """What is shown."""
        return self._title.text()

    @property
    def count_words(self) -> str:
        """How many, in words."""
        return self._count.text()

    def set_back(self, on: bool) -> None:
        """Whether there is a way back from here."""
        self._has_back = on
        self._name()

    def add_to_menu(self, actions: Sequence[QAction]) -> None:
        """Put what the window itself can do at the foot of the menu."""
        self._menu.addSeparator()
        self._menu.addActions(actions)

    def set_map(self, on: bool) -> None:
        """Whether crack maps lie over the thumbnails."""
        self._buttons["map"].setChecked(on)

    def show_state(
        self,
        *,
        choosing: bool,
        chosen: int,
        binned: bool,
        total: int | None,
        restrictions: int,
        read_only: bool,
        taking: bool,
    ) -> None:
        """What the list is; `total` is None until it has come, and with `taking` there are more to come."""
        self._taking = taking
        self._choosing, self._chosen, self._binned = choosing, chosen, binned
        self._total, self._restrictions, self._read_only = total, restrictions, read_only
        # A window grows with what is shown for a moment, so that what goes is hidden before what comes is shown.
        for name, button in self._buttons.items():
            button.setVisible(button.isVisibleTo(self) and (name == "all") == choosing)
        self._arrange()
        self._name()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """One row, or two."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        two = self.width() < _TWO_ROWS * current_look().metrics.normal and not self._choosing
        if two == self._two_rows:
            return
        self._two_rows = two
        self._grid.removeItem(self._row)
        self._grid.addLayout(self._row, *((1, 0) if two else (0, 1)))
        policy = QSizePolicy.Policy
        for button in self._buttons.values():
            button.setSizePolicy(policy.Expanding if two else policy.Preferred, policy.Fixed)

    def _name(self) -> None:
        self._back.setVisible(self._has_back or self._choosing or self._binned)
        self._back.setText(self.tr("Done") if self._choosing else self.tr("Back"))
        self._back.setAccessibleName(self._back.text())
        self._back.setIcon(icon("close" if self._choosing else "back", current_look()))
        title = self.tr("Bin") if self._binned else self.tr("Gallery")
        chosen = self.tr("{count} chosen").format(count=counted(self._chosen))
        self._title.setText(chosen if self._choosing else title)
        count = ""
        if self._total is not None:
            pictures = self.tr("1 picture") if self._total == 1 else self.tr("{count} pictures")
            count = pictures.format(count=counted(self._total))
            if self._taking and not self._binned:
                count = self.tr("{pictures}, more coming…").format(pictures=count)
        if self._chosen and not self._choosing:
            count = f"{count} · {chosen}"
        self._count.setText(count)
        number = self._restrictions
        words = self.tr("Filter")
        self._buttons["filter"].setText(f"{words} · {number}" if number else words)
        for name, button in self._buttons.items():
            button.setVisible((name == "all") if self._choosing else (name != "all"))
            button.setAccessibleName(button.text())
        entries = self._entries
        entries["bin"].setText(self.tr("Leave the bin") if self._binned else self.tr("Bin"))
        entries["add"].setEnabled(not self._read_only)
        self._exports.setEnabled(bool(self._total))

    def _retranslate(self) -> None:
        for name, words in (
            ("all", self.tr("All")),
            ("map", self.tr("Heat map")),
            ("choose", self.tr("Choose")),
            ("more", self.tr("More")),
        ):
            self._buttons[name].setText(words)
        self._entries["report"].setText(self.tr("Report…"))
        self._entries["agreement"].setText(self.tr("Models and people"))
        self._entries["add"].setText(self.tr("Add pictures…"))
        self._exports.setTitle(self.tr("Export this list"))
        for form, action in self._forms.items():
            action.setText(form_words(form))
        self._name()

    def _restyle(self) -> None:
        look = current_look()
        unit, side = look.metrics.unit, QSize(look.metrics.icon, look.metrics.icon)
        drawings = {"all": "choose", "map": "heatmap", "filter": "filter", "choose": "choose", "more": "more"}
        for name, button in self._buttons.items():
            button.setIcon(icon(drawings[name], look))
            button.setIconSize(side)
            button.setStyleSheet(f"QToolButton {{ padding: 0 {unit}px; }}")
        menu = {"bin": "bin", "report": "report", "agreement": "agreement", "add": "plus"}
        for name, action in self._entries.items():
            action.setIcon(icon(menu[name], look))
        self._exports.setIcon(icon("export", look))
        self._back.setIconSize(side)
        self._back.setMinimumSize(2 * look.metrics.touch_px, look.metrics.touch_px)
        self._first.setSpacing(2 * unit)
        self._row.setSpacing(unit)
        self._grid.setHorizontalSpacing(unit)
        self._grid.setVerticalSpacing(unit)
        self._two_rows = None
        self._arrange()
        self._name()
