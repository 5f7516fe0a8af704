"""`crackinspector demo` and `demo-wall`: everything that can be seen without pictures of one's own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from crackinspector.core.errors import UsageError
from crackinspector.core.text import printable
from crackinspector.survey.analyze import AnalyzeOptions, analyze
from crackinspector.survey.output import write_atomic

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

WALLS = ((1, 1280, 720), (2, 720, 1280), (3, 1600, 1200))
"""Seed, width and height of the generated walls."""
_JPEG_QUALITY = 95


def write_demo_wall(seed: int, size: tuple[int, int], cracks: int | None, out: Path, mask: Path | None) -> None:
    """Generate a wall and write it, and on request the mask of its cracks (255 = crack).

    Raises:
        UsageError: a size or number out of range, or a file that cannot be written.
    """
    from crackinspector.sources.demo_wall import demo_wall

    wall = demo_wall(seed, *size) if cracks is None else demo_wall(seed, *size, cracks=cracks)
    write_atomic(out, _encoded(wall.image, out))
    if mask is not None:
        if mask.suffix.lower() in (".jpg", ".jpeg", ".webp"):
            raise UsageError(f"{printable(mask)}: a mask needs a format without loss, such as .png")
        write_atomic(mask, _encoded(wall.mask, mask))


def _encoded(image: NDArray[np.uint8], path: Path) -> bytes:
    import cv2

    try:
        jpeg = path.suffix.lower() in (".jpg", ".jpeg")
        found, data = cv2.imencode(path.suffix, image, [cv2.IMWRITE_JPEG_QUALITY, _JPEG_QUALITY] if jpeg else [])
    except cv2.error:
        found = False
    if not found:
        raise UsageError(f"cannot write {printable(path)}: end the name in .jpg, .png, .webp, .tif or .bmp")
    return data.tobytes()


def demo(out: Path, model: str, debug: bool = False) -> int:
    """Analyse generated walls and the examples, and return the exit status of that.

    Overlays go below `out` and are opened where there is a desktop.
    """
    from crackinspector.core.shipped import shipped_folder

    walls, overlays = out / "walls", out / "overlays"
    print(f"Generating {len(WALLS)} demo walls ...", flush=True)
    paths = []
    for seed, width, height in WALLS:
        path = walls / f"demo-wall-{seed}.jpg"
        write_demo_wall(seed, (width, height), None, path, walls / "masks" / f"demo-wall-{seed}.png")
        paths.append(str(path))
    examples = shipped_folder("resources") / "examples"
    if examples.is_dir():
        paths.append(os.path.relpath(examples) if examples.is_relative_to(Path.cwd()) else str(examples))
    status = analyze(AnalyzeOptions(tuple(paths), model, overlays=overlays, maps=out / "maps", debug=debug))
    print(f"\nThe overlays are in {printable(overlays.resolve())}")
    _open_folder(overlays)
    return status


def _open_folder(folder: Path) -> None:
    """Show the folder in the desktop's file manager, if a person sits in front of one."""
    opener = shutil.which("xdg-open")
    session = os.environ.get("WAYLAND_DISPLAY") or os.environ.get("DISPLAY")
    if opener is None or not session or sys.stdout is None or not sys.stdout.isatty():
        return
    quiet = subprocess.DEVNULL
    subprocess.Popen([opener, str(folder)], stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=True)
