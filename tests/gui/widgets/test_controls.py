from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt, QTranslator
from PySide6.QtGui import QAction, QColor, QInputDevice, QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QPushButton, QScrollArea, QScroller, QWidget
from pytestqt.qtbot import QtBot

from crackinspector.core.labels import Label
from crackinspector.core.text import percent
from crackinspector.gui.look import Look, Metrics, apply_look, icon
from crackinspector.gui.widgets import (
    ActionButton,
    Banner,
    FrameView,
    Legend,
    PageFrame,
    RateGraph,
    StateChip,
    Toast,
    TouchSlider,
    VerdictPanel,
    ZoomChip,
)
from tests.gui.widgets.conftest import Clock, pixels

LEFT = Qt.MouseButton.LeftButton


def show(qtbot: QtBot, widget: QWidget, width: int = 0, height: int = 0) -> None:
    qtbot.addWidget(widget)
    hint = widget.sizeHint()
    widget.resize(width or hint.width(), height or hint.height())
    widget.show()
    qtbot.waitExposed(widget)


def share_of(widget: QWidget, colour: str) -> float:
    """How much of a widget has a colour."""
    wanted = QColor(colour)
    close = np.abs(pixels(widget).astype(int) - (wanted.blue(), wanted.green(), wanted.red())).max(axis=2) <= 3
    return float(close.mean())


class TestVerdictPanel:
    @pytest.mark.parametrize(
        ("label", "score", "words"),
        [
            (Label.POSITIVE, 0.973, "CRACK 97\N{NARROW NO-BREAK SPACE}%"),
            (Label.NEGATIVE, 0.041, "NO CRACK 4\N{NARROW NO-BREAK SPACE}%"),
            (Label.UNKNOWN, 0.12, "NOT A SURFACE 12\N{NARROW NO-BREAK SPACE}%"),
            (None, None, "Looking…"),
        ],
    )
    def test_each_verdict_has_a_name_and_a_face_of_its_own(
        self, qtbot: QtBot, look: Look, label: Label | None, score: float | None, words: str
    ) -> None:
        panel = VerdictPanel()
        show(qtbot, panel, 300)
        panel.show_verdict(Label.POSITIVE if label is not Label.POSITIVE else None, None, "")
        other = pixels(panel)
        panel.show_verdict(label, score, "steadied over 0.4 s")
        assert panel.accessibleName() == words
        assert panel.accessibleDescription() == "steadied over 0.4 s"
        assert (pixels(panel) != other).any()

    def test_without_a_picture_nothing_is_looked_for(self, qtbot: QtBot, look: Look) -> None:
        panel = VerdictPanel()
        show(qtbot, panel, 300)
        looking = pixels(panel)
        panel.show_no_verdict("No picture")
        assert panel.accessibleName() == "No picture"
        assert (pixels(panel) != looking).any()
        panel.show_verdict(None, None, "")
        assert panel.accessibleName() == "Looking…"

    def test_only_a_crack_is_red(self, qtbot: QtBot, look: Look) -> None:
        panel = VerdictPanel()
        show(qtbot, panel, 300)
        for label in (None, *Label):
            panel.show_verdict(label, 0.5, "")
            assert (share_of(panel, look.colours.alarm) > 0.5) == (label is Label.POSITIVE)

    @pytest.mark.parametrize("width", [150, 300, 720])
    def test_nothing_reaches_over_the_margin(self, qtbot: QtBot, look: Look, width: int) -> None:
        panel = VerdictPanel()
        show(qtbot, panel, width)
        for label in (None, *Label):
            panel.show_verdict(label, 1.0, "a rather long line of small print about this\nand another line of it")
            seen = pixels(panel)
            for edge in (seen[20:-20, 2:8], seen[20:-20, -8:-2]):
                assert (edge == edge[0, 0]).all()

    def test_not_quite_is_never_shown_as_all_or_nothing(self) -> None:
        shown = [percent(value).split("\N{NARROW NO-BREAK SPACE}")[0] for value in (0, 0.001, 0.5, 0.999, 1)]
        assert shown == ["0", "1", "50", "99", "100"]


class TestTouchSlider:
    def test_the_whole_of_it_is_the_handle(self, qtbot: QtBot, look: Look) -> None:
        slider = TouchSlider("Opacity")
        show(qtbot, slider, 300)
        told: list[float] = []
        slider.changed.connect(told.append)
        bar = slider.focusProxy()
        assert bar is not None
        QTest.mousePress(bar, LEFT, pos=QPoint(150, 5))
        assert slider.value == pytest.approx(0.5, abs=0.01)
        QTest.mouseMove(bar, QPoint(299, slider.height() - 2))
        assert slider.value == 1
        QTest.mouseRelease(bar, LEFT, pos=QPoint(299, 5))
        QTest.mouseMove(bar, QPoint(10, 5))
        assert slider.value == 1
        assert told[-1] == 1

    def test_it_keeps_to_its_range_and_steps(self, qtbot: QtBot, look: Look) -> None:
        slider = TouchSlider("Threshold", least=0.05, most=0.95, step=0.05)
        show(qtbot, slider, 300)
        bar = slider.focusProxy()
        assert bar is not None
        for x in range(0, 300, 7):
            QTest.mouseClick(bar, LEFT, pos=QPoint(x, 20))
            assert 0.05 <= slider.value <= 0.95
            assert slider.value * 20 == pytest.approx(round(slider.value * 20))
        slider.set_value(0.5)
        QTest.keyClick(bar, Qt.Key.Key_Right)
        assert slider.value == pytest.approx(0.55)
        QTest.keyClick(bar, Qt.Key.Key_Home)
        assert slider.value == pytest.approx(0.05)

    def test_setting_it_is_silent_and_seen(self, qtbot: QtBot, look: Look) -> None:
        slider = TouchSlider("Opacity")
        show(qtbot, slider, 300)
        before = pixels(slider)
        with qtbot.assertNotEmitted(slider.changed):
            slider.set_value(0.7)
        assert slider.value == pytest.approx(0.7)
        assert (pixels(slider) != before).any()

    def test_it_is_as_high_as_a_finger_and_has_a_name(self, qtbot: QtBot, look: Look) -> None:
        slider = TouchSlider("Opacity")
        show(qtbot, slider)
        assert slider.height() >= look.metrics.touch_px
        proxy = slider.focusProxy()
        assert proxy is not None
        assert proxy.accessibleName() == "Opacity"


class TestActionButton:
    def test_it_is_its_action(self, qtbot: QtBot, look: Look) -> None:
        action = QAction(icon("heatmap", look), "&Heat map")
        action.setCheckable(True)
        button = ActionButton(action, "F1")
        show(qtbot, button)
        off = pixels(button)
        QTest.mouseClick(button, LEFT)
        assert action.isChecked()
        assert button.accessibleName() == "Heat map"
        assert button.accessibleDescription() == "F1"
        assert min(button.width(), button.height()) >= look.metrics.touch_px
        on = pixels(button)
        action.setText("Anders")
        assert button.accessibleName() == "Anders"
        lamp = slice(button.height() - 14, button.height() - 3), slice(button.width() // 3, 2 * button.width() // 3)
        assert (on[lamp] != off[lamp]).any()
        action.setEnabled(False)
        assert not button.isEnabled()


class TestChips:
    def test_every_state_has_a_shape_of_its_own(self, qtbot: QtBot, look: Look) -> None:
        chip = StateChip()
        show(qtbot, chip, 200)
        faces = []
        for state in ("starting", "streaming", "stalled", "offline", "failed", "ended"):
            chip.show_state(state, "Camera")
            faces.append(pixels(chip)[:, :40].tobytes())
            assert chip.accessibleDescription() == "Camera"
        assert len(set(faces)) == len(faces)

    def test_a_state_that_cannot_be_relied_on_turns_the_plate_around(self, qtbot: QtBot, look: Look) -> None:
        chip = StateChip()
        show(qtbot, chip, 200)
        for state, light in (("streaming", False), ("stalled", True), ("offline", True), ("failed", True)):
            chip.show_state(state, "")
            assert (share_of(chip, look.colours.on_plate) > 0.5) == light

    def test_the_zoom_chip_presses_and_stops_at_the_ends(self, qtbot: QtBot, look: Look) -> None:
        chip = ZoomChip()
        show(qtbot, chip)
        keys = sorted(chip.findChildren(QAbstractButton), key=lambda key: key.x())
        minus, value, plus = keys
        chip.show_zoom(2.0)
        for signal, key in ((chip.zoom_out, minus), (chip.reset, value), (chip.zoom_in, plus)):
            with qtbot.waitSignal(signal, timeout=1000):
                QTest.mouseClick(key, LEFT)
        assert value.text() == "2.0×"
        for zoom, enabled in ((2.0, (True, True)), (1.0, (False, True)), (8.0, (True, False))):
            chip.show_zoom(zoom)
            assert (minus.isEnabled(), plus.isEnabled()) == enabled
        assert [key.accessibleName() for key in keys] == ["Zoom out", "Show all", "Zoom in"]
        assert min(min(key.width(), key.height()) for key in keys) >= look.metrics.touch_px

    def test_the_legend_shows_the_scale_and_its_threshold(self, qtbot: QtBot, look: Look) -> None:
        legend = Legend()
        show(qtbot, legend)
        faces = []
        for colour_map, threshold in (("inferno", 0.5), ("inferno", 0.8), ("viridis", 0.8)):
            legend.show_scale(colour_map, 0.7, threshold)
            faces.append(pixels(legend).tobytes())
        assert len(set(faces)) == 3
        assert "80" in legend.accessibleDescription()


class TestToast:
    def test_a_message_goes_by_itself(self, qtbot: QtBot, look: Look) -> None:
        parent = QWidget()
        show(qtbot, parent, 600, 400)
        toast = Toast(parent)
        assert not toast.isVisible()
        toast.show_message("Snapshot saved.", "check", thumbnail=QPixmap(40, 30), seconds=0.05)
        assert toast.isVisible()
        assert toast.accessibleName() == "Snapshot saved."
        qtbot.waitUntil(lambda: not toast.isVisible())

    def test_an_error_stays_until_it_is_closed(self, qtbot: QtBot, look: Look) -> None:
        parent = QWidget()
        show(qtbot, parent, 600, 400)
        toast = Toast(parent)
        toast.show_message("Gone soon.", seconds=0.01)
        toast.show_message("The disk is full.", error=True, seconds=0.01)
        QTest.qWait(60)
        assert toast.isVisible()
        close = next(b for b in toast.findChildren(QPushButton) if b.accessibleName() == "Close")
        QTest.mouseClick(close, LEFT)
        assert not toast.isVisible()

    def test_work_that_goes_on_is_told_until_something_else_is(self, qtbot: QtBot, look: Look) -> None:
        parent = QWidget()
        show(qtbot, parent, 600, 400)
        toast = Toast(parent)
        toast.show_message("Gone soon.", seconds=0.01)
        toast.show_message("Keeping …", seconds=None)
        QTest.qWait(60)
        assert toast.isVisible()
        toast.show_message("Kept.", seconds=0.01)
        qtbot.waitUntil(lambda: not toast.isVisible())


class TestBanner:
    SENTENCE = "The camera /dev/video0 was unplugged; plug it in again. It is tried again in 8 seconds. " * 2

    @pytest.mark.parametrize(("width", "height"), [(960, 720), (720, 540), (480, 400)])
    def test_a_long_sentence_is_whole_and_the_button_is_as_large_as_a_finger(
        self, qtbot: QtBot, look: Look, width: int, height: int
    ) -> None:
        parent, action = QWidget(), QAction("Try again")
        show(qtbot, parent, width, height)
        banner = Banner(action, parent)
        banner.resize(parent.size())
        assert not banner.isVisible()
        banner.show_trouble(self.SENTENCE, remedy=True)
        QApplication.processEvents()
        assert banner.isVisible()
        assert banner.accessibleName() == banner.sentence == self.SENTENCE
        words = next(label for label in banner.findChildren(QLabel) if label.text())
        assert words.height() >= words.heightForWidth(words.width()) > 2 * look.metrics.normal
        (button,) = banner.findChildren(QPushButton)
        assert min(button.width(), button.height()) >= look.metrics.touch_px
        assert banner.rect().contains(button.rect().translated(button.mapTo(banner, QPoint(0, 0))))

    def test_the_button_is_there_where_it_helps_and_the_trouble_stays_until_it_is_over(
        self, qtbot: QtBot, look: Look
    ) -> None:
        parent, action = QWidget(), QAction("Try again")
        done: list[bool] = []
        action.triggered.connect(lambda: done.append(True))
        show(qtbot, parent, 600, 400)
        banner = Banner(action, parent)
        banner.resize(parent.size())
        banner.show_trouble("It is gone.", remedy=True)
        (button,) = banner.findChildren(QPushButton)
        QTest.mouseClick(button, LEFT)
        assert (done, button.text(), banner.isVisible()) == ([True], "Try again", True)
        banner.show_trouble("It is slow.")
        assert not button.isVisible()
        banner.show_trouble("")
        assert not banner.isVisible()


class TestPageFrame:
    def test_button_and_escape_lead_back(self, qtbot: QtBot, look: Look) -> None:
        page = PageFrame("Settings")
        show(qtbot, page, 800, 480)
        content = QLabel("Content")
        page.set_content(content)
        back = next(b for b in page.findChildren(QWidget) if b.accessibleName() == "Back")
        assert back.height() >= look.metrics.touch_px
        with qtbot.waitSignal(page.back, timeout=1000):
            QTest.mouseClick(back, LEFT)
        with qtbot.waitSignal(page.back, timeout=1000):
            QTest.keyClick(page, Qt.Key.Key_Escape)
        assert page.accessibleName() == "Settings"

    def test_its_content_takes_the_width_and_scrolls_to_what_is_asked_for(self, qtbot: QtBot, look: Look) -> None:
        page = PageFrame("Settings")
        show(qtbot, page, 800, 480)
        content = QWidget()
        content.setMinimumHeight(3000)
        last = QLabel("last", content)
        last.move(0, 2900)
        page.set_content(content)
        QApplication.processEvents()
        assert content.width() > 700
        assert last.visibleRegion().isEmpty()
        page.scroll_to(last)
        assert not last.visibleRegion().isEmpty()

    def test_a_finger_flicks_the_content_and_taps_its_buttons(self, qtbot: QtBot, look: Look) -> None:
        page, content = PageFrame("Settings"), QWidget()
        content.setMinimumHeight(3000)
        button = QPushButton("Press", content)
        button.setGeometry(20, 150, 300, 110)
        presses: list[bool] = []
        button.clicked.connect(lambda: presses.append(True))
        page.set_content(content)
        show(qtbot, page, 800, 480)
        screen = QTest.createTouchDevice(QInputDevice.DeviceType.TouchScreen)
        at = button.mapTo(page, button.rect().center())
        QTest.touchEvent(page, screen).press(0, at, page).commit()
        QTest.touchEvent(page, screen).release(0, at, page).commit()
        assert presses == [True]
        QTest.touchEvent(page, screen).press(0, at, page).commit()
        for step in range(1, 13):
            QTest.qWait(10)
            QTest.touchEvent(page, screen).move(0, at - QPoint(0, 15 * step), page).commit()
        QTest.touchEvent(page, screen).release(0, at - QPoint(0, 180), page).commit()
        qtbot.waitUntil(lambda: content.y() < -60)
        assert presses == [True]
        for area in page.findChildren(QScrollArea):
            QScroller.scroller(area.viewport()).stop()


@dataclass
class Rates:
    captured_fps: float = 30.0
    inferred_fps: float = 8.0
    painted_fps: float = 29.5
    dropped_fps: float = 21.5


class TestRateGraph:
    def test_it_keeps_half_a_minute_at_most_four_times_a_second(self, qtbot: QtBot, look: Look) -> None:
        clock = Clock(0.0)
        graph = RateGraph(clock=clock)
        show(qtbot, graph, 300)
        for tick in range(1200):
            clock.now = tick / 20
            graph.add(Rates())
        times = graph._curves[0].getData()[0]
        assert 115 <= len(times) <= 121
        assert times.min() >= -30

    def test_numbers_and_latency_are_told(self, qtbot: QtBot, look: Look) -> None:
        graph = RateGraph(clock=Clock())
        show(qtbot, graph, 300)
        empty = pixels(graph)
        graph.add(Rates())
        assert graph.accessibleDescription() == "captured 30.0, painted 29.5, inferred 8.0, dropped 21.5"
        filled = pixels(graph)
        graph.set_latency(143.4)
        with_latency = pixels(graph)
        assert (filled != empty).any()
        assert (with_latency != filled).any()
        graph.clear()
        assert np.array_equal(pixels(graph), empty)

    def test_a_curve_rises_with_its_rate(self, qtbot: QtBot, look: Look) -> None:
        clock = Clock(0.0)
        graph = RateGraph(clock=clock)
        show(qtbot, graph, 400, 200)
        heights = []
        for start, rate in ((0, 2.0), (100, 8.0)):
            for tick in range(130):
                clock.now = start + tick / 4
                graph.add(Rates(captured_fps=0, painted_fps=0, inferred_fps=rate, dropped_fps=0))
            accent = QColor(look.colours.accent)
            seen = pixels(graph)[:, 20:150].astype(int)
            curve = np.abs(seen - (accent.blue(), accent.green(), accent.red())).max(axis=2) < 30
            heights.append(np.nonzero(curve)[0].mean())
        assert heights[1] < heights[0] - 60


def test_every_widget_follows_another_look(qtbot: QtBot, qapp: QApplication, look: Look) -> None:
    action = QAction(icon("crop", look), "Crop")
    widgets: list[QWidget] = [
        VerdictPanel(),
        TouchSlider("Opacity"),
        ActionButton(action),
        StateChip(),
        ZoomChip(),
        Legend(),
        RateGraph(),
        PageFrame("Help"),
    ]
    for widget in widgets:
        show(qtbot, widget)
    before = [(pixels(widget), widget.sizeHint()) for widget in widgets]
    apply_look(qapp, Look("sunlight", Metrics.of(96 / 25.4, 600, 1080)))
    for widget, (old, hint) in zip(widgets, before, strict=True):
        assert widget.sizeHint() != hint, widget
        fresh = pixels(widget)
        assert fresh.shape != old.shape or (fresh != old).any(), widget


class Marking(QTranslator):
    """Another language: every text in quotes."""

    def translate(self, context: str, text: str, disambiguation: str | None = None, n: int = -1) -> str:
        return f"«{text}»"

    def isEmpty(self) -> bool:  # noqa: N802 - Qt's name
        return False


@pytest.fixture
def other_language(qapp: QApplication) -> Iterator[Callable[[], None]]:
    translator = Marking()

    def change() -> None:
        qapp.installTranslator(translator)
        QApplication.processEvents()

    yield change
    qapp.removeTranslator(translator)


def test_every_widget_speaks_the_new_language_at_once(
    qtbot: QtBot, look: Look, other_language: Callable[[], None]
) -> None:
    verdict, zoom, legend, chip = VerdictPanel(), ZoomChip(), Legend(), StateChip()
    graph, page, picture = RateGraph(clock=Clock()), PageFrame("Help"), FrameView()
    graph.add(Rates())
    for widget in (verdict, zoom, legend, chip, graph, page, picture):
        show(qtbot, widget, 400, 300)
    verdict.show_verdict(Label.POSITIVE, 1.0, "")
    before = pixels(verdict)
    other_language()
    assert verdict.accessibleName().startswith("«CRACK»")
    assert (pixels(verdict) != before).any()
    assert {key.accessibleName() for key in zoom.findChildren(QAbstractButton)} == {
        "«Zoom out»",
        "«Show all»",
        "«Zoom in»",
    }
    assert legend.accessibleDescription() == "«Threshold 50 %»"
    assert chip.accessibleName() == "«State of the source»"
    assert graph.accessibleDescription().startswith("«captured» 30.0")
    assert "«Back»" in {button.accessibleName() for button in page.findChildren(QAbstractButton)}
    assert picture.accessibleName() == "«Picture»"
