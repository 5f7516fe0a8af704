"""What the scripts that take pictures of the window share."""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget


def wait(until: Callable[[], bool], seconds: float = 30.0) -> None:
    """Let the application work until something holds."""
    deadline = time.monotonic() + seconds
    while not until():
        if time.monotonic() > deadline:
            raise TimeoutError("what the picture is to show did not come")
        pause(0.05)


def pause(seconds: float) -> None:
    """Let the application work for that long."""
    loop = QEventLoop()
    QTimer.singleShot(round(1000 * seconds), loop.quit)
    loop.exec()


def grabbed(window: QWidget) -> NDArray[np.uint8]:
    """A window as (h, w, 3) uint8 RGB."""
    image = window.grab().toImage().convertToFormat(QImage.Format.Format_RGB888)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    return rows[:, : 3 * image.width()].reshape(image.height(), image.width(), 3).copy()
