"""What is done with one picture, in a worker or in this process: read, analyse, write map and overlay, make the record.

Imports of OpenCV, the runtime and the decoders happen inside, so that the command line starts without them.
"""

from __future__ import annotations

import contextlib
import ctypes
import fcntl
import functools
import os
import sys
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from crackinspector.core.errors import CrackInspectorError, PictureError
from crackinspector.survey.output import write_atomic

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from crackinspector.core.detection import Analysis
    from crackinspector.sources.pictures import Picture


class PictureAnalyzer(Protocol):
    """What `crackinspector.inference.analyzer.Analyzer` does."""

    def analyze(self, image: NDArray[np.uint8]) -> Analysis:
        """Look at a picture in memory, upright BGR."""

    def analyze_large(self, picture: Any) -> Analysis:
        """Look at a picture strip by strip, as it is stored."""


@dataclass(frozen=True, slots=True)
class Task:
    """One picture, and where its outputs go (None: not asked for).

    Attributes:
        map_shrunk: how many times smaller than the picture its map is written.
    """

    path: Path
    map_file: Path | None = None
    overlay_file: Path | None = None
    map_shrunk: int = 1


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one picture.

    Attributes:
        record: the JSON object of the contract; a plain dict, ready to be serialised.
        trace: the traceback behind `record["error"]`, for --debug.
    """

    record: dict[str, Any]
    trace: str | None = None


def load_analyzer(model: Path, threads: int | None) -> tuple[PictureAnalyzer, str]:
    """Load the analyzer and the model's name. Raises ModelError."""
    from crackinspector.inference.analyzer import Analyzer
    from crackinspector.inference.model import CrackModel

    loaded = CrackModel.load(model, threads=threads)
    return Analyzer(loaded), loaded.card.name


@dataclass(frozen=True, slots=True)
class PictureJob:
    """Makes the function that handles one picture; picklable, called once in each process.

    Attributes:
        model: a verified model file.
        threads: threads for one invoke, None = measure.
        debug: leave the libraries' own messages on standard error.
        turn: a file that is locked while a large picture is analysed, so that only one process at a time needs the
            memory for that; None in a single process.
        load: gives the analyzer and the model's name.
    """

    model: Path
    threads: int | None
    debug: bool = False
    turn: Path | None = None
    load: Callable[[Path, int | None], tuple[PictureAnalyzer, str]] = load_analyzer

    def __call__(self) -> Callable[[Task], Outcome]:
        """Load the model. Raises ModelError."""
        import cv2

        if self.turn is not None:
            # The processes already fill the cores.
            cv2.setNumThreads(self.threads or 1)
            if not self.debug:
                _silence()
        analyzer, name = self.load(self.model, self.threads)
        return _Handler(self, analyzer, name)


def _silence() -> None:
    """Decoders print their warnings past Python and would tear the progress bar; what matters is in the record."""
    sys.stderr = open(os.devnull, "w")  # noqa: PTH123, SIM115 - lives as long as the process
    os.dup2(sys.stderr.fileno(), 2)


@functools.cache
def return_freed_memory() -> None:
    """Let arrays of a megabyte and more go back to the system as soon as they are freed, from now on.

    glibc raises that limit to 32 MB by itself and keeps the strips of a large picture in pieces between what is still
    needed: 0.7 GB of a picture of 256 million pixels. A C library without this call is left as it is.
    """
    threshold = -3  # M_MMAP_THRESHOLD of mallopt(3); set by hand it is not raised any more
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).mallopt(threshold, 1 << 20)


def error_record(path: Path, model: str | None, error: str) -> dict[str, Any]:
    """The record of a picture that could not be analysed."""
    empty = dict.fromkeys(("width", "height", "label", "score", "probabilities", "regions"))
    return {"path": os.fspath(path), **empty, "model": model, "error": error}


def record_of(path: Path, model: str, analysis: Analysis) -> dict[str, Any]:
    """The record of an analysed picture; numbers are rounded to six digits."""
    return {
        "path": os.fspath(path),
        "width": analysis.width,
        "height": analysis.height,
        "label": str(analysis.label),
        "score": round(float(analysis.score), 6),
        "probabilities": {str(label): round(float(p), 6) for label, p in analysis.probabilities.items()},
        "regions": [
            {"x": int(r.x), "y": int(r.y), "w": int(r.w), "h": int(r.h), "score": round(float(r.score), 6)}
            for r in analysis.regions
        ],
        "model": model,
        "error": None,
    }


class _Handler:
    def __init__(self, job: PictureJob, analyzer: PictureAnalyzer, name: str) -> None:
        self._job, self._analyzer, self._name = job, analyzer, name

    def __call__(self, task: Task) -> Outcome:
        """Handle one picture. Only errors that concern every picture are raised: the model, the outputs."""
        try:
            return Outcome(record_of(task.path, self._name, self._handle(task)))
        except PictureError as error:
            return self._failed(task, str(error))
        except CrackInspectorError:
            raise
        except MemoryError:
            return self._failed(task, "there is not enough memory for it; try fewer workers (--workers)")
        except Exception as error:
            return self._failed(task, f"unexpected error, please report it: {type(error).__name__}: {error}")

    def _failed(self, task: Task, reason: str) -> Outcome:
        """Called while the exception is being handled."""
        return Outcome(error_record(task.path, self._name, reason), traceback.format_exc())

    def _handle(self, task: Task) -> Analysis:
        from crackinspector.sources.pictures import open_picture

        picture = open_picture(task.path)
        if picture.is_large:
            return_freed_memory()
            with self._turn():
                analysis = turned(self._analyzer.analyze_large(_Stored(picture)), picture.orientation)
                self._write(task, analysis, lambda: _small_version(picture))
        else:
            image = picture.pixels()
            analysis = self._analyzer.analyze(image)
            self._write(task, analysis, lambda: image)
        return analysis

    def _write(self, task: Task, analysis: Analysis, image: Callable[[], NDArray[np.uint8]]) -> None:
        from crackinspector.survey.overlay import draw_overlay, encode_overlay, encode_png, shrunk

        if task.map_file is not None:
            write_atomic(task.map_file, encode_png(shrunk(analysis.crack_map, task.map_shrunk)))
        if task.overlay_file is not None:
            write_atomic(task.overlay_file, encode_overlay(draw_overlay(image(), analysis, self._name)))

    @contextlib.contextmanager
    def _turn(self) -> Iterator[None]:
        if self._job.turn is None:
            yield
            return
        # The kernel frees this lock when its holder dies, which a semaphore would not survive.
        with self._job.turn.open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield


class _Stored:
    """A large picture as the analyzer reads it: as the file stores it, not turned upright."""

    def __init__(self, picture: Picture) -> None:
        self.width, self.height = picture.stored_size
        self.strips = picture.strips


def turned(analysis: Analysis, orientation: int) -> Analysis:
    """The result for the picture as stored, turned upright. `orientation` is EXIF's 1..8."""
    from crackinspector.sources.orientation import upright, upright_box

    if orientation == 1:
        return analysis
    width, height = analysis.width, analysis.height
    crack_map = upright(analysis.crack_map, orientation)
    regions = []
    for region in analysis.regions:
        x, y, w, h = upright_box(region.x, region.y, region.w, region.h, width, height, orientation)
        regions.append(replace(region, x=x, y=y, w=w, h=h))
    return replace(
        analysis,
        width=crack_map.shape[1],
        height=crack_map.shape[0],
        regions=tuple(regions),
        crack_map=crack_map,
    )


def _small_version(picture: Picture) -> NDArray[np.uint8]:
    """A large picture upright at a size that an overlay needs, read strip by strip."""
    import cv2
    import numpy as np

    from crackinspector.sources.orientation import upright
    from crackinspector.survey.overlay import MAX_SIDE

    width = picture.stored_size[0]
    factor = max(1, -(-max(picture.stored_size) // MAX_SIDE))
    rows = factor * max(1, 256 // factor)
    parts = []
    for _, strip in picture.strips(rows):
        size = -(-width // factor), -(-len(strip) // factor)
        parts.append(cv2.resize(strip, size, interpolation=cv2.INTER_AREA))
    return upright(np.concatenate(parts).astype(np.uint8, copy=False), picture.orientation)
