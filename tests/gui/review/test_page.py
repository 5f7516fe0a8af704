from __future__ import annotations

import dataclasses

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt, QTranslator
from PySide6.QtGui import QInputDevice
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from crackinspector.core.errors import StorageError
from crackinspector.gui.actions import Actions
from crackinspector.gui.look import Look, apply_look
from crackinspector.gui.review.page import ReviewPage
from crackinspector.gui.review.rerun_page import RerunPage
from crackinspector.gui.review.verdict_button import VerdictButton
from crackinspector.library import queries, verdicts
from crackinspector.library.events import Verdict
from crackinspector.library.state import UNREVIEWED, State, state_of
from crackinspector.library.store import Library
from tests.gui.review.conftest import REGIONS, Shelf, add, pixels, wall

Key = Qt.Key


class Clock:
    """Goes on by a second each time it is asked."""

    def __init__(self) -> None:
        self.now, self.step = 0.0, 1.0

    def __call__(self) -> float:
        self.now += self.step
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def page(shelf: Shelf, qtbot: QtBot, clock: Clock) -> ReviewPage:
    page = ReviewPage(shelf.access, clock=clock)

    def finish(_: QWidget) -> None:
        qtbot.waitUntil(lambda: page.decisions.waiting == 0)
        assert page.loader.stop()

    # Before the widget goes, which is before fixtures end.
    qtbot.addWidget(page, before_close_func=finish)
    page.resize(1280, 720)
    page.show()
    qtbot.waitExposed(page)
    page.review(shelf.numbers, 0)
    shown(page, shelf, qtbot, 0)
    return page


def shown(page: ReviewPage, shelf: Shelf, qtbot: QtBot, index: int) -> None:
    """Wait until a picture is on screen."""

    def is_painted() -> bool:
        page.picture.grab()
        loaded = page.picture.loaded
        return page.index == index and loaded is not None and loaded.row.number == shelf.numbers[index]

    qtbot.waitUntil(is_painted)


def state(shelf: Shelf, index: int) -> State:
    """As it is on the disk."""
    with Library(shelf.folder, write=False) as library:
        sidecar = library.sidecar(queries.rows(library, [shelf.numbers[index]])[shelf.numbers[index]].id)
    return state_of(sidecar.facts, sidecar.events)


def button(page: ReviewPage, word: str) -> VerdictButton:
    return next(each for each in page.findChildren(VerdictButton) if each.text() == word)


def chosen(page: ReviewPage) -> str | None:
    """The finding that verdicts are about."""
    return page.chosen


def words(page: ReviewPage) -> str:
    """The plate at the foot of the picture."""
    return page.over.words.text


def written(page: ReviewPage, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: page.decisions.waiting == 0)


def test_c_r_and_u_keep_a_verdict_and_show_the_next_picture(page: ReviewPage, shelf: Shelf, qtbot: QtBot) -> None:
    for index, key in enumerate((Key.Key_C, Key.Key_R, Key.Key_U)):
        shown(page, shelf, qtbot, index)
        QTest.keyClick(page, key)
        shown(page, shelf, qtbot, index + 1)
    written(page, qtbot)
    assert [state(shelf, index).judged.verdict for index in range(4)] == [
        Verdict.CONFIRMED,
        Verdict.REJECTED,
        Verdict.UNSURE,
        UNREVIEWED,
    ]
    assert state(shelf, 0).judged.who == "ben"


def test_the_buttons_say_what_they_mean_for_this_picture(page: ReviewPage, shelf: Shelf, qtbot: QtBot) -> None:
    assert button(page, "Confirm").meaning == "there is a crack"
    assert button(page, "Reject").meaning == "there is no crack"
    page.go(1)
    shown(page, shelf, qtbot, 1)
    assert button(page, "Confirm").meaning == "there is no crack"
    assert button(page, "Reject").meaning == "there is a crack"


def test_a_finger_on_a_button_decides(page: ReviewPage, shelf: Shelf, qtbot: QtBot) -> None:
    reject = button(page, "Reject")
    screen = QTest.createTouchDevice(QInputDevice.DeviceType.TouchScreen)
    at = reject.mapTo(page, reject.rect().center())
    QTest.touchEvent(page, screen).press(0, at, page).commit()
    QTest.touchEvent(page, screen).release(0, at, page).commit()
    shown(page, shelf, qtbot, 1)
    written(page, qtbot)
    assert state(shelf, 0).judged.verdict == Verdict.REJECTED


def test_a_verdict_is_said_to_be_written_and_then_kept(
    page: ReviewPage, shelf: Shelf, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    page.panel._advance_edited(False)
    QTest.keyClick(page, Key.Key_C)
    assert words(page).startswith("Being written: wall0.png")
    assert "being written" in page.panel._judged.words and button(page, "Confirm").holds
    written(page, qtbot)
    assert words(page) == "Kept: wall0.png, Confirmed: there is a crack"
    qtbot.waitUntil(lambda: "ben, " in page.panel._judged.words)
    assert page.index == 0 and button(page, "Confirm").holds


def test_a_verdict_that_cannot_be_kept_is_told_and_does_not_hold(
    page: ReviewPage, shelf: Shelf, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*args: object, **named: object) -> None:
        raise StorageError("the disk is full; make room")

    monkeypatch.setattr(verdicts, "decide", full)
    page.panel._advance_edited(False)
    QTest.keyClick(page, Key.Key_C)
    written(page, qtbot)
    assert page._body.toast.isVisible()
    assert "wall0.png" in page._body.toast.accessibleName() and "the disk is full" in page._body.toast.accessibleName()
    assert words(page) == ""
    assert page.panel._judged.words == "Unreviewed" and not button(page, "Confirm").holds
    assert page.decisions.last is None


def test_undo_goes_back_to_the_picture_and_takes_its_verdict_back(page: ReviewPage, shelf: Shelf, qtbot: QtBot) -> None:
    QTest.keyClick(page, Key.Key_C)
    shown(page, shelf, qtbot, 1)
    QTest.keyClick(page, Key.Key_R)
    shown(page, shelf, qtbot, 2)
    QTest.keyClick(page, Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    shown(page, shelf, qtbot, 1)
    QTest.keyClick(page, Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    shown(page, shelf, qtbot, 0)
    written(page, qtbot)
    assert [state(shelf, index).judged.verdict for index in range(2)] == [UNREVIEWED, UNREVIEWED]
    with Library(shelf.folder, write=False) as library:
        row = queries.rows(library, shelf.numbers[:1])[shelf.numbers[0]]
        kinds = [event.body.get("verdict") for event in verdicts.history(library, row.id) if event.kind == "verdict"]
    assert kinds == ["confirmed", "withdrawn"]


def test_undo_without_a_verdict_of_this_sitting_takes_back_the_one_that_holds(
    page: ReviewPage, shelf: Shelf, qtbot: QtBot
) -> None:
    QTest.keyClick(page, Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert words(page) == "There is no verdict to take back."
    name = page.picture.loaded.row.id if page.picture.loaded else ""
    shelf.access.write(lambda library: verdicts.decide(library, [name], Verdict.UNSURE, "ann"))
    qtbot.waitUntil(lambda: "ann" in page.panel._judged.words)
    button(page, "Undo").click()
    written(page, qtbot)
    assert state(shelf, 0).judged.verdict == UNREVIEWED


def test_a_key_that_is_held_decides_once_and_a_bouncing_finger_too(
    page: ReviewPage, shelf: Shelf, qtbot: QtBot, clock: Clock
) -> None:
    QTest.keyClick(page, Key.Key_C)
    shown(page, shelf, qtbot, 1)
    clock.step = 0.01
    page._seen_since = shelf.numbers[1], clock.now
    QTest.keyClick(page, Key.Key_C)
    assert "too quick" in words(page)
    written(page, qtbot)
    assert state(shelf, 1).judged.verdict == UNREVIEWED


def test_arrows_home_and_end_go_through_the_list(page: ReviewPage, shelf: Shelf, qtbot: QtBot) -> None:
    QTest.keyClick(page.picture, Key.Key_Right)
    shown(page, shelf, qtbot, 1)
    QTest.keyClick(page.picture, Key.Key_Left)
    shown(page, shelf, qtbot, 0)
    QTest.keyClick(page, Key.Key_Left)
    shown(page, shelf, qtbot, 0)
    QTest.keyClick(page, Key.Key_End)
    shown(page, shelf, qtbot, 4)
    assert page.over.position.text == "5 of 5   wall4.png"
    QTest.keyClick(page, Key.Key_Home)
    shown(page, shelf, qtbot, 0)


def test_n_goes_to_the_next_without_a_verdict_and_begins_again_after_the_end(
    page: ReviewPage, shelf: Shelf, qtbot: QtBot
) -> None:
    with Library(shelf.folder) as library:
        names = {number: row.id for number, row in queries.rows(library, shelf.numbers).items()}
        chosen = [names[shelf.numbers[index]] for index in (1, 2, 4)]
        verdicts.decide(library, chosen, Verdict.CONFIRMED, "ann")
    QTest.keyClick(page, Key.Key_N)
    shown(page, shelf, qtbot, 3)
    QTest.keyClick(page, Key.Key_N)
    shown(page, shelf, qtbot, 0)
    QTest.keyClick(page, Key.Key_C)
    shown(page, shelf, qtbot, 1)
    page.go(2)
    shown(page, shelf, qtbot, 3)
    written(page, qtbot)
    QTest.keyClick(page, Key.Key_N)
    qtbot.waitUntil(lambda: "Every other picture" in words(page))
    assert page.index == 3


def test_a_chosen_finding_is_what_verdicts_are_about(page: ReviewPage, shelf: Shelf, qtbot: QtBot) -> None:
    keys = [finding.key for finding in state(shelf, 0).findings]
    QTest.keyClick(page, Key.Key_1)
    assert chosen(page) == keys[0]
    assert page.panel._judged.words.startswith("Finding 1")
    QTest.keyClick(page, Key.Key_R)
    assert chosen(page) == keys[1]  # the next that nobody has decided on
    QTest.keyClick(page, Key.Key_C)
    assert chosen(page) is None and page.index == 0
    written(page, qtbot)
    after = state(shelf, 0)
    assert [finding.judged.verdict for finding in after.findings] == [Verdict.REJECTED, Verdict.CONFIRMED]
    assert after.judged.verdict == UNREVIEWED
    QTest.keyClick(page, Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert chosen(page) == keys[1]
    written(page, qtbot)
    assert state(shelf, 0).findings[1].judged.verdict == UNREVIEWED


def test_findings_are_chosen_by_list_picture_and_arrows_and_esc_lets_go(
    page: ReviewPage, shelf: Shelf, qtbot: QtBot
) -> None:
    keys = [finding.key for finding in state(shelf, 0).findings]
    gone: list[None] = []
    page.back.connect(lambda: gone.append(None))
    findings = page.panel.findings
    row = findings.visualRect(findings.model().index(1, 0)).center()
    QTest.mouseClick(findings.viewport(), Qt.MouseButton.LeftButton, pos=row)
    assert chosen(page) == keys[1]
    QTest.keyClick(page, Key.Key_Escape)
    assert chosen(page) is None and not gone
    x, y, w, h = REGIONS[1]
    at = page.picture.to_widget(QPoint(x + w // 2, y + h // 2).toPointF()).toPoint()
    QTest.mouseClick(page.picture, Qt.MouseButton.LeftButton, pos=at)
    seen = page.panel.sections._scroll.viewport()
    middle = findings.mapTo(seen, findings.visualRect(findings.model().index(1, 0)).center())
    assert seen.rect().contains(middle)
    assert chosen(page) == keys[1] and page.picture.zoom > 1
    QTest.keyClick(page, Key.Key_Down)
    assert chosen(page) is None
    QTest.keyClick(page, Key.Key_Down)
    assert chosen(page) == keys[0]
    QTest.keyClick(page, Key.Key_Escape)
    QTest.keyClick(page, Key.Key_Escape)
    assert len(gone) == 1


def test_keys_go_before_the_windows_and_not_into_the_picture_while_text_is_typed(
    page: ReviewPage, shelf: Shelf, qtbot: QtBot
) -> None:
    window = QMainWindow()
    qtbot.addWidget(window)
    actions = Actions(window)
    window.setCentralWidget(page)
    triggered: list[str] = []
    for name in ("next_colours", "record", "close"):
        actions[name].triggered.connect(lambda _=False, name=name: triggered.append(name))
    window.resize(1280, 720)
    window.show()
    qtbot.waitActive(window)
    page.setFocus()
    QTest.keyClick(page, Key.Key_C)
    shown(page, shelf, qtbot, 1)
    other = page.panel.findings
    other.setFocus()
    QTest.keyClick(other, Key.Key_R)
    shown(page, shelf, qtbot, 2)
    assert triggered == []
    page.panel.sections._turn(2)
    note = page.panel.details._note
    qtbot.waitUntil(note.isEnabled)
    note.setFocus()
    for key in (Key.Key_C, Key.Key_R, Key.Key_U):
        QTest.keyClick(note, key)
    QTest.keyClick(note, Key.Key_Left)
    assert note.text() == "cru" and page.index == 2
    assert triggered == []
    page.setFocus()
    page.hide()
    QTest.keyClick(window, Key.Key_C)
    assert triggered == ["next_colours"]
    page.show()
    written(page, qtbot)
    qtbot.waitUntil(lambda: state(shelf, 2).note == "cru")
    window.takeCentralWidget()
    page.setParent(None)


def test_what_is_typed_is_kept_when_another_picture_is_shown(page: ReviewPage, shelf: Shelf, qtbot: QtBot) -> None:
    page.panel.show_rest()
    details = page.panel.details
    QTest.keyClicks(details._places[0], "Bridge 12")
    QTest.keyClicks(details._tag, "spalling")
    page.go(1)
    shown(page, shelf, qtbot, 1)
    qtbot.waitUntil(lambda: state(shelf, 0).tags == ("spalling",))
    assert state(shelf, 0).structure == "Bridge 12" and state(shelf, 1).structure == ""
    page.go(-1)
    shown(page, shelf, qtbot, 0)
    qtbot.waitUntil(lambda: details._places[0].text() == "Bridge 12")
    qtbot.waitUntil(lambda: len(details._tags.findChildren(QPushButton)) == 1)
    details._tags.findChildren(QPushButton)[0].click()
    qtbot.waitUntil(lambda: state(shelf, 0).tags == ())


def test_what_is_typed_is_kept_when_the_library_is_closed(page: ReviewPage, shelf: Shelf) -> None:
    page.panel.show_rest()
    QTest.keyClicks(page.panel.details._note, "spalling below")
    assert shelf.access.close()
    assert state(shelf, 0).note == "spalling below"


def test_a_reason_goes_with_the_next_verdict_only(page: ReviewPage, shelf: Shelf, qtbot: QtBot) -> None:
    page.panel.details.reason.setText("a shadow")
    QTest.keyClick(page, Key.Key_R)
    shown(page, shelf, qtbot, 1)
    QTest.keyClick(page, Key.Key_R)
    shown(page, shelf, qtbot, 2)
    written(page, qtbot)
    assert [state(shelf, index).judged.why for index in (0, 1)] == ["a shadow", ""]
    page.go(-2)
    shown(page, shelf, qtbot, 0)
    history = page.panel.history.findChild(QLabel)
    assert history is not None
    qtbot.waitUntil(lambda: "a shadow" in history.text())
    assert history.text().index("Rejected") < history.text().index("stand-in says")


def test_a_picture_that_is_gone_is_a_sentence_and_the_review_goes_on(
    page: ReviewPage, shelf: Shelf, qtbot: QtBot
) -> None:
    with Library(shelf.folder, write=False) as library:
        queries.rows(library, shelf.numbers)[shelf.numbers[4]].picture.unlink()
    QTest.keyClick(page, Key.Key_End)
    qtbot.waitUntil(lambda: "is gone" in page.picture._message)
    QTest.keyClick(page, Key.Key_C)
    assert words(page) == "The picture is not on screen yet."
    QTest.keyClick(page, Key.Key_Left)
    shown(page, shelf, qtbot, 3)
    assert state(shelf, 4).judged.verdict == UNREVIEWED


def test_a_picture_that_no_model_has_seen_cannot_be_confirmed(shelf: Shelf, page: ReviewPage, qtbot: QtBot) -> None:
    with Library(shelf.folder) as library:
        name = add(library, wall(9), "plain.png", None)
        number = queries.find(library, name)
    assert number is not None
    page.review([number], 0)
    qtbot.waitUntil(lambda: page.picture.loaded is not None and page.picture.loaded.row.number == number)
    page.picture.grab()
    assert not button(page, "Confirm").isEnabled()
    QTest.keyClick(page, Key.Key_C)
    assert "nothing here" in words(page)


def test_b_shows_the_bare_picture_and_everything_again(page: ReviewPage, qtbot: QtBot) -> None:
    before = pixels(page.picture)
    QTest.keyClick(page, Key.Key_B)
    assert (pixels(page.picture) != before).any()
    QTest.keyClick(page, Key.Key_B)
    assert (pixels(page.picture) == before).all()


def test_who_moves_the_threshold_sees_its_outline(page: ReviewPage) -> None:
    before = pixels(page.picture)
    page.panel.controls.threshold._bar.setValue(800)
    assert page.panel.controls.outline == pytest.approx(0.8)
    assert (pixels(page.picture) != before).any()


def test_a_finding_is_corrected_by_hand_and_kept_beside_the_models(
    page: ReviewPage, shelf: Shelf, qtbot: QtBot
) -> None:
    key = state(shelf, 0).findings[0].key
    page.choose(key)
    page._use_tool("correct")
    assert page.panel.isHidden()
    QTest.keyClick(page.editing.layer, Key.Key_C)
    x, y = REGIONS[0][:2]
    at = page.picture.to_widget(QPoint(x + 20, y + 20).toPointF()).toPoint()
    QTest.mousePress(page.editing.layer, Qt.MouseButton.LeftButton, pos=at)
    QTest.mouseMove(page.editing.layer, at + QPoint(60, 0))
    QTest.mouseRelease(page.editing.layer, Qt.MouseButton.LeftButton, pos=at + QPoint(60, 0))
    page.editing.bar.save.emit()
    qtbot.waitUntil(lambda: not page.editing.active)
    assert page.panel.isVisible()
    qtbot.waitUntil(lambda: state(shelf, 0).findings[0].mask is not None)
    qtbot.waitUntil(lambda: page.picture.loaded is not None and key in page.picture.loaded.masks)
    mask = page.picture.loaded.masks[key] if page.picture.loaded else np.zeros((1, 1))
    assert mask.max() == 255
    assert state(shelf, 0).judged.verdict == UNREVIEWED


def test_what_is_drawn_is_not_lost_by_esc_nor_by_another_list(page: ReviewPage, shelf: Shelf, qtbot: QtBot) -> None:
    page._use_tool("correct")
    at = QPoint(700, 380)
    QTest.mousePress(page.editing.layer, Qt.MouseButton.LeftButton, pos=at)
    QTest.mouseMove(page.editing.layer, at + QPoint(60, 0))
    QTest.mouseRelease(page.editing.layer, Qt.MouseButton.LeftButton, pos=at + QPoint(60, 0))
    page.review(shelf.numbers[2:], 0)
    assert page.index == 0 and "Save or discard" in words(page)
    QTest.keyClick(page, Key.Key_Escape)
    assert page.editing.unsaved
    page.editing.bar.discard.emit()
    page.review(shelf.numbers[2:], 1)
    qtbot.waitUntil(lambda: page.over.position.text == "2 of 3   wall3.png")


def test_what_is_drawn_is_rejected_instead_of_taken_back(page: ReviewPage, shelf: Shelf, qtbot: QtBot) -> None:
    page.panel._advance_edited(False)
    QTest.keyClick(page, Key.Key_C)
    page._use_tool("correct")
    at = QPoint(700, 380)
    QTest.mouseClick(page.editing.layer, Qt.MouseButton.LeftButton, pos=at)
    page.editing.bar.save.emit()
    QTest.keyClick(page, Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: not page.editing.active)
    assert page.picture.loaded is not None
    qtbot.waitUntil(lambda: page.picture.loaded is not None and page.picture.loaded.state.findings[-1].by_hand)
    QTest.keyClick(page, Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert "reject the finding instead (R)" in words(page)
    QTest.keyClick(page, Key.Key_R)
    written(page, qtbot)
    now = state(shelf, 0)
    assert (now.judged.verdict, now.findings[-1].by_hand, now.findings[-1].judged.verdict) == (
        Verdict.CONFIRMED,
        True,
        Verdict.REJECTED,
    )
    # That is a verdict, which can be taken back.
    QTest.keyClick(page, Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    written(page, qtbot)
    assert state(shelf, 0).findings[-1].judged.verdict == UNREVIEWED


def test_another_model_is_chosen_over_the_picture_whose_keys_rest_meanwhile(
    page: ReviewPage, shelf: Shelf, qtbot: QtBot
) -> None:
    page._use_tool("model")
    models = page.findChild(RerunPage)
    assert models is not None and models.isVisible() and not page.picture.isVisible()
    QTest.keyClick(models, Key.Key_C)
    assert page.index == 0 and page.decisions.last is None
    QTest.keyClick(models, Key.Key_Escape)
    assert page.picture.isVisible()
    QTest.keyClick(page, Key.Key_C)
    shown(page, shelf, qtbot, 1)
    qtbot.waitUntil(lambda: models._listing.wait(0))


def test_a_library_that_can_only_be_read_is_shown_and_not_decided_on(
    page: ReviewPage, shelf: Shelf, qtbot: QtBot
) -> None:
    state_before = shelf.access.state
    assert state_before is not None
    shelf.access.state = dataclasses.replace(state_before, read_only=True)
    page.go(1)
    shown(page, shelf, qtbot, 1)
    assert "can only be read" in page.panel._judged.words
    assert not button(page, "Confirm").isEnabled() and not button(page, "Undo").isEnabled()
    QTest.keyClick(page, Key.Key_C)
    QTest.keyClick(page, Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(page.panel.details.isEnabled)
    assert not page.panel.details._note.isEnabled()
    assert page.index == 1 and page.decisions.waiting == 0
    shelf.access.state = state_before


def test_another_look_and_language_are_followed(page: ReviewPage, qapp: QApplication, look: Look) -> None:
    class Loud(QTranslator):
        def translate(self, context: str, text: str, *_: object) -> str:
            return text.upper() if text in ("Confirm", "there is a crack", "Findings", "Back") else ""

        def isEmpty(self) -> bool:  # noqa: N802 - Qt's name
            return False

    loud = Loud()
    qapp.installTranslator(loud)
    qapp.processEvents()
    assert button(page, "CONFIRM").meaning == "THERE IS A CRACK"
    assert page.over.back.accessibleName() == "BACK"
    qapp.removeTranslator(loud)
    qapp.processEvents()
    assert button(page, "Confirm").meaning == "there is a crack"
    before = pixels(page)
    apply_look(qapp, Look("sunlight", look.metrics))
    qapp.processEvents()
    assert pixels(page).mean() > before.mean() + 20


def test_the_page_tells_which_picture_to_compare(page: ReviewPage, shelf: Shelf) -> None:
    told: list[object] = []
    page.compare.connect(told.append)
    page.reinspect.connect(told.append)
    page._use_tool("compare")
    page._use_tool("reinspect")
    assert told == [[shelf.numbers[0]], shelf.numbers[0]]


def test_it_is_beside_the_picture_or_below_it(page: ReviewPage, qtbot: QtBot) -> None:
    assert page.panel.x() > page.picture.width() - 1 and page.panel.y() == 0
    page.resize(720, 1280)
    qtbot.waitUntil(lambda: page.panel.y() > 0)
    assert page.panel.width() == 720 and page.picture.width() == 720
    assert page.panel.height() < 0.6 * 1280


def test_unseen_it_keeps_only_the_picture_that_it_shows(page: ReviewPage, shelf: Shelf, qtbot: QtBot) -> None:
    def kept() -> list[int]:
        return [index for index, number in enumerate(shelf.numbers) if page.loader.get(number) is not None]

    page.review(shelf.numbers, 1)
    shown(page, shelf, qtbot, 1)
    qtbot.waitUntil(lambda: len(kept()) > 2)
    page.hide()
    assert kept() == [1]
    page.show()
    qtbot.waitUntil(lambda: len(kept()) > 2)
    assert page.index == 1
