"""What can be chosen of a report: inspection, paper, language, words and picture of the cover."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from crackinspector.gui.fields.choices import Choices
from crackinspector.gui.fields.row import FieldRow, rule_line
from crackinspector.gui.fields.text import TextField
from crackinspector.gui.i18n import current_language
from crackinspector.gui.look import Dressed
from crackinspector.gui.report.brief import Options
from crackinspector.gui.report.logo_field import LogoField
from crackinspector.gui.report.sheet import PAPERS

_ALL = "all"
_ONE = "inspection "
_LANGUAGES = {"en": "English", "ko": "한국어"}
"""Each in its own words, as people look for them."""


class Form(Dressed, QFrame):
    """The fields. GUI thread only.

    Signals:
        edited(): something else is wanted.

    Attributes:
        inspection: the one that is wanted, or None for all.
        options: what else is wanted.
    """

    edited = Signal()

    def __init__(self, inspector: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.inspection: str | None = None
        self.options = Options(_now(), language=current_language(), inspector=inspector)
        self._inspections: list[str] = []
        self._paper = Choices({paper: paper for paper in PAPERS})
        self._language = Choices(_LANGUAGES)
        self._title, self._inspector, self._logo = TextField(), TextField(), LogoField()
        self._which: Choices | None = None
        self._rows = [FieldRow(each, parent=self) for each in (self._paper, self._language, self._title)]
        self._rows += [FieldRow(each, parent=self) for each in (self._inspector, self._logo)]
        self._which_row: FieldRow | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        for row in self._rows:
            if self._column.count():
                self._column.addWidget(rule_line(self))
            self._column.addWidget(row)
        self._rule = rule_line(self)
        self._rule.hide()
        self._column.insertWidget(0, self._rule)
        self._paper.show_value(self.options.paper)
        self._language.show_value(self.options.language)
        self._inspector.show_value(inspector)
        for field, taken in (
            (self._paper, self._take_paper),
            (self._language, self._take_language),
            (self._title, self._take_title),
            (self._inspector, self._take_inspector),
            (self._logo, self._take_logo),
        ):
            field.edited.connect(taken)
        self._retranslate()

    def offer(self, inspections: Sequence[str]) -> None:
        """Which inspections there are; the one that is chosen stays chosen if it is among them."""
        if list(inspections) == self._inspections and self._which is not None:
            return
        self._inspections = list(inspections)
        if self.inspection not in self._inspections:
            self.inspection = None
        if self._which_row is not None:
            self._column.removeWidget(self._which_row)
            self._which_row.hide()
            self._which_row.deleteLater()
        self._which = Choices(self._titles())
        self._which.show_value(_ALL if self.inspection is None else _key(self._inspections.index(self.inspection)))
        self._which.edited.connect(self._take_inspection)
        self._which_row = FieldRow(self._which, parent=self)
        self._column.insertWidget(0, self._which_row)
        self._rule.show()
        self._retranslate()

    def dated(self) -> Options:
        """What is wanted, as of now."""
        self.options = replace(self.options, date=_now())
        return self.options

    def _titles(self) -> dict[str, str]:
        names = {_key(number): name or self.tr("(no name)") for number, name in enumerate(self._inspections)}
        return {_ALL: self.tr("All"), **names}

    def _retranslate(self) -> None:
        if self._which is not None and self._which_row is not None:
            self._which.set_titles(self._titles())
            self._which_row.set_words(self.tr("Inspection"))
        words = (
            (self.tr("Paper"), ""),
            (self.tr("Language"), self.tr("of the report")),
            (self.tr("Title"), self.tr("on the cover; empty: inspection report")),
            (self.tr("Inspector"), self.tr("who answers for the report")),
            (self.tr("Logo"), self.tr("a picture for the cover")),
        )
        for row, (title, helping) in zip(self._rows, words, strict=True):
            row.set_words(title, helping)

    @Slot(object)
    def _take_inspection(self, value: object) -> None:
        key = str(value)
        self.inspection = None if key == _ALL else self._inspections[int(key.removeprefix(_ONE))]
        self.edited.emit()

    @Slot(object)
    def _take_paper(self, value: object) -> None:
        self._want(replace(self.options, paper=str(value)))

    @Slot(object)
    def _take_language(self, value: object) -> None:
        self._want(replace(self.options, language=str(value)))

    @Slot(object)
    def _take_title(self, value: object) -> None:
        self._want(replace(self.options, title=str(value)))

    @Slot(object)
    def _take_inspector(self, value: object) -> None:
        self._want(replace(self.options, inspector=str(value)))

    @Slot(object)
    def _take_logo(self, value: object) -> None:
        self._want(replace(self.options, logo=Path(str(value)) if value else None))

    def _want(self, options: Options) -> None:
        self.options = options
        self.edited.emit()


def _key(number: int) -> str:
    return f"{_ONE}{number}"


def _now() -> str:
    return datetime.now().isoformat(timespec="seconds")
