"""A model file as the rest of the program sees it: RGB tiles in, label probabilities and crack maps out.

What the tensors mean is taken from the model's card; without one it is read from the tensors themselves, never from
the order of the outputs, which converters change at will:

- The **scores** output is the one whose sizes other than 1 are just the number of labels. Three values stand for
  negative, positive, unknown; two for negative, positive; a single one for positive.
- The **map** is the output with rows and columns. Its channels, first or last, are one for each label or a single one.
- 8-bit **inputs** take pixel values 0..255 over their whole integer range (int8: pixel - 128), as Edge Impulse feeds
  its models; float inputs take 0..1.
- Whether a **softmax or sigmoid** is inside shows in the quantisation (TensorFlow Lite fixes it at a scale of 1/256
  for both) or, for float outputs, in what the model answers to a few made-up pictures.
"""

from __future__ import annotations

import hashlib
import os
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from crackinspector.core.errors import ModelError
from crackinspector.inference.card import ModelCard, card_path, load_card
from crackinspector.inference.roles import Roles, needed_input_shape
from crackinspector.inference.runtime import Runtime, choose_threads, open_interpreter, read_inputs
from crackinspector.inference.verify import verify_model


@dataclass(frozen=True, slots=True)
class TileResult:
    """What the model says about n tiles. The arrays belong to the caller.

    Attributes:
        scores: (n, labels) float32, each row 0..1 and summing to 1, in the order of `CrackModel.labels`. For a model
            with a map and no scores: the crack label has the map's maximum, the first other label has the rest.
        maps: (n, map height, map width) float32, crack likelihood 0..1 after calibration, mask = map >= 0.5; None if
            the model has no map.
        invoke_seconds: time spent in the runtime for all n tiles.
    """

    scores: NDArray[np.float32]
    maps: NDArray[np.float32] | None
    invoke_seconds: float


class CrackModel:
    """One loaded model. `run` belongs to the thread that calls it first; the rest may be read by any thread.

    Attributes:
        path: the model file.
        card: the card beside the file, or one derived from the tensors, whose `version` is empty.
        runtime: the interpreter and what it runs on.
    """

    def __init__(self, path: Path, card: ModelCard, runtime: Runtime, roles: Roles) -> None:
        """Prefer `CrackModel.load`."""
        self.path = path
        self.card = card
        self.runtime = runtime
        self._interpreter = runtime.interpreter
        self._input_index = roles.feed.index
        self._feed = roles.feed
        self._scores = roles.scores_reader(card, str(path))
        self._map = roles.map_reader(card, str(path))
        self._process = os.getpid()
        self._thread: int | None = None

    @classmethod
    def load(cls, path: Path | str, threads: int | None = None, spare: int = 0) -> CrackModel:
        """Open a `.tflite` file and its card, if there is one. Any thread may call it.

        The first use of a file on a machine tries it in a child process, which takes about a second.

        Args:
            path: the model file; its card is `<stem>.json` in the same folder.
            threads: threads for one invoke; None = measure which number is fastest (about 0.4 seconds).
            spare: how many processors such a measured number leaves to other work.

        Raises:
            ModelError: the file or its card is missing, damaged, of another kind, or does not fit what is needed here.
        """
        path = Path(path)
        name = str(path)
        content = verify_model(path)
        sha256 = hashlib.sha256(content).hexdigest()
        card = load_card(card_path(path)) if card_path(path).is_file() else None
        if card is not None and card.sha256 != sha256:
            raise ModelError(
                f"{path} is not the model that its card {card_path(path)} describes: the sha256 is {sha256[:12]}…, "
                f"the card says {card.sha256[:12]}…. Restore the pair, or remove the card to use the model without it."
            )
        input_shape = needed_input_shape(read_inputs(content, name=name), card, name)
        if threads is None:
            threads = choose_threads(content, name=name, input_shape=input_shape, spare=spare)
        runtime = open_interpreter(content, threads, name=name, input_shape=input_shape)
        roles = Roles.find(runtime, card, name)
        return cls(path, card or roles.derive_card(path.stem, sha256), runtime, roles)

    @property
    def labels(self) -> tuple[str, ...]:
        """The labels in the order of the scores."""
        return self.card.labels

    @property
    def input_size(self) -> tuple[int, int]:
        """Width and height of a tile in pixels."""
        return self._feed.width, self._feed.height

    @property
    def map_size(self) -> tuple[int, int] | None:
        """Width and height of a tile's crack map, or None if the model has none."""
        return None if self._map is None else (self._map.shape.width, self._map.shape.height)

    def run(self, rgb_tiles: Sequence[NDArray[np.uint8]] | NDArray[np.uint8]) -> TileResult:
        """Run the model on n tiles, n >= 0, one after the other.

        Args:
            rgb_tiles: n arrays (height, width, 3) uint8 of the size `input_size`, channels in RGB order; or one array
                (n, height, width, 3).

        Raises:
            RuntimeError: another thread or process than the first one calls.
            ValueError: a tile has another shape or type.
            ModelError: the runtime fails, or the model gives values that are not numbers.
        """
        self._claim()
        width, height = self.input_size
        scores = np.empty((len(rgb_tiles), len(self.labels)), np.float32)
        maps = None
        if self._map is not None:
            maps = np.empty((len(rgb_tiles), self._map.shape.height, self._map.shape.width), np.float32)
        invoke_seconds = 0.0
        for position, tile in enumerate(rgb_tiles):
            if tile.shape != (height, width, 3) or tile.dtype != np.uint8:
                raise ValueError(f"tile {position} is {tile.dtype} {tile.shape}, not uint8 {(height, width, 3)}")
            values = self._feed(tile)
            start = time.perf_counter()
            self.runtime.invoke(self._input_index, values)
            invoke_seconds += time.perf_counter() - start
            if maps is not None and self._map is not None:
                maps[position] = self._map(self._interpreter.get_tensor(self._map.index))
            if self._scores is not None:
                scores[position] = self._scores(self._interpreter.get_tensor(self._scores.index))
            elif maps is not None:
                scores[position] = self._scores_of_map(float(maps[position].max()))
        if not np.isfinite(scores).all() or (maps is not None and not np.isfinite(maps).all()):
            raise ModelError(f"{self.path} gives values that are not numbers: it is damaged or was exported wrongly.")
        return TileResult(scores, maps, invoke_seconds)

    def _claim(self) -> None:
        thread = threading.get_ident()
        if self._thread is None:
            self._thread = thread
        if self._thread != thread or self._process != os.getpid():
            raise RuntimeError(
                f"the model {self.path.name} belongs to another thread or process; load it again where it is to run"
            )

    def _scores_of_map(self, highest: float) -> list[float]:
        scores = [0.0] * len(self.labels)
        crack = self.card.crack_index
        scores[crack] = highest
        scores[0 if crack else 1] = 1 - highest
        return scores
