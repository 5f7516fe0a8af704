from __future__ import annotations

import dataclasses
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QPushButton, QToolButton
from pytestqt.qtbot import QtBot

from crackinspector.gui import i18n
from crackinspector.gui.look import Look
from crackinspector.gui.models.card_view import CardView
from crackinspector.gui.models.catalogue import ModelEntry, list_models
from crackinspector.gui.models.page import ModelsPage
from crackinspector.gui.window_state import WindowState
from crackinspector.inference.shipped import resolve_model
from crackinspector.pipeline.model_state import ModelPhase, ModelState

MODELS = Path(__file__).parents[2] / "models"


@pytest.fixture(autouse=True)
def no_own_models(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))


@pytest.fixture
def shown(look: Look, qtbot: QtBot, tmp_path: Path) -> Callable[..., ModelsPage]:
    def show(
        chosen: str = "classifier",
        state: WindowState | None = None,
        find: Callable[[Sequence[str]], list[ModelEntry]] = list_models,
    ) -> ModelsPage:
        page = ModelsPage(chosen, state, find)
        qtbot.addWidget(page)
        page.resize(1280, 720)
        page.show()
        qtbot.waitUntil(lambda: bool(page.findChildren(CardView)))
        return page

    return show


def in_use(choice: str = "classifier", **changes: Any) -> ModelState:
    state = ModelState(ModelPhase.READY, choice, choice=choice, name=choice, path=resolve_model(choice))
    return dataclasses.replace(state, **changes)


def view_of(page: ModelsPage, name: str) -> CardView:
    return next(view for view in page.findChildren(CardView) if view.entry.path.stem == name)


def press(view: CardView, word: str) -> None:
    button = next(button for button in view.findChildren(QPushButton) if button.text() == word)
    assert button.isEnabled()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def can_be_used(view: CardView) -> bool:
    return next(button for button in view.findChildren(QPushButton) if button.text() == "Use this model").isEnabled()


def words(view: CardView) -> str:
    return "\n".join(label.text() for label in view.findChildren(QLabel) if label.isVisibleTo(view))


def test_each_card_says_what_the_model_is(shown: Callable[..., ModelsPage], qtbot: QtBot) -> None:
    page = shown()
    page.show_state(in_use())
    view = view_of(page, "classifier")
    text = words(view)
    for part in (
        "classifier",
        "In use",
        "No crack, Crack, Not a surface",
        "928.6 kB",
        "256 × 256",
        "of the cracks found",
    ):
        assert part in text
    assert "In use" not in words(view_of(page, "classifier-light"))
    press(view, "Details")
    qtbot.waitUntil(lambda: "pavement walls" in words(view))
    text = words(view)
    for part in ("pavement walls", "98 % / 200", "others fare worse", "CC BY 4.0"):
        assert part in text


def test_a_shipped_model_is_chosen_at_once(shown: Callable[..., ModelsPage], qtbot: QtBot) -> None:
    page = shown()
    with qtbot.waitSignal(page.chosen) as chosen:
        press(view_of(page, "classifier-light"), "Use this model")
    assert chosen.args == ["classifier-light"]
    page.show_state(in_use(asked="classifier-light", phase=ModelPhase.LOADING))
    assert "In use" in words(view_of(page, "classifier"))
    assert "In use" not in words(view_of(page, "classifier-light"))
    assert not can_be_used(view_of(page, "classifier-light"))
    page.show_state(in_use("classifier-light"))
    assert "In use" in words(view_of(page, "classifier-light"))
    assert "In use" not in words(view_of(page, "classifier"))


def test_a_file_is_tried_before_it_is_chosen(shown: Callable[..., ModelsPage], qtbot: QtBot, tmp_path: Path) -> None:
    state = WindowState(tmp_path / "window.ini")
    page = shown(state=state)
    path = str(MODELS / "float32.tflite")
    with qtbot.waitSignal(page.chosen, timeout=60_000) as chosen:
        page.add_file(path)
    assert chosen.args == [path]
    assert state.recent_models == [path]
    assert "ms for one tile" in words(view_of(page, "float32"))


def test_a_damaged_file_is_refused_in_its_card(shown: Callable[..., ModelsPage], qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "broken.tflite"
    path.write_bytes((MODELS / "float32.tflite").read_bytes()[:700])
    page = shown()
    chosen: list[str] = []
    page.chosen.connect(chosen.append)
    page.add_file(str(path))
    qtbot.waitUntil(lambda: any(view.entry.path == path for view in page.findChildren(CardView)))
    view = view_of(page, "broken")
    qtbot.waitUntil(lambda: "broken.tflite" in view._problem, timeout=60_000)
    assert view._problem in words(view)
    assert chosen == []


def test_a_measurement_can_be_stopped_and_ends_with_the_page(shown: Callable[..., ModelsPage], qtbot: QtBot) -> None:
    page = shown()
    view = view_of(page, "classifier")
    press(view, "Measure here")
    assert "Being measured" in words(view)
    press(view, "Stop measuring")
    assert "Being measured" not in words(view)
    press(view, "Measure here")
    page.hide()
    assert page._trial.path is None


def test_a_listing_that_fails_is_said(shown: Callable[..., ModelsPage], look: Look, qtbot: QtBot) -> None:
    def fail(more: Sequence[str]) -> list[ModelEntry]:
        raise OSError("the disk is gone")

    page = ModelsPage("classifier", None, fail)
    qtbot.addWidget(page)
    with qtbot.waitExposed(page):
        page.show()
    qtbot.waitUntil(lambda: any("the disk is gone" in label.text() for label in page.findChildren(QLabel)))


def test_a_file_that_went_away_goes_from_the_list(
    shown: Callable[..., ModelsPage], qtbot: QtBot, tmp_path: Path
) -> None:
    folder = tmp_path / "crackinspector" / "models"
    folder.mkdir(parents=True)
    shutil.copy(MODELS / "int8.tflite", folder / "mine.tflite")
    page = shown()
    assert len(page.findChildren(CardView)) == 3
    (folder / "mine.tflite").unlink()
    page.refresh()
    qtbot.waitUntil(lambda: len(page.findChildren(CardView)) == 2)


def test_the_dialog_for_a_file_does_not_block(shown: Callable[..., ModelsPage], qtbot: QtBot) -> None:
    page = shown()
    button = next(button for button in page.findChildren(QToolButton) if button.text() == "Open file…")
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    dialog = page.findChild(QFileDialog)
    assert isinstance(dialog, QFileDialog)
    dialog.reject()
    qtbot.waitUntil(lambda: page.findChild(QFileDialog) is None)


def test_cards_follow_the_language(shown: Callable[..., ModelsPage], qapp: QApplication) -> None:
    page = shown()
    page.show_state(in_use())
    i18n.install(qapp, "ko")
    qapp.processEvents()
    text = words(view_of(page, "classifier"))
    i18n.install(qapp, "en")
    assert "사용 중" in text
    assert "균열 없음, 균열, 표면 아님" in text


def test_the_model_in_use_says_how_fast_it_is_and_one_that_failed_why(shown: Callable[..., ModelsPage]) -> None:
    page = shown()
    path = view_of(page, "classifier").entry.path
    ready = ModelState(ModelPhase.READY, "classifier", path=path, invoke_ms=12.34, runtime="LiteRT 2, 1 thread")
    page.show_state(ready)
    assert "Here: 12.3 ms for one tile (LiteRT 2, 1 thread)" in words(view_of(page, "classifier"))
    failed = ModelState(ModelPhase.FAILED, "classifier-light", sentence="The file went away. Copy it again.")
    page.show_state(failed)
    assert "The file went away. Copy it again." in words(view_of(page, "classifier-light"))


def test_a_refused_model_is_not_in_use_and_says_why(shown: Callable[..., ModelsPage], qtbot: QtBot) -> None:
    page = shown("classifier-light")
    page.show_state(in_use(asked="classifier-light", sentence="It is damaged; classifier stays in use."))
    refused, stays = view_of(page, "classifier-light"), view_of(page, "classifier")
    assert "It is damaged" in words(refused) and "In use" not in words(refused)
    assert "In use" in words(stays)
    assert can_be_used(refused) and not can_be_used(stays)


def test_a_model_that_failed_or_was_replaced_can_be_chosen_again(
    shown: Callable[..., ModelsPage], qtbot: QtBot
) -> None:
    page = shown()
    view = view_of(page, "classifier")
    page.show_state(in_use())
    assert not can_be_used(view)
    for state in (in_use(replaced=True), ModelState(ModelPhase.FAILED, "classifier", "Choose the model again.")):
        page.show_state(state)
        with qtbot.waitSignal(page.chosen) as chosen:
            press(view, "Use this model")
        assert chosen.args == ["classifier"]


def test_a_file_that_is_named_from_the_working_folder_is_known_in_use(
    shown: Callable[..., ModelsPage], qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copy(MODELS / "int8.tflite", tmp_path / "mine.tflite")
    monkeypatch.chdir(tmp_path)
    page = shown("./mine.tflite")
    page.show_state(in_use(asked="./mine.tflite", choice="./mine.tflite", path=Path("mine.tflite")))
    assert "In use" in words(view_of(page, "mine"))
