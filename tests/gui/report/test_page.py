from __future__ import annotations

import math
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QStandardPaths, Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QFileDialog, QScrollArea
from pytestqt.qtbot import QtBot

from crackinspector.gui import i18n
from crackinspector.gui.library.access import LibraryAccess
from crackinspector.gui.look import Look, Metrics, apply_look
from crackinspector.gui.report import output, page, writer
from crackinspector.gui.report.output import file_stem
from crackinspector.gui.report.page import ReportPage
from crackinspector.gui.report.preview import page_image
from crackinspector.gui.report.printing import new_printer
from crackinspector.library import events, verdicts
from crackinspector.library.events import Verdict
from tests.gui.report.conftest import Compose, add
from tests.gui.report.pdf import Pdf


@pytest.fixture
def access(folder: Path) -> Iterator[LibraryAccess]:
    made = LibraryAccess(folder, "Ann Kim")
    yield made
    assert made.close()
    made.deleteLater()


@pytest.fixture
def shown(access: LibraryAccess, look: Look, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[ReportPage]:
    """The page with the report on Bridge 3; there is no printer."""
    monkeypatch.setattr(page, "printers", lambda: [])
    made = ReportPage(access)
    qtbot.addWidget(made)
    made.resize(1280, 720)
    made.show()
    made.prepare("Bridge 3")
    qtbot.waitUntil(lambda: made.document is not None)
    yield made
    assert made.close_down(20)


def button(shown: ReportPage, words: str) -> QAbstractButton:
    (found,) = (each for each in shown.findChildren(QAbstractButton) if each.text() == words)
    return found


def area(shown: ReportPage) -> QScrollArea:
    """What the fields scroll in."""
    areas = (each for each in shown.findChildren(QScrollArea) if each.isAncestorOf(shown.form))
    return min(areas, key=lambda each: each.width())


def click(shown: ReportPage, words: str, qtbot: QtBot) -> None:
    QTest.mouseClick(button(shown, words), Qt.MouseButton.LeftButton)


def test_the_report_is_composed_and_its_pages_come_into_sight(shown: ReportPage, qtbot: QtBot) -> None:
    assert shown.document is not None
    assert shown.told == f"{shown.document.count} pages, 6 snapshots"
    qtbot.waitUntil(lambda: not shown.preview.busy)
    image = shown.preview.grab().toImage()
    seen = {image.pixelColor(x, y).name() for x in range(0, image.width(), 9) for y in range(0, image.height(), 3)}
    assert {"#ffffff", "#969696"} <= seen  # paper, and the picture of the cover


def test_another_choice_makes_another_report(shown: ReportPage, qtbot: QtBot) -> None:
    click(shown, "Letter", qtbot)
    qtbot.waitUntil(lambda: shown.document is not None and shown.document.brief.sheet.paper == "Letter")
    click(shown, "한국어", qtbot)
    qtbot.waitUntil(lambda: shown.document is not None and shown.document.brief.words.language == "ko")
    click(shown, "2020", qtbot)
    qtbot.waitUntil(lambda: shown.document is not None and shown.document.brief.facts.inspection == "2020")
    assert "1 snapshots" in shown.told
    click(shown, "All", qtbot)
    qtbot.waitUntil(lambda: shown.document is not None and shown.document.brief.facts.inspection is None)
    assert shown.document is not None
    assert shown.document.brief.options.inspector == "Ann Kim"


def test_it_follows_what_is_decided_meanwhile(shown: ReportPage, access: LibraryAccess, qtbot: QtBot) -> None:
    before = shown.document
    assert before is not None
    name = next(seen.row.id for seen in before.brief.facts.snapshots if seen.row.name == "wall1.jpg")
    access.write(lambda library: verdicts.decide(library, [name], Verdict.UNSURE, "bob"))
    qtbot.waitUntil(lambda: shown.document is not before, timeout=10_000)
    assert shown.document is not None
    assert "bob" in shown.document.brief.facts.people


def test_an_inspection_that_is_new_is_offered_and_its_elements_are_told(
    shown: ReportPage, access: LibraryAccess, qtbot: QtBot
) -> None:
    click(shown, "2020", qtbot)
    qtbot.waitUntil(lambda: shown.document is not None and shown.document.brief.facts.inspection == "2020")
    before = shown.document
    access.write(lambda library: add(library, 9, "Deck", inspection="2027", regions=[]))
    qtbot.waitUntil(lambda: shown.document is not before, timeout=10_000)
    assert shown.document is not None
    assert "Deck" in shown.document.brief.facts.absent
    assert button(shown, "2020").isChecked()
    click(shown, "2027", qtbot)
    qtbot.waitUntil(lambda: shown.document is not None and shown.document.brief.facts.inspection == "2027")


def test_nothing_is_made_anew_of_what_another_structure_got(
    shown: ReportPage, access: LibraryAccess, qtbot: QtBot
) -> None:
    before = shown.document
    other = events.place("ann", "Bridge 4", "Pier 1", "2026")
    access.write(lambda library: add(library, 9, "Pier 1", regions=[], extra=[other]))
    with qtbot.waitSignal(shown._gathering.finished, timeout=10_000):
        pass
    assert shown.document is before
    assert not shown._composing.busy


def test_it_is_saved_with_one_tap_under_a_name_that_is_free(
    shown: ReportPage, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    documents = tmp_path / "Documents"
    monkeypatch.setattr(QStandardPaths, "writableLocation", lambda place: str(documents))
    assert shown.document is not None
    stem = f"Bridge 3 {shown.form.options.date[:10]}"
    for name in (f"{stem}.pdf", f"{stem} 2.pdf"):
        click(shown, "Save PDF", qtbot)
        qtbot.waitUntil(lambda name=name: f"Saved: {documents / name}." in shown.told, timeout=20_000)  # type: ignore[misc]
        assert "could not be read: 1" in shown.told
        assert len(Pdf(documents / name).pages) == shown.document.count


def test_a_place_is_chosen_in_a_dialog_that_knows_a_name(shown: ReportPage, tmp_path: Path, qtbot: QtBot) -> None:
    click(shown, "Save as…", qtbot)
    (dialog,) = shown.findChildren(QFileDialog)
    assert dialog.acceptMode() == QFileDialog.AcceptMode.AcceptSave
    assert [Path(name).name for name in dialog.selectedFiles()] == [f"Bridge 3 {shown.form.options.date[:10]}.pdf"]
    dialog.fileSelected.emit(str(tmp_path / "mine.pdf"))
    dialog.reject()
    qtbot.waitUntil(lambda: "Saved: " in shown.told, timeout=20_000)
    assert (tmp_path / "mine.pdf").is_file()


def test_saving_can_be_stopped_and_nothing_is_kept(
    shown: ReportPage, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = writer.write_pdf

    go_on = threading.Event()

    def held(*given: Any) -> list[str]:
        assert go_on.wait(20)
        return write(*given)

    monkeypatch.setattr(output, "write_pdf", held)
    shown.save_to(tmp_path / "mine.pdf")
    assert button(shown, "Save PDF").isHidden()
    click(shown, "Stop", qtbot)
    go_on.set()
    qtbot.waitUntil(lambda: shown.told == "Stopped. Nothing was kept of it.")
    assert not button(shown, "Save PDF").isHidden()
    assert not (tmp_path / "mine.pdf").exists()


def test_what_cannot_be_written_is_told(shown: ReportPage, tmp_path: Path, qtbot: QtBot) -> None:
    shown.save_to(tmp_path / "nowhere" / "report.pdf")
    qtbot.waitUntil(lambda: "there is no folder" in shown.told)


def test_a_structure_that_is_gone_is_told_and_nothing_can_be_saved(shown: ReportPage, qtbot: QtBot) -> None:
    shown.prepare("Bridge 9")
    qtbot.waitUntil(lambda: 'no snapshots of a structure "Bridge 9"' in shown.told)
    assert shown.document is None
    assert not button(shown, "Save PDF").isEnabled()
    shown.prepare("Bridge 3")
    qtbot.waitUntil(lambda: shown.document is not None)
    assert button(shown, "Save PDF").isEnabled()


def test_the_printer_s_button_is_there_where_a_printer_is(
    shown: ReportPage, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert button(shown, "Print…").isHidden()
    monkeypatch.setattr(page, "printers", lambda: ["office"])
    shown.hide()
    shown.show()
    qtbot.waitUntil(lambda: not button(shown, "Print…").isHidden())
    assert shown.document is not None
    printer = new_printer(shown.document)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    shown.print_on(printer)
    qtbot.waitUntil(lambda: "were sent to the printer" in shown.told, timeout=20_000)
    assert (tmp_path / "printed.pdf").stat().st_size > 10_000


def test_a_double_tap_enlarges_and_shows_whole_pages_again(shown: ReportPage, qtbot: QtBot) -> None:
    sheets = shown.preview.widget()
    assert sheets is not None
    before = sheets.width()
    for width in (2 * before, before):
        QTest.mouseDClick(shown.preview.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(50, 50))
        assert sheets.width() == width


def test_scrolling_to_the_end_brings_the_last_page(shown: ReportPage, qtbot: QtBot) -> None:
    bar = shown.preview.verticalScrollBar()
    bar.setValue(bar.maximum())

    def inked() -> bool:
        image = shown.preview.grab().toImage()
        places = [(x, y) for x in range(40, image.width() - 80, 2) for y in range(0, image.height() - 40, 5)]
        return any(image.pixelColor(*place).lightness() < 150 for place in places)

    qtbot.waitUntil(inked, timeout=20_000)


@pytest.mark.parametrize(
    ("width", "height", "ppi"), [(1280, 720, 293), (720, 1280, 293), (800, 480, 186), (1600, 1000, 96)]
)
def test_nothing_is_cut_off_and_everything_is_as_large_as_a_finger(
    shown: ReportPage,
    width: int,
    height: int,
    ppi: int,
    qapp: QApplication,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    metrics = Metrics.of(ppi / 25.4, 25.4 * math.hypot(width, height) / ppi, min(width, height))
    apply_look(qapp, Look("dark", metrics))
    monkeypatch.setattr(page, "printers", lambda: ["office"])
    shown.hide()
    shown.resize(width, height)
    shown.show()
    qtbot.waitUntil(lambda: not button(shown, "Print…").isHidden())
    QApplication.processEvents()
    for words in ("Save PDF", "Save as…", "Print…"):
        each = button(shown, words)
        assert shown.rect().contains(each.rect().translated(each.mapTo(shown, QPoint(0, 0)))), words
        assert min(each.width(), each.height()) >= metrics.touch_px - 4, words
        assert each.width() >= each.fontMetrics().horizontalAdvance(words) + each.iconSize().width(), words
    assert shown.preview.width() * shown.preview.height() > 0.3 * width * height
    # More than two fields can be seen at once.
    assert area(shown).height() > 0.25 * height and area(shown).height() > 4 * metrics.touch_px


def test_while_the_library_is_read_the_place_of_the_pages_says_so(shown: ReportPage, qtbot: QtBot) -> None:
    assert shown.preview.words == ""
    shown.prepare("Bridge 4")
    assert shown.preview.words == "Reading the library…"
    qtbot.waitUntil(lambda: shown.preview.words == "")


def test_a_library_that_cannot_be_opened_is_told(
    tmp_path: Path, look: Look, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page, "printers", lambda: [])
    access = LibraryAccess(tmp_path / "none", "ann")
    made = ReportPage(access)
    qtbot.addWidget(made)
    made.prepare("Bridge 3")
    qtbot.waitUntil(lambda: "There is no library in" in made.told)
    assert made.document is None
    made.prepare("Bridge 4")
    assert "There is no library in" in made.told
    assert made.close_down(10) and access.close()
    access.deleteLater()


def test_a_report_begins_in_the_language_of_the_window(
    access: LibraryAccess, look: Look, qapp: QApplication, qtbot: QtBot
) -> None:
    i18n.install(qapp, "ko")
    try:
        made = ReportPage(access)
        qtbot.addWidget(made)
        assert made.form.options.language == "ko"
        i18n.install(qapp, "en")
        assert made.form.options.language == "ko"
        assert ReportPage(access, made).form.options.language == "en"
    finally:
        i18n.install(qapp, "en")


def test_a_page_looks_the_same_on_the_screen_at_any_size(compose: Compose) -> None:
    document = compose()
    small, large = (page_image(document, 3, width) for width in (400, 1200))
    assert abs(small.width() / small.height() - large.width() / large.height()) < 0.01
    for image in (small, large):
        ink = sum(
            image.pixelColor(x, y).lightness() < 200
            for x in range(0, image.width(), 7)
            for y in range(0, image.height(), 7)
        ) / (image.width() / 7 * image.height() / 7)
        assert 0.005 < ink < 0.2


@pytest.mark.parametrize(
    ("words", "stem"),
    [("Bridge 3 2026-11-21", "Bridge 3 2026-11-21"), ("a/b\\c:d", "a_b_c_d"), ("...", "report"), ("교량 3", "교량 3")],
)
def test_a_file_s_name_is_one_that_any_disk_takes(words: str, stem: str) -> None:
    assert file_stem(words) == stem
