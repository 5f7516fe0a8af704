"""Everything of the review but the picture: what the model says, what people say, and the buttons to say it with."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from crackinspector.core.labels import Label, sureness
from crackinspector.core.text import printable
from crackinspector.gui.fields.switch import Switch
from crackinspector.gui.gallery.words import findings_words
from crackinspector.gui.look import Dressed, current_look, icon
from crackinspector.gui.review.decisions import Decision, Decisions
from crackinspector.gui.review.details import Details
from crackinspector.gui.review.finding_list import Entry, FindingList
from crackinspector.gui.review.history import History
from crackinspector.gui.review.judged_line import JudgedLine
from crackinspector.gui.review.loaded import Loaded
from crackinspector.gui.review.sections import Sections
from crackinspector.gui.review.verdict_button import VerdictButton
from crackinspector.gui.review.view_controls import ViewControls
from crackinspector.gui.review.words import ICONS, judged_words, local_time, meaning, stated
from crackinspector.gui.sentences import translated
from crackinspector.gui.widgets import VerdictPanel
from crackinspector.gui.widgets.named import tell_names
from crackinspector.library.events import Verdict
from crackinspector.library.state import UNREVIEWED, Finding, Judged

_KEYS = {Verdict.CONFIRMED: "C", Verdict.REJECTED: "R", Verdict.UNSURE: "U"}
_TOOLS = {"correct": "correct", "model": "model", "compare": "compare", "reinspect": "reinspect"}


class ReviewPanel(Dressed, QWidget):
    """Shows a snapshot's state; decides nothing. GUI thread only.

    Signals:
        decided(object): the `Verdict` whose button was pressed.
        undo(): the last verdict is to be taken back.
        tool(str): "correct", "model", "compare" or "reinspect" was pressed.

    Attributes:
        findings, controls, details, history, sections: its parts.
    """

    decided = Signal(object)
    undo = Signal()
    tool = Signal(str)

    def __init__(self, decisions: Decisions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._decisions = decisions
        self._loaded: Loaded | None = None
        self._chosen: str | None = None
        self._writable = False
        self._portrait: bool | None = None
        self._model = VerdictPanel(self)
        self._judged = JudgedLine(self)
        self._notice = QLabel(self)
        self._notice.setProperty("role", "warning")
        self._notice.setWordWrap(True)
        self._notice.setTextFormat(Qt.TextFormat.PlainText)
        self._verdicts = {verdict: VerdictButton(ICONS[verdict], key, self) for verdict, key in _KEYS.items()}
        for button in self._verdicts.values():
            button.clicked.connect(self._pressed)
        self._undo = VerdictButton("undo", "Ctrl+Z", self)
        self._undo.clicked.connect(self.undo)
        self.findings = FindingList()
        self._no_findings = QLabel()
        self._no_findings.setProperty("role", "quiet")
        self._no_findings.setWordWrap(True)
        self.controls = ViewControls()
        self.details = Details()
        self.history = History()
        self._history_title = QLabel()
        self._history_title.setProperty("role", "section")
        self._advance, self._advance_words = Switch(), QLabel()
        self._advance.show_value(True)
        self._advance.edited.connect(self._advance_edited)
        self._advances = True
        self._tools = {name: QToolButton() for name in _TOOLS}
        for tool in self._tools.values():
            tool.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            tool.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            tool.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        tell_names(self._tools, self.tool, self)
        self.sections = Sections(self)
        self._layouts: list[QGridLayout | QVBoxLayout] = []
        self._build_sections()
        self._grid = QGridLayout(self)
        self.setObjectName("panel")
        self._retranslate()
        self.arrange(portrait=False)

    @property
    def advances(self) -> bool:
        """Whether the next picture follows a verdict."""
        return self._advances

    def show_snapshot(self, loaded: Loaded | None, *, writable: bool) -> None:
        """Show what is seen at a glance: what the model says and what people say."""
        self._loaded, self._writable = loaded, writable
        self.details.await_snapshot(loaded)
        if loaded is None:
            self._model.show_no_verdict("–")
        elif loaded.state.label is None or loaded.state.detection is None:
            self._model.show_no_verdict(self.tr("Not analysed"))
        else:
            state, body = loaded.state, loaded.state.detection.body
            detail = "\n".join((printable(body["model"]["name"]), findings_words(len(state.findings))))
            self._model.show_verdict(state.label, sureness(state.label, float(body["score"])), detail)
        if loaded is not None and loaded.detection is not None:
            self.controls.show_threshold(loaded.detection.threshold)
        self.show_state()

    def show_rest(self) -> None:
        """Show what takes longer, once the picture is on screen."""
        self.details.show_snapshot(self._loaded, writable=self._writable)
        self.history.show_snapshot(self._loaded)

    def show_chosen(self, key: str | None) -> None:
        """Let the buttons speak of this finding; None: of the picture."""
        self._chosen = key
        self.show_state()
        if not (room := self.findings.chosen_room()).isEmpty():
            self.sections.reveal(self.findings, room)

    def show_state(self) -> None:
        """Show the verdicts, the ones that are being written included."""
        loaded = self._loaded
        self._notice.setText("" if loaded is None else "\n".join(self._notices(loaded)))
        self._notice.setVisible(bool(self._notice.text()))
        findings = () if loaded is None else loaded.state.findings
        entries = [self._entry(number, finding) for number, finding in enumerate(findings, 1)]
        self.findings.show_entries(entries, self._chosen)
        self.findings.setVisible(bool(entries))
        self._no_findings.setVisible(not entries)
        self._show_judged()
        for button in self._tools.values():
            button.setEnabled(loaded is not None)
        for name in ("correct", "model"):
            self._tools[name].setEnabled(loaded is not None and self._writable)

    def judgeable(self) -> bool:
        """Whether there is something that a verdict can speak of."""
        loaded = self._loaded
        return loaded is not None and self._writable and (self._chosen is not None or loaded.state.label is not None)

    def arrange(self, portrait: bool) -> None:
        """Be a column beside the picture, or lie below it."""
        if portrait == self._portrait:
            return
        self._portrait = portrait
        parts = [self._model, self._judged, self._notice, *self._verdicts.values(), self._undo, self.sections]
        for part in parts:
            self._grid.removeWidget(part)
        for row in range(self._grid.rowCount()):
            self._grid.setRowStretch(row, 0)
        buttons = [*self._verdicts.values(), self._undo]
        if portrait:
            self._grid.addWidget(self._model, 0, 0, 1, 2)
            self._grid.addWidget(self._judged, 0, 2, 1, 2)
            for column, button in enumerate(buttons):
                self._grid.addWidget(button, 1, column)
            self._grid.addWidget(self._notice, 2, 0, 1, 4)
            self._grid.addWidget(self.sections, 3, 0, 1, 4)
            self._grid.setRowStretch(3, 1)
        else:
            self._grid.addWidget(self._model, 0, 0, 1, 2)
            self._grid.addWidget(self._judged, 1, 0, 1, 2)
            for index, button in enumerate(buttons):
                self._grid.addWidget(button, 2 + index // 2, index % 2)
            self._grid.addWidget(self._notice, 4, 0, 1, 2)
            self._grid.addWidget(self.sections, 5, 0, 1, 2)
            self._grid.setRowStretch(5, 1)
        self._restyle()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Also what the model and people say, in the new language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.show_snapshot(self._loaded, writable=self._writable)

    def _build_sections(self) -> None:
        """Findings, view, details."""
        findings, view, details = QWidget(), QWidget(), QWidget()
        columns = [QVBoxLayout(part) for part in (findings, view, details)]
        for column in columns:
            column.setContentsMargins(0, 0, 0, 0)
        columns[0].addWidget(self._no_findings)
        columns[0].addWidget(self.findings)
        columns[0].addLayout(self._pair("correct", "model"))
        columns[1].addWidget(self.controls)
        columns[1].addLayout(self._pair("compare", "reinspect"))
        advance = QGridLayout()
        advance.addWidget(self._advance_words, 0, 0)
        advance.addWidget(self._advance, 0, 1)
        advance.setColumnStretch(0, 1)
        columns[1].addLayout(advance)
        columns[2].addWidget(self.details)
        columns[2].addWidget(self._history_title)
        columns[2].addWidget(self.history)
        self._layouts += columns
        for part in (findings, view, details):
            self.sections.add(part)

    def _pair(self, left: str, right: str) -> QGridLayout:
        row = QGridLayout()
        row.addWidget(self._tools[left], 0, 0)
        row.addWidget(self._tools[right], 0, 1)
        self._layouts.append(row)
        return row

    def _entry(self, number: int, finding: Finding) -> Entry:
        decision = None if self._loaded is None else self._decisions.standing(self._loaded, finding.key)
        verdict = finding.judged.verdict
        if decision is not None:
            verdict = UNREVIEWED if decision.verdict is Verdict.WITHDRAWN else decision.verdict
        score = None if finding.by_hand else finding.score
        return Entry(
            finding.key, number, score, finding.w, finding.h, verdict, finding.by_hand or finding.mask is not None
        )

    def _show_judged(self) -> None:
        loaded = self._loaded
        finding, number = self._chosen_finding()
        judged, label = Judged(), None
        decision: Decision | None = None
        if loaded is not None:
            judged = loaded.state.judged if finding is None else finding.judged
            label = loaded.state.label if finding is None else Label.POSITIVE
            decision = self._decisions.standing(loaded, self._chosen)
        holds, words, detail = judged.verdict, judged_words(judged.verdict, judged.of), ""
        if decision is not None:
            holds = decision.verdict
            words = judged_words(decision.verdict, None if decision.of is None else decision.of.value)
            if decision.verdict is Verdict.WITHDRAWN:
                words = self.tr("Taken back")
            detail = "" if decision.kept else self.tr("being written to the disk …")
        elif judged.at:
            detail = f"{printable(judged.who)}, {local_time(judged.at)}"
            detail += f": {printable(judged.why)}" if judged.why else ""
        if finding is not None:
            words = self.tr("Finding {number}: {verdict}").format(number=number, verdict=words)
        elif loaded is not None and not self._writable:
            detail = detail or self.tr("This library can only be read.")
        elif loaded is not None and label is None:
            detail = detail or self.tr("A verdict judges what a model says; let one look first.")
        icon_name = ICONS[Verdict(holds)] if holds != UNREVIEWED else ""
        self._judged.say(icon_name, words if loaded is not None else "", detail)
        for verdict, button in self._verdicts.items():
            button.setEnabled(self.judgeable())
            says = None if label is None else stated(verdict, label)
            button.show_state(meaning(verdict, label) if loaded is not None else "", says, holds == verdict)
        last = self._decisions.last
        undoable = last is not None or judged.event is not None
        self._undo.setEnabled(self._writable and undoable)
        self._undo.show_state(printable(last.name) if last is not None else "", None, False)

    def _chosen_finding(self) -> tuple[Finding | None, int]:
        findings = () if self._loaded is None else self._loaded.state.findings
        for number, finding in enumerate(findings, 1):
            if finding.key == self._chosen:
                return finding, number
        return None, 0

    def _notices(self, loaded: Loaded) -> list[str]:
        notices = [translated(notice) for notice in loaded.notices]
        factor = round(loaded.row.width / loaded.levels[0].shape[1])
        if factor > 1:
            notices.append(
                self.tr("This picture is very large: it is shown at 1/{factor} of its size.").format(factor=factor)
            )
        return notices

    @Slot()
    def _pressed(self) -> None:
        sender = self.sender()
        for verdict, button in self._verdicts.items():
            if button is sender:
                self.decided.emit(verdict)

    @Slot(object)
    def _advance_edited(self, on: bool) -> None:
        self._advances = on

    def _restyle(self) -> None:
        look = current_look()
        unit = look.metrics.unit
        self._grid.setContentsMargins(unit, unit, unit, unit)
        self._grid.setSpacing(unit)
        for layout in self._layouts:
            layout.setSpacing(unit)
        sheet = f"QToolButton {{ padding: 0 {unit}px; font-size: {look.metrics.small}px; }}"
        for name, button in self._tools.items():
            if sheet != button.styleSheet():  # setting it is a change of style again
                button.setStyleSheet(sheet)
            button.setIcon(icon(_TOOLS[name], look))
            button.setIconSize(QSize(look.metrics.icon, look.metrics.icon))
        fixed, grows = QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred
        self.setSizePolicy(*((grows, fixed) if self._portrait else (fixed, grows)))
        self.updateGeometry()

    def _retranslate(self) -> None:
        words = {
            Verdict.CONFIRMED: self.tr("Confirm"),
            Verdict.REJECTED: self.tr("Reject"),
            Verdict.UNSURE: self.tr("Unsure"),
        }
        for verdict, button in self._verdicts.items():
            button.setText(words[verdict])
        self._undo.setText(self.tr("Undo"))
        self._no_findings.setText(self.tr("No findings."))
        self._history_title.setText(self.tr("History"))
        self._advance_words.setText(self.tr("Next picture after a verdict"))
        self._advance_words.setWordWrap(True)
        self._advance.name(self._advance_words.text())
        titles = {
            "correct": self.tr("Correct"),
            "model": self.tr("Another model"),
            "compare": self.tr("Compare"),
            "reinspect": self.tr("Re-inspect"),
        }
        for name, tool in self._tools.items():
            tool.setText(titles[name])
        self.sections.set_titles(self.tr("Findings"), self.tr("View"), self.tr("Details"))
