"""The model chooser."""

from __future__ import annotations

import functools
import os
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QFileDialog, QLabel, QToolButton, QVBoxLayout, QWidget

from crackinspector.core.settings import Settings
from crackinspector.gui.background import Background
from crackinspector.gui.look import Dressed, current_look, icon
from crackinspector.gui.models.card_view import CardView, Use
from crackinspector.gui.models.catalogue import ModelEntry, list_models
from crackinspector.gui.models.trial import Trial
from crackinspector.gui.sentences import translated
from crackinspector.gui.widgets import PageFrame
from crackinspector.gui.window_state import WindowState
from crackinspector.inference.measure import Measurement
from crackinspector.pipeline.model_state import ModelPhase, ModelState


class ModelsPage(Dressed, PageFrame):
    """Cards of all models that are known; reads files and tries models away from the GUI thread.

    Signals:
        chosen(str): a model that runs, as the setting `detection.model` takes it.
    """

    chosen = Signal(str)

    def __init__(
        self,
        chosen: str,
        state: WindowState | None = None,
        find: Callable[..., list[ModelEntry]] = list_models,
        parent: QWidget | None = None,
    ) -> None:
        """`chosen`: the setting; `state` keeps which files were chosen; `find` lists what is there."""
        super().__init__("", parent)
        self._chosen, self._state, self._find = chosen, state, find
        self._recent = state.recent_models if state is not None else []
        self._views: dict[str, CardView] = {}
        self._to_use = ""
        self._live: ModelState | None = None
        self._listing = Background("models", self)
        self._listing.finished.connect(self._show_entries)
        self._listing.failed.connect(self._say)
        self._trial = Trial(self)
        self._trial.measured.connect(self._measured)
        self._trial.refused.connect(self._refused)
        self._open = QToolButton(self)
        self._open.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._open.clicked.connect(self._choose_file)
        self.add_to_header(self._open)
        content = QWidget()
        self._column = QVBoxLayout(content)
        self._message = QLabel(content)
        self._message.setProperty("role", "quiet")
        self._message.setWordWrap(True)
        self._column.addWidget(self._message)
        self._column.addStretch(1)
        self.set_content(content)
        self._retranslate()
        self._restyle()

    @Slot(object, str)
    def follow(self, settings: Settings, key: str) -> None:
        """Follow a `SettingsStore`."""
        self._chosen = settings.detection.model

    @Slot(object)
    def show_state(self, state: ModelState) -> None:
        """Follow the inference worker: which model is in use and how fast, or why the one that was asked for is not."""
        self._live = state
        asked = self._views.get(state.asked) or self._view_of(Path(state.asked))
        in_use = self._view_of(state.path) if state.path is not None else None
        for view in self._views.values():
            if view is asked and state.phase is ModelPhase.LOADING:
                view.set_use(Use.LOADING)
            elif view is in_use:
                view.set_use(Use.OUTDATED if state.replaced else Use.IN_USE)
            else:
                view.set_use(Use.NONE)
        if asked is not None and (state.phase is ModelPhase.FAILED or state.refused):
            asked.set_problem(state.sentence)
        if in_use is not None and state.phase is ModelPhase.READY and state.invoke_ms:
            in_use.set_live(state.invoke_ms, state.runtime)

    def refresh(self) -> None:
        """Read all cards again."""
        more = [*self._recent, *([self._chosen] if self._chosen.endswith(".tflite") else [])]
        self._listing.start(functools.partial(self._find, more))

    def add_file(self, path: str) -> None:
        """Show a model file and try it; it is refused in its own card if it does not run."""
        self._recent = [path, *(known for known in self._recent if known != path)]
        if self._state is not None:
            self._state.folder = str(Path(path).parent)
            self._state.add_recent_model(path)
        self._to_use = path
        self.refresh()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Files may have come and gone."""
        super().showEvent(event)
        self.refresh()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """Nobody waits for a trial any more."""
        super().hideEvent(event)
        self._stop()

    @Slot(object)
    def _show_entries(self, entries: list[ModelEntry]) -> None:
        wanted = {entry.choice: entry for entry in entries}
        for choice in list(self._views):
            if choice not in wanted or self._views[choice].entry != wanted[choice]:
                self._views.pop(choice).deleteLater()
        for position, entry in enumerate(entries):
            view = self._views.get(entry.choice)
            if view is None:
                view = self._views[entry.choice] = CardView(entry)
                view.use.connect(self._use)
                view.measure.connect(self._measure)
                self._column.insertWidget(1 + position, view)
        self._message.hide()
        if self._live is not None:
            self.show_state(self._live)
        if self._to_use:
            self.scroll_to(self._views[self._to_use])
            self._use(wanted[self._to_use])

    @Slot(object)
    def _use(self, entry: ModelEntry) -> None:
        if entry.shipped and not entry.problem:
            self.chosen.emit(entry.choice)
            return
        self._to_use = entry.choice
        self._try(entry)

    @Slot(object)
    def _measure(self, entry: ModelEntry) -> None:
        running = self._trial.path == entry.path
        self._stop()
        if not running:
            self._try(entry)

    def _try(self, entry: ModelEntry) -> None:
        to_use = self._to_use
        self._stop()
        self._to_use = to_use
        self._views[entry.choice].set_busy(True)
        self._trial.start(entry.path)

    def _stop(self) -> None:
        self._to_use = ""
        self._trial.cancel()
        for view in self._views.values():
            view.set_busy(False)

    @Slot(object, object)
    def _measured(self, path: Path, measurement: Measurement) -> None:
        view = self._view_of(path)
        if view is None:
            return
        view.set_busy(False)
        view.set_measurement(measurement)
        if self._to_use == view.entry.choice:
            self._to_use = ""
            self.chosen.emit(view.entry.choice)

    @Slot(object, str)
    def _refused(self, path: Path, sentence: str) -> None:
        self._to_use = ""
        view = self._view_of(path)
        if view is not None:
            view.set_busy(False)
            view.set_problem(sentence)

    def _view_of(self, path: Path) -> CardView | None:
        whole = Path(os.path.abspath(path))  # noqa: PTH100 - as `list_models` calls it
        return next((view for view in self._views.values() if view.entry.path in (path, whole)), None)

    @Slot(str)
    def _say(self, sentence: str) -> None:
        self._message.setText(translated(sentence))
        self._message.show()

    @Slot()
    def _choose_file(self) -> None:
        folder = self._state.folder if self._state is not None else ""
        dialog = QFileDialog(self, self.tr("Model file"), folder, self.tr("Models (*.tflite)"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self.add_file)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _retranslate(self) -> None:
        self.set_title(self.tr("Models"))
        self._open.setText(self.tr("Open file…"))
        if not self._views:
            self._message.setText(self.tr("Reading the cards…"))

    def _restyle(self) -> None:
        look = current_look()
        self._column.setContentsMargins(0, 0, 0, 2 * look.metrics.unit)
        self._column.setSpacing(2 * look.metrics.unit)
        self._open.setIcon(icon("folder", look))
        self._open.setIconSize(QSize(look.metrics.icon, look.metrics.icon))
