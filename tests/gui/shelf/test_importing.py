from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QProcess
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from crackinspector.core.frame import View
from crackinspector.core.settings import Settings
from crackinspector.gui.library.access import LibraryAccess
from crackinspector.gui.look import Look
from crackinspector.gui.shelf.absorb import Absorber
from crackinspector.gui.shelf.import_page import ImportPage
from crackinspector.gui.shelf.importing import Importer
from crackinspector.library import queries, verdicts
from crackinspector.library.emptying import delete
from crackinspector.library.queries import Query, Row
from crackinspector.library.record import Snapshot
from crackinspector.library.snapshots import write_snapshot
from crackinspector.library.store import Library
from tests.library.makers import jpeg
from tests.library.snapshots import frame, snapshot

PATIENCE_MS = 60_000


def rows(folder: Path) -> list[Row]:
    with Library(folder) as library:
        return list(queries.rows(library, queries.ids(library, Query())).values())


@pytest.fixture
def pictures(tmp_path: Path) -> Path:
    folder = tmp_path / "pier"
    folder.mkdir()
    for number in range(3):
        (folder / f"{number}.png").write_bytes(jpeg(number))
    (folder / "broken.png").write_bytes(b"no picture")
    return folder


@pytest.fixture
def importer(tmp_path: Path) -> Iterator[Importer]:
    made = Importer(tmp_path / "library", "ann")
    yield made
    made.close()
    made.deleteLater()


def test_pictures_are_brought_in_by_a_process_of_its_own(
    importer: Importer, pictures: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    counts: list[int] = []
    importer.progress.connect(counts.append)
    finished: list[str] = []
    failed: list[str] = []
    importer.finished.connect(finished.append)
    importer.failed.connect(failed.append)
    with qtbot.waitSignal(importer.failed, timeout=PATIENCE_MS):
        importer.start([str(pictures)], structure="Bridge", element="Pier 3", inspection="2026", analyse=False)
    assert counts[-1] == 4
    assert finished == ["Import finished: 3 added, 1 unreadable."]
    assert "broken.png" in failed[0]
    assert {(row.structure, row.element, row.inspection) for row in rows(tmp_path / "library")} == {
        ("Bridge", "Pier 3", "2026")
    }
    with qtbot.waitSignal(importer.finished, timeout=PATIENCE_MS) as again:
        importer.start([str(pictures / "0.png")], analyse=False)
    assert again.args == ["Import finished: 0 added, 1 there already."]


def test_names_may_begin_like_options(pictures: Path, tmp_path: Path, qtbot: QtBot) -> None:
    importer = Importer(tmp_path / "library", "-ann")
    with qtbot.waitSignal(importer.finished, timeout=PATIENCE_MS):
        importer.start([str(pictures / "0.png")], structure="-A", element="--quiet", inspection="-1", analyse=False)
    importer.close()
    importer.deleteLater()
    (row,) = rows(tmp_path / "library")
    assert (row.structure, row.element, row.inspection) == ("-A", "--quiet", "-1")
    with Library(tmp_path / "library") as library:
        assert {event.who for event in library.sidecar(row.id).events} == {"-ann"}


def test_what_was_deleted_for_good_is_counted_and_left_out(
    importer: Importer, pictures: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(importer.finished, timeout=PATIENCE_MS):
        importer.start([str(pictures / "0.png")], analyse=False)
    (row,) = rows(tmp_path / "library")
    with Library(tmp_path / "library") as library:
        verdicts.put_into_bin(library, [row.id], "ann")
        assert len(list(delete(library, [row.id], "ann"))) == 1
    with qtbot.waitSignal(importer.finished, timeout=PATIENCE_MS) as told:
        importer.start([str(pictures / "0.png"), str(pictures / "1.png")], analyse=False)
    assert told.args == ["Import finished: 1 added, 1 deleted before."]


def test_what_cannot_be_done_is_told(importer: Importer, tmp_path: Path, qtbot: QtBot) -> None:
    with qtbot.waitSignal(importer.failed, timeout=PATIENCE_MS) as told:
        importer.start([str(tmp_path / "nowhere")])
    assert "nowhere" in told.args[0]


def test_an_import_that_was_stopped_says_so(importer: Importer, pictures: Path, qtbot: QtBot) -> None:
    importer.start([str(pictures)])
    process = importer.findChild(QProcess)
    assert process is not None and process.waitForStarted()
    with qtbot.waitSignal(importer.finished, timeout=PATIENCE_MS) as told:
        importer.cancel()
    assert told.args[0].startswith("Stopped: ")


def test_what_the_live_application_keeps_gets_into_the_library(tmp_path: Path, qtbot: QtBot) -> None:
    keeping, library = tmp_path / "kept", tmp_path / "kept" / "library"
    first = write_snapshot(keeping, snapshot())
    absorber = Absorber(library, "ann")
    absorber.take(keeping)
    qtbot.waitUntil(lambda: not absorber.busy, timeout=PATIENCE_MS)
    (row,) = rows(library)
    assert row.name.endswith(first.name) and row.label is not None
    second = write_snapshot(keeping, Snapshot(frame(8, width=80), None, Settings(), View(0, 0, 1, 1)))
    absorber.take(second)
    absorber.take(keeping)
    qtbot.waitUntil(lambda: not absorber.busy, timeout=PATIENCE_MS)
    assert len(rows(library)) == 2
    absorber.take(tmp_path / "gone")
    qtbot.waitUntil(lambda: not absorber.busy, timeout=PATIENCE_MS)
    absorber.deleteLater()


def test_the_page_chooses_says_where_and_starts(
    pictures: Path, tmp_path: Path, importer: Importer, look: Look, qtbot: QtBot
) -> None:
    access = LibraryAccess(tmp_path / "library", "ann", create=True)
    page = ImportPage(access, importer)
    qtbot.addWidget(page)
    page.resize(1280, 720)
    page.show()
    buttons = {button.text(): button for button in page.findChildren(QPushButton)}
    assert not buttons["Add to the library"].isEnabled()
    page.choose([str(pictures / "0.png")])
    assert buttons["Add to the library"].isEnabled() and not buttons["Stop"].isVisible()
    with qtbot.waitSignal(importer.finished, timeout=PATIENCE_MS):
        buttons["Add to the library"].click()
        assert buttons["Stop"].isVisible()
    assert not buttons["Stop"].isVisible()
    assert any("1 added" in label.text() for label in page.findChildren(type(page._told)))
    assert access.close()


def test_pictures_of_a_day_do_not_stop_at_one_that_is_damaged(tmp_path: Path, qtbot: QtBot) -> None:
    keeping = tmp_path / "kept"
    write_snapshot(keeping, snapshot())
    (keeping / "damaged.jpg").write_bytes(b"\xff\xd8")
    absorber = Absorber(tmp_path / "library", "ann")
    with qtbot.waitSignal(absorber.failed, timeout=PATIENCE_MS) as told:
        absorber.take(keeping)
    assert "cannot be read" in told.args[0]
    assert len(rows(tmp_path / "library")) == 1
    absorber.deleteLater()
