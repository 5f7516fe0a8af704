"""What is kept in the live application is in its gallery."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from crackinspector.core.errors import StorageError
from crackinspector.gui.gallery.page import GalleryPage
from crackinspector.gui.shelf.shelf import Shelf
from crackinspector.gui.window import LIVE
from crackinspector.library.store import Library
from tests.gui.running import PATIENCE_MS, Live, press, running, settings_for


def gallery(live: Live) -> GalleryPage:
    page = live.window.made_page("gallery")
    assert isinstance(page, GalleryPage)
    return page


def test_a_snapshot_is_in_the_gallery_one_tap_away(qtbot: QtBot, tmp_path: Path) -> None:
    with running(qtbot, settings_for(tmp_path), size=(1280, 720)) as live:
        live.wait_ready()
        live.window.actions_["snapshot"].trigger()
        live.wait_said("Kept as")
        QTest.mouseClick(live.page.gallery, Qt.MouseButton.LeftButton)
        assert live.window.page == "gallery"
        qtbot.waitUntil(lambda: len(gallery(live).model.numbers) == 1, timeout=PATIENCE_MS)
        live.window.actions_["snapshot"].trigger()
        qtbot.waitUntil(lambda: len(gallery(live).model.numbers) == 2, timeout=PATIENCE_MS)
        live.wait_captured(3)
        press(live, Qt.Key.Key_Escape)
        assert live.window.page == LIVE
        assert live.application.reviewing.shelf is not None
        library = live.application.reviewing.shelf.access.folder
    assert library == tmp_path / "kept" / "library"
    with Library(library) as opened:
        assert opened.changes() >= 2


def test_the_gallery_of_a_device_that_has_kept_nothing_says_so(qtbot: QtBot, tmp_path: Path) -> None:
    with running(qtbot, settings_for(tmp_path)) as live:
        live.wait_streaming()
        press(live, Qt.Key.Key_G)
        assert live.window.page == "gallery"
        shelf = live.application.reviewing.shelf
        assert shelf is not None
        qtbot.waitUntil(lambda: shelf.access.state is not None, timeout=PATIENCE_MS)
        assert len(gallery(live).model.numbers) == 0
        assert live.said == []


def test_what_was_kept_before_is_looked_through_once_and_again_after_trouble(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    absorbed: list[Path] = []
    monkeypatch.setattr(Shelf, "absorb", lambda shelf, path: absorbed.append(path))
    with running(qtbot, settings_for(tmp_path)) as live:
        live.wait_streaming()
        show = live.application.reviewing.show_gallery
        show()
        show()
        assert absorbed == [tmp_path / "kept"]
        shelf = live.application.reviewing.shelf
        assert shelf is not None
        shelf.said.emit("The disk is full.")
        show()
        assert absorbed == [tmp_path / "kept"] * 2
        assert live.said == ["The disk is full."]


def test_a_place_where_no_library_can_be_is_told(qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with running(qtbot, settings_for(tmp_path, library__folder=str(tmp_path / "file"))) as live:
        live.wait_streaming()
        press(live, Qt.Key.Key_G)
        live.wait_said("file")
        assert live.window.page == "gallery"


def test_what_was_not_kept_at_the_end_is_logged_and_the_exit_says_so(
    qtbot: QtBot, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    def full(opened: Library) -> None:
        raise StorageError("cannot write to the card: no space left on device; free some space")

    with running(qtbot, settings_for(tmp_path)) as live:
        live.wait_streaming()
        press(live, Qt.Key.Key_G)
        shelf = live.application.reviewing.shelf
        assert shelf is not None
        qtbot.waitUntil(lambda: not shelf.access.read_only, timeout=PATIENCE_MS)
        shelf.access.write(full)
        live.application.close()
        assert live.application._status == 2
    assert "cannot write to the card: no space left on device" in caplog.text
