from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QMainWindow, QPushButton, QToolButton
from pytestqt.qtbot import QtBot

from crackinspector.core.settings import SECTIONS, Settings
from crackinspector.gui import i18n
from crackinspector.gui.actions import Actions
from crackinspector.gui.help.page import HelpPage, Places
from crackinspector.gui.look import Look, Metrics, apply_look
from crackinspector.gui.models.card_view import CardView
from crackinspector.gui.models.page import ModelsPage
from crackinspector.gui.settings.page import SettingsPage
from crackinspector.gui.settings.store import SettingsStore
from crackinspector.gui.sources.page import SourcesPage
from crackinspector.gui.widgets import PageFrame
from crackinspector.sources.catalogue import SourceChoice
from crackinspector.sources.source import Control, SourceInfo, SourceState
from crackinspector.sources.steady_feed import SourceStatus

SIZES = {
    "landscape": (1280, 720, 293),
    "portrait": (720, 1280, 293),
    "small": (800, 480, 133),
    "desk": (1920, 1080, 92),
}
"""Width, height, pixels an inch."""


@pytest.fixture(params=["en", "ko"])
def language(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[str]:
    i18n.install(qapp, request.param)
    yield request.param
    i18n.install(qapp, "en")


@pytest.fixture(params=SIZES)
def window(request: pytest.FixtureRequest, look: Look, qapp: QApplication, qtbot: QtBot) -> QMainWindow:
    width, height, ppi = SIZES[request.param]
    metrics = Metrics.of(ppi / 25.4, 25.4 * math.hypot(width, height) / ppi, min(width, height))
    apply_look(qapp, Look("sunlight", metrics))
    window = QMainWindow()
    qtbot.addWidget(window)
    window.resize(width, height)
    return window


def check(window: QMainWindow, page: PageFrame, qapp: QApplication, touch: int) -> None:
    """Every button is on the page, as large as a finger, and as large as its words."""
    qapp.processEvents()
    qapp.processEvents()
    assert window.width() == page.width()
    slack = 4  # borders
    for button in page.findChildren(QAbstractButton):
        if not button.isVisible():
            continue
        name = button.text() or button.accessibleName()
        right = button.mapTo(page, button.rect().topRight()).x()
        assert 0 < right < page.width(), name
        assert button.height() >= touch - slack, name
        assert button.width() >= touch - slack, name
        if isinstance(button, QPushButton | QToolButton):
            lines = button.text().replace("&&", "&").split("\n")
            icon = 0 if button.icon().isNull() else button.iconSize().width()
            beside = not isinstance(button, QToolButton) or button.toolButtonStyle().name == "ToolButtonTextBesideIcon"
            needed = max(button.fontMetrics().horizontalAdvance(line) for line in lines) + (icon if beside else 0)
            assert button.width() >= needed, name
    for label in page.findChildren(QLabel):
        if label.isVisible() and label.wordWrap():
            assert label.height() >= label.heightForWidth(label.width()), label.text()
            assert label.mapTo(page, label.rect().topRight()).x() <= page.width(), label.text()


def show(window: QMainWindow, page: PageFrame, qtbot: QtBot) -> int:
    window.setCentralWidget(page)
    with qtbot.waitExposed(window):
        window.show()
    qtbot.waitUntil(lambda: page.width() == window.width())
    return touch_of(window)


def touch_of(window: QMainWindow) -> int:
    width, height, ppi = next(size for size in SIZES.values() if size[:2] == (window.width(), window.height()))
    return Metrics.of(ppi / 25.4, 25.4 * math.hypot(width, height) / ppi, min(width, height)).touch_px


def test_settings(window: QMainWindow, language: str, qapp: QApplication, qtbot: QtBot) -> None:
    page = SettingsPage(SettingsStore(Settings()))
    touch = show(window, page, qtbot)
    for section in SECTIONS:
        page.show_section(section)
        check(window, page, qapp, touch)


def test_models(
    window: QMainWindow,
    language: str,
    qapp: QApplication,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    page = ModelsPage("classifier")
    touch = show(window, page, qtbot)
    qtbot.waitUntil(lambda: len(page.findChildren(CardView)) == 2)
    page.findChildren(CardView)[0].set_problem("The model is damaged: the runtime crashed on it. Copy it again. " * 3)
    page.findChildren(CardView)[0]._more.click()
    check(window, page, qapp, touch)


def test_sources(window: QMainWindow, language: str, qapp: QApplication, qtbot: QtBot) -> None:
    choices = [SourceChoice("/dev/video2", "HD Pro Webcam C920", "camera"), SourceChoice("demo", "Demo wall", "demo")]
    page = SourcesPage(SettingsStore(Settings()), None, lambda stop: choices)
    controls = tuple(Control(name, 1, 100, 1, None) for name in ("exposure", "gain", "focus", "light"))
    info = SourceInfo("usb", "HD Pro Webcam C920 (/dev/video2)", 1280, 720, 30.0, True, controls)
    touch = show(window, page, qtbot)
    qtbot.waitUntil(lambda: not page._search.busy)
    sentence = "The camera /dev/video2 is used by another program; close that one. It is tried again in 8 seconds."
    page.show_status(SourceStatus(SourceState.OFFLINE, sentence, info, 0.0))
    check(window, page, qapp, touch)


def test_help(window: QMainWindow, language: str, qapp: QApplication, qtbot: QtBot) -> None:
    folder = Path("/home/somebody/Pictures/crackinspector")
    page = HelpPage(Actions(window), SettingsStore(Settings()), lambda: Places(folder, folder, folder, folder, folder))
    touch = show(window, page, qtbot)
    page.row("snapshot").show_message("“Crop” has this key already; change that one first.")
    check(window, page, qapp, touch)
