"""How far models and people agree: figures, a table whose cells open in the gallery, structures, people."""

from __future__ import annotations

from PySide6.QtCore import QLocale, Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QGridLayout, QLabel, QLayout, QPushButton, QVBoxLayout, QWidget

from crackinspector.core.labels import Label
from crackinspector.core.text import printable
from crackinspector.gui.fields.choices import Choices
from crackinspector.gui.library.access import LibraryAccess
from crackinspector.gui.look import Dressed, current_look
from crackinspector.gui.review.confusion_table import ConfusionTable
from crackinspector.gui.review.share_lines import Line, ShareLines, percent, share_words
from crackinspector.gui.sentences import spoken
from crackinspector.gui.widgets import PageFrame
from crackinspector.library.agreement import Agreement, ModelAgreement, PeopleAgreement, agreement
from crackinspector.library.confusion import Confusion
from crackinspector.library.events import Verdict
from crackinspector.library.queries import Query

_MOST_ROWS = 200
"""Structures and pairs of people that are listed; `library stats` tells all."""


class AgreementPage(Dressed, PageFrame):
    """Reads the figures whenever it is shown and the library has changed. GUI thread only.

    Signals:
        opened(object): a `Query` for the snapshots behind a figure.
    """

    opened = Signal(object)

    def __init__(self, access: LibraryAccess, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._access = access
        self._found: Agreement | None = None
        self._chosen = ""
        content = QWidget()
        self._column = QVBoxLayout(content)
        self._told = _text("quiet")
        self._unsure = QPushButton()
        self._unsure.clicked.connect(self._open_unsure)
        self._choices: Choices | None = None
        self._choices_place = QVBoxLayout()
        self._table, self._lines, self._findings = ConfusionTable(), ShareLines(), ShareLines()
        self._table.opened.connect(self._open_cell)
        self._parts = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._card = _card(self._parts)
        figures = QVBoxLayout()
        figures.addWidget(self._lines)
        figures.addWidget(self._findings)
        figures.addStretch(1)
        self._hint = _text("quiet")
        table = QVBoxLayout()
        table.addWidget(self._table)
        table.addWidget(self._hint)
        table.addStretch(1)
        self._parts.addLayout(table, 3)
        self._parts.addLayout(figures, 2)
        self._structures_title, self._people_title = _text("section"), _text("section")
        self._structures, self._people = QGridLayout(), QGridLayout()
        self._structures_card, self._people_card = _card(self._structures), _card(self._people)
        self._column.addWidget(self._told)
        self._column.addLayout(self._choices_place)
        self._column.addWidget(self._card)
        self._column.addWidget(self._unsure)
        for title, card in (
            (self._structures_title, self._structures_card),
            (self._people_title, self._people_card),
        ):
            self._column.addWidget(title)
            self._column.addWidget(card)
        self._column.addStretch(1)
        self.set_content(content)
        access.changed.connect(self._reload)
        self._retranslate()
        self._restyle()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Count anew."""
        super().showEvent(event)
        self._reload()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Table and figures beside each other where there is room."""
        super().resizeEvent(event)
        directions = QBoxLayout.Direction
        wide = self.width() > 40 * current_look().metrics.normal
        self._parts.setDirection(directions.LeftToRight if wide else directions.TopToBottom)

    @Slot()
    def _reload(self) -> None:
        if self.isVisible():
            self._access.read(agreement, self._take, self._say, key="agreement")

    @Slot(object)
    def _take(self, found: Agreement) -> None:
        self._found = found
        self._show()

    @Slot(str)
    def _say(self, sentence: str) -> None:
        self._told.setText(spoken(sentence))

    def _show(self) -> None:
        """Show everything that was found, in the language of the application."""
        found, model = self._found, self._model()
        self._told.setText(self._sentence())
        self._unsure.setVisible(found is not None and found.unsure > 0)
        if found is not None:
            self._unsure.setText(self.tr("Show %n that people are unsure of", "", found.unsure))
        self._show_choices()
        self._card.setVisible(model is not None)
        if model is not None:
            for part in (self._table, self._hint):
                part.setVisible(model.confusion.total > 0)
            self._table.show_counts(model.confusion)
            self._show_figures(model)
        structures = model.structures if model is not None and len(model.structures) > 1 else ()
        self._show_structures(structures[:_MOST_ROWS])
        self._show_people(found.people[:_MOST_ROWS] if found is not None else ())

    def _model(self) -> ModelAgreement | None:
        models = self._found.models if self._found is not None else ()
        return next((each for each in models if _key(each) == self._chosen), models[0] if models else None)

    def _sentence(self) -> str:
        found = self._found
        if found is None:
            return self.tr("Counting …")
        if not found.by_verdict + found.by_folder:
            return self.tr(
                "Nobody has decided on a snapshot yet. Review some, and the figures of the models stand here."
            )
        by_verdict = self.tr("%n by verdict", "", found.by_verdict)
        by_folder = self.tr("%n by labelled folder", "", found.by_folder)
        known = self.tr("People say of %n snapshots what they show", "", found.by_verdict + found.by_folder)
        return f"{known}: {by_verdict}, {by_folder}."

    def _show_choices(self) -> None:
        """A button for each model, where there are several."""
        models = self._found.models if self._found is not None else ()
        titles = {_key(model): self._model_title(model) for model in models} if len(models) > 1 else {}
        if self._choices is not None:
            self._choices.hide()
            self._choices.deleteLater()
            self._choices = None
        if titles:
            self._choices = Choices(titles)
            model = self._model()
            self._choices.show_value(_key(model) if model is not None else "")
            self._choices.edited.connect(self._choose)
            self._choices_place.addWidget(self._choices)

    def _model_title(self, model: ModelAgreement) -> str:
        """Its name, and where two have the same, the beginning of their files' sha256."""
        assert self._found is not None
        alike = [each for each in self._found.models if each.model == model.model]
        name = printable(model.model)
        return name if len(alike) == 1 else f"{name} {printable(model.sha256)[:8]}"

    def _show_figures(self, model: ModelAgreement) -> None:
        confusion, findings = model.confusion, model.findings
        lines = [
            Line(title, share_words(share), share)
            for title, share in (
                (self.tr("Cracks found"), confusion.recall),
                (self.tr("False alarms"), confusion.false_alarms),
                (self.tr("Right when it says crack"), confusion.precision),
                (self.tr("Right label"), confusion.accuracy),
                (self.tr("Balanced accuracy"), confusion.balanced),
            )
        ]
        lines.append(Line(self.tr("Cohen’s kappa"), _kappa(confusion)))
        self._lines.show_lines(lines)
        self._lines.setVisible(confusion.total > 0)
        decided = findings.confirmed + findings.rejected
        share = findings.confirmed_share
        self._findings.show_lines([Line(self.tr("Findings confirmed, of %n", "", decided), share_words(share), share)])
        self._findings.setVisible(decided > 0)

    def _show_structures(self, structures: tuple[tuple[str, Confusion], ...]) -> None:
        rows = [
            [
                printable(name) or self.tr("No structure"),
                QLocale().toString(part.total),
                *(percent(share.value) if share is not None else "–" for share in (part.recall, part.false_alarms)),
            ]
            for name, part in structures
        ]
        heads = [self.tr("Structure"), self.tr("Snapshots"), self.tr("Cracks found"), self.tr("False alarms")]
        _fill(self._structures, [heads, *rows] if rows else [])
        for part in (self._structures_title, self._structures_card):
            part.setVisible(bool(rows))

    def _show_people(self, people: tuple[PeopleAgreement, ...]) -> None:
        rows = [
            [
                self.tr("{one} and {other}").format(one=printable(pair.first), other=printable(pair.second)),
                QLocale().toString(pair.confusion.total),
                share_words(pair.confusion.accuracy),
                _kappa(pair.confusion),
            ]
            for pair in people
        ]
        heads = [self.tr("Two people"), self.tr("Snapshots"), self.tr("Same label"), self.tr("Kappa")]
        _fill(self._people, [heads, *rows] if rows else [])
        for part in (self._people_title, self._people_card):
            part.setVisible(bool(rows))

    @Slot(object)
    def _choose(self, key: object) -> None:
        self._chosen = str(key)
        self._show()

    @Slot(object, object)
    def _open_cell(self, said: Label, true: Label) -> None:
        model = self._model()
        if model is not None:
            key = model.model, model.sha256
            self.opened.emit(Query(labels=(said.value,), truths=(true.value,), model=key))

    @Slot()
    def _open_unsure(self) -> None:
        self.opened.emit(Query(verdicts=(Verdict.UNSURE.value,)))

    def _retranslate(self) -> None:
        self.set_title(self.tr("Models and people"))
        self._hint.setText(self.tr("Touch a number to see its snapshots. In brackets stands the 95 % interval."))
        self._structures_title.setText(self.tr("By structure"))
        self._people_title.setText(self.tr("People among each other"))
        self._show()

    def _restyle(self) -> None:
        unit = current_look().metrics.unit
        self._column.setContentsMargins(0, 0, 0, 2 * unit)
        self._column.setSpacing(2 * unit)
        self._parts.setSpacing(4 * unit)
        for grid in (self._structures, self._people):
            grid.setHorizontalSpacing(3 * unit)
            grid.setVerticalSpacing(unit)
        for layout in (self._parts, self._structures, self._people):
            layout.setContentsMargins(*[3 * unit] * 4)


def _key(model: ModelAgreement) -> str:
    return f"{model.sha256} {model.model}"


def _kappa(confusion: Confusion) -> str:
    return "–" if confusion.kappa is None else QLocale().toString(confusion.kappa, "f", 2)


def _text(role: str = "", text: str = "") -> QLabel:
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setProperty("role", role)
    return label


def _card(layout: QLayout) -> QFrame:
    card = QFrame()
    card.setProperty("role", "card")
    card.setLayout(layout)
    return card


def _fill(grid: QGridLayout, rows: list[list[str]]) -> None:
    """Put texts into a grid, the first row as its heads, the first column as words and the others as numbers."""
    while grid.count():
        item = grid.takeAt(0)
        widget = item.widget() if item is not None else None
        if widget is not None:
            widget.hide()
            widget.deleteLater()
    for number, row in enumerate(rows):
        for column, text in enumerate(row):
            label = _text("" if number else "quiet", text)
            if column:
                label.setWordWrap(number == 0)
                label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            grid.addWidget(label, number, column)
    grid.setColumnStretch(0, 1)
