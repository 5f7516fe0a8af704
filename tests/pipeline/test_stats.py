from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest

from crackinspector.core.errors import StorageError
from crackinspector.pipeline.rates import Rates
from crackinspector.pipeline.stats import RunStats, process_age, resident_mb


def filled() -> Rates:
    now = [0.0]
    rates = Rates(lambda: now[0])
    for _ in range(11):
        rates.captured()
        rates.inferred(0.2, 0.05)
        rates.painted(0.3)
        rates.dropped(2)
        now[0] += 0.1
    return rates


def test_the_report_is_what_the_contract_says(tmp_path: Path) -> None:
    stats = RunStats(filled(), headless=False)
    stats.started()
    stats.warm()
    stats.write(tmp_path / "stats.json")
    told = json.loads((tmp_path / "stats.json").read_text())
    assert list(told) == [
        *("captured_fps", "inferred_fps", "painted_fps", "captured", "dropped", "inferred", "painted"),
        *("latency_ms", "invoke_ms", "rss_mb", "startup_ms"),
    ]
    assert (told["captured_fps"], told["inferred_fps"], told["painted_fps"]) == (10, 10, 10)
    assert (told["captured"], told["dropped"], told["inferred"], told["painted"]) == (11, 22, 11, 11)
    assert told["latency_ms"] == {"p50": 300, "p95": 300}
    assert told["invoke_ms"] == {"p50": 50, "p95": 50}
    assert 10 < told["rss_mb"]["start"] < 10_000 and 10 < told["rss_mb"]["end"] < 10_000
    assert told["startup_ms"] > 0


def test_headless_latency_is_that_to_the_result() -> None:
    assert RunStats(filled(), headless=True).report()["latency_ms"] == {"p50": 200, "p95": 200}


def test_nothing_happened_is_no_failure() -> None:
    told = RunStats(Rates(), headless=False).report()
    assert told["startup_ms"] is None
    assert told["captured_fps"] == 0
    assert told["rss_mb"]["start"] == told["rss_mb"]["end"]


def test_only_the_first_frame_counts_as_the_start() -> None:
    stats = RunStats(Rates(), headless=False)
    stats.started()
    first = stats.report()["startup_ms"]
    time.sleep(0.03)
    stats.started()
    assert stats.report()["startup_ms"] == first


def test_a_folder_that_is_not_there_is_made(tmp_path: Path) -> None:
    RunStats(Rates(), headless=False).write(tmp_path / "new" / "stats.json")
    assert (tmp_path / "new" / "stats.json").is_file()


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StorageError, match="file"):
        RunStats(Rates(), headless=False).write(tmp_path / "file" / "stats.json")


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="needs Linux's /proc")
def test_the_age_is_that_of_the_process_not_of_the_interpreter() -> None:
    told = "from crackinspector.pipeline.stats import process_age; print(process_age())"
    code = f"import time; {told}; time.sleep(0.2); print(process_age())"
    asked = time.monotonic()
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    passed = time.monotonic() - asked
    first, second = map(float, out.split())
    assert 0.02 < first < second - 0.15
    assert second < passed + 0.05


@pytest.mark.parametrize("text", ["", "1 (a b) c", "x"])
def test_a_system_without_such_files_is_no_failure(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "read_text", lambda self: text)
    assert process_age() > 0
    assert resident_mb() == 0


def test_what_was_never_measured_is_null() -> None:
    told = RunStats(Rates(), headless=False).report()
    assert told["latency_ms"] == told["invoke_ms"] == {"p50": None, "p95": None}
