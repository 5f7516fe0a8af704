"""Review: one snapshot after the other, large, with what the model says, and a verdict by a key or a touch."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QEvent, QRect, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QHideEvent, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QBoxLayout, QGridLayout, QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from crackinspector.core.settings import ViewSettings
from crackinspector.core.text import printable
from crackinspector.gui.gallery.filmstrip import Filmstrip
from crackinspector.gui.gallery.model import GalleryModel
from crackinspector.gui.gallery.words import counted
from crackinspector.gui.library.access import LibraryAccess
from crackinspector.gui.live.page import PORTRAIT_BELOW
from crackinspector.gui.look import current_look
from crackinspector.gui.review.decisions import Decision, Decisions
from crackinspector.gui.review.edit.bar import EditBar
from crackinspector.gui.review.edit.layer import EditLayer
from crackinspector.gui.review.keys import PageKeys
from crackinspector.gui.review.loaded import Loaded
from crackinspector.gui.review.loader import PictureLoader
from crackinspector.gui.review.over_buttons import OverButton, OverWords
from crackinspector.gui.review.panel import ReviewPanel
from crackinspector.gui.review.picture_view import PictureView
from crackinspector.gui.review.rerun import Rerun
from crackinspector.gui.review.rerun_page import RerunPage
from crackinspector.gui.review.unreviewed import next_unreviewed
from crackinspector.gui.review.words import ICONS, judged_words
from crackinspector.gui.sentences import translated
from crackinspector.gui.widgets import Toast, ZoomChip
from crackinspector.library import verdicts
from crackinspector.library.events import Verdict
from crackinspector.library.state import UNREVIEWED
from crackinspector.library.store import Library

_BEFORE, _AFTER = 1, 2
"""Pictures around the one that is shown that are decoded before they are asked for."""
_LEAST_LOOK = 0.12
"""Seconds for which a picture must have been on screen before it is decided on: a finger that bounces decides once."""
_SETTLED_MS = 40
_STRIP_FROM = 20
"""Height of the page in fingers from which on there is a filmstrip: a desk has room for it."""


class ReviewPage(QWidget):
    """Goes through a list of snapshots. GUI thread only.

    Signals:
        back: the person wants to go back.
        compare(list): the number of the snapshot that is to be compared with others.
        reinspect(int): the number of the one whose changes since the last inspection are asked for.

    Attributes:
        picture, panel, loader, decisions: its parts.
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
        self._build_over()
        self._layer = EditLayer(self.picture)
        self._bar = EditBar(self._layer, self)
        self._bar.hide()
        self._body = QWidget(self)
        self._models: RerunPage | None = None
        left = QWidget(self._body)
        self._left = QVBoxLayout(left)
        self._left.setContentsMargins(0, 0, 0, 0)
        self._left.setSpacing(0)
        self._left.addWidget(self.picture, 1)
        self._left.addWidget(self._bar)
        self._list = GalleryModel(access, self)
        self._strip = Filmstrip(self._list, left)
        self._strip.chosen.connect(self._show)
        self._left.addWidget(self._strip)
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight, self._body)
        self._columns.setContentsMargins(0, 0, 0, 0)
        self._columns.setSpacing(0)
        self._columns.addWidget(left, 1)
        self._columns.addWidget(self.panel)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._body)
        self._rerun = Rerun(access, self)
        self._toast = Toast(self)
        self._settled = QTimer(self, singleShot=True, interval=_SETTLED_MS)
        self._settled.timeout.connect(self._show_rest)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._connect()
        self._keys = PageKeys(self, self._key_table(), repeating=frozenset({"Left", "Right"}), enabled=self._listens)
        self._retranslate()
        self._restyle()
        self._show_nothing("")

    def review(self, numbers: Sequence[int], index: int) -> None:
        """Go through these snapshots, beginning at this place of the list."""
        self.panel.details.flush()
        self._numbers = list(numbers)
        self._list.set_numbers(self._numbers)
        self._show(index)

    def stop(self, seconds: float = 2.0) -> bool:
        """Decode nothing more; whether what was at work has ended."""
        return all([self.loader.stop(seconds), self._strip.stop(seconds)])

    @property
    def index(self) -> int:
        """The place in the list."""
        return self._index

    @property
    def chosen(self) -> str | None:
        """The key of the finding that verdicts are about; None: the picture as a whole."""
        return self._chosen

    @property
    def editing(self) -> bool:
        """Whether a finding is being corrected."""
        return self._bar.isVisibleTo(self)

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
            self._words.say(self.tr("The picture is not on screen yet."), "warning")
            return
        if not self.panel.judgeable():
            self._words.say(self.tr("There is nothing here that a verdict could judge."), "warning")
            return
        if self._clock() - self._seen_since[1] < _LEAST_LOOK:
            self._words.say(self.tr("That was too quick to have looked; press again."), "warning")
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
        decision = self.decisions.undo()
        if decision is None:
            if loaded is None or not self._holds(loaded):
                self._words.say(self.tr("There is no verdict to take back."), "info")
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
        skipped = frozenset(number for number in order if self.decisions.decided(number))
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
        """The page's keys are its own now."""
        super().showEvent(event)
        self._keys.listen(True)

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """What was typed is kept, and the keys are let go."""
        super().hideEvent(event)
        self._keys.listen(False)
        self.panel.details.flush()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Follow language and look."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        elif event.type() == QEvent.Type.StyleChange:
            self._restyle()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Beside each other or below each other, by the page's own shape."""
        super().resizeEvent(event)
        self._arrange()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Esc is the way back, unless it unchooses a finding."""
        if event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Back) and not self.editing:
            self._go_back()
        else:
            super().keyPressEvent(event)

    def _build_over(self) -> None:
        """What lies over the picture."""
        self._back, self._previous, self._next = (OverButton(name, self.picture) for name in ("back", "left", "right"))
        self._skip = OverButton("skip", self.picture)
        self._zoom = ZoomChip(self.picture)
        self._position, self._words = OverWords(self.picture), OverWords(self.picture)
        self._over = QGridLayout(self.picture)
        left, right = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
        middle, bottom = Qt.AlignmentFlag.AlignVCenter, Qt.AlignmentFlag.AlignBottom
        self._head = QHBoxLayout()
        self._head.addWidget(self._back)
        self._head.addWidget(self._position)
        self._head.addStretch(1)
        self._head.addWidget(self._zoom)
        self._over.addLayout(self._head, 0, 0, 1, 3)
        self._over.addWidget(self._previous, 1, 0, left | middle)
        self._over.addWidget(self._next, 1, 2, right | middle)
        self._over.addWidget(self._words, 2, 0, 1, 2, left | bottom)
        self._over.addWidget(self._skip, 2, 2, right | bottom)
        self._over.setRowStretch(1, 1)
        self._over.setColumnStretch(1, 1)

    def _connect(self) -> None:
        self._back.clicked.connect(self._go_back)
        self._previous.clicked.connect(self._go_to_previous)
        self._next.clicked.connect(self._go_to_next)
        self._skip.clicked.connect(self.go_to_next_unreviewed)
        self._zoom.zoom_in.connect(self.picture.zoom_in)
        self._zoom.zoom_out.connect(self.picture.zoom_out)
        self._zoom.reset.connect(self.picture.reset_view)
        self.picture.view_changed.connect(self._show_zoom)
        self.picture.painted.connect(self._painted)
        self.picture.finding_tapped.connect(self._tapped)
        self.loader.loaded.connect(self._loaded)
        self.loader.failed.connect(self._failed)
        self.decisions.changed.connect(self._decision_changed)
        self.decisions.failed.connect(self._decision_failed)
        self._access.opened.connect(self._opened)
        panel = self.panel
        panel.decided.connect(self.decide)
        panel.undo.connect(self.undo)
        panel.tool.connect(self._use_tool)
        panel.findings.chosen.connect(self.choose)
        panel.controls.changed.connect(self._show_view)
        panel.details.place_edited.connect(self._write_place)
        panel.details.tag_edited.connect(self._write_tag)
        panel.details.note_edited.connect(self._write_note)
        self._bar.save.connect(self._save_edit)
        self._bar.discard.connect(self._end_edit)
        self._rerun.kept.connect(self._detected)
        self._rerun.finished.connect(self._model_has_looked)
        self._rerun.failed.connect(self._model_has_failed)

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
        return not self.editing and self._stack.currentWidget() is self._body

    @Slot(int)
    def _show(self, index: int) -> None:
        """Show the snapshot at this place, or say that it is being loaded."""
        self.panel.details.flush()
        if self.editing:
            self._end_edit()
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
        around = [*range(index, index + _AFTER + 1), *range(index - 1, index - _BEFORE - 1, -1)]
        self.loader.want([self._numbers[place] for place in around if 0 <= place < len(self._numbers)])
        loaded = self.loader.get(number)
        if loaded is not None:
            self._show_loaded(loaded)
        else:
            trouble = self.loader.trouble(number)
            self._show_nothing(translated(trouble) if trouble else self.tr("Loading …"))
        self._show_position()

    def _show_loaded(self, loaded: Loaded) -> None:
        self.picture.show_picture(loaded)
        if self._chosen is not None and self._chosen not in {finding.key for finding in loaded.state.findings}:
            self._chosen = None
        self.picture.highlight(self._chosen)
        self.panel.show_chosen(self._chosen)
        self.panel.show_snapshot(loaded, writable=not self._access.read_only)
        self._show_view()
        self._show_zoom()
        self._show_position()
        self._settled.start()

    def _show_nothing(self, sentence: str) -> None:
        self._seen_since = None
        self.picture.show_picture(None)
        self.picture.set_message(sentence)
        self.panel.show_snapshot(None, writable=False)
        self._show_zoom()
        self._settled.start()

    def _show_position(self) -> None:
        count, loaded = len(self._numbers), self.picture.loaded
        words = self.tr("{place} of {count}").format(place=counted(self._index + 1), count=counted(count))
        name = "" if loaded is None else printable(loaded.row.name)
        self._position.say(f"{words}   {name}" if name else words if count else "", strong=True)
        self._previous.setEnabled(self._index > 0)
        self._next.setEnabled(self._index < count - 1)
        self._skip.setEnabled(count > 1)

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
            self._show_nothing(translated(sentence))

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
        words = judged_words(decision.verdict, None if decision.of is None else decision.of.value)
        if decision.verdict is Verdict.WITHDRAWN:
            words = self.tr("taken back")
        if decision.finding is not None:
            words = self.tr("{verdict}, on a finding").format(verdict=words)
        state = self.tr("Kept") if decision.kept else self.tr("Being written")
        # What may be cut off comes last.
        said = self.tr("{state}: {name}, {verdict}")
        self._words.say(said.format(name=printable(decision.name), verdict=words, state=state), ICONS[decision.verdict])
        if decision.number == self._number():
            self.panel.show_state()

    @Slot(object, str)
    def _decision_failed(self, decision: Decision, sentence: str) -> None:
        said = self.tr("The verdict on {name} was not kept: {reason}")
        self._say(said.format(name=printable(decision.name), reason=translated(sentence)))
        self._words.say("")
        self.panel.show_state()

    @Slot(str)
    def _say(self, sentence: str) -> None:
        """Something went wrong; it is said until it is closed."""
        self._toast.show_message(translated(sentence), error=True)
        self._place_toast()

    @Slot()
    def _go_back(self) -> None:
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
            self._words.say(self.tr("Every other picture of this list has been decided on."), "check")
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
        loaded = self.picture.loaded
        keys = ["", *(finding.key for finding in loaded.state.findings)] if loaded is not None else [""]
        at = keys.index(self._chosen or "") if (self._chosen or "") in keys else 0
        self.choose(keys[(at + by) % len(keys)])

    def _choose_open_finding(self, loaded: Loaded) -> None:
        """The next finding that nobody has decided on; after the last one, the picture."""
        keys = [finding.key for finding in loaded.state.findings]
        at = keys.index(self._chosen) if self._chosen in keys else 0
        for finding in (*loaded.state.findings[at + 1 :], *loaded.state.findings[:at]):
            standing = self.decisions.standing(loaded, finding.key)
            verdict = finding.judged.verdict if standing is None else standing.verdict
            if verdict in (UNREVIEWED, Verdict.WITHDRAWN):
                self.choose(finding.key)
                return
        self.choose("")

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
        if self._numbers and not self._strip.isHidden():
            self._strip.show_current(self._index)

    @Slot()
    def _show_zoom(self) -> None:
        self._zoom.show_zoom(self.picture.zoom, self.picture.most_zoom())

    @Slot(str)
    def _use_tool(self, name: str) -> None:
        loaded = self.picture.loaded
        if loaded is None:
            return
        number = loaded.row.number
        if name == "correct":
            self._begin_edit(loaded)
        elif name == "model":
            self._ask_model(loaded)
        elif name == "compare":
            self.compare.emit([number])
        elif name == "reinspect":
            self.reinspect.emit(number)

    def _ask_model(self, loaded: Loaded) -> None:
        """Let a person choose another model, over the picture."""
        if self._models is None:
            self._models = RerunPage(self._rerun)
            self._models.back.connect(self._leave_models)
            self._stack.addWidget(self._models)
        self._models.ask([loaded.row])
        self._stack.setCurrentWidget(self._models)
        self._models.setFocus()

    @Slot()
    def _leave_models(self) -> None:
        """What runs goes on."""
        self._stack.setCurrentWidget(self._body)
        self.setFocus()

    @Slot(int)
    def _detected(self, _: int) -> None:
        """Another program has written, which would be noticed later."""
        self.loader.refresh()

    @Slot(str)
    def _model_has_looked(self, sentence: str) -> None:
        """Say it where the page of the models does not."""
        if self._stack.currentWidget() is self._body:
            self._words.say(translated(sentence), "model")

    @Slot(str)
    def _model_has_failed(self, sentence: str) -> None:
        if self._stack.currentWidget() is self._body:
            self._say(sentence)

    def _begin_edit(self, loaded: Loaded) -> None:
        """Draw over the picture; the panel makes room."""
        self._show_editing(True)
        self._layer.begin(loaded, self._chosen)

    @Slot()
    def _save_edit(self) -> None:
        loaded, key = self.picture.loaded, self._chosen
        if loaded is not None:
            mask, identifier, who = self._layer.drawn_mask(), loaded.row.id, self._access.who
            self._write(lambda library: verdicts.draw(library, identifier, mask, who, key))
        self._end_edit()

    @Slot()
    def _end_edit(self) -> None:
        self._layer.end()
        self._show_editing(False)
        self.setFocus()

    def _show_editing(self, on: bool) -> None:
        self._bar.setVisible(on)
        self.panel.setVisible(not on)
        for part in (self._back, self._previous, self._next, self._skip, self._zoom):
            part.setVisible(not on)
        self._arrange()

    @Slot(str, str, str)
    def _write_place(self, structure: str, element: str, inspection: str) -> None:
        identifiers, who = self._identifiers(), self._access.who
        self._write(lambda library: verdicts.place(library, identifiers, structure, element, inspection, who))

    @Slot(str, bool)
    def _write_tag(self, name: str, on: bool) -> None:
        identifiers, who = self._identifiers(), self._access.who
        self._write(lambda library: verdicts.tag(library, identifiers, name, who, on))

    @Slot(str)
    def _write_note(self, text: str) -> None:
        identifiers, who = self._identifiers(), self._access.who
        self._write(lambda library: [verdicts.note(library, each, text, who) for each in identifiers])

    def _identifiers(self) -> list[str]:
        loaded = self.picture.loaded
        return [] if loaded is None else [loaded.row.id]

    def _write(self, work: Callable[[Library], object]) -> None:
        self._words.say(self.tr("Being written …"))
        self._access.write(work, self._written, self._not_written)

    @Slot(object)
    def _written(self, _: object) -> None:
        self._words.say(self.tr("Kept."), "check")

    @Slot(str)
    def _not_written(self, sentence: str) -> None:
        self._words.say("")
        self._say(self.tr("It was not kept: {reason}").format(reason=translated(sentence)))
        self._settled.start()

    def _arrange(self) -> None:
        portrait = self.width() < PORTRAIT_BELOW * self.height()
        directions, metrics = QBoxLayout.Direction, current_look().metrics
        self._columns.setDirection(directions.TopToBottom if portrait else directions.LeftToRight)
        self.panel.arrange(portrait)
        self._strip.setVisible(not portrait and self.height() >= _STRIP_FROM * metrics.touch_px and not self.editing)
        most = (1 << 24) - 1  # as much as Qt takes
        if portrait:
            self.panel.setMinimumWidth(0)
            self.panel.setMaximumWidth(most)
            self.panel.setFixedHeight(max(self.panel.minimumSizeHint().height(), round(0.47 * self.height())))
        else:
            width = max(round(3.4 * metrics.touch_px), min(round(0.3 * self.width()), 28 * metrics.normal))
            self.panel.setMinimumHeight(0)
            self.panel.setMaximumHeight(most)
            self.panel.setFixedWidth(width)
        self._place_toast()

    def _place_toast(self) -> None:
        """At the foot of the picture."""
        margin = 2 * current_look().metrics.unit
        room = QRect(self.picture.mapTo(self, self.picture.rect().topLeft()), self.picture.size())
        width = min(room.width() - 2 * margin, 60 * current_look().metrics.normal)
        height = max(self._toast.sizeHint().height(), self._toast.heightForWidth(width))
        self._toast.setGeometry(
            room.left() + (room.width() - width) // 2, room.bottom() - margin - height, width, height
        )
        self._toast.raise_()

    def _restyle(self) -> None:
        unit = current_look().metrics.unit
        self._over.setContentsMargins(2 * unit, 2 * unit, 2 * unit, 2 * unit)
        self._over.setSpacing(unit)
        self._head.setSpacing(unit)
        self._arrange()

    def _retranslate(self) -> None:
        self.setAccessibleName(self.tr("Review"))
        self._back.name(self.tr("Back"))
        self._previous.name(self.tr("Previous picture (Left)"))
        self._next.name(self.tr("Next picture (Right)"))
        self._skip.name(self.tr("Next one without a verdict (N)"))
        if self._numbers:
            self._show_position()
