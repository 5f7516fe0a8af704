"""Throughput of `analyze` against a bare loop, on the same pictures with the same number of processes.

The bare loop does what nobody can do without: it decodes each picture, makes of it the very tiles that the analyzer
looks at, each level from the one before, and invokes the model. `analyze` adds the crack map, the decision, the regions
and the JSON lines.
Both take turns, so that whatever else the machine does falls on both; the figure is the median of the rounds' ratios.
Rates are those of the steady state, from the first result to the last.

    python -m tests.benchmarks.analyze [FOLDER] [--model NAME|FILE] [--processes N] [--pictures N] [--rounds N]
"""

from __future__ import annotations

import argparse
import contextlib
import statistics
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from crackinspector.inference.card import ModelCard
from crackinspector.inference.levels import RESIZE
from crackinspector.inference.model import CrackModel
from crackinspector.inference.runtime import open_interpreter, usable_processors
from crackinspector.inference.shipped import resolve_model
from crackinspector.inference.tiling import pyramid, tile_side
from crackinspector.inference.verify import verify_model
from crackinspector.sources.demo_wall import demo_wall
from crackinspector.sources.finding import find_pictures
from crackinspector.survey.analyze import AnalyzeOptions, outcomes
from crackinspector.survey.job import Task
from crackinspector.survey.output import JsonLines

CROPS = ((227, 227), (448, 448), (640, 480))


@dataclass(frozen=True, slots=True)
class Rate:
    """Pictures a second, from the first result to the last; seconds of the whole run with its start."""

    steady: float
    seconds: float


def crops(folder: Path, count: int) -> list[Path]:
    """JPEG crops of demo walls."""
    rng = np.random.default_rng(0)
    walls = [demo_wall(seed, 1280, 960).image for seed in range(3)]
    paths = []
    for number in range(count):
        wall, (width, height) = walls[number % len(walls)], CROPS[number // len(walls) % len(CROPS)]
        x, y = rng.integers(0, 1280 - width + 1), rng.integers(0, 960 - height + 1)
        path = folder / f"{number:05}.jpg"
        path.write_bytes(cv2.imencode(".jpg", wall[y : y + height, x : x + width])[1].tobytes())
        paths.append(path)
    return paths


def tiles(image: NDArray[Any], card: ModelCard, skip: int = 0) -> Iterator[NDArray[Any]]:
    """The tiles of a BGR picture on all levels but the finest `skip`, RGB at the model's input size, in order."""
    side, size = tile_side(card.input.tile_px), (card.input.width, card.input.height)
    levels = pyramid(image.shape[1], image.shape[0], side)
    for number, level in enumerate(levels):
        if level.content is not None:
            image = _resized(image, level.content, card.input.resize)
        elif number:
            image = cv2.resize(image, (image.shape[1] // 2, image.shape[0] // 2), interpolation=cv2.INTER_AREA)
        bottom, right = level.height - image.shape[0], level.width - image.shape[1]
        if bottom or right:
            image = cv2.copyMakeBorder(image, 0, bottom, 0, right, cv2.BORDER_REPLICATE)
        for y in level.ys if number >= skip else ():
            for x in level.xs:
                tile = image[y : y + side, x : x + side]
                if size != (side, side):
                    tile = _resized(tile, size, card.input.resize)
                yield cv2.cvtColor(tile, cv2.COLOR_BGR2RGB)


def _resized(image: NDArray[Any], size: tuple[int, int], resize: str) -> NDArray[Any]:
    shrinks = size[0] * size[1] < image.shape[0] * image.shape[1]
    return cv2.resize(image, size, interpolation=RESIZE[resize] if shrinks or resize != "area" else cv2.INTER_LINEAR)


class BareLoop:
    """Decode, resize, invoke: one for each process."""

    def __init__(self, model: Path) -> None:
        """Load the model with one thread."""
        cv2.setNumThreads(1)
        loaded = CrackModel.load(model, threads=1)
        self._card = loaded.card
        self._interpreter = open_interpreter(model, 1).interpreter
        (details,) = self._interpreter.get_input_details()
        self._index, self._dtype = details["index"], np.dtype(details["dtype"])
        self._outputs = [output["index"] for output in self._interpreter.get_output_details()]

    def __call__(self, path: Path) -> int:
        """Run the model over every tile and return how many there were."""
        image = cv2.imread(str(path))
        assert image is not None
        count = 0
        for tile in tiles(image, self._card):
            self._interpreter.set_tensor(self._index, self._values(tile))
            self._interpreter.invoke()
            for output in self._outputs:
                self._interpreter.get_tensor(output)
            count += 1
        return count

    def _values(self, tile: NDArray[Any]) -> NDArray[Any]:
        if self._dtype == np.int8:
            return (tile[None] ^ 0x80).view(np.int8)
        return tile[None].astype(self._dtype)


_loop: BareLoop


def _start(model: Path) -> None:
    global _loop
    _loop = BareLoop(model)


def _one(path: Path) -> int:
    return _loop(path)


def timed(results: Iterable[object], count: int) -> Rate:
    """Use up the results of `count` pictures."""
    begin = time.perf_counter()
    first = begin
    for number, _ in enumerate(results):
        if number == 0:
            first = time.perf_counter()
    end = time.perf_counter()
    return Rate((count - 1) / (end - first), end - begin)


def bare(model: Path, paths: list[Path], processes: int) -> Rate:
    """The bare loop on a plain process pool."""
    with get_context("spawn").Pool(processes, _start, (model,)) as pool:
        return timed(pool.imap(_one, paths, chunksize=1), len(paths))


def analyze(model: Path, paths: list[Path], processes: int) -> Rate:
    """What the command does, without its readable lines."""
    tasks = [Task(path) for path in paths]
    options = AnalyzeOptions((), str(model), workers=processes)
    with tempfile.TemporaryDirectory() as folder:
        lines = JsonLines(str(Path(folder) / "out.jsonl"))
        with contextlib.closing(outcomes(model, tasks, options)) as stream:
            rate = timed(map(lines.write, (outcome.record for outcome in stream)), len(paths))
        lines.commit()
    return rate


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, help="pictures; crops of demo walls if left out")
    parser.add_argument("--model", default="classifier")
    parser.add_argument("--processes", type=int, default=usable_processors())
    parser.add_argument("--pictures", type=int, default=300, help="how many at most (300)")
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    model = resolve_model(options.model)
    verify_model(model)
    with tempfile.TemporaryDirectory() as temporary:
        if options.folder is None:
            paths = crops(Path(temporary), options.pictures)
        else:
            paths = [found.path for found in find_pictures([options.folder])][: options.pictures]
            paths = [path for path in paths if cv2.imread(str(path)) is not None]
        print(f"{len(paths)} pictures, {options.processes} processes, model {model.stem}, pictures a second:")
        print(f"{'round':>5}  {'bare loop':>10}  {'analyze':>10}  {'ratio':>6}  {'with start':>10}")
        sides: tuple[Callable[[Path, list[Path], int], Rate], ...] = (bare, analyze)
        ratios, whole = [], []
        for number in range(options.rounds):
            order = sides if number % 2 == 0 else sides[::-1]
            rates = {side: side(model, paths, options.processes) for side in order}
            ratios.append(rates[analyze].steady / rates[bare].steady)
            whole.append(rates[bare].seconds / rates[analyze].seconds)
            print(
                f"{number + 1:>5}  {rates[bare].steady:>10.1f}  {rates[analyze].steady:>10.1f}"
                f"  {ratios[-1]:>6.3f}  {whole[-1]:>10.3f}",
                flush=True,
            )
        print(f"median ratio {statistics.median(ratios):.3f} (with start {statistics.median(whole):.3f}); goal >= 0.9")


if __name__ == "__main__":
    main()
