"""What the gallery of a large library costs the window.

    python -m tests.benchmarks.gallery [--snapshots N] [--pixels MEGAPIXELS] [--folder DIR]

Fills an index of so many snapshots, whose pictures are some generated walls under many names, and measures in fresh
processes, offscreen, at 1280x720 (`--folder` keeps the library for the next time):

- from opening the library to the first thumbnail on screen, and until all on screen have theirs, with nothing kept and
  with the thumbnails of the last time;
- from a change of the filter to the new list on screen, the slowest of several filters, the median of five each;
- the busiest frame while a finger flicks through the list, and while the bar is dragged from one end to the other in
  three seconds, in time of the GUI thread; and the longest, which is longer on a machine that has other work;
  thumbnails are being made meanwhile;
- memory at the end.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import cv2
from PySide6.QtCore import QPoint
from PySide6.QtGui import QPointingDevice
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from crackinspector.gui.gallery.page import GalleryPage
from crackinspector.gui.library.access import LibraryAccess
from crackinspector.gui.look import Look, Metrics, apply_look
from crackinspector.library.layout import picture_path
from crackinspector.library.queries import Query
from crackinspector.library.store import Library
from crackinspector.sources.demo_wall import demo_wall
from tests.benchmarks.library import ENVIRONMENT, FILTERS, ROOT, fill_index

PICTURES = 24
"""Different pictures; the others are these under other names."""
GOALS = {
    "first thumbnail, nothing kept, ms": 500.0,
    "first thumbnail, ms": 500.0,
    "change of filter, ms": 150.0,
    "busiest frame, flicking, ms": 16.0,
    "busiest frame, dragging the bar, ms": 16.0,
    "memory, MB": 300.0,
}


def fill_pictures(folder: Path, megapixels: float) -> None:
    """A picture file for every snapshot of the index."""
    width, height = round((megapixels * 1e6 * 4 / 3) ** 0.5), round((megapixels * 1e6 * 3 / 4) ** 0.5)
    contents = []
    for seed in range(PICTURES):
        wall = cv2.resize(demo_wall(seed, 1280, 960).image, (width, height), interpolation=cv2.INTER_CUBIC)
        contents.append(cv2.imencode(".jpg", wall, [cv2.IMWRITE_JPEG_QUALITY, 90])[1].tobytes())
    first: list[Path] = []
    with Library(folder, write=False) as library:
        names = library.connection.execute("SELECT id, suffix FROM snapshots").fetchall()
    for number, (identifier, suffix) in enumerate(names):
        path = picture_path(folder, identifier, suffix)
        path.parent.mkdir(parents=True, exist_ok=True)
        if number < PICTURES:
            path.write_bytes(contents[number])
            first.append(path)
        else:
            os.link(first[number % PICTURES], path)


class Window:
    """A gallery on a library, and the time that the GUI thread takes for a frame.

    Attributes:
        busiest: the most seconds of the processor that it took.
        longest: the most that went by, in which it may have waited for a processor or the interpreter's lock.
    """

    def __init__(self, folder: Path) -> None:
        found = QApplication.instance()
        self.app = found if isinstance(found, QApplication) else QApplication([])
        apply_look(self.app, Look("dark", Metrics.of(293 / 25.4, 127, 720)))
        self.begun = time.perf_counter()
        self.access = LibraryAccess(folder, "ann")
        self.page = GalleryPage(self.access)
        self.page.resize(1280, 720)
        self.page.show()
        self.longest = self.busiest = 0.0
        self.lists = 0
        self.page.model.listed.connect(self.count_list)

    def count_list(self) -> None:
        """Another answer to a query has come."""
        self.lists += 1

    def turn(self) -> None:
        """Let the window do what it has to, and see how long that takes."""
        begin, busy = time.perf_counter(), time.thread_time()
        self.app.processEvents()
        self.busiest = max(self.busiest, time.thread_time() - busy)
        self.longest = max(self.longest, time.perf_counter() - begin)
        time.sleep(0.0005)

    def until(self, done: Callable[[], bool], seconds: float = 30.0) -> None:
        """Turn until something is so."""
        end = time.perf_counter() + seconds
        while not done():
            assert time.perf_counter() < end, "the gallery has come to nothing"
            self.turn()

    def for_seconds(self, seconds: float) -> None:
        """Turn so long."""
        end = time.perf_counter() + seconds
        self.until(lambda: time.perf_counter() >= end)

    def painted(self) -> int:
        """How many of the cells on screen have their thumbnail."""
        page = self.page
        shown = [page.model.row_at(position) for position in page.view.shown]
        images = [None if row is None else page.thumbnails.get(row) for row in shown]
        return sum(image is not None for image in images)

    def close(self) -> None:
        """End it all."""
        self.page.stop()
        self.access.close()


def measure_opening(folder: Path) -> dict[str, float]:
    """Milliseconds to the first thumbnail, and to the last on screen."""
    window = Window(folder)
    window.until(lambda: window.painted() > 0)
    window.turn()
    first = time.perf_counter() - window.begun
    window.until(lambda: window.painted() == len(window.page.view.shown))
    window.turn()
    last = time.perf_counter() - window.begun
    window.close()
    return {"first thumbnail": 1e3 * first, "all on screen": 1e3 * last, "cells": float(len(window.page.view.shown))}


def measure_use(folder: Path) -> dict[str, float]:
    """Filters, flicks and memory."""
    window = Window(folder)
    page = window.page
    window.until(lambda: page.model.loaded and window.painted() > 0)
    window.for_seconds(1)
    figures = {}
    times = {name: [to_list(window, query) for _ in range(5)] for name, query in FILTERS.items()}
    medians = {name: statistics.median(each) for name, each in times.items()}
    slowest = max(medians, key=lambda name: medians[name])
    figures["change of filter, ms"] = medians[slowest]
    page.show_query(Query())
    window.for_seconds(1)
    window.longest = window.busiest = 0.0
    flick(window, 12)
    figures["busiest frame, flicking, ms"] = 1e3 * window.busiest
    figures["longest frame, flicking, ms"] = 1e3 * window.longest
    figures["flicked over, rows of cells"] = page.view.verticalScrollBar().value() / page.view.cells.step
    window.longest = window.busiest = 0.0
    drag_bar(window, 3.0)
    figures["busiest frame, dragging the bar, ms"] = 1e3 * window.busiest
    figures["longest frame, dragging the bar, ms"] = 1e3 * window.longest
    window.for_seconds(1)
    figures["memory, MB"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    window.close()
    return figures


def to_list(window: Window, query: Query) -> float:
    """Milliseconds from asking until the rows of the new list are painted."""
    page, model = window.page, window.page.model
    lists = window.lists
    page.show_query(Query(text="nothing has this word"))
    window.until(lambda: window.lists > lists)
    window.for_seconds(0.05)
    begin, lists = time.perf_counter(), window.lists
    page.show_query(query)
    window.until(lambda: window.lists > lists and (len(model.numbers) == 0 or model.row_at(0) is not None))
    window.turn()
    return 1e3 * (time.perf_counter() - begin)


def flick(window: Window, times: int) -> None:
    """A finger that flicks again and again, faster and faster as the list does."""
    device = QTest.createTouchDevice()
    assert isinstance(device, QPointingDevice)
    viewport = window.page.view.viewport()
    for _ in range(times):
        QTest.touchEvent(viewport, device).press(0, QPoint(500, 420), viewport).commit()
        for step in range(1, 7):
            window.for_seconds(0.008)
            QTest.touchEvent(viewport, device).move(0, QPoint(500, 420 - 55 * step), viewport).commit()
        QTest.touchEvent(viewport, device).release(0, QPoint(500, 90), viewport).commit()
        window.for_seconds(0.25)
    window.for_seconds(2)


def drag_bar(window: Window, seconds: float) -> None:
    """The scroll bar from one end to the other: every frame shows cells that were not there before."""
    bar = window.page.view.verticalScrollBar()
    begin = time.perf_counter()
    while (share := (time.perf_counter() - begin) / seconds) < 1:
        bar.setValue(round(share * bar.maximum()))
        window.turn()
        window.for_seconds(0.008)


def in_a_fresh_process(what: str, folder: Path, cache: Path) -> dict[str, float]:
    """The figures of one measurement."""
    command = [sys.executable, "-m", "tests.benchmarks.gallery", "--measure", what, "--folder", str(folder)]
    environment = {**ENVIRONMENT, "XDG_CACHE_HOME": str(cache), "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    figures: dict[str, float] = json.loads(done.stdout)
    return figures


def bench(folder: Path, count: int, megapixels: float) -> None:
    """Fill what is not there yet, measure, print a table."""
    if not (folder / "library.sqlite").exists():
        fill_index(folder, count)
    if not (folder / "pictures").exists():
        fill_pictures(folder, megapixels)
    with tempfile.TemporaryDirectory(dir=ROOT.parent) as cache:
        cold = in_a_fresh_process("opening", folder, Path(cache))
        warm = in_a_fresh_process("opening", folder, Path(cache))
        figures = {
            "first thumbnail, nothing kept, ms": cold["first thumbnail"],
            f"all {cold['cells']:.0f} on screen, nothing kept, ms": cold["all on screen"],
            "first thumbnail, ms": warm["first thumbnail"],
            f"all {warm['cells']:.0f} on screen, ms": warm["all on screen"],
            **in_a_fresh_process("use", folder, Path(cache)),
        }
    print(f"{'figure':<44}{'measured':>10}{'goal':>10}")
    for name, value in figures.items():
        print(f"{name:<44}{value:>10.1f}" + (f"{'<= ' + format(GOALS[name], '.0f'):>10}" if name in GOALS else ""))


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--snapshots", type=int, default=100_000)
    parser.add_argument("--pixels", type=float, default=12.0, help="megapixels of a picture")
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--measure", choices=("opening", "use"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.measure == "opening":
        print(json.dumps(measure_opening(options.folder)))
    elif options.measure == "use":
        print(json.dumps(measure_use(options.folder)))
    else:
        with tempfile.TemporaryDirectory(dir=ROOT.parent) as temporary:
            bench(options.folder or Path(temporary) / "library", options.snapshots, options.pixels)


if __name__ == "__main__":
    main()
