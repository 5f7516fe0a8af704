"""Sizes follow the screen that the window is on."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SCREENS = [
    {"name": "large", "x": 0, "y": 0, "width": 1920, "height": 1080},
    {"name": "low", "x": 1920, "y": 0, "width": 480, "height": 120},
]
PROBE = """
import os, sys
from PySide6.QtWidgets import QApplication
from crackinspector.core.settings import Settings
from crackinspector.gui.app import Application
from crackinspector.gui.look import current_look
from crackinspector.pipeline.options import LiveOptions

qt = QApplication([])
screens = {screen.name(): screen for screen in qt.screens()}
application = Application(qt, Settings(), LiveOptions(size=(800, 480)))
application._place_window()
application._dress.follow(application.window)
for name in ("large", "low", "large"):
    application.window.windowHandle().setScreen(screens[name])
    qt.processEvents()
    print(current_look().metrics.touch_px)
sys.stdout.flush()
os._exit(0)
"""


def test_a_window_on_another_screen_has_that_screen_s_sizes(tmp_path: Path) -> None:
    setup = tmp_path / "screens.json"
    setup.write_text(json.dumps({"screens": SCREENS}))
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "QT_QPA_PLATFORM": f"offscreen:configfile={setup}",
        "HOME": str(tmp_path),
    }
    done = subprocess.run(
        [sys.executable, "-c", PROBE], env=environment, capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr
    large, low, large_again = (int(line) for line in done.stdout.splitlines())
    # A finger's size, but no more than a fifth of the screen's height.
    assert large > low == 24
    assert large_again == large
