from __future__ import annotations

import hashlib
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from crackinspector.library.record import read_snapshot
from crackinspector.library.snapshots import recover

ROOT = Path(__file__).resolve().parents[2]
KEEP_ON = """
import sys
from pathlib import Path
from crackinspector.library.snapshots import write_snapshot
from tests.library import snapshots
number = 0
while True:
    number += 1
    print(write_snapshot(Path(sys.argv[1]), snapshots.snapshot(number)), flush=True)
"""


def killed_while_keeping(folder: Path, after: float) -> list[Path]:
    """Keep snapshots in a program that is killed some seconds after its first; what it has acknowledged."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", KEEP_ON, str(folder)]
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True) as program:
        assert program.stdout is not None
        first = program.stdout.readline()
        time.sleep(after)
        program.send_signal(signal.SIGKILL)
        return [Path(line.rstrip("\n")) for line in (first, *program.stdout) if line.endswith("\n")]


@pytest.mark.parametrize("seed", range(4))
def test_nothing_acknowledged_is_lost_and_nothing_is_left_half_written(tmp_path: Path, seed: int) -> None:
    acknowledged = killed_while_keeping(tmp_path, random.Random(seed).uniform(0, 0.05))
    recovered = recover(tmp_path)
    assert acknowledged
    assert len(recovered) <= 1
    records = [read_snapshot(path) for path in sorted(tmp_path.rglob("*.json"))]
    for record in records:
        assert record.map is not None
        for kept in (record.picture, record.map):
            content = (record.path.parent / kept.name).read_bytes()
            assert hashlib.sha256(content).hexdigest() == kept.sha256
    assert {record.path.with_suffix(".jpg") for record in records} >= {*acknowledged, *recovered}
    # At most the one that was written but not yet acknowledged is there besides.
    assert len(records) <= len({*acknowledged, *recovered}) + 1
    assert sum(1 for path in tmp_path.rglob("*") if path.is_file()) == 3 * len(records)
