"""Whatever goes wrong below the window is told in the language of the window, wherever it is told."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from crackinspector.core.errors import SourceError
from crackinspector.core.settings import Settings
from crackinspector.gui import i18n
from crackinspector.gui.fields.row import FieldRow
from crackinspector.gui.fields.switch import Switch
from crackinspector.gui.look import Look
from crackinspector.gui.models.card_view import CardView
from crackinspector.gui.models.catalogue import read_entry
from crackinspector.gui.settings.store import SettingsStore
from crackinspector.gui.sources.page import SourcesPage
from crackinspector.sources.source import SourceInfo, SourceState
from crackinspector.sources.steady_feed import SourceStatus
from tests.gui.running import Script, one_source, running, settings_for

UNPLUGGED = "USB Camera was unplugged; plug it in again"
KOREAN = "USB Camera: 연결이 빠졌습니다. 다시 꽂으십시오."


@pytest.fixture
def korean(qapp: QApplication, look: Look) -> Iterator[QApplication]:
    i18n.install(qapp, "ko")
    yield qapp
    i18n.install(qapp, "en")


def words(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel))


def test_over_the_picture(qtbot: QtBot, tmp_path: Path, qapp: QApplication) -> None:
    camera = Script()
    settings = settings_for(tmp_path, interface__language="ko")
    try:
        with running(qtbot, settings, one_source(camera)) as live:
            live.wait_streaming()
            camera.error = SourceError(UNPLUGGED)
            live.wait_said(KOREAN)
            live.application.say("cannot write /a: No space left on device; free some space or choose another place")
            live.wait_said("/a: 쓸 수 없습니다(저장 공간이 없습니다). 공간을 비우거나 다른 위치를 고르십시오.")
    finally:
        i18n.install(qapp, "en")


def test_on_the_source_page_and_in_a_language_that_is_chosen_later(korean: QApplication, qtbot: QtBot) -> None:
    page = SourcesPage(SettingsStore(Settings()), None, lambda stop: [])
    qtbot.addWidget(page)
    info = SourceInfo("csi:0", "CSI camera imx708", 640, 480, 30.0, True, ())
    page.show_status(SourceStatus(SourceState.FAILED, UNPLUGGED, info, 0.0))
    assert words(page).count(KOREAN) == 2
    assert "CSI 카메라 imx708" in words(page)
    i18n.install(korean, "en")
    qtbot.waitUntil(lambda: words(page).count(UNPLUGGED) == 2)


def test_on_the_card_of_a_model(korean: QApplication, qtbot: QtBot, tmp_path: Path) -> None:
    view = CardView(read_entry(tmp_path / "gone.tflite"))
    qtbot.addWidget(view)
    assert "모델을 읽을 수 없습니다(그런 파일이나 폴더가 없습니다)." in words(view)


def test_beside_a_setting(korean: QApplication, qtbot: QtBot) -> None:
    row = FieldRow(Switch())
    qtbot.addWidget(row)
    row.show_message("the setting view.opacity takes 0 to 1, got 7")
    assert row.message == "설정 view.opacity: 0부터 1까지 쓸 수 있습니다. 받은 값: 7"
