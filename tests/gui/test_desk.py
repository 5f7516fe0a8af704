"""The reviewer's desk as a whole: a library opened, decided on, closed."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from crackinspector.core.errors import StorageError, UsageError
from crackinspector.core.settings import Settings
from crackinspector.gui import desk as module
from crackinspector.gui.compare.page import ComparePage
from crackinspector.gui.desk import Desk
from crackinspector.gui.gallery.page import GalleryPage
from crackinspector.gui.review.page import ReviewPage
from crackinspector.gui.startup import run_review
from crackinspector.library import queries
from crackinspector.library.queries import Query
from crackinspector.library.store import Library
from crackinspector.pipeline.options import ReviewOptions
from tests.gui.running import PATIENCE_MS, bring_up, take_apart
from tests.library.makers import fill


@pytest.fixture
def library(tmp_path: Path) -> Path:
    with Library(tmp_path / "library", create=True) as made:
        fill(made, range(6))
    return tmp_path / "library"


@contextlib.contextmanager
def desk(
    qtbot: QtBot,
    folder: Path,
    options: ReviewOptions | None = None,
    *,
    language: str = "en",
    ppi: int = 120,
    status: int = 0,
) -> Iterator[Desk]:
    """The desk, on screen; closed and taken apart at the end, where it exits with `status`."""
    qapp = QApplication.instance()
    assert isinstance(qapp, QApplication)
    settings = Settings().changed("interface.pixels_per_inch", ppi).changed("interface.language", language)
    made = Desk(qapp, settings, options or ReviewOptions(size=(1280, 720)), folder, "ann")
    try:
        bring_up(qtbot, made)
        yield made
    finally:
        made.close()
        take_apart(qapp, made)
    assert made.status == status


def gallery(made: Desk) -> GalleryPage:
    page = made.window.made_page("gallery")
    assert isinstance(page, GalleryPage)
    return page


def review(made: Desk) -> ReviewPage:
    page = made.window.made_page("review")
    assert isinstance(page, ReviewPage)
    return page


def test_a_library_is_looked_through_and_decided_on(library: Path, qtbot: QtBot) -> None:
    with desk(qtbot, library) as made:
        page = gallery(made)
        qtbot.waitUntil(lambda: len(page.model.numbers) == 6, timeout=PATIENCE_MS)
        page.opened.emit(page.model.numbers.tolist(), 2)
        assert made.window.page == "review"
        shown = review(made)
        qtbot.waitUntil(lambda: shown.picture.loaded is not None, timeout=PATIENCE_MS)
        first = shown.picture.loaded
        assert first is not None and first.row.number == page.model.numbers[2]
        qtbot.wait(200)
        QTest.keyClick(made.window, Qt.Key.Key_C)
        qtbot.waitUntil(lambda: shown.index == 3, timeout=PATIENCE_MS)
        QTest.keyClick(made.window, Qt.Key.Key_Escape)
        assert made.window.page == "gallery"
        identifier = first.row.id
    with Library(library) as opened:
        (number,) = [queries.find(opened, identifier)]
        assert number is not None
        assert queries.rows(opened, [number])[number].verdict == "confirmed"
        assert queries.rows(opened, [number])[number].verdict_who == "ann"


def test_every_page_leads_back_to_where_it_was_opened(library: Path, qtbot: QtBot) -> None:
    with desk(qtbot, library) as made:
        page = gallery(made)
        qtbot.waitUntil(lambda: len(page.model.numbers) == 6, timeout=PATIENCE_MS)
        numbers = page.model.numbers.tolist()
        made.shelf.pages.show_review(numbers, 0)
        review(made).compare.emit([numbers[0]])
        assert made.window.page == "compare"
        made.window.go_back()
        assert made.window.page == "review"
        made.window.go_back()
        steps: dict[str, Callable[[], object]] = {
            "report": lambda: page.report.emit(""),
            "agreement": lambda: page.agreement.emit(),
            "import": lambda: page.add_pictures.emit(),
            "compare": lambda: page.compare.emit(numbers[:2]),
        }
        for name, step in steps.items():
            step()
            assert made.window.page == name
            qtbot.wait(50)
            made.window.go_back()
            assert made.window.page == "gallery"
        assert isinstance(made.window.made_page("compare"), ComparePage)


def test_the_agreement_page_opens_pictures_in_the_gallery(library: Path, qtbot: QtBot) -> None:
    with desk(qtbot, library) as made:
        made.shelf.pages.show_agreement()
        made.shelf.pages.show_query(Query(labels=("positive",)))
        assert made.window.page == "gallery"
        assert gallery(made).query.labels == ("positive",)


def test_language_and_theme_follow_the_settings(library: Path, qtbot: QtBot) -> None:
    with desk(qtbot, library) as made:
        made.store.set("interface.theme", "sunlight")
        made.store.set("interface.language", "ko")
        qtbot.waitUntil(lambda: gallery(made)._header.title == "갤러리", timeout=PATIENCE_MS)
        made.store.set("interface.language", "en")
        qtbot.waitUntil(lambda: gallery(made)._header.title == "Gallery", timeout=PATIENCE_MS)


def test_a_screenshot_is_written_at_the_end(library: Path, tmp_path: Path, qtbot: QtBot) -> None:
    options = ReviewOptions(size=(800, 480), seconds=0.5, screenshot=tmp_path / "made" / "shot.png")
    with desk(qtbot, library, options) as made, qtbot.waitSignal(made.closed, timeout=PATIENCE_MS):
        pass
    assert (tmp_path / "made" / "shot.png").stat().st_size > 1000


def test_a_library_that_is_not_there_ends_the_command_with_a_sentence(tmp_path: Path) -> None:
    config = tmp_path / "settings.toml"
    config.touch()
    with pytest.raises(UsageError, match="there is no library in"):
        run_review(ReviewOptions(library=tmp_path / "nowhere", config=config))


def test_one_that_cannot_be_read_says_so_in_the_window(library: Path, qtbot: QtBot) -> None:
    (library / "library.sqlite").write_bytes(b"no database" * 1000)
    with desk(qtbot, library) as made:
        qtbot.waitUntil(lambda: bool(made.shelf.access.trouble), timeout=PATIENCE_MS)
        assert "damaged" in made.shelf.access.trouble
        assert made.window.page == "gallery"


def test_what_was_not_kept_at_the_end_is_said_where_it_still_can_be(
    library: Path, qtbot: QtBot, capfd: pytest.CaptureFixture[str]
) -> None:
    def full(opened: Library) -> None:
        raise StorageError("cannot write to the card: no space left on device; free some space")

    with desk(qtbot, library, status=2) as made:
        qtbot.waitUntil(lambda: not made.shelf.access.read_only, timeout=PATIENCE_MS)
        made.shelf.access.write(full)
        made.close()
    assert "crackinspector: cannot write to the card: no space left on device" in capfd.readouterr().err


def test_another_library_gets_a_window_of_its_own_or_it_is_said_that_it_does_not(
    library: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[list[str]] = []
    answers = [True, False]

    def start(arguments: list[str]) -> bool:
        started.append(arguments)
        return answers.pop(0)

    monkeypatch.setattr(module, "start_detached", start)
    with desk(qtbot, library) as made:
        said: list[str] = []
        made.said.connect(said.append)
        made._open_library("/-other")
        assert said == []
        made._open_library("/-other")
        assert started == [["review", "--", "/-other"]] * 2
        assert said == ["No window could be opened for /-other; try `crackinspector review` in a terminal."]
