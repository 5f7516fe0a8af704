"""Another model's look at the snapshot that is reviewed: chosen on a page of its own, told wherever one is by then."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QStackedLayout, QWidget

from crackinspector.gui.library.access import LibraryAccess
from crackinspector.gui.review.loaded import Loaded
from crackinspector.gui.review.rerun import Rerun
from crackinspector.gui.review.rerun_page import RerunPage
from crackinspector.gui.sentences import translated


class AnotherModel(QObject):
    """Shows the page in the place of the review's. GUI thread only.

    Signals:
        kept(): something was written, by another program.
        told(str): what came of it, while its page is not shown.
        failed(str): what went wrong, likewise.
        left(): its page was left.
    """

    kept = Signal()
    told = Signal(str)
    failed = Signal(str)
    left = Signal()

    def __init__(self, access: LibraryAccess, stack: QStackedLayout, body: QWidget, parent: QObject) -> None:
        """`stack` shows `body` while the page is not shown."""
        super().__init__(parent)
        self._stack, self._body = stack, body
        self._rerun = Rerun(access, self)
        self._page: RerunPage | None = None
        self._rerun.kept.connect(self._kept)
        self._rerun.finished.connect(self._finished)
        self._rerun.failed.connect(self._refused)

    @property
    def shown(self) -> bool:
        """Whether its page is shown."""
        return self._stack.currentWidget() is not self._body

    def ask(self, loaded: Loaded) -> None:
        """Let a person choose the model that is to look at this snapshot."""
        if self._page is None:
            self._page = RerunPage(self._rerun)
            self._page.back.connect(self._leave)
            self._stack.addWidget(self._page)
        self._page.ask([loaded.row])
        self._stack.setCurrentWidget(self._page)
        self._page.setFocus()

    def stop(self, seconds: float) -> bool:
        """End what is at work; whether it has ended."""
        self._rerun.close()
        return self._page is None or self._page.stop(seconds)

    @Slot()
    def _leave(self) -> None:
        """What runs goes on."""
        self._stack.setCurrentWidget(self._body)
        self.left.emit()

    @Slot(int)
    def _kept(self, _: int) -> None:
        self.kept.emit()

    @Slot(str)
    def _finished(self, sentence: str) -> None:
        if not self.shown:
            self.told.emit(translated(sentence))

    @Slot(str)
    def _refused(self, sentence: str) -> None:
        if not self.shown:
            self.failed.emit(translated(sentence))
