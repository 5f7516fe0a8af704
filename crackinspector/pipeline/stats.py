"""What a run of the live application comes to: the JSON of `--stats`."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path
from typing import Any, Final

from crackinspector.library.durable import make_folder, replace_file, storage_error
from crackinspector.pipeline.rates import Percentiles, Rates

_IMPORTED: Final = time.monotonic()
_START_FIELD: Final = 22  # of /proc/self/stat, counted from 1 as in proc(5)


class RunStats:
    """Collects what the rates do not know; all methods may be called by any thread, as often as is handy."""

    def __init__(self, rates: Rates, *, headless: bool) -> None:
        """`headless` takes latency to the result instead of to the painted label."""
        self._rates = rates
        self._headless = headless
        self._startup: float | None = None
        self._rss_start: float | None = None

    def started(self) -> None:
        """The first frame is painted, or the first result is there."""
        if self._startup is None:
            self._startup = process_age()

    def warm(self) -> None:
        """Everything that is loaded once is loaded: memory should not grow from here on."""
        if self._rss_start is None:
            self._rss_start = resident_mb()

    def report(self) -> dict[str, Any]:
        """The JSON object; rates are from the first to the last of each, `startup_ms` is null if nothing came."""
        run = self._rates.whole_run()
        end = resident_mb()
        return {
            "captured_fps": round(run.captured_fps, 2),
            "inferred_fps": round(run.inferred_fps, 2),
            "painted_fps": round(run.painted_fps, 2),
            "captured": run.captured,
            "dropped": run.dropped,
            "inferred": run.inferred,
            "painted": run.painted,
            "latency_ms": _milliseconds(run.latency if self._headless else run.label_latency),
            "invoke_ms": _milliseconds(run.invoke),
            "rss_mb": {"start": round(end if self._rss_start is None else self._rss_start, 1), "end": round(end, 1)},
            "startup_ms": None if self._startup is None else round(1000 * self._startup, 1),
        }

    def write(self, path: Path) -> None:
        """Write the report.

        Raises:
            StorageError: it cannot be written.
        """
        try:
            make_folder(path.parent)
            replace_file(path, (json.dumps(self.report(), indent=1) + "\n").encode("ascii"), sync=False)
        except OSError as error:
            raise storage_error(path, error) from error


def _milliseconds(values: Percentiles) -> dict[str, float | None]:
    """Null where nothing was measured: zero would be the best result of all."""
    if not values.p95:
        return {"p50": None, "p95": None}
    return {"p50": round(1000 * values.p50, 2), "p95": round(1000 * values.p95, 2)}


def process_age() -> float:
    """Seconds since this process was started, to a hundredth; since this module was imported where nobody can tell."""
    try:
        # the name of the program, in brackets, may hold spaces
        fields = Path("/proc/self/stat").read_text().rpartition(")")[2].split()
        started = int(fields[_START_FIELD - 3]) / os.sysconf("SC_CLK_TCK")
        return max(0.0, time.clock_gettime(time.CLOCK_BOOTTIME) - started)
    except (OSError, ValueError, IndexError, AttributeError):
        return time.monotonic() - _IMPORTED


def resident_mb() -> float:
    """Memory of this process in MB (2**20 bytes); 0 where nobody can tell."""
    try:
        return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20
    except (OSError, ValueError, IndexError):
        return 0.0
