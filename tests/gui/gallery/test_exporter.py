from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from crackinspector.gui.gallery.exporter import Exporter, form_words
from crackinspector.library.exporting import FORMS
from crackinspector.library.queries import Query
from tests.gui.gallery.conftest import COUNT


@pytest.fixture
def exporter(folder: Path, qtbot: QtBot) -> Iterator[Exporter]:
    made = Exporter(folder)
    yield made
    qtbot.waitUntil(lambda: not made.busy)
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
