"""Worker processes import the stand-ins by name, so they must be found from the checkout."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import pytest

ROOT = Path(__file__).resolve().parents[2]
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

WritePicture = Callable[..., Path]


@pytest.fixture(autouse=True)
def no_settings(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Nobody's settings are read; the folder that they would lie in."""
    folder = tmp_path_factory.mktemp("config")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(folder))
    return folder


@pytest.fixture
def write_picture(tmp_path: Path) -> WritePicture:
    """Write a grey picture below tmp_path; its first pixel tells the stand-in analyzer what to do."""

    def write(name: str, order: int = 0, grey: int = 200, size: tuple[int, int] = (40, 30)) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        image = np.full((size[1], size[0], 3), grey, np.uint8)
        image[0, 0] = order
        path.write_bytes(cv2.imencode(".png", image)[1].tobytes())
        return path

    return write
