"""A model as the live pipeline uses it: loaded, warm, and its file watched."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field
from pathlib import Path

from crackinspector.inference.card import card_path
from crackinspector.inference.frames import FrameAnalyzer, Interrupted
from crackinspector.inference.model import CrackModel
from crackinspector.inference.shipped import resolve_model

SPARE_PROCESSORS = 1
"""What a measured number of threads leaves to the camera and the window."""
_POLL_SECONDS = 0.05

Signature = tuple[tuple[int, int, int] | None, ...]


@dataclass(frozen=True, slots=True)
class LiveModel:
    """A loaded and warm model; it belongs to the thread that loaded it.

    Attributes:
        path: its file.
        runtime: what it runs on, for people.
        analyzer: looks at frames with it.
        signature: what the file and its card were when it was loaded; see `file_signature`.
    """

    path: Path
    runtime: str
    analyzer: FrameAnalyzer = field(repr=False)
    signature: Signature


def load_live_model(name: str, threads: int, stopping: Callable[[], bool]) -> LiveModel:
    """Load and warm a model; takes up to a second, a file's first time two.

    Args:
        name: a shipped model's role, or a `.tflite` file.
        threads: for one invoke; 0 measures.
        stopping: when it says True, loading and looking are given up.

    Raises:
        UsageError: there is no such model.
        ModelError: it is damaged or of another kind.
        Interrupted: `stopping` said True.
    """
    path = resolve_model(name)
    signature = file_signature(path)
    model = _load(path, threads, stopping)
    runtime = model.runtime
    count = f"{runtime.threads} thread{'' if runtime.threads == 1 else 's'}"
    parts = [runtime.runtime_name, *([] if runtime.delegate == "none" else [runtime.delegate]), count]
    return LiveModel(path, ", ".join(parts), FrameAnalyzer(model, stopping), signature)


def _load(path: Path, threads: int, stopping: Callable[[], bool]) -> CrackModel:
    """Load in a thread that can be left behind: trying a large or damaged file takes up to a minute."""
    loaded: Future[CrackModel] = Future()

    def work() -> None:
        try:
            loaded.set_result(CrackModel.load(path, threads or None, spare=SPARE_PROCESSORS))
        except Exception as error:
            loaded.set_exception(error)

    threading.Thread(target=work, name="model loading", daemon=True).start()
    while not stopping():
        with contextlib.suppress(TimeoutError):
            return loaded.result(_POLL_SECONDS)
    raise Interrupted


def file_signature(path: Path) -> Signature:
    """What tells that a model's file or card was replaced: inode, size and time of change of both; None if missing."""
    return tuple(_signature(file) for file in (path, card_path(path)))


def _signature(file: Path) -> tuple[int, int, int] | None:
    try:
        status = file.stat()
    except OSError:
        return None
    return status.st_ino, status.st_size, status.st_mtime_ns
