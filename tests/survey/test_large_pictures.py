"""What `analyze` needs in memory for the largest pictures; run with -m slow."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from crackinspector.sources.demo_wall import demo_wall

ROOT = Path(__file__).resolve().parents[2]
LIMIT_BYTES = 1_500_000_000

SCRIPT = """
import re, sys
from pathlib import Path
from crackinspector.cli import main
status = main(["analyze", *sys.argv[1:], "--workers", "1", "--model", "classifier-light"])
# not getrusage: its figure begins with that of the process that started this one
print(int(re.search(r"VmHWM:\\s*(\\d+) kB", Path("/proc/self/status").read_text())[1]) * 1024)
sys.exit(status)
"""


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="Linux tells the peak")
@pytest.mark.parametrize(
    ("side", "suffix", "options"),
    [
        (20_000, ".jpg", {"Q": 85}),
        (20_000, ".tif", {"tile": True, "compression": "lzw"}),
        (16_000, ".jpg", {"Q": 85, "interlace": True}),
        (12_500, ".jpg", {"Q": 95, "interlace": True}),
    ],
)
def test_peak_memory_of_an_analysis(tmp_path: Path, side: int, suffix: str, options: dict[str, Any]) -> None:
    import pyvips

    wall = demo_wall(3, 2000, 2000).image[:, :, ::-1].copy()
    across = -(-side // 2000)
    image = pyvips.Image.new_from_memory(wall.tobytes(), 2000, 2000, 3, "uchar").replicate(across, across)
    path = tmp_path / f"large{suffix}"
    image.crop(0, 0, side, side).copy(interpretation="srgb").write_to_file(str(path), **options)
    outputs = ("--json", tmp_path / "r.jsonl", "--maps", tmp_path / "m", "--overlays", tmp_path / "o", "--quiet")
    command = [sys.executable, "-c", SCRIPT, str(path), *map(str, outputs)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, env=environment, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    record = json.loads((tmp_path / "r.jsonl").read_text())
    assert (record["width"], record["height"], record["error"]) == (side, side, None)
    assert int(done.stdout) < LIMIT_BYTES
