"""The live application's figures: what reaches the screen, how late, and what it costs.

Each measurement is a run of the whole application in a process of its own, on frames from memory in a 1280x720 window
with the heat map on; `QT_QPA_PLATFORM=offscreen` is used where there is no screen. Every figure is a ratio of two
numbers of one run, or compares a run's end with its beginning.

    python -m tests.benchmarks.live_gui [--seconds N] [--minutes N] [--changes N] [--rounds N] [--model M] [--json FILE]
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

SIZE = 1280, 720
FRAME_SIZE = 960, 720
WARM_SECONDS = 3.0
"""After the model is ready; then caches are filled and the window has been laid out."""
GOALS = {
    "painted / captured at 30 fps": ">= 0.97",
    "painted / captured at 60 fps": ">= 0.97",
    "inferred / captured at 30 fps": "-",
    "label latency p95 / (frame interval + invoke)": "<= 1.5",
    "GUI thread busy at 30 fps": "<= 0.25",
    "start to first painted frame / bare imports": "<= 2.0",
    "memory slope, MB a minute": "0",
    "threads after the changes of source": "as before",
    "descriptors after the changes of source": "as before",
}


def run_application(fps: float, model: str, watch: Callable[[Any], None]) -> None:
    """The whole application on frames from memory until `watch`, which gets it, closes it."""
    import cv2
    from PySide6.QtWidgets import QApplication

    from crackinspector.core.settings import Settings, SourceSettings
    from crackinspector.gui.app import Application
    from crackinspector.pipeline.options import LiveOptions
    from crackinspector.sources.demo_wall import demo_wall
    from crackinspector.sources.memory import MemorySource

    cv2.setNumThreads(1)
    wall = demo_wall(0, FRAME_SIZE[0] + 120, FRAME_SIZE[1] + 90).image
    frames = [
        np.ascontiguousarray(wall[3 * i : 3 * i + FRAME_SIZE[1], 4 * i : 4 * i + FRAME_SIZE[0]]) for i in range(30)
    ]
    frames += frames[-2:0:-1]
    settings = Settings().changed("detection.model", model).changed("interface.language", "en")
    qt = QApplication.instance() or QApplication(["live_gui"])
    assert isinstance(qt, QApplication)

    def opener(name: str, asked: SourceSettings, stop: threading.Event | None = None) -> MemorySource:
        return MemorySource(frames, fps)

    application = Application(qt, settings, LiveOptions(size=SIZE), opener=opener)
    watch(application)
    if application.run():
        raise SystemExit("the application failed")


def _when_warm(application: Any, then: Callable[[], None]) -> None:
    from PySide6.QtCore import QTimer

    from crackinspector.pipeline.model_state import ModelPhase, ModelState

    begun: list[bool] = []

    def told(state: ModelState) -> None:
        if state.phase is ModelPhase.FAILED:
            raise SystemExit(state.sentence)
        if state.phase is ModelPhase.READY and not begun:
            begun.append(True)
            QTimer.singleShot(round(1000 * WARM_SECONDS), then)

    # the signal comes from another signal of the GUI thread, where a plain function may be called
    application.session.model.connect(told)


def paint(fps: float, seconds: float, model: str) -> dict[str, float]:
    """Rates, latency and the GUI thread's time over so many seconds of a warm application."""
    found: dict[str, float] = {}

    def watch(application: Any) -> None:
        from PySide6.QtCore import QTimer

        rates = application.session.rates
        identity = threading.main_thread().ident
        assert identity is not None
        clock = time.pthread_getcpuclockid(identity)
        begin: list[Any] = []

        def start() -> None:
            begin.extend((rates.snapshot(), time.clock_gettime(clock), time.monotonic()))
            QTimer.singleShot(round(1000 * seconds), end)

        def end() -> None:
            then, busy, at = begin
            now, passed = rates.snapshot(), time.monotonic() - at
            captured = now.captured - then.captured
            run = rates.whole_run()
            found.update(
                captured_fps=captured / passed,
                painted=(now.painted - then.painted) / captured,
                inferred=(now.inferred - then.inferred) / captured,
                invoke_ms=1000 * run.invoke.p50,
                latency_p95_ms=1000 * run.label_latency.p95,
                latency=run.label_latency.p95 / (1 / fps + run.invoke.p50),
                busy=(time.clock_gettime(clock) - busy) / passed,
            )
            application.close()

        _when_warm(application, start)

    run_application(fps, model, watch)
    return found


def slope(fps: float, minutes: float, model: str) -> dict[str, float]:
    """Memory's growth in MB a minute, by the line through one value a second."""
    from crackinspector.pipeline.stats import resident_mb

    values: list[tuple[float, float]] = []

    def watch(application: Any) -> None:
        from PySide6.QtCore import QTimer

        timer = QTimer(application)
        timer.setInterval(1000)
        begin: list[float] = []

        def sample() -> None:
            passed = time.monotonic() - begin[0]
            values.append((passed / 60, resident_mb()))
            if passed >= 60 * minutes:
                application.close()

        def start() -> None:
            begin.append(time.monotonic())
            timer.start()

        timer.timeout.connect(sample)
        _when_warm(application, start)

    run_application(fps, model, watch)
    at, megabytes = np.array(values).T
    return {"slope": float(np.polyfit(at, megabytes, 1)[0]), "start": megabytes[0], "end": megabytes[-1]}


def changes(count: int, model: str) -> dict[str, float]:
    """Threads and descriptors before and after so many changes of source, each of which has to give a frame."""
    found: dict[str, float] = {}

    def watch(application: Any) -> None:
        from crackinspector.sources.source import SourceState
        from crackinspector.sources.steady_feed import SourceStatus

        done: list[int] = []

        def streaming(status: SourceStatus) -> None:
            if status.state is not SourceState.STREAMING:
                return
            if not done:
                found.update(threads_before=_entries("task"), files_before=_entries("fd"))
            elif len(done) == count:
                found.update(threads_after=_entries("task"), files_after=_entries("fd"))
                application.close()
                return
            done.append(1)
            application.store.set("source.name", f"number {len(done)}")

        _when_warm(application, lambda: application.session.status.connect(streaming) and application.session.retry())

    run_application(30.0, model, watch)
    return found


def _entries(of: str) -> int:
    return len(list(Path(f"/proc/self/{of}").iterdir()))


def modules(model: str) -> list[str]:
    """The packages of others that are loaded when the first frame is there, in their order."""
    found: list[str] = []

    def watch(application: Any) -> None:
        def started() -> None:
            own = ("crackinspector", "tests", "__main__")
            standard = sys.stdlib_module_names
            found.extend(
                name
                for name in sys.modules
                if name.partition(".")[0] not in (*own, *standard) and not name.rpartition(".")[2].startswith("_")
            )
            application.close()

        application.session.started.connect(started)

    run_application(30.0, model, watch)
    return found


def startup(rounds: int, model: str) -> dict[str, float]:
    """Milliseconds from the start of a process to the first painted frame, and to the end of bare imports."""
    names = _in_process("modules", model)
    bare = (
        "import importlib, json, sys\n"
        "for name in json.loads(sys.argv[1]):\n"
        "    try: importlib.import_module(name)\n"
        "    except ImportError: pass\n"
        "from pathlib import Path; import os, time\n"
        "fields = Path('/proc/self/stat').read_text().rpartition(')')[2].split()\n"
        "print(1000 * (time.clock_gettime(time.CLOCK_BOOTTIME) - int(fields[19]) / os.sysconf('SC_CLK_TCK')))\n"
    )
    painted, imported, ratios = [], [], []
    with tempfile.TemporaryDirectory() as folder:
        stats = Path(folder) / "stats.json"
        live = [sys.executable, "-m", "crackinspector", "live", "--source", "demo", "--model", model]
        live += ["--seconds", "2", "--stats", str(stats), "--size", f"{SIZE[0]}x{SIZE[1]}"]
        live += ["--config", str(Path(folder) / "settings.toml")]
        (Path(folder) / "settings.toml").write_text("")
        for number in range(rounds + 1):
            subprocess.run(live, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            first = json.loads(stats.read_text())["startup_ms"]
            command = [sys.executable, "-c", bare, json.dumps(names)]
            other = float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
            if number:  # the first fills the disk's cache
                painted.append(first)
                imported.append(other)
                ratios.append(first / other)
    return {
        "painted_ms": statistics.median(painted),
        "imports_ms": statistics.median(imported),
        "ratio": statistics.median(ratios),
    }


def _in_process(what: str, *arguments: object, within: float = 120.0) -> Any:
    """One measurement in a process of its own, which may take so many seconds."""
    environment = dict(os.environ)
    if not any(environment.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")):
        environment["QT_QPA_PLATFORM"] = "offscreen"
    with tempfile.TemporaryDirectory() as folder:
        environment.update({f"XDG_{name}_HOME": folder for name in ("CONFIG", "STATE")}, HOME=folder)
        environment.setdefault("XDG_CACHE_HOME", str(Path.home() / ".cache"))
        command = [sys.executable, "-m", "tests.benchmarks.live_gui", "--only", what, *map(str, arguments)]
        done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=True, timeout=within)
    return json.loads(done.stdout.splitlines()[-1])


def _only(arguments: Sequence[str]) -> Any:
    what, *values = arguments
    numbers, model = [float(value) for value in values[:-1]], values[-1]
    if what == "paint":
        return paint(numbers[0], numbers[1], model)
    if what == "slope":
        return slope(30.0, numbers[0], model)
    if what == "changes":
        return changes(int(numbers[0]), model)
    return modules(model)


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=10, help="of each measurement of rates (10)")
    parser.add_argument("--minutes", type=float, default=10, help="of the measurement of memory (10)")
    parser.add_argument("--changes", type=int, default=100, help="changes of source (100)")
    parser.add_argument("--rounds", type=int, default=5, help="of starting (5)")
    parser.add_argument("--model", default="classifier")
    parser.add_argument("--json", type=Path, help="write the figures there as well")
    parser.add_argument("--only", nargs="+", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.only is not None:
        print(json.dumps(_only(options.only)))
        return
    figures: dict[str, Any] = {}

    def tell(name: str, value: float | str, note: str = "") -> None:
        figures[name] = value
        shown = value if isinstance(value, str) else f"{value:.3f}"
        print(f"{name:<48}{shown:>12}   goal {GOALS[name]:<10} {note}", flush=True)

    for fps in (30, 60):
        run = _in_process("paint", fps, options.seconds, options.model, within=60 + options.seconds)
        tell(f"painted / captured at {fps} fps", run["painted"], f"captured {run['captured_fps']:.1f} fps")
        if fps == 30:
            tell("inferred / captured at 30 fps", run["inferred"])
            note = f"{run['latency_p95_ms']:.0f} ms, invoke {run['invoke_ms']:.0f} ms"
            tell("label latency p95 / (frame interval + invoke)", run["latency"], note)
            tell("GUI thread busy at 30 fps", run["busy"])
    if options.rounds:
        run = startup(options.rounds, options.model)
        note = f"{run['painted_ms']:.0f} ms over {run['imports_ms']:.0f} ms"
        tell("start to first painted frame / bare imports", run["ratio"], note)
    if options.changes:
        run = _in_process("changes", options.changes, options.model, within=60 + options.changes)
        for name, key in (("threads", "threads"), ("descriptors", "files")):
            tell(f"{name} after the changes of source", f"{run[f'{key}_before']} -> {run[f'{key}_after']}")
    if options.minutes:
        run = _in_process("slope", options.minutes, options.model, within=60 + 60 * options.minutes)
        note = f"{run['start']:.1f} -> {run['end']:.1f} MB in {options.minutes:g} min"
        tell("memory slope, MB a minute", run["slope"], note)
    if options.json is not None:
        options.json.write_text(json.dumps(figures, indent=1) + "\n")


if __name__ == "__main__":
    main()
