from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from crackinspector.core.settings import RULES, SECTIONS, Settings
from crackinspector.gui import i18n
from crackinspector.gui.fields.choices import Choices
from crackinspector.gui.fields.stepper import Stepper
from crackinspector.gui.fields.switch import Switch
from crackinspector.gui.look import Look
from crackinspector.gui.settings.page import SettingsPage
from crackinspector.gui.settings.store import SettingsStore


@pytest.fixture
def store(look: Look) -> SettingsStore:
    return SettingsStore(Settings())


@pytest.fixture
def page(store: SettingsStore, qtbot: QtBot) -> Iterator[SettingsPage]:
    page = SettingsPage(store)
    qtbot.addWidget(page)
    page.resize(1280, 720)
    page.show()
    qtbot.waitExposed(page)
    yield page


def test_every_setting_that_has_no_other_place_has_a_row_with_its_words(page: SettingsPage) -> None:
    for key, rule in RULES.items():
        if rule.shown:
            assert rule.title in [label.text() for label in page.row(key).findChildren(QLabel)]
        else:
            with pytest.raises(KeyError):
                page.row(key)


def test_one_section_is_shown_at_a_time(page: SettingsPage) -> None:
    for section in SECTIONS:
        page.show_section(section)
        shown = {key.partition(".")[0] for key, rule in RULES.items() if rule.shown and page.row(key).isVisible()}
        assert shown == {section}


def test_a_change_on_the_page_is_a_change_of_the_setting(
    qtbot: QtBot, page: SettingsPage, store: SettingsStore
) -> None:
    for key in (key for key, rule in RULES.items() if rule.shown):
        page.show_section(key.partition(".")[0])
        field = page.row(key).field
        before = store.current.get(key)
        if isinstance(field, Switch):
            QTest.mouseClick(field.findChildren(QAbstractButton)[0], Qt.MouseButton.LeftButton)
            assert store.current.get(key) is not before
        elif isinstance(field, Stepper):
            button = next(button for button in reversed(field.findChildren(QToolButton)) if button.isEnabled())
            QTest.mouseClick(button, Qt.MouseButton.LeftButton)
            assert abs(store.current.get(key) - before) == pytest.approx(RULES[key].step)
        elif isinstance(field, Choices):
            QTest.mouseClick(field.findChildren(QToolButton)[-1], Qt.MouseButton.LeftButton)
            assert store.current.get(key) == list(RULES[key].choices)[-1]
        else:
            line = field.findChild(QLineEdit)
            assert line is not None
            QTest.keyClicks(line, "/tmp")
            QTest.keyClick(line, Qt.Key.Key_Return)
            # the folder is looked at in a thread of its own
            qtbot.waitUntil(lambda key=key: store.current.get(key) == "/tmp", timeout=10_000)  # type: ignore[misc]


def test_the_page_follows_the_store(page: SettingsPage, store: SettingsStore) -> None:
    store.set("interface.theme", "sunlight")
    field = page.row("interface.theme").field
    assert isinstance(field, Choices)
    assert field.value == "sunlight"


def reset_button(row: QWidget) -> QToolButton:
    return next(button for button in row.findChildren(QToolButton) if "default" in button.accessibleName())


def test_a_setting_goes_back_to_its_default(page: SettingsPage, store: SettingsStore) -> None:
    page.show_section("view")
    button = reset_button(page.row("view.opacity"))
    assert not button.isVisible()
    store.set("view.opacity", 0.2)
    assert button.isVisible()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert store.current == Settings()
    assert not button.isVisible()


def test_all_go_back_at_once(page: SettingsPage, store: SettingsStore) -> None:
    store.set("view.opacity", 0.2)
    store.set("source.name", "demo")
    button = next(button for button in page.findChildren(QToolButton) if button.text() == "All to defaults")
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert store.current.view == Settings().view
    assert store.current.source.name == "demo"


def test_what_is_refused_stands_below_its_setting(page: SettingsPage, store: SettingsStore) -> None:
    page.show_section("alarm")
    row = page.row("alarm.hold")
    line = row.findChild(QLineEdit)
    assert line is not None
    line.setFocus()
    line.selectAll()
    QTest.keyClicks(line, "99")
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert store.current.alarm.hold == 1.0
    assert row.message == "Takes a number from 0 s to 30 s."
    line.selectAll()
    QTest.keyClicks(line, "5")
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert store.current.alarm.hold == 5.0
    assert row.message == ""


def test_the_page_is_worked_by_tab_and_keys_alone(page: SettingsPage, store: SettingsStore) -> None:
    page.show_section("view")
    page.activateWindow()
    reached: set[str] = set()
    page.setFocus()
    for _ in range(60):
        QTest.keyClick(QApplication.focusWidget() or page, Qt.Key.Key_Tab)
        focused = QApplication.focusWidget()
        reached |= {key for key in RULES if RULES[key].shown and focused and page.row(key).isAncestorOf(focused)}
    assert reached == {key for key in RULES if key.startswith("view.")}


def test_the_page_follows_the_language_while_it_is_shown(page: SettingsPage, qapp: QApplication) -> None:
    i18n.install(qapp, "ko")
    qapp.processEvents()
    words = [label.text() for label in page.row("view.opacity").findChildren(QLabel)]
    i18n.install(qapp, "en")
    assert "불투명도" in words
