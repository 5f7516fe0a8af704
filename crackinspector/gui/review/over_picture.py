"""What lies over the picture that is reviewed: the way back, the place in the list, the zoom, before and next."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout

from crackinspector.gui.gallery.words import counted
from crackinspector.gui.look import current_look
from crackinspector.gui.review.over_buttons import OverButton, OverWords
from crackinspector.gui.review.picture_view import PictureView
from crackinspector.gui.widgets import ZoomChip


class OverPicture(QObject):
    """Buttons and words on a picture view, which they belong to. GUI thread only.

    Attributes:
        back, previous, next, skip: buttons; `skip` leads to the next picture without a verdict.
        zoom: how near the picture is.
        position: the place in the list.
        words: what happened last.
    """

    def __init__(self, picture: PictureView) -> None:
        super().__init__(picture)
        self._picture = picture
        self.back = OverButton("back", picture)
        self.previous, self.next, self.skip = (
            OverButton(name, picture, faint=True) for name in ("left", "right", "skip")
        )
        self.zoom = ZoomChip(picture)
        self.position, self.words = OverWords(picture), OverWords(picture)
        self._grid = QGridLayout(picture)
        left, right = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
        middle, bottom = Qt.AlignmentFlag.AlignVCenter, Qt.AlignmentFlag.AlignBottom
        self._head = QHBoxLayout()
        self._head.addWidget(self.back)
        self._head.addWidget(self.position)
        self._head.addStretch(1)
        self._head.addWidget(self.zoom)
        self._grid.addLayout(self._head, 0, 0, 1, 3)
        self._grid.addWidget(self.previous, 1, 0, left | middle)
        self._grid.addWidget(self.next, 1, 2, right | middle)
        self._grid.addWidget(self.words, 2, 0, 1, 2, left | bottom)
        self._grid.addWidget(self.skip, 2, 2, right | bottom)
        self._grid.setRowStretch(1, 1)
        self._grid.setColumnStretch(1, 1)
        self.zoom.zoom_in.connect(picture.zoom_in)
        self.zoom.zoom_out.connect(picture.zoom_out)
        self.zoom.reset.connect(picture.reset_view)
        picture.view_changed.connect(self.show_zoom)
        picture.installEventFilter(self)
        self._retranslate()
        self._restyle()

    def show_zoom(self) -> None:
        """How near the picture is."""
        self.zoom.show_zoom(self._picture.zoom, self._picture.most_zoom())

    def show_position(self, index: int, count: int, name: str) -> None:
        """The place in a list of so many, from 0, and the picture's name, which may be empty."""
        words = self.tr("{place} of {count}").format(place=counted(index + 1), count=counted(count))
        self.position.say(f"{words}   {name}" if name else words if count else "", strong=True)
        self.previous.setEnabled(index > 0)
        self.next.setEnabled(index < count - 1)
        self.skip.setEnabled(count > 1)

    def show_buttons(self, on: bool) -> None:
        """Let the buttons go while something else is done to the picture."""
        for part in (self.back, self.previous, self.next, self.skip, self.zoom):
            part.setVisible(on)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Follow the language and look of the picture view."""
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        elif event.type() == QEvent.Type.StyleChange:
            self._restyle()
        return False

    def _restyle(self) -> None:
        unit = current_look().metrics.unit
        self._grid.setContentsMargins(2 * unit, 2 * unit, 2 * unit, 2 * unit)
        self._grid.setSpacing(unit)
        self._head.setSpacing(unit)

    def _retranslate(self) -> None:
        self.back.name(self.tr("Back"))
        self.previous.name(self.tr("Previous picture (Left)"))
        self.next.name(self.tr("Next picture (Right)"))
        self.skip.name(self.tr("Next one without a verdict (N)"))
