from __future__ import annotations

from itertools import product
from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import pytest
from PySide6.QtCore import QRect, QSizeF
from PySide6.QtGui import QColor, QFontMetricsF, QIcon, QImage, QRawFont, QScreen, QTextLayout
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from crackinspector.core.settings import RULES, InterfaceSettings
from crackinspector.core.shipped import shipped_folder
from crackinspector.gui.look import THEMES, Colours, Look, Metrics, apply_look, current_look, font, icon, pixmap
from crackinspector.gui.look.fonts import load_fonts

ICONS = sorted(path.stem for path in (shipped_folder("resources") / "icons").glob("*.svg"))


def contrast(one: str, other: str) -> float:
    """The contrast ratio of WCAG 2, 1..21."""

    def luminance(name: str) -> float:
        colour = QColor(name)
        parts = (colour.redF(), colour.greenF(), colour.blueF())
        red, green, blue = (v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def read_on(colours: Colours) -> list[tuple[str, str]]:
    surfaces = (colours.ground, colours.panel, colours.raised)
    words = (colours.text, colours.quiet, colours.accent, colours.calm)
    return [
        *product(words, surfaces),
        (colours.on_accent, colours.accent),
        (colours.on_alarm, colours.alarm),
        (colours.on_plate, colours.plate),
        (colours.text, colours.pressed),
    ]


@pytest.mark.parametrize(("theme", "least"), [("dark", 5.5), ("sunlight", 7.0)])
def test_every_word_can_be_read_on_every_surface(theme: str, least: float) -> None:
    for word, surface in read_on(THEMES[theme]):
        assert contrast(word, surface) >= least, (word, surface)


def test_the_themes_are_those_of_the_setting() -> None:
    assert set(THEMES) == set(RULES["interface.theme"].choices)


def screen(width: int, height: int, mm: tuple[float, float], ratio: float = 1.0, logical: float = 96.0) -> QScreen:
    return cast(
        QScreen,
        SimpleNamespace(
            geometry=lambda: QRect(0, 0, width, height),
            physicalSize=lambda: QSizeF(*mm),
            devicePixelRatio=lambda: ratio,
            logicalDotsPerInch=lambda: logical,
        ),
    )


class TestMetrics:
    def test_the_device_has_nine_millimetres_for_a_finger(self) -> None:
        for size in ((1280, 720, (110.0, 62.0)), (1280, 720, (62.0, 110.0)), (720, 1280, (62.0, 110.0))):
            metrics = Metrics.for_screen(screen(*size), InterfaceSettings())
            assert metrics.px_per_mm == pytest.approx(11.6, abs=0.1)
            assert metrics.touch_px == pytest.approx(9 * 11.6, abs=1)

    @pytest.mark.parametrize("mm", [(0.0, 0.0), (1.0, 1.0), (16000.0, 9000.0)])
    def test_a_screen_that_lies_is_not_believed(self, mm: tuple[float, float]) -> None:
        metrics = Metrics.for_screen(screen(1280, 720, mm), InterfaceSettings())
        assert metrics.px_per_mm == pytest.approx(96 / 25.4)

    def test_the_setting_is_believed_before_the_screen(self) -> None:
        metrics = Metrics.for_screen(screen(1280, 720, (1000.0, 600.0)), InterfaceSettings(pixels_per_inch=293))
        assert metrics.px_per_mm == pytest.approx(293 / 25.4)

    def test_a_scale_factor_changes_pixels_and_not_millimetres(self) -> None:
        plain = Metrics.for_screen(screen(3840, 2160, (600.0, 340.0)), InterfaceSettings())
        scaled = Metrics.for_screen(screen(1920, 1080, (600.0, 340.0), 2.0), InterfaceSettings())
        by_hand = Metrics.for_screen(screen(1920, 1080, (0.0, 0.0), 2.0), InterfaceSettings(pixels_per_inch=163))
        assert scaled.touch_px == pytest.approx(plain.touch_px / 2, abs=1)
        assert by_hand.touch_px == pytest.approx(scaled.touch_px, abs=1)

    @pytest.mark.parametrize("ppi", [72, 96, 133, 187, 293, 400])
    @pytest.mark.parametrize("size", [(800, 480), (1280, 720), (720, 1280), (3840, 2160)])
    def test_type_can_be_read_and_fits(self, ppi: float, size: tuple[int, int]) -> None:
        diagonal = np.hypot(*size) / ppi * 25.4
        metrics = Metrics.of(ppi / 25.4, float(diagonal), min(size))
        assert 12 <= metrics.small < metrics.normal < metrics.large < metrics.display
        assert metrics.display <= min(size) / 13
        assert metrics.touch_px <= min(size) / 5


class TestFonts:
    def test_both_weights_are_of_one_family(self, qapp: QApplication) -> None:
        family = load_fonts()
        assert family == "Crackinspector Sans"
        for strong in (False, True):
            made = QRawFont.fromFont(font(20, strong=strong))
            assert made.familyName().startswith(family)
            assert (made.weight() >= 600) == strong

    def test_figures_are_equally_wide(self, qapp: QApplication) -> None:
        for strong in (False, True):
            metrics = QFontMetricsF(font(24, strong=strong))
            assert len({metrics.horizontalAdvance(figure * 8) for figure in "0123456789"}) == 1

    @pytest.mark.parametrize("weight", ["Regular", "SemiBold"])
    def test_it_has_the_korean_syllables_and_the_signs_of_the_screen(self, qapp: QApplication, weight: str) -> None:
        made = QRawFont(str(shipped_folder("resources") / "fonts" / f"CrackinspectorSans-{weight}.otf"), 20)
        syllables = [bytes((high, low)).decode("euc_kr") for high in range(0xB0, 0xC9) for low in range(0xA1, 0xFF)]
        assert len(syllables) == 2350
        for letter in (*syllables, *"AZaz09éß×·–…’“”→µ°±≥≤€₩\N{NARROW NO-BREAK SPACE}"):
            assert made.supportsCharacter(ord(letter)), letter

    def test_a_missing_file_is_told_and_survived(
        self, qapp: QApplication, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, tmp_path: Any
    ) -> None:
        monkeypatch.setattr("crackinspector.gui.look.fonts.shipped_folder", lambda name: tmp_path)
        assert load_fonts.__wrapped__()
        assert "CrackinspectorSans-Regular.otf" in caplog.text


class TestIcons:
    @pytest.mark.parametrize("name", ICONS)
    def test_it_is_drawn_in_one_colour_within_its_grid(self, qapp: QApplication, name: str) -> None:
        image = pixmap(name, 48, "#45c4f5", 1.35, 2.0).toImage().convertToFormat(QImage.Format.Format_ARGB32)
        values = np.frombuffer(image.constBits(), np.uint8).reshape(96, 96, 4)
        seen = values[values[..., 3] > 250]
        assert len(seen) > 100
        assert (np.abs(seen[:, :3].astype(int) - (0xF5, 0xC4, 0x45)) <= 2).all()
        assert not values[[0, -1]].any()
        assert not values[:, [0, -1]].any()

    def test_a_disabled_icon_is_fainter(self, qapp: QApplication, look: Look) -> None:
        made = icon("crop", look)
        normal, disabled = (made.pixmap(36, 36, mode).toImage() for mode in (QIcon.Mode.Normal, QIcon.Mode.Disabled))
        assert normal != disabled

    def test_an_unknown_name_is_a_defect(self, qapp: QApplication) -> None:
        with pytest.raises(FileNotFoundError):
            pixmap("no-such-icon", 24, "#ffffff")


@pytest.mark.parametrize("theme", list(THEMES))
def test_a_look_is_applied_to_plain_widgets(qtbot: QtBot, qapp: QApplication, look: Look, theme: str) -> None:
    button = QPushButton("Go")
    qtbot.addWidget(button)
    button.show()
    other = Look(theme, Metrics.of(96 / 25.4, 600, 1080))
    apply_look(qapp, other)
    assert current_look() is other
    assert button.sizeHint().height() >= other.metrics.touch_px
    raised = button.grab().toImage().pixelColor(button.width() // 2, 6)
    assert raised == QColor(THEMES[theme].raised)


def test_every_sign_is_the_one_that_was_written(look: Look) -> None:
    """What is chosen by its neighbours has no letter of its own, and a PDF could not be searched for it."""
    load_fonts()
    text = "2026-11-21 12:30 1-4 448 × 448 px 1.5× a:b (x)"
    for strong in (False, True):
        layout = QTextLayout(text, font(20, strong=strong))
        layout.beginLayout()
        layout.createLine()
        layout.endLayout()
        (run,) = layout.glyphRuns()
        assert run.glyphIndexes() == run.rawFont().glyphIndexesForString(text)
