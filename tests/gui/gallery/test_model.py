from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QModelIndex, Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from crackinspector.core.errors import StorageError
from crackinspector.gui.gallery import model as model_module
from crackinspector.gui.gallery.model import NUMBER, ROW, GalleryModel
from crackinspector.gui.library.access import LibraryAccess
from crackinspector.library import queries, verdicts
from crackinspector.library.events import Verdict
from crackinspector.library.queries import Query, Sort
from crackinspector.library.store import Library
from tests.gui.gallery.conftest import COUNT


def shown(model: GalleryModel, qtbot: QtBot, first: int, last: int) -> None:
    """Show positions and wait for their rows."""
    model.show(first, last)
    qtbot.waitUntil(lambda: all(model.row_at(position) is not None for position in range(first, last)))


def test_it_is_a_model_as_qt_has_them(model: GalleryModel, qtmodeltester: ModelTester, qtbot: QtBot) -> None:
    shown(model, qtbot, 0, 5)
    qtmodeltester.check(model)  # type: ignore[no-untyped-call]


def test_the_list_is_that_of_the_query(model: GalleryModel, qtbot: QtBot) -> None:
    assert model.rowCount() == COUNT
    with qtbot.waitSignal(model.listed):
        model.set_query(Query(labels=("positive",)))
    assert model.rowCount() == COUNT // 2
    shown(model, qtbot, 0, 3)
    row = model.row_at(0)
    assert row is not None and row is model.data(model.index(0), ROW) and row.label == "positive"
    assert model.data(model.index(0), NUMBER) == row.number
    assert model.data(model.index(0)) == row.name
    words = model.data(model.index(0), Qt.ItemDataRole.AccessibleTextRole)
    assert isinstance(words, str) and "Crack 90" in words and "1 finding" in words


def test_numbers_cost_eight_bytes_each(model: GalleryModel) -> None:
    assert model.numbers.dtype == np.int64 and model.numbers.nbytes == 8 * COUNT


def test_only_rows_around_the_screen_are_fetched(model: GalleryModel, qtbot: QtBot) -> None:
    shown(model, qtbot, 10, 14)
    assert [position for position in range(COUNT) if model.row_at(position) is not None] == [*range(6, 18)]
    assert model.data(model.index(30)) is None
    assert model.data(model.index(30), NUMBER) == model.numbers[30]


def test_few_rows_are_kept(model: GalleryModel, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(model_module, "MOST_ROWS", 8)
    shown(model, qtbot, 0, 3)
    shown(model, qtbot, 30, 33)
    assert sum(model.row_at(position) is not None for position in range(COUNT)) <= 8


def test_what_others_decide_is_seen_without_a_reset(model: GalleryModel, access: LibraryAccess, qtbot: QtBot) -> None:
    shown(model, qtbot, 0, 4)
    resets: list[object] = []
    model.modelReset.connect(lambda: resets.append(None))
    row = model.row_at(1)
    assert row is not None
    with qtbot.waitSignal(model.dataChanged):
        access.write(lambda library: verdicts.decide(library, [row.id], Verdict.CONFIRMED, "bob"))
    qtbot.waitUntil(lambda: (now := model.row_at(1)) is not None and now.verdict == "confirmed")
    assert resets == []


def test_what_goes_into_the_bin_leaves_the_list(model: GalleryModel, access: LibraryAccess, qtbot: QtBot) -> None:
    shown(model, qtbot, 0, 4)
    row = model.row_at(1)
    assert row is not None
    with qtbot.waitSignal(model.modelReset):
        access.write(lambda library: verdicts.put_into_bin(library, [row.id], "bob"))
    assert row.number not in model.numbers and model.rowCount() == COUNT - 1


def test_of_two_queries_the_later_holds(model: GalleryModel, qtbot: QtBot) -> None:
    model.set_query(Query(labels=("positive",)))
    with qtbot.waitSignal(model.listed):
        model.set_query(Query(labels=("negative",), sort=Sort.SCORE))
    shown(model, qtbot, 0, 2)
    qtbot.wait(50)
    assert {row.label for position in range(2) if (row := model.row_at(position))} == {"negative"}


def test_given_numbers_stay_whatever_happens(model: GalleryModel, access: LibraryAccess, qtbot: QtBot) -> None:
    numbers = model.numbers[:3].tolist()
    model.set_numbers(numbers)
    shown(model, qtbot, 0, 3)
    row = model.row_at(0)
    assert row is not None
    access.write(lambda library: verdicts.put_into_bin(library, [row.id], "bob"))
    access.write(lambda library: verdicts.decide(library, [row.id], Verdict.UNSURE, "bob"))
    qtbot.waitUntil(lambda: (now := model.row_at(0)) is not None and now.verdict == "unsure")
    assert model.numbers.tolist() == numbers


def test_a_snapshot_that_is_gone_has_no_row_and_is_not_asked_for_again(
    model: GalleryModel, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []
    rows = queries.rows

    def counting(library: Library, numbers: list[int]) -> dict[int, queries.Row]:
        asked.extend(numbers)
        return rows(library, numbers)

    monkeypatch.setattr(queries, "rows", counting)
    model.set_numbers([int(model.numbers[0]), 4711])
    model.show(0, 2)
    qtbot.waitUntil(lambda: model.row_at(0) is not None)
    model.show(0, 2)
    qtbot.wait(50)
    assert model.row_at(1) is None and asked.count(4711) == 1


def test_a_query_that_fails_says_so(model: GalleryModel, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(library: Library, query: Query) -> list[int]:
        raise StorageError("the disk is gone")

    monkeypatch.setattr(queries, "ids", refuse)
    with qtbot.waitSignal(model.failed) as failed:
        model.reload()
    assert failed.args == ["the disk is gone"]
    assert model.rowCount() == COUNT


def test_pictures_are_dragged_out_as_copies(model: GalleryModel, qtbot: QtBot) -> None:
    shown(model, qtbot, 0, 2)
    data = model.mimeData([model.index(0), model.index(1)])
    rows = [model.row_at(0), model.row_at(1)]
    assert [url.toLocalFile() for url in data.urls()] == [str(row.picture) for row in rows if row is not None]
    assert model.supportedDragActions() == Qt.DropAction.CopyAction
    assert model.mimeTypes() == ["text/uri-list"]
    assert model.flags(QModelIndex()) == Qt.ItemFlag.NoItemFlags
