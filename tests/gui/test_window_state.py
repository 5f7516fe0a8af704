from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from crackinspector.core.settings import InterfaceSettings
from crackinspector.gui.window_state import RECENT_MODELS, WindowState, show_window
from crackinspector.pipeline.options import ReviewOptions


def test_a_window_comes_back_where_it_was(tmp_path: Path, qtbot: QtBot) -> None:
    window, again = QWidget(), QWidget()
    qtbot.addWidget(window)
    qtbot.addWidget(again)
    window.setGeometry(40, 50, 300, 200)
    WindowState(tmp_path / "window.ini").keep(window)
    state = WindowState(tmp_path / "window.ini")
    assert state.restore(again)
    assert again.size() == window.size()


@pytest.mark.parametrize("content", [None, b"\x00\xff[[[", b"[General]\ngeometry=@ByteArray(nonsense)\n"])
def test_a_missing_or_damaged_file_is_no_state(tmp_path: Path, qtbot: QtBot, content: bytes | None) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    if content is not None:
        (tmp_path / "window.ini").write_bytes(content)
    state = WindowState(tmp_path / "window.ini")
    assert not state.restore(window)
    assert state.recent_models == []


def test_a_place_that_cannot_be_kept_is_logged(tmp_path: Path, qtbot: QtBot, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / "file").touch()
    window = QWidget()
    qtbot.addWidget(window)
    WindowState(tmp_path / "file" / "window.ini").keep(window)
    assert "cannot be kept" in caplog.text


def test_recent_models_are_the_newest_without_doubles(tmp_path: Path) -> None:
    state = WindowState(tmp_path / "window.ini")
    state.add_recent_model("/models/0.tflite")
    assert WindowState(tmp_path / "window.ini").recent_models == ["/models/0.tflite"]
    for number in [*range(12), 3]:
        state.add_recent_model(f"/models/{number}.tflite")
    assert len(state.recent_models) == RECENT_MODELS
    assert state.recent_models[:3] == ["/models/3.tflite", "/models/11.tflite", "/models/10.tflite"]


def test_a_window_is_as_large_as_asked_for_else_as_it_was_else_as_usual(tmp_path: Path, qtbot: QtBot) -> None:
    usual, kept = QSize(500, 400), WindowState(tmp_path / "window.ini")
    sizes = []
    for options, state in (
        (ReviewOptions(), kept),
        (ReviewOptions(size=(420, 340)), kept),
        (ReviewOptions(), kept),
        (ReviewOptions(size=(380, 320)), kept),
        (ReviewOptions(), None),
    ):
        window = QWidget()
        qtbot.addWidget(window)
        show_window(window, options, InterfaceSettings(), state, usual)
        sizes.append((window.width(), window.height()))
        kept.keep(window)
    assert sizes == [(500, 400), (420, 340), (420, 340), (380, 320), (500, 400)]


@pytest.mark.parametrize(("option", "setting"), [(True, False), (False, True)])
def test_a_window_is_full_for_the_command_line_or_the_settings(qtbot: QtBot, option: bool, setting: bool) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    show_window(window, ReviewOptions(fullscreen=option), InterfaceSettings(full_screen=setting), None, QSize(500, 400))
    assert window.isFullScreen()
