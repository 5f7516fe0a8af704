"""What the live application has kept comes into the gallery, which says so meanwhile."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from crackinspector.core.settings import Settings
from crackinspector.gui.gallery.empty import EmptyState
from crackinspector.gui.gallery.header import Header
from crackinspector.gui.gallery.page import GalleryPage
from crackinspector.gui.library import access
from crackinspector.gui.look import Look
from crackinspector.gui.paged_window import PagedWindow
from crackinspector.gui.settings.store import SettingsStore
from crackinspector.gui.shelf import absorb
from crackinspector.gui.shelf.navigation import GALLERY, REPORT
from crackinspector.gui.shelf.shelf import Shelf


@pytest.fixture
def window(look: Look, qtbot: QtBot) -> PagedWindow:
    made = PagedWindow()
    qtbot.addWidget(made)
    made.resize(1280, 720)
    made.show()
    return made


@pytest.fixture
def shelf(window: PagedWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Shelf]:
    """Of a library that is made, and that nobody looks at by himself."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr(access, "POLL_MS", 3_600_000)
    made = Shelf(window, tmp_path / "library", "ann", SettingsStore(Settings()), create=True)
    made.open_gallery_first()
    yield made
    assert made.close()


def words(gallery: GalleryPage) -> tuple[str, str]:
    """How many, and why there are none."""
    (header,), (empty,) = gallery.findChildren(Header), gallery.findChildren(EmptyState)
    return header.count_words, empty.words.split("\n")[0] if empty.isVisible() else ""


def keep(folder: Path, *names: str) -> None:
    folder.mkdir(exist_ok=True)
    for shade, name in enumerate(names):
        cv2.imwrite(str(folder / name), np.full((48, 64, 3), 40 + len(name) + shade, np.uint8))


def test_the_gallery_says_that_snapshots_are_taken_in_until_it_lists_them(
    shelf: Shelf, window: PagedWindow, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on, take_in = threading.Event(), absorb._import

    def wait(paths: tuple[Path, ...], library: Path, who: str) -> None:
        assert go_on.wait(30)
        take_in(paths, library, who)

    monkeypatch.setattr(absorb, "_import", wait)
    gallery = window.made_page(GALLERY)
    assert isinstance(gallery, GalleryPage)
    seen: list[str] = []
    gallery.model.listed.connect(lambda: seen.append(words(gallery)[1]))
    keep(tmp_path / "kept", "1.png", "2.png")
    shelf.absorb(tmp_path / "kept")
    qtbot.waitUntil(lambda: words(gallery) == ("0 pictures, more coming…", "Taking in the snapshots…"))
    go_on.set()
    qtbot.waitUntil(lambda: words(gallery) == ("2 pictures", ""), timeout=30_000)
    assert "No pictures yet" not in seen


def test_what_was_not_to_be_taken_in_is_not_waited_for(
    shelf: Shelf, window: PagedWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    gallery = window.made_page(GALLERY)
    assert isinstance(gallery, GalleryPage)
    keep(tmp_path / "kept")
    shelf.absorb(tmp_path / "kept")
    qtbot.waitUntil(lambda: words(gallery) == ("0 pictures", "No pictures yet"), timeout=30_000)


def test_what_was_said_goes_with_the_page_unless_it_is_an_error(shelf: Shelf, window: PagedWindow) -> None:
    window.toast.show_message("Kept as 1.jpg")
    shelf.show_import()
    assert window.toast.isHidden()
    window.toast.show_message("The disk is full.", error=True)
    window.show_page(REPORT)
    assert not window.toast.isHidden()
