from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from crackinspector.core.errors import StorageError, UsageError
from crackinspector.core.settings import CameraSettings, Settings
from crackinspector.gui.settings.store import SettingsStore


class Disk:
    """Stands for the settings file."""

    def __init__(self) -> None:
        self.written: list[Settings] = []
        self.threads: set[int] = set()
        self.full = False

    def save(self, settings: Settings) -> None:
        self.threads.add(threading.get_ident())
        if self.full:
            raise StorageError("The settings cannot be kept: the disk is full. Free some space.")
        self.written.append(settings)


@pytest.fixture
def disk() -> Disk:
    return Disk()


@pytest.fixture
def store(disk: Disk, qapp: object) -> Iterator[SettingsStore]:
    store = SettingsStore(Settings(), disk.save)
    yield store
    store.flush()


def test_a_change_is_told_at_once_and_written_once_it_rests(store: SettingsStore, disk: Disk, qtbot: QtBot) -> None:
    told: list[tuple[Settings, str]] = []
    store.changed.connect(lambda settings, key: told.append((settings, key)))
    for percent in range(50, 60):
        store.set("view.opacity", percent / 100)
    assert [key for _, key in told] == ["view.opacity"] * 10
    assert told[-1][0] is store.current
    assert store.current.view.opacity == 0.59
    qtbot.waitUntil(lambda: bool(disk.written), timeout=3000)
    assert disk.written == [store.current]
    assert threading.get_ident() not in disk.threads
    assert store.flush()


def test_what_is_refused_changes_nothing(store: SettingsStore, disk: Disk) -> None:
    for key, value in (("view.opacity", 7.0), ("view.opacity", "much"), ("view.wings", 1), ("cameras", 1)):
        with pytest.raises(UsageError):
            store.set(key, value)
    assert store.current == Settings()
    assert store.flush()
    assert disk.written == []


def test_flush_writes_what_waits(store: SettingsStore, disk: Disk) -> None:
    store.set("interface.theme", "sunlight")
    assert store.flush()
    assert disk.written == [store.current]


def test_flush_is_bounded_when_the_disk_hangs(qapp: object) -> None:
    release = threading.Event()

    def hang(settings: Settings) -> None:
        release.wait()

    store = SettingsStore(Settings(), hang)
    store.set("view.legend", False)
    assert not store.flush(0.05)
    release.set()
    assert store.flush(5)


def test_a_full_disk_is_told_and_the_next_change_is_written(store: SettingsStore, disk: Disk, qtbot: QtBot) -> None:
    disk.full = True
    with qtbot.waitSignal(store.save_failed, timeout=3000) as failure:
        store.set("view.legend", False)
    assert failure.args == ["The settings cannot be kept: the disk is full. Free some space."]
    assert store.current.view.legend is False
    disk.full = False
    store.set("view.graph", False)
    assert store.flush()
    assert disk.written == [store.current]


def test_cameras_and_shortcuts_hold_only_what_differs(store: SettingsStore) -> None:
    told: list[str] = []
    store.changed.connect(lambda _, key: told.append(key))
    store.set_camera("usb-1", CameraSettings(rotation=90))
    store.set_shortcut("snapshot", "Ctrl+S")
    assert store.camera("usb-1").rotation == 90
    assert store.camera("other") == CameraSettings()
    assert store.current.shortcuts == {"snapshot": "Ctrl+S"}
    store.set_camera("usb-1", CameraSettings())
    store.set_shortcut("snapshot", None)
    assert store.current == Settings()
    assert told == ["cameras.usb-1", "shortcuts"] * 2


def test_reset_keeps_source_model_and_cameras(store: SettingsStore) -> None:
    changes: dict[str, object] = {"source.name": "demo", "detection.model": "classifier-light", "view.opacity": 0.1}
    for key, value in changes.items():
        store.set(key, value)
    store.set_camera("usb-1", CameraSettings(mirror=True))
    store.reset_page()
    assert store.current.source.name == "demo"
    assert store.current.detection.model == "classifier-light"
    assert store.current.view == Settings().view
    assert store.camera("usb-1").mirror


def test_nothing_is_left_running(store: SettingsStore) -> None:
    store.set("view.legend", False)
    assert store.flush()
    assert "settings" not in {thread.name for thread in threading.enumerate()}
