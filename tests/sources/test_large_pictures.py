"""A picture of 20,000 x 20,000 pixels in bounded memory; run with -m slow."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.sources.picture_files import scene

ROOT = Path(__file__).resolve().parents[2]
SIDE = 20_000
LIMIT_MIB = 900

SCRIPT = """
import resource, sys
from crackinspector.sources.pictures import open_picture
picture = open_picture(sys.argv[1])
assert picture.is_large and (picture.width, picture.height) == (20000, 20000)
rows, total = 0, 0
for y0, strip in picture.strips(512):
    rows += len(strip)
    total += int(strip[::50, ::50].sum())
print(rows, total, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
"""


@pytest.mark.slow
@pytest.mark.parametrize(
    ("suffix", "options"),
    [
        (".jpg", {"Q": 85}),
        (".png", {"compression": 1}),
        (".tif", {"compression": "lzw"}),
        (".tif", {"tile": True, "compression": "deflate"}),
    ],
)
def test_peak_memory(tmp_path: Path, suffix: str, options: dict[str, Any]) -> None:
    import pyvips

    tile = scene(1000, 1000)
    image = pyvips.Image.new_from_memory(tile.tobytes(), 1000, 1000, 3, "uchar").replicate(SIDE // 1000, SIDE // 1000)
    path = tmp_path / f"large{suffix}"
    image.copy(interpretation="srgb").write_to_file(str(path), **options)
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(path)], cwd=ROOT, capture_output=True, text=True, check=True
    )
    path.unlink()
    rows, total, peak_mib = (int(word) for word in done.stdout.split())
    assert rows == SIDE
    seen = np.tile(tile, (1, SIDE // 1000, 1))[:, ::50].sum(axis=(1, 2), dtype=np.int64)
    sampled = sum(int(seen[y % 1000]) for y0 in range(0, SIDE, 512) for y in range(y0, min(y0 + 512, SIDE), 50))
    assert abs(total - sampled) < (0.01 * sampled if suffix == ".jpg" else 1)
    assert peak_mib < LIMIT_MIB
