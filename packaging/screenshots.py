"""Pictures of every page for docs/: both orientations, themes and languages, as on the reTerminal's screen.

    python packaging/screenshots.py [--out docs/screenshots] [--only live-landscape-dark-en ...]
    python packaging/screenshots.py --recording docs/images/live.webp

The live page shows the example photographs and the demo wall; the recording is of the demo wall. The library's pages
show a library that is made of both.
"""

from __future__ import annotations

import argparse
import dataclasses
import gc
import os
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from itertools import product
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import library_pages
import numpy as np
import report_pages
from numpy.typing import NDArray
from PIL import Image
from PySide6.QtWidgets import QApplication
from waiting import grabbed, pause, wait

from crackinspector.core.settings import Settings
from crackinspector.gui.app import Application
from crackinspector.inference.shipped import shipped_folder
from crackinspector.pipeline.options import LiveOptions

ROOT = Path(__file__).resolve().parent.parent
SIZES = {"landscape": (1280, 720), "portrait": (720, 1280)}
THEMES, LANGUAGES = ("dark", "sunlight"), ("en", "ko")
PAGES = ("live", "photo", "clear", "lost", "more", "sources", "models", "settings", "help")
LIBRARY_LOOKS = (("dark", "en"), ("sunlight", "ko"))
RETERMINAL_PPI = 293
QUALITY = 88
RECORDING = {"seconds": 8.0, "fps": 10, "size": (800, 450), "quality": 70}


def main() -> int:
    """Make what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "screenshots")
    parser.add_argument("--only", nargs="+", metavar="NAME", help="names of pictures, or the beginnings of names")
    parser.add_argument(
        "--recording", type=Path, metavar="FILE", help="an animated WebP of the live page, and nothing else"
    )
    options = parser.parse_args()
    qt = QApplication(sys.argv[:1])
    if options.recording is not None:
        record(qt, options.recording)
        return 0
    options.out.mkdir(parents=True, exist_ok=True)
    # Windows that are gone must be taken apart in this thread, not in one that happens to collect.
    gc.disable()

    def keep(name: str, take: Callable[[], NDArray[np.uint8]]) -> None:
        if options.only is None or any(name.startswith(start) for start in options.only):
            Image.fromarray(take()).save(options.out / f"{name}.webp", quality=QUALITY, method=6)
            print(name, flush=True)
            gc.collect()

    for page, orientation, theme, language in product(PAGES, SIZES, THEMES, LANGUAGES):
        take = partial(page_picture, qt, page, SIZES[orientation], theme, language)
        keep(f"{page}-{orientation}-{theme}-{language}", take)
    with tempfile.TemporaryDirectory() as folder:
        library_pages.make_libraries(Path(folder))
        for page, form, (theme, language) in product(library_pages.PAGES, library_pages.FORMS, LIBRARY_LOOKS):
            take = partial(library_pages.page_picture, qt, page, form, theme, language, Path(folder))
            keep(f"{page}-{form}-{theme}-{language}", take)
        if options.only is None:
            report_pages.write_pages(Path(folder) / "full", options.out)
    return 0


def page_picture(qt: QApplication, page: str, size: tuple[int, int], theme: str, language: str) -> NDArray[np.uint8]:
    """One page as (h, w, 3) uint8 RGB."""
    examples = shipped_folder("resources") / "examples"
    source = {
        "photo": str(examples / "positive" / "metu-00736.jpg"),
        "clear": str(examples / "negative" / "metu-02398.jpg"),
        "lost": "/dev/video9",
    }.get(page, "demo")
    application = begin(qt, source, size, theme, language)
    try:
        if page == "lost":
            wait(lambda: application.session.status_now is not None and bool(application.session.status_now.sentence))
            pause(0.7)
        else:
            wait(lambda: application.session.newest_detection is not None)
            pause(1.5)
        if page not in ("live", "photo", "clear", "lost"):
            application.window.show_page(page)
            pause(1.5)
        return grabbed(application.window)
    finally:
        application.close()


def record(qt: QApplication, path: Path) -> None:
    """The live page for a few seconds: a pan over the demo wall, the heat map switched off and on, a crop."""
    application = begin(qt, "demo", SIZES["landscape"], "dark", "en")
    frames: list[Image.Image] = []
    try:
        wait(lambda: application.session.newest_detection is not None)
        pause(2)
        count = round(RECORDING["seconds"] * RECORDING["fps"])
        actions = application.window.actions_
        script = {round(0.3 * count): "heat_map", round(0.42 * count): "heat_map", round(0.6 * count): "crop"}
        began = time.monotonic()
        for number in range(count):
            pause(max(0.0, began + number / RECORDING["fps"] - time.monotonic()))
            if number in script:
                actions[script[number]].trigger()
            frames.append(
                Image.fromarray(grabbed(application.window)).resize(RECORDING["size"], Image.Resampling.LANCZOS)
            )
    finally:
        application.close()
    path.parent.mkdir(parents=True, exist_ok=True)
    frames[0].save(
        path,
        save_all=True,
        append_images=frames[1:],
        duration=round(1000 / RECORDING["fps"]),
        loop=0,
        quality=RECORDING["quality"],
        method=6,
    )


def begin(qt: QApplication, source: str, size: tuple[int, int], theme: str, language: str) -> Application:
    """The application on that source, started."""
    settings = Settings()
    interface = dataclasses.replace(settings.interface, theme=theme, language=language, pixels_per_inch=RETERMINAL_PPI)
    settings = dataclasses.replace(
        settings, interface=interface, source=dataclasses.replace(settings.source, name=source)
    )
    application = Application(qt, settings, LiveOptions(size=size))
    application.start()
    return application


if __name__ == "__main__":
    sys.exit(main())
