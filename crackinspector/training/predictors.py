"""Keras and LiteRT models behind one call, so that both are evaluated alike."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import cv2
import numpy as np
from numpy.typing import NDArray

from crackinspector.core.errors import ModelError, UsageError
from crackinspector.core.labels import Label
from crackinspector.inference.analyzer import Analyzer
from crackinspector.inference.card import ModelCard, card_path, load_card
from crackinspector.inference.decision import label_of
from crackinspector.inference.levels import TileModel
from crackinspector.inference.model import CrackModel
from crackinspector.training.examples import pixels_to_input, to_square

CHUNK = 32


@dataclass(frozen=True, slots=True)
class Prediction:
    """What a model says about a picture.

    Attributes:
        label: its decision.
        score: crack likelihood, 0..1.
        crack_map: (h, w) uint8 of the picture's size, mask = map >= 128, or None if the model has no map.
    """

    label: Label
    score: float
    crack_map: NDArray[np.uint8] | None


class Predictor(Protocol):
    """Anything that judges pictures; belongs to the thread that made it."""

    def __call__(self, pictures: Sequence[NDArray[np.uint8]]) -> list[Prediction]:
        """Judges (h, w, 3) uint8 RGB pictures of any sizes."""


def open_predictor(path: Path, whole: bool = False) -> Predictor:
    """A predictor for a `.keras` or `.tflite` file, or for the folder of a training run.

    Args:
        whole: judge on the whole picture squeezed into the model's input, as Keras models are whose card has no
            weights for a decision over tiles, instead of through the tiles of `crackinspector analyze`.

    Raises:
        UsageError: neither a model file nor a run.
        ModelError: the model or its card cannot be used.
    """
    if path.is_dir() and (path / "model.keras").is_file():
        path = path / "model.keras"
    if path.suffix == ".keras":
        return _open_keras(path, whole)
    if path.suffix in {".tflite", ".lite"}:
        return WholePredictor(path) if whole else TiledPredictor.load(path)
    raise UsageError(f"{path} is neither a .keras nor a .tflite model, nor the folder of a training run.")


def has_tile_decision(card: ModelCard) -> bool:
    """Whether a card was calibrated for pictures seen in tiles, as those of the shipped presets are."""
    return card.decision.keys() >= {"fine", "whole", "bias"}


def _open_keras(path: Path, whole: bool) -> Predictor:
    card = load_card(card_path(path))
    if whole or not has_tile_decision(card):
        return KerasPredictor.load(path)
    from crackinspector.training.keras_tiles import KerasTiles, load_network

    return TiledPredictor(KerasTiles(load_network(path), card))


class KerasPredictor:
    """A Keras model with the outputs `scores` and, if it has one, `map`, and a card that tells what they mean."""

    def __init__(self, model: Any, card: ModelCard) -> None:
        """The model may be still in training; it is run in inference mode."""
        self._model, self._card = model, card

    @classmethod
    def load(cls, path: Path) -> KerasPredictor:
        """Reads a `.keras` file and the card beside it.

        Raises:
            ModelError: either is missing or damaged.
        """
        from crackinspector.training.keras_tiles import load_network

        card = load_card(card_path(path))
        return cls(load_network(path), card)

    def __call__(self, pictures: Sequence[NDArray[np.uint8]]) -> list[Prediction]:
        """Judges each picture whole, squeezed into the model's input."""
        found: list[Prediction] = []
        spec = self._card.input
        for start in range(0, len(pictures), CHUNK):
            chunk = pictures[start : start + CHUNK]
            squares = np.stack([to_square(picture, spec.width) for picture in chunk]).astype(np.float32)
            outputs = self._model.predict_on_batch(pixels_to_input(squares, (spec.low, spec.high)))
            scores = np.asarray(outputs["scores"], np.float64)
            if self._card.scores_activation == "logits":
                scores = _softmax(scores)
            maps = np.asarray(outputs["map"], np.float64) if self._card.map is not None else [None] * len(chunk)
            for picture, row, raw in zip(chunk, scores, maps, strict=True):
                likelihood = None if raw is None else crack_likelihood(raw, self._card)
                found.append(_prediction(picture, row, likelihood, self._card))
        return found

    def crack_logits(self, picture: NDArray[np.uint8]) -> NDArray[np.float32]:
        """The map of one whole picture at the model's own size (h, w), as calibrated crack logits."""
        spec = self._card.input
        square = to_square(picture, spec.width)[None].astype(np.float32)
        raw = np.asarray(self._model(pixels_to_input(square, (spec.low, spec.high)), training=False)["map"][0])
        likelihood = crack_likelihood(raw.astype(np.float64), self._card)
        return np.asarray(np.log(likelihood / (1 - likelihood)), np.float32)


class WholePredictor:
    """A LiteRT model on whole pictures, squeezed into its input."""

    def __init__(self, path: Path) -> None:
        """Loads the model.

        Raises:
            ModelError: it cannot be used.
        """
        self._model = CrackModel.load(path, threads=1)

    def __call__(self, pictures: Sequence[NDArray[np.uint8]]) -> list[Prediction]:
        """Judges each picture whole."""
        width, height = self._model.input_size
        if width != height:
            raise ModelError(f"{self._model.path} takes {width}x{height} pictures; only square ones are squeezed.")
        found = []
        for picture in pictures:
            result = self._model.run([to_square(picture, width)])
            raw = None if result.maps is None else result.maps[0]
            found.append(_prediction(picture, np.asarray(result.scores[0], np.float64), raw, self._model.card))
        return found


class TiledPredictor:
    """A model as `crackinspector analyze` runs it: tiles over several scales, one decision."""

    def __init__(self, model: TileModel) -> None:
        """Judges with a loaded model."""
        self._analyzer, self._has_map = Analyzer(model), model.card.map is not None

    @classmethod
    def load(cls, path: Path) -> TiledPredictor:
        """Loads a LiteRT model.

        Raises:
            ModelError: it cannot be used.
        """
        return cls(CrackModel.load(path))

    def __call__(self, pictures: Sequence[NDArray[np.uint8]]) -> list[Prediction]:
        """Judges each picture at its own scale."""
        found = []
        for picture in pictures:
            analysis = self._analyzer.analyze(np.ascontiguousarray(picture[..., ::-1]))
            found.append(Prediction(analysis.label, analysis.score, analysis.crack_map if self._has_map else None))
        return found


def crack_likelihood(raw: NDArray[np.float64], card: ModelCard) -> NDArray[np.float64]:
    """A Keras map output (..., channels) as the calibrated crack likelihood (...), 0..1; the card tells its kind."""
    assert card.map is not None
    if card.map.kind in {"class_activation", "class_probability"}:
        shares = _softmax(raw) if card.map.kind == "class_activation" else raw
        likelihood = shares[..., card.crack_index]
    else:
        likelihood = raw[..., 0] if card.map.kind == "crack_probability" else 1 / (1 + np.exp(-raw[..., 0]))
    likelihood = np.clip(likelihood, 1e-6, 1 - 1e-6)
    logit = np.log(likelihood / (1 - likelihood))
    return np.asarray(1 / (1 + np.exp(-(card.map.gain * logit + card.map.offset))), np.float64)


def _prediction(
    picture: NDArray[np.uint8], scores: NDArray[np.float64], likelihood: NDArray[Any] | None, card: ModelCard
) -> Prediction:
    label = label_of(card, {name: float(score) for name, score in zip(card.labels, scores, strict=True)})
    crack_map = None
    if likelihood is not None:
        height, width = picture.shape[:2]
        large = cv2.resize(likelihood.astype(np.float32), (width, height), interpolation=cv2.INTER_LINEAR)
        crack_map = np.asarray(np.clip(np.floor(large * 256), 0, 255), np.uint8)
    return Prediction(label, float(scores[card.crack_index]), crack_map)


def _softmax(values: NDArray[np.float64]) -> NDArray[np.float64]:
    powers = np.exp(values - values.max(axis=-1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=-1, keepdims=True), np.float64)
