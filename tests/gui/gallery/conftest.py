"""A small library for the gallery: forty pictures, half of them cracked, none decided on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from crackinspector.gui.gallery.model import GalleryModel
from crackinspector.gui.gallery.thumbnails import Thumbnails
from crackinspector.gui.library.access import LibraryAccess
from crackinspector.gui.look import Look
from crackinspector.library.queries import Query
from crackinspector.library.store import Library
from tests.library.makers import fill

COUNT = 40


@pytest.fixture(autouse=True)
def no_traces(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, look: Look) -> None:
    """A cache for this test alone, and the look of the device."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with Library(tmp_path / "library", create=True) as library:
        fill(library, range(COUNT))
    return tmp_path / "library"


@pytest.fixture
def access(folder: Path, qtbot: QtBot) -> Iterator[LibraryAccess]:
    opened = LibraryAccess(folder, "ann")
    yield opened
    assert opened.close()
    opened.deleteLater()


@pytest.fixture
def model(access: LibraryAccess, qtbot: QtBot) -> GalleryModel:
    """All pictures, the newest first."""
    made = GalleryModel(access, access)
    with qtbot.waitSignal(made.listed):
        made.set_query(Query())
    return made


@pytest.fixture
def thumbnails(access: LibraryAccess) -> Iterator[Thumbnails]:
    made = Thumbnails(None, access)
    yield made
    assert made.stop()
