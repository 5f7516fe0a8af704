"""A correction by hand from its beginning to its being written."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from crackinspector.gui.review.edit.bar import EditBar
from crackinspector.gui.review.edit.layer import EditLayer
from crackinspector.gui.review.loaded import Loaded
from crackinspector.gui.review.picture_view import PictureView
from crackinspector.gui.review.writing import Writing


class HandEditing(QObject):
    """One at a time. GUI thread only.

    Signals:
        toggled(bool): it began, or ended.

    Attributes:
        layer, bar: what is drawn on, and its buttons, which the page gives a place.
    """

    toggled = Signal(bool)

    def __init__(self, picture: PictureView, writing: Writing, parent: QWidget) -> None:
        super().__init__(parent)
        self._writing = writing
        self._finding: str | None = None
        self._active = False
        self._before: Loaded | None = None
        self._last: Loaded | None = None
        self.layer = EditLayer(picture)
        self.bar = EditBar(self.layer, parent)
        self.bar.hide()
        self.bar.save.connect(self._save)
        writing.drawn.connect(self._written)
        self.bar.discard.connect(self.end)

    @property
    def active(self) -> bool:
        """Whether something is being drawn."""
        return self._active

    @property
    def unsaved(self) -> bool:
        """Whether anything would be lost by the end."""
        return self._active and self.layer.is_changed

    def begin(self, loaded: Loaded, finding: str | None) -> None:
        """Correct a finding, or with None draw new ones."""
        self._finding, self._active, self._before = finding, True, loaded
        self._wait(False)
        self.toggled.emit(True)
        self.bar.show()
        self.layer.begin(loaded, finding)

    def drawn_last(self, loaded: Loaded) -> tuple[str, ...] | None:
        """The findings of a snapshot that were drawn or corrected, if that was the last thing to happen; else None.

        Those that are not in its list yet, because it is still being read again, are left out.
        """
        if self._last is None or self._last.row.number != loaded.row.number:
            return None
        before = {finding.key for finding in self._last.state.findings} - {self._finding}
        return tuple(finding.key for finding in loaded.state.findings if finding.key not in before)

    def forget_last(self) -> None:
        """Something else was done."""
        self._last = None

    @Slot()
    def end(self) -> None:
        """Let go of what is drawn."""
        if self._active:
            self._active = False
            self.layer.end()
            self.bar.hide()
            self.toggled.emit(False)

    @Slot()
    def _save(self) -> None:
        """What is drawn stays until it is on the disk, and if it cannot be kept there, for another try."""
        mask = self.layer.drawn_mask()
        self._wait(True)
        self._writing.draw(mask, self._finding)

    @Slot(bool)
    def _written(self, kept: bool) -> None:
        self._wait(False)
        if kept:
            self._last = self._before
            self.end()

    def _wait(self, on: bool) -> None:
        """While it is written, nothing is drawn."""
        self.layer.setDisabled(on)
        self.bar.setDisabled(on)
