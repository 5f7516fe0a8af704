"""Everything that ever happened to a snapshot, the newest first."""

from __future__ import annotations

import html

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from crackinspector.core.text import printable
from crackinspector.gui.look import current_look
from crackinspector.gui.review.loaded import Loaded
from crackinspector.gui.review.words import event_words, local_time
from crackinspector.library.events import Event, Kind

_MOST = 60
"""Events that are shown; the record has them all."""


class History(QWidget):
    """Who, when, what and why. GUI thread only."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._loaded: Loaded | None = None
        self._words = QLabel(self)
        self._words.setWordWrap(True)
        self._words.setTextFormat(Qt.TextFormat.RichText)
        self._words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._words)

    def show_snapshot(self, loaded: Loaded | None) -> None:
        """Tell the history of a snapshot."""
        self._loaded = loaded
        if loaded is None:
            self._words.clear()
            return
        numbers = {finding.key: number for number, finding in enumerate(loaded.state.findings, 1)}
        events = loaded.sidecar.events
        told = [self._told(event, numbers) for event in reversed(events[-_MOST:])]
        if len(events) > _MOST:
            told.append(html.escape(self.tr("… and {count} earlier").format(count=len(events) - _MOST)))
        self._words.setText("".join(f"<p>{each}</p>" for each in told))

    def _told(self, event: Event, numbers: dict[str, int]) -> str:
        look = current_look()
        what, why = event_words(event)
        finding = event.body.get("finding") if event.kind in (Kind.VERDICT, Kind.EDIT) else None
        if finding in numbers:
            what = self.tr("{what} ({number})").format(what=what, number=numbers[finding])
        words = f"<b>{html.escape(what)}</b>"
        if why:
            words += f"<br>{html.escape(why)}"
        head = html.escape(f"{local_time(event.at)}  {printable(event.who)}")
        style = f"color: {look.colours.quiet}; font-size: {look.metrics.small}px"
        return f'{words}<br><span style="{style}">{head}</span>'

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Follow language and look."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.LanguageChange, QEvent.Type.StyleChange):
            self.show_snapshot(self._loaded)
