from __future__ import annotations

import math

import pytest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from crackinspector.gui.look import Look, Metrics, apply_look
from crackinspector.gui.review.page import ReviewPage
from tests.gui.review.conftest import Shelf

SIZES = {
    "landscape": (1280, 720, 293),
    "portrait": (720, 1280, 293),
    "small": (800, 480, 133),
    "desk": (1600, 1000, 96),
}
"""Width, height, pixels an inch."""


@pytest.fixture(params=SIZES)
def page(request: pytest.FixtureRequest, shelf: Shelf, qapp: QApplication, qtbot: QtBot) -> ReviewPage:
    width, height, ppi = SIZES[request.param]
    metrics = Metrics.of(ppi / 25.4, 25.4 * math.hypot(width, height) / ppi, min(width, height))
    apply_look(qapp, Look("sunlight", metrics))
    page = ReviewPage(shelf.access)
    qtbot.addWidget(page)
    page.resize(width, height)
    page.show()
    qtbot.waitExposed(page)
    page.review(shelf.numbers, 0)
    qtbot.waitUntil(lambda: page.picture.loaded is not None)
    qtbot.waitUntil(page.panel.details.isEnabled)
    # Smaller than it would like to be, it would not let itself be made.
    assert (page.width(), page.height()) == (width, height)
    return page


def place(part: QWidget, page: ReviewPage) -> tuple[int, int]:
    """Left and right edge on the page."""
    return part.mapTo(page, part.rect().topLeft()).x(), part.mapTo(page, part.rect().topRight()).x()


def test_every_button_is_on_the_page_as_large_as_a_finger_and_as_its_words(
    page: ReviewPage, qapp: QApplication, qtbot: QtBot
) -> None:
    touch = page.over.next.sizeHint().width()
    for tab in range(3):
        page.panel.sections._turn(tab)
        qapp.processEvents()
        qapp.processEvents()
        buttons = [each for each in page.findChildren(QAbstractButton) if each.isVisible()]
        assert len(buttons) > 10
        for button in buttons:
            name = button.text() or button.accessibleName()
            left, right = place(button, page)
            assert 0 <= left < right < page.width(), name
            if button.parent() is not page.over.zoom:
                assert button.height() >= touch - 4 and button.width() >= touch - 4, name
            if isinstance(button, QToolButton):
                icon = 0 if button.icon().isNull() else button.iconSize().width()
                assert button.width() >= button.fontMetrics().horizontalAdvance(button.text()) + icon, name
        for label in page.findChildren(QLabel):
            if label.isVisible() and label.wordWrap() and label.text():
                qtbot.waitUntil(lambda label=label: label.height() >= label.heightForWidth(label.width()))  # type: ignore[misc]
                assert place(label, page)[1] <= page.width(), label.text()


def test_the_picture_has_at_least_half_of_the_page(page: ReviewPage) -> None:
    assert page.picture.width() * page.picture.height() >= 0.45 * page.width() * page.height()


def test_what_lies_over_the_picture_does_not_lie_over_each_other(page: ReviewPage) -> None:
    page.over.words.say("Kept: a picture with quite a long name.jpg, Confirmed: there is a crack", "check")
    QApplication.processEvents()
    over = [
        page.over.back,
        page.over.position,
        page.over.zoom,
        page.over.previous,
        page.over.next,
        page.over.words,
        page.over.skip,
    ]
    for index, one in enumerate(over):
        for other in over[index + 1 :]:
            assert not one.geometry().intersects(other.geometry()), (one, other)
        assert page.picture.rect().contains(one.geometry())


def test_drawing_has_room_at_once(page: ReviewPage, qapp: QApplication) -> None:
    size = page.size()
    page._use_tool("correct")
    first = page.picture.height()
    qapp.processEvents()
    assert page.size() == size
    assert page.picture.height() == first >= 0.4 * page.height()
    page.editing.end()
    qapp.processEvents()
    assert page.size() == size and page.panel.isVisible()
