"""Keras networks read from disk, and looked at tile by tile as `inference` looks at LiteRT models."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import keras
import numpy as np
import tensorflow as tf
from numpy.typing import NDArray

from crackinspector.core.errors import ModelError
from crackinspector.inference.card import ModelCard
from crackinspector.inference.model import TileResult

# Its layers are made known to Keras by being imported.
from crackinspector.training import crack_network  # noqa: F401
from crackinspector.training.examples import pixels_to_input
from crackinspector.training.predictors import crack_likelihood


class KerasTiles:
    """A deployed crack network as `inference` looks at tiles; belongs to the thread that made it."""

    def __init__(self, model: Any, card: ModelCard) -> None:
        """Takes a network with the outputs `scores` (probabilities) and `map`."""
        self._look = tf.function(lambda images: model(images, training=False), reduce_retracing=True)
        self.card = card

    def run(self, tiles: list[NDArray[np.uint8]]) -> TileResult:
        """See `CrackModel.run`."""
        spec = self.card.input
        images = pixels_to_input(np.stack(tiles).astype(np.float32), (spec.low, spec.high))
        outputs = self._look(tf.constant(images))
        maps = crack_likelihood(np.asarray(outputs["map"], np.float64), self.card).astype(np.float32)
        return TileResult(np.asarray(outputs["scores"], np.float32), maps, 0.0)


def load_network(path: Path) -> Any:
    """Reads a `.keras` file of any preset.

    Raises:
        ModelError: it is missing or damaged.
    """
    try:
        return keras.models.load_model(path, compile=False)
    # Keras raises a different exception for each way in which an archive can be damaged.
    except Exception as error:
        reason = str(error).strip().split("\n")[0]
        raise ModelError(f"The Keras model {path} cannot be read: {reason}") from error
