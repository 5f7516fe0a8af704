"""What the live pipeline adds to the model: rates and latency against a bare loop, without a window.

The bare loop does what nobody can do without: of each frame it makes the very tiles that the pipeline looks at and
invokes the model. The pipeline is run as it is, camera loop and inference loop in two threads, on a source that gives
frames from memory faster than they can be looked at. Both take turns; the figure is the median of the rounds' ratios.

Latency, from capture to result, is measured at 30 frames a second and given over the least that it could be for a
frame that just missed its turn: a frame's interval and the time in the runtime.

    python -m tests.benchmarks.live [--model NAME|FILE ...] [--detail NAME ...] [--seconds N] [--rounds N] [--json FILE]
"""

from __future__ import annotations

import argparse
import json
import statistics
import threading
import time
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from crackinspector.core.frame import Frame
from crackinspector.core.mailbox import Mailbox
from crackinspector.inference.frames import BUDGETS, FrameAnalyzer
from crackinspector.inference.model import CrackModel
from crackinspector.inference.shipped import resolve_model
from crackinspector.inference.tensors import TileFeed
from crackinspector.inference.tiling import pyramid, tile_side
from crackinspector.pipeline.camera_loop import CameraLoop
from crackinspector.pipeline.inference_loop import Found, InferenceLoop
from crackinspector.pipeline.live_model import SPARE_PROCESSORS
from crackinspector.pipeline.model_state import LookSettings, ModelPhase, ModelState
from crackinspector.pipeline.rates import Rates, RateSnapshot
from crackinspector.sources.demo_wall import demo_wall
from crackinspector.sources.memory import MemorySource
from crackinspector.sources.steady_feed import Feed
from tests.benchmarks.analyze import tiles

SIZE = 960, 720
GOAL_RATE, GOAL_LATENCY = 0.90, 1.5


def walls(size: tuple[int, int] = SIZE, count: int = 4) -> list[NDArray[np.uint8]]:
    """Frames of several demo walls."""
    return [demo_wall(seed, *size).image for seed in range(count)]


def bare_fps(name: str, detail: str, frames: list[NDArray[np.uint8]], seconds: float) -> float:
    """Frames a second of preprocessing and invoking alone, with the threads that the pipeline would take."""
    model = CrackModel.load(resolve_model(name), spare=SPARE_PROCESSORS)
    chosen = FrameAnalyzer(model).levels(*SIZE, detail)
    skip = len(pyramid(*SIZE, tile_side(model.card.input.tile_px))) - len(chosen)
    interpreter = model.runtime.interpreter
    (details,) = interpreter.get_input_details()
    feed = TileFeed(details, (model.card.input.low, model.card.input.high), name)
    outputs = [output["index"] for output in interpreter.get_output_details()]
    count, begin = 0, time.perf_counter()
    while time.perf_counter() - begin < seconds:
        for tile in tiles(frames[count % len(frames)], model.card, skip):
            model.runtime.invoke(feed.index, feed(tile))
            for output in outputs:
                interpreter.get_tensor(output)
        count += 1
    return count / (time.perf_counter() - begin)


def discard(box: Mailbox[Found]) -> None:
    """What a window does first."""
    box.take()


def pipeline(name: str, detail: str, frames: list[NDArray[np.uint8]], fps: float, seconds: float) -> RateSnapshot:
    """The rates of both loops over so many seconds after the model is ready."""
    inbox: Mailbox[Frame] = Mailbox()
    outbox: Mailbox[Found] = Mailbox()
    rates = Rates()
    ready = threading.Event()

    def told(state: ModelState) -> None:
        if state.phase is ModelPhase.FAILED:
            raise SystemExit(state.sentence)
        if state.phase is ModelPhase.READY:
            ready.set()

    inference = InferenceLoop(
        inbox, outbox, rates, lambda: discard(outbox), told, look=LookSettings(detail=detail), model=name
    )
    camera = CameraLoop(
        lambda stop: Feed(lambda: MemorySource(frames, fps), stop=stop), (inbox,), rates, lambda: None, lambda _: None
    )
    threads = [threading.Thread(target=loop.run) for loop in (inference, camera)]
    threads[0].start()
    ready.wait()
    threads[1].start()
    time.sleep(seconds)
    for loop in (inference, camera):
        loop.stop()
    for thread in threads:
        thread.join()
    return rates.whole_run()


def measure(name: str, detail: str, seconds: float, rounds: int) -> dict[str, Any]:
    """One line of the table."""
    frames = walls()
    ratios: list[float] = []
    bares: list[float] = []
    loops: list[float] = []
    fast = 2 * bare_fps(name, detail, frames, 1.0)  # so that there is always a newer frame to take
    for number in range(rounds):
        for side in ("bare", "loop") if number % 2 == 0 else ("loop", "bare"):
            if side == "bare":
                bares.append(bare_fps(name, detail, frames, seconds))
            else:
                loops.append(pipeline(name, detail, frames, fast, seconds).inferred_fps)
        ratios.append(loops[-1] / bares[-1])
    at_30 = pipeline(name, detail, frames, 30.0, seconds)
    return {
        "model": name,
        "detail": detail,
        "bare_fps": round(statistics.median(bares), 2),
        "inferred_fps": round(statistics.median(loops), 2),
        "ratio": round(statistics.median(ratios), 3),
        "invoke_ms": round(1000 * at_30.invoke.p50, 1),
        "latency_p95_ms": round(1000 * at_30.latency.p95, 1),
        "latency_ratio": round(at_30.latency.p95 / (1 / 30 + at_30.invoke.p50), 2),
    }


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", nargs="+", default=["classifier"])
    parser.add_argument("--detail", nargs="+", choices=list(BUDGETS), default=["auto"])
    parser.add_argument("--seconds", type=float, default=4, help="of each measurement (4)")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--json", type=Path, help="write the figures there as well")
    options = parser.parse_args()
    cv2.setNumThreads(1)
    print(f"frames of {SIZE[0]}x{SIZE[1]}; a ratio of rates >= {GOAL_RATE} is the goal, of latency <= {GOAL_LATENCY}")
    print(f"{'model':<18}{'detail':<8}{'bare fps':>9}{'inferred':>9}{'ratio':>7}{'invoke':>9}{'p95':>9}{'ratio':>7}")
    lines = []
    for name in options.model:
        for detail in options.detail:
            line = measure(name, detail, options.seconds, options.rounds)
            lines.append(line)
            print(
                f"{name:<18}{detail:<8}{line['bare_fps']:>9.1f}{line['inferred_fps']:>9.1f}{line['ratio']:>7.3f}"
                f"{line['invoke_ms']:>6.1f} ms{line['latency_p95_ms']:>6.1f} ms{line['latency_ratio']:>7.2f}",
                flush=True,
            )
    if options.json is not None:
        options.json.write_text(json.dumps(lines, indent=1) + "\n")


if __name__ == "__main__":
    main()
