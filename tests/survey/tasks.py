"""Tasks for worker processes, picklable and cheap to import."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable

from crackinspector.core.errors import ModelError

DIE, HANG, RAISE = -1, -2, -3


def prepare() -> Callable[[int], int]:
    return handle


def handle(task: int) -> int:
    """Squares its task; a few numbers misbehave, the others take longest where they come first."""
    if task == DIE:
        os.kill(os.getpid(), signal.SIGKILL)
    if task == HANG:
        time.sleep(600)
    if task == RAISE:
        raise RuntimeError("three is too many")
    time.sleep(0.02 if task % 7 == 0 else 0)
    return task * task


def refuse() -> Callable[[int], int]:
    raise ModelError("this model is a teapot")


def die_early() -> Callable[[int], int]:
    os._exit(3)
