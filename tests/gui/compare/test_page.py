from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from crackinspector.core.frame import WHOLE, View
from crackinspector.core.settings import ViewSettings
from crackinspector.gui.compare.mode_bar import Mode
from crackinspector.gui.look import Look, Metrics, apply_look
from crackinspector.library import queries
from crackinspector.library.events import Verdict
from crackinspector.library.queries import find
from crackinspector.library.store import Library
from crackinspector.library.verdicts import decide, place, put_into_bin
from crackinspector.survey.reinspection.changes import Kind
from crackinspector.survey.reinspection.homography import moved
from tests.gui.compare.conftest import Bench
from tests.library.makers import add_detection
from tests.survey.reinspection.inspections import UNCHANGED, detection_body, keep, shots

SQUARE = [(100.0, 60.0), (520.0, 80.0), (500.0, 300.0), (120.0, 280.0)]


def middle(view: View) -> np.ndarray:
    return np.array([[(view.x + view.w / 2) * 640, (view.y + view.h / 2) * 360]])


def moving(bench: Bench) -> bool:
    return bench.page.blinker.moving


def chosen(bench: Bench, side: int, words: str) -> None:
    """Choose an entry of a side's menu."""
    menu = bench.page.sides[side].menu()
    (action,) = [each for each in menu.actions() if words in each.text()]
    assert isinstance(action, QAction)
    action.trigger()
    menu.deleteLater()


def test_the_earlier_snapshot_is_on_the_left_and_both_show_the_same_place(bench: Bench) -> None:
    bench.compare(bench.later, bench.earlier)
    page = bench.page
    assert [side.plate.title for side in page.sides] == ["2025 spring", "2026 autumn"]
    assert page.session.result is not None and page.session.result.alignment.trusted
    way = page.session.result.alignment.homography
    assert way is not None
    page.sides[1].view.set_view(View(0.3, 0.3, 0.3, 0.3))
    left, right = (side.view.view for side in page.sides)
    np.testing.assert_allclose(moved(middle(left), way), middle(right), atol=2)
    page.sides[0].view.set_view(View(0.45, 0.4, 0.25, 0.25))
    left, right = (side.view.view for side in page.sides)
    np.testing.assert_allclose(moved(middle(left), way), middle(right), atol=2)
    page.sides[0].view.reset_view()
    assert page.sides[1].view.view == WHOLE


def test_changes_are_listed_drawn_and_zoomed_to(bench: Bench) -> None:
    bench.compare(bench.earlier, bench.later)
    page = bench.page
    page.modes.button(Mode.CHANGES).trigger()
    assert page.layer.isVisible() and page.panel.isVisible() and not page.sides[0].isVisible()
    assert "1\N{NO-BREAK SPACE}new" in page.panel.words and "1\N{NO-BREAK SPACE}repaired" in page.panel.words
    entries = page.panel.list.model()
    assert entries.rowCount() == 4
    assert entries.index(0, 0).data().startswith("New, ")
    page.panel.list.clicked.emit(entries.index(0, 0))
    assert page.session.result is not None and page.session.result.changes is not None
    new = page.session.result.changes.cracks[0]
    view = page.sides[1].view.view
    x, y, w, h = new.box
    assert view.w < 1
    assert view.x * 640 <= x and view.y * 360 <= y
    assert (view.x + view.w) * 640 >= x + w and (view.y + view.h) * 360 >= y + h


def test_a_tap_on_a_crack_finds_it_in_the_list(bench: Bench) -> None:
    bench.compare(bench.earlier, bench.later)
    page = bench.page
    page.modes.button(Mode.CHANGES).trigger()
    assert page.session.result is not None and page.session.result.changes is not None
    repaired = next(each for each in page.session.result.changes.cracks if each.kind is Kind.REPAIRED)
    on_line = repaired.stretches[0].course[3]
    page.sides[1].view.tapped.emit(QPointF(*on_line))
    assert page.panel.list.currentIndex().data().startswith("Repaired")
    page.sides[1].view.tapped.emit(QPointF(5, 5))
    assert page.panel.list.currentIndex().data().startswith("Repaired")


def test_blinking_shows_the_earlier_picture_in_the_place_of_the_later_one(bench: Bench) -> None:
    bench.compare(bench.earlier, bench.later)
    page = bench.page
    page.sides[1].view.set_view(View(0.3, 0.3, 0.3, 0.3))
    view = page.sides[1].view.view
    page.modes.button(Mode.BLINK).trigger()
    assert not page.sides[0].isVisible()
    page.blinker.set_held(True)
    page.blinker.turn()
    assert page.session.result is not None
    assert page.sides[1].view.loaded is page.session.result.laid
    assert page.sides[1].plate.title == "2025 spring"
    assert page.sides[1].view.view == view
    page.blinker.turn()
    assert page.sides[1].view.loaded is page.session.picture(1)
    assert page.sides[1].plate.title == "2026 autumn"
    page.blinker.turn()
    page.modes.button(Mode.BESIDE).trigger()
    assert page.sides[1].view.loaded is page.session.picture(1)
    assert not moving(bench)


def test_blinking_holds_goes_on_and_never_goes_on_unseen(bench: Bench) -> None:
    bench.compare(bench.earlier, bench.later)
    page = bench.page
    page.modes.button(Mode.BLINK).trigger()
    assert moving(bench)
    page.sides[1].view.tapped.emit(QPointF(9, 9))
    assert not moving(bench)
    QTest.keyClick(page, Qt.Key.Key_Space)
    assert moving(bench)
    page.foot.button("faster").click()
    assert page.foot.words == "2 Hz"
    page.hide()
    assert not moving(bench)
    page.show()
    assert moving(bench)


def test_with_reduced_motion_a_tap_turns(bench: Bench) -> None:
    bench.page.set_reduced_motion(True)
    bench.compare(bench.earlier, bench.later)
    page = bench.page
    page.modes.button(Mode.BLINK).trigger()
    assert not moving(bench)
    page.sides[1].view.tapped.emit(QPointF(9, 9))
    assert page.sides[1].plate.title == "2025 spring"
    page.sides[1].view.tapped.emit(QPointF(9, 9))
    assert page.sides[1].plate.title == "2026 autumn"


def test_other_walls_are_said_not_to_be_the_same_and_stay_beside_each_other(bench: Bench) -> None:
    bench.compare(bench.earlier, bench.elsewhere)
    page = bench.page
    assert "cannot be laid over each other for certain" in page.foot.words
    assert page.foot.button("points").isVisible()
    assert not page.modes.is_possible(Mode.BLINK) and not page.modes.is_possible(Mode.CHANGES)
    QTest.keyClick(page, Qt.Key.Key_3)
    assert page.mode is Mode.BESIDE
    page.sides[0].view.set_view(View(0.2, 0.2, 0.4, 0.4))
    assert page.sides[1].view.view == page.sides[0].view.view


def test_four_points_by_hand_lay_them_over_each_other_and_are_said_to_be_by_hand(bench: Bench) -> None:
    bench.compare(bench.earlier, bench.elsewhere)
    page = bench.page
    page.foot.button("points").click()
    assert page.foot.words.startswith("Point 1 of 4: tap a spot in the earlier picture")
    page.sides[1].view.tapped.emit(QPointF(3, 3))
    assert page.foot.words.startswith("Point 1 of 4: tap a spot in the earlier picture")
    for x, y in SQUARE:
        page.sides[0].view.tapped.emit(QPointF(x, y))
        assert "tap the same spot in the later picture" in page.foot.words
        page.foot.button("undo").click()
        page.sides[0].view.tapped.emit(QPointF(x, y))
        page.sides[1].view.tapped.emit(QPointF(x + 10, y + 5))
    bench.wait(lambda: page.mode is Mode.CHANGES)
    assert page.session.result is not None and page.session.result.alignment.by_hand
    assert "by hand" in page.panel.words


def test_points_that_do_not_fit_are_refused(bench: Bench) -> None:
    bench.compare(bench.earlier, bench.elsewhere)
    page = bench.page
    page.foot.button("points").click()
    for (x, y), (u, v) in zip(SQUARE, reversed(SQUARE), strict=True):
        page.sides[0].view.tapped.emit(QPointF(x, y))
        page.sides[1].view.tapped.emit(QPointF(u, v))
    assert page.foot.words.startswith("The four points do not fit together")
    assert page.session.result is not None and not page.session.result.alignment.by_hand


def test_marking_is_given_up_by_escape_before_the_page_is(bench: Bench) -> None:
    bench.compare(bench.earlier, bench.elsewhere)
    page, left = bench.page, []
    page.back.connect(lambda: left.append(True))
    page.foot.button("points").click()
    page.sides[0].view.tapped.emit(QPointF(50, 50))
    QTest.keyClick(page, Qt.Key.Key_Escape)
    assert page.pointing.marking is None and left == []
    QTest.keyClick(page, Qt.Key.Key_Escape)
    assert left == [True]


def test_a_reinspection_opens_with_the_changes_since_the_inspection_before(bench: Bench) -> None:
    bench.page.reinspect(bench.later)
    bench.wait(lambda: bench.page.mode is Mode.CHANGES)
    assert bench.page.sides[1].plate.title == "2026 autumn"
    assert left_number(bench) == bench.earlier


def test_without_an_earlier_inspection_it_says_so(bench: Bench) -> None:
    bench.page.reinspect(bench.earlier)
    bench.wait(lambda: bench.page.session.picture(1))
    bench.finish()
    assert "There is no earlier inspection of this element." in bench.page.sides[0].view.message
    assert bench.page.sides[1].plate.title == "2025 spring"
    assert not bench.page.modes.is_possible(Mode.CHANGES)


def test_without_a_place_it_says_what_to_do(bench: Bench) -> None:
    with Library(bench.folder) as library:
        place(library, [name_of(bench.folder, bench.later)], "", "", "", "ann")
    bench.page.reinspect(bench.later)
    bench.wait(lambda: "Nobody has said which structure" in bench.page.sides[0].view.message)
    bench.finish()


def left_number(bench: Bench) -> int:
    wanted = bench.page.session.wanted
    assert wanted
    return wanted[0].number


def name_of(folder: Path, number: int) -> str:
    with Library(folder, write=False) as library:
        return str(library.connection.execute("SELECT id FROM snapshots WHERE number = ?", (number,)).fetchone()[0])


def test_of_several_pictures_of_the_inspection_before_the_one_of_the_same_place_is_found(bench: Bench) -> None:
    with Library(bench.folder) as library:
        first, _ = shots(surface="brick")
        keep(library, first.image, first.crack_map, "2025 spring", "2025-04-02T11:00:00")
    bench.page.reinspect(bench.later)
    bench.wait(lambda: bench.page.mode is Mode.CHANGES)
    assert left_number(bench) == bench.earlier


def test_inspections_that_were_imported_within_one_second_are_told_apart(bench: Bench) -> None:
    first, second = shots(surface="brick")
    with Library(bench.folder) as library:
        for shot, inspection in ((first, "2025"), (second, "2026")):
            name = keep(library, shot.image, shot.crack_map, inspection, None, element="pier 9")
        number = find(library, name)
    assert number is not None
    bench.page.reinspect(number)
    bench.wait(lambda: bench.page.mode is Mode.CHANGES)
    assert [side.plate.title for side in bench.page.sides][1] == "2026"


def test_where_nothing_has_changed_it_says_so(bench: Bench) -> None:
    first, second = shots(before=[UNCHANGED], after=[UNCHANGED])
    with Library(bench.folder) as library:
        names = [keep(library, each.image, each.crack_map, year, None) for each, year in ((first, "a"), (second, "b"))]
        numbers = [find(library, name) or 0 for name in names]
    bench.compare(*numbers)
    assert bench.page.panel.words.startswith("No changes  ·  1\N{NO-BREAK SPACE}unchanged")


def test_when_none_of_them_shows_the_place_the_newest_stays(bench: Bench) -> None:
    with Library(bench.folder) as library:
        numbers = []
        for hour, surface in ((11, "brick"), (12, "concrete")):
            first, _ = shots(surface=surface)  # type: ignore[arg-type]
            name = keep(library, first.image, first.crack_map, "2025 spring", f"2025-04-02T{hour}:00:00")
            numbers.append(find(library, name))
        put_into_bin(library, [name_of(bench.folder, bench.earlier)], "ann")
    bench.page.reinspect(bench.later)
    bench.wait(lambda: "cannot be laid over each other" in bench.page.foot.words)
    assert left_number(bench) == numbers[1]


def test_another_snapshot_can_be_chosen_on_either_side(bench: Bench) -> None:
    bench.compare(bench.earlier, bench.elsewhere)
    chosen(bench, 1, "2026 autumn  ·  2026-11-21  ·  pier 3")
    bench.wait(lambda: bench.page.session.result and bench.page.session.result.alignment.trusted)
    assert bench.page.sides[1].plate.title == "2026 autumn"
    assert bench.page.modes.is_possible(Mode.CHANGES)


def test_one_picture_is_compared_with_itself_by_two_models(bench: Bench) -> None:
    with Library(bench.folder) as library:
        crack_map = np.zeros((180, 320), np.uint8)
        crack_map[60:66, 20:200] = 255
        body = detection_body(np.zeros((360, 640, 3), np.uint8), crack_map, None, "another")
        add_detection(library, name_of(bench.folder, bench.later), body, crack_map, "ann")
    bench.compare(bench.later, bench.later)
    page = bench.page
    assert page.session.result is not None and page.session.result.alignment.trusted
    shown = [page.session.detection(side) for side in (0, 1)]
    assert [each.model for each in shown if each is not None] == ["stand-in", "another"]
    assert page.modes.is_possible(Mode.BLINK) and not page.modes.is_possible(Mode.CHANGES)
    chosen(bench, 1, "stand-in")
    bench.finish()
    shown = [page.session.detection(side) for side in (0, 1)]
    assert [each.model for each in shown if each is not None] == ["stand-in", "stand-in"]


def test_one_picture_that_one_model_has_looked_at_is_compared_with_the_inspection_before(bench: Bench) -> None:
    bench.compare(bench.later, bench.later)
    assert [side.plate.title for side in bench.page.sides] == ["2025 spring", "2026 autumn"]


def test_two_pictures_of_one_inspection_are_told_by_their_names(bench: Bench) -> None:
    bench.compare(bench.later, bench.elsewhere)
    with Library(bench.folder, write=False) as library:
        rows = queries.rows(library, [bench.later, bench.elsewhere])
    names = [rows[number].name for number in (bench.later, bench.elsewhere)]
    assert [side.plate.title for side in bench.page.sides] == names
    bench.compare(bench.earlier, bench.later)
    assert [side.plate.title for side in bench.page.sides] == ["2025 spring", "2026 autumn"]


def test_one_picture_without_another_is_shown_beside_itself(bench: Bench) -> None:
    bench.compare(bench.elsewhere, bench.elsewhere)
    assert [side.plate.title for side in bench.page.sides] == ["2026 autumn", "2026 autumn"]
    assert not bench.page.modes.is_possible(Mode.CHANGES)


def test_what_no_model_has_looked_at_is_shown_and_said_not_to_be_comparable(bench: Bench) -> None:
    first, _ = shots(before=[])
    with Library(bench.folder) as library:
        number = find(library, keep(library, first.image, None, "2024", "2024-01-01T10:00:00"))
    assert number is not None
    bench.compare(number, bench.later)
    page = bench.page
    assert page.session.result is not None and page.session.result.alignment.trusted
    assert page.modes.is_possible(Mode.BLINK) and not page.modes.is_possible(Mode.CHANGES)
    assert "No model has looked at" in page.foot.words


def test_a_verdict_elsewhere_changes_the_comparison(bench: Bench) -> None:
    bench.compare(bench.earlier, bench.later)
    page = bench.page
    page.modes.button(Mode.CHANGES).trigger()
    name = name_of(bench.folder, bench.later)
    with Library(bench.folder) as library:
        decide(library, [name], Verdict.REJECTED, "ann")
    bench.wait(lambda: page.panel.list.model().rowCount() == 3)
    assert "new" not in page.panel.words


def test_a_picture_that_is_gone_is_said_in_its_place(bench: Bench) -> None:
    next((bench.folder / "pictures").rglob(f"{name_of(bench.folder, bench.earlier)}.png")).unlink()
    bench.page.compare(bench.earlier, bench.later)
    bench.wait(lambda: bench.page.sides[1].view.loaded and "is gone" in bench.page.sides[0].view.message)
    assert bench.page.session.result is None
    assert not bench.page.modes.is_possible(Mode.BLINK)


def test_a_snapshot_that_is_gone_is_said_in_its_place(bench: Bench) -> None:
    bench.page.compare(9999, bench.later)
    bench.wait(lambda: bench.page.sides[1].view.loaded and "not in the library" in bench.page.sides[0].view.message)


def test_it_fits_the_device_either_way_and_follows_language_and_look(bench: Bench, qapp: QApplication) -> None:
    page = bench.page
    bench.compare(bench.earlier, bench.later)
    for mode in Mode:
        page.modes.button(mode).trigger()
        for size in ((720, 1280), (1280, 720)):
            bench.window.resize(*size)
            QApplication.processEvents()
            assert page.size().toTuple() == size
    page.modes.button(Mode.CHANGES).trigger()
    apply_look(qapp, Look("sunlight", Metrics.of(96 / 25.4, 600, 1000)))
    QApplication.sendEvent(page, QEvent(QEvent.Type.LanguageChange))
    assert not page.grab().isNull()


def test_the_map_can_be_left_out(bench: Bench) -> None:
    bench.compare(bench.earlier, bench.later)
    page = bench.page
    page.modes.button(Mode.CHANGES).trigger()
    assert not page.modes.button("map").isChecked()
    page.modes.button(Mode.BESIDE).trigger()
    assert page.modes.button("map").isChecked()
    with_map = page.sides[0].view.grab().toImage()
    page.modes.button("map").trigger()
    assert page.sides[0].view.grab().toImage() != with_map


def test_the_map_has_the_colours_of_the_settings(bench: Bench) -> None:
    bench.compare(bench.earlier, bench.later)
    view = bench.page.sides[0].view
    before = view.grab().toImage()
    bench.page.set_view_settings(ViewSettings(opacity=1.0, colour_map="viridis"))
    assert view.grab().toImage() != before


@pytest.mark.parametrize("key", [Qt.Key.Key_Escape, Qt.Key.Key_Back])
def test_keys_lead_back(bench: Bench, key: Qt.Key) -> None:
    left: list[bool] = []
    bench.page.back.connect(lambda: left.append(True))
    QTest.keyClick(bench.page, key)
    assert left == [True]


def test_unseen_it_keeps_no_more_than_its_two_pictures(bench: Bench) -> None:
    bench.page.compare(bench.elsewhere, bench.later)
    bench.wait(lambda: bench.page.session.picture(0) and bench.page.session.picture(1))
    bench.page.compare(bench.earlier, bench.later)
    bench.wait(lambda: bench.page.session.picture(0) and bench.page.session.picture(1))
    loader = bench.page.session._loader
    assert loader.get(bench.elsewhere) is not None
    bench.page.hide()
    assert loader.get(bench.elsewhere) is None
    assert bench.page.session.picture(0) is not None and bench.page.session.picture(1) is not None
    bench.page.show()
