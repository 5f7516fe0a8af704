from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from crackinspector.gui.gallery.exporter import Exporter, form_words
from crackinspector.library import exporting
from crackinspector.library.forms import FORMS
from crackinspector.library.queries import Query
from crackinspector.library.store import Library
from tests.gui.gallery.conftest import COUNT


@pytest.fixture
def exporter(folder: Path, qtbot: QtBot) -> Iterator[Exporter]:
    made = Exporter(folder)
    yield made
    assert made.stop(10)
    made.deleteLater()


def test_a_list_is_written_and_counted(exporter: Exporter, tmp_path: Path, qtbot: QtBot) -> None:
    said: list[str] = []
    exporter.said.connect(said.append)
    exporter.write(Query(labels=("positive",)), "csv", tmp_path / "list.csv")
    qtbot.waitUntil(lambda: len(said) == 2)
    assert said[0].startswith("Exporting to ") and said[1] == f"{COUNT // 2} exported to {tmp_path / 'list.csv'}."
    assert len((tmp_path / "list.csv").read_text().splitlines()) == COUNT // 2 + 1


def test_what_cannot_be_written_is_said(exporter: Exporter, folder: Path, qtbot: QtBot) -> None:
    with qtbot.waitSignal(exporter.failed) as failed:
        exporter.write(Query(), "csv", folder / "list.csv")
    assert failed.args is not None and "lies in the library" in failed.args[0]


@pytest.mark.parametrize("form", FORMS)
def test_each_form_has_words_and_asks_for_a_file_or_a_folder(
    exporter: Exporter, tmp_path: Path, qtbot: QtBot, form: str
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    assert form_words(form)
    dialog = exporter.ask(Query(labels=("negative",)), form, window)
    one_file = dialog.acceptMode() == QFileDialog.AcceptMode.AcceptSave
    assert one_file == (form in ("csv", "json", "geojson"))
    dialog.close()
    out = tmp_path / ("list.csv" if one_file else "folder")
    with qtbot.waitSignal(
        exporter.said, check_params_cb=lambda words: f"{COUNT // 2} exported" in words or "0 exported" in words
    ):
        dialog.fileSelected.emit(str(out))
    assert out.exists()


class Gate:
    """Holds exports back after their first snapshot until it is opened."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.reached, self.open = threading.Event(), threading.Event()
        items = exporting.items

        def held(library: Library, query: Query) -> Iterator[exporting.Item]:
            for item in items(library, query):
                yield item
                self.reached.set()
                assert self.open.wait(30)

        monkeypatch.setattr(exporting, "items", held)


def test_each_of_several_is_written_and_told_even_after_a_failure(
    exporter: Exporter, folder: Path, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate = Gate(monkeypatch)
    told: list[str] = []
    exporter.said.connect(told.append)
    exporter.failed.connect(told.append)
    places = [tmp_path / "a.csv", folder / "b.csv", tmp_path / "c.csv", tmp_path / "d.csv"]
    for place in places:
        exporter.write(Query(), "csv", place)
    qtbot.waitUntil(gate.reached.is_set)
    gate.open.set()
    qtbot.waitUntil(lambda: not exporter.busy)
    assert [words.split()[-1] for words in told if words.startswith("40")] == [f"{places[at]}." for at in (0, 2, 3)]
    assert [words for words in told if "lies in the library" in words]
    assert [place.exists() for place in places] == [True, False, True, True]
    assert exporter.unfinished() == ()


def test_the_end_stops_what_is_being_written_and_says_what_is_not_whole(
    exporter: Exporter, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate = Gate(monkeypatch)
    exporter.write(Query(), "yolo", tmp_path / "boxes")
    exporter.write(Query(), "csv", tmp_path / "list.csv")
    qtbot.waitUntil(gate.reached.is_set)
    assert not exporter.stop(0)
    assert len(exporter.unfinished()) == 2
    gate.open.set()
    with qtbot.assertNotEmitted(exporter.failed):
        assert exporter.stop(30)
        qtbot.wait(10)
    assert [str(tmp_path / "boxes") in said for said in exporter.unfinished()] == [True, False]
    assert all("stopped before it was whole" in said for said in exporter.unfinished())
    assert {path.name for path in tmp_path.iterdir() if "boxes" in path.name or path.suffix == ".csv"} == set()


def test_one_that_was_whole_at_the_end_is_not_complained_about(
    exporter: Exporter, tmp_path: Path, qtbot: QtBot
) -> None:
    exporter.write(Query(), "csv", tmp_path / "list.csv")
    qtbot.waitUntil((tmp_path / "list.csv").exists)
    assert exporter.stop(30)
    assert exporter.unfinished() == ()
