"""Review: one snapshot after the other, large, with what the model says, and a verdict by a key or a touch."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QStackedLayout, QWidget

from crackinspector.core.settings import ViewSettings
from crackinspector.core.text import printable
from crackinspector.gui.gallery.filmstrip import Filmstrip
from crackinspector.gui.gallery.model import GalleryModel
from crackinspector.gui.gallery.words import short_name
from crackinspector.gui.library.access import LibraryAccess
from crackinspector.gui.look import Dressed
from crackinspector.gui.review.another_model import AnotherModel
from crackinspector.gui.review.body import ReviewBody
from crackinspector.gui.review.decisions import Decision, Decisions, decision_words
from crackinspector.gui.review.finding_steps import next_open, step
from crackinspector.gui.review.hand_editing import HandEditing
from crackinspector.gui.review.keys import PageKeys
from crackinspector.gui.review.loaded import Loaded
from crackinspector.gui.review.loader import PictureLoader
from crackinspector.gui.review.over_picture import OverPicture
from crackinspector.gui.review.panel import ReviewPanel
from crackinspector.gui.review.picture_view import PictureView
from crackinspector.gui.review.unreviewed import next_unreviewed
from crackinspector.gui.review.words import ICONS
from crackinspector.gui.review.writing import Writing
from crackinspector.gui.sentences import spoken, translated
from crackinspector.library.events import Verdict
from crackinspector.library.state import UNREVIEWED, Finding

_BEFORE, _AFTER = 1, 2
"""Pictures around the one that is shown that are decoded before they are asked for."""
_LEAST_LOOK = 0.12
"""Seconds for which a picture must have been on screen before it is decided on: a finger that bounces decides once."""
_SETTLED_MS = 40


class ReviewPage(Dressed, QWidget):
    """Goes through a list of snapshots. GUI thread only.

    Signals:
        back: the person wants to go back.
        compare(list): the number of the snapshot that is to be compared with others.
        reinspect(int): the number of the one whose changes since the last inspection are asked for.

    Attributes:
        picture, panel, over, editing, loader, decisions: its parts.
    """

    back = Signal()
    compare = Signal(list)
    reinspect = Signal(int)

    def __init__(
        self, access: LibraryAccess, parent: QWidget | None = None, clock: Callable[[], float] = time.monotonic
    ) -> None:
        super().__init__(parent)
        self._access, self._clock = access, clock
        self._numbers: Sequence[int] = ()
        self._index = 0
        self._chosen: str | None = None
        self._seen_since: tuple[int, float] | None = None
        self.loader = PictureLoader(access, parent=self)
        self.decisions = Decisions(access, self)
        self.picture = PictureView(self)
        self.panel = ReviewPanel(self.decisions, self)
        self.over = OverPicture(self.picture)
        self._writing = Writing(access, self)
        self.editing = HandEditing(self.picture, self._writing, self)
        self._list = GalleryModel(access, self)
        self._strip = Filmstrip(self._list, self)
        self._body = ReviewBody(self.picture, self.editing.bar, self._strip, self.panel, self)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._body)
        self._models = AnotherModel(access, self._stack, self._body, self)
        self._settled = QTimer(self, singleShot=True, interval=_SETTLED_MS)
        self._settled.timeout.connect(self._show_rest)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._connect()
        self._keys = PageKeys(
            self,
            self._key_table(),
            # Done with typing, not with the page.
            typing={"Esc": self._take_focus},
            repeating=frozenset({"Left", "Right"}),
            enabled=self._listens,
        )
        self._retranslate()
        self._show_nothing("")

    def review(self, numbers: Sequence[int], index: int) -> None:
        """Go through these snapshots, beginning at this place of the list; what is being drawn is finished first."""
        if self.editing.unsaved:
            self.over.words.say(self.tr("Save or discard what is drawn here first."), "warning")
            return
        self.panel.details.flush()
        self._numbers = list(numbers)
        self._list.set_numbers(self._numbers)
        self._show(index)

    def stop(self, seconds: float = 2.0) -> bool:
        """Decode and look at nothing more; whether what was at work has ended."""
        return all([self.loader.stop(seconds), self._strip.stop(seconds), self._models.stop(seconds)])

    @property
    def index(self) -> int:
        """The place in the list."""
        return self._index

    @property
    def chosen(self) -> str | None:
        """The key of the finding that verdicts are about; None: the picture as a whole."""
        return self._chosen

    def set_view_settings(self, settings: ViewSettings) -> None:
        """The colours and the opacity that the person has chosen elsewhere."""
        self.panel.controls.set_heat_settings(settings)

    def go(self, by: int) -> None:
        """To another place of the list, as far as it goes."""
        self._show(self._index + by)

    @Slot(object)
    def decide(self, verdict: Verdict) -> None:
        """A verdict on the chosen finding, or on the picture."""
        loaded = self.picture.loaded
        if loaded is None or self._seen_since is None or self._seen_since[0] != loaded.row.number:
            self.over.words.say(self.tr("The picture is not on screen yet."), "warning")
            return
        if not self.panel.judgeable():
            self.over.words.say(self.tr("There is nothing here that a verdict could judge."), "warning")
            return
        if self._clock() - self._seen_since[1] < _LEAST_LOOK:
            self.over.words.say(self.tr("That was too quick to have looked; press again."), "warning")
            return
        self.decisions.decide(loaded, verdict, self._chosen, self.panel.details.take_reason())
        if self._chosen is not None:
            self._choose_open_finding(loaded)
        elif self.panel.advances:
            self.go(1)

    @Slot()
    def undo(self) -> None:
        """Take back the last verdict, and show its picture; without one, the verdict that holds on this picture."""
        loaded = self.picture.loaded
        if self._access.read_only:
            return
        if loaded is not None and (drawn := self.editing.drawn_last(loaded)) is not None:
            # Nothing is taken away: whatever was decided before it must not go in its place.
            self.over.words.say(self.tr("What is drawn is not taken back: reject the finding instead (R)."), "info")
            if drawn:
                self.choose(drawn[0])
            return
        decision = self.decisions.undo()
        if decision is None:
            if loaded is None or not self._holds(loaded):
                self.over.words.say(self.tr("There is no verdict to take back."), "info")
                return
            decision = self.decisions.withdraw(loaded, self._chosen)
        if decision.number in self._numbers:
            index = self._numbers.index(decision.number)
            if index != self._index:
                self._show(index)
            if decision.finding != self._chosen:
                self.choose(decision.finding or "")

    @Slot()
    def go_to_next_unreviewed(self) -> None:
        """To the next picture that nobody has decided on, from the beginning again after the end."""
        order = [*self._numbers[self._index + 1 :], *self._numbers[: self._index]]
        skipped = self.decisions.decided()
        self._access.read(
            lambda library: next_unreviewed(library, order, skipped),
            self._found_next,
            self._say,
            key=f"{id(self)} next",
        )

    @Slot(str)
    def choose(self, key: str) -> None:
        """Zoom to a finding, which verdicts are about from now on; "" lets them be about the picture again."""
        self._chosen = key or None
        self.picture.highlight(self._chosen)
        if self._chosen is not None:
            self.picture.zoom_to(self._chosen)
        elif self.picture.loaded is not None:
            self.picture.reset_view()
        self.panel.show_chosen(self._chosen)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """The page's keys are its own now, and so is the memory; it may be told to show something else first."""
        super().showEvent(event)
        self._keys.listen(True)
        QTimer.singleShot(0, self, self._want)

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """What was typed is kept; the keys, and all pictures but the one on show, are let go."""
        super().hideEvent(event)
        self._keys.listen(False)
        self.panel.details.flush()
        number = self._number()
        self.loader.rest([] if number is None else [number])

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Esc is the way back, unless it unchooses a finding."""
        if event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Back):
            self._go_back()
        else:
            super().keyPressEvent(event)

    def _connect(self) -> None:
        self.over.back.clicked.connect(self._go_back)
        self.over.previous.clicked.connect(self._go_to_previous)
        self.over.next.clicked.connect(self._go_to_next)
        self.over.skip.clicked.connect(self.go_to_next_unreviewed)
        self.picture.painted.connect(self._painted)
        self.picture.finding_tapped.connect(self._tapped)
        self.loader.loaded.connect(self._loaded)
        self.loader.failed.connect(self._failed)
        self.decisions.changed.connect(self._decision_changed)
        self.decisions.failed.connect(self._decision_failed)
        self._access.opened.connect(self._opened)
        self._access.closing.connect(self.panel.details.flush)
        panel = self.panel
        panel.decided.connect(self.decide)
        panel.undo.connect(self.undo)
        panel.tool.connect(self._use_tool)
        panel.findings.chosen.connect(self.choose)
        panel.controls.changed.connect(self._show_view)
        panel.details.place_edited.connect(self._writing.place)
        panel.details.tag_edited.connect(self._writing.tag)
        panel.details.note_edited.connect(self._writing.note)
        self._writing.began.connect(self._write_began)
        self._writing.kept.connect(self._written)
        self._writing.kept.connect(self.loader.refresh)
        self._writing.failed.connect(self._not_written)
        self.editing.toggled.connect(self._editing_toggled)
        self._strip.chosen.connect(self._show)
        self._models.kept.connect(self.loader.refresh)
        self._models.told.connect(self._tell)
        self._models.failed.connect(self._say)
        self._models.left.connect(self._take_focus)

    def _key_table(self) -> dict[str, Callable[[], None]]:
        table: dict[str, Callable[[], None]] = {
            "C": partial(self.decide, Verdict.CONFIRMED),
            "R": partial(self.decide, Verdict.REJECTED),
            "U": partial(self.decide, Verdict.UNSURE),
            "Ctrl+Z": self.undo,
            "N": self.go_to_next_unreviewed,
            "B": self.panel.controls.hide_or_show,
            "Left": self._go_to_previous,
            "Right": self._go_to_next,
            "Home": partial(self._show, 0),
            "End": self._go_to_end,
            "Up": partial(self._step_finding, -1),
            "Down": partial(self._step_finding, 1),
            "Esc": self._go_back,
        }
        table.update({str(number): partial(self._choose_number, number) for number in range(1, 10)})
        return table

    def _listens(self) -> bool:
        return not self.editing.active and not self._models.shown

    @Slot(int)
    def _show(self, index: int) -> None:
        """Show the snapshot at this place, or say that it is being loaded."""
        self.panel.details.flush()
        self.editing.end()
        if not self._numbers:
            self._show_nothing(self.tr("There is no snapshot here."))
            return
        index = min(max(0, index), len(self._numbers) - 1)
        if self._numbers[index] != self._number():
            self._chosen = None
            self.panel.show_chosen(None)
            focused = QApplication.focusWidget()
            if focused is not None and self.panel.details.isAncestorOf(focused):
                # What is typed next is meant for the new picture, and is a key.
                self.setFocus()
        self._index = index
        number = self._numbers[index]
        self._want()
        loaded = self.loader.get(number)
        if loaded is not None:
            self._show_loaded(loaded)
        else:
            trouble = self.loader.trouble(number)
            self._show_nothing(spoken(trouble) if trouble else self.tr("Loading …"))
        self._show_position()

    @Slot()
    def _want(self) -> None:
        """Load the picture and those around it."""
        around = [*range(self._index, self._index + _AFTER + 1), *range(self._index - 1, self._index - _BEFORE - 1, -1)]
        self.loader.want([self._numbers[place] for place in around if 0 <= place < len(self._numbers)])

    def _show_loaded(self, loaded: Loaded) -> None:
        self.picture.show_picture(loaded)
        self._writing.show_snapshot(loaded)
        if self._chosen is not None and self._chosen not in {finding.key for finding in loaded.state.findings}:
            self._chosen = None
        self.picture.highlight(self._chosen)
        self.panel.show_chosen(self._chosen)
        self.panel.show_snapshot(loaded, writable=not self._access.read_only)
        self._show_view()
        self.over.show_zoom()
        self._show_position()
        self._settled.start()

    def _show_nothing(self, sentence: str) -> None:
        self._seen_since = None
        self.picture.show_picture(None)
        self._writing.show_snapshot(None)
        self.picture.set_message(sentence)
        self.panel.show_snapshot(None, writable=False)
        self.over.show_zoom()
        self._settled.start()

    def _show_position(self) -> None:
        loaded = self.picture.loaded
        self.over.show_position(self._index, len(self._numbers), "" if loaded is None else short_name(loaded.row))

    def _number(self) -> int | None:
        return self._numbers[self._index] if self._index < len(self._numbers) else None

    def _holds(self, loaded: Loaded) -> bool:
        """Whether there is a verdict on what verdicts are about."""
        judged = [loaded.state.judged] if self._chosen is None else []
        judged += [finding.judged for finding in loaded.state.findings if finding.key == self._chosen]
        return any(each.event is not None for each in judged)

    @Slot(object)
    def _loaded(self, loaded: Loaded) -> None:
        if loaded.row.number == self._number():
            self._show_loaded(loaded)

    @Slot(int, str)
    def _failed(self, number: int, sentence: str) -> None:
        if number == self._number():
            self._show_nothing(spoken(sentence))

    @Slot(object)
    def _opened(self, _: object) -> None:
        """Only now it is known whether the library can be written to."""
        if self.picture.loaded is not None:
            self._show_loaded(self.picture.loaded)

    @Slot(int)
    def _painted(self, number: int) -> None:
        if self._seen_since is None or self._seen_since[0] != number:
            self._seen_since = number, self._clock()

    @Slot(object)
    def _decision_changed(self, decision: Decision) -> None:
        """Say what was decided, and whether it is on the disk."""
        self.over.words.say(decision_words(decision), ICONS[decision.verdict])
        if not decision.kept:
            self.editing.forget_last()
        if decision.number == self._number():
            self.panel.show_state()

    @Slot(object, str)
    def _decision_failed(self, decision: Decision, sentence: str) -> None:
        said = self.tr("The verdict on {name} was not kept: {reason}")
        self._say(said.format(name=printable(decision.name), reason=translated(sentence)))
        self.over.words.say("")
        self.panel.show_state()

    @Slot(str)
    def _tell(self, sentence: str) -> None:
        self.over.words.say(sentence, "model")

    @Slot(str)
    def _say(self, sentence: str) -> None:
        """Something went wrong; it is said until it is closed."""
        self._body.say(spoken(sentence))

    @Slot()
    def _go_back(self) -> None:
        if self.editing.active:
            self.editing.bar.ask_to_discard()
            return
        if self._chosen is not None:
            self.choose("")
            return
        self.panel.details.flush()
        self.back.emit()

    @Slot()
    def _go_to_previous(self) -> None:
        self.go(-1)

    @Slot()
    def _go_to_next(self) -> None:
        self.go(1)

    def _go_to_end(self) -> None:
        self._show(len(self._numbers) - 1)

    @Slot(object)
    def _found_next(self, number: int | None) -> None:
        if number is None or number not in self._numbers:
            self.over.words.say(self.tr("Every other picture of this list has been decided on."), "check")
            return
        self._show(self._numbers.index(number))

    @Slot(str)
    def _tapped(self, key: str) -> None:
        self.choose("" if key == self._chosen else key)

    def _choose_number(self, number: int) -> None:
        loaded = self.picture.loaded
        if loaded is not None and number <= len(loaded.state.findings):
            self.choose(loaded.state.findings[number - 1].key)

    def _step_finding(self, by: int) -> None:
        """To the next or previous finding, and past the last one to the picture again."""
        if self.picture.loaded is not None:
            self.choose(step(self.picture.loaded.state, self._chosen, by))

    def _choose_open_finding(self, loaded: Loaded) -> None:
        """The next finding that nobody has decided on; after the last one, the picture."""

        def is_open(finding: Finding) -> bool:
            standing = self.decisions.standing(loaded, finding.key)
            verdict = finding.judged.verdict if standing is None else standing.verdict
            return verdict in (UNREVIEWED, Verdict.WITHDRAWN)

        self.choose(next_open(loaded.state, self._chosen or "", is_open))

    @Slot()
    def _show_view(self) -> None:
        controls, view = self.panel.controls, self.picture
        view.set_view_settings(controls.settings)
        view.set_threshold(controls.outline)
        if controls.swipe != view.swiping:
            view.set_swipe(0.5 if controls.swipe else None)

    @Slot()
    def _show_rest(self) -> None:
        """What takes longer, now that the picture is on screen."""
        self.panel.show_rest()
        if self._numbers and self._body.strip_shown:
            self._strip.show_current(self._index)

    @Slot(str)
    def _use_tool(self, name: str) -> None:
        loaded = self.picture.loaded
        if loaded is None:
            return
        number = loaded.row.number
        if name == "correct":
            self.editing.begin(loaded, self._chosen)
        elif name == "model":
            self._models.ask(loaded)
        elif name == "compare":
            self.compare.emit([number])
        elif name == "reinspect":
            self.reinspect.emit(number)

    @Slot()
    def _take_focus(self) -> None:
        self.setFocus()

    @Slot(bool)
    def _editing_toggled(self, on: bool) -> None:
        """Make room for drawing, and back."""
        self.over.show_buttons(not on)
        self._body.set_editing(on)
        if not on:
            self.setFocus()

    @Slot()
    def _write_began(self) -> None:
        self.over.words.say(self.tr("Being written …"))

    @Slot()
    def _written(self) -> None:
        self.over.words.say(self.tr("Kept."), "check")

    @Slot(str)
    def _not_written(self, sentence: str) -> None:
        """The fields show again what holds."""
        self.over.words.say("")
        self._say(sentence)
        self._settled.start()

    def _retranslate(self) -> None:
        self.setAccessibleName(self.tr("Review"))
        if self._numbers:
            self._show_position()
