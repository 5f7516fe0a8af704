"""What is asked before many snapshots get a tag or a place."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from crackinspector.gui.fields.choices import Choices
from crackinspector.gui.fields.text import MOST, TextField
from crackinspector.gui.gallery.pick_list import Name, PickList
from crackinspector.gui.look import Dressed, current_look


class TagForm(Dressed, QWidget):
    """A tag to put on or take off: typed, or one that is in use. GUI thread only.

    Signals:
        given(str, bool): its name, and whether it is put on.
    """

    given = Signal(str, bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._way = Choices({"on": "", "off": ""}, self)
        self._way.show_value("on")
        self._way.edited.connect(self._turn)
        self._text = QLineEdit(self)
        self._text.setMaxLength(MOST)
        self._text.returnPressed.connect(self._give)
        self._text.textChanged.connect(self._check)
        self._do = QPushButton(self)
        self._do.setProperty("role", "primary")
        self._do.setAutoDefault(False)
        self._do.clicked.connect(self._give)
        self._list = PickList(self)
        self._list.picked.connect(self._give_picked)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        for widget in (self._way, self._text, self._do):
            self._column.addWidget(widget)
        self._column.addWidget(self._list, 1)
        self._retranslate()
        self._restyle()
        self._check()

    def show_tags(self, tags: Sequence[Name]) -> None:
        """Offer the tags that are in use."""
        self._text.clear()
        self._list.show_names(tags)

    @property
    def _on(self) -> bool:
        return self._way.value == "on"

    @Slot()
    def _give(self) -> None:
        name = self._text.text().strip()
        if name:
            self.given.emit(name, self._on)

    @Slot(object)
    def _give_picked(self, name: str) -> None:
        self.given.emit(name, self._on)

    @Slot()
    def _check(self) -> None:
        self._do.setEnabled(bool(self._text.text().strip()))

    @Slot(object)
    def _turn(self) -> None:
        self._retranslate()

    def _retranslate(self) -> None:
        self._way.set_titles({"on": self.tr("Put on"), "off": self.tr("Take off")})
        self._way.name(self.tr("Tag"))
        self._text.setPlaceholderText(self.tr("Tag, such as “wet”"))
        self._text.setAccessibleName(self.tr("Tag"))
        self._do.setText(self.tr("Put this tag on") if self._on else self.tr("Take this tag off"))

    def _restyle(self) -> None:
        self._column.setSpacing(current_look().metrics.unit)


class PlaceForm(Dressed, QWidget):
    """Structure, element and inspection that snapshots belong to. GUI thread only.

    Signals:
        given(object, object, object): the three names, empty where nobody knows; None for one that was left as it is,
            which need not be the same for all snapshots.
    """

    given = Signal(object, object, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._titles = [QLabel(self) for _ in range(3)]
        self._lines = [TextField(self) for _ in range(3)]
        self._do = QPushButton(self)
        self._do.setProperty("role", "primary")
        self._do.setAutoDefault(False)
        self._do.clicked.connect(self._give)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        for title, line in zip(self._titles, self._lines, strict=True):
            title.setProperty("role", "section")
            self._column.addWidget(title)
            self._column.addWidget(line)
        self._column.addWidget(self._do)
        self._column.addStretch(1)
        self._shown = [""] * 3
        self._several = [False] * 3
        self._retranslate()
        self._restyle()

    def begin(self) -> None:
        """Nothing is known of the snapshots yet; nothing can be said of them until it is."""
        self._shown, self._several = [""] * 3, [False] * 3
        for line in self._lines:
            line.show_value("")
        self._retranslate()
        self._do.setEnabled(False)

    def show_places(self, now: Sequence[tuple[str, str, str]], places: Sequence[tuple[str, str, str, int]]) -> None:
        """Show where they belong now, in the fields that the person has left alone; offer the names that there are.

        Args:
            now: every place that one of them has.
            places: those of the library, and how many snapshots each has.
        """
        first = not self._do.isEnabled()
        for level, line in enumerate(self._lines):
            names = {place[level] for place in now}
            untouched = line.text == self._shown[level]
            self._several[level] = len(names) > 1
            self._shown[level] = names.pop() if len(names) == 1 else ""
            if untouched:
                line.show_value(self._shown[level])
            line.suggest(sorted({place[:3][level] for place in places} - {""}))
        self._retranslate()
        self._do.setEnabled(True)
        if first:
            self._lines[0].setFocus()

    @Slot()
    def _give(self) -> None:
        names = [line.text for line in self._lines]
        self.given.emit(*(None if name == shown else name for name, shown in zip(names, self._shown, strict=True)))

    def _retranslate(self) -> None:
        words = self.tr("Structure"), self.tr("Element"), self.tr("Inspection")
        for title, line, word, several in zip(self._titles, self._lines, words, self._several, strict=True):
            title.setText(word)
            line.name(word)
            line.set_placeholder(self.tr("Several; stays as it is") if several else "")
        self._do.setText(self.tr("Set place"))

    def _restyle(self) -> None:
        self._column.setSpacing(current_look().metrics.unit)
