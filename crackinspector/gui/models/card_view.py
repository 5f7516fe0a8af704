"""One model on the chooser: its card as a person reads it."""

from __future__ import annotations

from enum import Enum, auto

from PySide6.QtCore import QCoreApplication, QLocale, Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from crackinspector.core.labels import Label
from crackinspector.gui.labels import label_word, model_phase_word
from crackinspector.gui.look import Dressed, current_look
from crackinspector.gui.models.catalogue import ROLES, ModelEntry, figures, overall
from crackinspector.gui.sentences import translated
from crackinspector.inference.card import ModelCard
from crackinspector.inference.measure import Measurement
from crackinspector.pipeline.model_state import ModelPhase

_DECIMAL = QLocale.DataSizeFormat.DataSizeSIFormat


class Use(Enum):
    """What the live page does with a model."""

    NONE = auto()
    LOADING = auto()
    IN_USE = auto()
    OUTDATED = auto()
    """It is in use, but its file is another one now, which can be loaded."""


class CardView(Dressed, QFrame):
    """A card with its buttons. GUI thread only.

    Signals:
        use(ModelEntry), measure(ModelEntry): the person asks for it.
    """

    use = Signal(object)
    measure = Signal(object)

    def __init__(self, entry: ModelEntry, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.entry = entry
        self._measurement: Measurement | None = None
        self._used, self._busy, self._open = Use.NONE, False, False
        self._problem, self._live = entry.problem, ""
        self.setProperty("role", "card")
        self._title, self._state = QLabel(self), QLabel(self)
        self._title.setProperty("role", "heading")
        self._state.setProperty("role", "section")
        self._about, self._facts = _text(self), _text(self)
        self._warning = _text(self, "warning")
        self._details = QWidget(self)
        self._table = QGridLayout(self._details)
        self._table.setContentsMargins(0, 0, 0, 0)
        self._use, self._measure, self._more = QPushButton(self), QPushButton(self), QPushButton(self)
        self._more.setCheckable(True)
        self._use.clicked.connect(self._ask_use)
        self._measure.clicked.connect(self._ask_measure)
        self._more.clicked.connect(self._open_details)
        self._head = QHBoxLayout()
        self._head.addWidget(self._title, 1)
        self._head.addWidget(self._state)
        self._buttons = QHBoxLayout()
        for button in (self._use, self._measure, self._more):
            button.setAutoDefault(False)
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            self._buttons.addWidget(button)
        self._column = QVBoxLayout(self)
        self._column.addLayout(self._head)
        for part in (self._about, self._facts, self._warning, self._details):
            self._column.addWidget(part)
        self._column.addLayout(self._buttons)
        self.refresh()
        self._restyle()

    def set_use(self, use: Use) -> None:
        """What the live page does with this model."""
        if use is self._used:
            return
        self._used = use
        self.setProperty("chosen", self._is_in_use)
        self.style().unpolish(self)
        self.style().polish(self)
        self.refresh()

    def set_busy(self, busy: bool) -> None:
        """Whether it is being tried."""
        self._busy = busy
        self.refresh()

    def set_measurement(self, measurement: Measurement) -> None:
        """What a trial gave."""
        self._measurement, self._problem = measurement, ""
        self.refresh()

    def set_live(self, invoke_ms: float, runtime: str) -> None:
        """What one tile takes while the live page looks with this model."""
        parts = ", ".join(translated(part) for part in runtime.split(", "))
        live = self.tr("Here: {ms} ms for one tile ({runtime})").format(
            ms=QLocale().toString(invoke_ms, "f", 1), runtime=parts
        )
        if live != self._live:
            self._live, self._problem = live, self.entry.problem
            self.refresh()

    def set_problem(self, sentence: str) -> None:
        """Why the model cannot be used."""
        self._problem = sentence
        self.refresh()

    def refresh(self) -> None:
        """Say everything again, in the language of the application."""
        card = self._card()
        self._title.setText(card.name if card else self.entry.path.stem)
        self._state.setText(self._use_word())
        self._about.setText(self._description(card))
        self._facts.setText("\n".join(self._lines(card)))
        self._warning.setText(translated(self._problem))
        self._warning.setVisible(bool(self._problem))
        self._use.setText(self.tr("Use this model"))
        self._use.setEnabled(self._used in (Use.NONE, Use.OUTDATED) and not self._busy)
        self._measure.setText(self.tr("Stop measuring") if self._busy else self.tr("Measure here"))
        self._more.setText(self.tr("Details"))
        self._more.setVisible(card is not None and bool(card.limits or card.metrics or card.training_data))
        for button in (self._use, self._measure, self._more):
            button.setAccessibleName(f"{self._title.text()}: {button.text()}")
        self._details.setVisible(self._open)
        if self._open and card is not None:
            self._fill_details(card)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Buttons beside each other where they fit."""
        super().resizeEvent(event)
        needed = sum(button.sizeHint().width() for button in (self._use, self._measure, self._more))
        directions = QHBoxLayout.Direction
        narrow = needed + 8 * current_look().metrics.unit > self.width()
        self._buttons.setDirection(directions.TopToBottom if narrow else directions.LeftToRight)

    @property
    def _is_in_use(self) -> bool:
        return self._used in (Use.IN_USE, Use.OUTDATED)

    def _use_word(self) -> str:
        if self._used is Use.LOADING:
            return model_phase_word(ModelPhase.LOADING)
        return self.tr("In use") if self._is_in_use else ""

    def _card(self) -> ModelCard | None:
        return self.entry.card or (self._measurement.card if self._measurement else None)

    def _description(self, card: ModelCard | None) -> str:
        if self.entry.shipped:
            return QCoreApplication.translate("models", ROLES[self.entry.choice])
        if self.entry.card is not None:
            return self.entry.card.description
        if card is not None:
            return self.tr("It has no card: its outputs were read from the file, its scores are not calibrated.")
        return self.tr("It has no card: measure it to see what it tells apart.")

    def _lines(self, card: ModelCard | None) -> list[str]:
        locale = QLocale()
        lines = []
        if card is not None:
            lines.append(self.tr("Tells apart: {labels}").format(labels=", ".join(_words(card))))
        size = self.tr("Size: {size}").format(size=locale.formattedDataSize(self.entry.size, 1, _DECIMAL))
        if card is not None:
            size += " · " + self.tr("input {width} × {height} px").format(
                width=card.input.width, height=card.input.height
            )
        lines.append(size)
        found, alarms = overall(card) if card is not None else (None, None)
        if found is not None and alarms is not None:
            lines.append(
                self.tr("Held-out pictures: {found} % of the cracks found, {alarms} % false alarms").format(
                    found=round(100 * found), alarms=round(100 * alarms)
                )
            )
        if self._busy:
            lines.append(self.tr("Being measured…"))
        elif self._measurement is not None:
            lines.append(
                self.tr("Here: {ms} ms for one tile ({runtime}, threads: {threads})").format(
                    ms=locale.toString(self._measurement.invoke_ms, "f", 1),
                    runtime=self._measurement.runtime,
                    threads=self._measurement.threads,
                )
            )
        elif self._is_in_use and self._live:
            lines.append(self._live)
        if not self.entry.shipped:
            lines.append(str(self.entry.path))
        return lines

    def _fill_details(self, card: ModelCard) -> None:
        while self._table.count():
            item = self._table.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.deleteLater()
        row = 0
        table = figures(card)
        if table:
            heads = (self.tr("Held-out pictures of"), self.tr("Cracks found"), self.tr("False alarms"))
            for column, head in enumerate(heads):
                self._cell(head, row, column, "section")
            for figure in table:
                row += 1
                self._cell(figure.source.replace("_", " "), row, 0)
                self._cell(_share(figure.recall, figure.cracked), row, 1)
                self._cell(_share(figure.false_alarms, figure.crack_free), row, 2)
            row += 1
        made = card.description if self.entry.shipped else ""
        for head, text in (
            (self.tr("Network"), made),
            (self.tr("Limits"), card.limits),
            (self.tr("Trained on"), _training(card)),
        ):
            if text:
                self._cell(head, row, 0, "section", span=3)
                self._cell(text, row + 1, 0, "quiet", span=3)
                row += 2
        self._table.setColumnStretch(0, 1)

    def _cell(self, text: str, row: int, column: int, role: str = "", span: int = 1) -> None:
        label = _text(self._details, role)
        label.setText(text)
        label.setWordWrap(span > 1 or column == 0)
        if column:
            label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._table.addWidget(label, row, column, 1, span)

    def _retranslate(self) -> None:
        self.refresh()

    def _restyle(self) -> None:
        unit = current_look().metrics.unit
        self._column.setContentsMargins(3 * unit, 2 * unit, 3 * unit, 3 * unit)
        self._column.setSpacing(round(1.5 * unit))
        self._buttons.setSpacing(unit)
        self._table.setHorizontalSpacing(4 * unit)
        self._table.setVerticalSpacing(unit)

    @Slot()
    def _ask_use(self) -> None:
        self.use.emit(self.entry)

    @Slot()
    def _ask_measure(self) -> None:
        self.measure.emit(self.entry)

    @Slot(bool)
    def _open_details(self, opened: bool) -> None:
        self._open = opened
        self.refresh()


def _text(parent: QWidget, role: str = "") -> QLabel:
    label = QLabel(parent)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    if role:
        label.setProperty("role", role)
    return label


def _words(card: ModelCard) -> list[str]:
    """The labels in words where they are ours, as they are where they are not."""
    known = {label.value for label in Label}
    return [label_word(Label(label)) if label in known else label for label in card.labels]


def _share(share: float | None, of: int) -> str:
    return "–" if share is None else f"{100 * share:.0f} % / {of}"


def _training(card: ModelCard) -> str:
    lines = []
    for entry in card.training_data:
        name, pictures = str(entry.get("source", "")).replace("_", " "), entry.get("pictures", "")
        lines.append(f"{name} ({pictures}): {entry.get('origin', '')} [{entry.get('licence', '')}]")
    return "\n".join(lines)
