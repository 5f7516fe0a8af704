"""Every page of a library on small screens, in both languages: no word is cut off."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QPushButton, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from crackinspector.gui.desk import Desk
from crackinspector.library import verdicts
from crackinspector.library.events import Verdict
from crackinspector.library.store import Library
from crackinspector.pipeline.options import ReviewOptions
from tests.gui.running import PATIENCE_MS
from tests.gui.test_desk import desk, gallery, review
from tests.library.makers import fill

SIZES = {"landscape": (1280, 720, 293), "portrait": (720, 1280, 293), "small": (800, 480, 133)}
"""Width, height, pixels an inch."""


@pytest.fixture
def library(tmp_path: Path) -> Path:
    with Library(tmp_path / "library", create=True) as made:
        kept = fill(made, range(6))
        for each, verdict in zip(kept, (Verdict.CONFIRMED, Verdict.REJECTED, Verdict.UNSURE), strict=False):
            verdicts.decide(made, [each.sidecar.id], verdict, "ann")
    return tmp_path / "library"


@pytest.mark.parametrize("language", ["en", "ko"])
@pytest.mark.parametrize("size", SIZES)
def test_no_word_is_cut_off(size: str, language: str, library: Path, qapp: QApplication, qtbot: QtBot) -> None:
    width, height, ppi = SIZES[size]
    with desk(qtbot, library, ReviewOptions(size=(width, height)), language=language, ppi=ppi) as made:
        page = gallery(made)
        qtbot.waitUntil(lambda: len(page.model.numbers) == 6, timeout=PATIENCE_MS)
        numbers = page.model.numbers.tolist()
        assert (made.window.width(), made.window.height()) == (width, height)
        pages = made.shelf.pages
        steps: dict[str, Callable[[], object]] = {
            "gallery": made.window.show,
            "import": made.shelf.show_import,
            "agreement": pages.show_agreement,
            "report": lambda: pages.show_report(""),
            "compare": lambda: pages.show_comparison(numbers[:2]),
            "review": lambda: pages.show_review(numbers, 0),
        }
        for name, step in steps.items():
            step()
            assert made.window.page == name
            qtbot.wait(200)  # what is read for the page arrives
            check(made, qapp)
        shown = review(made)
        qtbot.waitUntil(shown.panel.details.isEnabled, timeout=PATIENCE_MS)
        for tab in range(3):
            shown.panel.sections._turn(tab)
            check(made, qapp)


def check(made: Desk, qapp: QApplication) -> None:
    """Buttons are as wide as their words, and words that wrap are shown to their last line."""
    qapp.processEvents()
    qapp.processEvents()
    parts = [part for part in made.window.findChildren(QWidget) if part.isVisible()]
    buttons = [part for part in parts if isinstance(part, QAbstractButton)]
    assert buttons
    for button in buttons:
        if isinstance(button, QPushButton | QToolButton) and button.text():
            beside = not isinstance(button, QToolButton) or button.toolButtonStyle().name == "ToolButtonTextBesideIcon"
            icon = 0 if button.icon().isNull() or not beside else button.iconSize().width()
            lines = button.text().replace("&&", "&").split("\n")
            needed = icon + max(button.fontMetrics().horizontalAdvance(line) for line in lines)
            assert button.width() >= needed, (made.window.page, button.text())
        elif not isinstance(button, QPushButton | QToolButton):
            least = button.minimumSizeHint()
            named = made.window.page, button.text() or button.accessibleName()
            assert button.width() >= least.width() and button.height() >= least.height(), named
    for label in parts:
        if isinstance(label, QLabel) and label.wordWrap() and label.text():
            assert label.height() >= label.heightForWidth(label.width()), (made.window.page, label.text())
