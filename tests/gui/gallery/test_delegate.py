from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QStyleOptionViewItem, QWidget
from pytestqt.qtbot import QtBot

from crackinspector.gui.gallery import delegate as module
from crackinspector.gui.gallery.delegate import CellState, SnapshotDelegate
from crackinspector.gui.gallery.model import GalleryModel
from crackinspector.gui.gallery.thumbnails import Thumbnails, Trouble
from crackinspector.gui.gallery.words import row_words
from crackinspector.gui.look import current_look
from crackinspector.library.queries import Row
from tests.gui.gallery.pictures import row

CELL = QSize(240, 250)
PLAIN = CellState()


class Stub(Thumbnails):
    """Has one thumbnail for all."""

    image: QImage | Trouble | None = None

    def get(self, row: Row) -> QImage | Trouble | None:
        return self.image


@pytest.fixture
def stub(qtbot: QtBot) -> Iterator[Stub]:
    made = Stub(None)
    yield made
    made.deleteLater()


@pytest.fixture
def delegate(stub: Stub, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> SnapshotDelegate:
    # However slow the machine is, but where a test says otherwise.
    monkeypatch.setattr(module, "BUDGET_S", 60.0)
    widget = QWidget()
    qtbot.addWidget(widget)
    return SnapshotDelegate(stub, widget)


@pytest.fixture
def one(tmp_path: Path) -> Row:
    return row(tmp_path / "wall.jpg")


def drawn(delegate: SnapshotDelegate, row: Row | None, state: CellState = PLAIN) -> QImage:
    image = QImage(CELL, QImage.Format.Format_RGB32)
    image.fill(QColor("#102030"))
    delegate.begin()
    with QPainter(image) as painter:
        delegate.draw(painter, QRect(0, 0, CELL.width(), CELL.height()), row, state)
    return image


def unfinished(delegate: SnapshotDelegate) -> bool:
    return delegate.unfinished


def test_labels_verdicts_findings_and_states_look_different(delegate: SnapshotDelegate, one: Row) -> None:
    looks = [
        drawn(delegate, each, state)
        for each, state in (
            (None, CellState()),
            (one, CellState()),
            (replace(one, number=2, label="negative", score=0.87), CellState()),
            (replace(one, number=3, label="unknown"), CellState()),
            (replace(one, number=4, label=None, score=None), CellState()),
            (replace(one, number=5, verdict="confirmed"), CellState()),
            (replace(one, number=6, verdict="rejected"), CellState()),
            (replace(one, number=7, verdict="unsure"), CellState()),
            (replace(one, number=8, findings=0), CellState()),
            (one, CellState(chosen=True)),
            (one, CellState(current=True)),
            (one, CellState(choosing=True)),
            (one, CellState(choosing=True, chosen=True)),
        )
    ]
    assert all(a != b for index, a in enumerate(looks) for b in looks[:index])


def test_beside_its_label_stands_how_sure_that_is(delegate: SnapshotDelegate, one: Row) -> None:
    unlikely, likely = (
        [replace(one, number=number, label=label, score=score) for number, label in enumerate(("unknown", "negative"))]
        for score in (0.01, 0.49)
    )
    assert "Not a surface," in row_words(unlikely[0]) and "No crack 99\u202f%," in row_words(unlikely[1])
    (nothing, sure), (nothing_either, unsure) = (
        [drawn(delegate, each) for each in rows] for rows in (unlikely, likely)
    )
    assert nothing == nothing_either
    assert sure != unsure


def test_a_thumbnail_fills_its_place(delegate: SnapshotDelegate, stub: Stub, one: Row) -> None:
    room = delegate.picture_size(CELL)
    stub.image = QImage(room, QImage.Format.Format_RGB32)
    stub.image.fill(QColor("#00ff00"))
    image = drawn(delegate, one)
    assert image.pixelColor(room.width() // 2, room.height() // 2) == QColor("#00ff00")
    assert image.pixelColor(5, room.height() - 5) == QColor("#00ff00")


def test_one_of_another_size_is_stretched_until_its_better_comes(
    delegate: SnapshotDelegate, stub: Stub, one: Row
) -> None:
    room = delegate.picture_size(CELL)
    stub.image = QImage(room / 4, QImage.Format.Format_RGB32)
    stub.image.fill(QColor("#00ff00"))
    assert drawn(delegate, one).pixelColor(room.width() // 8, room.height() // 2) == QColor("#00ff00")


def test_why_there_is_no_thumbnail_is_said(delegate: SnapshotDelegate, stub: Stub, one: Row) -> None:
    looks = []
    for number, image in enumerate((None, Trouble.MISSING, Trouble.DAMAGED)):
        stub.image = image
        looks.append(drawn(delegate, replace(one, number=number)))
    assert looks[0] != looks[1] != looks[2] != looks[0]


def test_a_cell_is_drawn_once_and_again_when_something_is_new(
    delegate: SnapshotDelegate, stub: Stub, one: Row, monkeypatch: pytest.MonkeyPatch
) -> None:
    count: list[Row] = []
    draw = delegate._draw_cell

    def counting(painter: QPainter, row: Row, thumbnail: QImage | Trouble | None) -> None:
        count.append(row)
        draw(painter, row, thumbnail)

    monkeypatch.setattr(delegate, "_draw_cell", counting)
    drawn(delegate, one)
    drawn(delegate, one)
    assert len(count) == 1
    drawn(delegate, replace(one, verdict="confirmed"))
    assert len(count) == 2
    stub.image = Trouble.MISSING
    drawn(delegate, one)
    assert len(count) == 3
    delegate.forget()
    drawn(delegate, one)
    assert len(count) == 4


def test_a_frame_without_time_leaves_cells_to_the_next(
    delegate: SnapshotDelegate, one: Row, monkeypatch: pytest.MonkeyPatch
) -> None:
    blank = drawn(delegate, None)
    monkeypatch.setattr(module, "BUDGET_S", -1.0)
    assert drawn(delegate, one) == blank
    assert unfinished(delegate)
    monkeypatch.setattr(module, "BUDGET_S", 1.0)
    whole = drawn(delegate, one)
    assert whole != blank and not unfinished(delegate)
    monkeypatch.setattr(module, "BUDGET_S", -1.0)
    assert drawn(delegate, replace(one, verdict="confirmed")) == whole
    assert unfinished(delegate)


def test_few_cells_are_kept(delegate: SnapshotDelegate, one: Row, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_BYTES", 3 * 4 * CELL.width() * CELL.height())
    for number in range(10):
        drawn(delegate, replace(one, number=number))
    assert sorted(delegate._drawn) == [7, 8, 9]


def test_what_is_on_screen_is_kept_however_much_it_is(
    delegate: SnapshotDelegate, one: Row, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MOST_BYTES", 3 * 4 * CELL.width() * CELL.height())
    monkeypatch.setattr(module, "BUDGET_S", 10.0)
    rows = [replace(one, number=number) for number in range(10)]
    count: list[Row] = []
    draw = delegate._draw_cell

    def counting(painter: QPainter, row: Row, thumbnail: QImage | Trouble | None) -> None:
        count.append(row)
        draw(painter, row, thumbnail)

    monkeypatch.setattr(delegate, "_draw_cell", counting)
    image = QImage(CELL, QImage.Format.Format_RGB32)
    for _ in range(3):
        delegate.begin()
        with QPainter(image) as painter:
            for row in rows:
                delegate.draw(painter, QRect(0, 0, CELL.width(), CELL.height()), row, PLAIN)
    assert len(count) == len(rows)


def test_any_view_can_use_it(delegate: SnapshotDelegate, model: GalleryModel, qtbot: QtBot) -> None:
    model.show(0, 2)
    qtbot.waitUntil(lambda: model.row_at(0) is not None)
    option = QStyleOptionViewItem()
    option.rect = QRect(0, 0, CELL.width(), CELL.height())
    image = QImage(CELL, QImage.Format.Format_RGB32)
    image.fill(QColor("#102030"))
    with QPainter(image) as painter:
        delegate.paint(painter, option, model.index(0))
    assert image == drawn(delegate, model.row_at(0))
    assert delegate.sizeHint(option, model.index(0)) == CELL


def test_a_strip_is_brief(stub: Stub, one: Row, delegate: SnapshotDelegate, qtbot: QtBot) -> None:
    widget = QWidget()
    qtbot.addWidget(widget)
    brief = SnapshotDelegate(stub, widget, brief=True)
    assert brief.foot() < delegate.foot()
    assert drawn(brief, one) != drawn(delegate, one)
    assert current_look().metrics.small < brief.foot()
