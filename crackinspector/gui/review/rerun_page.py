"""Where another model is chosen to look at snapshots, and how far it has come."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from crackinspector.gui.background import Background
from crackinspector.gui.look import Dressed, current_look
from crackinspector.gui.models.catalogue import ModelEntry, list_models
from crackinspector.gui.review.model_choice import ModelChoice
from crackinspector.gui.review.rerun import Rerun
from crackinspector.gui.sentences import spoken
from crackinspector.gui.widgets import PageFrame
from crackinspector.library.queries import Row


class RerunPage(Dressed, PageFrame):
    """Works a `Rerun`, which goes on when the page is left. GUI thread only."""

    def __init__(
        self,
        rerun: Rerun,
        find: Callable[..., list[ModelEntry]] = list_models,
        parent: QWidget | None = None,
    ) -> None:
        """`find` lists the models that there are."""
        super().__init__("", parent)
        self._rerun, self._find = rerun, find
        self._rows: Sequence[Row] = ()
        self._entries: list[ModelEntry] = []
        self._views: list[ModelChoice] = []
        self._wanted = ""
        self._outcome: list[str] = []
        self._listing = Background("models to look with", self)
        self._listing.finished.connect(self._show_entries)
        self._listing.failed.connect(self._say)
        content = QWidget()
        self._column = QVBoxLayout(content)
        self._about, self._told = QLabel(content), QLabel(content)
        self._about.setProperty("role", "quiet")
        self._choices = QVBoxLayout()
        self._start, self._stop = QPushButton(content), QPushButton(content)
        self._start.setProperty("role", "primary")
        self._start.clicked.connect(self._begin)
        self._stop.clicked.connect(self._end)
        self._buttons = QHBoxLayout()
        for button in (self._start, self._stop):
            self._buttons.addWidget(button, 1)
        self._bar = QProgressBar(content)
        self._bar.setTextVisible(False)
        for label in (self._about, self._told):
            label.setWordWrap(True)
        self._column.addWidget(self._about)
        self._column.addLayout(self._choices)
        self._column.addLayout(self._buttons)
        self._column.addWidget(self._bar)
        self._column.addWidget(self._told)
        self._column.addStretch(1)
        self.set_content(content)
        rerun.progress.connect(self._show_progress)
        rerun.finished.connect(self._show_end)
        rerun.failed.connect(self._show_end)
        self._retranslate()
        self._restyle()
        self._refresh()

    def ask(self, rows: Sequence[Row], more: Sequence[str] = ()) -> None:
        """Ask which model is to look at these snapshots; `more`: model files that were chosen before."""
        self._rows = rows
        if not self._rerun.busy:
            self._told.clear()
        self._retranslate()
        self._refresh()
        self._listing.start(functools.partial(self._find, list(more)))

    def stop(self, seconds: float) -> bool:
        """End what is at work, for the window's end; whether it has ended, the model's process within two seconds."""
        self._listing.forget()
        self._rerun.close()
        return self._listing.wait(seconds)

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """Nobody waits for the list any more."""
        super().hideEvent(event)
        self._listing.forget()

    @Slot(object)
    def _show_entries(self, entries: list[ModelEntry]) -> None:
        self._entries = entries
        for view in self._views:
            view.hide()
            view.deleteLater()
        self._views = []
        looked = {row.model for row in self._rows}
        for entry in entries:
            name = entry.card.name if entry.card is not None else ""
            view = ModelChoice(entry, looked == {name})
            view.toggled.connect(self._choose)
            self._views.append(view)
            self._choices.addWidget(view)
        # The first that has something new to say.
        usable = [view for view in self._views if view.isEnabled()]
        fresh = [view for view in usable if view.entry.card is None or {view.entry.card.name} != looked]
        kept = [view for view in usable if view.entry.choice == self._wanted]
        for view in (*kept, *fresh, *usable)[:1]:
            view.setChecked(True)
        self._refresh()

    @Slot(bool)
    def _choose(self, on: bool) -> None:
        self._wanted = next((view.entry.choice for view in self._views if view.isChecked()), "")
        self._refresh()

    @Slot()
    def _begin(self) -> None:
        self._outcome = []
        self._rerun.start(self._rows, self._wanted)
        self._refresh()

    @Slot()
    def _end(self) -> None:
        self._stop.setEnabled(False)
        self._rerun.cancel()

    @Slot(int, int)
    def _show_progress(self, done: int, of: int) -> None:
        # Before the first is done the model is loaded, which nobody can measure.
        self._bar.setRange(0, of if done else 0)
        self._bar.setValue(done)
        self._told.setText(
            self.tr("{done} of {of} looked at …").format(done=done, of=of) if done else self.tr("The model is loaded …")
        )

    @Slot(str)
    def _show_end(self, sentence: str) -> None:
        # What could not be read is told after what was done.
        self._outcome.append(spoken(sentence))
        self._told.setText("\n".join(self._outcome))
        self._refresh()

    @Slot(str)
    def _say(self, sentence: str) -> None:
        self._told.setText(spoken(sentence))

    def _refresh(self) -> None:
        busy = self._rerun.busy
        self._start.setEnabled(not busy and bool(self._rows) and bool(self._wanted))
        self._start.setVisible(not busy)
        self._stop.setEnabled(busy)
        self._stop.setVisible(busy)
        self._bar.setVisible(busy)
        for view in self._views:
            view.setEnabled(not busy and not view.entry.problem)

    def _retranslate(self) -> None:
        self.set_title(self.tr("Look again with another model"))
        count = self.tr("%n snapshots.", "", len(self._rows))
        if len(self._rows) == 1:
            count = Path(self._rows[0].name).name + "."
        kept = self.tr(
            "What the model says is kept beside what was said before; its findings take the place of others."
        )
        stays = self.tr("Verdicts on snapshots stay, and so does what was drawn by hand.")
        self._about.setText(f"{count} {kept} {stays}")
        self._start.setText(self.tr("Look again"))
        self._stop.setText(self.tr("Stop"))

    def _restyle(self) -> None:
        unit = current_look().metrics.unit
        self._column.setContentsMargins(0, 0, 0, 2 * unit)
        self._column.setSpacing(2 * unit)
        self._choices.setSpacing(unit)
