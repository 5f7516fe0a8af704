"""Two snapshots compared: beside each other, blinking in one place, or as what has changed."""

from __future__ import annotations

import dataclasses

from PySide6.QtCore import QEvent, QPointF, Qt, Slot
from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from crackinspector.core.frame import View
from crackinspector.core.settings import ViewSettings
from crackinspector.gui.compare.blinker import Blinker
from crackinspector.gui.compare.finding import Wanted, earlier_inspections, in_order
from crackinspector.gui.compare.frame import CompareFrame
from crackinspector.gui.compare.linking import Linker
from crackinspector.gui.compare.marking import PAIRS, Side
from crackinspector.gui.compare.mode_bar import Mode
from crackinspector.gui.compare.pointing import Pointing
from crackinspector.gui.compare.search import Search
from crackinspector.gui.compare.session import ComparisonSession
from crackinspector.gui.compare.side import titles_of
from crackinspector.gui.library.access import LibraryAccess
from crackinspector.gui.look import current_look
from crackinspector.gui.sentences import spoken, translated
from crackinspector.library.queries import Row
from crackinspector.survey.reinspection.alignment import Alignment
from crackinspector.survey.reinspection.changes import Change

_LEFT, _RIGHT = Side.LEFT, Side.RIGHT
_KEYS = {Qt.Key.Key_1: Mode.BESIDE, Qt.Key.Key_2: Mode.BLINK, Qt.Key.Key_3: Mode.CHANGES}
_REACH_UNITS = 4


class ComparePage(CompareFrame):
    """GUI thread only. `compare` and `reinspect` say what is shown."""

    def __init__(self, access: LibraryAccess, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._access = access
        self.session = ComparisonSession(access, self)
        self.session.found.connect(self._show_side)
        self.session.finished.connect(self._show_result)
        self.session.failed.connect(self._show_failure)
        self.mode = Mode.BESIDE
        self._map = True
        self._colours = ViewSettings()
        self._hoped: Mode | None = None
        self._search = Search()
        self._failure = ""
        self.modes.mode_chosen.connect(self._set_mode)
        self.modes.map_switched.connect(self._show_map)
        self.panel.chosen.connect(self._zoom_to)
        self.foot.pressed.connect(self._pressed)
        self.blinker = Blinker(self)
        self.blinker.turned.connect(self._show_turn)
        self._numbers = (0, 0)
        for pane in self.sides:
            pane.snapshot_chosen.connect(self._choose_snapshot)
            pane.detection_chosen.connect(self._choose_detection)
            pane.tapped.connect(self._tapped)
        self.linker = Linker(self.sides[_LEFT].view, self.sides[_RIGHT].view, self)
        self.pointing = Pointing(self.sides, self)
        self.pointing.changed.connect(self._pointed)
        self.pointing.aligned.connect(self._take_hand)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.retranslate()
        self.restyle()
        self.arrange()

    def compare(self, left: int, right: int) -> None:
        """Compare two snapshots by their numbers, the earlier one on the left.

        One alone is compared with itself as two models see it, or with the inspection before.
        """
        self._begin(left, right, Mode.BESIDE)
        self._access.read(lambda library: in_order(library, left, right), self._take_order, key="compare order")

    def reinspect(self, number: int) -> None:
        """Compare a snapshot with the inspection of its element before, as changes; says so if there is none."""
        self._begin(number, number, Mode.CHANGES)
        self.sides[_LEFT].clear(self.tr("Looking for an earlier inspection…"))
        self._access.read(
            lambda library: earlier_inspections(library, number), self._take_earlier, key="compare earlier"
        )

    def set_view_settings(self, settings: ViewSettings) -> None:
        """How crack maps are coloured; whether they are shown is said by the button."""
        self._colours = settings
        self._show_map(self._map)

    def set_reduced_motion(self, on: bool) -> None:
        """Turn from one picture to the other only when asked to."""
        self.blinker.set_still(on)

    def _begin(self, left: int, right: int, hoped: Mode) -> None:
        self.pointing.end()
        self._hoped, self._search, self._failure = hoped, Search(), ""
        self._numbers = (left, right)
        self.session.clear()
        self.linker.homography = None
        self._set_mode(Mode.BESIDE)
        self._allow()
        for side in self.sides:
            side.clear(self.tr("The picture is loading…"))
        self.set_title(self.tr("Compare"))
        self.foot.say("")

    @Slot(object)
    def _take_order(self, numbers: tuple[int, int]) -> None:
        left, right = numbers
        self._start(Wanted(left), Wanted(right))

    @Slot(object)
    def _take_earlier(self, answer: tuple[Row | None, list[Row]]) -> None:
        row, earlier = answer
        number = self._numbers[1]
        if earlier:
            self._search = Search([each.number for each in earlier])
            self._start(Wanted(earlier[0].number), Wanted(number))
            return
        self._start(Wanted(number), Wanted(number))
        if row is not None and not (row.structure or row.element):
            why = self.tr(
                "Nobody has said which structure this picture shows. Say so, then earlier inspections are found."
            )
        else:
            why = self.tr("There is no earlier inspection of this element.")
        self._failure = why
        self.sides[_LEFT].clear(why)
        self._say()

    def _start(self, left: Wanted, right: Wanted) -> None:
        self.session.compare(left, right)
        self.linker.homography = None
        self._allow()
        self._say()

    @property
    def _alone(self) -> bool:
        """Whether there is nothing to compare the right picture with."""
        return bool(self._failure)

    @Slot(int)
    def _show_side(self, side: int) -> None:
        found, picture = self.session.sides[side], self.session.picture(side)
        pane = self.sides[side]
        if self._alone and side == _LEFT:
            return
        if picture is None:
            pane.clear(spoken(self.session.troubles[side]) or self.tr("The picture is loading…"))
        elif not (self.mode is Mode.BLINK and side == _RIGHT and self.blinker.earlier):
            pane.view.show_picture(picture)
            pane.view.set_detection(self.session.detection(side))
        if found is not None:
            pane.show_found(found)
        known = [each.row for each in self.session.sides if each is not None]
        alike = len({row.number for row in known}) == 2 and len({row.inspection for row in known}) == 1
        for each in self.sides:
            each.set_named(alike)
        self.set_title(titles_of(known) or self.tr("Compare"))
        self._say()

    @Slot()
    def _show_result(self) -> None:
        result = self.session.result
        assert result is not None and self.session.wanted
        left, right = self.session.wanted
        other = self._search.after(left.number, result.alignment.overlap if result.alignment.trusted else 0.0)
        if other is not None:
            self._start(Wanted(other), right)
            return
        if result.changes is not None:
            self.panel.show_changes(result.changes, result.alignment, self.session.models_differ)
            self.layer.show_changes(result.changes.cracks)
        self._allow()
        if self.mode is not Mode.BESIDE and not self.modes.is_possible(self.mode):
            self._set_mode(Mode.BESIDE)
        if self._hoped is not None and self.modes.is_possible(self._hoped):
            self._set_mode(self._hoped)
        if result.alignment.trusted:
            self._hoped = None
        self._say()
        self.linker.homography = result.alignment.homography if result.alignment.trusted else None
        self.linker.follow(_RIGHT)

    @Slot(str)
    def _show_failure(self, sentence: str) -> None:
        self.foot.say(spoken(sentence))

    def _allow(self) -> None:
        """Offer the modes that are possible."""
        result = self.session.result
        trusted = result is not None and result.alignment.trusted and not self._alone
        why = self.tr("The pictures do not lie over each other.")
        self.modes.set_possible(Mode.BLINK, trusted, why)
        same = len({each.number for each in self.session.wanted}) == 1
        changed = trusted and result is not None and result.changes is not None
        self.modes.set_possible(Mode.CHANGES, changed, self.tr("Both sides show the same picture.") if same else why)

    def _say(self) -> None:
        """The sentence below, and the buttons that go with it."""
        result, marking = self.session.result, self.pointing.marking
        if marking is not None:
            left = marking.turn is _LEFT
            words = (
                self.tr("Point {pair} of {pairs}: tap a spot in the earlier picture that both show.")
                if left
                else self.tr("Point {pair} of {pairs}: tap the same spot in the later picture.")
            )
            self.foot.say(words.format(pair=marking.pair, pairs=PAIRS), "undo", "cancel")
        elif self._alone:
            self.foot.say("")
        elif self.mode is Mode.BLINK:
            rate = self.tr("{rate} Hz").format(rate=f"{self.blinker.rate:g}")
            if self.blinker.still:
                self.foot.say(self.tr("Tap the picture to turn to the other one."))
            else:
                self.foot.say(rate, "slower", "faster", "hold")
        elif any(self.session.troubles):
            self.foot.say("")
        elif result is None:
            self.foot.say(self.tr("The pictures are being laid over each other…") if self.session.wanted else "")
        elif not result.alignment.trusted:
            words = self.tr("These pictures cannot be laid over each other for certain: {why}. Compare them by eye.")
            self.foot.say(words.format(why=translated(result.alignment.reasons[0])), "points")
        else:
            troubles = [each.trouble for each in self.session.sides if each is not None and each.trouble]
            self.foot.say(spoken(troubles[0]) if troubles else "")

    @Slot(str)
    def _set_mode(self, mode: str) -> None:
        self.mode = Mode(mode)
        self.modes.set_mode(self.mode)
        self.pointing.end()
        self._tie()
        one = self.mode is not Mode.BESIDE
        self.show_one(one)
        self.layer.setVisible(self.mode is Mode.CHANGES)
        self.panel.setVisible(self.mode is Mode.CHANGES)
        self.blinker.set_running(self.mode is Mode.BLINK and self.isVisible())
        self.foot.set_held(False)
        self._show_turn(False)
        self.modes.set_map_possible(self.mode is not Mode.CHANGES)
        self._show_map(self._map)
        self.arrange()
        self._say()

    @Slot(bool)
    def _show_turn(self, earlier: bool) -> None:
        """While blinking: the earlier picture, in the place of the later one, or that itself."""
        pane, result = self.sides[_RIGHT], self.session.result
        later, found = self.session.picture(_RIGHT), self.session.sides[_LEFT if earlier else _RIGHT]
        shown = result.laid if earlier and result is not None else later
        if shown is None or found is None:
            return
        pane.view.show_picture(shown)
        if not earlier:
            pane.view.set_detection(self.session.detection(_RIGHT))
        pane.show_found(found)

    @Slot(bool)
    def _show_map(self, on: bool) -> None:
        self._map = on
        shown = on and self.mode is not Mode.CHANGES
        self.modes.set_map(shown)
        settings = dataclasses.replace(self._colours, heat_map=shown, regions=False)
        for side in self.sides:
            side.view.set_view_settings(settings)

    @Slot(int, int)
    def _choose_snapshot(self, side: int, number: int) -> None:
        self._choose(side, Wanted(number))

    @Slot(int, str)
    def _choose_detection(self, side: int, detection: str) -> None:
        if self.session.wanted:
            self._choose(side, Wanted(self.session.wanted[side].number, detection))

    def _exactly(self, side: Side) -> Wanted:
        """What a side shows now; of one picture twice, by the name of its detection."""
        wanted = self.session.wanted
        assert wanted
        found = self.session.sides[side]
        if wanted[_LEFT].number != wanted[_RIGHT].number or found is None or found.subject is None:
            return wanted[side]
        return Wanted(wanted[side].number, found.subject.detection.id)

    def _choose(self, side: int, wanted: Wanted) -> None:
        if not self.session.wanted:
            return
        left, right = (self._exactly(each) for each in Side)
        self._hoped, self._search, self._failure = self.mode, Search(), ""
        self._set_mode(Mode.BESIDE)
        self._start(*((wanted, right) if side == _LEFT else (left, wanted)))

    @Slot(int, QPointF)
    def _tapped(self, side: int, at: QPointF) -> None:
        if self.pointing.marking is not None:
            self.pointing.tap(Side(side), at)
        elif self.mode is Mode.BLINK:
            self._pressed("hold")
        elif self.mode is Mode.CHANGES:
            view = self.sides[_RIGHT].view
            reach = _REACH_UNITS * current_look().metrics.unit
            size = (view.to_picture(QPointF(reach, 0)) - view.to_picture(QPointF(0, 0))).x()
            change = self.layer.at(at, size)
            if change is not None:
                self.panel.mark(change)
                self.layer.choose(change)

    @Slot(object)
    def _zoom_to(self, change: Change) -> None:
        """Show a change large; what lies in the earlier picture alone is shown beside, in that."""
        side = _LEFT if change.only_first else _RIGHT
        if change.only_first:
            self._set_mode(Mode.BESIDE)
        self.layer.choose(change)
        view = self.sides[side].view
        size = view.frame_size()
        if size is not None:
            x, y, w, h = (length / whole for length, whole in zip(change.box, (*size, *size), strict=True))
            share = min(1.0, max(1.5 * max(w, h), 0.12))
            view.set_view(View(x + w / 2 - share / 2, y + h / 2 - share / 2, share, share))

    @Slot(str)
    def _pressed(self, button: str) -> None:
        if button == "points":
            self._set_mode(Mode.BESIDE)
            self.pointing.begin()
        elif button == "undo":
            self.pointing.undo()
        elif button == "cancel":
            self.pointing.end()
        elif button in ("slower", "faster"):
            self.blinker.hurry(1 if button == "faster" else -1)
            self.foot.set_held(False)
            self._say()
        elif button == "hold" and self.mode is Mode.BLINK:
            self._hold()

    def _hold(self) -> None:
        if self.blinker.still:
            self.blinker.turn()
            return
        self.blinker.set_held(not self.blinker.held)
        self.foot.set_held(self.blinker.held)

    @Slot()
    def _pointed(self) -> None:
        self._tie()
        self._say()

    @Slot(object)
    def _take_hand(self, alignment: Alignment) -> None:
        if alignment.trusted:
            self._hoped = Mode.CHANGES
            self.session.align_by_hand(alignment)
        else:
            words = self.tr("The four points do not fit together: {why}. Mark them anew.")
            self.foot.say(words.format(why=translated(alignment.reasons[0])), "points")

    def _tie(self) -> None:
        """Both pictures move together, but not while a person looks for the same spot in each."""
        self.linker.tied = self.mode is Mode.BESIDE and self.pointing.marking is None

    def retranslate(self) -> None:
        """Say it in the language of the application."""
        self.name_back()
        self.setAccessibleName(self.tr("Compare"))
        self.panel.retranslate()
        self._allow()
        self._say()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Blink while it is seen."""
        super().showEvent(event)
        self.setFocus()
        self.blinker.set_running(self.mode is Mode.BLINK)

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """Nothing moves that nobody sees, and nothing is kept for it."""
        super().hideEvent(event)
        self.blinker.set_running(False)
        self.session.rest()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Follow language and look."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        elif event.type() == QEvent.Type.StyleChange:
            self.restyle()
            self.pointing.show_marks()
            self.arrange()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Esc goes back, 1 to 3 choose how to compare, the space bar holds."""
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_Escape, Qt.Key.Key_Back):
            if self.pointing.marking is not None:
                self._pressed("cancel")
            else:
                self.back.emit()
        elif key in _KEYS and self.modes.is_possible(_KEYS[key]):
            self._set_mode(_KEYS[key])
        elif key == Qt.Key.Key_Space:
            self._pressed("hold")
        else:
            super().keyPressEvent(event)
