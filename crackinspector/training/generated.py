"""Generated walls as a training source: baits that the photographs lack, and cracks whose every pixel is known."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import get_args

import cv2
import numpy as np
from numpy.typing import NDArray
from tqdm import tqdm

from crackinspector.sources.demo_wall import SurfaceName, demo_wall
from crackinspector.training.files import replace_with

SIDE_PX = 640
SOURCE = "generated_walls"


def write_walls(folder: Path, count: int, seed: int) -> Path:
    """Writes `count` walls and masks as `<folder>/generated_walls/train/{images,masks}` and returns `folder`.

    A third has no crack; the others have one to three. Walls that are there already are kept.
    """
    base = folder / SOURCE / "train"
    surfaces = get_args(SurfaceName)
    for number in tqdm(range(count), desc="generating walls", unit="wall", disable=None):
        name = f"wall_{number:04d}"
        image, mask = base / "images" / f"{name}.jpg", base / "masks" / f"{name}.png"
        if image.exists() and mask.exists():
            continue
        rng = np.random.default_rng((seed, number))
        cracks = 0 if number % 3 == 0 else int(rng.integers(1, 4))
        wall = demo_wall(int(rng.integers(2**31)), SIDE_PX, SIDE_PX, cracks, surfaces[number % len(surfaces)])
        replace_with(mask, partial(_write, wall.mask))
        replace_with(image, partial(_write, wall.image))
    return folder


def _write(picture: NDArray[np.uint8], path: Path) -> None:
    parameters = [cv2.IMWRITE_JPEG_QUALITY, 93] if path.suffix == ".jpg" else []
    _, data = cv2.imencode(path.suffix, picture, parameters)
    path.write_bytes(data.tobytes())
