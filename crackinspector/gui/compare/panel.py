"""The changes in words: how many of each kind, how sure they are, and all of them in a list."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from crackinspector.gui.compare.change_list import ChangeList
from crackinspector.gui.compare.strokes import kind_word
from crackinspector.gui.look import current_look
from crackinspector.survey.reinspection.alignment import Alignment
from crackinspector.survey.reinspection.changes import Change, Changes, Kind


class ChangePanel(QWidget):
    """GUI thread only.

    Signals:
        chosen(object): the `Change` that was tapped in the list.
    """

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: tuple[Changes, Alignment, bool] | None = None
        self._summary, self._details = QLabel(self), QLabel(self)
        self._summary.setProperty("role", "section")
        self._details.setProperty("role", "quiet")
        for label in (self._summary, self._details):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        self.list = ChangeList(self)
        self.list.chosen.connect(self.chosen)
        self._column = QVBoxLayout(self)
        self._column.addWidget(self._summary)
        self._column.addWidget(self._details)
        self._column.addWidget(self.list, 1)
        self.restyle()

    @property
    def words(self) -> str:
        """What stands above the list."""
        return f"{self._summary.text()}\n{self._details.text()}"

    def show_changes(self, changes: Changes, alignment: Alignment, models_differ: bool) -> None:
        """Show these; `models_differ` if two models looked."""
        self._shown = changes, alignment, models_differ
        self.list.show_changes(changes.cracks)
        self._say()

    def mark(self, change: Change) -> None:
        """Mark one in the list."""
        self.list.choose(change)

    def retranslate(self) -> None:
        """Say it in another language."""
        self.list.retranslate()
        self.list.setAccessibleName(self.tr("Changes"))
        self._say()

    def restyle(self) -> None:
        """New sizes."""
        unit = current_look().metrics.unit
        self._column.setContentsMargins(2 * unit, unit, 2 * unit, unit)
        self._column.setSpacing(unit)

    def _say(self) -> None:
        if self._shown is None:
            return
        changes, alignment, models_differ = self._shown
        counts = [
            f"{changes.count(kind)}\N{NO-BREAK SPACE}{kind_word(kind).lower()}" for kind in Kind if changes.count(kind)
        ]
        if counts and not any(changes.count(kind) for kind in (Kind.NEW, Kind.GROWN, Kind.REPAIRED)):
            counts.insert(0, self.tr("No changes"))
        self._summary.setText("  ·  ".join(counts) or self.tr("No cracks in either picture"))
        notes = []
        if alignment.by_hand:
            notes.append(self.tr("Laid over each other by hand, by four points."))
        else:
            notes.append(self.tr("Laid over each other to {px} px.").format(px=f"{max(0.1, alignment.rms_px):.1f}"))
        notes.append(self.tr("{share} % of the later picture compared.").format(share=round(100 * changes.compared)))
        if models_differ:
            notes.append(self.tr("Two models looked: differences may be theirs."))
        self._details.setText(" ".join(notes))
