from __future__ import annotations

import threading
from collections.abc import Sequence
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QFileDialog, QLabel, QLineEdit, QPushButton, QToolButton
from pytestqt.qtbot import QtBot

from crackinspector.core.settings import CameraSettings, Settings, SourceSettings
from crackinspector.gui import i18n
from crackinspector.gui.fields.switch import Switch
from crackinspector.gui.look import Look
from crackinspector.gui.settings.store import SettingsStore
from crackinspector.gui.sources.control_row import ControlRow
from crackinspector.gui.sources.page import SourcesPage
from crackinspector.gui.widgets import TouchSlider
from crackinspector.sources.catalogue import SourceChoice
from crackinspector.sources.source import Control, SourceInfo, SourceState
from crackinspector.sources.steady_feed import SourceStatus

WEBCAM = SourceChoice("/dev/video2", "HD Webcam", "camera")
DEMO = SourceChoice("demo", "Demo wall", "demo")
CONTROLS = (Control("exposure", 1, 1000, 1, None), Control("gain", 0, 200, 2, 50.0), Control("light", 0, 0, 0, None))
INFO = SourceInfo("usb-webcam", "HD Webcam (/dev/video2)", 1280, 720, 30.0, True, CONTROLS)
STREAMING = SourceStatus(SourceState.STREAMING, "", INFO, 0.0)


class There:
    """Stands for the cameras that are plugged in."""

    def __init__(self) -> None:
        self.choices: Sequence[SourceChoice] = (WEBCAM, DEMO)

    def find(self, stop: threading.Event) -> Sequence[SourceChoice]:
        return self.choices


@pytest.fixture
def there() -> There:
    return There()


@pytest.fixture
def store(look: Look) -> SettingsStore:
    return SettingsStore(Settings())


@pytest.fixture
def page(store: SettingsStore, there: There, qtbot: QtBot) -> SourcesPage:
    page = SourcesPage(store, None, there.find)
    qtbot.addWidget(page)
    page.resize(1280, 720)
    with qtbot.waitActive(page):
        page.show()
        page.activateWindow()
    qtbot.waitUntil(lambda: "HD Webcam (/dev/video2)" in texts(page))
    return page


def texts(page: SourcesPage) -> list[str]:
    return [button.text() for button in page.findChildren(QPushButton) if button.isCheckable()]


def button(page: SourcesPage, text: str) -> QAbstractButton:
    return next(button for button in page.findChildren(QAbstractButton) if button.text() == text)


def said(page: SourcesPage) -> str:
    return "\n".join(label.text() for label in page.findChildren(QLabel) if label.isVisibleTo(page))


def test_what_is_there_is_offered_and_what_is_in_use_is_marked(page: SourcesPage) -> None:
    assert texts(page) == ["Automatic: the first camera, else the demo wall", "HD Webcam (/dev/video2)", "Demo wall"]
    assert button(page, texts(page)[0]).isChecked()


def test_a_touch_takes_another_source(page: SourcesPage, store: SettingsStore) -> None:
    QTest.mouseClick(button(page, "HD Webcam (/dev/video2)"), Qt.MouseButton.LeftButton)
    assert store.current.source.name == "/dev/video2"
    assert button(page, "HD Webcam (/dev/video2)").isChecked()
    QTest.keyClick(button(page, "Demo wall"), Qt.Key.Key_Space)
    assert store.current.source.name == "demo"


def test_a_camera_that_was_plugged_in_is_found_again(page: SourcesPage, there: There, qtbot: QtBot) -> None:
    there.choices = (SourceChoice("/dev/video4", "Other", "camera"), DEMO)
    QTest.mouseClick(button(page, "Look again"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "Other (/dev/video4)" in texts(page))
    assert "HD Webcam (/dev/video2)" not in texts(page)


def test_a_file_in_use_is_offered_too(page: SourcesPage, store: SettingsStore) -> None:
    store.set("source.name", "/data/walls & floors")
    assert texts(page)[-1] == "/data/walls && floors"
    assert button(page, "/data/walls && floors").isChecked()


@pytest.mark.parametrize("name", ["wall cam", "~nosuchuser", "ftp://10.0.0.2/live"])
def test_nonsense_is_refused(page: SourcesPage, store: SettingsStore, qtbot: QtBot, name: str) -> None:
    line = page.findChild(QLineEdit)
    assert line is not None
    line.setText(name)
    QTest.mouseClick(button(page, "Open"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "An address starts with" in said(page))
    assert store.current.source.name == "auto"
    assert line.text() == name


def test_a_path_that_leads_nowhere_is_told(page: SourcesPage, store: SettingsStore, qtbot: QtBot) -> None:
    line = page.findChild(QLineEdit)
    assert line is not None
    line.setText("/no/such/wall.mp4")
    QTest.mouseClick(button(page, "Open"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "there is no source /no/such/wall.mp4" in said(page))
    assert store.current.source.name == "auto"


def test_an_address_is_taken_and_its_password_is_nowhere_on_the_page(
    page: SourcesPage, store: SettingsStore, qtbot: QtBot
) -> None:
    line = page.findChild(QLineEdit)
    assert line is not None
    QTest.keyClicks(line, "rtsp://anna:secret@10.0.0.2/live")
    QTest.keyClick(line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: store.current.source.name == "rtsp://anna:secret@10.0.0.2/live")
    assert texts(page)[-1] == "rtsp://10.0.0.2/live"
    assert button(page, "rtsp://10.0.0.2/live").isChecked()
    shown = [text for button in page.findChildren(QAbstractButton) for text in (button.text(), button.toolTip())]
    assert "secret" not in "".join([*shown, said(page), line.text()])


def test_a_file_is_not_looked_for_in_the_gui_thread(
    page: SourcesPage, store: SettingsStore, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    threads = []

    def note(name: str, settings: SourceSettings) -> None:
        threads.append(threading.current_thread())

    monkeypatch.setattr("crackinspector.gui.sources.page.open_source", note)
    line = page.findChild(QLineEdit)
    assert line is not None
    line.setText("/slow/stick/wall.mp4")
    QTest.mouseClick(button(page, "Open"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: store.current.source.name == "/slow/stick/wall.mp4")
    assert threads and threads[0] is not threading.main_thread()


@pytest.mark.parametrize("word", ["Picture or video…", "Folder…"])
def test_files_and_folders_are_chosen_in_a_dialog(
    page: SourcesPage, store: SettingsStore, qtbot: QtBot, tmp_path: Path, word: str
) -> None:
    QTest.mouseClick(button(page, word), Qt.MouseButton.LeftButton)
    dialog = page.findChild(QFileDialog)
    assert isinstance(dialog, QFileDialog)
    dialog.fileSelected.emit(str(tmp_path))
    assert store.current.source.name == str(tmp_path)
    dialog.reject()
    qtbot.waitUntil(lambda: page.findChild(QFileDialog) is None)


def test_the_open_source_says_how_it_does(page: SourcesPage) -> None:
    assert "No source is open yet" in said(page)
    page.show_status(STREAMING)
    assert "HD Webcam (/dev/video2)" in said(page)
    assert "Live · 1280 × 720 · 30 pictures a second" in said(page)
    page.show_status(SourceStatus(SourceState.OFFLINE, "It was unplugged.", INFO, 0.0, 1.0))
    assert "Offline" in said(page)
    assert "It was unplugged." in said(page)


def test_a_file_is_not_called_live(page: SourcesPage) -> None:
    info = SourceInfo("file:/walls", "walls", 0, 0, 1.0, False)
    page.show_status(SourceStatus(SourceState.STREAMING, "", info, 0.0))
    assert "File · 1 pictures a second" in said(page)
    assert "Live" not in said(page)


def test_rotation_and_mirror_belong_to_the_open_source(page: SourcesPage, store: SettingsStore) -> None:
    rotate = next(button for button in page.card.findChildren(QToolButton) if button.text() == "90°")
    assert not rotate.isEnabled()
    page.show_status(STREAMING)
    QTest.mouseClick(rotate, Qt.MouseButton.LeftButton)
    mirror = page.card.findChildren(Switch)[0].findChildren(QAbstractButton)[0]
    QTest.mouseClick(mirror, Qt.MouseButton.LeftButton)
    assert store.current.cameras == {"usb-webcam": CameraSettings(rotation=90, mirror=True)}


def test_only_controls_that_can_be_set_are_shown(page: SourcesPage) -> None:
    page.show_status(STREAMING)
    assert [row.control.name for row in page.card.findChildren(ControlRow)] == ["exposure", "gain"]


def test_a_control_leaves_automatic_and_returns_to_it(page: SourcesPage, store: SettingsStore) -> None:
    page.show_status(STREAMING)
    gain = page.card.findChildren(ControlRow)[1]
    slider = gain.findChildren(TouchSlider)[0]
    automatic = gain.findChildren(Switch)[0].findChildren(QAbstractButton)[0]
    assert automatic.isChecked()
    assert not slider.isEnabled()
    QTest.mouseClick(automatic, Qt.MouseButton.LeftButton)
    assert store.camera("usb-webcam").controls == {"gain": 50.0}
    slider.changed.emit(0.503)
    assert store.camera("usb-webcam").controls == {"gain": 100.0}
    QTest.mouseClick(automatic, Qt.MouseButton.LeftButton)
    assert store.camera("usb-webcam").controls == {}


def test_a_range_over_many_sizes_is_divided_by_factor(look: Look, qtbot: QtBot) -> None:
    row = ControlRow(CONTROLS[0])
    qtbot.addWidget(row)
    told: list[object] = []
    row.edited.connect(lambda name, value: told.append(value))
    slider = row.findChildren(TouchSlider)[0]
    for share in (0.0, 1 / 3, 2 / 3, 1.0):
        slider.changed.emit(share)
    assert told == [1, 10, 100, 1000]
    row.show_value(100.0)
    assert slider.value == pytest.approx(2 / 3, abs=0.01)


def test_a_search_ends_with_the_page(look: Look, qtbot: QtBot) -> None:
    stopped: list[bool] = []

    def hang(stop: threading.Event) -> Sequence[SourceChoice]:
        stopped.append(stop.wait(10))
        return []

    page = SourcesPage(SettingsStore(Settings()), None, hang)
    qtbot.addWidget(page)
    page.show()
    page.hide()
    qtbot.waitUntil(lambda: stopped == [True])
    assert page._search.wait(5)


def test_a_search_that_fails_is_said(look: Look, qtbot: QtBot) -> None:
    def fail(stop: threading.Event) -> Sequence[SourceChoice]:
        raise OSError("no permission")

    page = SourcesPage(SettingsStore(Settings()), None, fail)
    qtbot.addWidget(page)
    page.show()
    qtbot.waitUntil(lambda: "no permission" in said(page))
    assert button(page, "Look again").isEnabled()


def test_the_page_follows_the_language(page: SourcesPage, qapp: QApplication) -> None:
    page.show_status(STREAMING)
    i18n.install(qapp, "ko")
    qapp.processEvents()
    text, names = said(page), texts(page)
    i18n.install(qapp, "en")
    assert "실시간 · 1280 × 720 · 초당 30장" in text
    assert "시연용 벽" in names


def test_the_wheel_over_a_control_leaves_the_camera_alone(look: Look, qtbot: QtBot) -> None:
    row = ControlRow(CONTROLS[1])
    qtbot.addWidget(row)
    told: list[object] = []
    row.edited.connect(lambda name, value: told.append(value))
    row.show_value(50.0)
    bar = row.findChildren(TouchSlider)[0].focusProxy()
    assert bar is not None
    point, none = QPointF(5, 5), Qt.MouseButton.NoButton
    modifier, phase = Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase
    QApplication.sendEvent(bar, QWheelEvent(point, point, QPoint(), QPoint(0, 120), none, modifier, phase, False))
    assert told == []
