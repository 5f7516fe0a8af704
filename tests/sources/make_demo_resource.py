"""Makes what the demo camera pans over: `python -m tests.sources.make_demo_resource`. Look at the wall afterwards."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TypedDict

import cv2

from crackinspector.core.shipped import shipped_folder
from crackinspector.sources.demo_wall import demo_wall


class MadeFrom(TypedDict):
    """The arguments of `demo_wall`."""

    seed: int
    width: int
    height: int
    cracks: int


MADE_FROM: MadeFrom = {"seed": 22, "width": 3200, "height": 1500, "cracks": 3}
JPEG_QUALITY = 90


def main() -> None:
    """Writes `wall.jpg`, `wall-mask.png` and what they were made from into the resources."""
    folder: Path = shipped_folder("resources") / "demo"
    folder.mkdir(parents=True, exist_ok=True)
    wall = demo_wall(**MADE_FROM)
    _, jpeg = cv2.imencode(".jpg", wall.image, [cv2.IMWRITE_JPEG_QUALITY, JPEG_QUALITY, cv2.IMWRITE_JPEG_OPTIMIZE, 1])
    _, mask = cv2.imencode(".png", wall.mask, [cv2.IMWRITE_PNG_COMPRESSION, 9])
    (folder / "wall.jpg").write_bytes(jpeg.tobytes())
    (folder / "wall-mask.png").write_bytes(mask.tobytes())
    (folder / "wall.json").write_text(json.dumps(MADE_FROM) + "\n")


if __name__ == "__main__":
    main()
