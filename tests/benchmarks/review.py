"""The next picture on a key press: from the key to what is painted, with pictures of 12 megapixels.

    python -m tests.benchmarks.review [--pictures N] [--pace SECONDS] [--width W --height H] [--arrows]

A reviewer presses C on every picture, which keeps a verdict and shows the next; with `--arrows`, Right. A press waits
until the picture before was painted, and `--pace` at least: who looks at a picture takes 1.5 s, who leafs 0.3 s. The
library is made anew, of pictures with maps and findings. `QT_QPA_PLATFORM=offscreen` is used where there is no screen.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import resource
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from crackinspector.library.events import Draft, Kind
from crackinspector.library.facts import read_facts
from crackinspector.library.queries import Query, Sort, ids
from crackinspector.library.store import Change, Library
from crackinspector.sources.demo_wall import demo_wall

WIDTH, HEIGHT = 4000, 3000
GOAL_MS = 100


def fill(folder: Path, count: int) -> None:
    """A library of so many different photographs of a wall."""
    wall = demo_wall(0, WIDTH + 16 * count, HEIGHT).image
    crack_map = np.zeros((HEIGHT // 2, WIDTH // 2), np.uint8)
    for row in range(6):
        crack_map[200 * row + 100 : 200 * row + 110, 300:1700] = 120 + 20 * row
    encoded = cv2.imencode(".png", crack_map)[1].tobytes()
    map_digest = hashlib.sha256(encoded).hexdigest()
    regions = [{"x": 600, "y": 400 * row + 200, "w": 2800, "h": 20, "score": 0.9} for row in range(6)]
    detection = {
        "label": "positive",
        "score": 0.9,
        "probabilities": {"positive": 0.9, "negative": 0.1},
        "regions": regions,
        "threshold": 0.5,
        "model": {"name": "stand-in", "sha256": "cd" * 32},
        "view": {"x": 0, "y": 0, "w": WIDTH, "h": HEIGHT},
        "map": map_digest,
    }
    with Library(folder, create=True) as library:
        for number in range(count):
            picture = np.ascontiguousarray(wall[:, 16 * number : 16 * number + WIDTH])
            name = f"wall{number}.jpg"
            content = _noisy(picture, number)
            digest = hashlib.sha256(content).hexdigest()
            staged, map_file = library.run / f"{digest}.bench.jpg", library.run / f"{map_digest}.bench.png"
            staged.write_bytes(content)
            map_file.write_bytes(encoded)
            made = [Draft(Kind.IMPORT, "ann", {"name": name, "source": "benchmark", "taken": None})]
            made.append(Draft(Kind.DETECTION, "ann", detection))
            change = Change(
                digest,
                lambda known, made=made: made,  # type: ignore[misc]
                facts=read_facts(staged),
                picture=staged,
                maps={map_digest: map_file},
            )
            library.commit([change])


def _noisy(picture: NDArray[np.uint8], seed: int) -> bytes:
    """As a camera gives it, some megabytes long."""
    noise = np.random.default_rng(seed).integers(0, 12, picture.shape, np.uint8)
    return cv2.imencode(".jpg", cv2.add(picture, noise), [cv2.IMWRITE_JPEG_QUALITY, 92])[1].tobytes()


def measure(folder: Path, pace: float, size: tuple[int, int], arrows: bool) -> list[float]:
    """Milliseconds from each key press to the next picture."""
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication

    from crackinspector.gui.library.access import LibraryAccess
    from crackinspector.gui.review.page import ReviewPage

    app = QApplication.instance() or QApplication([])
    with Library(folder, write=False) as library:
        numbers = ids(library, Query(sort=Sort.ADDED, descending=False))
    access = LibraryAccess(folder, "ben")
    page = ReviewPage(access)
    painted: dict[int, float] = {}
    page.picture.painted.connect(lambda number: painted.__setitem__(number, time.perf_counter()))
    page.resize(*size)
    page.show()

    def until(condition: Callable[[], bool]) -> None:
        end = time.perf_counter() + 30
        while not condition():
            app.processEvents()
            time.sleep(0.0005)
            assert time.perf_counter() < end

    until(lambda: access.state is not None)
    page.review(numbers, 0)
    until(lambda: numbers[0] in painted)
    times = []
    for number in numbers[1:]:
        rest = time.perf_counter() + pace
        until(lambda rest=rest: time.perf_counter() >= rest)  # type: ignore[misc]
        begin = time.perf_counter()
        QTest.keyClick(page, Qt.Key.Key_Right if arrows else Qt.Key.Key_C)
        until(lambda number=number: number in painted)  # type: ignore[misc]
        times.append(1e3 * (painted[number] - begin))
    until(lambda: page.decisions.waiting == 0)
    page.close()
    assert page.loader.stop() and access.close()
    return times


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pictures", type=int, default=60)
    parser.add_argument("--pace", type=float, default=1.5)
    parser.add_argument("--width", type=int, default=1600)
    parser.add_argument("--height", type=int, default=1000)
    parser.add_argument("--arrows", action="store_true")
    options = parser.parse_args()
    if "DISPLAY" not in os.environ and "WAYLAND_DISPLAY" not in os.environ:
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary) / "library"
        fill(folder, options.pictures)
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        times = measure(folder, options.pace, (options.width, options.height), options.arrows)
        after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    ordered = sorted(times)
    p95 = ordered[min(len(ordered) - 1, round(0.95 * (len(ordered) - 1)))]
    print(f"{len(times)} pictures of {WIDTH} x {HEIGHT}, {options.pace} s each")
    print(f"key to painted: median {statistics.median(times):.1f} ms, p95 {p95:.1f} ms (goal {GOAL_MS}), ", end="")
    print(f"most {max(times):.1f} ms")
    print(f"peak memory: {after:.0f} MB, {before:.0f} MB of it before the window")


if __name__ == "__main__":
    main()
