"""The live page on every screen that is promised: nothing is cut off, everything is large enough for a finger."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
TOUCH_MM, RETERMINAL_PPI = 9.0, 293
SCREENS = (
    # pixels of the panel, scale factor, its pixels per inch
    (720, 1280, 1.0, RETERMINAL_PPI),
    (1280, 720, 1.0, RETERMINAL_PPI),
    (800, 480, 1.0, 186),
    (480, 800, 1.0, 186),
    (1920, 1080, 1.0, 96),
    (1920, 1080, 1.5, 120),
    (3840, 2160, 1.0, 140),
    (3840, 2160, 2.0, 185),
)
PROBE = """
import json, sys, tempfile
from pathlib import Path
from PySide6.QtCore import QEvent, QSize
from PySide6.QtWidgets import QApplication, QAbstractButton, QLabel, QSlider, QWidget
from crackinspector.core.labels import Label
from crackinspector.core.settings import Settings
from crackinspector.gui.app import Application
from crackinspector.gui.look import current_look
from crackinspector.pipeline.options import LiveOptions

ppi, theme, language = int(sys.argv[1]), sys.argv[2], sys.argv[3]
settings = Settings().changed("interface.pixels_per_inch", ppi).changed("interface.theme", theme)
settings = settings.changed("interface.language", language)
app = QApplication([])
application = Application(app, settings, LiveOptions(fullscreen=True))
window = application.window
window.showFullScreen()
page = window.live
page.show_source("HD Webcam C920 (/dev/video2)")
page.show_model("classifier")
page.state.show_state("streaming", "Live")
page.panel.verdict.show_verdict(Label.UNKNOWN, None, "")
for _ in range(5):
    app.processEvents()
ratio = window.devicePixelRatioF()
parts = []
for part in page.findChildren(QWidget):
    if not part.isVisible() or part.parentWidget() is None:
        continue
    if not type(part).__module__.startswith("crackinspector"):
        continue
    inside = window.rect().contains(part.rect().translated(part.mapTo(window, part.rect().topLeft())))
    need = part.minimumSizeHint()
    parts.append({
        "name": type(part).__name__, "text": part.accessibleName(), "size": [part.width(), part.height()],
        "need": [need.width(), need.height()], "inside": inside,
        "hands": isinstance(part, (QAbstractButton, QSlider)),
    })
overlaps = []
over = [p for p in page.picture.children() if isinstance(p, QWidget) and p.isVisible()]
for number, one in enumerate(over):
    for other in over[number + 1:]:
        if one.geometry().intersects(other.geometry()):
            overlaps.append([type(one).__name__, type(other).__name__])
if page.picture.geometry().intersects(page.panel.geometry()):
    overlaps.append(["FrameView", "Panel"])
print(json.dumps({
    "ratio": ratio, "window": [window.width(), window.height()], "touch": current_look().metrics.touch_px,
    "picture": [page.picture.width(), page.picture.height()], "parts": parts, "overlaps": overlaps,
}))
sys.stdout.flush()
import os
os._exit(0)
"""


def probe(tmp_path: Path, screen: tuple[int, int, float, int], theme: str, language: str) -> dict[str, Any]:
    """The live page over a screen of that size, in a process of its own, for Qt asks for the factor once."""
    width, height, factor, ppi = screen
    setup = tmp_path / "screen.json"
    setup.write_text(json.dumps({"screens": [{"name": "probe", "x": 0, "y": 0, "width": width, "height": height}]}))
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "QT_QPA_PLATFORM": f"offscreen:configfile={setup}",
        "QT_SCALE_FACTOR": str(factor),
        "HOME": str(tmp_path),
    }
    done = subprocess.run(
        [sys.executable, "-c", PROBE, str(ppi), theme, language],
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    told: dict[str, Any] = json.loads(done.stdout)
    return told


@pytest.mark.parametrize("screen", SCREENS, ids=lambda screen: f"{screen[0]}x{screen[1]}@{screen[2]:g}")
def test_the_live_page_fits_in_korean_in_sunlight(tmp_path: Path, screen: tuple[int, int, float, int]) -> None:
    assert_fits(probe(tmp_path, screen, "sunlight", "ko"), screen)


@pytest.mark.parametrize("screen", SCREENS[:3], ids=lambda screen: f"{screen[0]}x{screen[1]}@{screen[2]:g}")
def test_the_live_page_fits_in_english_in_the_dark(tmp_path: Path, screen: tuple[int, int, float, int]) -> None:
    assert_fits(probe(tmp_path, screen, "dark", "en"), screen)


def assert_fits(told: dict[str, Any], screen: tuple[int, int, float, int]) -> None:
    width, height, factor, ppi = screen
    assert told["window"] == [round(width / factor), round(height / factor)]
    assert told["ratio"] == factor
    names = {part["name"] for part in told["parts"]}
    assert {"VerdictPanel", "ActionButton", "StateChip", "ZoomChip"} <= names
    assert [part for part in told["parts"] if not part["inside"]] == []
    cut = [part for part in told["parts"] if any(a < b for a, b in zip(part["size"], part["need"], strict=True))]
    assert cut == []
    assert told["overlaps"] == []
    # Up to a fifth of a small screen, where a finger's size would leave no room for the picture.
    least = min(int(TOUCH_MM * ppi / 25.4 / factor), min(told["window"]) // 5)
    small = [part for part in told["parts"] if part["hands"] and min(part["size"]) < least]
    assert small == []
    if ppi == RETERMINAL_PPI:
        assert 25.4 * told["touch"] / ppi >= TOUCH_MM
    assert told["picture"][0] * told["picture"][1] >= 0.3 * told["window"][0] * told["window"][1]
