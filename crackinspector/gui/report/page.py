"""The page that makes a report: what is wanted, the pages as they will be, and where they go."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QStandardPaths, Qt, Slot
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFileDialog,
    QHBoxLayout,
    QWidget,
)

from crackinspector.gui.background import Background
from crackinspector.gui.library.access import LibraryAccess
from crackinspector.gui.look import Dressed, current_look
from crackinspector.gui.report.brief import Options
from crackinspector.gui.report.composing import composed
from crackinspector.gui.report.document import Document
from crackinspector.gui.report.form import Form
from crackinspector.gui.report.output import Done, Output, file_stem
from crackinspector.gui.report.panel import Panel
from crackinspector.gui.report.preview import Preview
from crackinspector.gui.report.printing import new_printer, printers
from crackinspector.gui.sentences import spoken
from crackinspector.gui.widgets import PageFrame
from crackinspector.library.report_facts import ReportFacts, gather, inspections_of
from crackinspector.library.store import Library

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

_FORM_SHARE, _FORM_HEIGHT = 0.3, 0.42
"""Of the width beside the pages, of the height below them."""
_LOW, _LOW_SHARE = 8, 0.42
"""A window of less than so many fingers' height has the buttons beside its title, and wider fields."""


@dataclass(frozen=True, slots=True)
class _Read:
    """What the library says: the facts, and which inspections there are."""

    facts: ReportFacts
    inspections: tuple[str, ...]
    folder: Path


class ReportPage(Dressed, PageFrame):
    """Shows, writes and prints a report. GUI thread only."""

    def __init__(self, access: LibraryAccess, parent: QWidget | None = None) -> None:
        super().__init__("", parent, wide=True)
        self._access = access
        self._structure = ""
        self._read: _Read | None = None
        self._document: Document | None = None
        # By a connection of its own: a large structure takes a while, and the gallery goes on reading.
        self._gathering = Background("report facts", self)
        self._gathering.finished.connect(self._take)
        self._gathering.failed.connect(self._refuse)
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
        self._panel = Panel(self.form)
        for wanted, work in (
            (self._panel.save, self._save_here),
            (self._panel.save_as, self._choose_file),
            (self._panel.print, self._choose_printer),
            (self._panel.stop, self._output.stop),
        ):
            wanted.connect(work)
        head = QWidget()
        self._head = QHBoxLayout(head)
        self._head.setContentsMargins(0, 0, 0, 0)
        self.add_to_header(head)
        content = QWidget()
        self._middle = QBoxLayout(QBoxLayout.Direction.LeftToRight, content)
        self._middle.setContentsMargins(0, 0, 0, 0)
        self._middle.addWidget(self._panel)
        self._middle.addWidget(self.preview, 1)
        self.set_content(content)
        access.changed.connect(self._changed)
        access.opened.connect(self._changed)
        access.failed.connect(self._refuse)
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
        return self._panel.told

    def save_to(self, path: Path) -> None:
        """Write the PDF there, in the place of what may be there."""
        if self._document is not None and not self._output.busy:
            self._output.write(self._document, path)
            self._refresh()

    def print_on(self, printer: QPrinter) -> None:
        """Print it there."""
        if self._document is not None and not self._output.busy:
            self._output.print(self._document, printer)
            self._refresh()

    def close_down(self, seconds: float) -> bool:
        """Give up what is at work; whether it has ended within that time."""
        self._output.stop()
        self._gathering.forget()
        self._composing.forget()
        works = (self._output, self._gathering, self._composing, self._looking, self.preview)
        return all([work.wait(seconds) for work in works])

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Printers may have come and gone, and words may have become longer."""
        super().showEvent(event)
        self._lay_out()
        self._looking.start(printers)

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """Nobody looks at the pages any more; what is being written goes on."""
        super().hideEvent(event)
        self._looking.forget()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """The pages beside the fields, or above them."""
        super().resizeEvent(event)
        self._lay_out()

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
            self._panel.say("")
            self.preview.say(self.tr("Reading the library…"))
        if self._access.state is not None:
            folder, inspection = self._access.folder, self.form.inspection
            self._gathering.start(functools.partial(_gathered, folder, self._structure, inspection))
        elif self._access.trouble:
            self._refuse(self._access.trouble)

    @Slot(object)
    def _take(self, read: _Read) -> None:
        if read.facts.structure != self._structure:
            return
        self.form.offer(read.inspections)
        if self._document is not None and self._read is not None and _same(read, self._read):
            return
        self._read = read
        self._compose()

    @Slot(str)
    def _refuse(self, sentence: str) -> None:
        self._read = self._document = None
        self.preview.say("")
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
            self._panel.say(
                self.tr("{pages} pages, {snapshots} snapshots").format(pages=count, snapshots=len(facts.snapshots))
            )
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

        dialog = self.sender()
        if isinstance(dialog, QPrintDialog) and answer == QPrintDialog.DialogCode.Accepted:
            self.print_on(dialog.printer())

    @Slot(int, int)
    def _show_progress(self, done: int, count: int) -> None:
        self._panel.say(self.tr("Page {done} of {count}…").format(done=done, count=count))

    @Slot(object)
    def _show_done(self, done: Done) -> None:
        if done.stopped:
            self._panel.say(self.tr("Stopped. Nothing was kept of it."))
        elif done.path is None:
            self._panel.say(self.tr("{pages} pages were sent to the printer.").format(pages=done.pages))
        elif done.unreadable:
            self._panel.say(
                self.tr("Saved: {path}. Pictures that could not be read: {count}; the report names them.").format(
                    path=done.path, count=done.unreadable
                )
            )
        else:
            self._panel.say(self.tr("Saved: {path}").format(path=done.path))
        self._refresh()

    @Slot(str)
    def _fail(self, sentence: str) -> None:
        self._panel.say(spoken(sentence), warning=True)
        self._refresh()

    def _refresh(self) -> None:
        self._panel.show_state(busy=self._output.busy, ready=self._document is not None, printer=self._has_printer)

    def _stem(self) -> str:
        date = self.form.options.date[:10]
        return file_stem(f"{self._structure or 'crackinspector'} {date}")

    def _lay_out(self) -> None:
        metrics, directions = current_look().metrics, QBoxLayout.Direction
        landscape, room = self.width() > self.height(), self.width() - 4 * metrics.unit
        self._middle.setDirection(directions.LeftToRight if landscape else directions.BottomToTop)
        low = landscape and self.height() < _LOW * metrics.touch_px
        self._panel.lend_buttons(self._head if low else None)
        if landscape:
            share = _LOW_SHARE if low else _FORM_SHARE
            self._panel.set_room(max(round(share * room), self._panel.least_width), self.height())
        else:
            self._panel.set_room(room, round(_FORM_HEIGHT * self.height()))

    def _retranslate(self) -> None:
        self.set_title(self.tr("Report"))
        self.preview.setAccessibleName(self.tr("Pages of the report"))

    def _restyle(self) -> None:
        self._middle.setSpacing(3 * current_look().metrics.unit)
        self._lay_out()


def _gathered(folder: Path, structure: str, inspection: str | None) -> _Read:
    with Library(folder, write=False) as library:
        inspections = inspections_of(library, structure)
        # The one that was chosen may have gone in the meantime.
        chosen = inspection if inspection in inspections else None
        return _Read(gather(library, structure, chosen), tuple(inspections), folder)


def _same(one: _Read, other: _Read) -> bool:
    """Whether the same report is made of them."""
    return (one.folder, one.facts.fingerprint) == (other.folder, other.facts.fingerprint)


def _documents() -> Path:
    """Where a person's documents are."""
    place = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return Path(place) if place else Path.home()
