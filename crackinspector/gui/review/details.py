"""What is known of a snapshot besides its picture, and what a person can say of it: place, tags, a note."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QLineEdit, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from crackinspector.core.text import printable
from crackinspector.gui.look import Dressed, current_look
from crackinspector.gui.review.loaded import Loaded
from crackinspector.gui.review.words import local_time

_NEW_LINE = " \N{DOWNWARDS ARROW WITH CORNER LEFTWARDS} "
"""How the end of a line of a note stands in a field of one line."""
_WIDE = 18
"""Width in heights of the normal type from which on words stand beside their fields."""
_LONGEST_NAME, _LONGEST_NOTE = 200, 5000


class Details(Dressed, QWidget):
    """Fields tell what was typed when they are left; `flush` lets them tell at once. GUI thread only.

    Signals:
        place_edited(str, str, str): structure, element, inspection.
        tag_edited(str, bool): a tag is put on or taken off.
        note_edited(str): the note.
    """

    place_edited = Signal(str, str, str)
    tag_edited = Signal(str, bool)
    note_edited = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._loaded: Loaded | None = None
        self._facts = QLabel(self)
        self._facts.setProperty("role", "quiet")
        self._facts.setTextFormat(Qt.TextFormat.PlainText)
        self._facts.setWordWrap(True)
        self._facts.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.reason = QLineEdit(self)
        self._places = [QLineEdit(self) for _ in range(3)]
        self._note, self._tag = QLineEdit(self), QLineEdit(self)
        self._titles = [QLabel(self) for _ in range(6)]
        for field in self._places:
            field.setMaxLength(_LONGEST_NAME)
            field.editingFinished.connect(self._place_left)
        self._note.setMaxLength(_LONGEST_NOTE)
        self._note.editingFinished.connect(self._note_left)
        self._tag.setMaxLength(_LONGEST_NAME)
        self._tag.editingFinished.connect(self._tag_left)
        self.reason.setMaxLength(_LONGEST_NOTE)
        self._tags = QWidget(self)
        self._tag_column = QVBoxLayout(self._tags)
        self._tag_column.setContentsMargins(0, 0, 0, 0)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setColumnStretch(1, 1)
        self._fields = (self.reason, *self._places, self._note, self._tag)
        for title, field in zip(self._titles, self._fields, strict=True):
            title.setProperty("role", "quiet")
            title.setBuddy(field)
        self._wide: bool | None = None
        self._restyle()
        self._retranslate()

    def await_snapshot(self, loaded: Loaded | None) -> None:
        """Take no text until this snapshot is shown: what is typed belongs to the picture on screen."""
        shown = None if self._loaded is None else self._loaded.row.id
        self.setEnabled(loaded is not None and loaded.row.id == shown)

    def show_snapshot(self, loaded: Loaded | None, *, writable: bool) -> None:
        """Show what is known; a field that is being typed into keeps its text while it is the same snapshot's."""
        same = loaded is not None and self._loaded is not None and loaded.row.id == self._loaded.row.id
        self._loaded = loaded
        self.setEnabled(loaded is not None)
        state = None if loaded is None else loaded.state
        places = ("", "", "") if state is None else (state.structure, state.element, state.inspection)
        note = "" if state is None else state.note.replace("\n", _NEW_LINE)
        for field, text in (*zip(self._places, places, strict=True), (self._note, note)):
            if not (same and field.hasFocus() and field.isModified()):
                field.setText(text)
        if not same:
            self._tag.clear()
        for field in self._fields:
            field.setEnabled(writable)
        self._show_tags(() if state is None else state.tags, writable)
        self._facts.setText("" if loaded is None else "\n".join(self._lines(loaded)))

    @Slot()
    def flush(self) -> None:
        """Tell of what was typed, before another snapshot is shown or the library is closed."""
        self._place_left()
        self._note_left()
        self._tag_left()

    def take_reason(self) -> str:
        """The reason that was typed, which is for one verdict only."""
        reason = self.reason.text().strip()
        self.reason.clear()
        return reason

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Words beside their fields, or above them where it is narrow."""
        super().resizeEvent(event)
        self._arrange()

    @Slot()
    def _place_left(self) -> None:
        if self._loaded is None or not any(field.isModified() for field in self._places):
            return
        for field in self._places:
            field.setModified(False)
        structure, element, inspection = (field.text().strip() for field in self._places)
        state = self._loaded.state
        if (structure, element, inspection) != (state.structure, state.element, state.inspection):
            self.place_edited.emit(structure, element, inspection)

    @Slot()
    def _note_left(self) -> None:
        if self._loaded is None or not self._note.isModified():
            return
        self._note.setModified(False)
        text = self._note.text().replace(_NEW_LINE, "\n").strip()
        if text != self._loaded.state.note:
            self.note_edited.emit(text)

    @Slot()
    def _tag_left(self) -> None:
        name = self._tag.text().strip()
        if self._loaded is not None and name and self._tag.isModified():
            self._tag.clear()
            if name not in self._loaded.state.tags:
                self.tag_edited.emit(name, True)

    @Slot()
    def _tag_pressed(self) -> None:
        button = self.sender()
        if isinstance(button, QPushButton):
            self.tag_edited.emit(str(button.property("tag")), False)

    def _show_tags(self, names: Sequence[str], writable: bool) -> None:
        """A button for each tag, which takes it off."""
        buttons = self._tags.findChildren(QPushButton)
        if [button.property("tag") for button in buttons] != list(names):
            for button in buttons:
                self._tag_column.removeWidget(button)
                button.setParent(None)
                button.deleteLater()
            buttons = []
            for name in names:
                button = QPushButton(self._tags)
                button.setProperty("tag", name)
                button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
                button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
                button.clicked.connect(self._tag_pressed)
                self._tag_column.addWidget(button)
                buttons.append(button)
        for button in buttons:
            name = printable(str(button.property("tag")))
            button.setText(f"{name}  \N{MULTIPLICATION SIGN}")
            button.setAccessibleName(self.tr("Take off the tag {tag}").format(tag=name))
            button.setToolTip(button.accessibleName())
            button.setEnabled(writable)
        self._tags.setVisible(bool(names))

    def _lines(self, loaded: Loaded) -> list[str]:
        """What nobody can change."""
        row, facts = loaded.row, loaded.sidecar.facts
        lines = [printable(row.name), self.tr("Size: {width} × {height} px").format(width=row.width, height=row.height)]
        if row.taken:
            lines.append(self.tr("Taken: {when}").format(when=row.taken.replace("T", " ")[:19]))
        lines.append(self.tr("Added: {when}").format(when=local_time(row.added)))
        if row.source:
            lines.append(self.tr("From: {source}").format(source=printable(row.source)))
        if row.latitude is not None and row.longitude is not None:
            lines.append(self.tr("Position: {north}, {east}").format(north=row.latitude, east=row.longitude))
        if loaded.detection is not None:
            digest = loaded.detection.model_sha256[:12]
            model = printable(loaded.detection.model) + (f" ({digest})" if digest else "")
            lines.append(self.tr("Model: {model}").format(model=model))
        lines.append(self.tr("Content: {digest}").format(digest=facts.sha256[:16]))
        return lines

    def _arrange(self) -> None:
        wide = self.width() >= _WIDE * current_look().metrics.normal
        if wide == self._wide:
            return
        self._wide = wide
        for row, (title, field) in enumerate(zip(self._titles, self._fields, strict=True)):
            self._grid.addWidget(title, *((row, 0) if wide else (2 * row, 0, 1, 2)))
            self._grid.addWidget(field, *((row, 1) if wide else (2 * row + 1, 0, 1, 2)))
        last = 2 * len(self._fields)
        self._grid.addWidget(self._tags, last, 0, 1, 2)
        self._grid.addWidget(self._facts, last + 1, 0, 1, 2)

    def _restyle(self) -> None:
        unit = current_look().metrics.unit
        self._grid.setSpacing(unit)
        self._tag_column.setSpacing(unit)
        self._arrange()

    def _retranslate(self) -> None:
        titles = (
            self.tr("Reason"),
            self.tr("Structure"),
            self.tr("Element"),
            self.tr("Inspection"),
            self.tr("Note"),
            self.tr("Tag"),
        )
        for title, text in zip(self._titles, titles, strict=True):
            title.setText(text)
        self.reason.setPlaceholderText(self.tr("for the next verdict; may be empty"))
        self._tag.setPlaceholderText(self.tr("Enter puts it on"))
        if self._loaded is not None:
            self._facts.setText("\n".join(self._lines(self._loaded)))
