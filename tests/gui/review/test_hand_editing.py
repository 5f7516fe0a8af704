from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from crackinspector.core.errors import StorageError
from crackinspector.gui.review.hand_editing import HandEditing
from crackinspector.gui.review.picture_view import PictureView
from crackinspector.gui.review.writing import Writing
from crackinspector.library import verdicts
from crackinspector.library.store import Library
from tests.gui.review.conftest import HEIGHT, WIDTH, Shelf, load


@pytest.fixture
def editing(shelf: Shelf, qtbot: QtBot) -> Iterator[HandEditing]:
    """New findings are drawn on the first picture, with one stroke so far."""
    page = QWidget()
    qtbot.addWidget(page)
    page.resize(WIDTH, HEIGHT)
    view = PictureView(page)
    view.resize(page.size())
    writing = Writing(shelf.access, page)
    made = HandEditing(view, writing, page)
    page.show()
    loaded = load(shelf.folder, shelf.numbers[0])
    view.show_picture(loaded)
    writing.show_snapshot(loaded)
    made.begin(loaded, None)
    QTest.mouseClick(made.layer, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(300, 200), 1000)
    yield made


def by_hand(shelf: Shelf) -> int:
    return sum(finding.by_hand for finding in load(shelf.folder, shelf.numbers[0]).state.findings)


def test_what_is_drawn_is_kept(editing: HandEditing, shelf: Shelf, qtbot: QtBot) -> None:
    with qtbot.waitSignal(editing.toggled) as told:
        editing.bar.save.emit()
    assert told.args == [False]
    assert by_hand(shelf) == 1


def test_what_cannot_be_kept_stays_for_another_try(
    editing: HandEditing, shelf: Shelf, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    draw = verdicts.draw

    def full(library: Library, identifier: str, mask: NDArray[np.uint8], who: str, finding: str | None) -> object:
        monkeypatch.setattr(verdicts, "draw", draw)
        raise StorageError("no space left on device; free some space")

    monkeypatch.setattr(verdicts, "draw", full)
    with qtbot.waitSignal(editing._writing.failed) as told:
        editing.bar.save.emit()
        # Nothing is drawn that would not be written.
        assert not editing.layer.isEnabled()
    assert "no space left" in told.args[0]
    qtbot.waitUntil(editing.layer.isEnabled)
    assert editing.unsaved
    assert by_hand(shelf) == 0
    editing.bar.save.emit()
    qtbot.waitUntil(lambda: not editing.active)
    assert by_hand(shelf) == 1
