"""The command line of `crackinspector live`."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

from crackinspector.core.arguments import number
from crackinspector.core.errors import UsageError
from crackinspector.pipeline.options import LiveOptions

LEAST_PX, MOST_PX = (320, 240), 8192
NOTES = """\
sources: auto (a CSI camera, else a USB camera, else the demo wall), demo, picamera2, /dev/videoN, a picture, a video
  file, a folder of pictures, or the address of a network stream

--headless runs without a window, for robots and vehicles. Each detection is a line of JSON on standard output or in
the --out file:
  frame, time, source, position, label, steady_label, score, probabilities, regions [{x, y, w, h, score}], model,
  latency_ms

--stats writes at the end: captured_fps, inferred_fps, painted_fps, captured, dropped, inferred, painted,
  latency_ms {p50, p95}, invoke_ms {p50, p95}, rss_mb {start, end}, startup_ms

exit status: 0 closed or ended; 1 a headless run looked at nothing, or lost lines; 2 wrong usage, or nothing to run
  with; 3 a part hung and was left behind at the end; 130, 143 a headless run was interrupted or terminated.
"""


def add_arguments(parser: argparse.ArgumentParser, size: Callable[[str], tuple[int, int]]) -> None:
    """Add the options; `size` reads what `--size` is given."""
    parser.add_argument("--source", metavar="SOURCE", help="where pictures come from (default: as in the settings)")
    parser.add_argument("--model", metavar="NAME|FILE", help="classifier, classifier-light, or a .tflite file")
    parser.add_argument("--seconds", metavar="N", type=number(0, itself=False), help="end after so many seconds")
    parser.add_argument("--stats", metavar="FILE", type=Path, help="write rates, latency and memory as JSON at the end")
    parser.add_argument("--config", metavar="FILE", type=Path, help="settings file to use instead of your own")
    window = parser.add_argument_group("with a window")
    window.add_argument("--screenshot", metavar="FILE", type=Path, help="write the window as a PNG at the end")
    window.add_argument("--size", metavar="WxH", type=size, help="size of the window")
    window.add_argument("--fullscreen", action="store_true", help="over everything, without a frame")
    headless = parser.add_argument_group("without one")
    headless.add_argument("--headless", action="store_true", help="no window: a line of JSON for each detection")
    headless.add_argument("--out", metavar="FILE", help="where the lines go; - is standard output (default)")
    headless.add_argument(
        "--snapshots", action=argparse.BooleanOptionalAction, help="keep a snapshot at an alarm (default: as set)"
    )


def live_options(options: argparse.Namespace) -> LiveOptions:
    """What was asked for; nothing, where the program was started without a command.

    Raises:
        UsageError: options that do not go together.
    """
    given = vars(options)
    if given.get("headless"):
        for name in ("screenshot", "size", "fullscreen"):
            if given[name]:
                raise UsageError(f"--{name} needs a window; leave it or --headless out")
    else:
        for name in ("out", "snapshots"):
            if given.get(name) is not None:
                raise UsageError(f"--{name} belongs to --headless; for the window it is a setting")
    return LiveOptions(
        source=given.get("source"),
        model=given.get("model"),
        seconds=given.get("seconds"),
        stats=given.get("stats"),
        screenshot=given.get("screenshot"),
        size=window_size(given.get("size")),
        fullscreen=bool(given.get("fullscreen")),
        config=given.get("config"),
        out=given.get("out"),
        snapshots=given.get("snapshots"),
        debug=bool(given.get("debug")),
    )


def window_size(size: tuple[int, int] | None) -> tuple[int, int] | None:
    """What `--size` was given, if a window can be as large. Raises UsageError."""
    if size is not None and not all(least <= side <= MOST_PX for least, side in zip(LEAST_PX, size, strict=True)):
        raise UsageError(f"--size takes {LEAST_PX[0]}x{LEAST_PX[1]} to {MOST_PX}x{MOST_PX}, got {size[0]}x{size[1]}")
    return size
