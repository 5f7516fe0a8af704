"""The page that makes a report: what is wanted, the pages as they will be, and where they go."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QEvent, QSize, QStandardPaths, Qt, Slot
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QScroller,
    QVBoxLayout,
    QWidget,
)

from crackinspector.gui.background import Background
from crackinspector.gui.library.access import LibraryAccess
from crackinspector.gui.look import current_look, icon
from crackinspector.gui.report.brief import Options
from crackinspector.gui.report.composing import composed
from crackinspector.gui.report.document import Document
from crackinspector.gui.report.form import Form
from crackinspector.gui.report.output import Done, Output, file_stem
from crackinspector.gui.report.preview import Preview
from crackinspector.gui.report.printing import new_printer, printers
from crackinspector.gui.sentences import translated
from crackinspector.gui.widgets import PageFrame
from crackinspector.library.report_facts import ReportFacts, gather, inspections_of
from crackinspector.library.store import Library

_FORM_SHARE = 0.36


@dataclass(frozen=True, slots=True)
class _Read:
    """What the library says: the facts, and which inspections there are."""

    facts: ReportFacts
    inspections: tuple[str, ...]
    folder: Path


class ReportPage(PageFrame):
    """Shows, writes and prints a report. GUI thread only."""

    def __init__(self, access: LibraryAccess, parent: QWidget | None = None) -> None:
        super().__init__("", parent, wide=True)
        self._access = access
        self._structure = ""
        self._read: _Read | None = None
        self._document: Document | None = None
        self._composing = Background("report composing", self)
        self._composing.finished.connect(self._show_document)
        self._composing.failed.connect(self._fail)
        self._looking = Background("printers", self)
        self._looking.finished.connect(self._show_printers)
        self._output = Output(self)
        self._output.progress.connect(self._show_progress)
        self._output.finished.connect(self._show_done)
        self._output.failed.connect(self._fail)
        self._has_printer = False
        self.form, self.preview = Form(access.who), Preview()
        self.form.edited.connect(self._edited)
        self._side = _Side()
        self._build_side()
        content = QWidget()
        self._middle = QBoxLayout(QBoxLayout.Direction.LeftToRight, content)
        self._middle.setContentsMargins(0, 0, 0, 0)
        self._middle.addWidget(self._side)
        self._middle.addWidget(self.preview, 1)
        self.set_content(content)
        access.changed.connect(self._changed)
        self._retranslate()
        self._restyle()
        self._refresh()

    def prepare(self, structure: str) -> None:
        """Report on this structure."""
        if structure != self._structure:
            self._structure, self._read, self._document = structure, None, None
            self.form.inspection = None
            self.preview.show_document(None)
        self._gather()

    @property
    def document(self) -> Document | None:
        """What is shown; None until it is composed."""
        return self._document

    @property
    def told(self) -> str:
        """What is said below the fields."""
        return self._words.text()

    def save_to(self, path: Path) -> None:
        """Write the PDF there, in the place of what may be there."""
        if self._document is not None and not self._output.busy:
            self._output.write(self._document, path)
            self._refresh()

    def close_down(self, seconds: float) -> bool:
        """Give up what is at work; whether it has ended within that time."""
        self._output.stop()
        self._composing.forget()
        done = [self._output.wait(seconds), self._composing.wait(seconds), self._looking.wait(seconds)]
        return self.preview.wait(seconds) and all(done)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Printers may have come and gone."""
        super().showEvent(event)
        self._looking.start(printers)

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """Nobody looks at the pages any more; what is being written goes on."""
        super().hideEvent(event)
        self._looking.forget()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """The pages beside the fields, or above them."""
        super().resizeEvent(event)
        self._lay_out()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Follow language and look."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        elif event.type() == QEvent.Type.StyleChange:
            self._restyle()

    def _build_side(self) -> None:
        self._scroller = QScrollArea()
        self._scroller.setWidgetResizable(True)
        self._scroller.setFrameShape(QFrame.Shape.NoFrame)
        self._scroller.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        holder = QWidget()
        holder.setObjectName("pageContent")
        above = QVBoxLayout(holder)
        above.setContentsMargins(0, 0, 0, 0)
        above.addWidget(self.form)
        above.addStretch(1)
        self._scroller.setWidget(holder)
        QScroller.grabGesture(self._scroller.viewport(), QScroller.ScrollerGestureType.TouchGesture)
        self._words = QLabel()
        self._words.setWordWrap(True)
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self._save, self._save_as, self._print, self._stop = (QPushButton() for _ in range(4))
        self._save.setProperty("role", "primary")
        self._buttons = QHBoxLayout()
        for button, pressed in (
            (self._save, self._save_here),
            (self._save_as, self._choose_file),
            (self._print, self._choose_printer),
            (self._stop, self._output.stop),
        ):
            button.setAutoDefault(False)
            button.clicked.connect(pressed)
            self._buttons.addWidget(button, 1)
        self._column = QVBoxLayout(self._side)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(self._scroller, 1)
        self._column.addWidget(self._words)
        self._column.addLayout(self._buttons)

    @Slot()
    def _changed(self) -> None:
        """Something was written to the library: the report is of it as it is."""
        if self._structure and self.isVisible():
            self._gather()

    @Slot()
    def _edited(self) -> None:
        if self._read is None or self._read.facts.inspection != self.form.inspection:
            self._gather()
        else:
            self._compose()

    def _gather(self) -> None:
        if self._read is None:
            self._say(self.tr("Reading the library…"))
        work = functools.partial(_gathered, structure=self._structure, inspection=self.form.inspection)
        self._access.read(work, self._take, self._refuse, key="report")

    @Slot(object)
    def _take(self, read: _Read) -> None:
        if read.facts.structure != self._structure:
            return
        if self._document is not None and self._read is not None and _same(read.facts, self._read.facts):
            return
        self._read = read
        self.form.offer(read.inspections)
        self._compose()

    @Slot(str)
    def _refuse(self, sentence: str) -> None:
        self._read = self._document = None
        self.preview.show_document(None)
        self._fail(sentence)

    def _compose(self) -> None:
        if self._read is not None:
            options: Options = self.form.dated()
            self._composing.start(functools.partial(composed, self._read.facts, options, self._read.folder))

    @Slot(object)
    def _show_document(self, document: Document) -> None:
        self._document = document
        self.preview.show_document(document)
        if not self._output.busy:
            count, facts = document.count, document.brief.facts
            self._say(self.tr("{pages} pages, {snapshots} snapshots"), pages=count, snapshots=len(facts.snapshots))
        self._refresh()

    @Slot(object)
    def _show_printers(self, names: list[str]) -> None:
        self._has_printer = bool(names)
        self._refresh()

    @Slot()
    def _save_here(self) -> None:
        if self._document is not None and not self._output.busy:
            self._output.write_into(self._document, _documents(), self._stem())
            self._refresh()

    @Slot()
    def _choose_file(self) -> None:
        dialog = QFileDialog(self, self.tr("Save the report"), str(_documents()), "PDF (*.pdf)")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("pdf")
        dialog.selectFile(f"{self._stem()}.pdf")
        dialog.fileSelected.connect(self._save_chosen)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    @Slot(str)
    def _save_chosen(self, path: str) -> None:
        self.save_to(Path(path))

    @Slot()
    def _choose_printer(self) -> None:
        if self._document is None or self._output.busy:
            return
        from PySide6.QtPrintSupport import QPrintDialog

        dialog = QPrintDialog(new_printer(self._document), self)
        dialog.setWindowModality(Qt.WindowModality.WindowModal)
        dialog.finished.connect(self._print_chosen)
        dialog.finished.connect(dialog.deleteLater)
        dialog.show()

    @Slot(int)
    def _print_chosen(self, answer: int) -> None:
        from PySide6.QtPrintSupport import QPrintDialog

        dialog, ready = self.sender(), self._document is not None and not self._output.busy
        if isinstance(dialog, QPrintDialog) and ready and answer == QPrintDialog.DialogCode.Accepted:
            assert self._document is not None
            self._output.print(self._document, dialog.printer())
            self._refresh()

    @Slot(int, int)
    def _show_progress(self, done: int, count: int) -> None:
        self._say(self.tr("Page {done} of {count}…"), done=done, count=count)

    @Slot(object)
    def _show_done(self, done: Done) -> None:
        if done.stopped:
            self._say(self.tr("Stopped. Nothing was kept of it."))
        elif done.path is None:
            self._say(self.tr("{pages} pages were sent to the printer."), pages=done.pages)
        elif done.unreadable:
            self._say(
                self.tr("Saved: {path}. Pictures that could not be read: {count}; the report names them."),
                path=done.path,
                count=done.unreadable,
            )
        else:
            self._say(self.tr("Saved: {path}"), path=done.path)
        self._refresh()

    @Slot(str)
    def _fail(self, sentence: str) -> None:
        self._say(translated(sentence), warning=True)
        self._refresh()

    def _say(self, sentence: str, warning: bool = False, **values: object) -> None:
        self._words.setProperty("role", "warning" if warning else "")
        self._words.style().unpolish(self._words)
        self._words.style().polish(self._words)
        self._words.setText(sentence.format(**values) if values else sentence)
        self._words.setAccessibleName(self._words.text())

    def _refresh(self) -> None:
        """Which buttons there are, and which of them can be pressed."""
        busy, ready = self._output.busy, self._document is not None
        for button in (self._save, self._save_as, self._print):
            button.setVisible(not busy)
            button.setEnabled(ready)
        self._print.setVisible(not busy and self._has_printer)
        self._stop.setVisible(busy)

    def _stem(self) -> str:
        date = self.form.options.date[:10]
        return file_stem(f"{self._structure or 'crackinspector'} {date}")

    def _lay_out(self) -> None:
        landscape = self.width() > self.height()
        directions = QBoxLayout.Direction
        self._middle.setDirection(directions.LeftToRight if landscape else directions.BottomToTop)
        unit = current_look().metrics.unit
        room = self.width() - 4 * unit
        self._side.setMaximumWidth(
            max(round(_FORM_SHARE * room), 18 * current_look().metrics.normal) if landscape else room
        )
        self._side.setMaximumHeight(16_777_215 if landscape else round(0.42 * self.height()))

    def _retranslate(self) -> None:
        self.set_title(self.tr("Report"))
        self._save.setText(self.tr("Save PDF"))
        self._save_as.setText(self.tr("Save as…"))
        self._print.setText(self.tr("Print…"))
        self._stop.setText(self.tr("Stop"))
        self.preview.setAccessibleName(self.tr("Pages of the report"))

    def _restyle(self) -> None:
        look = current_look()
        unit, side = look.metrics.unit, QSize(look.metrics.icon, look.metrics.icon)
        self._middle.setSpacing(3 * unit)
        self._column.setSpacing(2 * unit)
        self._buttons.setSpacing(unit)
        self._buttons.setContentsMargins(0, 0, 0, 2 * unit)
        for button, name, colour in (
            (self._save, "report", look.colours.on_accent),
            (self._save_as, "folder", ""),
            (self._stop, "stop", ""),
        ):
            button.setIcon(icon(name, look, colour))
            button.setIconSize(side)
        self._lay_out()


class _Side(QWidget):
    """Fields, words and buttons; as high as there is room, since the fields scroll."""

    def hasHeightForWidth(self) -> bool:  # noqa: N802 - Qt's name
        """Words that wrap would make it so, and as high as all the fields."""
        return False


def _gathered(library: Library, structure: str, inspection: str | None) -> _Read:
    inspections = inspections_of(library, structure)
    # The one that was chosen may have gone in the meantime.
    chosen = inspection if inspection in inspections else None
    return _Read(gather(library, structure, chosen), tuple(inspections), library.folder)


def _same(one: ReportFacts, other: ReportFacts) -> bool:
    """Whether they tell the same."""
    return (one.fingerprint, one.inspection) == (other.fingerprint, other.inspection)


def _documents() -> Path:
    """Where a person's documents are."""
    place = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return Path(place) if place else Path.home()
