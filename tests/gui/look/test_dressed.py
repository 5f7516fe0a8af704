"""What a widget is told when the language or the look changes, and when."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from crackinspector.gui.look import Dressed


class _Frame(QWidget):
    """One that has something to do itself, as the frame of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.done: list[str] = []

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        self.done.append("frame")
        super().changeEvent(event)


class _Page(Dressed, _Frame):
    def _retranslate(self) -> None:
        self.done.append("words")

    def _restyle(self) -> None:
        self.done.append("sizes")


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        (QEvent.Type.LanguageChange, ["frame", "words"]),
        (QEvent.Type.StyleChange, ["frame", "sizes"]),
        (QEvent.Type.EnabledChange, ["frame"]),
    ],
)
def test_the_base_goes_first_and_then_what_the_event_is_of(
    qtbot: QtBot, kind: QEvent.Type, expected: list[str]
) -> None:
    page = _Page()
    qtbot.addWidget(page)
    page.done.clear()
    QCoreApplication.sendEvent(page, QEvent(kind))
    assert page.done == expected


def test_a_style_sheet_restyles(qtbot: QtBot) -> None:
    page = _Page()
    qtbot.addWidget(page)
    page.ensurePolished()
    page.done.clear()
    page.setStyleSheet("QWidget { padding: 1px; }")
    assert page.done == ["frame", "sizes"]
